"""What somebody goes through who has mail programs set up, and changes their mind."""

import json
import os
import shutil
import signal
import subprocess
import time

import browser_cases
import stalls
from guest import HOME, PATIENCE, ROOM, USER, read_secret
from password_cases import lock

MSMTP = os.path.join(HOME, ".config/msmtp/config")
GEARY = os.path.join(HOME, ".config/geary/account_01/geary.ini")
GEARY_ITEM = ["login", USER, "proto", "IMAP", "host", "imap.gmail.com"]
FORMER = "the-former-one"
MARK = "Xmarksthespot"
UNDO = os.path.join(HOME, ".local/share/barua/undo")


def sign_in(guest, code=0):
    done = guest.run("sign-in", USER, "--app-password", "--name", "Zoë Moyo", "--json",
                     stdin=read_secret("app-password"))
    guest.expect("signing in", done, code=code)


def files():
    """All files of the home by name, but for what is kept to undo, and the keyring."""
    found = {}
    for folder, _, names in os.walk(HOME):
        if "keyring" in folder or folder.startswith(UNDO):
            continue
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, HOME)] = file.read()
    return found


def look_up(guest, attributes):
    done = guest.run_any(["secret-tool", "lookup", *attributes], hand_out=True)
    return done.out if done.code == 0 else None


def formers(guest):
    """How many items are kept of what others held before."""
    done = guest.run_any(["secret-tool", "search", "--all", "service", "barua-former"],
                         hand_out=True)
    return done.out.count("label = ")


def export(guest, clients, *words):
    return guest.run("export", USER, "--to", clients, *words)


def said_twice(changes):
    return [change for change in changes if change["kind"] not in (
        "file", "folder", "keyring", "setting", "command")]


def only_shown(guest):
    before = files()
    done = export(guest, "msmtp", "--json")
    guest.expect("without --apply it is shown", done, code=0, err="")
    answer = done.json()
    guest.say("with all that the contract has", set(answer) != {
        "client", "changes", "questions", "notes", "applied", "undo"} and done,
        answer.get("applied") is not False and done, answer.get("undo") and done,
        said_twice(answer["changes"]))
    diff = "".join(change.get("diff", "") for change in answer["changes"])
    guest.say("the very change is shown", f"+user {USER}" not in diff and diff)
    done = export(guest, "msmtp,geary", "--apply", "--dry-run")
    guest.expect("--dry-run wins over --apply", done, code=0, says="Nothing was changed.")
    guest.expect("and the way on is told", done, code=0,
                 says=f"“barua export {USER} --to msmtp,geary --apply” does all that.")
    guest.say("nothing is changed by that", files() != before and "files differ",
              os.path.exists(UNDO) and os.listdir(UNDO))


def applied(guest):
    done = export(guest, "msmtp,geary", "--apply", "--json")
    guest.expect("two programs at once", done, code=0, err="")
    answers = done.json().get("exports", [])
    guest.say("each has its own answer", [a.get("client") for a in answers] !=
              ["msmtp", "geary"] and done, not all(a.get("applied") for a in answers) and done)
    guest.say("their files are there", not os.path.exists(MSMTP) and MSMTP,
              not os.path.exists(GEARY) and GEARY)
    guest.say("the secret is where Geary looks",
              look_up(guest, GEARY_ITEM) != read_secret("app-password") and "it is not")
    guest.say("nothing is kept of what was not there", formers(guest))
    return [answer.get("undo") for answer in answers]


def applied_twice(guest):
    before, receipts = files(), sorted(os.listdir(UNDO))
    done = export(guest, "msmtp,geary", "--apply", "--json")
    guest.expect("the same once more", done, code=0, err="")
    answers = done.json().get("exports", [])
    guest.say("changes nothing", [a.get("changes") for a in answers] != [[], []] and done,
              [a.get("undo") for a in answers] != [None, None] and done,
              files() != before and "files differ", sorted(os.listdir(UNDO)) != receipts)
    done = export(guest, "msmtp", "--apply")
    guest.expect("and says so", done, code=0, says="Everything is there already")
    done = export(guest, "geary", "--json")
    guest.expect("it is not shown either", done, code=0)
    guest.say("neither file nor item", done.json()["changes"])


def taken_back(guest, ids, before):
    for each in ids:
        guest.expect("undoing", guest.run("undo", each), code=0)
    guest.say("every file is as it was", *(name for name in set(files()) ^ set(before)))
    guest.say("the keyring too", look_up(guest, GEARY_ITEM) and "Geary's item is there")


def whole(guest):
    sign_in(guest)
    before = files()
    only_shown(guest)
    ids = applied(guest)
    applied_twice(guest)
    taken_back(guest, ids, before)


def to_places(guest):
    """The ids of all programs that have a place in a home, and of those that have none."""
    ids = [client["id"] for client in guest.run("clients", "--json").json()["clients"]]
    apart = [name for name in ids
             if "--output" in guest.run("export", USER, "--to", name, "--json").err]
    return [name for name in ids if name not in apart], apart


def changes_in(done):
    return [change for change in done.json().get("changes", []) if change["kind"] != "command"]


def each_program(guest, names):
    """Sets each up, twice, and takes all back, the last first."""
    receipts = []
    for name in names:
        done = export(guest, name, "--apply", "--json")
        guest.expect(f"{name} is set up", done, code=0)
        if done.json().get("undo"):
            receipts.append(done.json()["undo"])
    after = files()
    for name in names:
        done = export(guest, name, "--apply", "--json")
        guest.expect(f"{name} is set up once more", done, code=0)
        guest.say(f"and {name} is not changed", *changes_in(done))
        done = export(guest, name, "--json")
        guest.expect(f"{name} is shown once more", done, code=0)
        guest.say(f"and for {name} nothing is to be done", *changes_in(done))
    guest.say("nothing is changed by that", *(name for name in after
                                              if files().get(name) != after[name]))
    ids = {receipt["id"] for receipt in guest.run("undo", "--list", "--json").json()["receipts"]}
    for receipt in sorted(ids, key=lambda each: (each not in receipts, receipts.index(each)
                                                 if each in receipts else 0), reverse=True):
        guest.expect(f"{receipt} is taken back", guest.run("undo", receipt), code=0)


def all_programs(sign):
    def case(guest):
        sign(guest)
        before = files()
        names, apart = to_places(guest)
        guest.say("there are some", len(names) < 10 and names)
        each_program(guest, names)
        now = files()
        guest.say("every file is as it was", *(
            name for name in set(now) | set(before) if now.get(name) != before.get(name)))
        guest.say("no item is left of what was", formers(guest))
        done = export(guest, ",".join(names + apart), "--output", os.path.join(HOME, "saved"),
                      "--json")
        guest.expect("all are saved to a folder", done, code=0)
    return case


def sign_in_in_browser(guest):
    browser_cases.register()
    guest.say("signing in", not browser_cases.sign_in(guest) and "it did not work")


def store_former(guest):
    guest.run_any(["secret-tool", "store", "--label", "Geary IMAP password", "xdg:schema",
                   "org.gnome.Geary", *GEARY_ITEM], stdin=FORMER)


def former_password(guest):
    """Geary has an old password already: it gets it back."""
    sign_in(guest)
    store_former(guest)
    done = export(guest, "geary", "--apply", "--json")
    guest.expect("handing over", done, code=0)
    guest.say("the old password is replaced",
              look_up(guest, GEARY_ITEM) != read_secret("app-password") and "it is not")
    guest.say("and kept in the keyring", formers(guest) != 1 and formers(guest))
    guest.say("not in a file", *(name for name, content in files().items()
                                 if FORMER.encode() in content))
    guest.expect("undoing", guest.run("undo"), code=0)
    guest.say("it is there again", look_up(guest, GEARY_ITEM) != FORMER and
              "it is not")
    guest.say("and kept no second time", formers(guest))


def to_folder(guest):
    sign_in(guest)
    before = files()
    done = export(guest, "geary,settings", "--output", os.path.join(HOME, "saved"), "--json")
    guest.expect("saving to a folder", done, code=0, err="")
    answers = done.json().get("exports", [])
    guest.say("applied", not answers or not all(a["applied"] for a in answers) and done)
    guest.say("the keyring's part is noted", "keyring" not in str(answers[0]["notes"]) and done,
              any(change["kind"] == "keyring" for change in answers[0]["changes"]) and done)
    others = {name for name in set(files()) - set(before) if not name.startswith("saved/")}
    guest.say("nothing is written elsewhere", *others)
    guest.say("and nothing is put into the keyring", look_up(guest, GEARY_ITEM) and "it is")
    guest.expect("a folder and one's own files do not go together",
                 export(guest, "geary", "--output", "x", "--apply"), code=2, out="")


def with_running_program(guest):
    sign_in(guest)
    # The kernel calls a process by the name of the file that it was started from.
    program = os.path.join(HOME, "geary")
    shutil.copy("/bin/sleep", program)
    before = files()
    process = subprocess.Popen([program, "3600"])
    try:
        done = export(guest, "geary", "--apply", "--json")
        guest.expect("a running program is left alone", done, code=3, cause="running",
                     says="Geary is running")
        guest.say("nothing is changed", files() != before and "files differ",
                  look_up(guest, GEARY_ITEM) and "the keyring holds something")
        done = export(guest, "geary", "--json")
        guest.expect("it is said before", done, code=0, says="Geary is running")
        done = export(guest, "geary,msmtp", "--apply", "--json")
        guest.expect("another one is set up all the same", done, code=3)
        guest.say("and each is told apart", [a["applied"] for a in done.json()["exports"]] !=
                  [False, True] and done)
    finally:
        process.kill()
        process.wait()
    guest.expect("closed, it is set up", export(guest, "geary", "--apply"), code=0)


def not_signed_in(guest):
    done = export(guest, "msmtp", "--apply", "--json")
    guest.expect("without a sign-in it works, and asks", done, code=0)
    guest.say("which is said", not done.json()["questions"] and done)


def out_of_reach(guest):
    done = export(guest, "msmtp", "--json")
    guest.expect("without a way to the servers the usual is planned", done, code=0)
    guest.say("that is said", "could not be reached" not in str(done.json()["notes"]) and done)
    guest.say("in time", done.seconds > 12 and done)
    done = guest.run("export", "zoe@office.example", "--to", "msmtp", "--json")
    guest.expect("somebody else’s mail is not Google’s", done, code=1, cause="not-at-google")


def sign_in_and_lock(guest):
    sign_in(guest)
    lock()


def remember(guest):
    """As it is when the keyring has gone since the sign-in."""
    path = os.path.join(HOME, ".local/share/barua/accounts.ini")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"[{USER}]\nmethod=app-password\n")
    guest.say("an account is remembered", not guest.accounts())


def without_keyring(cause, prepare):
    def case(guest):
        prepare(guest)
        before = files()
        done = export(guest, "msmtp,geary", "--apply", "--json")
        guest.expect("it cannot be done", done, code=3, cause=cause)
        guest.say("and nothing is", files() != before and "files differ")
        guest.expect("wrong use is told without asking for it",
                     export(guest, "mutt,nothing", "--apply"), code=2, out="")
    return case


def other_port(guest):
    sign_in(guest, code=1)
    guest.expect("handing over", export(guest, "msmtp", "--apply"), code=0)
    with open(MSMTP, encoding="utf-8") as file:
        text = file.read()
    guest.say("the open port is set", "port 587" not in text and text,
              "tls_starttls on" not in text and text)


def at_the_terminal(guest):
    sign_in(guest)
    done = guest.at_terminal(guest.command("export", USER, "--to", "msmtp"), [])
    guest.expect("at a terminal", done, code=0)
    guest.say("what is new is green", "\033[1;32m+user" not in done.out and done)
    done = guest.at_terminal(["env", "NO_COLOR=1", *guest.command("export", USER, "--to", "msmtp")],
                             [])
    guest.say("without colours where none are wanted", "\033[1;32m" in done.out and done)


def state(guest):
    """Whether all is done, or nothing: Geary's file, and its item with a former password."""
    config, item = os.path.exists(GEARY), look_up(guest, GEARY_ITEM)
    if config and item == read_secret("app-password"):
        return "whole"
    return "nothing" if not config and item == FORMER else f"half: {config} {item}"


def killed(guest):
    """At whatever moment: the next call finds all or nothing, and mends the rest."""
    sign_in(guest)
    store_former(guest)
    states = []
    for number in range(24):
        process = subprocess.Popen(guest.command("export", USER, "--to", "geary", "--apply"),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.01 + 0.01 * number)
        process.send_signal(signal.SIGKILL)
        process.wait()
        guest.expect("looking again", export(guest, "geary", "--json"), code=0)
        states.append(state(guest))
        if states[-1] == "whole":
            guest.expect("undoing", guest.run("undo"), code=0)
            guest.say("it is as it was", state(guest) != "nothing" and state(guest))
    guest.say("all or nothing", *(each for each in states if each not in ("whole", "nothing")))
    guest.say("and nothing is left of it", formers(guest))


def interrupted(guest):
    """Ctrl-C at whatever moment: it ends at once, and all is done or nothing."""
    sign_in(guest)
    store_former(guest)
    states = []
    for number in range(12):
        process = stalls.Process(
            guest.command("export", USER, "--to", "geary", "--apply", "--json"),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(0.02 + 0.02 * number)
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        out, _ = process.communicate(timeout=PATIENCE)
        seconds = guest.since(begun) - process.delayed
        guest.say("Ctrl-C ends it at once", seconds > 1.5 and f"{seconds} s")
        if process.returncode == 130:
            guest.say("and it is said", json.loads(out)["error"]["id"] != "interrupted" and out)
        export(guest, "geary")
        states.append((process.returncode, state(guest)))
        if states[-1][1] == "whole":
            guest.expect("undoing", guest.run("undo"), code=0)
    # Before it listens to the signal, that ends the process as any other.
    guest.say("all or nothing", *(each for each in states if each not in (
        (-2, "nothing"), (130, "nothing"), (0, "whole"))))


def interrupted_between(guest):
    """Ctrl-C while several are set up: what is done is told, and can be undone."""
    sign_in(guest)
    before, told = files(), []
    for number in range(12):
        process = stalls.Process(
            guest.command("export", USER, "--to", "geary,msmtp", "--apply", "--json"),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(0.05 + 0.05 * number)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=PATIENCE)
        exports = json.loads(out).get("exports", []) if out else []
        there = [path for path in (GEARY, MSMTP) if os.path.exists(path)]
        # Before it listens to the signal, and after, that ends the process as any other.
        if process.returncode < 0:
            for _ in there:
                guest.expect("undoing", guest.run("undo"), code=0)
            continue
        if len(exports) != len(there) or not all(each["applied"] for each in exports) or (
                process.returncode == 0) != (len(there) == 2):
            told.append((process.returncode, there, out))
        for each in reversed(exports):
            guest.expect("undoing", guest.run("undo", each["undo"]), code=0)
    guest.say("what is done is told, and nothing else", *told)
    guest.say("all of it was undone", files() != before and "not")


def marked(guest):
    """A server puts a word wherever it has room for words: none of it comes to a file."""
    sign_in(guest)
    done = guest.run("check", USER, "--json")
    guest.expect("the server is checked", done, code=0)
    guest.say("its word comes through", *(
        f"not from {service['port']}" for service in done.json()["services"]
        if MARK not in json.dumps(service)))
    guest.expect("a test message goes through", guest.run("check", USER, "--send-test"), code=0)
    names, _ = to_places(guest)
    for name in names:
        guest.expect(f"{name} is set up", export(guest, name, "--apply", "--json"), code=0)
    guest.expect("looking for what could be better", guest.run("repair", "--json"), code=0)
    guest.say("the word is in no file", len(files()) < len(names) and files(), *(
        path for path, content in guest.files()
        if MARK.lower() in content.lower() and not path.startswith(os.path.join(ROOM, "log"))))


def listed(guest):
    sign_in(guest)
    done = guest.run("clients", "--json")
    guest.expect("the programs are listed", done, code=0, err="")
    clients = {client["id"]: client for client in done.json()["clients"]}
    guest.say("with all that the contract has", *(
        client for client in clients.values()
        if set(client) != {"id", "name", "installed", "version", "kind", "has_account", "running"}))
    here = bool(shutil.which("msmtp"))
    guest.say("msmtp as it is", (clients["msmtp"]["installed"], clients["msmtp"]["kind"]) !=
              (here, "native" if here else None) and clients["msmtp"],
              clients["msmtp"]["has_account"] and clients["msmtp"])
    guest.expect("handing over", export(guest, "msmtp", "--apply"), code=0)
    clients = {client["id"]: client
               for client in guest.run("clients", "--json").json()["clients"]}
    guest.say("then it has the account", not clients["msmtp"]["has_account"])
    guest.expect("for people too", guest.run("clients"), code=0, says="set up")
