#!/usr/bin/env python3
"""Makes a catalogue in a language that nobody speaks, to see what long words do to a page.

pseudo.py SOURCE OUTPUT: each string of po/ with accents on its letters, and its vowels and
each s doubled, which makes it about 40 % longer, while it can still be read. Placeholders,
markup, addresses, what is quoted, and the letter after an underline stay as they are.
"""

import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True

import translations  # noqa: E402

KEPT = re.compile(
    translations.PLACEHOLDER.pattern
    + r"|<[^<>]*>|&\w+;|\\.|_\w|https?://\S+|\S+@\S+|“[^”]*”|--\w[\w-]*|\b[A-Z]{2,}\b")
PLAIN = "bcdfghjklmnprstvwyz" + "BCDGHJKLNRSTWYZ"
CHANGED = "ƀçđƒĝĥĵķļɱñþŕšţṽŵýž" + "ƁÇĐĜĤĴĶĻÑŔŠŢŴÝŽ"
DOUBLED = {"s": "šš", "a": "áä", "e": "éë", "i": "íï", "o": "óö", "u": "úü",
           "A": "Áà", "E": "Éè", "I": "Íì", "O": "Óò", "U": "Úù"}
LETTERS = str.maketrans({**dict(zip(PLAIN, CHANGED, strict=True)), **DOUBLED})
HEADER = '''msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
'''


def lengthen(text):
    found, end = [], 0
    for match in KEPT.finditer(text):
        found += [text[end:match.start()].translate(LETTERS), match.group()]
        end = match.end()
    return "".join(found) + text[end:].translate(LETTERS)


def catalogue(po):
    yield HEADER
    for block in re.split(r"\n\s*\n", po):
        if re.search(r"^#~", block, re.M):
            continue
        fields = dict(re.findall(
            r'^(msgctxt|msgid|msgid_plural) ((?:"(?:\\.|[^"\\])*"\s*)+)', block, re.M))
        fields = {name: translations.unquote(text) for name, text in fields.items()}
        if not fields.get("msgid"):
            continue
        for flags in re.findall(r"^#, .*$", block, re.M):
            yield flags.replace("fuzzy", "no-wrap")
        yield from (f'{name} "{text}"' for name, text in fields.items())
        if "msgid_plural" in fields:
            yield f'msgstr[0] "{lengthen(fields["msgid"])}"'
            yield f'msgstr[1] "{lengthen(fields["msgid_plural"])}"\n'
        else:
            yield f'msgstr "{lengthen(fields["msgid"])}"\n'


def main():
    root, output = map(pathlib.Path, sys.argv[1:])
    language = (root / "po" / "LINGUAS").read_text(encoding="ascii").split()[0]
    po = (root / "po" / f"{language}.po").read_text(encoding="utf-8")
    subprocess.run(["msgfmt", "--check-format", "-o", output, "-"], input="\n".join(catalogue(po)),
                   check=True, text=True, encoding="utf-8")


main()
