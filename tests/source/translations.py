#!/usr/bin/env python3
"""Fails for a file left out of POTFILES.in, and for strings that a language lacks.

A catalogue must have every string, none of them fuzzy, with the same placeholders, numbers,
options and addresses of pages as the English, the plural forms and quotation marks of its
language, an ending that matches, a mnemonic where there is one, and only the words that were
chosen for it. The words of the toolkits that are said here are held to the same.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

MARK = re.compile(r"\b(?:N?C?_|ngettext|gettext|g_dngettext|g_dpgettext2?)\s*\(\s*\"")
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j)?[a-zA-Z%]")
DATE = re.compile(r"%H|^%x$")
# Addresses of pages, options, commands of the program, numbers such as those of ports.
KEPT = re.compile(r"https?://[^\s,;)“”]*[^\s,;.)“”:]|(?<![\w-])--[a-z][a-z-]+|\b\d[\d.]*\d\b|"
                  r"(?<=[“„])barua(?: [a-z-]+)?")
SPACING = re.compile(r"  |\.\.\.|[ \u00a0][…,;!?]| [.:](?!\S)|\( | \)|\t")
PLURALS = {"is": "(n % 10 != 1 || n % 100 == 11)", "sw": "(n != 1)"}
QUOTES = {"is": "„“", "sw": "“”"}

# What is said with the same words in every language.
NAMES = {"Barua", "SSL/TLS", "STARTTLS", "iPhone, iPad and Mac"}
COPIES = {}

# Lists of words and codes, where no rule of sentences holds.
FREE = {"en", "translator-credits"}

# Words that are wrong here, or for which another one was chosen.
AVOIDED = {
    "is": {
        r"\b[Dd]ulrit(?!unarlyklar“)": "dulkóð…",
        r"[Aa]ðgangsorð": "lykilorð",
        r"[Aa]ðgangslyk(?!li \(passkey)": "OAuth-lykill",
        r"\b(?:net|vef)?miðlar(?:inn|ann|anum|ans)\b|[Nn]etþjón(?!ust)": "þjónn",
        r"[Vv]iðskiptavin": "póstforrit",
        r"[Tt]ölvupóst(?:föng|fang|ar\b)": "netfang, skeyti",
        r"[Pp]rufuskeyti": "prufupóstur",
        r"[Ee]inkareikn": "persónulegur reikningur",
        r"\b[Áá] (?:þessari|annarri|þessa|sömu) tölvu": "í … tölvu",
        r"[Vv]insamleg|\byður\b|\bþér eruð": "þú",
        r"\((?:n|ur|inn|ir)\)": "a sentence without gender",
        r"\b(?:Gmail|Google|IMAP|SMTP|POP|QR|OAuth) (?:reikning|þjón|kóð|lykil|netfang|stilling)":
            "a word with a hyphen",
        r"\bLok(?:aðu|ið) %s": "a noun before the name",
        r"[Hh]laða? niður": "sækja",
    },
    "sw": {
        r"\b[Nn]ywila": "nenosiri",
        r"\b[Bb]andari": "mlango",
        r"\b[Mm]teja|\b[Ww]ateja": "programu ya barua pepe",
        r"\b\w*(?:wezesha|lemaza)\b": "washa, zima",
        r"\b[Uu]patikanaji": "ufikiaji",
        r"\b[Aa]nuani": "anwani",
        r"\b[Nn]ambari": "namba",
        r"[Cc]haguo-msingi|[Cc]haguo msingi": "chaguomsingi",
        r"\b[Tt]afadhali(?! subiri)": "nothing",
        r"\b[Vv]iungio\b": "viungo",
        r"\b(?:mlango|milango) wa \d": "mlango 993",
    },
}


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


def kept(text):
    """What a translation says exactly as the English does."""
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", PLACEHOLDER.sub("", text))
    return sorted(set(KEPT.findall(plain)))


def mnemonic(text):
    """The letter to press, of a short text with one underline."""
    found = re.findall(r"_(\w)", text)
    return found[0] if len(found) == 1 and len(text) < 40 else None


def wrong_placeholders(ids, strs, many):
    """In a language with 21 in the first form, each form needs the number."""
    wanted = [placeholders(ids[-1])] if many else [placeholders(i) for i in ids]
    return any(placeholders(text) not in wanted for text in strs)


def wrong_end(english, text):
    ends = [re.search(r"(\\n|\s|[.:…?!])*$", t.rstrip("”“")).group() for t in (english, text)]
    return ends[0] != ends[1] and f"{ends[0]!r}, {ends[1]!r}"


def wrong_start(english, text):
    starts = [re.match(r"(\\n|\s)*", t).group() for t in (english, text)]
    return starts[0] != starts[1]


def wrong_spaces(english, text):
    return SPACING.search(text) and not SPACING.search(english)


def wrong_quotes(english, text, marks):
    """Typographic marks in pairs, and a straight one only where the English has it."""
    seen = re.sub("[^„“”‘«»]", "", text)
    if seen != marks * (len(seen) // 2):
        return True
    return any(text.count(mark) > english.count(mark) for mark in ('"', "'"))


def wrong_mnemonic(english, text):
    wanted, given = mnemonic(english), mnemonic(text)
    return (wanted is None) != (given is None) or (given or "a") in "áéíóúýÁÉÍÓÚÝ"


def is_copy(language, english, text):
    if text != english or english in NAMES or english in COPIES.get(language, ()):
        return False
    return re.search(r"[^\W\d_]{3}", PLACEHOLDER.sub("", KEPT.sub("", english)))


def avoided(language, text):
    for pattern, better in AVOIDED.get(language, {}).items():
        found = re.search(pattern, text)
        if found:
            yield f"“{found.group()}” should be {better}"


def faults_of_text(language, english, text):
    end = wrong_end(english, text)
    if end:
        yield f"other end ({end})"
    if wrong_start(english, text):
        yield "other white space at the start"
    if wrong_spaces(english, text):
        yield "spaces or dots"
    if wrong_quotes(english, text, QUOTES[language]):
        yield "quotation marks"
    if wrong_mnemonic(english, text):
        yield "lost or unusable mnemonic"
    if kept(english) != kept(text):
        yield f"differ: {', '.join(sorted(set(kept(english)) ^ set(kept(text))))}"
    if is_copy(language, english, text):
        yield "still English"
    yield from avoided(language, text)


def faults_of_entry(language, flags, ids, strs):
    if "fuzzy" in flags:
        yield "fuzzy"
    if not strs or not all(strs):
        yield "not translated"
        return
    if len(ids) == 2 and len(strs) != 2:
        yield f"{len(strs)} plural forms, 2 needed"
    if DATE.search(ids[0]):  # each language lays it out in its own way
        return
    if wrong_placeholders(ids, strs, "%" in PLURALS[language]):
        yield "other placeholders"
    if ids[0] in FREE:
        return
    for text in strs:
        yield from faults_of_text(language, ids[-1], text)


def faults(language, name, catalogue):
    formula = None
    for flags, ids, strs in entries(catalogue):
        if ids[0] == "":
            formula = re.search(r"Plural-Forms: *(.*?)\\n", strs[0])
            continue
        for fault in faults_of_entry(language, flags, ids, strs):
            yield f"{name}: {fault}: {ids[0][:60]}"
    if not formula or formula.group(1) != f"nplurals=2; plural={PLURALS[language]};":
        yield f"{name}: the header has other plural forms"


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
            found.extend(faults(language, f"{language}.po", merged))
            for more in sorted((root / "po" / "toolkit").glob(f"*/{language}.po")):
                subprocess.run(["msgfmt", "-c", "-o", "/dev/null", more], check=True)
                found.extend(faults(language, f"{more.parent.name}/{language}.po",
                                    more.read_text(encoding="utf-8")))
    print("\n".join(found))
    print(f"{count} strings, {len(found)} faults")
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main())
