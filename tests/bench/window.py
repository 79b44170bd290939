#!/usr/bin/env python3
"""How long until the window stands on the screen, and what it takes of memory, against the
least that a libadwaita program is, turn by turn in one run.

window.py WINDOW MINIMAL SCHEMAS [TURNS]. Asserts nothing: a loaded machine is no fault.
"""

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PATIENCE = 30


@contextlib.contextmanager
def screen(home):
    number = next(n for n in range(100, 200) if not os.path.exists(f"/tmp/.X11-unix/X{n}"))
    server = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", "1024x800x24", "-nolisten",
                               "tcp"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while not os.path.exists(f"/tmp/.X11-unix/X{number}") and time.monotonic() < end:
            time.sleep(0.01)
        yield {**os.environ, "DISPLAY": f":{number}", "GDK_BACKEND": "x11", "HOME": home,
               "GSK_RENDERER": "cairo", "GTK_A11Y": "none", "GSETTINGS_BACKEND": "memory",
               "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home,
               "GSETTINGS_SCHEMA_DIR": sys.argv[3], "GTK_USE_PORTAL": "0"}
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
                       env=env, stdout=subprocess.DEVNULL, check=True, timeout=PATIENCE)
        taken = time.perf_counter() - begun
        time.sleep(0.5)
        return taken, private_kilobytes(process.pid)
    finally:
        process.terminate()
        process.wait()


def measure(turns):
    """Returns for each program its median seconds and kilobytes."""
    programs = {"barua-window": (sys.argv[1], "Barua"), "minimal": (sys.argv[2], "Minimal")}
    seen = {name: [] for name in programs}
    home = tempfile.mkdtemp()
    try:
        with screen(home) as env:
            for turn in range(turns + 1):
                for name in sorted(programs, reverse=turn % 2):
                    result = start(*programs[name], env)
                    # The first reads everything from the disk.
                    if turn > 0:
                        seen[name].append(result)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return {name: [statistics.median(column) for column in zip(*rows)]
            for name, rows in seen.items()}


def main():
    if "--inside" not in sys.argv:
        # What the desktop's services complain of on a screen that is none is not ours.
        return subprocess.run(["dbus-run-session", "--", sys.executable, *sys.argv, "--inside"],
                              stderr=subprocess.DEVNULL, check=False).returncode
    sys.argv.remove("--inside")
    turns = int(sys.argv[4]) if len(sys.argv) > 4 else 10
    medians = measure(turns)
    for name, (seconds, kilobytes) in medians.items():
        print(f"{name:14s} on the screen after {seconds * 1000:6.0f} ms   "
              f"{kilobytes / 1024:6.1f} MB of its own   {turns} turns")
    (ours, our_memory), (least, least_memory) = medians["barua-window"], medians["minimal"]
    print(f"ratio {ours / least:.3f} of time, {our_memory / least_memory:.3f} of memory")
    return 0


sys.exit(main())
