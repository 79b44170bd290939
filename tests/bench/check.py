#!/usr/bin/env python3
"""How long a check takes, against the round trips that its longest conversation needs.

check.py ROOM STAND-IN BARUA; needs what tests/room needs. Asserts nothing.
"""

import json
import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))

import rooms  # noqa: E402

DELAY = 100
TURNS = 5


def waits(log):
    """How often the longest conversation had to be waited for, as the stand-in saw it."""
    counts = {}
    for line in log:
        _, who, event, _ = line.split("\t", 3)
        if event in ("reply", "tls") and who != "web":
            counts[who] = counts.get(who, 0) + 1
    return max(counts.values())


def main():
    bench = rooms.Bench(*sys.argv[1:4], None)
    trial = bench.trial()
    if trial:
        print(f"check: not measured, {trial}")
        return
    seen = []
    for _ in range(TURNS):
        job = {"argv": [bench.barua, "check", "--json"]}
        outcome = bench.run(f"--fault delay:{DELAY}", [job])
        seen.append((json.loads(outcome["jobs"][0]["stdout"])["ms"],
                     waits(outcome["log"]) * DELAY))
    taken, needed = (statistics.median(column) for column in zip(*seen))
    print(f"barua check    {taken:6.0f} ms   its longest conversation waits {needed:.0f} ms for "
          f"the server   {TURNS} turns")
    print(f"ratio {taken / needed:.3f}")


main()
