"""Postfix hands on what programs of this computer send. The script is run as it is told,
on an instance beside the one that plays Gmail; the room is somebody with the rights of
root, and so needs no sudo."""

import os
import shutil
import subprocess

from client_kit import wait_until
from guest import HOME, ROOM, USER, read_secret

PLACE = os.path.join(ROOM, "relay")
FOLDER = os.path.join(PLACE, "etc")
# Debian's own for “local only”, with places of its own, and no ports to listen on.
MAIN = """compatibility_level = 3.6
# local only
myhostname = zoe-laptop.example
mydestination = localhost
default_transport = error
relay_transport = error
queue_directory = {place}/spool
data_directory = {place}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {room}/log/relay
maillog_file_prefixes = {room}
master_service_disable = inet
smtp_tls_security_level = may
alias_maps =
inet_interfaces = loopback-only
"""


def furnish():
    for name in ("etc", "spool", "data"):
        os.makedirs(os.path.join(PLACE, name))
    shutil.chown(os.path.join(PLACE, "data"), "postfix")
    with open(os.path.join(FOLDER, "main.cf"), "w", encoding="utf-8") as file:
        file.write(MAIN.format(place=PLACE, room=ROOM))
    with open("/usr/share/postfix/master.cf.dist", encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    with open(os.path.join(FOLDER, "master.cf"), "w", encoding="utf-8") as file:
        for line in lines:
            words = line.split()
            # Debian puts some of them into a folder of their own, which has no resolver here.
            if len(words) > 7 and not line[0].isspace():
                line = " ".join(words[:4] + ["n"] + words[5:]) + "\n"
            file.write(line)
    return {**os.environ, "MAIL_CONFIG": FOLDER}


def modes_of(path):
    facts = os.stat(path)
    return facts.st_uid, facts.st_mode & 0o777


def export(guest, target):
    done = guest.run("export", USER, "--to", "postfix", "--output", target, "--json")
    guest.expect("the files are saved", done, code=0)
    answer = done.json()
    guest.say("no question is left", *answer.get("questions", ["no answer"]))
    commands = [change["command"] for change in answer.get("changes", [])
                if change["kind"] == "command" and "| sudo" in change.get("command", "")]
    guest.say("one command sets it up", len(commands) != 1 and answer)
    return commands[0]


def relay(guest, port):
    if guest.lacks("postconf"):
        return
    env = furnish()
    target = os.path.join(HOME, "for postfix")
    subject = f"relay {port}"
    guest.sign_in(code=0 if port == 465 else 1)
    command = export(guest, target)
    guest.expect("it reads what was saved",
                 guest.run_any(["postconf", "-c", os.path.join(target, "postfix"), "-n"]), code=0)
    done = guest.run_any(["sh", "-c", command.replace("| sudo ", "| ")], env=env)
    guest.expect("the script sets it up", done, code=0)
    table = os.path.join(FOLDER, "gmail_passwd")
    guest.say("the password is for root alone", modes_of(table) != (0, 0o600) and modes_of(table))
    settings = os.path.join(FOLDER, "main.cf")
    guest.say("the settings are for everybody", modes_of(settings)[1] != 0o644
              and modes_of(settings))
    hosts = guest.run_any(["postconf", "-h", "relayhost"], env=env)
    guest.say("the port is the open one", hosts.out != f"[smtp.gmail.com]:{port}\n" and hosts)
    mail = f"From: root\nTo: {USER}\nSubject: {subject}\n\nHabari?\n"
    guest.expect("it takes mail", guest.run_any(["sendmail", "-i", USER], stdin=mail, env=env),
                 code=0)
    guest.say("and hands it on", not guest.find(subject) and
              open(os.path.join(ROOM, "log", "relay"), encoding="utf-8").read()[-2000:])
    # Once more, with a password for a terminal that is none: nothing may change.
    with open(table, "rb") as file:
        before = file.read()
    again = guest.run_any(["sh", os.path.join(target, "set-up-postfix.sh")], env=env)
    guest.expect("without a password nothing is changed", again, code=1)
    with open(table, "rb") as file:
        guest.say("not even the table", file.read() != before and "it is another")
    subprocess.run(["postfix", "stop"], env=env, capture_output=True, check=False)
    wait_until(lambda: not os.path.exists(f"{PLACE}/spool/pid/master.pid"), 1)
    # What only root can read is the one place where it may be.
    guest.say("the password stands there", read_secret("app-password").encode() not in before
              and "not")
    os.remove(table)


CASES = [
    ("tls", "", lambda guest: relay(guest, 465)),
    ("starttls", "--fault refuse:465", lambda guest: relay(guest, 587)),
]
