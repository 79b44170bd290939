"""getmail fetches into a Maildir. It refuses to run as root, and so somebody else does all
of this: with a home, a session and a keyring of their own."""

import contextlib
import os
import shutil
import subprocess

import browser_cases
from client_kit import wait_until
from guest import ROOM
from isync import holds

PERSON = "65534"
PLACE = "/run/getmail-person"
DROP = ["setpriv", f"--reuid={PERSON}", f"--regid={PERSON}", "--clear-groups"]
BUS = os.path.join(PLACE, "session", "bus")
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={bus}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@contextlib.contextmanager
def somebody(guest):
    """Makes the guest do everything as that person."""
    home = os.path.join(PLACE, "home")
    for name in ("home", "session", "home/.config", "home/.config/barua"):
        os.makedirs(os.path.join(PLACE, name), 0o700)
        shutil.chown(os.path.join(PLACE, name), int(PERSON), int(PERSON))
    with open(os.path.join(PLACE, "bus.conf"), "w", encoding="utf-8") as file:
        file.write(CONFIG.format(bus=BUS))
    os.environ.update(HOME=home, XDG_RUNTIME_DIR=os.path.join(PLACE, "session"),
                      DBUS_SESSION_BUS_ADDRESS=f"unix:path={BUS}")
    run, helpers = guest.run_any, []
    with open(os.path.join(ROOM, "log", "person"), "ab") as log:
        helpers.append(subprocess.Popen(
            DROP + ["dbus-daemon", f"--config-file={PLACE}/bus.conf", "--nofork"],
            stdout=log, stderr=log))
        wait_until(lambda: os.path.exists(BUS))
        helpers.append(subprocess.Popen(
            DROP + ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE, stdout=log, stderr=log))
        helpers[1].stdin.write(b"keyring")
        helpers[1].stdin.close()
        wait_until(lambda: run(DROP + ["secret-tool", "search", "nobody", "x"]).code == 0)
    # What is said at sign-in goes through command(), all the rest through run_any() too.
    guest.command = lambda *words: DROP + [guest.barua, *words]
    guest.run_any = lambda command, *words, **more: run(
        command if command[0] == "setpriv" else DROP + command, *words, **more)
    browser_cases.HOME = home
    try:
        yield home
    finally:
        guest.run_any = run
        for helper in helpers:
            helper.terminate()
            helper.wait()


def use(guest, method, *words):
    if guest.lacks("getmail"):
        return
    subject = f"getmail {method} {' '.join(words)}".strip()
    with somebody(guest) as home:
        guest.sign_in(method)
        guest.deliver(subject)
        guest.hand_over("getmail", *words)
        guest.expect("getmail understands its settings",
                     guest.run_any(["getmail", "--dump"]), code=0)
        done = guest.run_any(["getmail"])
        guest.expect("and fetches", done, code=0)
        folder = os.path.join(home, "Mail", "gmail-zoe-getmail")
        guest.say("the mail is there", not holds(folder, subject) and done)
        guest.hand_over_again("getmail", *words)
        guest.say("no secret is left in the home", *secrets_in(guest, home))


def secrets_in(guest, home):
    for folder, _, files in os.walk(home):
        for name in files:
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read().decode("latin-1")
            if any(secret in content for secret in guest.secrets):
                yield os.path.join(folder, name)


CASES = [
    ("app-password", "", lambda guest: use(guest, "app-password")),
    ("oauth", "", lambda guest: use(guest, "oauth")),
    ("pop", "", lambda guest: use(guest, "app-password", "--incoming", "pop")),
]
