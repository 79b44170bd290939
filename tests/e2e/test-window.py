#!/usr/bin/env python3
"""Walks through the window, in rooms, with the unmodified program.

test-window.py ROOM STAND-IN BARUA WINDOW SCHEMAS DESKTOP-PART CLIPBOARD [NAME…]; TAP. With --inside
it is the part in the room. Pictures are kept in the folder that BARUA_KEEP names, if any.
"""

import json
import os
import shutil
import subprocess
import sys
import traceback

sys.dont_write_bytecode = True

import rooms  # noqa: E402
import window_cases  # noqa: E402
import window_kit  # noqa: E402


def inside(name, barua, window, schemas, desktop, clipboard):
    person = window_kit.Person(barua, window, schemas)
    person.desktop, person.clipboard = desktop, clipboard
    function = next(function for row, _, function in window_cases.CASES if row == name)
    try:
        function(person)
    except Exception:  # Whatever it is: it is the finding.
        person.say("ran to its end", traceback.format_exc())
    person.expect_no_other_host()
    person.say("no library complained", *window_kit.complaints())
    if os.environ.get("BARUA_KEEP"):
        shutil.copytree(os.path.join(window_kit.ROOM, "log"),
                        os.path.join(os.environ["BARUA_KEEP"], f"window-{name}"),
                        dirs_exist_ok=True)
    json.dump(person.conclude(), sys.stdout)


def run(bench, row):
    name, options, _ = row
    if os.geteuid() != 0 and "--servers" not in options:
        return [["# SKIP only root can start real mail servers", []]]
    words = options if "--servers" in options else f"--servers real {options}"
    command = bench.command(f"{words} --timeout 280", sys.executable, os.path.abspath(__file__),
                            "--inside", name, *map(os.path.abspath, sys.argv[3:8]))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [["the room stood", [f"{done.returncode}: {done.stderr}"]]]
    return json.loads(done.stdout)


def main():
    names = sys.argv[8:]
    bench = rooms.Bench(*sys.argv[1:4], None)
    trial = bench.trial() or window_kit.missing()
    if trial:
        print(f"1..0 # SKIP {trial}")
        return 0
    seen = []
    for row in window_cases.CASES:
        if not names or row[0] in names:
            seen += [(f"{row[0]}: {name}", faults) for name, faults in run(bench, row)]
    tap = rooms.Tap(len(seen))
    for name, faults in seen:
        tap.say(name, faults)
    return 1 if tap.failed else 0


if sys.argv[1] == "--inside":
    inside(*sys.argv[2:8])
    sys.exit(0)
sys.exit(main())
