"""What the tests of real mail programs have in common: signing in, handing over, looking.

A program's own test is clients/<id>.py. It has a list CASES of (name, options of the room,
function); the function takes a Client, uses the program as a person would, and says what
it saw. “test-clients.py” runs each case in a room of its own, on a fresh home.
"""

import contextlib
import email.message
import email.utils
import os
import smtplib
import subprocess

import browser_cases
from guest import HOME, PATIENCE, ROOM, USER, Guest, read_secret, wait_until
from mail_programs import messages_in

NAME = "Zoë Moyo"


def stop(process, seconds=10):
    """Ends a process, kindly first; returns what it printed."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()


class Client(Guest):
    """A guest who sets up mail programs."""

    def sign_in(self, method="app-password", code=0):
        """Signs in with an app password, or in the browser ("oauth"); 1 with a warning."""
        if method == "oauth":
            browser_cases.register()
            return browser_cases.sign_in(self)
        done = self.run("sign-in", USER, "--app-password", "--name", NAME, "--json",
                        stdin=read_secret("app-password"))
        return self.expect("signing in", done, code=code)

    def hand_over(self, client, *words, questions=()):
        """Exports and applies; returns the answer. No question may remain but those."""
        done = self.run("export", USER, "--to", client, "--apply", "--json", *words)
        self.expect(f"the settings are handed to {client}", done, code=0)
        answer = done.json()
        self.say("and applied", not answer.get("applied") and done)
        left = [text for text in answer.get("questions", [])
                if not any(known in text for known in questions)]
        self.say("no question is left", *left)
        return answer

    def hand_over_again(self, client, *words):
        """The same once more must change nothing."""
        done = self.run("export", USER, "--to", client, "--apply", "--json", *words)
        self.expect("handing over twice works", done, code=0)
        files = [change for change in done.json().get("changes", [])
                 if change.get("kind") == "file"]
        self.say("and changes no file", *files)

    @staticmethod
    def outgoing():
        """A connection for sending, through whichever port is open."""
        try:
            return smtplib.SMTP_SSL("smtp.gmail.com", 465, timeout=PATIENCE)
        except OSError:
            server = smtplib.SMTP("smtp.gmail.com", 587, timeout=PATIENCE)
            server.starttls()
            return server

    def deliver(self, subject, text="Habari?"):
        """Puts a message into the mailbox, by way of the servers."""
        message = email.message.EmailMessage()
        message["From"], message["To"], message["Subject"] = f"Juma <{USER}>", USER, subject
        message["Date"] = email.utils.formatdate()
        message["Message-ID"] = email.utils.make_msgid(domain="gmail.com")
        message.set_content(text)
        with self.outgoing() as server:
            server.login(USER, read_secret("app-password"))
            server.send_message(message)
        if not self.find(subject):
            raise RuntimeError(f"“{subject}” could not be delivered")

    @staticmethod
    def find(subject, folder="INBOX", seconds=PATIENCE):
        """Waits for a message to be in a folder at the server; returns it, or None."""
        return wait_until(lambda: next((message for message in messages_in(folder)
                                        if message["Subject"] == subject), None), seconds)

    def expect_sent(self, subject, name="what is sent arrives"):
        message = self.find(subject)
        self.say(name, not message and f"“{subject}” did not arrive")
        if message:
            self.say("with the person’s name", USER not in message["From"] and message["From"])
        return message

    @staticmethod
    def logged(server, text):
        """How many lines of a server's log ("dovecot", "postfix") hold that."""
        path = os.path.join(ROOM, "log", server)
        with contextlib.suppress(OSError), open(path, encoding="utf-8", errors="replace") as log:
            return sum(text in line for line in log)
        return 0

    @contextlib.contextmanager
    def display(self, size="1280x900x24"):
        """A screen without a window manager; gives the environment for it."""
        log = open(os.path.join(ROOM, "log", "display"), "w", encoding="utf-8")
        reading, writing = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", size,
                                   "-nolisten", "tcp"], pass_fds=[writing], stdout=log, stderr=log)
        os.close(writing)
        try:
            with open(reading, encoding="ascii") as pipe:
                number = pipe.readline().strip()
            if not number:
                raise RuntimeError("no display")
            yield {**os.environ, "DISPLAY": f":{number}", "GDK_BACKEND": "x11",
                   "GSK_RENDERER": "cairo", "LIBGL_ALWAYS_SOFTWARE": "1"}
        finally:
            stop(server)
            log.close()

    @contextlib.contextmanager
    def running(self, command, env=None):
        """Runs a program beside the test; what it prints is in the room's log."""
        path = os.path.join(ROOM, "log", os.path.basename(command[0]))
        with open(path, "a", encoding="utf-8") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                       env=env)
            try:
                yield process
            finally:
                stop(process)

    @staticmethod
    def windows(env):
        """The titles of the windows on a display."""
        tree = subprocess.run(["xwininfo", "-root", "-tree"], env=env, capture_output=True,
                              text=True, check=False).stdout
        return [line.split('"')[1] for line in tree.splitlines() if line.count('"') >= 2]

    @staticmethod
    def picture(env, name):
        """Keeps a picture of a display beside the logs, to be looked at."""
        path = os.path.join(ROOM, "log", f"{name}.png")
        subprocess.run(["import", "-window", "root", path], env=env, check=False,
                       capture_output=True)
        return path

    @staticmethod
    def write(name, text, mode=0o600):
        """Writes a file in the home."""
        path = os.path.join(HOME, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path
