"""Running programs in rooms, several rooms at once, and judging what they print."""

import base64
import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))

from roomkit import desktop  # noqa: E402

# The programs wait far more than they compute.
ROOMS_AT_ONCE = int(os.environ.get("ROOMS_AT_ONCE", "6"))
# For so many seconds a program may wait for processors, and still be judged.
OVERDUE = 1
STAGES = {"resolve", "connect", "tls", "greeting", "capabilities", "starttls", "sign-in",
          "rehearsal", "test-message"}
CLEAR_COMMANDS = {"EHLO", "HELO", "STARTTLS", "NOOP", "QUIT"}


# What a signal may interrupt while it waits.
SLEEPING = ("write,writev,recvmsg,recvfrom,sendmsg,sendto,poll,ppoll,select,pselect6,epoll_wait,"
            "connect,accept4,wait4,waitid,fsync,flock")


def interrupting(when):
    """What to put before a command so that its system calls are interrupted (EINTR): "1+2"
    is the first of each kind, and every second one from there; nothing where processes may
    not be traced."""
    strace = shutil.which("strace")
    command = [strace, "-f", "-qq", "-o", "/dev/null"]
    if not strace or subprocess.run([*command, "true"], capture_output=True,
                                    check=False).returncode:
        return []
    return [*command, "-e", f"trace={SLEEPING}", "-e",
            f"inject={SLEEPING}:error=EINTR:when={when}"]


def watching():
    """What to put before a command so that valgrind finds what is wrong with its memory;
    nothing where there is no valgrind."""
    valgrind = shutil.which("valgrind")
    if not valgrind:
        return []
    return [valgrind, "-q", "--trace-children=yes", "--error-exitcode=99", "--leak-check=full",
            "--errors-for-leak-kinds=definite", "--show-leak-kinds=definite",
            f"--suppressions={os.path.join(HERE, '..', 'support', 'valgrind.supp')}"]


class Bench:
    """The programs under test, and certificates that all rooms share."""

    def __init__(self, room, stand_in, barua, prober, ordinary=False):
        self.programs = {"room": room, "stand-in": stand_in, "barua": barua, "prober": prober}
        self.folder = tempfile.TemporaryDirectory()
        # For how many seconds this machine let programs wait, in all rooms that were.
        self.stood = 0
        self.inside = os.path.join(HERE, "inside.py")
        self.drop_rights = []
        if ordinary:
            self.move_out()
            if os.geteuid() == 0:
                self.drop_rights = ["setpriv", "--reuid=65534", "--regid=65534",
                                    "--clear-groups"]
        with open(barua, "rb") as program:
            self.sanitized = b"__asan_init" in program.read()
        # With sanitizers they do compute.
        self.at_once = max(1, ROOMS_AT_ONCE // 2) if self.sanitized else ROOMS_AT_ONCE
        self.certificates = os.path.join(self.folder.name, "certificates")
        maker = os.path.join(HERE, "..", "support", "make-certificates")
        subprocess.run([maker, self.certificates], check=True)
        # For whoever runs the room: there is nothing to hide about keys an hour old.
        subprocess.run(["chmod", "-R", "a+rX", self.folder.name], check=True)

    def move_out(self):
        """Copies all that is needed to where anybody may read it."""
        tests = os.path.join(self.folder.name, "tests")
        os.makedirs(os.path.join(tests, "e2e"))
        shutil.copytree(os.path.join(HERE, "..", "support"), os.path.join(tests, "support"))
        for name in ("room", "stand-in", "barua", "prober"):
            # What it becomes for all that takes longer lies beside it.
            rest = f"{self.programs[name]}-commands"
            if os.path.exists(rest):
                shutil.copy(rest, tests)
            self.programs[name] = shutil.copy(self.programs[name], os.path.join(tests, name))
        self.inside = shutil.copy(self.inside, os.path.join(tests, "e2e"))

    @property
    def barua(self):
        return self.programs["barua"]

    @property
    def prober(self):
        return self.programs["prober"]

    def command(self, options, *inside):
        words = shlex.split(options)
        if "--servers" not in words:
            words += ["--servers", "stand-in"]
        return [*self.drop_rights, self.programs["room"], "--stand-in",
                self.programs["stand-in"], "--certificates", self.certificates, *words, "--",
                *inside]

    def run(self, options, jobs):
        """Runs the jobs side by side in one room: [{"argv", "stdin", "interrupt"}…]."""
        command = self.command(options, "python3", self.inside, json.dumps(jobs))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"room: {done.returncode} {done.stderr}")
        answer = json.loads(done.stdout)
        # What waited long for a processor is in doubt as well.
        answer["stood"] += sum(job["lost"] for job in answer["jobs"] if job["lost"] > OVERDUE)
        self.stood += answer["stood"]
        for job in answer["jobs"]:
            for stream in ("stdout", "stderr"):
                job[stream] = base64.b64decode(job[stream])
        return answer

    def trial(self):
        """Why there can be no room here, if so."""
        done = subprocess.run(self.command("", "true"), capture_output=True, text=True,
                              check=False)
        return done.stderr.strip() if done.returncode == 77 else None


def secrets():
    """Every form in which a secret could be found in what is printed."""
    user = "zoe@gmail.com"
    for secret in desktop.SECRETS.values():
        yield secret
        for message in (secret, f"\0{user}\0{secret}", f"user={user}\1auth=Bearer {secret}\1\1",
                        f"n,a={user},\1"):
            yield base64.b64encode(message.encode()).decode().rstrip("=")


def unreadable(text):
    """Control characters, and marks that turn text around or hide, which nobody may print."""
    return re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e"
                      "\u2060-\u206f\ufeff\ud800-\udfff]", text)


class Shape:
    """Compares an answer with the contract of `check --json`."""

    def __init__(self):
        self.faults = []

    def need(self, holds, what):
        if not holds:
            self.faults.append(f"shape: {what}")

    def keys(self, value, names, what):
        self.need(isinstance(value, dict) and set(value) == set(names.split()),
                  f"{what} has {sorted(value) if isinstance(value, dict) else value}")
        return isinstance(value, dict)

    def verdict(self, value, what):
        if not self.keys(value, "cause severity service title explanation steps sure evidence",
                         what):
            return
        self.need(re.fullmatch("[a-z0-9-]+", value["cause"]), f"{what}.cause")
        self.need(value["severity"] in ("ok", "warning", "error"), f"{what}.severity")
        self.need(value["service"] in ("smtp", "imap", "pop", None), f"{what}.service")
        self.need(0 <= value["sure"] <= 1, f"{what}.sure")
        self.need(value["title"] and value["explanation"], f"{what}.title")
        self.need(all(isinstance(text, str) and len(text) < 5000 for text in value["evidence"]),
                  f"{what}.evidence")
        if value["cause"] != "ok":
            self.need(value["steps"], f"{what}.steps: none")
        for step in value["steps"]:
            self.need(set(step) <= {"text", "url"} and step.get("text"), f"{what}.steps")
            self.need(re.match(r"https://([a-z]+\.)*google\.com/", step.get("url")
                               or "https://google.com/"), f"{what}.steps: {step.get('url')}")

    def service(self, value, what):
        if not self.keys(value, "service host port security usable verdict stages addresses tls"
                         " capabilities transcript", what):
            return
        self.verdict(value["verdict"], f"{what}.verdict")
        # A test message that is late keeps nobody from reading.
        late = any(stage["stage"] == "test-message" and not stage["ok"]
                   for stage in value["stages"]) and value["service"] == "imap"
        usable = value["verdict"]["severity"] in (("ok", "warning") if late else ("ok",))
        self.need(value["usable"] == usable, f"{what}.usable")
        self.need(value["security"] == ("starttls" if value["port"] == 587 else "tls"),
                  f"{what}.security")
        for stage in value["stages"]:
            self.keys(stage, "stage ok ms detail", f"{what}.stages")
            self.need(stage["stage"] in STAGES and stage["ms"] >= 0, f"{what}.stages")
        if value["tls"] is not None:
            self.keys(value["tls"], "version cipher issuer subject expires errors", f"{what}.tls")

    def check(self, value):
        names = "address host_kind verdict services warnings started ms"
        # An address that somebody else keeps may be a slip of the fingers.
        if isinstance(value, dict) and "suggestion" in value:
            names += " suggestion"
        if self.keys(value, names, "answer"):
            self.verdict(value["verdict"], "verdict")
            for number, service in enumerate(value["services"]):
                self.service(service, f"services[{number}]")
            for number, warning in enumerate(value["warnings"]):
                self.verdict(warning, f"warnings[{number}]")
            self.need(value["host_kind"] in ("gmail", "workspace", "other"), "host_kind")
        return self.faults


def flat(text):
    return " ".join(text.split())


def said_in_the_clear(log):
    """Commands that came on a connection before it was protected."""
    secure = set()
    for line in log:
        _, who, event, text = line.split("\t", 3)
        if event == "tls":
            secure.add(who)
        elif event == "command" and who.startswith("587#") and who not in secure:
            if text not in CLEAR_COMMANDS:
                yield f"{who}: {text}"
        elif event == "clear-secret":
            yield f"{who}: a secret"


class Slow(str):
    """A fault of time alone, which a busy machine can cause as well."""


def trials(bench, rows, work, judge):
    """Yields each row with what came of it and its faults. What a machine that is busy or
    stands still can cause is tried again, with nothing else beside it, and that is told."""
    again = []
    for row, job in each(rows, work, bench.at_once):
        outcome, faults = judged(row, job.result, judge)
        if faults and is_doubtful(faults, outcome["stood"] if outcome else 0):
            again.append((row, faults))
        else:
            yield row, outcome, faults
    for row, faults in again:
        for _ in range(3):
            before = bench.stood
            tell_second_try(row, faults)
            outcome, faults = judged(row, lambda tried=row: work(tried), judge)
            if not faults or not is_doubtful(faults, bench.stood - before):
                break
        yield row, outcome, faults


def judged(row, run, judge):
    outcome = None
    try:
        outcome = run()
        return outcome, list(judge(row, outcome))
    except (RuntimeError, ValueError, KeyError) as error:
        return outcome, [repr(error)]


def tell_second_try(name, faults):
    """In the log, and again where the tests are counted."""
    lines = "\n".join(map(str, faults)).splitlines()
    print("\n".join([f"# second try of “{name}”", *(f"#   {line}" for line in lines)]), flush=True)


def is_doubtful(faults, stood):
    if any(re.search("secret|verifier|a state is", str(fault)) for fault in faults):
        # That is forgiven to nobody.
        return False
    return stood > 0 or any(isinstance(fault, Slow) for fault in faults)


def each(rows, work, at_once=ROOMS_AT_ONCE):
    """Yields each row with what came of it, in order, several at a time."""
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        jobs = [(row, pool.submit(work, row)) for row in rows]
        for row, job in jobs:
            yield row, job


class Tap:
    def __init__(self, count):
        self.number = self.failed = 0
        print(f"1..{count}", flush=True)

    def say(self, name, faults):
        self.number += 1
        self.failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.number} {name}", flush=True)
        for fault in faults:
            for line in str(fault).splitlines() or [""]:
                print(f"# {line}", flush=True)
