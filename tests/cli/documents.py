#!/usr/bin/env python3
"""The manual and the completions know every command and option that the program has.

documents.py PROGRAM DATA
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

PROGRAM, DATA = sys.argv[1], pathlib.Path(sys.argv[2])


def say(*words):
    done = subprocess.run([PROGRAM, *words, "--help"], capture_output=True, text=True,
                          timeout=20, check=True)
    return done.stdout


def section(text, title):
    lines = text.split(f"{title}\n", 1)[1].split("\n\n")[0].splitlines()
    return [line.split()[0] for line in lines if re.match(r"  \S", line)]


def options(command):
    return [word.lstrip("-") for word in section(say(command), "Options:")]


COMMANDS = section(say(), "Commands:")


class Documents(unittest.TestCase):
    def test_there_are_commands(self):
        self.assertGreater(len(COMMANDS), 10)

    def test_manual(self):
        manual = (DATA / "barua.1").read_text(encoding="utf-8")
        for command in COMMANDS:
            self.assertRegex(manual, rf"(?m)^\.Cm {command}$|\.It Cm {command}\b")
            for option in options(command):
                self.assertRegex(manual, rf"Fl -{option}\b", f"{command} --{option}")

    def test_manual_names_nothing_else(self):
        manual = (DATA / "barua.1").read_text(encoding="utf-8")
        known = {option for command in COMMANDS for option in options(command)}
        known |= {"version", "help"}
        self.assertEqual(set(re.findall(r"Fl -([a-z-]+)", manual)) - known, set())
        named = set(re.findall(r"(?m)^\.Nm\n\.Cm (\S+)", manual))
        self.assertEqual(named, set(COMMANDS))

    def test_manual_is_well_formed(self):
        if not shutil.which("man"):
            self.skipTest("man is not installed")
        done = subprocess.run(["man", "--warnings", "-l", DATA / "barua.1"], text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              env={"LC_ALL": "C.UTF-8", "MANWIDTH": "80", "PATH": "/usr/bin:/bin"},
                              check=True)
        self.assertEqual(done.stderr, "")

    def test_completions(self):
        for name, mark in (("barua.bash", "--"), ("_barua", "--"), ("barua.fish", "-l ")):
            text = (DATA / "completions" / name).read_text(encoding="utf-8")
            for command in COMMANDS:
                self.assertRegex(text, rf"\b{command}\b", f"{name}: {command}")
                for option in options(command):
                    self.assertIn(mark + option, text, f"{name}: {command} {mark}{option}")

    def test_mail_programs(self):
        done = subprocess.run([PROGRAM, "clients", "--json"], capture_output=True, timeout=20,
                              check=True, env={**os.environ, "HOME": "/nonexistent"})
        clients = [client["id"] for client in json.loads(done.stdout)["clients"]]
        self.assertGreater(len(clients), 20)
        for name in ("barua.1", "completions/barua.bash", "completions/_barua",
                     "completions/barua.fish"):
            text = (DATA / name).read_text(encoding="utf-8")
            for client in clients:
                self.assertRegex(text, rf"(?<![\w-]){client}(?![\w-])", f"{name}: {client}")

    def test_bash_completes(self):
        script = """
          . "$1"; COMP_WORDS=(barua ex); COMP_CWORD=1; _barua; printf '%s\\n' "${COMPREPLY[@]}"
          COMP_WORDS=(barua check --on); COMP_CWORD=2; COMPREPLY=(); _barua
          printf '%s\\n' "${COMPREPLY[@]}"
        """
        done = subprocess.run(
            ["bash", "-c", script, "bash", DATA / "completions" / "barua.bash"],
            capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout.split(), ["explain", "export", "--only"])

    def test_shells_accept_them(self):
        for shell, name in (("zsh", "_barua"), ("fish", "barua.fish")):
            if shutil.which(shell):
                subprocess.run([shell, "-n", DATA / "completions" / name], check=True)


unittest.main(argv=sys.argv[:1])
