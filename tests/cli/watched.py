#!/usr/bin/env python3
"""Runs the real program under valgrind, which finds no fault and no leak.

    watched.py PROGRAM SUPPRESSIONS; TAP.
"""

import os
import shutil
import subprocess
import sys
import tempfile

FAULT = 99
GUARD = 280
LOG = b"535-5.7.8 Username and Password not accepted. For more information, go to\n" * 50
ROWS = [
    # what is typed, what is given to it, how it ends
    (["settings", "--json"], b"", 0),
    (["explain", "--json"], LOG, 1),
    (["explain"], bytes(range(256)) * 40, 1),
    (["explain", "--no-such-option"], b"", 2),
    (["clients"], b"", 0),
]


def run(program, suppressions, words, given):
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run(
            ["valgrind", "-q", "--trace-children=yes", f"--error-exitcode={FAULT}",
             "--leak-check=full", "--errors-for-leak-kinds=definite",
             "--show-leak-kinds=definite", f"--suppressions={suppressions}", program, *words],
            input=given, capture_output=True, timeout=GUARD, check=False,
            env={"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8",
                 "G_SLICE": "always-malloc"})


def main():
    program, suppressions = (os.path.abspath(path) for path in sys.argv[1:3])
    if not shutil.which("valgrind"):
        print("1..0 # SKIP valgrind is not installed")
        return 0
    failed = 0
    print(f"1..{len(ROWS)}")
    for number, (words, given, status) in enumerate(ROWS, 1):
        done = run(program, suppressions, words, given)
        well = done.returncode == status
        failed += not well
        print(f"{'' if well else 'not '}ok {number} {' '.join(words)}", flush=True)
        for line in [] if well else [f"exit {done.returncode}",
                                     *done.stderr.decode(errors="replace").splitlines()]:
            print(f"# {line}")
    return 1 if failed else 0


sys.exit(main())
