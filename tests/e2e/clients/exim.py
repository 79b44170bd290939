"""Exim hands on what programs of this computer send. It cannot be installed beside the
Postfix that plays Gmail, so its packages are unpacked into folders that only the room has,
and set up there as Debian does it. The script is run as it is told; the room is somebody
with the rights of root, and so needs no sudo."""

import glob
import grp
import os
import pwd
import smtplib
import socket
import subprocess

from client_kit import wait_until
from guest import HOME, ROOM, USER, read_secret

PACKAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../_packages")
PLACE = os.path.join(ROOM, "exim")
NEW = os.path.join(PLACE, "new")
# Where the packages put what is needed here.
FOLDERS = ("/etc", "/usr/lib", "/usr/sbin", "/var/lib", "/var/log", "/var/spool")
OWN = ("/etc/exim4", "/var/lib/exim4", "/var/log/exim4", "/var/spool/exim4")
SETTINGS = "/etc/exim4/update-exim4.conf.conf"
PASSWORDS = "/etc/exim4/passwd.client"
PID = "/run/exim4/exim.pid"
LOG = "/var/log/exim4/mainlog"
# As debconf writes it.
DEBIAN = """# This is a Debian specific file

dc_eximconfig_configtype='{kind}'
dc_other_hostnames='desk'
dc_local_interfaces='127.0.0.1 ; ::1'
dc_readhost=''
dc_relay_domains=''
dc_minimaldns='false'
dc_relay_nets=''
dc_smarthost='{host}'
CFILEMODE='644'
dc_use_split_config='{split}'
dc_hide_mailname=''
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
"""
# Of any server, and of Gmail from before.
ANY = "*:zoe:of-the-firm\n"
OLD = "*.gmail.com:zoe@gmail.com:of-long-ago\n"
# What is told in forums to those whose firm has no good certificate.
CARELESS = "REMOTE_SMTP_SMARTHOST_TLS_VERIFY_HOSTS =\n"
TEXT = f"From: root@desk\nTo: {USER}\nSubject: %s\n\nHabari?\n"


def mount(*words):
    subprocess.run(["mount", *words], check=True, capture_output=True)


def unpack():
    """Lays the packages' files beside those of the system, which stay where they were."""
    os.makedirs(NEW)
    for package in glob.glob(os.path.join(PACKAGES, "exim4-*.deb")):
        subprocess.run(["dpkg", "-x", package, NEW], check=True, capture_output=True)
    for folder in ("/var/log/exim4", "/var/spool/exim4", "/var/spool/exim4/db",
                   "/var/spool/exim4/input", "/var/spool/exim4/msglog"):
        os.makedirs(NEW + folder, 0o750)
    add_user()
    for folder in FOLDERS:
        before = PLACE + folder
        os.makedirs(before)
        mount("--rbind", folder, before)
        for name in os.listdir(before):
            if not os.path.lexists(f"{NEW}{folder}/{name}"):
                os.symlink(f"{before}/{name}", f"{NEW}{folder}/{name}")
    for folder in FOLDERS:
        mount("--bind", NEW + folder, folder)
    mount("-t", "tmpfs", "room", "/var/mail")


def add_user():
    """The user that the packages make."""
    for name, line in (("passwd", "Debian-exim:x:990:990::/var/spool/exim4:/usr/sbin/nologin"),
                       ("group", "Debian-exim:x:990:")):
        with open(f"/etc/{name}", encoding="utf-8") as file:
            text = file.read()
        with open(f"{NEW}/etc/{name}", "w", encoding="utf-8") as file:
            file.write(text + line + "\n")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def furnish(guest, kind="local", host="", split="false"):
    """Whether Exim is there, set up as its packages do it."""
    if not glob.glob(os.path.join(PACKAGES, "exim4-daemon-light_*.deb")):
        return not guest.skip("Exim", "its packages are not there; .ci/install apart fetches them")
    unpack()
    write(SETTINGS, DEBIAN.format(kind=kind, host=host, split=split))
    write("/etc/mailname", "desk\n")
    subprocess.run("chown -R Debian-exim: /var/log/exim4 /var/spool/exim4 &&"
                   f"chown root:Debian-exim {PASSWORDS}", shell=True, check=True)
    guest.expect("Debian’s own settings are in order", guest.run_any(["update-exim4.conf"]),
                 code=0, err="")
    return True


def export(guest, questions):
    target = os.path.join(HOME, "for exim")
    done = guest.run("export", USER, "--to", "exim", "--output", target, "--json")
    guest.expect("the files are saved", done, code=0)
    answer = done.json()
    guest.say("and the right questions left",
              len(answer.get("questions", [])) != questions and done)
    commands = [change["command"] for change in answer.get("changes", [])
                if change["kind"] == "command" and "sudo sh" in change.get("command", "")]
    guest.say("one command sets it up", len(commands) != 1 and answer)
    return commands[0].replace("sudo ", ""), target


def facts_of(path):
    facts = os.stat(path)
    owner = pwd.getpwuid(facts.st_uid).pw_name, grp.getgrgid(facts.st_gid).gr_name
    return f"{owner[0]}:{owner[1]} {facts.st_mode & 0o777:o}"


def send(guest, subject):
    done = guest.run_any(["sendmail", "-odf", "-i", USER], stdin=TEXT % subject)
    guest.expect("it takes mail", done, code=0, out="", err="")


def listens():
    try:
        socket.create_connection(("localhost", 25), timeout=5).close()
    except OSError:
        return False
    return os.path.exists(PID)


def send_by_port(subject):
    """As programs do that know no “sendmail”; the daemon has the new settings too."""
    with smtplib.SMTP("localhost", 25, timeout=20) as server:
        server.sendmail("root@desk", [USER], TEXT % subject)


def relay(guest, port, **settings):
    if not furnish(guest, **settings):
        return
    running = bool(settings.get("host"))
    if running:
        write(PASSWORDS, ANY + OLD)
        guest.expect("it is started", guest.run_any(["service", "exim4", "start"]), code=0)
        guest.say("and listens", not wait_until(listens, 20) and read(LOG))
    guest.sign_in(code=0 if port == 465 else 1)
    command, target = export(guest, 0)
    guest.expect("the script sets it up", guest.run_any(["sh", "-c", command]), code=0, err="")
    guest.say("the passwords are for root and Exim alone",
              facts_of(PASSWORDS) != "root:Debian-exim 640" and facts_of(PASSWORDS))
    guest.say("and that of another server stays", running and ANY not in read(PASSWORDS)
              and "it is gone", OLD in read(PASSWORDS) and "the old one of Gmail as well")
    macros = ("exim4.conf.localmacros" if settings.get("split") != "true"
              else "conf.d/main/000_localmacros")
    for name in ("update-exim4.conf.conf", macros):
        guest.say(f"{name} is as it was shown", read(f"{target}/exim4/{name}")
                  != read(f"/etc/exim4/{name}") and read(f"/etc/exim4/{name}"))
    send(guest, f"exim {port}")
    guest.say("and hands it on", not guest.find(f"exim {port}") and read(LOG))
    # It goes into the background before it listens.
    guest.say("its daemon is there", not wait_until(listens, 20) and read(LOG))
    send_by_port(f"exim {port} by port")
    guest.say("which hands on as well", not guest.find(f"exim {port} by port") and read(LOG))
    guest.say("to the right server, by its certificate",
              *[line for line in read(LOG).splitlines() if f"=> {USER}" in line and
                not ("H=smtp.gmail.com [" in line and " CV=yes " in line)])
    # Once more, without a password: nothing may change.
    before = read(PASSWORDS)
    again = guest.run_any(["sh", os.path.join(target, "set-up-exim.sh")])
    guest.expect("without a password nothing is changed", again, code=1)
    guest.say("not even the passwords", read(PASSWORDS) != before and "they are others")
    leave(guest)


def leave(guest):
    """Ends it, and looks for what only its own file may hold."""
    guest.run_any(["service", "exim4", "stop"])
    secret = read_secret("app-password")
    guest.say("the password stands where it has to", secret not in read(PASSWORDS) and "not")
    places = (os.path.join(place, name) for folder in OWN for place, _, names in os.walk(folder)
              for name in names)
    guest.say("and nowhere else", *[path for path in places if path != PASSWORDS
                                    and secret.encode() in read_bytes(path)])


def impostor(guest):
    """At both ports is somebody else, at one without encryption. Exim was told to care for
    nothing, and Barua cannot tell which port is right, as nobody is signed in."""
    if not furnish(guest):
        return
    write("/etc/exim4/exim4.conf.localmacros", CARELESS)
    command, target = export(guest, 1)
    secret = read_secret("app-password")
    guest.expect("the script sets it up", guest.run_any(["sh", "-c", command], stdin=secret),
                 code=0, err="")
    waits(guest, "465", "certificate verification failed")
    path = os.path.join(target, "set-up-exim.sh")
    write(path, read(path).replace("::465", "::587").replace("smtps", "smtp"))
    guest.expect("and for the other port", guest.run_any(["sh", "-c", command], stdin=secret),
                 code=0, err="")
    waits(guest, "587", "TLS session is required")
    guest.say("nobody was given a password",
              guest.logged("stand-in", "\tcommand\tAUTH") and "somebody was")
    leave(guest)


def waits(guest, port, why):
    before = guest.logged("stand-in", f"\t{port}#")
    send(guest, f"impostor {port}")
    # The server may write of it a moment after Exim has turned away.
    met = wait_until(lambda: guest.logged("stand-in", f"\t{port}#") > before)
    guest.say("it goes there", not met and "not")
    guest.say("and the mail waits", why not in read(LOG) and read(LOG),
              f"=> {USER}" in read(LOG) and "it was sent")


def by_hand(guest):
    """Where Debian's settings are not read, nothing is done, and nothing said to be done."""
    if not furnish(guest):
        return
    guest.sign_in()
    command, _ = export(guest, 0)
    write("/etc/exim4/exim4.conf", "primary_hostname = desk\n")
    before = read(SETTINGS), read(PASSWORDS)
    guest.expect("the script leaves it alone", guest.run_any(["sh", "-c", command]), code=1,
                 says="/etc/exim4/exim4.conf", out="")
    guest.say("all of it", (read(SETTINGS), read(PASSWORDS)) != before and "not")
    guest.expect("so does an export", guest.run("export", USER, "--to", "exim", "--output", HOME),
                 code=3, says="/etc/exim4/exim4.conf")


CASES = [
    ("tls", "", lambda guest: relay(guest, 465)),
    ("starttls", "--fault refuse:465", lambda guest: relay(
        guest, 587, kind="smarthost", host="mail.example.org::587", split="true")),
    ("impostor", "--servers stand-in --bend 465:certificate=sibling --bend 587:starttls=missing",
     impostor),
    ("by-hand", "", by_hand),
]
