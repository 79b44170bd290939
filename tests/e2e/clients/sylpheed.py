"""Sylpheed: asks for the password once a session, or gets tokens by its helper, on a screen."""

import contextlib
import os
import subprocess

from client_kit import Client, stop, wait_until
from guest import HOME, USER
from mail_programs import messages_in

PLACE = os.path.join(HOME, ".sylpheed-2.0")
MAIN = f"{USER} - Sylpheed"


def ask(env, *words):
    """What the Sylpheed that runs answers to a second one, which ends at once.

    The second one has been seen to hang, once in hundreds of times, where nobody could see
    how; so it gets another try, and if that hangs too, where it hangs is told.
    """
    for _ in range(2):
        second = subprocess.Popen(["sylpheed", *words], env=env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            return second.communicate(timeout=20)[0]
        except subprocess.TimeoutExpired:
            place = whereabouts(second.pid)
        finally:
            stop(second, 1)
    raise RuntimeError(f"{words} hung twice: {Client.windows(env)} {place}")


def whereabouts(process):
    """What the system knows of a process, and which others there are."""
    found = [subprocess.run(["ps", "axf"], capture_output=True, text=True, check=False).stdout]
    for name in ("wchan", "syscall", "status"):
        with contextlib.suppress(OSError), open(f"/proc/{process}/{name}", encoding="utf-8") as file:
            found.append(file.read())
    return "\n".join(found)


def has(env, number):
    """Whether Sylpheed has so many messages in the inbox."""
    lines = ask(env, "--status-full").splitlines()
    return any(line.split(None, 3)[2:] == [str(number), f"#imap/{USER}/INBOX"] for line in lines)


def dialogs(client, env):
    """The windows that want something of the person."""
    known = ("Sylpheed", "sylpheed", "log", "Compose", "Notification", "Sending", "Receiving")
    return [title for title in client.windows(env)
            if title.strip() and not any(word in title for word in known)]


def find_window(env, title):
    found = subprocess.run(["xdotool", "search", "--name", title], env=env, capture_output=True,
                           text=True, check=False, timeout=30).stdout.split()
    return found[-1] if found else None


def type_password(client, env):
    """Types it where it is asked for."""
    window = wait_until(lambda: find_window(env, "Input password"), 20)
    client.say("it asks for the password", not window and client.windows(env))
    if window:
        client.learn(client.kept("app-password"))
        subprocess.run(["xdotool", "windowfocus", "--sync", window], env=env, check=False,
                       timeout=30)
        subprocess.run(["xdotool", "type", "--file", "-"], env=env, check=False, text=True,
                       input=client.kept("app-password"), timeout=30)
        subprocess.run(["xdotool", "key", "Return"], env=env, check=False, timeout=30)


def read(client, env, asks):
    client.deliver("Habari ya Sylpheed")
    ask(env, "--receive-all")
    if asks:
        type_password(client, env)
    there = wait_until(lambda: has(env, 1), 40)
    client.say("it fetches", not there and ask(env, "--status-full"), *dialogs(client, env))


def send(client, env, subject):
    ask(env, "--compose", f"{USER}?subject={subject}&body=Habari")
    window = wait_until(lambda: find_window(env, f"{subject} - Compose"), 20)
    if window:
        # The first button of its bar.
        subprocess.run(["xdotool", "mousemove", "--window", window, "--sync", "45", "45",
                        "click", "1"], env=env, check=False, timeout=30)
    client.expect_sent(subject)
    client.say("and asks nothing more for it", *dialogs(client, env))


def use(client, asks):
    path = f"{os.path.join(HOME, '.local', 'bin')}:{os.environ['PATH']}"
    with client.display() as screen:
        env = {**screen, "LANG": "en_US.UTF-8", "PATH": path}
        with client.running(["sylpheed"], env) as process:
            shown = wait_until(lambda: any(MAIN in title for title in client.windows(env)), 40)
            client.say("it opens its window, and no assistant",
                       not shown and client.windows(env), *dialogs(client, env))
            read(client, env, asks)
            send(client, env, "KutokaSylpheed")
            client.picture(env, "sylpheed")
            ask(env, "--exit")
            client.say("it ends", wait_until(lambda: process.poll() is not None, 20) is False
                       and client.windows(env))
    client.say("no second copy is sent to Gmail",
               len(messages_in("[Gmail]/Sent Mail")) and "one is")


def with_password(client):
    if client.lacks("sylpheed"):
        return
    client.sign_in()
    client.hand_over("sylpheed", questions=("password",))
    use(client, True)
    client.hand_over_again("sylpheed")


def with_token(client):
    if client.lacks("sylpheed"):
        return
    client.sign_in("oauth")
    client.hand_over("sylpheed")
    use(client, False)
    client.say("there is no log", os.path.isfile(os.path.join(PLACE, "sylpheed.log")))
    client.hand_over_again("sylpheed")


def with_log(client):
    """Where a log is kept already, tokens would get into it: nothing is done."""
    if client.lacks("sylpheed"):
        return
    client.sign_in("oauth")
    client.write(".sylpheed-2.0/sylpheed.log", "")
    done = client.run("export", USER, "--to", "sylpheed", "--apply", "--json")
    client.expect("with a log there it is refused", done, code=3, says="delete")


CASES = [
    ("password", "", with_password),
    ("token", "", with_token),
    ("log", "", with_log),
]
