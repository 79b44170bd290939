"""Somebody in a room who uses barua: with a terminal, a browser, and watchful eyes."""

import base64
import contextlib
import hashlib
import http.client
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import stalls  # noqa: E402

ROOM = os.environ.get("ROOM", "")
HOME = os.environ.get("HOME", "")
USER = "zoe@gmail.com"
CLIENT = "room.apps.googleusercontent.com"
PATIENCE = 60
# All whose addresses may be looked up: mail, Google's sign-in, and the page that tells of
# the network.
HOSTS = {"smtp.gmail.com", "imap.gmail.com", "pop.gmail.com", "accounts.google.com",
         "oauth2.googleapis.com", "connectivitycheck.gstatic.com"}
# Whose exchangers may be asked for: those of the addresses that are typed.
DOMAINS = {"gmail.com", "office.example"}
VERIFIER_LENGTH = 86
VERIFIER = re.compile(r"[\w.~-]{%d,}" % VERIFIER_LENGTH, re.ASCII)


def read_secret(name):
    with open(os.path.join(ROOM, name), encoding="ascii") as file:
        return file.read().strip()


def wait_until(holds, seconds=PATIENCE):
    """Waits until that holds; returns what it gave, or its last answer that is none."""
    end = time.monotonic() + seconds
    while True:
        answer = holds()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.1)


def hashes(text):
    """The challenges of all verifiers that could be part of that."""
    for start in range(len(text) - VERIFIER_LENGTH + 1):
        digest = hashlib.sha256(text[start:start + VERIFIER_LENGTH].encode()).digest()
        yield base64.urlsafe_b64encode(digest).decode().rstrip("=")


def forms(secret):
    """Every form in which a secret could be left somewhere."""
    yield secret
    for message in (secret, f"\0{USER}\0{secret}", f"user={USER}\1auth=Bearer {secret}\1\1"):
        yield base64.b64encode(message.encode()).decode().rstrip("=")
    quoted = urllib.parse.quote(secret, safe="")
    if quoted != secret:
        yield quoted


class Done:
    """How a program ended; of its seconds, those are left out that the machine lost."""

    def __init__(self, code, out, err, seconds):
        self.code, self.out, self.err, self.seconds = code, out, err, seconds

    def __str__(self):
        return f"exit {self.code} after {self.seconds:.1f} s: {self.out[-900:]!r} {self.err[-900:]!r}"

    def json(self):
        try:
            return json.loads(self.out)
        except ValueError:
            return {}

    def cause(self):
        """The word for what is wrong, whether it is a diagnosis or an error."""
        answer = self.json()
        return (answer.get("verdict") or {}).get("cause") or (answer.get("error") or {}).get("id")


class Guest:
    """Runs barua, collects what it says, and what has to stay secret."""

    def __init__(self, barua, desktop):
        self.barua, self.desktop = barua, desktop
        # What it becomes for all that takes longer is watched as well.
        self.watched = {barua, f"{barua}-commands"}
        self.seen = []
        self.skipped = False
        self.secrets = set()
        self.printed = []
        for name in ("app-password", "main-password", "refresh-token"):
            self.learn(read_secret(name))
        self.machine = stalls.Stalls()
        self.watch = Watch(self)
        self.journal = Journal()
        # What is worth nothing by itself, and yet is to be in no file: states of attempts,
        # and what their verifiers are hashed to.
        self.states, self.challenges = set(), set()

    def learn(self, secret):
        if secret and secret not in self.secrets:
            self.secrets |= set(forms(secret))
        return secret

    def learn_request(self, query):
        """What a browser was sent to Google with."""
        if "state" in query:
            self.states.add(query["state"])
            self.challenges.add(query["code_challenge"])

    def say(self, name, *faults):
        """Notes what was tried; each thing that is neither true nor empty is a fault."""
        self.seen.append([name, [str(fault) for fault in faults if fault]])

    def lacks(self, program):
        """Whether that program is not installed; then what needs it is skipped."""
        if shutil.which(program):
            return False
        return self.skip(program, "it is not installed")

    def skip(self, name, why):
        """Notes what cannot be tried here; Barua may then have had nothing to do."""
        self.seen.append([f"{name} # SKIP {why}", []])
        self.skipped = True
        return True

    def expect(self, name, done, **wanted):
        """Compares an ended command: code, out, err, cause, says (in either stream)."""
        faults = [] if done.seconds < PATIENCE else [f"took {done.seconds} s"]
        got = {"code": done.code, "out": done.out, "err": done.err}
        for key, value in wanted.items():
            if key == "cause":
                got[key] = done.cause()
            if key == "says":
                if value not in " ".join((done.out + done.err).split()):
                    faults.append(f"“{value}” is not said")
            elif got[key] != value:
                faults.append(f"{key}: {got[key]!r} and not {value!r}")
        if faults:
            faults.append(done)
        self.say(name, *faults)
        return done

    def since(self, begun):
        """The seconds since then, but for those that this machine lost."""
        now = time.monotonic()
        return max(0, now - begun - self.machine.lost(begun, now))

    def stood(self):
        """For how many seconds the machine stood still, a while at a time."""
        return self.machine.long(0, time.monotonic())

    def command(self, *words):
        return [self.barua, *words]

    def run(self, *words, stdin="", env=None, hand_out=False):
        return self.run_any(self.command(*words), stdin, env,
                            hand_out or words[0] in ("password", "token"))

    def run_any(self, command, stdin="", env=None, hand_out=False):
        begun = time.monotonic()
        process = stalls.Process(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, env=env)
        try:
            out, err = process.communicate(stdin.encode(), timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        done = Done(process.returncode, out.decode(errors="replace"),
                    err.decode(errors="replace"), max(0, self.since(begun) - process.delayed))
        self.printed.append(done.err if hand_out else done.out + done.err)
        return done

    def token(self, *words, env=None):
        done = self.run("token", USER, *words, env=env)
        if done.code == 0:
            self.learn(done.out.strip())
        return done

    def kept(self, kind, address=USER):
        """What another program finds in the keyring; None if nothing."""
        done = self.run_any(["secret-tool", "lookup", "service", "barua", "account", address,
                             "kind", kind], hand_out=True)
        return self.learn(done.out) if done.code == 0 and done.out else None

    def keyring(self):
        """How many items of ours there are."""
        done = self.run_any(["secret-tool", "search", "--all", "service", "barua"], hand_out=True)
        return len(re.findall(r"^label = ", done.out, re.MULTILINE))

    def accounts(self):
        return self.run("accounts", "--json").json().get("accounts")

    def at_terminal(self, command, answers, wait=PATIENCE):
        """Runs a command at a terminal; answers: [(what it shows, what is typed then)]."""
        begun = time.monotonic()
        child, screen = pty.fork()
        if child == 0:
            os.environ["TERM"] = "xterm"
            os.execvp(command[0], command)
        shown, answers = "", list(answers)
        fresh = 0
        while time.monotonic() - begun < wait:
            if answers and answers[0][0] in shown[fresh:]:
                fresh = len(shown)
                # The echo goes off right before the question is shown.
                os.write(screen, answers.pop(0)[1].encode())
            if not select.select([screen], [], [], 0.05)[0]:
                continue
            try:
                shown += os.read(screen, 4096).decode(errors="replace")
            except OSError:
                break
        else:
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.close(screen)
        self.printed.append(shown)
        return Done(code, shown.replace("\r\n", "\n"), "", self.since(begun))

    def sign_in_in_browser(self, visit, *words, env=None):
        """Signs in, and has visit(attempt) do what the person does; returns the end."""
        with Attempt(self, *words, env=env) as attempt:
            visit(attempt)
            return attempt.end()

    def traces(self):
        """Yields where a secret, or a form of one, is to be found that is no keyring's."""
        for path, content in self.files():
            if any(secret in content for secret in self.secrets):
                yield f"a secret is in {path}"
        for text in self.printed:
            yield from (f"a secret was printed: {text[:300]}" for secret in self.secrets
                        if secret in text)

    def files(self):
        """Yields all that anybody wrote, the servers' logs and the journal too."""
        for place in (HOME, os.environ["XDG_RUNTIME_DIR"], os.path.join(ROOM, "log")):
            for folder, _, names in os.walk(place):
                for path in (os.path.join(folder, name) for name in names):
                    with contextlib.suppress(OSError), open(path, "rb") as file:
                        yield path, file.read().decode("latin-1")

    def remains(self):
        """Yields where the state or the verifier of an attempt is to be found."""
        for path, content in self.files():
            # GIO tells the session which address it opened, as it does of every program.
            if (not path.endswith("/session-bus")
                    and any(state in content for state in self.states)):
                yield f"a state is in {path}"
            yield from (f"a verifier is in {path}" for run in VERIFIER.findall(content)
                        if self.challenges & set(hashes(run)))
        for text in self.printed:
            yield from (f"a verifier was printed: {text[:300]}" for run in VERIFIER.findall(text)
                        if self.challenges & set(hashes(run)))

    @staticmethod
    def names(kinds="A(?:AAA)?"):
        """The names that were looked up in the room, for addresses or for other kinds."""
        path = os.path.join(ROOM, "log", "names")
        with contextlib.suppress(OSError), open(path, encoding="utf-8", errors="replace") as log:
            return set(re.findall(rf"query\[{kinds}\] (\S+) from", log.read())) - {"localhost"}
        return set()

    def expect_no_other_host(self):
        self.say("no other host was looked for", *(self.names() - HOSTS),
                 *(self.names(r"(?!A(?:AAA)?\])\w+") - DOMAINS))

    def conclude(self):
        self.watch.stop()
        self.say("the journal was listened to", *self.journal.stop())
        self.say("a secret is left nowhere", *self.traces())
        self.say("no state and no verifier either", *self.remains())
        self.say("no argument and no environment held a secret", *self.watch.found)
        self.say("barua was watched while it ran",
                 not self.watch.times and not self.skipped and "never")
        return self.seen


class Journal:
    """Listens where the system's journal would, and writes down what it is sent."""

    FOLDER = "/run/systemd/journal"
    HELLO = b"The journal listens.\n"
    PLACES = {"socket": socket.SOCK_DGRAM, "dev-log": socket.SOCK_DGRAM,
              "stdout": socket.SOCK_STREAM}

    def __init__(self):
        self.path = os.path.join(ROOM, "log", "journal")
        self.ended = threading.Event()
        self.sockets = [self.listen(name, kind) for name, kind in self.PLACES.items()]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def listen(self, name, kind):
        path = os.path.join(self.FOLDER, name)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        listener = socket.socket(socket.AF_UNIX, kind)
        listener.bind(path)
        os.chmod(path, 0o666)
        if kind == socket.SOCK_STREAM:
            listener.listen()
        return listener

    def run(self):
        known = list(self.sockets)
        with open(self.path, "ab", buffering=0) as log:
            while not self.ended.is_set():
                for ready in select.select(known, [], [], 0.1)[0]:
                    if ready in self.sockets and ready.type == socket.SOCK_STREAM:
                        known.append(ready.accept()[0])
                        continue
                    text = ready.recv(1 << 18)
                    log.write(text)
                    if not text and ready.type == socket.SOCK_STREAM:
                        known.remove(ready)
                        ready.close()

    def stop(self):
        """Yields where it did not listen: each place is written to once."""
        for name, kind in (("/dev/log", socket.SOCK_DGRAM),
                           (f"{self.FOLDER}/socket", socket.SOCK_DGRAM),
                           (f"{self.FOLDER}/stdout", socket.SOCK_STREAM)):
            with socket.socket(socket.AF_UNIX, kind) as other:
                other.connect(name)
                other.sendall(self.HELLO)
        end = time.monotonic() + PATIENCE
        while self.count() < len(self.PLACES) and time.monotonic() < end:
            time.sleep(0.05)
        self.ended.set()
        self.thread.join()
        if self.count() != len(self.PLACES):
            yield f"{self.count()} of {len(self.PLACES)}"

    def count(self):
        with open(self.path, "rb") as log:
            return log.read().count(self.HELLO)


class Watch(threading.Thread):
    """Looks at the arguments and the environment of every process, again and again."""

    def __init__(self, guest):
        super().__init__(daemon=True)
        self.guest, self.found, self.times = guest, set(), 0
        self.ended = threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(0.01):
            for pid in filter(str.isdigit, os.listdir("/proc")):
                self.look(pid)

    def look(self, pid):
        for name in ("cmdline", "environ"):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/{name}", "rb") as file:
                text = file.read().decode("latin-1")
                if name == "cmdline" and text.split("\0")[0] in self.guest.watched:
                    self.times += 1
                if any(secret in text for secret in tuple(self.guest.secrets)):
                    self.found.add(f"{name}: {text[:60]!r}")

    def stop(self):
        self.ended.set()
        self.join()


class Attempt:
    """A “barua sign-in --browser” that waits for its answer."""

    def __init__(self, guest, *words, env=None):
        self.attend(guest, subprocess.Popen(
            guest.command("sign-in", USER, "--browser", "--json", *words), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env))

    @classmethod
    def around(cls, guest, process):
        """One that was started otherwise."""
        self = cls.__new__(cls)
        self.attend(guest, process)
        return self

    def attend(self, guest, process):
        self.guest, self.process = guest, process
        self.begun = time.monotonic()
        self.shown = b""
        self.uri = self.wait_for(rb"https://accounts\.google\.com/\S+")
        self.query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.uri).query))
        self.redirect = self.query.get("redirect_uri", "")
        self.state = self.query.get("state", "")
        self.guest.learn_request(self.query)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def wait_for(self, pattern):
        """Reads what is shown until it holds that, and a line's end after it."""
        end = time.monotonic() + PATIENCE
        stream = self.process.stderr.fileno()
        while time.monotonic() < end:
            found = re.search(pattern + rb"(?=\s)", self.shown)
            if found:
                return found.group().decode()
            if select.select([stream], [], [], 0.5)[0]:
                more = os.read(stream, 4096)
                if not more:
                    break
                self.shown += more
        return ""

    def answer(self, **fields):
        """The address that the browser would be sent to."""
        return f"{self.redirect}/?{urllib.parse.urlencode({'state': self.state, **fields})}"

    def consent(self):
        """Goes through Google's page, and stops short of the program's own."""
        status, _, target = fetch(self.uri)
        if not target:
            raise RuntimeError(f"no redirect: {status}")
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(target).query))
        self.guest.learn(query.get("code"))
        return target

    def paste(self, text):
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def interrupt(self):
        self.begun = time.monotonic()
        self.process.send_signal(signal.SIGINT)

    def end(self):
        try:
            out, err = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, err = self.process.communicate()
        err = self.shown + err
        done = Done(self.process.returncode, out.decode(errors="replace"),
                    err.decode(errors="replace"), self.guest.since(self.begun))
        self.guest.printed.append(done.out + done.err)
        return done


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def fetch(url, **form):
    """Returns status, text and where it leads; status 0 if nobody is there."""
    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.build_opener(Stay).open(url, data, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode(), None
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers.get("Location")
    except (http.client.HTTPException, OSError):
        return 0, "", None


def asked(what):
    """How often the stand-in's web server was asked that, as in “POST /token”."""
    with open(os.path.join(ROOM, "log", "stand-in"), encoding="utf-8") as log:
        return sum(line.rstrip("\n").endswith(f"\t{what}") for line in log)


def bare(**kept):
    """An environment with next to nothing in it, as cron has."""
    sanitizers = {name: value for name, value in os.environ.items() if "SAN_OPTIONS" in name}
    return {**sanitizers, "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8"), "HOME": HOME, **kept}


def later(hours):
    """An environment some hours ahead."""
    for folder, _, files in os.walk("/usr/lib"):
        if "libfaketimeMT.so.1" in files:
            return {**os.environ, "LD_PRELOAD": os.path.join(folder, "libfaketimeMT.so.1"),
                    "FAKETIME": f"+{hours}h", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                    "NO_FAKE_STAT": "1"}
    raise RuntimeError("libfaketime is not installed")
