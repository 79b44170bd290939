#!/usr/bin/env python3
"""Fails where something comes to the clipboard in another way than is meant.

A field's own “Copy” is the toolkit's, and does nothing where what is typed is not shown.
"""

import pathlib
import re
import sys

# Only there is the clipboard touched.
PLACE = "ui/browse.c"
TOUCHES = re.compile(r"clipboard\w* \(|gdk_drag_\w+ \(|gtk_drag_source_\w+ \(|GdkContentProvider")
# Who puts something there, and what: no password, code or token among it.
CALLS = {
    "ui/browse.c": ["self->uri"],
    "ui/cards/browser-panel.c": ["barua_browser_sign_in_get_uri (self->attempt)"],
    "ui/cards/diagnosis-card.c": ["text"],
    "ui/report.c": ["report"],
    "ui/rows/value-row.c": ["value"],
}
# Where those come from, if the name does not tell.
ORIGINS = {
    "ui/cards/diagnosis-card.c": ["barua_card_text_dup (self->verdict)",
                                  "gtk_label_get_label (self->explanation)"],
    "ui/report.c": ["barua_help_report (data, FALSE)"],
    "ui/rows/value-row.c": ["g_strdup (row->value)"],
}
CALL = re.compile(r"barua_browse_copy \((?:GTK_WIDGET \([\w]+\)|self->from),\s*"
                  r"([^;]+?),\s*_ \(", re.S)
SECRETS = re.compile(r"barua_secret_peek|BaruaSecret|->access|->refresh|->password|->token")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def faults(root):
    calls = {}
    for path in sorted((root / "src").rglob("*.c")):
        name = path.relative_to(root / "src").as_posix()
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        if name != PLACE and TOUCHES.search(text):
            yield f"src/{name}: touches the clipboard"
        given = [" ".join(what.split()) for what in CALL.findall(text)]
        # The definition itself has no words in it.
        if text.count("barua_browse_copy (") != len(given) + (name == PLACE):
            yield f"src/{name}: copies something that cannot be told"
        if given:
            calls[name] = given
            yield from (f"src/{name}: has to do with secrets" for _ in SECRETS.findall(text))
        yield from (f"src/{name}: “{origin}” is no more where that comes from"
                    for origin in ORIGINS.get(name, ()) if origin not in text)
    if calls != CALLS:
        yield f"it is copied {calls}, and not {CALLS}"


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    print(f"{len(CALLS)} places, {len(found)} faults")
    return 1 if found else 0


sys.exit(main())
