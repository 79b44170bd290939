"""What a desktop adds: a keyring that asks, and GNOME's own accounts."""

import contextlib
import os
import subprocess

import browser_cases
import password_cases
from guest import HOME, USER, read_secret
from password_cases import no_account, signed_in_everywhere


@contextlib.contextmanager
def played(guest, part, token=None):
    with subprocess.Popen([guest.desktop, part], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as service:
        if token:
            service.stdin.write(f"{token}\n".encode())
            service.stdin.flush()
        if service.stdout.readline() != b"ready\n":
            raise RuntimeError(f"{part} is not played")
        yield
        service.stdin.close()


def asking_keyring(guest):
    with played(guest, "dismiss"):
        done = guest.run("sign-in", USER, "--app-password", "--json",
                         stdin=password_cases.GROUPED)
        guest.expect("a dismissed question is told of", done, code=3, cause="keyring-locked",
                     says="The keyring stayed locked")
        guest.say("nothing is kept", guest.accounts(),
                  *(name for name in os.listdir(HOME) if name != ".cache"))
    with played(guest, "accept"):
        password_cases.sign_in(guest, "an answered one lets it go on")
        guest.expect("and it is kept", guest.run("password", USER), code=0,
                     out=f"{read_secret('app-password')}\n", err="")


def online_account(guest):
    token = guest.learn(read_secret("access-token"))
    with played(guest, "online", token):
        done = guest.run("sign-in", USER, "--online-account", "--json")
        guest.expect("signing in with the desktop's account", done, code=0, cause="ok")
        guest.say("the answer says so", done.json().get("method") != "online-account" and done)
        guest.say("nothing of it is in our keyring", guest.keyring() and "something is")
        guest.expect("its token is handed out", guest.token(), code=0, out=f"{token}\n", err="")
        talkative = {**os.environ, **browser_cases.TALKATIVE}
        guest.expect("and nothing of it is told besides", guest.token(env=talkative), code=0,
                     out=f"{token}\n", err="")
        done = guest.run("check", USER, "--json", env=talkative)
        guest.expect("check signs in with it", done, code=0, cause="ok", err="")
        guest.say("to every service", *signed_in_everywhere(done))
        guest.expect("it has no app password", guest.run("password", USER), code=1, out="")
    guest.expect("without the desktop there is none", guest.token(), code=1, out="")
    with played(guest, "attention", token):
        guest.expect("its call for attention is told of", guest.token(), code=1, out="")
    guest.expect("signing out", guest.run("sign-out", USER), code=0)
    no_account(guest, "nothing is left of it")
