"""The window without a pointer: from the first page to mail that is set up, and around."""

import os
import subprocess
import time

from client_kit import wait_until
from guest import HOME, USER, read_secret


def focused(window):
    """The name of what has the focus."""
    return next((node["name"] for node in window.nodes() if node["focused"]), None)


def expect_focus(person, window, name, wanted):
    seen = wait_until(lambda: focused(window) == wanted)
    person.say(name, not seen and f"the focus is on {focused(window)}")


def expect_picture_stays(person, window):
    """GTK would hide the focus three seconds after the last key."""
    start = focused(window)
    window.key("Tab")
    wait_until(lambda: focused(window) != start)
    # Once nothing moves any more.
    wait_until(lambda: not difference(window.picture("focus-moves"),
                                      window.picture("focus-before")))
    before = window.picture("focus-before")
    time.sleep(4)
    person.say("the focus stays visible", difference(before, window.picture("focus-after")))


def difference(before, after):
    """What two pictures of the screen differ by."""
    done = subprocess.run(["compare", "-metric", "AE", before, after, "null:"],
                          capture_output=True, text=True, check=False)
    return done.returncode and done.stderr


def look_around(person, window):
    expect_focus(person, window, "one begins at the button", "Set Up Gmail")
    expect_picture_stays(person, window)
    window.key("ctrl+question")
    window.expect("Ctrl+? tells the keys", "^Show help$")
    window.key("Escape")
    window.key("F10")
    expect_focus(person, window, "F10 opens the menu", "Explain an Error")
    window.key("Return")
    window.sees("^Clear$")
    window.type("535 5.7.8 Username and Password not accepted")
    expect_text(person, window, "an error can be typed", "535 5.7.8 Username")
    window.key("alt+l")
    expect_text(person, window, "Alt and a letter press a button", "")
    window.key("alt+Left")
    expect_focus(person, window, "Alt+Left leads back", "Set Up Gmail")


def expect_text(person, window, name, start):
    def read():
        return window.order("read", name="Error Message").get("text")

    holds = wait_until(lambda: (read() or "")[:len(start) or None] == start)
    person.say(name, not holds and f"it says {read()!r}")


def ask_for_help(person, window, visited):
    """F1 tells of the page that one is on, and its link leads to Google’s page."""
    window.key("F1")
    expect_focus(person, window, "F1 leads to what fits", "App Passwords")
    window.focus("Open the Page", key="Down")
    window.picture("help")
    window.key("Return")
    uri = visited()
    person.say("its link opens", uri != "https://myaccount.google.com/apppasswords" and uri)
    window.key("alt+Left")


def choose_program(person, window):
    window.sees("^Fetch Mail With$")
    window.focus("msmtp")
    window.key("Return")
    window.expect("Return opens what it is on", os.path.join("~", ".config", "msmtp", "config"))
    window.picture("opened")
    expect_focus(person, window, "and leads nowhere else", "msmtp")
    window.key("Tab")
    expect_focus(person, window, "the switch is next", "Set up msmtp")
    window.key("space")
    window.expect("it is chosen", "^Set Up 1 Program$")
    window.key("Return")
    window.expect("and set up", "^All Is Ready$", patience=60)


def keyboard(browser):
    def case(person):
        with browser() as visited, person.window() as window:
            window.sees("^Set Up Gmail$")
            look_around(person, window)
            window.key("Return")
            window.sees("^Your Mail Address$")
            window.type(USER)
            window.key("Tab", "ctrl+a")
            window.type("Zoë Moyo")
            window.key("Return")
            expect_focus(person, window, "the way to sign in follows", "Make an App Password")
            ask_for_help(person, window, visited)
            window.focus("App Password")
            window.type(read_secret("app-password"))
            window.key("Return")
            window.expect("one is signed in", "^Mail Works$", patience=60)
            window.key("Return")
            choose_program(person, window)
            window.key("Return")
            expect_focus(person, window, "and back at the beginning", "Add Account")
        path = os.path.join(HOME, ".config", "msmtp", "config")
        person.say("msmtp has its settings", not os.path.exists(path) and "it has not")

    return case
