#!/usr/bin/env python3
"""Fails unless the Flatpak manifest is JSON, builds this program, and asks for no more than it
has to: no whole home, no bus without a filter, no way to run programs outside.
"""

import json
import pathlib
import sys

FOLDERS = ("~/", "xdg-config/")
NEEDED = {
    "--share=network",
    "--socket=wayland",
    "--talk-name=org.freedesktop.secrets",
    "--talk-name=org.gnome.OnlineAccounts",
}
ALLOWED = NEEDED | {
    "--share=ipc",
    "--socket=fallback-x11",
    "--device=dri",
    "--talk-name=org.gnome.evolution.dataserver.Sources5",
}


def faults_in(manifest):
    if manifest["app-id"] != "org.barua.Barua" or manifest["command"] != "barua":
        yield "it does not start this program"
    if manifest["runtime"] != "org.gnome.Platform" or int(manifest["runtime-version"]) < 43:
        yield "the runtime is none that this program runs on"
    if [module["name"] for module in manifest["modules"]] != ["libqrencode", "barua"]:
        yield "the modules are not those that are needed"
    asked = manifest["finish-args"]
    for word in NEEDED - set(asked):
        yield f"{word} is missing"
    for word in asked:
        if asked.count(word) > 1:
            yield f"{word} stands twice"
        name, _, value = word.partition("=")
        path, _, mode = value.partition(":")
        if name != "--filesystem":
            if word not in ALLOWED:
                yield f"{word} is more than is needed"
        elif not path.startswith(FOLDERS) or path in FOLDERS or mode not in ("", "create"):
            yield f"{word} is no folder of a mail program"


def main():
    path = pathlib.Path(sys.argv[1]) / "data/packaging/org.barua.Barua.json"
    faults = list(faults_in(json.loads(path.read_text(encoding="utf-8"))))
    for fault in faults:
        print(f"{path.name}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
