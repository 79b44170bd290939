"""What somebody who signs in at Google, in a browser, goes through."""

import concurrent.futures
import contextlib
import imaplib
import os
import re
import time

import mail_programs as programs
from guest import CLIENT, HOME, PATIENCE, ROOM, USER, Attempt, asked, bare, fetch, later
from password_cases import no_account, signed_in_everywhere

TOKEN, REVOKE = "https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/revoke"


# A program that is started; what its environment is can be read in the log afterwards.
OPENED = """#!/bin/sh
tr '\\0' '\\n' < /proc/$$/environ >> {log}
printf '%s\\n' "$1" > {asked}.new
mv {asked}.new {asked}
"""
DESKTOP_FILE = """[Desktop Entry]
Type=Application
Name=Browser
Exec={script} %u
MimeType=x-scheme-handler/https;
"""
# What makes libraries tell what they do.
TALKATIVE = {"G_MESSAGES_DEBUG": "all", "G_DBUS_DEBUG": "all", "DBUS_VERBOSE": "1",
             "SOUP_DEBUG": "all", "GNUTLS_DEBUG_LEVEL": "9", "LIBSECRET_DEBUG": "all",
             "SSLKEYLOGFILE": os.path.join(HOME, "keys")}


@contextlib.contextmanager
def browser(name="browser"):
    """A program of that desktop file that writes down what it is sent to."""
    folder = os.path.join(HOME, ".local", "share", "applications")
    os.makedirs(folder, exist_ok=True)
    script, target = os.path.join(HOME, "browser"), os.path.join(HOME, "asked")
    files = {script: OPENED.format(log=os.path.join(ROOM, "log", "opened"), asked=target),
             os.path.join(folder, f"{name}.desktop"): DESKTOP_FILE.format(script=script),
             os.path.join(folder, "mimeapps.list"):
                 f"[Default Applications]\nx-scheme-handler/https={name}.desktop\n"}
    for path, text in files.items():
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    os.chmod(script, 0o755)

    def visited():
        end = time.monotonic() + PATIENCE
        while not os.path.exists(target) and time.monotonic() < end:
            time.sleep(0.05)
        with contextlib.suppress(OSError), open(target, encoding="utf-8") as file:
            return file.read().strip() or "nothing"
        return ""

    yield visited
    for path in (script, target):
        with contextlib.suppress(OSError):
            os.remove(path)


def register(secret=None):
    """Writes down the client that the person made."""
    folder = os.path.join(HOME, ".config", "barua")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "settings.ini"), "w", encoding="utf-8") as file:
        file.write(f"[OAuth]\nclient-id={CLIENT}\n")
        if secret:
            file.write(f"client-secret={secret}\n")


def honest(attempt):
    attempt.page = fetch(attempt.consent())


def sign_in(guest, name="signing in in the browser"):
    done = guest.sign_in_in_browser(honest)
    guest.expect(name, done, code=0, cause="ok")
    guest.say("access is kept", not guest.kept("refresh-token") and done,
              not guest.kept("access-token") and done)
    return done


def request_of(attempt):
    """Yields what is wrong with the request that the browser is sent with."""
    wanted = {"client_id": CLIENT, "response_type": "code", "login_hint": USER,
              "access_type": "offline", "prompt": "consent", "code_challenge_method": "S256"}
    for field, value in wanted.items():
        if attempt.query.get(field) != value:
            yield f"{field}: {attempt.query.get(field)}"
    if not re.fullmatch(r"[\w-]{43}", attempt.query.get("code_challenge", "")):
        yield f"code_challenge: {attempt.query.get('code_challenge')}"
    if len(attempt.state) < 22:
        yield f"state: {attempt.state}"
    if "https://mail.google.com/" not in attempt.query.get("scope", "").split():
        yield f"scope: {attempt.query.get('scope')}"
    if not re.fullmatch(r"http://127\.0\.0\.1:\d+/?", attempt.redirect):
        yield f"redirect_uri: {attempt.redirect}"


def first_time(guest):
    done = guest.run("sign-in", USER, "--browser", "--json")
    guest.expect("without a client the way is told", done, code=3, cause="no-client",
                 says="console.cloud.google.com")
    register()

    def visit(attempt):
        guest.say("the request is as it ought to be", *request_of(attempt))
        forged = fetch(f"{attempt.redirect}/?state=forged&code=4/0forged")[0]
        elsewhere = fetch(f"{attempt.redirect}/favicon.ico")[0]
        guest.say("a wrong state is refused", forged < 400 and forged)
        guest.say("another path too", elsewhere < 400 and elsewhere)
        honest(attempt)
        status, text, _ = attempt.page
        guest.say("the browser gets its page", (status != 200 or "<html" not in text) and text)
        # Until the port is closed, whoever comes late is turned away there (410, gone).
        again = fetch(attempt.answer(code="4/0again"))[0]
        guest.say("a second answer is not taken", again not in (0, 410) and again)

    done = guest.sign_in_in_browser(visit)
    guest.expect("then the honest answer is taken", done, code=0, cause="ok")
    guest.say("the answer says so", (done.json().get("kept"), done.json().get("method")) !=
              (True, "oauth") and done)
    guest.say("access is kept", not guest.kept("refresh-token") and "no refresh token",
              not guest.kept("access-token") and "no access token")


def opens_mailbox(token):
    with imaplib.IMAP4_SSL("imap.gmail.com", timeout=PATIENCE) as imap:
        words = f"user={USER}\1auth=Bearer {token}\1\1".encode()
        try:
            imap.authenticate("XOAUTH2", lambda challenge: b"" if challenge else words)
            return True
        except imaplib.IMAP4.error:
            return False


def tokens(guest):
    first = guest.token()
    guest.expect("token prints one", first, code=0, err="")
    guest.say("and nothing else", not re.fullmatch(r"ya29\.\S+\n", first.out) and first)
    guest.say("it opens the mailbox", not opens_mailbox(first.out.strip()) and "not")
    before = asked("POST /token")
    guest.expect("the kept one is printed again", guest.token(), code=0, out=first.out)
    env = bare(XDG_RUNTIME_DIR=os.environ["XDG_RUNTIME_DIR"])
    guest.expect("in cron too", guest.token(env=env), code=0, out=first.out)
    guest.say("and nobody was asked", asked("POST /token") != before and "Google was")
    fresh = guest.token("--refresh")
    guest.expect("a fresh one on request", fresh, code=0, err="")
    guest.say("is another", fresh.out == first.out and fresh,
              asked("POST /token") != before + 1 and "not asked once")
    guest.expect("and is kept", guest.token(), code=0, out=fresh.out)
    guest.expect("an hour later there is a new one", guest.token(env=later(1)), code=0, err="")
    guest.say("got with one question", asked("POST /token") != before + 2 and "not")
    guest.expect("it has no app password", guest.run("password", USER), code=1, out="")
    ten_at_once(guest)


def ten_at_once(guest):
    before = asked("POST /token")
    env = later(5)
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        ended = list(pool.map(lambda _: guest.token(env=env), range(10)))
    printed = {done.out for done in ended}
    guest.say("ten at once get one token", len(printed) != 1 and [str(done) for done in ended],
              *(done for done in ended if done.code))
    guest.say("of one question", asked("POST /token") - before != 1
              and f"{asked('POST /token') - before} questions")


def proof(guest):
    done = guest.run("check", USER, "--json")
    guest.expect("check signs in with the token", done, code=0, cause="ok", err="")
    guest.say("to every service", *signed_in_everywhere(done))
    words = [line for service in done.json().get("services", []) for line in service["transcript"]]
    guest.say("by XOAUTH2 or OAUTHBEARER", sum("XOAUTH2" in line or "OAUTHBEARER" in line
              for line in words if re.search("AUTH", line)) < 3 and "\n".join(words))
    done = guest.run("check", USER, "--send-test", "--json")
    guest.expect("a test message is sent and found", done, code=0, cause="ok", err="")
    guest.say("it is in the bin", len(programs.messages_in("[Gmail]/Bin")) != 1 and "not")
    done = guest.run("report", USER)
    guest.expect("a report is written", done, code=0)
    guest.say("the address is masked in it", "zoe" in done.out.lower() and done.out)


def renews(refresh):
    return fetch(TOKEN, client_id=CLIENT, grant_type="refresh_token", refresh_token=refresh)[0]


def revoked(guest):
    """Access is taken away at Google's page, as can be done at any time."""
    fetch(REVOKE, token=guest.kept("refresh-token"))
    done = guest.token("--refresh")
    guest.expect("revoked access is told of", done, code=1, out="",
                 says="You need to sign in through the browser again")
    guest.say("what is dead is removed", guest.kept("refresh-token") and "a refresh token stays",
              guest.kept("access-token") and "an access token stays")
    guest.expect("and told of again", guest.token(), code=1, out="",
                 says="You need to sign in through the browser again")
    guest.expect("by check too", guest.run("check", USER, "--json"), code=1,
                 cause="oauth-token-revoked")
    sign_in(guest, "signing in again mends it")


def sign_out(guest):
    refresh = guest.kept("refresh-token")
    guest.say("until then it is good", renews(refresh) != 200 and "not")
    before = asked("POST /revoke")
    done = guest.run("sign-out", USER)
    guest.expect("signing out", done, code=0, says="Access was given back to Google.")
    guest.say("revokes", asked("POST /revoke") != before + 1 and "not",
              renews(refresh) == 200 and "it can still be renewed")
    no_account(guest, "nothing is left of it")
    guest.expect("then there is no token", guest.token(), code=1, out="")


def whole_life(guest):
    first_time(guest)
    tokens(guest)
    proof(guest)
    revoked(guest)
    sign_out(guest)


def mail_programs(guest):
    register()
    sign_in(guest)
    programs.try_with_tokens(guest, f"{guest.barua} token {USER}")


def refused_with(guest, error, cause):
    def visit(attempt):
        status, text, _ = fetch(attempt.answer(error=error))
        guest.say(f"{error}: the browser gets a page", (status >= 500 or not text) and text)
    done = guest.sign_in_in_browser(visit)
    guest.expect(f"{error}: {cause}", done, code=1, cause=cause)
    guest.say(f"{error}: nothing is kept", guest.keyring() and "something is",
              done.json().get("kept") is not False and done)


def pasted(guest):
    def visit(attempt):
        attempt.paste("https://www.example.org/?code=no")
        attempt.paste(attempt.answer(code="4/0forged").replace(attempt.state, "forged"))
        attempt.paste(attempt.consent())
    done = guest.sign_in_in_browser(visit)
    guest.expect("the answer can be pasted", done, code=0, cause="ok",
                 says="That is not the answer.")
    guest.run("sign-out", USER)

    def denied(attempt):
        attempt.paste(attempt.answer(error="access_denied"))
    guest.expect("a refusal too", guest.sign_in_in_browser(denied), code=1,
                 cause="oauth-user-denied")


def answers(guest):
    """What can come from Google's page; the person reads the rest there."""
    register()
    for error, cause in (("access_denied", "oauth-user-denied"),
                         ("org_internal", "oauth-blocked-by-admin"),
                         ("admin_policy_enforced", "oauth-blocked-by-admin"),
                         ("policy_enforced", "advanced-protection"),
                         ("invalid_client", "oauth-client-invalid"),
                         ("deleted_client", "oauth-client-invalid"),
                         ("invalid_scope", "oauth-scope-missing")):
        refused_with(guest, error, cause)
    pasted(guest)

    def give_up(attempt):
        fetch(attempt.uri)
        attempt.interrupt()
    done = guest.sign_in_in_browser(give_up)
    guest.expect("Ctrl-C ends the wait", done, code=130)
    no_account(guest, "nothing is kept of all that")


def talkative(guest):
    """Nobody gets to hear more by setting what makes libraries talk."""
    register()
    env = {**os.environ, **TALKATIVE, "DISPLAY": ":77"}
    with browser() as opened:
        first = guest.sign_in_in_browser(honest, env=env)
        guest.say("the browser is opened", not opened() and "not")
    guest.expect("signing in, with libraries told to talk", first, code=0, cause="ok")
    usual = guest.sign_in_in_browser(honest)
    words = [re.sub(r"https://\S+", "", done.err) for done in (first, usual)]
    guest.say("no more is said than without", words[0] != words[1] and first)
    for command in (["check", USER, "--json"], ["token", USER, "--refresh"],
                    ["export", USER, "--to", "geary", "--apply"], ["sign-out", USER]):
        done = guest.run(*command, env=env)
        guest.expect(f"{command[0]} says no more either", done, code=0, err="")
    guest.say("nor is a key of a connection written",
              os.path.exists(TALKATIVE["SSLKEYLOGFILE"]) and "it is")


def no_keyring(guest):
    register()
    before = asked("POST /token")
    with Attempt(guest) as attempt:
        if attempt.uri:
            honest(attempt)
        done = attempt.end()
    guest.expect("without a keyring it says so", done, code=3, cause="keyring-unavailable")
    guest.say("before Google is asked", asked("POST /token") != before and "Google was asked")
    guest.say("no account is kept", guest.accounts())
