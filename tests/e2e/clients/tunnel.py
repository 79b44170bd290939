"""“barua tunnel imap”, as a mail program uses it: here Python’s imaplib."""

import imaplib
import signal
import subprocess
import time

from guest import PATIENCE, USER, read_secret
import stalls

BIG = b"Subject: big\r\n\r\n" + (b"y" * 998 + b"\r\n") * 2000


def opened(client):
    return imaplib.IMAP4_stream(f"{client.barua} tunnel imap {USER}")


def session(client, method):
    client.sign_in(method)
    with opened(client) as imap:
        client.say("it greets as signed in", imap.state != "AUTH" and imap.welcome,
                   b"AUTH=" in imap.welcome and imap.welcome, b"IDLE" not in imap.welcome
                   and imap.welcome)
        client.say("a big message goes up", imap.append("INBOX", None, None, BIG)[0] != "OK")
        imap.select()
        answer = imap.fetch("1", "(RFC822)")
        client.say("and comes down as it was", answer[1][0][1] != BIG and answer[0])
        client.say("it ends with the session", imap.logout()[0] != "BYE")
        client.say("and well", imap.process.wait(PATIENCE))


def with_password(client):
    session(client, "app-password")


def with_token(client):
    session(client, "oauth")


def start(client):
    process = stalls.Process(client.command("tunnel", "imap", USER), stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return process, process.stdout.readline()


def ends(client):
    """However it ends, it ends at once, and with the right word."""
    client.sign_in()
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        process, greeting = start(client)
        begun = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
        took = client.since(begun) - process.delayed
        client.say(f"a signal ends it: {number.name}", process.returncode != code and
                   process.returncode, took > 1 and took, out, not greeting and err)
    process, _ = start(client)
    begun = time.monotonic()
    process.stdin.close()
    process.stdout.close()
    code, took = process.wait(PATIENCE), client.since(begun) - process.delayed
    client.say("so does a client that is gone", code, took > 1 and took)
    done = client.run("tunnel", "imap", USER, stdin="a NOOP\r\nb LOGOUT\r\n")
    client.expect("one that says all at once gets its answers", done, code=0, err="", says="b OK")


def idle(client):
    """It is not bound to the time that signing in may take."""
    client.sign_in()
    process, _ = start(client)
    time.sleep(30)
    process.stdin.write(b"a NOOP\r\nb LOGOUT\r\n")
    process.stdin.flush()
    out = process.communicate(timeout=PATIENCE)[0]
    client.say("it is open for longer than signing in may take", b"b OK" not in out and out)


def shut(client):
    done = client.run("tunnel", "imap", USER)
    client.expect("nobody is signed in", done, code=1, says="barua sign-in")
    client.say("and the client is told", done.out !=
               "* BYE Barua cannot open this mailbox (not-signed-in)\r\n" and done.out)
    done = client.run("tunnel", "pop", USER)
    client.expect("there is one for IMAP only", done, code=2, out="")


def refused(client):
    """The server cannot be reached."""
    done = client.run("sign-in", USER, "--app-password", stdin=read_secret("app-password"))
    client.expect("signing in, with a problem", done, code=1)
    done = client.run("tunnel", "imap", USER)
    client.expect("a server that is out of reach", done, code=1)
    client.say("is told in one line of the protocol", not done.out.startswith("* BYE ") and
               done.out, done.out.count("\r\n") != 1 and done.out, not done.out.isascii())
    client.say("and in words", len(done.err.splitlines()) != 1 and done.err)
    client.say("no secret is in them", read_secret("app-password") in done.out + done.err)


CASES = [
    ("password", "", with_password),
    ("token", "", with_token),
    ("ends", "", ends),
    ("idle", "", idle),
    ("shut", "", shut),
    ("refused", "--fault refuse:993", refused),
]
