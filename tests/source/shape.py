#!/usr/bin/env python3
"""Fails for code that outgrows its ceilings or leaves the agreed style.

Ceilings: a function 60 lines, a file 600, parameters 6, brace depth 3. In this layout a
function goes from a "{" in the first column to a "}" there, so no parser is needed.
"""

import pathlib
import re
import sys

FUNCTION_LINES = 60
FILE_LINES = 600
PARAMETERS = 6
DEPTH = 3

BANNED = [
    (r"\bgoto\b", "goto"),
    (r"\bg(char|int|long|short|float|double)\b", "a g-type where C has one"),
    (r"\b(getenv|g_getenv|secure_getenv)\s*\(", "reads the environment"),
    (r"\b(strcpy|strcat|sprintf|gets|strtok|system|popen)\s*\(", "an unsafe function"),
    (r"\b(TODO|FIXME|XXX|HACK)\b", "a mark left behind"),
    (r"#\s*if.*\bTEST(ING|S)?\b", "a test hook"),
    (r"\bg_assert\s*\(", "g_assert() for g_assert_*()"),
]
# Where the environment has to be read, and why.
MAY_READ_ENVIRONMENT = {
    "src/cli/output.c": "NO_COLOR, TERM and COLUMNS are how a terminal is described",
    "src/cli/window.c": "whether there is a display to open the window on",
    "src/setup/machine.c": "which desktop this is, only the environment says",
    "src/export/home.c": "PATH says where programs are; in a Flatpak, HOST_XDG_* where files are",
    "src/base/environment.c": "cron starts programs without the session's folder",
}


def strip(text):
    """Takes comments and the content of strings out; keeps every line end."""
    pattern = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)

    def blank(match):
        found = match.group(0)
        if found[0] in "\"'":
            return found[0] * 2
        return "\n" * found.count("\n")

    return pattern.sub(blank, text)


def parameters(signature):
    inner = signature[signature.find("(") + 1 : signature.rfind(")")]
    depth = 0
    commas = 0
    for letter in inner:
        depth += (letter == "(") - (letter == ")")
        commas += letter == "," and depth == 0
    return 0 if inner.strip() in ("", "void") else commas + 1


def functions(lines):
    """Yields (line number, signature, body lines) of each function."""
    start = None
    for number, line in enumerate(lines):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start is not None:
            head = []
            for before in range(start - 1, -1, -1):
                if not lines[before].strip() or lines[before].startswith(("}", "#")):
                    break
                head.insert(0, lines[before])
            yield start + 1, " ".join(head), lines[start + 1 : number]
            start = None


def check(path, name):
    text = path.read_text(encoding="utf-8")
    code = strip(text)
    lines = code.split("\n")
    limit = FILE_LINES
    if text.count("\n") > limit:
        yield f"{name}: {text.count(chr(10))} lines, {limit} allowed"
    if path.suffix == ".h" and "#pragma once" not in text:
        yield f"{name}: no #pragma once"
    if path.suffix == ".c" and name.startswith("src/") and not text.startswith('#include "config.h"\n'):
        yield f'{name}: does not begin with #include "config.h"'
    for pattern, why in BANNED:
        if why == "reads the environment" and (
            name in MAY_READ_ENVIRONMENT or name.startswith("tests/")
        ):
            continue
        haystack = text if why == "a mark left behind" else code
        for match in re.finditer(pattern, haystack):
            line = haystack.count("\n", 0, match.start()) + 1
            yield f"{name}:{line}: {why}: {match.group(0)}"
    if path.suffix == ".c":
        for number, signature, body in functions(lines):
            if "=" in signature or re.match(r"\s*(static\s+)?(const\s+)?(struct|enum|union|typedef)\b", signature) and "(" not in signature:
                continue
            if len(body) > FUNCTION_LINES:
                yield f"{name}:{number}: a function of {len(body)} lines, {FUNCTION_LINES} allowed"
            # What GLib calls has the parameters that GLib gives it.
            if parameters(signature) > PARAMETERS and not re.search(r"\bon_\w+ \(", signature):
                yield f"{name}:{number}: {parameters(signature)} parameters, {PARAMETERS} allowed"
            depth = deepest = 0
            for line in body:
                # Initializers open braces too; only blocks stand on lines of their own.
                if line.strip() == "{":
                    depth += 1
                    deepest = max(deepest, depth)
                elif re.fullmatch(r"\}", line.strip()):
                    depth -= 1
            if deepest > DEPTH:
                yield f"{name}:{number}: braces {deepest} deep, {DEPTH} allowed"


def top_level(root):
    allowed = {"src", "data", "po", "tests", "meson.build", "meson_options.txt", "README.md", "COPYING"}
    for entry in root.iterdir():
        if entry.name.startswith((".", "_", "build")) or entry.name in allowed:
            continue
        yield f"{entry.name}: does not belong to the top level"


def main():
    root = pathlib.Path(sys.argv[1])
    paths = sorted(p for part in ("src", "tests") for p in (root / part).glob("**/*.[ch]"))
    found = list(top_level(root))
    for path in paths:
        found.extend(check(path, str(path.relative_to(root))))
    print("\n".join(found))
    print(f"{len(paths)} files, {len(found)} faults")
    return 1 if found or not paths else 0


sys.exit(main())
