"""The code for the phone at the window: what it says, and when the password is in it."""

import json
import subprocess

from client_kit import wait_until
from guest import USER, read_secret

WITHOUT = "is without the password again"
IMAP = [0, "imap.gmail.com", 993, 3, 1]
POP = [1, "pop.gmail.com", 995, 3, 1]


def read_code(window, name="code"):
    """What a camera reads from the screen."""
    done = subprocess.run(["zbarimg", "--quiet", "--raw", window.picture(name)],
                          capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def read_password(window, name):
    """The password in the code, or "" where none is; None while there is no code."""
    code = read_code(window, name)
    return code[2][-1] if code else None


def open_programs(window):
    """From the first page to the mail programs of the account that is there."""
    window.sees("^Accounts$")
    window.focus(USER)
    window.key("Return")
    window.focus("Set Up Another Mail Program", key="Down")
    window.key("Return")
    window.sees("^Fetch Mail With$")


def open_page(window, key="shift+Tab"):
    window.focus("Your Phone", key=key)
    window.key("Return")
    window.sees("^Scan this code")


def show_password(person, window, name):
    window.focus("With the App Password")
    window.key("Return")
    window.expect(f"{name}: the password is announced", "^This code holds the app password")
    seen = wait_until(lambda: read_password(window, name))
    person.say(f"{name}: the code has the password",
               seen != read_secret("app-password") and "it has not")


def expect_hidden(person, window, name):
    # Sooner than the minute is over, after which it is hidden anyway.
    hidden = wait_until(lambda: read_password(window, name) == "", 20)
    person.say(f"{name}: the code is without it", not hidden and "it is not")


def find_window(window, *words):
    """Waits for a window on the screen, and gives its number."""
    return wait_until(lambda: subprocess.run(
        ["xdotool", "search", "--onlyvisible", *words], env=window.env, capture_output=True,
        text=True, check=False).stdout.split())[-1]


def give_focus(window, number):
    subprocess.run(["xdotool", "windowfocus", "--sync", number], env=window.env, check=True)


def follow_focus(person, window):
    """Whoever goes elsewhere leaves no password on the screen."""
    own = find_window(window, "--name", "^Your Phone$")
    show_password(person, window, "shown")
    with person.running(["xmessage", "-geometry", "+700+800", "Another window"], window.env):
        give_focus(window, find_window(window, "--class", "xmessage"))
        window.expect("another window has the focus: it is told", WITHOUT)
        expect_hidden(person, window, "elsewhere")
    give_focus(window, own)
    expect_hidden(person, window, "back at the window")


def leave(person, window):
    show_password(person, window, "shown again")
    window.key("alt+Left")
    gone = wait_until(lambda: read_code(window, "left") is None)
    person.say("on the page before there is no code", not gone and "there is")
    open_page(window)
    expect_hidden(person, window, "come back to")


def phone(person):
    person.sign_in()
    with person.window(size="900x900x24") as window:
        open_programs(window)
        open_page(window)
        code = wait_until(lambda: read_code(window))
        person.say("the code says how mail is fetched",
                   not code or (code[2][:5] != IMAP and code))
        person.say("whose it is", not code or (code[2][5] != USER and code))
        person.say("and no password", not code or (code[2][-1] and "it does"))
        follow_focus(person, window)
        leave(person, window)
        show_password(person, window, "for a minute")
        window.expect("a minute later it is told", "^A minute is over", patience=70)
        expect_hidden(person, window, "a minute later")


def phone_with_pop(person):
    """What was chosen for the account holds for the phone too."""
    person.sign_in()
    with person.window(size="900x900x24") as window:
        open_programs(window)
        window.focus("Fetch Mail With", key="shift+Tab")
        window.key("Return", "Down", "Return")
        open_page(window)
        code = wait_until(lambda: read_code(window))
        person.say("the code says POP", not code or (code[2][:5] != POP and code))


CASES = [
    ("phone", "", phone),
    ("phone-pop", "", phone_with_pop),
]
