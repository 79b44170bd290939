"""How long a mail program waits for "barua token" and "barua password", against
"secret-tool lookup" for the same items, with the real gnome-keyring."""

import contextlib
import subprocess
import time

import kit

ADDRESS = "zoe@gmail.com"
ITEMS = {"token": ("access-token", b"ya29.token"), "password": ("app-password", b"abcdefghijklmnop")}


def attributes(kind):
    return ["service", "barua", "account", ADDRESS, "kind", kind]


@contextlib.contextmanager
def keyring(env):
    kit.need("gnome-keyring-daemon", "secret-tool")
    with subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock",
                           "--components=secrets"], stdin=subprocess.PIPE, env=env,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
        try:
            daemon.stdin.write(b"password\n")
            daemon.stdin.close()
            yield
        finally:
            daemon.terminate()


def store(kind, secret, env):
    """Tries until the keyring is there."""
    expires = ["expires", str(int(time.time()) + 3600)] if kind == "access-token" else []
    end = time.monotonic() + kit.PATIENCE
    command = ["secret-tool", "store", "--label=bench", *attributes(kind), *expires]
    while subprocess.run(command, input=secret, env=env, stderr=subprocess.DEVNULL,
                         check=False).returncode:
        if time.monotonic() > end:
            raise RuntimeError("the keyring takes no secret")
        time.sleep(0.05)


def measure(programs, short):
    ways = {}
    for word, (kind, secret) in ITEMS.items():
        ways[f"barua {word}"] = [programs.barua, word, ADDRESS], secret
        ways[f"lookup {word}"] = ["secret-tool", "lookup", *attributes(kind)], secret
    with kit.session() as env, keyring(env):
        for kind, secret in ITEMS.values():
            store(kind, secret, env)

        def work(name):
            command, secret = ways[name]
            taken = kit.run(programs, command, env)
            assert taken.answer.strip() == secret, (name, taken)
            return taken

        seen = kit.by_turns(ways, 3 if short else 200, work)
    for word in ITEMS:
        yield kit.Row(word, "secret-tool lookup", kit.medians(seen[f"barua {word}"]),
                      kit.medians(seen[f"lookup {word}"]))
