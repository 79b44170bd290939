#!/usr/bin/env python3
"""A name server (RFC 1035) for when dnsmasq is missing, or is to misbehave.

name_server.py TABLE: serves the JSON table that names.py writes, over UDP and TCP.
"""

import ipaddress
import json
import socket
import socketserver
import struct
import sys
import threading

A, NS, SOA, MX, AAAA, SRV, OPT = 1, 2, 6, 15, 28, 33, 41
REFUSALS = {"servfail": 2, "nxdomain": 3, "refused": 5}
TTL = 60


def encode(name):
    labels = [label.encode() for label in name.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def read_name(query, at):
    labels = []
    while query[at]:
        length = query[at]
        if length > 63:
            raise ValueError("a compressed question")
        labels.append(query[at + 1 : at + 1 + length].decode("ascii"))
        at += 1 + length
    return ".".join(labels).lower(), at + 1


def records(table, name, kind):
    """Returns the records of one kind, and whether there are any of another."""
    found = {}
    if table["mode"] == "hijack":
        v4, _ = table["portal"]
        return ([ipaddress.ip_address(v4).packed] if kind == A else []), True
    if name in table["addresses"]:
        v4, v6 = table["addresses"][name]
        if table["mode"] == "sinkhole" and name.endswith(("gmail.com", "googlemail.com")):
            v4, v6 = "0.0.0.0", "::"
        found[A] = [ipaddress.ip_address(v4).packed]
        found[AAAA] = [ipaddress.ip_address(v6).packed]
    for preference, target in table["exchangers"].get(name, []):
        found.setdefault(MX, []).append(struct.pack("!H", preference) + encode(target))
    if name in table["services"]:
        priority, weight, port, target = table["services"][name]
        found[SRV] = [struct.pack("!HHH", priority, weight, port) + encode(target)]
    return found.get(kind, []), bool(found)


def reply(table, query):
    number, flags, questions = struct.unpack("!HHH", query[:6])
    name, at = read_name(query, 12)
    kind, _ = struct.unpack("!HH", query[at : at + 4])
    question = query[12 : at + 4]
    if questions != 1 or flags & 0x8000:
        raise ValueError("no question")
    answers, exists = [], True
    code = REFUSALS.get(table["mode"], 0)
    if not code:
        answers, exists = records(table, name, kind)
        code = 0 if exists else 3
    body = b"".join(
        b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, TTL, len(data)) + data for data in answers
    )
    authority = b""
    if not answers and code in (0, 3):
        data = b"\0\0" + struct.pack("!IIIII", 1, 3600, 600, 86400, TTL)
        authority = b"\0" + struct.pack("!HHIH", SOA, 1, TTL, len(data)) + data
    head = struct.pack("!HHHHHH", number, 0x8180 | (flags & 0x0100) | code, 1,
                       len(answers), bool(authority), 0)
    return head + question + body + authority


class Datagram(socketserver.BaseRequestHandler):
    def handle(self):
        query, port = self.request
        try:
            port.sendto(reply(self.server.table, query), self.client_address)
        except (ValueError, IndexError, struct.error):
            pass


class Stream(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            (length,) = struct.unpack("!H", self.rfile.read(2))
            answer = reply(self.server.table, self.rfile.read(length))
            self.wfile.write(struct.pack("!H", len(answer)) + answer)
        except (ValueError, IndexError, struct.error, OSError):
            pass


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        table = json.load(source)
    for address in table["listen"]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        for base, handler in ((socketserver.ThreadingUDPServer, Datagram),
                              (socketserver.ThreadingTCPServer, Stream)):
            kind = type("Server", (base,), {"address_family": family, "daemon_threads": True,
                                            "allow_reuse_address": True})
            server = kind((address, 53), handler)
            server.table = table
            threading.Thread(target=server.serve_forever).start()


main()
