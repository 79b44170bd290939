#!/usr/bin/env python3
"""Signs in, hands out and signs out in rooms, with the real program and a real keyring.

test-sign-in.py ROOM STAND-IN BARUA; TAP.
"""

import base64
import json
import os
import shlex
import subprocess
import sys

import rooms

ZOE = "zoe@gmail.com"
HERE = os.path.dirname(os.path.abspath(__file__))
CLIENT = ("mkdir -p ~/.config/barua && printf '[OAuth]\\nclient-id=%s\\n' "
          "room.apps.googleusercontent.com > ~/.config/barua/settings.ini")
LIST = "secret-tool search --all service barua 2>&1 | grep -c '^attribute.kind' || true"


def barua(words, stdin="", **more):
    return {"barua": words, "stdin": stdin, **more}


def shell(script):
    return {"argv": ["sh", "-c", script]}


def sign_in(stdin="{app-password}\n", words="", **more):
    return barua(f"sign-in {ZOE} {words} --json", stdin, **more)


def browser(how="follow", words=""):
    return barua(f"sign-in {ZOE} --browser --json {words}", browser=how)


def typed(*script):
    return barua(f"sign-in {ZOE} --app-password", terminal=script)


def token(words="", **more):
    return barua(f"token {ZOE} {words}", **more)


PASSWORD = barua(f"password {ZOE}")
ACCOUNTS = barua("accounts --json")
SIGN_OUT = barua(f"sign-out {ZOE}")


def out(answer):
    return base64.b64decode(answer["stdout"]).decode()


def err(answer):
    return base64.b64decode(answer["stderr"]).decode()


def sent(log, *words):
    return sum(all(word in line for word in words) for line in log)


# What is expected of one step: a function that yields what is wrong with its answers.

def code(expected, says="", nothing_printed=False):
    def judge(answers, _):
        for answer in answers:
            if answer["code"] != expected:
                yield f"exit {answer['code']}, {expected} expected: {err(answer)}"
            if says not in rooms.flat(err(answer)) + rooms.flat(out(answer)):
                yield f"{says!r} is not in {err(answer)!r}"
            if nothing_printed and out(answer):
                yield f"printed {out(answer)!r}"
    return judge


def kept(expected, cause, status):
    def judge(answers, _):
        answer = json.loads(out(answers[0]))
        if set(answer) != {"address", "name", "method", "kept", "verdict"}:
            yield f"keys {sorted(answer)}"
        elif (answer["kept"], answer["verdict"]["cause"]) != (expected, cause):
            yield f"kept {answer['kept']}, {answer['verdict']['cause']}"
        if answers[0]["code"] != status:
            yield f"exit {answers[0]['code']}"
    return judge


def error(name, status):
    def judge(answers, _):
        answer = json.loads(out(answers[0]))
        if answer.get("error", {}).get("id") != name or not answer["error"]["message"]:
            yield f"{answer}"
        if answers[0]["code"] != status:
            yield f"exit {answers[0]['code']}"
    return judge


def prints(expected):
    def judge(answers, _):
        for answer in answers:
            if answer["code"] or out(answer) != expected + "\n" or err(answer):
                yield f"{answer['code']} {out(answer)!r} {err(answer)!r}"
    return judge


def tokens(different=1):
    def judge(answers, _):
        printed = {out(answer) for answer in answers}
        if len(printed) != different:
            yield f"{len(printed)} tokens"
        for answer in answers:
            if answer["code"] or not out(answer).startswith("ya29.") or err(answer):
                yield f"{answer['code']} {out(answer)!r} {err(answer)!r}"
            elif out(answer).count("\n") != 1:
                yield f"{out(answer)!r}"
    return judge


def account(**expected):
    def judge(answers, _):
        found = json.loads(out(answers[0]))["accounts"]
        if not expected:
            if found:
                yield f"{found}"
            return
        if len(found) != 1:
            yield f"{len(found)} accounts"
            return
        for key, value in expected.items():
            if found[0].get(key) != value:
                yield f"{key} is {found[0].get(key)!r}"
    return judge


def counted(*words, times):
    """How often the servers saw something in the whole room."""
    def judge(_, log):
        if sent(log, *words) != times:
            yield f"{words}: {sent(log, *words)} times, {times} expected"
    return judge


def items(number):
    def judge(answers, _):
        if out(answers[0]).strip() != str(number):
            yield f"{out(answers[0]).strip()} items in the keyring"
    return judge


OK = kept(True, "ok", 0)
NOTHING = [(PASSWORD, code(1, "Sign in first", True)), (ACCOUNTS, account()),
           (shell(LIST), items(0))]

# A name, how the room is, and steps with what is expected of each.
WORK = [
    ("app password", "", [
        (sign_in(words="--name 'Zoë Zed'"), OK),
        (PASSWORD, prints("{app-password}")),
        (ACCOUNTS, account(address=ZOE, name="Zoë Zed", method="app-password",
                           last_cause="ok")),
        (shell(f"secret-tool lookup service barua account {ZOE} kind app-password; echo"),
         prints("{app-password}")),
        (barua(f"check {ZOE} --json"), code(0)),
        (token(), code(1, f"barua password {ZOE}", True)),
        (sign_in(), OK), (shell(LIST), items(1)),
        (SIGN_OUT, code(0)), *NOTHING, (SIGN_OUT, code(1))]),
    ("app password in groups", "", [
        (shell("sed 's/..../& /g' $ROOM/app-password > ~/typed; printf '\\302\\240' >> ~/typed;"
               " barua sign-in zoe@gmail.com < ~/typed; rm ~/typed"), code(0)),
        (PASSWORD, prints("{app-password}"))]),
    ("the same mailbox, written otherwise", "", [
        (sign_in(), OK), (barua("password Zoe@GMAIL.com"), prints("{app-password}")),
        (barua("password 'Zoë <zoe+list@gmail.com>'"), prints("{app-password}"))]),
    ("wrong app password", "", [
        (sign_in("abcdabcdabcdabcd"), kept(False, "bad-credentials", 1)), *NOTHING]),
    ("main password is not sent", "", [
        (sign_in("{main-password}"), kept(False, "app-password-required", 1)),
        (PASSWORD, counted("command\tAUTH", times=0)), *NOTHING]),
    ("a phone's code is not sent", "", [
        (sign_in("123456\n"), kept(False, "app-password-required", 1)),
        (PASSWORD, counted("command\tAUTH", times=0)), *NOTHING]),
    ("nothing typed", "", [(sign_in("\n"), code(2, "There was no app password", True)), *NOTHING]),
    ("endless input", "", [
        (shell("yes | barua sign-in zoe@gmail.com"), code(3, "too long")), *NOTHING]),
    ("two ways at once", "", [
        (sign_in(words="--browser --app-password"), code(2, "Only one way", True))]),
    ("no address", "", [(barua("sign-in"), code(2, "Say for which address", True)),
                        (barua("token"), code(2, "Say for which address", True)),
                        (barua("sign-out a@@b"), code(2, "", True))]),
    ("somebody else's mail", "", [
        (barua("sign-in zoe@office.example --json", "x"), error("not-at-google", 1))]),
    ("typed on a terminal", "", [
        (typed(("App password of", "{app-password}\n")), code(0, "is signed in")),
        (PASSWORD, prints("{app-password}"))]),
    ("no app password, not meant", "", [
        (typed(("App password of", "Ordinary-1\n"), ("[y/N]", "\n")),
         code(1, "Nothing was kept")),
        (PASSWORD, counted("command\tAUTH", times=0)), *NOTHING]),
    ("no app password, meant", "", [
        (typed(("App password of", "Ordinary-1\n"), ("[y/N]", "y\n")),
         code(1, "What the server said")), *NOTHING]),
    ("Ctrl-C at the password", "", [(typed(("App password of", "\x03")), code(130)), *NOTHING]),
    ("Ctrl-C at the question", "", [
        (typed(("App password of", "Ordinary-1\n"), ("[y/N]", "\x03")), code(130)), *NOTHING]),
    ("servers out of reach, kept all the same", "--fault refuse:mail", [
        (typed(("App password of", "{app-password}\n"), ("[y/N]", "y\n")),
         code(1, "kept in the keyring")), (PASSWORD, prints("{app-password}"))]),
    ("servers out of reach, not kept", "--fault refuse:mail", [
        (typed(("App password of", "{app-password}\n"), ("[y/N]", "n\n")),
         code(1, "Nothing was kept")), *NOTHING]),
    ("servers out of reach", "--fault refuse:mail", [
        (sign_in(), kept(False, "port-blocked", 1)), *NOTHING]),
    ("a refusal for now", "--bend mail:refuse=temporary", [
        (sign_in(), code(1, '"kept" : false')), *NOTHING]),
    ("one service off, the password right", "--bend imap:refuse=imap-disabled", [
        (sign_in(), kept(True, "imap-disabled", 1)), (PASSWORD, prints("{app-password}")),
        (ACCOUNTS, account(last_cause="imap-disabled"))]),
    ("keyring locked", "--keyring locked", [
        (sign_in(), error("keyring-locked", 3)), (ACCOUNTS, account())]),
    ("no keyring", "--keyring none", [
        (sign_in(), error("keyring-unavailable", 3)),
        (PASSWORD, code(3, "no keyring", True)), (token(), code(3, "no keyring", True)),
        (SIGN_OUT, code(3, "no keyring")), (ACCOUNTS, account())]),
    ("no client for the browser", "", [(browser(), error("no-client", 3)), *NOTHING]),
    ("no desktop account", "", [
        (barua(f"sign-in {ZOE} --online-account --json"), error("not-signed-in", 1)), *NOTHING]),
    ("browser", "", [
        (shell(CLIENT), code(0)), (browser(), OK),
        (ACCOUNTS, account(method="oauth", last_cause="ok")),
        (shell(LIST), items(2)), (token(times=5), tokens()),
        (PASSWORD, code(1, f"barua token {ZOE}", True)),
        (token(), counted("POST /token", times=1)),
        (barua(f"check {ZOE} --json"), code(0)),
        (SIGN_OUT, code(0, "given back")), (token(), counted("POST /revoke", times=1)),
        *NOTHING, (token(), code(1, "Sign in first", True))]),
    ("browser on another machine", "", [
        (shell(CLIENT), code(0)), (browser("paste"), OK), (token(), tokens())]),
    ("many ask for a new token, one gets it", "", [
        (shell(CLIENT), code(0)), (browser(), OK), (token("--refresh", times=6), tokens()),
        (token(), counted("POST /token", times=2)), (token(), tokens()),
        (shell(LIST), items(2))]),
    ("a token near its end is renewed", "--bend oauth:expires=200", [
        (shell(CLIENT), code(0)), (browser(), OK), (token(), tokens()), (token(), tokens()),
        (token(), counted("POST /token", times=4))]),
    ("access taken back at Google", "--bend oauth:refresh=invalid_grant", [
        (shell(CLIENT), code(0)), (browser(), OK),
        (token("--refresh"), code(1, "", True)), (shell(LIST), items(0)),
        (token(), code(1, "", True)), (token(), counted("POST /token", times=2))]),
    ("Google's trouble is no reason to forget", "--bend oauth:refresh=temporarily_unavailable", [
        (shell(CLIENT), code(0)), (browser(), OK), (token("--refresh"), code(3, "", True)),
        (shell(LIST), items(2)), (token(), tokens())]),
    ("consent refused", "--bend oauth:auth=access_denied", [
        (shell(CLIENT), code(0)), (browser(), kept(False, "oauth-user-denied", 1)), *NOTHING]),
    ("mail left unticked", "--bend oauth:scope=openid", [
        (shell(CLIENT), code(0)), (browser(), kept(False, "oauth-scope-missing", 1)), *NOTHING]),
    ("client not known", "--bend oauth:token=invalid_client", [
        (shell(CLIENT), code(0)), (browser(), kept(False, "oauth-client-invalid", 1)), *NOTHING]),
    ("not given back, forgotten all the same", "--bend oauth:revoke=server_error", [
        (shell(CLIENT), code(0)), (browser(), OK),
        (SIGN_OUT, code(3, "myaccount.google.com/connections")), *NOTHING]),
    ("a damaged list of accounts", "", [
        (sign_in(), OK),
        (shell("echo nonsense >> ~/.local/share/barua/accounts.ini"), code(0)),
        (ACCOUNTS, code(0, "damaged")), (barua(f"check {ZOE} --json"), code(0)),
        (shell("grep -c nonsense ~/.local/share/barua/accounts.ini.damaged"), code(0)),
        (PASSWORD, prints("{app-password}"))]),
    ("from cron", "", [
        (sign_in(), OK),
        (shell("mkdir -p /run/user/$(id -u) && ln -sf $(echo $DBUS_SESSION_BUS_ADDRESS |"
               " sed 's/unix:path=//; s/,.*//') /run/user/$(id -u)/bus && env -i HOME=$HOME"
               f" PATH=$PATH barua password {ZOE}"), prints("{app-password}"))]),
]


PROGRAMS = "sh " + shlex.quote(os.path.join(HERE, "mail-programs.sh"))
if os.geteuid() == 0:
    # Dovecot and Postfix, with programs as they are in Debian.
    WORK += [
        ("mail programs, app password", "--servers real", [
            (sign_in(), OK), (shell(f"{PROGRAMS} password"), code(0))]),
        ("mail programs, token", "--servers real", [
            (shell(CLIENT), code(0)), (browser(), OK),
            (shell(f"{PROGRAMS} token"), code(0))]),
    ]


def steps(bench, work):
    for step, _ in work:
        step = dict(step)
        if "barua" in step:
            step["argv"] = [bench.barua, *shlex.split(step.pop("barua"))]
        else:
            script = f"PATH={shlex.quote(os.path.dirname(bench.barua))}:$PATH; " + step["argv"][2]
            step["argv"] = ["sh", "-c", script]
        yield step


def run(bench, row):
    name, options, work = row
    command = bench.command(options, "python3", os.path.join(HERE, "steps.py"),
                            json.dumps(list(steps(bench, work))))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"room: {done.returncode} {done.stderr}"]
    return list(judge(json.loads(done.stdout), work))


def secrets_in(text):
    return [secret for secret in rooms.desktop.SECRETS.values() if secret in text]


def judge(answer, work):
    for number, (answers, (step, expect)) in enumerate(zip(answer["steps"], work), 1):
        printing = "argv" in step or step["barua"].split()[0] in ("password", "token")
        if len(answers) != step.get("times", 1):
            yield f"step {number}: {len(answers)} answers"
            continue
        for fault in expect(list(filled(answers)), answer["log"]):
            yield f"step {number}: {fault}"
        for each in answers:
            if secrets_in(err(each)) or (not printing and secrets_in(out(each))):
                yield f"step {number}: a secret is shown"
            if "CRITICAL" in err(each) or "WARNING" in err(each):
                yield f"step {number}: {err(each)}"
            if not each.get("echoes", True):
                yield f"step {number}: the terminal is left without echo"
            if secrets_in(each["words"]):
                yield f"step {number}: a secret is among the arguments"
    for path, facts in answer["files"].items():
        if facts["leaks"]:
            yield f"~/{path} holds a secret"
        if "barua/accounts.ini" in path and facts["mode"] != 0o600:
            yield f"~/{path} has mode {facts['mode']:o}"


def filled(answers):
    """Secrets under the names that the expectations give them."""
    for answer in answers:
        text = out(answer)
        for name, secret in rooms.desktop.SECRETS.items():
            text = text.replace(secret, "{" + name + "}")
        answer = dict(answer)
        answer["stdout"] = base64.b64encode(text.encode()).decode()
        yield answer


def main():
    room, stand_in, program = sys.argv[1:4]
    bench = rooms.Bench(room, stand_in, program, program)
    trial = bench.trial()
    if trial:
        print(f"1..0 # SKIP {trial}")
        return 0
    wanted = [row for row in WORK if len(sys.argv) < 5 or sys.argv[4] in row[0]]
    tap = rooms.Tap(len(wanted))
    for row, job in rooms.each(wanted, lambda row: run(bench, row), bench.at_once):
        try:
            tap.say(row[0], job.result())
        except (RuntimeError, ValueError, KeyError) as problem:
            tap.say(row[0], [repr(problem)])
    return 1 if tap.failed else 0


sys.exit(main())
