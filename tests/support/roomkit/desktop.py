"""What the command finds on its machine: files of the system, a home, a session."""

import os
import pathlib
import subprocess
import time

from . import network, servers

HOSTNAME = "desk"
# What a session may hold that would lead out of the room, or make the outcome depend on
# where it is made.
FOREIGN = ("proxy", "PROXY", "SSL_CERT", "SSLKEYLOGFILE", "G_TLS_", "DBUS_", "XDG_", "GNOME_",
           "SSH_", "GIO_EXTRA", "WAYLAND", "RES_OPTIONS", "LOCALDOMAIN", "HOSTALIASES")
# What programs need of /dev.
DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "shm", "fd", "stdin", "stdout",
           "stderr", "mqueue")
SECRETS = {
    "app-password": "kqzvjxwyplmhgtrd",
    "main-password": "Correct-Horse-9-Battery",
    "access-token": "ya29.room-valid-0123456789abcdefghijklmnopqrstuvwxyz",
    "old-access-token": "ya29.room-expired-0123456789abcdefghijklmnopqrstuv",
    "refresh-token": "1//room-refresh-0123456789abcdefghijklmnopqrstuvwxyz",
}


def mount(*arguments):
    network.run("mount", *map(str, arguments))


def cover(path, text, room):
    """Puts a file of ours in the place of one of the system's, for this room only."""
    own = room.path("etc") / pathlib.Path(path).name
    own.parent.mkdir(exist_ok=True)
    own.write_text(text, encoding="utf-8")
    target = pathlib.Path(path).resolve()
    if target.is_relative_to("/run") and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    elif target.exists():
        mount("--bind", own, target)


def furnish(room):
    mount("--make-rprivate", "/")
    mount("-t", "tmpfs", "-o", "mode=755", "room", "/run")
    mount("-t", "tmpfs", "-o", "mode=1777", "room", "/dev/shm")
    for folder in ("log", "home", "session"):
        room.path(folder).mkdir(parents=True, mode=0o700 if folder == "session" else 0o755)
    log_device(room)
    network.run("hostname", HOSTNAME)
    for name, secret in SECRETS.items():
        path = room.path(name)
        path.touch(mode=0o600)
        path.write_text(secret + "\n", encoding="ascii")
    names = f"127.0.0.1\tlocalhost {HOSTNAME}\n::1\tlocalhost ip6-localhost\n"
    cover("/etc/hosts", names, room)
    server = network.HOSTS["names"][room.options.faults.has("ipv4:none")]
    cover("/etc/resolv.conf", f"nameserver {server}\n", room)
    cover("/etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\n"
          "services: files\nprotocols: files\n", room)
    trust(room)


def log_device(room):
    """Gives the room a /dev of its own, in which /dev/log leads to where a journal listens."""
    journal = pathlib.Path("/run/systemd/journal")
    journal.mkdir(parents=True)
    own = room.path("dev")
    own.mkdir()
    for name in DEVICES:
        there, here = pathlib.Path("/dev", name), own / name
        if there.is_symlink():
            here.symlink_to(there.readlink())
        elif there.is_dir():
            here.mkdir()
            mount("--rbind", there, here)
        elif there.exists():
            here.touch()
            mount("--bind", there, here)
    # Terminals that are made in there have to be found in there.
    (own / "pts").mkdir()
    mount("-t", "devpts", "-o", "newinstance,ptmxmode=0666,mode=0620", "room", own / "pts")
    (own / "ptmx").symlink_to("pts/ptmx")
    (own / "log").symlink_to(journal / "dev-log")
    mount("--rbind", own, "/dev")


def trust(room):
    """Makes the system trust the room's authority: the bundle, and OpenSSL's folder."""
    certificates = servers.certificates(room)
    bundle = (certificates / "ca-bundle.pem").read_bytes()
    roots = [certificates / "ca.pem"]
    for case in room.options.trust:
        roots.append(certificates / case / "ca.pem")
        bundle += roots[-1].read_bytes()
    mount("-t", "tmpfs", "-o", "mode=755", "room", "/etc/ssl/certs")
    folder = pathlib.Path("/etc/ssl/certs")
    (folder / "ca-certificates.crt").write_bytes(bundle)
    for number, root in enumerate(roots):
        shown = subprocess.run(["openssl", "x509", "-noout", "-hash", "-in", str(root)],
                               check=True, capture_output=True, text=True).stdout.strip()
        (folder / f"{shown}.{number}").write_bytes(root.read_bytes())


def environment(room):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)
            and not name.endswith(("_proxy", "_PROXY"))}
    home = room.path("home")
    session = room.path("session")
    kept.update(ROOM=str(room.path()), HOME=str(home), XDG_RUNTIME_DIR=str(session),
                DBUS_SESSION_BUS_ADDRESS=f"unix:path={session}/bus")
    clock = room.options.faults.clock
    if clock:
        kept.update(LD_PRELOAD=fake_clock(), FAKETIME=clock, FAKETIME_DONT_FAKE_MONOTONIC="1",
                    NO_FAKE_STAT="1")
    return kept


def fake_clock():
    for path in pathlib.Path("/usr/lib").glob("**/faketime/libfaketimeMT.so.1"):
        return str(path)
    raise RuntimeError("libfaketime is not installed")


BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={session}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def session(room, kept):
    """Starts a session bus, on which nothing is started on demand, and the keyring."""
    place = room.path("session")
    configuration = room.path("bus.conf")
    configuration.write_text(BUS.format(session=place), encoding="utf-8")
    plain = {name: value for name, value in kept.items() if name not in ("LD_PRELOAD", "FAKETIME")}
    room.start("bus", ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--nopidfile"],
               env=plain)
    wait_until(lambda: (place / "bus").exists(), "no session bus came")
    if room.options.keyring == "none":
        return
    # The login keyring is made, and opened, with the password that comes in here.
    with subprocess.Popen(["printf", "keyring"], stdout=subprocess.PIPE) as word:
        room.start("keyring", ["gnome-keyring-daemon", "--foreground", "--unlock",
                               "--components=secrets"], stdin=word.stdout, env=plain)
    wait_until(lambda: bus_call(plain, "org.freedesktop.DBus.GetNameOwner",
                                "org.freedesktop.DBus", "string:org.freedesktop.secrets"),
               "no keyring came")
    if room.options.keyring == "locked":
        if not bus_call(plain, "org.freedesktop.Secret.Service.Lock", "org.freedesktop.secrets",
                        "array:objpath:/org/freedesktop/secrets/collection/login"):
            raise RuntimeError("the keyring cannot be locked")


def bus_call(kept, method, destination, *arguments):
    path = "/org/freedesktop/secrets" if "Secret" in method else "/org/freedesktop/DBus"
    done = subprocess.run(["dbus-send", "--session", "--print-reply", f"--dest={destination}",
                           path, method, *arguments], env=kept, capture_output=True, check=False)
    return done.returncode == 0


def wait_until(holds, otherwise):
    end = time.monotonic() + network.PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(otherwise)
        time.sleep(0.01)
