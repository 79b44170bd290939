#!/usr/bin/env python3
"""Runs a test program on a display of its own, in a home of its own, without a session.

on-display.py PROGRAM [ARGUMENT…]; skipped where there is no Xvfb.
"""

import os
import shutil
import subprocess
import sys
import tempfile

LEAKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "leaks.txt")


def environment(home, display):
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("XDG_", "DBUS_", "WAYLAND", "GTK_", "ADW_", "GDK_"))}
    kept.update(
        HOME=home, DISPLAY=f":{display}", GDK_BACKEND="x11", GSK_RENDERER="cairo",
        GTK_A11Y="test", ADW_DISABLE_PORTAL="1", XDG_RUNTIME_DIR=home,
        # No driver for graphics is loaded that would not be let go of.
        GDK_DEBUG="gl-disable",
        LSAN_OPTIONS="print_suppressions=0:suppressions=" + LEAKS,
        XDG_CONFIG_HOME=os.path.join(home, ".config"), XDG_DATA_DIRS="/usr/share",
        # Nobody listens there: no keyring, no desktop, and nothing is started for it.
        DBUS_SESSION_BUS_ADDRESS=f"unix:path={home}/no-bus",
    )
    return kept


def main():
    if shutil.which("Xvfb") is None:
        print("1..0 # SKIP there is no Xvfb")
        return 0
    with tempfile.TemporaryDirectory() as home:
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1000x900x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        try:
            with os.fdopen(read) as pipe:
                display = pipe.readline().strip()
            if not display:
                print("1..0 # SKIP Xvfb does not start")
                return 0
            return subprocess.run(sys.argv[1:], env=environment(home, display),
                                  check=False).returncode
        finally:
            server.terminate()
            server.wait()


sys.exit(main())
