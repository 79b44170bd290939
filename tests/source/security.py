#!/usr/bin/env python3
"""Fails where tests/security.md leaves a requirement out, or names a test that is not there."""

import pathlib
import re
import sys

REQUIREMENTS = 96
ROW = re.compile(r"^\| (SEC-\d\d) \|(.*)\|(.*)\|(.*)\|$", re.M)


def is_there(root, name):
    """Whether what the last column names exists: a file, a case in it, a dialogue, a situation."""
    kind, _, what = name.partition(":")
    tests = root / "tests"
    if kind == "dialogue":
        return any((tests / "dialogues").glob(f"{what}.txt"))
    if kind == "situation":
        text = (tests / "e2e" / "situations.py").read_text(encoding="utf-8")
        return f'"{what}", ' in text
    if not (tests / kind).is_file():
        return False
    text = (tests / kind).read_text(encoding="utf-8")
    if kind.endswith(".c") and what:
        # The path of a case may be put together, but its end stands before a quote.
        return re.search(rf'["/]{re.escape(what)}"', text) is not None
    return what in text


def faults(root):
    rows = ROW.findall((root / "tests" / "security.md").read_text(encoding="utf-8"))
    wanted = [f"SEC-{number:02}" for number in range(1, REQUIREMENTS + 1)]
    if [row[0] for row in rows] != wanted:
        yield "the requirements are not SEC-01 to SEC-96, each once and in order"
    for number, asked, met, shown in rows:
        names = re.findall(r"`([a-z0-9-]+(?:/[^`]+|:[^`]+))`", shown)
        if not asked.strip() or not met.strip():
            yield f"{number}: is not answered"
        if not names and "not shown by a test" not in shown.lower():
            yield f"{number}: names no test, and does not say that there is none"
        yield from (f"{number}: {name} is not there" for name in names
                    if not is_there(root, name))


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    print(f"{REQUIREMENTS} requirements, {len(found)} faults")
    return 1 if found else 0


sys.exit(main())
