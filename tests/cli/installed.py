#!/usr/bin/env python3
"""All that belongs to the program is installed, each where the desktop and shells look.

installed.py BUILD PREFIX WINDOW
"""

import os
import pathlib
import subprocess
import sys
import tempfile

BUILD, PREFIX, WINDOW = sys.argv[1], sys.argv[2], sys.argv[3] == "window"
ID = "org.barua.Barua"
ALWAYS = [
    "bin/barua",
    "libexec/barua-commands",
    "share/man/man1/barua.1",
    "share/bash-completion/completions/barua",
    "share/zsh/site-functions/_barua",
    "share/fish/vendor_completions.d/barua.fish",
]
WITH_WINDOW = [
    "libexec/barua-window",
    f"share/applications/{ID}.desktop",
    f"share/metainfo/{ID}.metainfo.xml",
    f"share/dbus-1/services/{ID}.service",
    f"share/glib-2.0/schemas/{ID}.gschema.xml",
    f"share/icons/hicolor/scalable/apps/{ID}.svg",
    f"share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg",
]
CATALOGS = ("share/locale", "share/barua/toolkit")


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", folder],
                       check=True, stdout=subprocess.DEVNULL)
        root = pathlib.Path(folder) / PREFIX.lstrip("/")
        there = {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}
        catalogs = [name for name in there if name.startswith(CATALOGS)]
        wanted = ALWAYS + (WITH_WINDOW if WINDOW else [])
        faults = [f"missing: {name}" for name in wanted if name not in there]
        faults += [f"not expected: {name}" for name in there
                   if name not in wanted and name not in catalogs]
        faults += [f"cannot be read by all: {name}" for name, path in there.items()
                   if path.stat().st_mode & 0o444 != 0o444]
        faults += [f"cannot be run: {name}" for name, path in there.items()
                   if name.startswith(("bin/", "libexec/")) and not os.access(path, os.X_OK)]
        languages = pathlib.Path(__file__).parents[2] / "po" / "LINGUAS"
        for code in languages.read_text(encoding="ascii").split():
            name = f"share/locale/{code}/LC_MESSAGES/barua.mo"
            faults += [] if name in catalogs else [f"missing: {name}"]
    print(*faults, sep="\n")
    return 1 if faults else 0


sys.exit(main())
