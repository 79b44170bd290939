#!/usr/bin/env python3
"""Runs the real program on homes in which something is set wrongly: repair, undo.

    mending.py PROGRAM
"""

import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
GUARD = 60
WRONG = b"""# mine
account gmail
  host smtp.google.com
  port 587
  tls on
  auth on
  from zoe@gmail.com
  user zoe
  passwordeval "cat x"\r
account \xff
  host mail.example.org
  port 25
"""
RIGHT = WRONG.replace(b"google.com", b"gmail.com").replace(b"user zoe", b"user zoe@gmail.com")
PREFS = """user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.server.server1.hostname", "imap.google.com");
user_pref("mail.server.server1.port", 993);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "zoe@gmail.com");
"""


class Mending(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="barua-mending-"))
        self.addCleanup(shutil.rmtree, self.home)

    def run_program(self, *words):
        kept = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "G_DEBUG"}
        environment = {key: value for key, value in os.environ.items() if key in kept}
        environment.update(LC_ALL="C.UTF-8", HOME=str(self.home))
        return subprocess.run(
            [PROGRAM, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=GUARD)

    def expect(self, status, *words):
        done = self.run_program(*words)
        self.assertEqual(done.returncode, status, done)
        return done.stdout.decode()

    def put(self, name, content, mode=0o640):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)
        return path

    def test_nothing_wrong(self):
        self.assertIn("as it should be", self.expect(0, "repair"))
        self.assertEqual(json.loads(self.expect(0, "repair", "--json")),
                         {"findings": [], "repairs": []})
        path = self.put(".msmtprc", RIGHT)
        self.assertIn("as it should be", self.expect(0, "repair", "--apply", "msmtp"))
        self.assertEqual(path.read_bytes(), RIGHT)
        self.assertFalse((self.home / ".local").exists())

    def test_shows(self):
        path = self.put(".msmtprc", WRONG)
        said = self.expect(1, "repair")
        for part in ["msmtp\n", "host is “smtp.google.com”, and should be “smtp.gmail.com”.",
                     "~/.msmtprc, line 3", "-  host smtp.google.com", "+  host smtp.gmail.com",
                     "barua repair --apply"]:
            self.assertEqual(said.count(part), 1, part)
        self.assertEqual(path.read_bytes(), WRONG)
        self.assertFalse((self.home / ".local").exists())

    def test_json(self):
        path = self.put(".msmtprc", WRONG)
        answer = json.loads(self.expect(1, "repair", "--json"))
        host, user = answer["findings"]
        why = host.pop("why")
        self.assertTrue(why.endswith("."))
        self.assertEqual(host, {
            "client": "msmtp", "file": str(path), "line": 3, "key": "host",
            "value": "smtp.google.com", "expected": "smtp.gmail.com", "cause": "wrong-port",
            "fixable": True})
        self.assertEqual((user["key"], user["cause"]), ("user", "wrong-username"))
        self.assertEqual(answer["repairs"], [
            {"client": "msmtp", "applied": False, "undo": None, "left": 2}])

    def test_mends_and_undoes(self):
        path = self.put(".msmtprc", WRONG)
        answer = json.loads(self.expect(0, "repair", "--apply", "--json"))
        undo = answer["repairs"][0]["undo"]
        self.assertTrue(answer["repairs"][0]["applied"])
        self.assertEqual(len(answer["findings"]), 2)
        self.assertEqual(path.read_bytes(), RIGHT)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
        self.expect(0, "repair")

        self.assertIn(undo, self.expect(0, "undo", "--list"))
        listed = json.loads(self.expect(0, "undo", "--list", "--json"))["receipts"]
        self.assertEqual([(one["id"], one["address"], one["undone"]) for one in listed],
                         [(undo, None, False)])
        self.assertEqual(listed[0]["changes"][0]["path"], str(path))

        self.assertIn("msmtp is set as it was before.", self.expect(0, "undo", undo))
        self.assertEqual(path.read_bytes(), WRONG)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
        self.assertIn("undone", self.expect(0, "undo", "--list"))
        self.expect(1, "undo", undo)
        self.expect(1, "undo")

    def test_tells_how_to_undo(self):
        self.put(".msmtprc", WRONG)
        said = self.expect(0, "repair", "msmtp", "--apply")
        self.assertEqual(said.count("“barua undo "), 1)
        self.assertEqual(said.count("+  host smtp.gmail.com"), 1)
        self.assertNotIn("--apply", said)

    def test_undo_refuses_what_was_changed(self):
        path = self.put(".msmtprc", WRONG)
        self.expect(0, "repair", "--apply")
        path.write_bytes(RIGHT + b"# more\n")
        done = self.run_program("undo", "--json")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(json.loads(done.stdout)["error"]["id"], "changed")
        self.assertIn("~/.msmtprc", done.stderr.decode())
        self.assertEqual(path.read_bytes(), RIGHT + b"# more\n")

    def test_cannot_be_mended(self):
        text = RIGHT.replace(b'passwordeval "cat x"', b"password hunter2")
        path = self.put(".msmtprc", text)
        for words in (["repair"], ["repair", "--apply"], ["repair", "--json"]):
            said = self.expect(1, *words)
            self.assertIn("password", said)
            self.assertNotIn("hunter2", said)
        self.assertEqual(path.read_bytes(), text)

    def test_password_beside(self):
        self.put(".msmtprc", WRONG.replace(b'passwordeval "cat x"', b"password hunter2"))
        for words in (["repair"], ["repair", "--json"], ["repair", "--apply"]):
            self.assertNotIn("hunter2", self.expect(1, *words))

    def test_link_stays(self):
        target = self.put("dotfiles/msmtp", WRONG)
        (self.home / ".msmtprc").symlink_to("dotfiles/msmtp")
        self.expect(0, "repair", "--apply")
        self.assertEqual(target.read_bytes(), RIGHT)
        self.expect(0, "undo")
        self.assertEqual(target.read_bytes(), WRONG)
        self.assertTrue((self.home / ".msmtprc").is_symlink())

    def test_running(self):
        self.put(".thunderbird/profiles.ini",
                 b"[Profile0]\nName=x\nIsRelative=1\nPath=x\nDefault=1\n")
        path = self.put(".thunderbird/x/prefs.js", PREFS.encode())
        self.expect(1, "repair", "thunderbird")
        program = self.home / "thunderbird"
        shutil.copy(shutil.which("sleep"), program)
        with subprocess.Popen([program, "3600"]) as running:
            try:
                done = self.run_program("repair", "--apply", "thunderbird", "--json")
            finally:
                running.kill()
        self.assertEqual(done.returncode, 3)
        self.assertIn("Close it", done.stderr.decode())
        repair = json.loads(done.stdout)["repairs"][0]
        self.assertEqual((repair["applied"], repair["error"]["id"]), (False, "running"))
        self.assertEqual(path.read_text(), PREFS)

    def test_misused(self):
        for words in (["repair", "pine"], ["repair", "settings"], ["repair", ""],
                      ["undo", "--list", "x"], ["undo", "x", "y"], ["repair", "--list"]):
            done = self.run_program(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertEqual(done.stdout, b"")


if __name__ == "__main__":
    unittest.main()
