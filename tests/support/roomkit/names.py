"""The name server of the room: dnsmasq, or one of our own where it is to misbehave."""

import json
import os
import shutil
import socket
import sys

from . import network

ADDRESSES = {
    "smtp.gmail.com": "smtp",
    "smtp.googlemail.com": "smtp",
    "imap.gmail.com": "imap",
    "imap.googlemail.com": "imap",
    "pop.gmail.com": "pop",
    "pop.googlemail.com": "pop",
    "accounts.google.com": "accounts",
    "oauth2.googleapis.com": "apis",
    "www.googleapis.com": "apis",
    "connectivitycheck.gstatic.com": "check",
    "login.hotel.example": "portal",
    # A Workspace domain's exchanger, on which no program can sign in.
    "smtp.google.com": "mx",
    "aspmx.l.google.com": "mx",
    "gmail-smtp-in.l.google.com": "mx",
}
GMAIL_MX = [(5, "gmail-smtp-in.l.google.com"), (10, "alt1.gmail-smtp-in.l.google.com"),
            (20, "alt2.gmail-smtp-in.l.google.com"), (30, "alt3.gmail-smtp-in.l.google.com"),
            (40, "alt4.gmail-smtp-in.l.google.com")]
EXCHANGERS = {
    "gmail.com": GMAIL_MX,
    "googlemail.com": GMAIL_MX,
    "workspace.example": [(1, "aspmx.l.google.com"), (5, "alt1.aspmx.l.google.com"),
                          (5, "alt2.aspmx.l.google.com"), (10, "alt3.aspmx.l.google.com"),
                          (10, "alt4.aspmx.l.google.com")],
    "workspace-new.example": [(1, "smtp.google.com")],
    "filtered.example": [(10, "mxa-00112233.gslb.pphosted.com"),
                         (10, "mxb-00112233.gslb.pphosted.com")],
    "office.example": [(0, "office-example.mail.protection.outlook.com")],
    "no-mail.example": [(0, "")],
}
SERVICES = {
    "_imaps._tcp.gmail.com": (5, 0, 993, "imap.gmail.com"),
    "_submission._tcp.gmail.com": (5, 0, 587, "smtp.gmail.com"),
}


def dnsmasq_configuration():
    yield "no-resolv"
    yield "no-hosts"
    yield "keep-in-foreground"
    # For those who look afterwards at what was asked; see guest.py.
    yield "log-queries"
    yield "log-facility=-"
    yield "user=root"
    yield "pid-file="
    yield "bind-interfaces"
    yield "listen-address=" + ",".join(network.HOSTS["names"])
    # Whatever is not in the table does not exist, and nobody is asked about it.
    yield "local=/#/"
    for name, host in ADDRESSES.items():
        yield f"host-record={name}," + ",".join(network.HOSTS[host])
    for name, exchangers in EXCHANGERS.items():
        for preference, target in exchangers:
            yield f"mx-host={name},{target or '.'},{preference}"
    for name, (priority, weight, port, target) in SERVICES.items():
        yield f"srv-host={name},{target},{port},{priority},{weight}"


def mode(faults):
    for word in ("refused", "servfail", "nxdomain", "hijack", "sinkhole"):
        if faults.has(f"dns:{word}"):
            return word
    return None


def serve(room):
    bad = mode(room.options.faults)
    if not bad and shutil.which("dnsmasq"):
        path = room.path("dnsmasq.conf")
        path.write_text("\n".join(dnsmasq_configuration()) + "\n", encoding="utf-8")
        helper = room.start("names", ["dnsmasq", f"--conf-file={path}"])
        if answers(helper):
            return
        # In a user namespace it may not be able to change its own rights.
        room.helpers.remove(("names", helper))
    program = os.path.join(os.path.dirname(__file__), "name_server.py")
    table = room.path("names.json")
    table.write_text(json.dumps({
        "mode": bad, "listen": network.HOSTS["names"], "portal": network.HOSTS["portal"],
        "addresses": {name: network.HOSTS[host] for name, host in ADDRESSES.items()},
        "exchangers": EXCHANGERS, "services": SERVICES,
    }), encoding="utf-8")
    helper = room.start("names", [sys.executable, program, str(table)])
    if not answers(helper):
        raise RuntimeError("the name server does not answer")


def answers(helper):
    """Waits until something comes back for "localhost", whatever it is."""
    import time
    question = b"\x17\x01\x01\0\0\x01\0\0\0\0\0\0\x09localhost\0\0\x01\0\x01"
    end = time.monotonic() + network.PATIENCE
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(0.05)
        probe.connect((network.HOSTS["names"][0], 53))
        while time.monotonic() < end and helper.poll() is None:
            try:
                probe.send(question)
                if probe.recv(512)[:2] == question[:2]:
                    return True
            except OSError:
                time.sleep(0.01)
    return False
