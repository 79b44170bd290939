#!/usr/bin/env python3
"""Runs the real program: what it says, where it says it, and what it exits with.

    commands.py PROGRAM

Nothing here needs a network: what does is played in the room.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import stalls  # noqa: E402

PROGRAM = os.path.abspath(sys.argv.pop(1))
MACHINE = stalls.Stalls()
GUARD = 60
WRONG_PASSWORD = (
    b"535-5.7.8 Username and Password not accepted. For more information, go to\n"
    b"535 5.7.8  https://support.google.com/mail/?p=BadCredentials x1 - gsmtp\n"
)


def environment(**changes):
    kept = {"PATH", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "G_DEBUG"}
    result = {key: value for key, value in os.environ.items() if key in kept}
    result.update(LC_ALL="C.UTF-8", TERM="xterm-256color")
    result.update(changes)
    return {key: value for key, value in result.items() if value is not None}


def run(*words, given=b"", **options):
    options.setdefault("env", environment())
    options.setdefault("stdout", subprocess.PIPE)
    return subprocess.run(
        [PROGRAM, *words], input=given, stderr=subprocess.PIPE, timeout=GUARD, **options
    )


class OnTerminal:
    """The program with a pseudo terminal for all three of its streams."""

    def __init__(self, *words, columns=80, **changes):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execve(PROGRAM, [PROGRAM, *words], environment(**changes))
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.seen = b""
        self.delayed = 0

    def read(self, until=None):
        end = time.monotonic() + GUARD
        while until is None or until not in self.seen:
            ready, _, _ = select.select([self.fd], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"silent for {GUARD} s after {self.seen!r}")
            try:
                piece = os.read(self.fd, 65536)
            except OSError:  # the other end is closed
                piece = b""
            if not piece:
                break
            self.seen += piece
        return self.seen.decode()

    def type(self, text):
        os.write(self.fd, text)

    def wait(self):
        self.read()
        self.delayed = stalls.delay(self.pid)
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return status


class WrongUse(unittest.TestCase):
    ROWS = [
        # what is typed, what is said of it
        (["chekc"], "Did you mean “barua check”?"),
        (["settigns"], "Did you mean “barua settings”?"),
        (["xyzzy"], "There is no command “xyzzy”."),
        (["zoe@gmail.com"], "“barua check zoe@gmail.com”"),
        (["--jsn"], "There is no option “--jsn”."),
        (["check", "--jsn"], "Did you mean “--json”?"),
        (["check", "--timeout"], "--timeout SECONDS"),
        (["check", "--timeout", "soon"], "“soon” is no time limit."),
        (["check", "--timeout=0"], "number of seconds"),
        (["check", "--only", "mail"], "smtp, imap and pop"),
        (["check", "--only", ""], "needs a value"),
        (["check", "--send-test"], "needs the address"),
        (["check", "zoe@gmail.com", "--send-test", "--no-sign-in"], "do not go together"),
        (["check", "zoe@gmail.com", "anna@gmail.com"], "“anna@gmail.com”"),
        (["check", "zoe@@gmail.com", "--json"], "“barua check --help”"),
        (["check", ""], "“barua check --help”"),
        (["settings", "a b@gmail.com"], "“barua settings --help”"),
        (["settings", "--json=1"], "takes no value"),
        (["explain", "one", "two"], "“two”"),
        (["export"], "Say for which address: “barua export zoe@gmail.com”."),
        (["export", "zoe@gmail.com"], "“--to thunderbird”"),
        (["export", "zoe@gmail.com", "--to", "pine"], "msmtp, "),
        (["export", "zoe@gmail.com", "--to", "msmtp,"], "There is no mail program “”"),
        (["export", "zoe@gmail.com", "--to", "settings", "--apply"], "“--output FOLDER”"),
        (["export", "zoe@gmail.com", "--to", "msmtp", "--incoming", "smtp"], "“smtp” is no way"),
        (["export", "zoe@gmail.com", "--to", "msmtp", "--apply", "--output", "x"],
         "do not go together"),
        (["clients", "msmtp"], "“msmtp”"),
        (["check", "--\x1b[2J"], "“--\ufffd[2J”"),
    ]

    def test_each(self):
        for words, says in self.ROWS:
            with self.subTest(words=words):
                done = run(*words)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, b"")
                said = done.stderr.decode()
                self.assertTrue(said.startswith("barua: "), said)
                self.assertIn(says, said)
                self.assertNotIn("\x1b", said)
                self.assertEqual(said.count("\n"), 1)

    def test_bytes_that_are_no_text(self):
        done = run(b"\xff\xfe", b"--json")
        self.assertEqual(done.returncode, 2)
        done.stderr.decode()
        self.assertEqual(run("settings", b"\xff@gmail.com").returncode, 2)

    def test_very_long_words(self):
        self.assertEqual(run("x" * 100000).returncode, 2)
        self.assertEqual(run("check", "--" + "x" * 100000).returncode, 2)
        self.assertEqual(run("settings", "x" * 100000 + "@gmail.com").returncode, 2)


class Help(unittest.TestCase):
    def test_program(self):
        done = run("--help")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        for word in (b"check", b"explain", b"settings", b"--version"):
            self.assertIn(word, done.stdout)

    def test_commands(self):
        for command in ("check", "explain", "settings"):
            done = run(command, "--help")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertIn(f"Usage: barua {command}".encode(), done.stdout)
            self.assertIn(b"--json", done.stdout)
            for line in done.stdout.decode().split("\n"):
                self.assertLessEqual(len(line), 80)

    def test_version(self):
        done = run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout.decode(), r"^Barua \d+\.\d+\.\d+\n$")

    def test_no_display(self):
        done = run()
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn("no display", done.stderr.decode())
        self.assertIn("barua check, barua explain, barua settings", done.stderr.decode())

    def test_never_links_gtk(self):
        needed = subprocess.run(["ldd", PROGRAM], stdout=subprocess.PIPE, check=True).stdout
        self.assertNotIn(b"libgtk", needed)
        self.assertNotIn(b"libadwaita", needed)


class Settings(unittest.TestCase):
    def test_text(self):
        done = run("settings")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        said = done.stdout.decode()
        for word in ("smtp.gmail.com", "465", "587", "STARTTLS", "imap.gmail.com", "993",
                     "pop.gmail.com", "995", "SSL/TLS"):
            self.assertIn(word, said)

    def test_json(self):
        answer = json.loads(run("settings", "--json").stdout)
        self.assertEqual([row["port"] for row in answer["smtp"]], [465, 587])
        self.assertEqual([row["security"] for row in answer["smtp"]], ["tls", "starttls"])
        self.assertEqual(answer["imap"][0]["host"], "imap.gmail.com")
        self.assertEqual(answer["pop"][0]["port"], 995)

    def test_address(self):
        for word in ("zoe@gmail.com", "Zoë <zoe@gmail.com>", " zoe@gmail.com ", "zoe"):
            done = run("settings", word, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["smtp"][0]["username"], "zoe@gmail.com")
        self.assertIn(b"zoe@gmail.com", run("settings", "zoe@gmail.com").stdout)


class Explain(unittest.TestCase):
    def test_standard_input(self):
        for words in (["explain"], ["explain", "-"]):
            done = run(*words, given=WRONG_PASSWORD)
            self.assertEqual((done.returncode, done.stderr), (1, b""))
            self.assertIn("https://myaccount.google.com/apppasswords", done.stdout.decode())
            self.assertIn("Line 1:", done.stdout.decode())

    def test_file(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"line\n" * 41 + WRONG_PASSWORD)
            file.flush()
            done = run("explain", file.name, "--json")
        answer = json.loads(done.stdout)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(answer["matches"][0]["line"], 42)
        self.assertEqual(answer["verdict"]["cause"], answer["matches"][0]["cause"])

    def test_all_is_well(self):
        done = run("explain", given=b"220 smtp.gmail.com ESMTP x-20020a05 - gsmtp\n")
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_unknown(self):
        done = run("explain", "--json", given=b"The quick brown fox.\n")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout)["verdict"]["cause"], "unknown")

    def test_nothing(self):
        done = run("explain")
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn(b"no text", done.stderr)
        self.assertEqual(json.loads(run("explain", "--json").stdout)["matches"], [])

    def test_binary(self):
        given = bytes(range(256)) * 4096 + b"\n" + WRONG_PASSWORD
        done = run("explain", given=given)
        self.assertEqual(done.returncode, 1)
        said = done.stdout.decode()
        self.assertFalse([c for c in said if ord(c) < 32 and c not in "\n\t"])
        json.loads(run("explain", "--json", given=given).stdout)

    def test_unreadable(self):
        with tempfile.TemporaryDirectory() as folder:
            for path in (folder, folder + "/none"):
                done = run("explain", path)
                self.assertEqual((done.returncode, done.stdout), (3, b""))
                self.assertIn(b"could not be read", done.stderr)
                done = run("explain", path, "--json")
                self.assertEqual(done.returncode, 3)
                self.assertEqual(json.loads(done.stdout)["error"]["id"], "unreadable")

    def test_closed_input(self):
        done = subprocess.run(
            ["sh", "-c", '"$1" explain <&-', "sh", PROGRAM],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=GUARD, env=environment(),
        )
        self.assertEqual((done.returncode, done.stdout), (3, b""))

    def test_named_pipe(self):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/pipe"
            os.mkfifo(path)
            child = subprocess.Popen(
                [PROGRAM, "explain", path, "--json"], stdout=subprocess.PIPE, env=environment()
            )
            with open(path, "wb") as pipe:
                pipe.write(WRONG_PASSWORD[:20])
                pipe.flush()
                pipe.write(WRONG_PASSWORD[20:])
            answer = json.loads(child.communicate(timeout=GUARD)[0])
            self.assertEqual(child.returncode, 1)
            self.assertEqual(answer["matches"][0]["line"], 1)


class Clients(unittest.TestCase):
    """The mail programs of a home and a search path that hold one."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.home = place.name
        program = os.path.join(self.home, "msmtp")
        with open(program, "w", encoding="ascii") as file:
            file.write("#!/bin/false\n")
        os.chmod(program, 0o755)
        self.env = environment(HOME=self.home, PATH=self.home)

    def write(self, name, text):
        path = os.path.join(self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def find(self):
        done = run("clients", "--json", env=self.env)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        clients = json.loads(done.stdout)["clients"]
        for client in clients:
            self.assertEqual(set(client), {"id", "name", "installed", "version", "kind",
                                           "has_account", "running"})
        self.assertEqual(len({client["id"] for client in clients}), len(clients))
        return next(client for client in clients if client["id"] == "msmtp")

    def test_here(self):
        found = self.find()
        self.assertEqual((found["installed"], found["kind"]), (True, "native"))
        os.remove(os.path.join(self.home, "msmtp"))
        found = self.find()
        self.assertEqual((found["installed"], found["kind"]), (False, None))

    def test_account(self):
        self.write(".local/share/barua/accounts.ini",
                   "[joe@gmail.com]\nmethod=none\n[zoe@gmail.com]\nmethod=none\n")
        self.assertFalse(self.find()["has_account"])
        self.write(".msmtprc", "account gmail\nhost smtp.gmail.com\nuser zoe@gmail.com\n"
                               "from zoe@gmail.com\n")
        self.assertTrue(self.find()["has_account"])

    def test_text(self):
        said = run("clients", env=self.env).stdout.decode()
        here, others = said.split("\n\n")[:2]
        self.assertIn("  msmtp", here)
        self.assertIn("  geary", others)
        self.assertNotIn("  msmtp", others)

    def test_nothing_is_written(self):
        run("clients", env=self.env)
        run("undo", "--list", env=self.env)
        self.assertEqual(os.listdir(self.home), ["msmtp"])


class Interrupted(unittest.TestCase):
    def interrupt(self, number, *words):
        child = stalls.Process(
            [PROGRAM, "explain", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=environment(), preexec_fn=self.heed_signals,
        )
        child.stdin.write(b"some text\n")
        child.stdin.flush()
        # The signals are caught from the moment on in which it waits.
        self.assertTrue(stalls.wait_for_handler(child, number))
        begun, before = time.monotonic(), stalls.delay(child.pid)
        child.send_signal(number)
        child.wait(timeout=GUARD)
        self.assert_at_once(begun, child.delayed - before)
        out, err = child.stdout.read(), child.stderr.read()
        for stream in (child.stdin, child.stdout, child.stderr):
            stream.close()
        return child.returncode, out, err

    @staticmethod
    def heed_signals():
        """Whoever runs the tests may have been started with nohup, which is inherited."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)

    def assert_at_once(self, begun, delayed):
        """It has ended within a second, besides those that the machine gave it no time in."""
        ended = time.monotonic()
        self.assertLess(ended - begun - MACHINE.lost(begun, ended) - delayed, 1)

    def test_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.assertEqual(self.interrupt(number)[:2], (128 + number, b""))

    def test_json(self):
        status, out, _ = self.interrupt(signal.SIGINT, "--json")
        self.assertEqual(status, 130)
        self.assertEqual(json.loads(out)["error"]["id"], "interrupted")

    def test_ctrl_c_on_a_terminal(self):
        terminal = OnTerminal("explain")
        self.assertIn("Ctrl-D", terminal.read(until=b"Ctrl-D"))
        begun, before = time.monotonic(), stalls.delay(terminal.pid)
        terminal.type(b"\x03")
        self.assertEqual(terminal.wait(), 130)
        self.assert_at_once(begun, terminal.delayed - before)


# What a signal may interrupt while it waits for a pipe or a terminal.
SLEEPING = "read,write,writev,poll,ppoll,select,recvmsg,sendmsg,wait4,waitid"


class SystemCalls(unittest.TestCase):
    """System calls that a signal interrupts (EINTR) are made again, and nothing is lost."""

    def trace(self, log, *options, given):
        # Leaks cannot be looked for in a process that is traced already.
        checks = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", log, "-e", f"trace={SLEEPING}", *options,
             PROGRAM, "explain", "--json"],
            input=given, capture_output=True, env=environment(ASAN_OPTIONS=checks),
            timeout=GUARD, check=False)
        with open(log, "rb") as file:
            return done, file.read().splitlines()

    def test_pipes(self):
        plain = run("explain", "--json", given=WRONG_PASSWORD)
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "log")
            try:
                done, calls = self.trace(log, given=WRONG_PASSWORD)
            except FileNotFoundError:
                self.skipTest("strace is not installed")
            if done.returncode not in (0, 1):
                self.skipTest("processes may not be traced here")
            # The loader does not expect it, nor can a file on a disk be interrupted.
            loaded = max(number for number, call in enumerate(calls) if b"\\177ELF" in call)
            first = 1 + sum(b" read(" in call for call in calls[: loaded + 1])
            # Not every second one: what is asked twice in each turn would never be answered.
            for step in (3, 5):
                done, calls = self.trace(
                    log, "-e", f"inject=read:error=EINTR:when={first}+{step}", "-e",
                    f"inject={SLEEPING.replace('read,', '')}:error=EINTR:when=1+{step}",
                    given=WRONG_PASSWORD)
                self.assertEqual(done.returncode, plain.returncode)
                self.assertEqual(done.stdout, plain.stdout)
                self.assertGreater(sum(b"INJECTED" in call for call in calls), 2)


class Output(unittest.TestCase):
    def test_full(self):
        for words in (["settings"], ["settings", "--json"], ["--help"]):
            with open("/dev/full", "wb") as full:
                done = run(*words, stdout=full)
            self.assertEqual(done.returncode, 3)
            self.assertIn(b"No space left on device", done.stderr)

    def test_closed(self):
        done = subprocess.run(
            ["sh", "-c", '"$1" settings >&-', "sh", PROGRAM],
            stderr=subprocess.PIPE, timeout=GUARD, env=environment(),
        )
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"standard output", done.stderr)

    def test_reader_gone(self):
        reading, writing = os.pipe()
        os.close(reading)
        done = run("settings", stdout=writing)
        os.close(writing)
        self.assertEqual(done.returncode, 3)

    def test_all_closed(self):
        done = subprocess.run(
            ["sh", "-c", '"$1" settings <&- >&- 2>&-', "sh", PROGRAM],
            timeout=GUARD, env=environment(),
        )
        self.assertEqual(done.returncode, 3)

    def test_no_colour_in_a_pipe(self):
        self.assertNotIn(b"\x1b", run("settings").stdout)
        self.assertNotIn(b"\x1b", run("explain", given=WRONG_PASSWORD).stdout)

    def test_colour_on_a_terminal(self):
        rows = [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
        for changes, coloured in rows:
            terminal = OnTerminal("settings", **changes)
            said = terminal.read()
            self.assertEqual(terminal.wait(), 0)
            self.assertEqual("\x1b" in said, coloured, changes)

    def test_width_of_the_terminal(self):
        # It looks at its width when it has read all, so that the size is set by then.
        terminal = OnTerminal("explain", columns=40, NO_COLOR="1")
        terminal.read(until=b"Ctrl-D")
        terminal.type(WRONG_PASSWORD.replace(b"\n", b"\r") + b"\x04")
        said = terminal.read().replace("\r", "")
        self.assertEqual(terminal.wait(), 1)
        card = said[said.rindex("gsmtp\n") :] if "gsmtp\n" in said else said
        answer = card.split("\n\n", 1)[0]
        self.assertTrue(answer)
        for line in answer.split("\n"):
            self.assertTrue(len(line) <= 40 or "://" in line, line)

    def test_other_character_sets(self):
        done = run("explain", given=WRONG_PASSWORD, env=environment(LC_ALL="C"))
        self.assertEqual(done.returncode, 1)
        done.stdout.decode("ascii")
        json.loads(run("explain", "--json", given=WRONG_PASSWORD,
                       env=environment(LC_ALL="C")).stdout.decode("utf-8"))


if __name__ == "__main__":
    unittest.main(verbosity=0)
