"""Alpine: reads through the open mailbox, sends through msmtp, at a terminal."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from guest import PATIENCE, USER

# What a question would look like.
QUESTIONS = ("PASSWORD", "password", "Create", "create", "ACCEPT", "Accept")


def plain(shown):
    """What is on the screen, more or less: without the ways to put it there."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()].|\x1b[=>78]|\0", " ", shown)


class Terminal:
    """A terminal of 30 lines with a program in it."""

    def __init__(self, command):
        self.child, self.screen = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
            os.environ.update(TERM="vt100")
            os.execvp(command[0], command)
        self.shown, self.all = "", ""

    def wait_for(self, text, seconds=PATIENCE):
        """Waits until it shows that, since the last key; then until it is quiet."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.screen], [], [], 0.2)[0]:
                try:
                    more = os.read(self.screen, 65536)
                except OSError:
                    break
                if not more:
                    break
                self.shown += more.decode(errors="replace")
            elif text in plain(self.shown):
                return True
        return text in plain(self.shown)

    def press(self, keys):
        self.all, self.shown = self.all + self.shown, ""
        os.write(self.screen, keys.encode())

    def end(self):
        """The whole that was shown."""
        self.press("")
        with contextlib.suppress(OSError):
            os.kill(self.child, signal.SIGTERM)
        os.waitpid(self.child, 0)
        os.close(self.screen)
        return plain(self.all + self.shown)


def without_question(client, shown):
    asked = [word for word in QUESTIONS if word in shown]
    client.printed.append(shown)
    client.say("and asks nothing", asked and f"{asked}: {shown[-2000:]}")


def read(client, subject):
    client.deliver(subject)
    terminal = Terminal(["alpine", "-i"])
    client.say("Alpine shows what has come", not terminal.wait_for(subject) and terminal.shown)
    terminal.press("l")
    terminal.wait_for("FOLDER LIST")
    terminal.press("q")
    terminal.wait_for("Really quit")
    terminal.press("y")
    client.say("and ends", not terminal.wait_for("Alpine finished") and terminal.shown)
    without_question(client, terminal.end())


def send(client, subject):
    terminal = Terminal(["alpine", USER])
    terminal.wait_for("Message Text")
    terminal.press("\x0e\x0e\x0e")
    terminal.wait_for("")
    terminal.press(subject)
    terminal.wait_for(subject[-1])
    terminal.press("\x0eHabari?")
    terminal.wait_for("Habari")
    terminal.press("\x18")
    terminal.wait_for("Send message")
    terminal.press("y")
    ended = terminal.wait_for("Alpine finished")
    shown = terminal.end()
    client.say("Alpine sends", not ended and shown[-2000:])
    without_question(client, shown)
    client.expect_sent(subject)


def use(client, method):
    client.sign_in(method)
    client.hand_over("alpine")
    read(client, "Habari ya Alpine")
    send(client, "Kutoka Alpine")
    read(client, "Habari tena")
    client.hand_over_again("alpine")


def with_password(client):
    if not client.lacks("alpine") and not client.lacks("msmtp"):
        use(client, "app-password")


def with_token(client):
    if not client.lacks("alpine") and not client.lacks("msmtp"):
        use(client, "oauth")


def when_locked_out(client):
    """Without a secret the mailbox stays shut, and no password goes anywhere."""
    if client.lacks("alpine"):
        return
    client.sign_in()
    client.hand_over("alpine")
    client.run("sign-out", USER)
    terminal = Terminal(["alpine", "-i"])
    failed = terminal.wait_for("No folder is currently open")
    shown = terminal.end()
    client.say("the mailbox stays shut", not failed and shown[-2000:])
    without_question(client, shown)


CASES = [
    ("password", "", with_password),
    ("token", "", with_token),
    ("locked-out", "", when_locked_out),
]
