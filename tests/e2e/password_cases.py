"""What somebody with an app password goes through."""

import contextlib
import os
import re
import stat
import subprocess

import mail_programs as programs
from guest import HOME, USER, bare, read_secret, wait_until

GROUPED = "kqzv jxwy-plmh\u00a0gtrd\n"
OTHER = "abcdefghijklmnop"


def no_account(guest, name):
    """Nothing may be kept: in the keyring, in the list, or in a file."""
    files = [os.path.join(folder, file) for folder, _, files in os.walk(HOME) for file in files
             if "keyring" not in folder]
    named = []
    for path in files:
        with open(path, "rb") as file:
            if b"zoe" in file.read():
                named.append(path)
    guest.say(name, guest.keyring() and "the keyring holds something", guest.accounts(),
              named and f"files tell of it: {named}")


def attempts():
    """What the servers' logs tell of secrets that were refused or taken."""
    told = []
    for name in ("dovecot", "postfix"):
        with contextlib.suppress(OSError), open(os.path.join(os.environ["ROOM"], "log", name),
                                                encoding="utf-8", errors="replace") as log:
            told += [line for line in log if re.search(f"{USER}|SASL", line)]
    return told


def doubted(guest):
    """What is no app password is not sent."""
    done = guest.run("sign-in", USER, "--app-password", "--json",
                     stdin=read_secret("main-password"))
    guest.expect("an ordinary password is told kindly", done, code=1,
                 cause="app-password-required", says="does not look like an app password")
    done = guest.run("sign-in", USER, "--app-password", stdin="G-482913\n")
    guest.expect("a phone's code is told kindly", done, code=1,
                 says="a code that Google sends to a phone")
    guest.say("neither was sent", *attempts())
    guest.expect("nothing typed is wrong use", guest.run("sign-in", USER, "--app-password"),
                 code=2, out="")
    no_account(guest, "nothing of them is kept")


def refusals(guest):
    doubted(guest)
    guest.learn(OTHER)
    done = guest.run("sign-in", USER, "--app-password", "--json", stdin=f"{OTHER}\n")
    guest.expect("a wrong app password is refused", done, code=1, cause="bad-credentials")
    guest.say("and it is said that it is not kept", done.json().get("kept") is not False and done)
    guest.say("the servers tell of one that was sent",
              not wait_until(attempts) and "they do not")
    no_account(guest, "nothing of it is kept")
    guest.expect("no app password, no answer", guest.run("password", USER), code=1, out="")


def sign_in(guest, name="signing in with an app password"):
    done = guest.run("sign-in", USER, "--app-password", "--name", "Zoë Moyo", "--json",
                     stdin=GROUPED)
    answer = done.json()
    guest.expect(name, done, code=0, err="", cause="ok")
    guest.say("the answer says what is kept", (answer.get("kept"), answer.get("method"),
              answer.get("name")) != (True, "app-password", "Zoë Moyo") and done)


def at_the_terminal(guest):
    done = guest.at_terminal(guest.command("sign-in", USER, "--app-password"),
                             [("App password of", GROUPED)])
    guest.expect("it can be typed", done, code=0, says=f"{USER} is signed in")
    guest.say("what is typed is not shown", "kqzv" in done.out and done)
    done = guest.at_terminal(guest.command("sign-in", USER, "--app-password"),
                             [("App password of", f"{read_secret('main-password')}\n"),
                              ("[y/N]", "y\n")])
    guest.expect("doubt can be overruled", done, code=1, says="Nothing was kept.")
    done = guest.at_terminal(guest.command("sign-in", USER, "--app-password"),
                             [("App password of", "\x03")])
    guest.expect("Ctrl-C ends it", done, code=130)


def keeping(guest):
    password = read_secret("app-password")
    guest.expect("password prints it", guest.run("password", USER), code=0, out=f"{password}\n",
                 err="")
    guest.say("others find it in the keyring", guest.kept("app-password") != password and "no")
    account = (guest.accounts() or [{}])[0]
    guest.say("the account is listed", (account.get("address"), account.get("name"),
              account.get("method"), account.get("last_cause")) !=
              (USER, "Zoë Moyo", "app-password", "ok") and account,
              not re.match(r"\d{4}-\d\d-\d\dT", account.get("last_check") or "") and account)
    guest.expect("it has no token", guest.run("token", USER), code=1, out="",
                 says="barua password")
    for name, kept in (("the runtime folder", "XDG_RUNTIME_DIR"),
                       ("the bus's address", "DBUS_SESSION_BUS_ADDRESS")):
        env = bare(**{kept: os.environ[kept]})
        guest.expect(f"from cron, with {name} alone", guest.run("password", USER, env=env),
                     code=0, out=f"{password}\n", err="")
    guest.expect("without a session it says why", guest.run("password", USER, env=bare()),
                 code=3, out="")
    done = guest.run("sign-in", USER, "--app-password", "--json", stdin=f"{OTHER}\n")
    guest.expect("a wrong one later is refused", done, code=1, cause="bad-credentials")
    guest.expect("and the right one stays", guest.run("password", USER), code=0,
                 out=f"{password}\n")


def signed_in_everywhere(done):
    """Yields the services that were not signed in to."""
    for service in done.json().get("services", []):
        stages = {stage["stage"]: stage["ok"] for stage in service["stages"]}
        if not stages.get("sign-in") or not service["usable"]:
            yield f"{service['port']}: {stages} {service['verdict']['evidence'][:3]}"


def proof(guest):
    done = guest.run("check", USER, "--json")
    guest.expect("check signs in with what is kept", done, code=0, cause="ok", err="")
    guest.say("to every service", *signed_in_everywhere(done))
    done = guest.run("check", USER, "--send-test", "--json")
    guest.expect("a test message is sent and found", done, code=0, cause="ok", err="")
    told = [stage["stage"] for service in done.json().get("services", [])
            for stage in service["stages"] if stage["ok"]]
    guest.say("by SMTP and by IMAP", told.count("test-message") != 2 and told)
    binned = programs.messages_in("[Gmail]/Bin")
    guest.say("it is in the bin", len(binned) != 1 and binned,
              *(f"no {field}" for message in binned for field in
                ("Message-ID", "Date", "Subject", "From", "To", "MIME-Version")
                if not message[field]))
    guest.say("and nowhere else", programs.messages_in("INBOX") and "the inbox holds it")


def report(guest):
    done = guest.run("report", USER)
    guest.expect("a report is written", done, code=0)
    guest.say("the address is masked in it", "zoe" in done.out.lower() and done.out)
    guest.say("the check is in it", "smtp.gmail.com" not in done.out and done.out)
    path = os.path.join(HOME, "report.txt")
    done = guest.run("report", USER, "--show-address", "--output", path)
    guest.expect("it can be a file", done, code=0)
    with open(path, encoding="utf-8") as file:
        guest.say("with the address, if wanted", USER not in file.read() and "masked")
    guest.say("for its owner only", stat.S_IMODE(os.stat(path).st_mode) & 0o77 and "open to all")
    os.remove(path)


def sign_out(guest):
    guest.expect("signing out", guest.run("sign-out", USER), code=0, says="is signed out")
    no_account(guest, "nothing is left of it")
    guest.expect("then there is no password", guest.run("password", USER), code=1, out="")
    guest.expect("there is nothing more to forget", guest.run("sign-out", USER), code=1)


def whole_life(guest):
    refusals(guest)
    sign_in(guest)
    keeping(guest)
    proof(guest)
    guest.say("the names that are asked for are seen",
              {"smtp.gmail.com", "imap.gmail.com", "pop.gmail.com"} - guest.names())
    report(guest)
    sign_out(guest)
    at_the_terminal(guest)


def mail_programs(guest):
    sign_in(guest)
    commands = {
        "barua password": f"{guest.barua} password {USER}",
        "secret-tool": f"secret-tool lookup service barua account {USER} kind app-password",
    }
    for name, command in commands.items():
        programs.try_all(guest, name, command)


def out_of_reach(guest):
    done = guest.run("sign-in", USER, "--app-password", "--json", stdin=GROUPED)
    guest.expect("servers out of reach are told", done, code=1)
    guest.say("nothing is kept unasked", done.json().get("kept") is not False and done,
              done.cause() in (None, "bad-credentials", "ok") and done.cause())
    no_account(guest, "really not")
    answers = [("App password of", GROUPED), ("[y/N]", "n\n")]
    done = guest.at_terminal(guest.command("sign-in", USER, "--app-password"), answers)
    guest.expect("a no is a no", done, code=1, says="Nothing was kept.")
    no_account(guest, "again not")
    answers[1] = ("[y/N]", "y\n")
    done = guest.at_terminal(guest.command("sign-in", USER, "--app-password"), answers)
    guest.expect("on request it is kept, and said", done, code=1,
                 says="The app password is kept in the keyring.")
    guest.expect("and found again", guest.run("password", USER), code=0,
                 out=f"{read_secret('app-password')}\n")


def without_keyring(guest, cause, says):
    before = sorted(os.listdir(HOME))
    done = guest.run("sign-in", USER, "--app-password", "--json", stdin=GROUPED)
    guest.expect("signing in says what is wrong", done, code=3, cause=cause, says=says)
    guest.say("the list of accounts is empty", guest.accounts() != [] and guest.accounts())
    guest.say("nothing is written", *(name for name in sorted(os.listdir(HOME))
                                      if name not in before and name != ".cache"))


def lock():
    subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
                    "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
                    "array:objpath:/org/freedesktop/secrets/collection/login"],
                   check=True, capture_output=True)


def locked_later(guest):
    """What was kept, and is locked now: nobody is there to open it."""
    sign_in(guest)
    lock()
    guest.expect("a locked password is told of", guest.run("password", USER), code=3, out="",
                 says="The keyring stayed locked")
    guest.expect("a token too", guest.run("token", USER), code=1, out="")
    done = guest.run("sign-in", USER, "--app-password", "--json", stdin=GROUPED)
    guest.expect("signing in again too", done, code=3, cause="keyring-locked")
    guest.expect("signing out too", guest.run("sign-out", USER), code=3)
    guest.say("the account is listed still", len(guest.accounts() or []) != 1 and "not")
    done = guest.run("check", USER, "--json")
    guest.expect("check says so, and checks the rest", done, code=1, cause="keyring-locked")


def locked_keyring(guest):
    without_keyring(guest, "keyring-locked", "locked")


def no_keyring(guest):
    without_keyring(guest, "keyring-unavailable", "keyring")
    for word in ("password", "token"):
        guest.expect(f"{word} says what is wrong", guest.run(word, USER), code=3, out="",
                     says="keyring")
