#!/usr/bin/env python3
"""Adds up meson's test logs: count.py FAILED LOG... prints "N passed, N failed".

Before it stands the end of what each failed test said: of a long log, often only the last
part is kept. What passed on a second try only is told too.
"""

import json
import sys

TAIL = 40


def complain(test):
    print(f"--- {test['name']}: {test['result']}")
    for stream in ("stdout", "stderr"):
        lines = [line for line in (test.get(stream) or "").splitlines()
                 if not line.startswith("ok ")]
        print("\n".join(lines[-TAIL:]))


def tell_second_tries(test):
    for line in (test.get("stdout") or "").splitlines():
        if line.startswith("# second try"):
            print(f"{test['name']}: {line[2:]}")


def main():
    failed_before = sys.argv[1] != "0"
    passed = failed = skipped = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as log:
            for line in log:
                test = json.loads(line)
                result = test["result"]
                if result in ("OK", "EXPECTEDFAIL"):
                    passed += 1
                    tell_second_tries(test)
                elif result == "SKIP":
                    skipped += 1
                else:
                    failed += 1
                    complain(test)
    if failed_before and failed == 0:
        failed = 1
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed or not passed else 0


sys.exit(main())
