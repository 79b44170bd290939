"""aerc shows the inbox, and sends what is written in it."""

import os
import pty
import select
import signal
import time

from guest import HOME, USER
from client_kit import PATIENCE

WRITE = """#!/bin/sh
# The person’s editor: puts the text in, and is done.
printf 'Habari?\\n' >> "$1"
"""


class Screen:
    """aerc at a terminal."""

    def __init__(self):
        editor = os.path.join(HOME, "editor")
        with open(editor, "w", encoding="utf-8") as file:
            file.write(WRITE)
        os.chmod(editor, 0o755)
        self.shown = ""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="xterm", EDITOR=editor, COLUMNS="120", LINES="40")
            os.execvp("aerc", ["aerc"])

    def wait(self, text):
        """Whether that is shown, from now on."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.shown += os.read(self.terminal, 65536).decode(errors="replace")
                except OSError:
                    return text in self.shown
        return text in self.shown

    def type(self, keys):
        self.shown = ""
        os.write(self.terminal, keys.encode())

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.terminal)


def use(client, subject):
    screen = Screen()
    try:
        client.say("aerc shows what has arrived", not screen.wait("ForAerc") and screen.shown)
        screen.type(f":compose -H 'To: {USER}' -H 'Subject: {subject}'\r")
        client.say("it lets write", not screen.wait("Send this email") and screen.shown)
        screen.type("y")
        client.expect_sent(subject)
    finally:
        screen.close()
    client.printed.append(screen.shown)


def whole(client, method, code=0):
    client.sign_in(method, code)
    if code == 0:
        client.deliver("ForAerc")
    client.hand_over("aerc")
    client.hand_over_again("aerc")
    use(client, f"aerc-{method}")


def port_587(client):
    client.sign_in(code=1)
    client.hand_over("aerc")
    screen = Screen()
    try:
        screen.wait("INBOX")
        screen.type(f":compose -H 'To: {USER}' -H 'Subject: aerc-587'\r")
        client.say("it lets write", not screen.wait("Send this email") and screen.shown)
        screen.type("y")
        client.expect_sent("aerc-587")
    finally:
        screen.close()


CASES = [
    ("password", "", lambda client: whole(client, "app-password")),
    ("oauth", "", lambda client: whole(client, "oauth")),
    ("587", "--fault refuse:465", port_587),
]
