#!/usr/bin/env python3
"""Hands the settings to a real mail program, and sees it fetch and send.

test-clients.py CLIENT ROOM STAND-IN BARUA [NAME…]; TAP. With --inside it is the part in
the room. Logs and pictures are kept in the folder that BARUA_KEEP names, if it names one.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
import traceback

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "clients"))

import client_kit  # noqa: E402
import rooms  # noqa: E402


def cases(client):
    return importlib.import_module(client).CASES


def inside(client, name, barua):
    person = client_kit.Client(barua, None)
    function = next(function for row, _, function in cases(client) if row == name)
    try:
        function(person)
    except Exception:  # Whatever it is: it is the finding.
        person.say("ran to its end", traceback.format_exc())
    if os.environ.get("BARUA_KEEP"):
        shutil.copytree(os.path.join(client_kit.ROOM, "log"),
                        os.path.join(os.environ["BARUA_KEEP"], f"{client}-{name}"),
                        dirs_exist_ok=True)
    json.dump(person.conclude(), sys.stdout)


def run(bench, client, row):
    name, options, _ = row
    if os.geteuid() != 0 and "--servers" not in options:
        return [["# SKIP only root can start real mail servers", []]]
    words = options if "--servers" in options else f"--servers real {options}"
    command = bench.command(f"{words} --timeout 280", sys.executable, os.path.abspath(__file__),
                            "--inside", client, name, os.path.abspath(sys.argv[4]))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [["the room stood", [f"{done.returncode}: {done.stderr}"]]]
    return json.loads(done.stdout)


# A secret that got out once is never forgiven.
UNFORGIVEN = ("secret", "verifier")


def failing(seen):
    return [f"{name}: {fault}" for name, faults in seen for fault in faults]


def may_try_again(seen):
    return not any(word in name for name, faults in seen if faults for word in UNFORGIVEN)


def patiently(bench, client, row):
    """Runs a case, and if need be once more, in a new room on a fresh home: other people's
    programs crash and hang now and then. The first try is told in the log, and again where
    the tests are counted. What fails twice fails."""
    seen = run(bench, client, row)
    if not failing(seen) or not may_try_again(seen):
        return seen
    print(f"# second try of “{row[0]}”")
    for line in "\n".join(failing(seen)).splitlines():
        print(f"#   {line}", flush=True)
    return run(bench, client, row)


def main():
    client, names = sys.argv[1], sys.argv[5:]
    bench = rooms.Bench(*sys.argv[2:5], None)
    trial = bench.trial()
    if trial:
        print(f"1..0 # SKIP {trial}")
        return 0
    seen = []
    for row in cases(client):
        if not names or row[0] in names:
            seen += [(f"{row[0]}: {name}", faults)
                     for name, faults in patiently(bench, client, row)]
    tap = rooms.Tap(len(seen))
    for name, faults in seen:
        tap.say(name, faults)
    return 1 if tap.failed else 0


if sys.argv[1] == "--inside":
    inside(*sys.argv[2:5])
    sys.exit(0)
sys.exit(main())
