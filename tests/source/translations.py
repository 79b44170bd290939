#!/usr/bin/env python3
"""Fails for a file left out of POTFILES.in, and for strings that a language lacks.

A catalogue must have every string, none of them fuzzy, the same placeholders as the English,
as many plural forms as its language has, and an ending that matches (colon, ellipsis).
"""

import pathlib
import re
import subprocess
import sys
import tempfile

MARK = re.compile(r"\b(?:N?C?_|ngettext|gettext|g_dngettext|g_dpgettext2?)\s*\(\s*\"")
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j)?[a-zA-Z%]")


def potfiles(root):
    lines = (root / "po" / "POTFILES.in").read_text(encoding="utf-8").split("\n")
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def unlisted(root):
    listed = potfiles(root)
    for path in sorted((root / "src").glob("**/*.[ch]")):
        name = str(path.relative_to(root))
        if MARK.search(path.read_text(encoding="utf-8")) and name not in listed:
            yield f"{name}: has marked strings and is not in po/POTFILES.in"
    for name in sorted(listed):
        if not (root / name).exists():
            yield f"po/POTFILES.in: {name} does not exist"


def unquote(text):
    return "".join(re.findall(r'"((?:\\.|[^"\\])*)"', text))


def entries(po):
    """Yields (flags, msgid, [msgid_plural], [msgstr...]) of each live entry."""
    for block in re.split(r"\n\s*\n", po):
        if block.lstrip().startswith("#~"):
            continue
        flags = " ".join(re.findall(r"^#, (.*)$", block, re.M))
        fields = re.findall(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ((?:"(?:\\.|[^"\\])*"\s*)+)', block, re.M)
        ids = [unquote(v) for k, v in fields if k in ("msgid", "msgid_plural")]
        strs = [unquote(v) for k, v in fields if k.startswith("msgstr")]
        if ids:
            yield flags, ids, strs


def placeholders(text):
    return sorted(re.sub(r"\d+\$", "", p) for p in PLACEHOLDER.findall(text) if p != "%%")


def faults(language, merged):
    for flags, ids, strs in entries(merged):
        if ids[0] == "":
            continue
        short = ids[0][:60]
        if "fuzzy" in flags:
            yield f"{language}: fuzzy: {short}"
        if not strs or not all(strs):
            yield f"{language}: not translated: {short}"
            continue
        if len(ids) == 2 and len(strs) != 2:
            yield f"{language}: {len(strs)} plural forms, 2 needed: {short}"
        for text in strs:
            if "%H" in ids[0]:  # a date, which each language lays out in its own way
                continue
            wanted = [placeholders(i) for i in ids]
            if placeholders(text) not in wanted:
                yield f"{language}: other placeholders: {short}"
            for ending in (":", "…", "\\n"):
                if ids[-1].endswith(ending) != text.endswith(ending):
                    yield f"{language}: the end {ending!r} differs: {short}"
            if ("_" in ids[0]) and re.search(r"_[A-Za-z]", ids[0]) and "_" not in text and "mnemonic" in flags:
                yield f"{language}: lost mnemonic: {short}"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    found = list(unlisted(root))
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder) / "barua.pot"
        subprocess.run(
            ["xgettext", "--from-code=UTF-8", "--add-comments=Translators", "-k_", "-kN_",
             "-kC_:1c,2", "-kNC_:1c,2", "-kngettext:1,2", "-kg_dngettext:2,3",
             "--flag=g_strdup_printf:1:c-format", "-o", pot, *sorted(potfiles(root))],
            cwd=root, check=True)
        for language in (root / "po" / "LINGUAS").read_text().split():
            merged = subprocess.run(
                ["msgmerge", "-q", "--no-fuzzy-matching", "-o", "-",
                 root / "po" / f"{language}.po", pot],
                check=True, capture_output=True, text=True).stdout
            subprocess.run(["msgfmt", "-c", "-o", "/dev/null", root / "po" / f"{language}.po"], check=True)
            count += merged.count("\nmsgid ") - 1
            found.extend(faults(language, merged))
    print("\n".join(found))
    print(f"{count} strings, {len(found)} faults")
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main())
