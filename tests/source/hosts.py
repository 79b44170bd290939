#!/usr/bin/env python3
"""Fails where the program could come to talk to a host that is not meant.

Two things are looked at: the library functions that lead to the network, each of which may be
called in few files only, and the names of hosts in the program's words.
"""

import pathlib
import re
import sys

# What opens a way to the network, and who may: with the reason.
WAYS = {
    r"g_inet_socket_address_new \(": {
        "probe/dialer.c": "addresses of the service's constant name",
        "probe/route.c": "asks the kernel for a way, and sends nothing",
    },
    r"g_inet_socket_address_new_from_string": {
        "probe/route.c": "asks the kernel for a way, and sends nothing",
    },
    r"g_resolver_lookup_by_name\w*async": {
        "probe/dialer.c": "the service's constant name",
        "discover/discover.c": "whether a domain that was typed is there",
    },
    r"g_resolver_lookup_records\w*async": {
        "discover/discover.c": "who keeps the mail of a domain that was typed",
    },
    r"g_network_address_new": {"probe/handshake.c": "the name that must be in the certificate"},
    r"soup_message_new\w*": {
        "oauth/post.c": "Google's sign-in, of oauth/provider.c",
        "probe/surroundings.c": "the page that tells what the network is like",
    },
    r"soup_session_new\w*": {
        "oauth/post.c": "the same",
        "probe/surroundings.c": "the same",
    },
    r"soup_server_new": {"oauth/loopback.c": "the browser's answer, on this machine"},
    r"g_socket_(?:client|service|listener)_new|g_socket_connection_factory\w*": {
        "probe/dialer.c": "a connection to one of its addresses",
    },
    r"g_socket_new": {
        "probe/dialer.c": "a connection to one of its addresses",
        "probe/route.c": "asks the kernel for a way, and sends nothing",
    },
    r"(?<!\w)(?:getaddrinfo|gethostbyname2?|res_n?query|res_n?search|socket) \(": {},
    r"g_network_service_new|g_proxy_\w+|soup_websocket\w+|curl_\w+": {},
}
# Files that are given to those, with the names that they may hold.
SPOKEN_TO = {
    "discover/known.c": {"smtp.gmail.com", "imap.gmail.com", "pop.gmail.com", "gmail.com",
                         "googlemail.com"},
    "account/address.c": {"gmail.com", "googlemail.com"},
    "discover/discover.c": {"gmail.com"},
    "oauth/provider.c": {"accounts.google.com", "oauth2.googleapis.com", "mail.google.com"},
    # What a mail server of Google's calls itself.
    "probe/engine.c": {"smtp.gmail.com", "mx.google.com"},
    "probe/surroundings.c": {"connectivitycheck.gstatic.com"},
}
# What the browser is sent to, if the person asks for it.
PAGES = {"myaccount.google.com", "console.cloud.google.com"}
# Examples in what is shown.
EXAMPLES = {"gmail.com"}
# Tables of names to compare with, words that explain, and what is written into settings: none
# of these folders reaches the network, but for discover.c.
COMPARED = ("diagnose/", "export/", "discover/mx.c", "discover/slips.c")
ENDINGS = "com|org|net|info|biz|io|eu|co|dev|app|goog|me|[a-z]{2}"
HOST = re.compile(rf"(?<![\w.@/-])(?:https?://)?((?:[a-z0-9-]+\.)+(?:{ENDINGS}))(?![\w-]|\.\w)",
                  re.I)
WORDS = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def code(path):
    return re.sub(r"^#include.*$", "", COMMENT.sub("", path.read_text(encoding="utf-8")),
                  flags=re.M)


def hosts(text):
    return {name.lower() for words in WORDS.findall(text) for name in HOST.findall(words)}


def allowed(name):
    if name in SPOKEN_TO:
        return SPOKEN_TO[name]
    return PAGES | EXAMPLES if name.startswith(("cli/", "ui/")) else set()


def faults(root):
    met = set()
    for path in sorted((root / "src").rglob("*.c")):
        name = path.relative_to(root / "src").as_posix()
        text = code(path)
        for way, places in WAYS.items():
            if re.search(way, WORDS.sub("", text)):
                met.add((way, name))
                if name not in places:
                    yield f"src/{name}: {way} is called, which leads to the network"
        if not name.startswith(COMPARED):
            yield from (f"src/{name}: names the host {host}"
                        for host in sorted(hosts(text) - allowed(name)))
    for way, places in WAYS.items():
        yield from (f"src/{place} does not call {way} any more" for place in places
                    if (way, place) not in met)


def main():
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    print(f"{len(WAYS)} ways to the network, {len(found)} faults")
    return 1 if found else 0


sys.exit(main())
