#!/usr/bin/env python3
"""Fails for a public function in src/ whose header has no doc comment of its own."""

import pathlib
import re
import sys

COMMENT = re.compile(r"/\*\*\n(.*?)\*/", re.S)
DECLARED = re.compile(r"^[A-Za-z][\w \t*\n]*?\b(barua_\w+) \(", re.M)


def main():
    root = pathlib.Path(sys.argv[1])
    found = []
    count = 0
    for header in sorted((root / "src").glob("**/*.h")):
        text = header.read_text(encoding="utf-8")
        documented = set()
        for block in COMMENT.findall(text):
            head = re.match(r" \* ([\w, ]+):", block)
            if head:
                documented.update(name.strip() for name in head.group(1).split(","))
        for name in DECLARED.findall(COMMENT.sub("", text)):
            count += 1
            if name.endswith(("_get_type", "_error_quark")) or name in documented:
                continue
            found.append(f"{header.relative_to(root)}: {name} has no doc comment")
    print("\n".join(found))
    print(f"{count} functions, {len(found)} faults")
    return 1 if found or not count else 0


sys.exit(main())
