"""What is left of a secret in the memory of the command, at the end of its work.

Each command is held where it writes its answer, into a pipe that is full.
"""

import contextlib
import fcntl
import os
import subprocess

import browser_cases
import client_kit
import memory
from guest import USER, Attempt, fetch, later, read_secret
from password_cases import GROUPED

F_SETPIPE_SZ = 1031
WRITE = "1"


def full_pipe():
    reading, writing = os.pipe()
    fcntl.fcntl(writing, F_SETPIPE_SZ, 4096)
    os.set_blocking(writing, False)
    with contextlib.suppress(BlockingIOError):
        while os.write(writing, b"x" * 512):
            pass
    os.set_blocking(writing, True)
    return reading, writing


def is_writing(process):
    with open(f"/proc/{process.pid}/syscall", encoding="ascii") as state:
        return state.read().split()[:2] == [WRITE, "0x1"]


@contextlib.contextmanager
def held(guest, command, stdin=b"", env=None):
    """A command that has done all its work, and cannot say so."""
    reading, writing = full_pipe()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=writing,
                               stderr=subprocess.PIPE, env=env)
    os.close(writing)
    try:
        if stdin is not None:
            process.stdin.write(stdin)
            process.stdin.close()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
        os.close(reading)


def wait_for_end(guest, name, process):
    ended = client_kit.wait_until(lambda: process.poll() is not None or is_writing(process))
    guest.say(f"{name}: it stands at its end",
              (not ended or process.poll() is not None) and "it does not")


def judge(guest, name, process, secrets, spared=()):
    """None of the secrets may be in its memory; of those spared, one copy must."""
    reason = memory.obstacle(process.pid)
    if reason:
        guest.seen.append([f"{name} # SKIP {reason}", []])
        return
    if secrets:
        guest.say(f"{name}: no secret is in its memory", *memory.search(process.pid, secrets))
    for secret in spared:
        found = memory.search(process.pid, [secret])
        guest.say(f"{name}: what it hands out is there once", len(found) != 1 and found)


def after(guest, secrets, *words, spared=(), stdin="", env=None):
    with held(guest, guest.command(*words), stdin.encode(), env) as process:
        wait_for_end(guest, words[0], process)
        judge(guest, " ".join(words[:1] + words[2:]), process, secrets, spared)


def tunnel(guest, secrets, env=None):
    process = subprocess.Popen(guest.command("tunnel", "imap", USER), stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, env=env)
    try:
        greeting = process.stdout.readline()
        guest.say("tunnel: it is open", not greeting.startswith(b"* PREAUTH") and greeting)
        judge(guest, "tunnel", process, secrets() if callable(secrets) else secrets)
    finally:
        process.kill()
        process.communicate()


def app_password(guest):
    secret = read_secret("app-password")
    after(guest, [secret], "sign-in", USER, "--app-password", "--json", stdin=GROUPED)
    guest.say("it is kept", guest.kept("app-password") != secret and "not")
    after(guest, [secret], "check", USER, "--json")
    after(guest, [secret], "check", USER, "--send-test")
    after(guest, [secret], "export", USER, "--to", "geary", "--apply")
    after(guest, [], "password", USER, spared=[secret])
    tunnel(guest, [secret])


def browser_sign_in(guest):
    """The code is spent by then; what libsoup copied of it may be there still."""
    command = guest.command("sign-in", USER, "--browser", "--json")
    with held(guest, command, None) as process:
        attempt = Attempt.around(guest, process)
        fetch(attempt.consent())
        wait_for_end(guest, "sign-in", process)
        tokens = [guest.kept("refresh-token"), guest.kept("access-token")]
        guest.say("they are kept", not all(tokens) and tokens)
        judge(guest, "sign-in --browser", process, tokens)
        process.stdin.close()


def tokens(guest):
    browser_cases.register()
    browser_sign_in(guest)
    refresh, access = guest.kept("refresh-token"), guest.kept("access-token")
    after(guest, [refresh, access], "check", USER, "--json")
    after(guest, [refresh], "token", USER, spared=[access])
    with held(guest, guest.command("token", USER, "--refresh")) as process:
        wait_for_end(guest, "token --refresh", process)
        fresh = guest.kept("access-token")
        guest.say("it is a fresh one", fresh == access and "not")
        judge(guest, "token --refresh", process, [refresh, access], [fresh])
    # An hour later the tunnel gets a fresh one by itself.
    tunnel(guest, lambda: [refresh, fresh, guest.kept("access-token")], later(1))
    guest.say("so it does", guest.kept("access-token") == fresh and "not")
    after(guest, [refresh, guest.kept("access-token")], "sign-out", USER)
