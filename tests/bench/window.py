"""How long until the window stands on the screen, and what it takes of memory that it shares
with nobody, against the least that a libadwaita program is."""

import contextlib
import os
import subprocess
import time

import kit

SETTLED = 0.5


@contextlib.contextmanager
def screen(env, schemas):
    kit.need("Xvfb", "xdotool")
    read, write = os.pipe()
    # Without "-noreset" it begins anew whenever the last window is gone, and hears nobody then.
    with subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x800x24",
                           "-nolisten", "tcp", "-noreset"], pass_fds=[write], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as pipe:
                number = pipe.readline().strip()
            if not number:
                raise kit.Missing("Xvfb does not start")
            yield {**env, "DISPLAY": f":{number}", "GDK_BACKEND": "x11",
                   "GSK_RENDERER": "cairo", "GTK_A11Y": "none", "GTK_USE_PORTAL": "0",
                   "GSETTINGS_BACKEND": "memory", "GSETTINGS_SCHEMA_DIR": schemas}
        finally:
            server.terminate()
            server.wait()


def private_kilobytes(pid):
    """What the process alone takes: shared libraries count for whoever shares them."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        lines = [line.split() for line in file]
    return sum(int(line[1]) for line in lines if line[0] in ("Private_Clean:", "Private_Dirty:"))


def start(program, title, env):
    begun = time.perf_counter()
    process = subprocess.Popen([program], env=env, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$"],
                       env=env, stdout=subprocess.DEVNULL, check=True, timeout=kit.PATIENCE)
        taken = time.perf_counter() - begun
        time.sleep(SETTLED)
        return kit.Taken(taken, 0, private_kilobytes(process.pid))
    finally:
        process.terminate()
        process.wait()


def measure(programs, short):
    ways = {"barua": (programs.find("src/ui/barua-window"), "Barua"),
            "minimal": (programs.find("tests/minimal-window"), "Minimal")}
    with kit.session() as session, screen(session, f"{programs.build}/data") as env:
        seen = kit.by_turns(ways, 1 if short else 10, lambda name: start(*ways[name], env))
    yield kit.Row("window", "least libadwaita program", kit.medians(seen["barua"]),
                  kit.medians(seen["minimal"]))
