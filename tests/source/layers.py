#!/usr/bin/env python3
"""Fails for an include that goes against the layers, or a library used outside its room.

The table is the architecture: a folder may include what its row names, and itself.
"""

import pathlib
import re
import sys

LAYERS = {
    # folder: (what it may include, which libraries it may use besides GLib and GIO)
    "base": ("", ""),
    "account": ("base", ""),
    "discover": ("base account", ""),
    "probe": ("base account", "libsoup"),
    "credentials": ("base account", "libsecret"),
    "oauth": ("base account", "libsoup json-glib"),
    "export": ("base account", "qrencode nss json-glib"),
    "diagnose": ("base account discover probe", "json-glib"),
    "setup": ("base account discover probe credentials oauth export diagnose", ""),
    "cli": ("base account diagnose export setup", "json-glib"),
    "ui": ("base account diagnose export setup", "gtk adwaita"),
}
LIBRARIES = {
    "libsoup": r"libsoup/",
    "libsecret": r"libsecret/",
    "json-glib": r"json-glib/",
    "qrencode": r"qrencode",
    "nss": r"(nss|nspr|pk11pub|pk11sdr|secmod)",
    "gtk": r"gtk/",
    "adwaita": r"adwaita",
}
# One file of a layer may be the only one that knows a library.
ONLY_IN = {
    ("probe", "libsoup"): {"surroundings.c"},
    ("export", "qrencode"): {"qr.c"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)


def faults_in(path, folder, text):
    may, libraries = LAYERS[folder]
    may = set(may.split()) | {folder}
    libraries = set(libraries.split())
    for kind, target in INCLUDE.findall(text):
        if kind == '"':
            first = target.split("/")[0]
            if "/" not in target:
                if target != "config.h":
                    yield f"{path}: include \"{target}\" by its folder"
            elif first not in may:
                yield f"{path}: {folder} may not include {first} ({target})"
            continue
        for library, pattern in LIBRARIES.items():
            if not re.match(pattern, target):
                continue
            if library not in libraries:
                yield f"{path}: {folder} may not use {library}"
            elif path.name not in ONLY_IN.get((folder, library), {path.name}):
                yield f"{path}: only {ONLY_IN[folder, library]} may use {library}"


def main():
    root = pathlib.Path(sys.argv[1])
    found = []
    count = 0
    for path in sorted((root / "src").glob("**/*.[ch]")):
        folder = path.relative_to(root / "src").parts[0]
        count += 1
        if folder not in LAYERS:
            found.append(f"{path}: no layer is called {folder}")
            continue
        found.extend(faults_in(path, folder, path.read_text(encoding="utf-8")))
    print("\n".join(found))
    print(f"{count} files, {len(found)} faults")
    return 1 if found or not count else 0


sys.exit(main())
