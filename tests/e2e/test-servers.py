#!/usr/bin/env python3
"""Proves that the room's servers do what Gmail's do, with Python's own mail modules.

test-servers.py ROOM STAND-IN: TAP, once with the stand-in and, as root, once with Dovecot
and Postfix. With --inside it is the part in the room.
"""

import base64
import hashlib
import imaplib
import json
import os
import poplib
import smtplib
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

USER = "zoe@gmail.com"
CLIENT = "room.apps.googleusercontent.com"
SCOPE = "https://mail.google.com/"
REDIRECT = "http://127.0.0.1:4711"
PATIENCE = 60


def secret(name):
    with open(os.path.join(os.environ["ROOM"], name), encoding="ascii") as file:
        return file.read().strip()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def fetch(url, **form):
    """Returns status, answer and where it leads."""
    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.build_opener(NoRedirect).open(url, data, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode(), None
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers.get("Location")


def token_fits(token):
    with imaplib.IMAP4_SSL("imap.gmail.com", timeout=PATIENCE) as imap:
        message = f"user={USER}\1auth=Bearer {token}\1\1".encode()
        try:
            imap.authenticate("XOAUTH2", lambda challenge: b"" if challenge else message)
            return True
        except imaplib.IMAP4.error:
            return False


def consent(verifier):
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    query = urllib.parse.urlencode({
        "client_id": CLIENT, "redirect_uri": REDIRECT, "response_type": "code",
        "scope": SCOPE, "state": "s1", "code_challenge": challenge,
        "code_challenge_method": "S256", "login_hint": USER})
    status, _, target = fetch("https://accounts.google.com/o/oauth2/v2/auth?" + query)
    back = urllib.parse.parse_qs(urllib.parse.urlsplit(target or "").query)
    return status, target, {name: values[0] for name, values in back.items()}


def exchange(code, verifier):
    status, text, _ = fetch("https://oauth2.googleapis.com/token", code=code, client_id=CLIENT,
                            redirect_uri=REDIRECT, grant_type="authorization_code",
                            code_verifier=verifier)
    return status, json.loads(text)


def oauth():
    verifier = "v" * 43
    status, target, back = consent(verifier)
    yield "consent leads back", status == 302 and target.startswith(REDIRECT)
    yield "consent keeps the state", back.get("state") == "s1"
    status, answer = exchange(back["code"], "w" * 43)
    yield "another verifier is refused", (status, answer["error"]) == (400, "invalid_grant")
    status, answer = exchange(back["code"], verifier)
    yield "a code is good for one try", (status, answer["error"]) == (400, "invalid_grant")
    status, tokens = exchange(consent(verifier)[2]["code"], verifier)
    yield "a code becomes tokens", status == 200 and tokens["token_type"] == "Bearer"
    yield "its token opens the mailbox", token_fits(tokens["access_token"])
    status, text, _ = fetch("https://oauth2.googleapis.com/token", client_id=CLIENT,
                            grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    yield "a refresh token is renewed", status == 200 and token_fits(json.loads(text)["access_token"])
    status, _, _ = fetch("https://oauth2.googleapis.com/revoke", token=tokens["refresh_token"])
    yield "a token is revoked", status == 200
    status, text, _ = fetch("https://oauth2.googleapis.com/token", client_id=CLIENT,
                            grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    yield "a revoked one is dead", json.loads(text)["error"] == "invalid_grant"
    yield "an expired token opens nothing", not token_fits(secret("old-access-token"))


def send(identity):
    with smtplib.SMTP("smtp.gmail.com", 587, timeout=PATIENCE) as smtp:
        smtp.starttls()
        smtp.login(USER, secret("app-password"))
        smtp.sendmail(USER, [USER], f"Message-ID: {identity}\r\nSubject: a\r\n\r\n.\r\nb\r\n")


def find(imap, identity):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        imap.select("INBOX")
        numbers = imap.uid("SEARCH", "HEADER", "Message-ID", identity)[1][0]
        if numbers:
            return numbers.decode().split()[0]
        time.sleep(0.05)
    return None


def mail():
    identity = "<letter@room.example>"
    send(identity)
    with imaplib.IMAP4_SSL("imap.gmail.com", timeout=PATIENCE) as imap:
        imap.login(USER, secret("app-password"))
        folders = b"\n".join(imap.list()[1]).decode()
        bin_name = [line for line in folders.splitlines() if "\\Trash" in line][0]
        bin_name = bin_name.rsplit('"/" ', 1)[1]
        yield "folders tell their use", all(use in folders for use in (
            "\\All", "\\Drafts", "\\Sent", "\\Junk", "\\Flagged", "\\Trash"))
        yield "[Gmail] holds no mail", imap.select('"[Gmail]"')[0] == "NO"
        found = find(imap, identity)
        yield "a message sent arrives", found is not None
        yield "it goes to the bin", imap.uid("MOVE", found, bin_name)[0] == "OK"
        imap.select("INBOX")
        yield "and is gone", not imap.uid("SEARCH", "HEADER", "Message-ID", identity)[1][0]
    pop = poplib.POP3_SSL("pop.gmail.com", timeout=PATIENCE)
    pop.user(USER)
    pop.pass_(secret("app-password"))
    yield "POP counts", pop.stat()[0] >= 0
    pop.quit()


def refuses(error, action):
    try:
        action()
        return False
    except error:
        return True


def refusals():
    def by_smtp():
        with smtplib.SMTP_SSL("smtp.gmail.com", timeout=PATIENCE) as smtp:
            smtp.login(USER, secret("main-password"))

    def without_tls():
        with smtplib.SMTP("smtp.gmail.com", 587, timeout=PATIENCE) as smtp:
            smtp.login(USER, secret("app-password"))

    def without_login():
        with smtplib.SMTP_SSL("smtp.gmail.com", timeout=PATIENCE) as smtp:
            smtp.sendmail(USER, [USER], "x")

    yield "SMTP refuses the main password", refuses(smtplib.SMTPAuthenticationError, by_smtp)
    yield "SMTP refuses in the clear", refuses(smtplib.SMTPException, without_tls)
    yield "SMTP refuses strangers", refuses(smtplib.SMTPException, without_login)


def inside():
    seen = []
    for part in (mail, refusals, oauth):
        try:
            seen += [[name, bool(holds)] for name, holds in part()]
        except Exception as error:  # Whatever it is: it is the finding.
            seen.append([f"{part.__name__}: {error!r}", False])
    json.dump(seen, sys.stdout)


def main():
    room, stand_in = sys.argv[1:3]
    kinds = ["stand-in"] + (["real"] if os.geteuid() == 0 else [])
    number = failed = 0
    for kind in kinds:
        done = subprocess.run([room, "--servers", kind, "--stand-in", stand_in, "--timeout", "280",
                               "--", sys.executable, os.path.abspath(__file__), "--inside"],
                              capture_output=True, text=True, check=False)
        if done.returncode == 77:
            print(f"1..0 # SKIP {done.stderr.strip()}")
            return 0
        seen = json.loads(done.stdout) if done.returncode == 0 else [[done.stderr, False]]
        for name, holds in seen:
            number += 1
            failed += not holds
            print(f"{'ok' if holds else 'not ok'} {number} {kind}: {name.strip()}", flush=True)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(inside() if sys.argv[1:] == ["--inside"] else main())
