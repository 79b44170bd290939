"""The part of the sign-in suite that runs inside a room: one step after another.

steps.py STEPS: a JSON list of {"argv", "stdin", "browser", "terminal", "times"}; prints
what came of each. "stdin" may name files of the room as "{app-password}". "browser" is what a person
does with the page that is printed on standard error: "follow" it, or "paste" where it
leads to. "terminal" is what is typed on one: [[what is waited for, what is typed]…]; all
that is seen there is the answer's standard error. "times" is how often the step is done
at once.
"""

import base64
import fcntl
import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
import threading
import urllib.error
import urllib.request

ROOM = os.environ["ROOM"]
PATIENCE = 60
SECRETS = ("app-password", "main-password", "access-token", "refresh-token")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def read(name):
    with open(os.path.join(ROOM, name), encoding="utf-8", errors="replace") as file:
        return file.read()


def fill(text):
    return re.sub(r"\{([a-z-]+)\}", lambda match: read(match.group(1)).strip(), text)


def ask(uri):
    """Where a page leads to, if anywhere."""
    try:
        with urllib.request.build_opener(NoRedirect).open(uri, timeout=PATIENCE):
            return None
    except urllib.error.HTTPError as error:
        return error.headers.get("Location")


def browse(process, how, seen):
    for line in process.stderr:
        seen.append(line)
        if line.startswith(b"https://accounts.google.com/"):
            answer = ask(line.decode().strip())
            if answer and how == "follow":
                ask(answer)
            elif answer:
                process.stdin.write(b"http://127.0.0.1/?code=wrong\n" + answer.encode() + b"\n")
                process.stdin.flush()


class Screen:
    def __init__(self, fd):
        self.fd = fd
        self.seen = b""

    def read(self, until=None):
        """Whether it came, before the end or a minute of silence."""
        while until is None or until not in self.seen:
            if not select.select([self.fd], [], [], PATIENCE)[0]:
                return False
            try:
                piece = os.read(self.fd, 65536)
            except OSError:  # the other end is closed
                return False
            if not piece:
                return False
            self.seen += piece
        return True


def take_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def use_terminal(step, answers):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(step["argv"], stdin=theirs, stdout=theirs, stderr=theirs,
                               preexec_fn=take_terminal)
    screen = Screen(ours)
    seen = b""
    for wanted, typed in step["terminal"]:
        if screen.read(wanted.encode()):
            seen += screen.seen
            screen.seen = b""
            os.write(ours, fill(typed).encode())
    code = process.wait()
    echoes = bool(termios.tcgetattr(theirs)[3] & termios.ECHO)
    os.close(theirs)
    screen.read()
    answers.append({
        "stdout": "", "stderr": base64.b64encode(seen + screen.seen).decode(), "code": code,
        "words": "", "echoes": echoes,
    })


def run(step, answers):
    if step.get("terminal"):
        use_terminal(step, answers)
        return
    process = subprocess.Popen(step["argv"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    with open(f"/proc/{process.pid}/cmdline", "rb") as words:
        shown = words.read()
    if step.get("browser"):
        seen = []
        thread = threading.Thread(target=browse, args=(process, step["browser"], seen))
        thread.start()
        out = process.stdout.read()
        thread.join()
        process.stdin.close()
        process.wait()
        err = b"".join(seen)
    else:
        out, err = process.communicate(fill(step.get("stdin") or "").encode())
    answers.append({
        "stdout": base64.b64encode(out).decode(), "stderr": base64.b64encode(err).decode(),
        "code": process.returncode, "words": shown.decode(errors="replace"),
    })


def files():
    """What lies in the person's home, and which of it holds a secret in the clear."""
    found = {}
    needles = [read(name).strip().encode() for name in SECRETS] + [b"ya29."]
    for folder, _, names in os.walk(os.environ["HOME"]):
        for name in names:
            path = os.path.join(folder, name)
            try:
                with open(path, "rb") as file:
                    text = file.read()
            except OSError:
                continue
            found[os.path.relpath(path, os.environ["HOME"])] = {
                "leaks": any(needle in text for needle in needles),
                "mode": os.stat(path).st_mode & 0o777,
            }
    return found


def main():
    answers = []
    for step in json.loads(sys.argv[1]):
        together = []
        threads = [threading.Thread(target=run, args=(step, together))
                   for _ in range(step.get("times", 1))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answers.append(together)
    try:
        log = read("log/stand-in").splitlines()
    except FileNotFoundError:
        log = []
    json.dump({"steps": answers, "files": files(), "log": log}, sys.stdout)


main()
