"""Every way in which Google's token endpoint can fail, played by a server on this machine."""

import base64
import contextlib
import http.server
import json
import os
import ssl
import subprocess
import threading
import time

import rooms
from browser_cases import honest, register, sign_in
from guest import ROOM, USER
from password_cases import no_account

PORT = 8443
# Only what is asked of oauth2.googleapis.com is led here, and only from this machine.
TURN = """table inet turn {{
  chain out {{
    type nat hook output priority -100; policy accept;
    ip daddr 198.51.100.95 tcp dport 443 redirect to :{port}
    ip6 daddr 2001:db8:51::95 tcp dport 443 redirect to :{port}
  }}
}}
"""
GRANTED = {"access_token": "ya29.endpoint-0123456789abcdef", "expires_in": 3599,
           "refresh_token": "1//endpoint-0123456789abcdef", "token_type": "Bearer",
           "scope": "https://mail.google.com/ openid email"}


def error(word, status=400, **more):
    return status, json.dumps({"error": word, **more}).encode()


def granted(**more):
    answer = {**GRANTED, **more}
    return 200, json.dumps({k: v for k, v in answer.items() if v is not None}).encode()


def identity(address):
    """What Google says about who consented; its signature is not looked at over TLS."""
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
    claims = {"iss": "https://accounts.google.com", "email": address, "email_verified": True,
              "sub": "1", "aud": "room.apps.googleusercontent.com", "exp": int(time.time()) + 3600}
    return f"{part({'alg': 'RS256'})}.{part(claims)}.c2lnbmF0dXJl"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def parse_request(self):
        self.server.heard.append(self.raw_requestline)
        return super().parse_request()

    def do_GET(self):
        self.server.asked.append(self.path)
        self.reply(404, b"{}")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self.path)
        self.server.bodies.append(body.decode())
        how = self.server.how
        with contextlib.suppress(OSError):
            if isinstance(how, str):
                getattr(self, how)()
            else:
                self.reply(*how)

    def reply(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def silent(self):
        self.server.ended.wait(60)

    def redirect(self):
        self.reply(307, b"", Location="https://oauth2.googleapis.com/elsewhere")

    def half(self):
        self.send_response(200)
        self.send_header("Content-Length", "900")
        self.end_headers()
        self.wfile.write(b'{"access_token": "ya29.half')
        self.wfile.flush()
        self.connection.close()

    def endless(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while not self.server.ended.is_set():
            self.wfile.write(b"4000\r\n" + b" " * 0x4000 + b"\r\n")

    def drip(self):
        self.send_response(200)
        self.send_header("Content-Length", "900000")
        self.end_headers()
        while not self.server.ended.wait(0.1):
            self.wfile.write(b" ")
            self.wfile.flush()

    def log_message(self, *_):
        pass


class Endpoint(http.server.ThreadingHTTPServer):
    daemon_threads = True
    address_family = 10  # AF_INET6, which takes IPv4 along.

    def __init__(self):
        super().__init__(("::", PORT), Handler)
        self.how, self.heard, self.asked, self.bodies = "silent", [], [], []
        self.ended = threading.Event()
        self.show("good")

    def show(self, certificate, old=False):
        """From here on shows that certificate, or speaks no newer TLS than 1.1."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        place = os.path.join(ROOM, "certificates", certificate)
        context.load_cert_chain(os.path.join(place, "chain.pem"), os.path.join(place, "key.pem"))
        if old:
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
            context.set_ciphers("ALL:@SECLEVEL=0")
        self.context = context

    def finish_request(self, request, client_address):
        # The handshake belongs to the thread of that connection.
        with self.context.wrap_socket(request, server_side=True) as safe:
            super().finish_request(safe, client_address)

    def handle_error(self, *_):
        pass

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        subprocess.run(["nft", "-f", "-"], input=TURN.format(port=PORT).encode(), check=True,
                       capture_output=True)
        return self

    def __exit__(self, *_):
        subprocess.run(["nft", "delete", "table", "inet", "turn"], check=True,
                       capture_output=True)
        self.ended.set()
        self.shutdown()
        self.server_close()


# What it does, the exit and what is said, and whether it is a broken line rather than a no.
FAILURES = [
    ("silent", "silent", 3, "Google could not be reached"),
    ("drip", "drip", 3, "Google could not be reached"),
    ("endless", "endless", 3, "Google could not be reached"),
    ("half", "half", 3, ""),
    ("redirect", "redirect", 3, ""),
    ("500", (500, b"<html>Server Error</html>"), 3, ""),
    ("503", error("backend_error", 503), 3, ""),
    ("temporary", error("temporarily_unavailable", 503), 3, ""),
    ("garbage", (200, bytes(range(256)) * 4), 3, ""),
    ("empty", (200, b""), 3, ""),
    ("an array", (200, b"[]"), 3, ""),
    ("numbers", (200, b'{"access_token": 7, "expires_in": "soon"}'), 3, ""),
    ("nesting", (200, b"[" * 60000), 3, ""),
    ("no token", granted(access_token=None), 3, ""),
    ("another type", granted(token_type="MAC"), 3, ""),
    ("a line feed", granted(access_token="ya29.a\r\nNOOP"), 3, ""),
    ("invalid_client", error("invalid_client", 401), 1,
     "Google does not accept this program’s registration"),
    ("admin", error("admin_policy_enforced"), 1, "Your organisation does not allow this program"),
    ("scope", granted(scope="openid email"), 1, "The program may not use your mail"),
]


def refreshing(guest, endpoint):
    kept = guest.kept("access-token"), guest.kept("refresh-token")
    for name, how, code, says in FAILURES:
        endpoint.how, endpoint.asked = how, []
        done = guest.token("--refresh")
        guest.expect(f"refreshing, {name}", done, code=code, out="", says=says)
        guest.say(f"refreshing, {name}: asked once, in time",
                  endpoint.asked != ["/token"] and endpoint.asked,
                  done.seconds > 15 and done.seconds, not done.err and "and said nothing")
    guest.say("what is kept is kept still",
              (guest.kept("access-token"), guest.kept("refresh-token")) != kept and "not")
    guest.expect("and the kept token is still handed out", guest.token(), code=0,
                 out=f"{kept[0]}\n")
    endpoint.how = granted(refresh_token="1//endpoint-rotated-0123456789")
    guest.learn("1//endpoint-rotated-0123456789")
    guest.expect("then it recovers", guest.token("--refresh"), code=0,
                 out=f"{GRANTED['access_token']}\n")
    for when in ("1+2", "2+3"):
        done = guest.run_any([*rooms.interrupting(when), *guest.command("token", USER, "--refresh")],
                             hand_out=True)
        guest.expect(f"refreshing, interrupted {when}", done, code=0,
                     out=f"{GRANTED['access_token']}\n")
    guest.say("and a new refresh token is kept",
              guest.kept("refresh-token") != "1//endpoint-rotated-0123456789" and "not")
    endpoint.how = error("invalid_grant", error_description="Token has been expired or revoked.")
    guest.expect("invalid_grant ends it", guest.token("--refresh"), code=1, out="",
                 says="You need to sign in through the browser again")
    guest.say("and the secrets are gone", guest.keyring() and "not")


# The cause that is told, and the exit.
REFUSALS = [
    ("other account", granted(id_token=identity("somebody.else@gmail.com")), "other-account", 1),
    ("missing scope", granted(scope="openid email"), "oauth-scope-missing", 1),
    ("spent code", error("invalid_grant"), "oauth-token-expired", 1),
    ("no secret", error("invalid_request", error_description="client_secret is missing."),
     "oauth-client-invalid", 1),
    ("admin", error("admin_policy_enforced"), "oauth-blocked-by-admin", 1),
    ("a token for nothing", granted(), "oauth-token-expired", 1),
    ("no refresh token", granted(refresh_token=None), "unknown", 3),
    ("garbage", (200, b"\xff\x00garbage"), "unknown", 3),
    ("500", (500, b"oh"), "temporary-failure", 3),
    ("half", "half", "unreachable", 3),
]


def exchanging(guest, endpoint):
    guest.run("sign-out", USER)
    for name, how, cause, code in REFUSALS:
        endpoint.how = how
        done = guest.sign_in_in_browser(honest)
        guest.expect(f"signing in, {name}", done, code=code, cause=cause)
        guest.say(f"signing in, {name}: nothing is kept", guest.keyring() and "something is")
    no_account(guest, "nothing is kept of all that")


# What it shows, whether it speaks an old TLS, what is told, and the cause.
SHOWN = [
    ("self-signed", False, "tls-untrusted", "The server’s identity could not be confirmed"),
    ("unknown-ca", False, "tls-untrusted", "The server’s identity could not be confirmed"),
    ("confined", False, "tls-untrusted", "The server’s identity could not be confirmed"),
    ("wrong-name", False, "tls-hostname", "made out to another name"),
    ("expired", False, "tls-expired", "The certificate that was shown is out of date"),
    ("not-yet", False, "tls-expired", "The certificate that was shown is out of date"),
    ("good", True, "tls-handshake", "could not agree"),
]


def untrusted(guest, endpoint):
    """Whoever cannot show that it is Google is told nothing."""
    kept = guest.kept("access-token"), guest.kept("refresh-token")
    endpoint.how, endpoint.heard = granted(), []
    for certificate, old, cause, says in SHOWN:
        endpoint.show(certificate, old)
        name = "old TLS" if old else certificate
        guest.expect(f"refreshing, {name}", guest.token("--refresh"), code=3, out="", says=says)
        guest.expect(f"signing in, {name}", guest.sign_in_in_browser(honest), code=3,
                     cause=cause)
        guest.say(f"{name}: nothing is said to it", endpoint.heard)
    endpoint.show("good")
    guest.say("what is kept outlives false certificates",
              (guest.kept("access-token"), guest.kept("refresh-token")) != kept and "not")


def token_endpoint(guest):
    for name in ("access_token", "refresh_token"):
        guest.learn(GRANTED[name])
    register()
    sign_in(guest)
    with Endpoint() as endpoint:
        untrusted(guest, endpoint)
        refreshing(guest, endpoint)
        exchanging(guest, endpoint)
