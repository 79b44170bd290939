"""The faults of the network that a room can be given, by name."""

import re

MAIL = (465, 587, 993, 995)

KINDS = {
    "drop:PORT": "packets to that port vanish on the way",
    "refuse:PORT": "connections to that port are refused",
    "reset:PORT": "the connection is reset as soon as anything is said on it",
    "silent:PORT": "the connection opens and nobody ever speaks",
    "web:PORT": "that port is answered by a web server, as by a router's own pages",
    "dns:dead": "the name server never answers",
    "dns:closed": "nobody listens where the name server should be",
    "dns:refused": "the name server refuses",
    "dns:servfail": "the name server fails",
    "dns:nxdomain": "the name server says that no name exists",
    "dns:sinkhole": "Gmail's names lead to 0.0.0.0, as a filter's do",
    "dns:hijack": "every name leads to the sign-in page of the network",
    "network:none": "loopback only",
    "network:local": "an address and a router, but nothing beyond answers",
    "ipv6:drop": "IPv6 is there and dead",
    "ipv6:stall": "small packets pass over IPv6, large ones vanish",
    "ipv6:unreachable": "IPv6 is there, and the router says that nothing can be reached",
    "ipv6:none": "there is no IPv6",
    "ipv4:drop": "IPv4 is there and dead, but for names",
    "ipv4:none": "there is no IPv4",
    "web:portal": "a sign-in page answers in place of the web, and mail is blocked",
    "web:closed": "the web is blocked",
    "clock:+3y": "the command's clock is off: +3y, -10y, +2d…",
    "delay:MS": "every reply of the stand-in takes that many milliseconds",
}


def usage():
    width = max(map(len, KINDS)) + 2
    return "\n".join(f"{kind:<{width}}{what}" for kind, what in KINDS.items())


class Faults:
    def __init__(self):
        self.drop = set()
        self.refuse = set()
        self.reset = set()
        self.silent = set()
        self.to_web = set()
        self.words = set()
        self.clock = None
        self.bends = []

    def has(self, word):
        return word in self.words


def ports(text, fault):
    if text == "mail":
        return set(MAIL)
    if text.isdigit() and 0 < int(text) < 65536:
        return {int(text)}
    raise ValueError(f"no port in the fault “{fault}”")


def parse(texts):
    found = Faults()
    by_port = {"drop": found.drop, "refuse": found.refuse, "reset": found.reset,
               "silent": found.silent, "web": found.to_web}
    for text in texts:
        kind, _, what = text.partition(":")
        if text in KINDS and text != "clock:+3y":
            found.words.add(text)
        elif kind == "clock" and re.fullmatch(r"[+-]\d+[smhdy]", what):
            found.clock = what
        elif kind == "delay" and what.isdigit():
            found.bends.append(f"all:delay={what}")
        elif kind in by_port:
            by_port[kind] |= ports(what, text)
        else:
            raise ValueError(f"no fault is called “{text}”")
    if found.has("web:portal"):
        found.drop |= set(MAIL) | {443}
        found.bends.append("web:portal")
    if found.has("dns:hijack"):
        found.refuse |= set(MAIL)
        found.bends.append("web:portal")
    if found.has("web:closed"):
        found.drop |= {80, 443}
    return found
