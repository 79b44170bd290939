"""What somebody goes through at the window: from a typed address to mail that flows, and
what stands in the way."""

import os
import time
import urllib.parse

import browser_cases
import desktop_cases
import keyboard_cases
import memory
import memory_cases
import phone_cases
import rooms
import window_kit
from guest import HOME, USER, fetch, read_secret

GROUPED = "kqzv jxwy plmh gtrd"
HOSTILE_PREFS = """user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.identity.id1.useremail", "zoe@gmail.com");
user_pref("mail.server.server1.hostname", "imap.gmail.com");
user_pref("mail.server.server1.name", "<b>Evil</b>");
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.port", 143);
user_pref("mail.server.server1.userName", "zoe@gmail.com");
"""


def to_sign_in(window, address=USER):
    """From the first page to where one signs in."""
    window.press("Set Up Gmail")
    window.sees("^Your Mail Address$")
    window.fill("Mail Address", address)
    window.fill("Your Name, As Others See It", "Zoë Moyo")
    window.press("Continue")


def with_password(window, password):
    window.sees("^With an App Password$")
    window.focus("App Password")
    window.key("ctrl+a")
    window.type(password)
    window.press("Sign In", roles=["push button"])


def to_programs(person, window):
    window.expect("the check says that mail works", "^Mail Works$", patience=60)
    window.press("Choose Mail Programs")
    window.expect("the mail programs are shown", "^Set up msmtp$")


def set_up(person, window, *programs):
    for name in programs:
        window.press(f"Set up {name}", pattern=f"^Set up {name}")
    window.press("Set Up…", pattern="^Set Up . Programs$", roles=["push button"])
    window.expect("what was done is shown", "^All Is Ready$", patience=60)


def mail_flows(person, name="mail"):
    """With the files as they are now: msmtp sends, mbsync fetches."""
    subject = f"From the window: {name}"
    text = f"From: {USER}\nTo: {USER}\nSubject: {subject}\n\nHabari?\n"
    done = person.run_any(["msmtp", USER], stdin=text)
    person.expect(f"{name}: msmtp sends", done, code=0)
    person.say("and it arrives", not person.find(subject) and "not")
    done = person.run_any(["mbsync", "-a"])
    person.expect(f"{name}: mbsync fetches", done, code=0)
    fetched = [os.path.join(folder, file) for folder, _, files in os.walk(HOME)
               for file in files if os.path.basename(folder) in ("new", "cur")]
    person.say("and has it", not any(subject.encode() in open(path, "rb").read()
                                     for path in fetched) and fetched)


def password(person):
    with browser_cases.browser("org.gnome.Geary") as opened, person.window() as window:
        to_sign_in(window)
        paste_password(person, window)
        window.sees("^Mail Works$", patience=60)
        gone(person, window, "once it is kept", read_secret("app-password"))
        to_programs(person, window)
        set_up(person, window, "msmtp", "isync", "Geary")
        gone(person, window, "at the end", read_secret("app-password"))
        window.press("Open Geary", roles=["push button"])
        person.say("what is started has no secret", not opened() and "nothing is started")
        clipboard_holds(person, window, "report")
    mail_flows(person, "app password")


def gone(person, window, when, *secrets):
    memory_cases.judge(person, when, window.process, secrets)


def paste_password(person, window):
    """As most people do it; whoever offered it has it still, which is not our doing."""
    with window.offered(GROUPED):
        window.sees("^With an App Password$")
        window.focus("App Password")
        window.key("ctrl+v")
        window.expect("it can be pasted", "^All 16 letters are there")
        reason = memory.obstacle(window.process.pid)
        person.say("it is found where it was pasted", not reason and not memory.search(
            window.process.pid, [read_secret("app-password")]) and "not")
        window.press("Sign In", roles=["push button"])


def clipboard_holds(person, window, what):
    """Another program gets what was copied, and no secret; see Guest.traces()."""
    if what == "report":
        window.press("Copy Report", roles=["push button"])
    before = window_kit.client_kit.wait_until(lambda: "kqzv" not in window.copied())
    text = window.copied()
    person.printed.append(text)
    person.say(f"the {what} is on the clipboard, and no secret", not before and "a secret",
               {"report": "Barua", "name of a server": ".gmail.com"}[what] not in text and text,
               "kqzv" in text and text)


def refused_and_mended(person):
    wrong = person.learn("abcdefghijklmnop")
    with person.window() as window:
        to_sign_in(window)
        with_password(window, wrong)
        window.expect("a wrong one is told of", "did not accept the name and password",
                      patience=60)
        window.expect("with what to do about it", "^Sign In Differently$")
        person.say("and is not kept", person.kept("app-password") and "it is")
        clipboard_holds(person, window, "report")
        window.press("Sign In Differently")
        with_password(window, GROUPED)
        to_programs(person, window)
        set_up(person, window, "msmtp", "isync")
    mail_flows(person, "mended")


def in_browser(person):
    browser_cases.register()
    with browser_cases.browser() as visited, person.window() as window:
        to_sign_in(window)
        window.expect("the browser is the first way", "^In the Browser$")
        window.press("Open Google’s Page", roles=["push button"])
        uri = visited()
        person.say("Google’s page is opened", not uri and window.texts())
        person.learn_request(dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(uri).query)))
        _, _, target = fetch(uri)
        person.learn(target.split("code=")[1].split("&")[0])
        fetch(target)
        window.sees("^Mail Works$", patience=60)
        gone(person, window, "once they are kept", person.kept("refresh-token"),
             person.kept("access-token"))
        to_programs(person, window)
        set_up(person, window, "msmtp", "isync")
    mail_flows(person, "browser")


def blocked_port(person):
    with person.window() as window:
        to_sign_in(window)
        window.expect("the blocked port is told of", "587", patience=60)
        window.expect("as a warning, with what to use", "465")
        window.press("Continue", roles=["push button"])
        with_password(window, GROUPED)
        window.sees("Choose Mail Programs", patience=60)
        window.press("Choose Mail Programs")
        window.sees("^Set up msmtp$")
        set_up(person, window, "msmtp", "isync")
    with open(os.path.join(HOME, ".config", "msmtp", "config"), encoding="utf-8") as file:
        person.say("the open port is set", "port 465" not in file.read() and "not")
    mail_flows(person, "blocked")


def no_way(person, cause):
    """Nothing can be set up; the one cause is told, and trying again keeps what was typed."""
    with person.window() as window:
        to_sign_in(window)
        window.expect("the one cause is told", cause, patience=60)
        window.press("Check Again", roles=["push button"])
        window.expect("and told again", cause, patience=60)
        window.press("Back", roles=["push button"])
        typed = window.order("read", name="Mail Address").get("text")
        person.say("what was typed is there", typed != USER and typed)
        person.say("nobody is asked for a password",
                   *[text for text in window.texts() if "App Password" in text])


def portal(person):
    no_way(person, "sign-in page|signing in to the network|Sign in to this network")


def intercepted(person):
    no_way(person, "Avast")


def no_network(person):
    no_way(person, "not connected|no network|No network")


def keyring_locked(person):
    with desktop_cases.played(person, "dismiss"), person.window() as window:
        to_sign_in(window)
        with_password(window, GROUPED)
        window.expect("a keyring that stays locked is told of", "keyring (stayed|is) locked",
                      patience=60)
        person.say("nothing is kept", person.accounts() and "something is")


def nothing_is_shown(person):
    """The password is not to be had on the bus that screen readers listen to."""
    with person.window() as window:
        to_sign_in(window)
        window.sees("^With an App Password$")
        window.focus("App Password")
        window.type(GROUPED)
        window.sees("All 16 letters")
        heard = [window.order("read", name="App Password").get("text") or ""]
        heard += [node["name"] + node["description"] for node in window.nodes()]
        person.say("the password is not read out",
                   *[text for text in heard if "kqzv" in text])
        window.expect("but how many letters are there", "16 letters")
        window.key("F10")
        window.press("Server Settings", roles=["menu item"])
        window.press("Copy: Server", roles=["push button"])
        clipboard_holds(person, window, "name of a server")
        window.press("Back", roles=["push button"])
        leave(person, window, "once the page was left", 3)
        to_sign_in(window)
        with_password(window, GROUPED)
        titled(person, window, "Check")
        leave(person, window, "once the check was left", 4)


def titled(person, window, title):
    """Menus and what belongs to no window in particular are called as the program."""
    seen = window_kit.client_kit.wait_until(
        lambda: {title} <= set(person.windows(window.env)) <= {title, "Barua"})
    person.say(f"it goes on to “{title}”", not seen and person.windows(window.env))


def leave(person, window, when, pages):
    """As fast as keys can be pressed; a button that is pressed over AT-SPI is deaf to the next
    press for a quarter of a second."""
    window.key(*["alt+Left"] * pages)
    titled(person, window, "Barua")
    window_kit.client_kit.wait_until(
        lambda: not memory.search(window.process.pid, [read_secret("app-password")]))
    gone(person, window, when, read_secret("app-password"))


def quick(person):
    """Cancelling is instant, and what is closed ends at once."""
    with person.window() as window:
        to_sign_in(window)
        window.sees("Checking the Connection")
        delay = window.delay("Checking the Connection")
        window.press("Stop", roles=["push button"])
        begun = time.monotonic()
        window.expect("stopping is told at once", "[Ss]topped")
        took = person.since(begun)
        person.say("and at once", took > 2 + 3 * delay and f"after {took:.1f} s, {delay:.1f} to look")
        begun = time.monotonic()
        window.key("ctrl+q")
        ended = window_kit.client_kit.wait_until(lambda: window.process.poll() is not None)
        took = person.since(begun)
        person.say("closing ends it", not ended and "it still runs",
                   took > 3 + 3 * delay and f"after {took:.1f} s")


def limit(person):
    """How long a check may take is what the preferences say, from the next one on."""
    with person.window() as window:
        window.sees("^Set Up Gmail$")
        window.key("ctrl+comma")
        window.sees("^Time Limit$")
        window.focus("Time Limit Time Limit")
        window.key("ctrl+a")
        window.type("5")
        window.key("Tab", "Escape")
        delay = window.delay("^Set Up Gmail$")
        begun = time.monotonic()
        to_sign_in(window)
        window.expect("the check ends", "Something Stands in the Way", patience=60)
        took, lost = time.monotonic() - begun, person.machine.lost(begun, time.monotonic())
        person.say("after five seconds",
                   not 4 < took < 9 + lost + 12 * delay and f"after {took:.1f}")
        window.picture("limit")


EVIL = "<b>Evil</b>"


def plain_words(person, window, name, least):
    """What others say is read out as it was said, less what would do something."""
    names = [node["name"] + node["description"] for node in window.nodes()]
    shown = [text for text in names if "Evil" in text]
    person.say(f"{name}: it is shown", len(shown) < least and names)
    person.say(f"{name}: letter by letter", *[text for text in shown if EVIL not in text])
    person.say(f"{name}: nothing turns it around, hides or rings",
               *[text for text in names if rooms.unreadable(text.replace("\n", ""))])


def hostile(person):
    """A server refuses in hostile words; a folder of a mail program has a hostile name."""
    profile = os.path.join(HOME, ".thunderbird", EVIL)
    os.makedirs(profile)
    with open(os.path.join(HOME, ".thunderbird", "profiles.ini"), "w", encoding="utf-8") as file:
        file.write(f"[Profile0]\nName={EVIL}\nIsRelative=1\nPath={EVIL}\nDefault=1\n")
    with open(os.path.join(profile, "prefs.js"), "w", encoding="utf-8") as file:
        file.write(HOSTILE_PREFS)
    with person.window() as window:
        to_sign_in(window)
        with_password(window, GROUPED)
        window.expect("the cause is told", "did not accept the name and password", patience=60)
        window.sees("Evil")
        plain_words(person, window, "a server’s words", 1)
    with person.window() as window:
        window.press("Main Menu")
        window.press("Repair Mail Programs")
        window.sees("Evil")
        plain_words(person, window, "a folder’s name", 2)


CASES = [
    ("password", "", password),
    ("refused", "", refused_and_mended),
    ("browser", "", in_browser),
    ("blocked", "--fault drop:587", blocked_port),
    ("portal", "--servers stand-in --fault web:portal", portal),
    ("intercepted", "--servers stand-in --bend mail:certificate=antivirus", intercepted),
    ("no-network", "--servers stand-in --fault network:none", no_network),
    ("keyring", "--keyring none", keyring_locked),
    ("secret", "", nothing_is_shown),
    ("silent", "--servers stand-in --bend mail:open=silent", quick),
    ("limit", "--servers stand-in --bend mail:open=silent", limit),
    ("keyboard", "", keyboard_cases.keyboard(browser_cases.browser)),
    *phone_cases.CASES,
    ("hostile", "--servers stand-in --bend mail:spoil=refusal@sign-in", hostile),
]
