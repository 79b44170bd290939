"""Claws Mail: reads through the open mailbox, sends through msmtp, on a screen."""

import imaplib
import os
import shutil
import subprocess
import time

from client_kit import PATIENCE, wait_until
from guest import HOME, USER, read_secret
from mail_programs import messages_in

MAIN = f"{USER} - Claws Mail"


def folders_there():
    with imaplib.IMAP4_SSL("imap.gmail.com", timeout=PATIENCE) as imap:
        imap.login(USER, read_secret("app-password"))
        return sorted(imap.list()[1])


def ask(env, *words):
    return subprocess.run(["claws-mail", *words], env=env, capture_output=True, text=True,
                          check=False, timeout=PATIENCE).stdout


def has(env, folder, number):
    """Whether Claws has so many messages in one of its folders."""
    lines = ask(env, "--status-full").splitlines()
    return any(line.split(None, 3)[2:] == [str(number), folder] for line in lines)


def dialogs(client, env):
    """The windows that want something of the person."""
    known = ("Claws Mail", "claws-mail", "log", "Compose", "Sending")
    return [title for title in client.windows(env)
            if title.strip() and not any(word in title for word in known)]


def open_it(client, env):
    """Waits for the main window, and for nothing else."""
    shown = wait_until(lambda: any(MAIN in title for title in client.windows(env)))
    client.say("Claws opens its window, and no assistant", not shown and client.windows(env),
               *dialogs(client, env))


def read(client, env, subject):
    client.deliver(subject)
    ask(env, "--receive-all")
    there = wait_until(lambda: has(env, f"#imap/{USER}/INBOX", 1))
    client.say("it fetches without a question", not there and ask(env, "--status-full"),
               *dialogs(client, env))


def press_send(client, env):
    """Presses the key for sending; says whether the message has gone."""
    found = subprocess.run(["xdotool", "search", "--name", "Compose message"], env=env,
                           capture_output=True, text=True, check=False, timeout=PATIENCE).stdout.split()
    if found:
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1], "key", "ctrl+Return"],
                       env=env, check=False, capture_output=True, timeout=PATIENCE)
    return wait_until(lambda: not any("Compose" in title for title in client.windows(env)), 4)


def send(client, env, subject):
    path = client.write("message", f"To: {USER}\nSubject: {subject}\n\nHabari?\n")
    ask(env, "--compose-from-file", path)
    wait_until(lambda: any("Compose" in title for title in client.windows(env)))
    client.say("it takes the key for sending", not wait_until(lambda: press_send(client, env))
               and client.windows(env))
    client.expect_sent(subject)
    client.say("and asks nothing for it", *dialogs(client, env))


def close(client, env, process):
    ask(env, "--quit")
    client.say("it ends", wait_until(lambda: process.poll() is not None) is False
               and client.windows(env))


def use(client, method):
    client.sign_in(method)
    before = folders_there()
    client.hand_over("claws-mail")
    # In the language C it complains that there is no dictionary.
    with client.display() as screen:
        env = {**screen, "LANG": "en_US.UTF-8", "LC_ALL": "", "NO_AT_BRIDGE": "1"}
        with client.running(["claws-mail"], env) as process:
            open_it(client, env)
            read(client, env, "Habari ya Claws")
            send(client, env, "Kutoka Claws")
            client.picture(env, "claws")
            close(client, env, process)
    client.say("no folder is made at Gmail", folders_there() != before and folders_there())
    client.say("no second copy is sent there", len(messages_in("[Gmail]/Sent Mail")) and "one is")
    client.hand_over_again("claws-mail")


def while_open(client):
    """Its files are not written while it could write them over."""
    client.sign_in()
    with client.display() as screen:
        env = {**screen, "LANG": "en_US.UTF-8", "NO_AT_BRIDGE": "1"}
        with client.running(["claws-mail"], env):
            wait_until(lambda: client.windows(env))
            done = client.run("export", USER, "--to", "claws-mail", "--apply", "--json")
            client.expect("while it runs nothing is written", done, code=3, cause="running")


def with_password(client):
    if not client.lacks("claws-mail") and not client.lacks("msmtp"):
        use(client, "app-password")


def with_token(client):
    if not client.lacks("claws-mail") and not client.lacks("msmtp"):
        use(client, "oauth")


def running(client):
    if not client.lacks("claws-mail"):
        while_open(client)


def read_until(pipe, end):
    """All that comes, to that or to the pipe's own end."""
    text = b""
    while end not in text:
        more = os.read(pipe, 4096)
        if not more:
            break
        text += more
    return text


def between(client):
    """A process of Claws’ that stands between it and the tunnel for ever is ended."""
    shell = os.path.join(HOME, "claws-mail")
    shutil.copy(os.path.realpath("/bin/sh"), shell)
    client.sign_in()
    # The inner one waits for the tunnel, and the tunnel for the end of its input.
    inner = f"{client.barua} tunnel imap {USER} <&3 >&4; echo survived"
    outer = f'"{shell}" -c "$INNER"; echo ended with $?'
    for name, program, expected in (("a stuck one of Claws’ is ended", shell, "ended with 137\n"),
                                    ("no other is", "/bin/sh", "survived\nended with 0\n")):
        read_end, write_end = os.pipe()
        heard, said = os.pipe()
        process = subprocess.Popen(
            ["sh", "-c", f'exec 3<&0 4>&2 2>/dev/null; exec "{program}" -c "$OUTER"'],
            env={**os.environ, "INNER": inner, "OUTER": outer}, stdin=read_end,
            stdout=subprocess.PIPE, stderr=said, text=True)
        os.close(said)
        greeting = read_until(heard, b"\r\n")
        if program == shell:
            wait_until(lambda: process.poll() is not None)
        else:
            time.sleep(1)
        os.write(write_end, b"a LOGOUT\r\n")
        answer = read_until(heard, b"a OK")
        os.close(write_end)
        out = process.communicate(timeout=PATIENCE)[0]
        client.say(name, out != expected and out,
                   not greeting.startswith(b"* PREAUTH") and f"greeted by {greeting}",
                   b"a OK" not in answer and "no answer")


CASES = [
    ("password", "", with_password),
    ("token", "", with_token),
    ("running", "", running),
    ("between", "", between),
]
