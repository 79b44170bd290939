#!/usr/bin/env python3
"""Proves that the room is what it says: each fault is seen from inside, none leaks out.

test-room.py ROOM STAND-IN: without barua; TAP. With --probe PATIENCE it is the part inside a
room, which takes for silence what does not answer for so many seconds.
"""

import concurrent.futures
import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

MX, SRV = 15, 33
# The kernel hears ICMP's word on a wire without length only at the second try. Where
# somebody should have answered, a busy machine is given more.
IMPATIENT, PATIENT = 1.5, 20


def how(port, family, host, patience):
    """Says what becomes of a connection: open, refused, unreachable, reset, silent…"""
    try:
        address = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)[0][4]
    except socket.gaierror as error:
        return "no-name" if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA) else "no-dns"
    try:
        with socket.socket(family, socket.SOCK_STREAM) as wire:
            wire.settimeout(patience)
            wire.connect(address)
            if port in (587, 80):
                if port == 80:
                    wire.send(b"GET /generate_204 HTTP/1.0\r\nHost: " + host.encode() + b"\r\n\r\n")
                else:
                    wire.send(b"NOOP\r\n")
                return "open" if wire.recv(512) else "closed"
            with ssl.create_default_context().wrap_socket(wire, server_hostname=host) as safe:
                return "open" if safe.recv(512) else "closed"
    except ConnectionRefusedError:
        return "refused"
    except ConnectionResetError:
        return "reset"
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except ssl.SSLError as error:
        return error.reason or "tls"
    except TimeoutError:
        return "silent"
    except OSError as error:
        return "unreachable" if error.errno in (101, 113, 99) else str(error)


def ask(name, kind, patience):
    """Asks the name server itself for records, without a library in between."""
    question = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    query = struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 0) + question + struct.pack("!BHH", 0, kind, 1)
    with open("/etc/resolv.conf", encoding="ascii") as lines:
        server = lines.readline().split()[1]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.settimeout(patience)
        try:
            wire.connect((server, 53))
            wire.send(query)
            answer = wire.recv(4096)
        except OSError:
            return "none"
    code, count = answer[3] & 15, struct.unpack("!H", answer[6:8])[0]
    return f"{code}:{count}"


def status(url, patience):
    request = urllib.request.build_opener(NoRedirect).open
    try:
        with request(url, timeout=patience) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, urllib.error.URLError):
        return 0


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def probe(patience):
    hosts = {465: "smtp.gmail.com", 587: "smtp.gmail.com", 993: "imap.gmail.com",
             995: "pop.gmail.com", 80: "connectivitycheck.gstatic.com"}
    jobs = {}
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        for port, host in hosts.items():
            for family, version in ((socket.AF_INET, 4), (socket.AF_INET6, 6)):
                jobs[f"{port}/{version}"] = pool.submit(how, port, family, host, patience)
        for name, kind in (("gmail.com", MX), ("workspace.example", MX),
                           ("workspace-new.example", MX), ("filtered.example", MX),
                           ("office.example", MX), ("no-mail.example", MX),
                           ("_imaps._tcp.gmail.com", SRV), ("nowhere.example", MX),
                           ("gmail.com.nowhere.example", 1)):
            jobs[f"{name} {kind}"] = pool.submit(ask, name, kind, patience)
        jobs["web"] = pool.submit(
            status, "http://connectivitycheck.gstatic.com/generate_204", patience)
        jobs["oauth"] = pool.submit(status, "https://oauth2.googleapis.com/token", patience)
        seen = {name: job.result() for name, job in jobs.items()}
    seen["year"] = time.gmtime().tm_year
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        try:
            wire.connect(("8.8.8.8", 53))
            seen["way4"] = True
        except OSError:
            seen["way4"] = False
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as wire:
        try:
            wire.connect(("2001:4860:4860::8888", 53))
            seen["way6"] = True
        except OSError:
            seen["way6"] = False
    json.dump(seen, sys.stdout)


MAIL = (465, 587, 993, 995)
ALL = MAIL + (80,)


def each(ports, outcome, versions=(4, 6)):
    return {f"{port}/{version}": outcome for port in ports for version in versions}


FINE = {**each(ALL, "open"), "web": 204, "oauth": 404, "way4": True, "way6": True,
        "gmail.com 15": "0:5", "workspace.example 15": "0:5", "workspace-new.example 15": "0:1",
        "filtered.example 15": "0:2", "office.example 15": "0:1", "no-mail.example 15": "0:1",
        "_imaps._tcp.gmail.com 33": "0:1", "nowhere.example 15": "3:0",
        "gmail.com.nowhere.example 1": "3:0"}
NO_NAMES = {name: "none" for name in FINE if " " in name}
CERTIFICATE = "unable to get local issuer certificate"

# Options of the room, and what is otherwise than in a healthy one.
CASES = [
    ([], {}),
    (["--fault", "drop:465"], each((465,), "silent")),
    (["--fault", "refuse:587"], each((587,), "refused")),
    (["--fault", "reset:993"], each((993,), "reset")),
    (["--fault", "silent:995"], each((995,), "silent")),
    (["--fault", "drop:mail"], each(MAIL, "silent")),
    (["--fault", "web:465"], each((465,), "?")),
    (["--fault", "dns:dead"], {**each(ALL, "no-dns"), **NO_NAMES, "web": 0, "oauth": 0}),
    (["--fault", "dns:closed"], {**each(ALL, "no-dns"), **NO_NAMES, "web": 0, "oauth": 0}),
    (["--fault", "dns:refused"], {**each(ALL, "no-dns"), **{n: "5:0" for n in NO_NAMES},
                                  "web": 0, "oauth": 0}),
    (["--fault", "dns:servfail"], {**each(ALL, "no-dns"), **{n: "2:0" for n in NO_NAMES},
                                   "web": 0, "oauth": 0}),
    (["--fault", "dns:nxdomain"], {**each(ALL, "no-name"), **{n: "3:0" for n in NO_NAMES},
                                   "web": 0, "oauth": 0}),
    (["--fault", "network:none"], {**each(ALL, "no-dns"), **NO_NAMES, "web": 0, "oauth": 0,
                                   "way4": False, "way6": False}),
    (["--fault", "network:local"], {**each(ALL, "no-dns"), **NO_NAMES, "web": 0, "oauth": 0}),
    (["--fault", "dns:sinkhole"], each(MAIL, "refused")),
    (["--fault", "ipv6:stall"], {**each((465, 993, 995), "silent", (6,)), "oauth": 0}),
    (["--fault", "ipv6:drop"], each(ALL, "silent", (6,))),
    (["--fault", "ipv6:unreachable"], each(ALL, "unreachable", (6,))),
    (["--fault", "ipv6:none"], {**each(ALL, "unreachable", (6,)), "way6": False}),
    (["--fault", "ipv4:drop"], each(ALL, "silent", (4,))),
    (["--fault", "web:portal"], {**each(MAIL, "silent"), "web": 302, "oauth": 0}),
    (["--fault", "web:closed"], {**each((80,), "silent"), "web": 0, "oauth": 0}),
    (["--fault", "clock:+3y"], {**each((465, 993, 995), "certificate has expired"),
                                "year": 3, "oauth": 0}),
    (["--bend", "993:certificate=unknown-ca"],
     each((993,), "self-signed certificate in certificate chain")),
    (["--bend", "993:certificate=missing-intermediate"], each((993,), CERTIFICATE)),
    (["--bend", "mail:certificate=antivirus", "--trust", "antivirus"], {}),
    (["--bend", "995:open=reset"], each((995,), "reset")),
    (["--bend", "465:tls=plain"], each((465,), "?")),
    (["--bend", "993:tls=1.1"], each((993,), "?")),
]


def run(room, options, patience):
    """What is seen in there; a text where there is no room."""
    done = subprocess.run([room, "--timeout", "200", *options, "--", sys.executable,
                           os.path.abspath(__file__), "--probe", str(patience)],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        return f"{done.returncode}: {done.stderr}"
    return json.loads(done.stdout)


def judge(room, options, expected):
    """What is otherwise than expected, however long it is waited for."""
    for patience in (IMPATIENT, PATIENT):
        seen = run(room, options, patience)
        faults = [seen] if isinstance(seen, str) else list(differences(seen, expected))
        if not faults:
            break
    return faults


def differences(seen, expected):
    wanted = {**FINE, **expected}
    year = wanted.pop("year", 0) + time.gmtime().tm_year
    for name, value in {**wanted, "year": year}.items():
        got = seen.get(name)
        if value == "?" and got == "open":
            yield f"{name}: {got}"
        elif value not in (got, "?"):
            yield f"{name}: {got} and not {value}"


def left_behind():
    links = subprocess.run(["ip", "-o", "link"], capture_output=True, text=True, check=True).stdout
    return "wire0" in links or "net0" in links


def main():
    room, stand_in = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        maker = os.path.join(os.path.dirname(room), "support", "make-certificates")
        subprocess.run([maker, folder], check=True)
        os.chmod(folder, 0o755)
        common = ["--servers", "stand-in", "--stand-in", stand_in, "--certificates", folder]
        trial = subprocess.run([room, *common, "--", "true"], capture_output=True, text=True,
                               check=False)
        if trial.returncode == 77:
            print(f"1..0 # SKIP {trial.stderr.strip()}")
            return 0
        failed = 0
        print(f"1..{len(CASES) + 1}")
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            jobs = [pool.submit(judge, room, common + options, expected)
                    for options, expected in CASES]
            for number, ((options, _), job) in enumerate(zip(CASES, jobs), 1):
                faults = job.result()
                failed += bool(faults)
                print(f"{'not ok' if faults else 'ok'} {number} {' '.join(options) or 'healthy'}",
                      flush=True)
                for fault in faults:
                    print(f"# {fault}")
        behind = left_behind()
        print(f"{'not ok' if behind else 'ok'} {len(CASES) + 1} nothing is left behind")
    return 1 if failed or behind else 0


if __name__ == "__main__":
    sys.exit(probe(float(sys.argv[2])) if sys.argv[1] == "--probe" else main())
