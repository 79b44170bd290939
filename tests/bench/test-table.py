#!/usr/bin/env python3
"""Whether tests/bench/all prints its one table, whole, and nothing besides; never how long
anything took.

test-table.py BUILD-DIRECTORY
"""

import os
import re
import subprocess
import sys

ROWS = (
    r"check +its [1-9]\d* round trips of 100 ms",
    r"check +least program, one conversation",
    r"token +secret-tool lookup",
    r"password +secret-tool lookup",
    r"window +least libadwaita program",
    r"explain, 4 MB +grep -ciE",
)
HEADINGS = "what yardstick ours yardstick ratio ours yardstick ratio".split()
TIME, MEMORY, RATIO = r" +(\d+(?:\.\d)?) ms", r" +(\d+\.\d) MB", r" +(\d+\.\d\d)"
# Round trips have no memory.
NONE = " +– +–"


def faults(lines):
    if len(lines) != len(ROWS) + 2 or len(set(map(len, lines))) != 1:
        yield "it has other lines than its rows, or columns that are not straight"
        return
    if lines[0].replace("─", "").split() != ["time", "memory"]:
        yield lines[0]
    if lines[1].split() != HEADINGS:
        yield lines[1]
    for row, line in zip(ROWS, lines[2:]):
        memory = NONE if "round trips" in row else MEMORY + RATIO
        found = re.fullmatch(f"{row}{TIME}{TIME}{RATIO}{MEMORY}{memory}", line)
        if not found or not all(float(figure) > 0 for figure in found.groups()):
            yield line


def main():
    everything = os.path.join(os.path.dirname(os.path.abspath(__file__)), "all")
    done = subprocess.run([everything, sys.argv[1], "--short"], capture_output=True, text=True,
                          check=False)
    print(done.stdout, done.stderr, sep="")
    if done.returncode:
        return done.returncode
    found = list(faults(done.stdout.splitlines()))
    if done.stderr:
        found.append("something was said besides the table")
    for fault in found:
        print(f"fault: {fault}")
    return 1 if found else 0


sys.exit(main())
