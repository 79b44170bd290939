"""What the tests of GNOME's mail programs have in common: services, windows, keys."""

import contextlib
import os
import re
import subprocess

from client_kit import wait_until
from guest import HOME

REGISTRY = "/usr/libexec/evolution-source-registry"
ONLINE_ACCOUNTS = "/usr/libexec/goa-daemon"
DCONF = "/usr/libexec/dconf-service"
# Without a service that looks after the network, these programs take it for dead.
ONLINE = {"GIO_USE_NETWORK_MONITOR": "base", "NO_AT_BRIDGE": "1", "GTK_USE_PORTAL": "0"}


@contextlib.contextmanager
def services(client, env, *programs):
    """Starts what a desktop's session bus would start by itself."""
    with contextlib.ExitStack() as stack:
        for program in programs:
            stack.enter_context(client.running([program], env))
            if not wait_until(lambda name=NAMES[program]: owned(name, env)):
                raise RuntimeError(f"{program} does not come")
        yield


NAMES = {
    REGISTRY: "org.gnome.evolution.dataserver.Sources5",
    ONLINE_ACCOUNTS: "org.gnome.OnlineAccounts",
    DCONF: "ca.desrt.dconf",
}


def owned(name, env):
    done = subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
                           "/org/freedesktop/DBus", "org.freedesktop.DBus.GetNameOwner",
                           f"string:{name}"], env=env, capture_output=True, check=False)
    return done.returncode == 0


def managed(env, name, path):
    """All that a service has, as GVariant's text."""
    return subprocess.run(["gdbus", "call", "--session", "--dest", name, "--object-path", path,
                           "--method", "org.freedesktop.DBus.ObjectManager.GetManagedObjects"],
                          env=env, capture_output=True, text=True, check=False).stdout


def sources(env):
    return managed(env, NAMES[REGISTRY], "/org/gnome/evolution/dataserver/SourceManager")


def knows_source(env, uid, pattern):
    """Whether Evolution's services have seen that source, with that in it."""
    found = re.search(rf"'UID': <'{uid}'>, 'Data': <(.*?)>[,}}]", sources(env), re.DOTALL)
    return bool(found and re.search(pattern, found.group(1)))


def knows_transport(env, user):
    """Whether Evolution's services know how that user's mail is sent."""
    return "[Mail Transport]" in sources(env) and f"User={user}" in sources(env)


def knows_online_account(env, user):
    accounts = managed(env, NAMES[ONLINE_ACCOUNTS], "/org/gnome/OnlineAccounts")
    return f"'PresentationIdentity': <'{user}'>" in accounts


def xdotool(env, *words):
    done = subprocess.run(["xdotool", *words], env=env, capture_output=True, text=True,
                          check=False)
    return done.stdout.split() if done.returncode == 0 else []


def find_window(env, title, seconds=60):
    """Waits for a window; returns its number, or None."""
    found = wait_until(lambda: xdotool(env, "search", "--onlyvisible", "--name", title), seconds)
    return found[-1] if found else None


def press(env, window, *keys):
    """Types keys into a window; there is no window manager that would give it the focus."""
    xdotool(env, "windowraise", window)
    xdotool(env, "windowfocus", "--sync", window)
    for key in keys:
        xdotool(env, "key", "--clearmodifiers", key)


def click(env, window, x, y):
    """Clicks at a place in a window, counted from its upper left corner."""
    xdotool(env, "windowraise", window)
    xdotool(env, "mousemove", "--sync", "--window", window, str(x), str(y))
    xdotool(env, "click", "1")


def is_still(env, window):
    """Whether a window looks the same as a moment before: it is drawn, and nothing moves."""
    pictures = [subprocess.run(["import", "-window", window, "rgb:-"], env=env, check=False,
                               capture_output=True).stdout for _ in range(2)]
    return pictures[0] == pictures[1] and len(set(pictures[0])) > 8


def home_holds(text, *folders):
    """Whether a file below one of these folders holds a text."""
    needle = text.encode()
    for folder in folders:
        for place, _, names in os.walk(os.path.join(HOME, folder)):
            for name in names:
                with contextlib.suppress(OSError), open(os.path.join(place, name), "rb") as file:
                    if needle in file.read():
                        return True
    return False
