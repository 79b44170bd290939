"""mbsync copies the mailbox to this computer."""

import imaplib
import os

from guest import HOME, PATIENCE, USER, read_secret

MAIL = os.path.join(HOME, "Mail", "gmail-zoe")
BY_HAND = f"""# my own
IMAPAccount google
Host imap.google.com
User {USER}
Port 143
SSLType None

IMAPStore far
Account google

MaildirStore near
Path ~/mine/
Inbox ~/mine/INBOX

Channel mine
Far :far:
Near :near:
Patterns INBOX
Create Near
"""


def holds(folder, subject):
    """Whether a Maildir has a message of that subject."""
    for part in ("new", "cur"):
        place = os.path.join(folder, part)
        for name in os.listdir(place) if os.path.isdir(place) else []:
            with open(os.path.join(place, name), encoding="utf-8", errors="replace") as file:
                if f"Subject: {subject}\n" in file.read().replace("\r", ""):
                    return True
    return False


def use(guest, method):
    if guest.lacks("mbsync"):
        return
    subject = f"mbsync {method}"
    guest.sign_in(method)
    guest.deliver(subject)
    guest.hand_over("isync")
    guest.expect("mbsync understands its settings",
                 guest.run_any(["mbsync", "-l", "gmail-zoe"]), code=0)
    guest.expect("and fetches", guest.run_any(["mbsync", "gmail-zoe"]), code=0)
    guest.say("the inbox is there", not holds(os.path.join(MAIL, "INBOX"), subject) and "not")
    guest.say("the other folders are there under their names here",
              *(name for name in ("Sent", "Drafts", "Trash", "Junk")
                if not os.path.isdir(os.path.join(MAIL, name, "cur"))))
    guest.say("what shows messages again is left out", os.path.exists(f"{MAIL}/[Gmail]/All Mail")
              and os.listdir(f"{MAIL}/[Gmail]"))
    guest.hand_over_again("isync")


def mend(guest):
    """An account that somebody wrote by hand, and wrongly."""
    if guest.lacks("mbsync"):
        return
    guest.write(".mbsyncrc", BY_HAND)
    os.makedirs(os.path.join(HOME, "mine"))
    guest.sign_in()
    guest.deliver("mbsync by hand")
    guest.hand_over("isync")
    guest.expect("mbsync fetches with the person's own channel",
                 guest.run_any(["mbsync", "-a"]), code=0)
    guest.say("to the place of before",
              not holds(os.path.join(HOME, "mine", "INBOX"), "mbsync by hand") and "not")
    guest.hand_over_again("isync")


def use_icelandic(guest):
    """The account's folders have names in another language: as the server writes them."""
    if guest.lacks("mbsync"):
        return
    guest.sign_in()
    name = "[Gmail]/Sendur p&APM-stur"
    with imaplib.IMAP4_SSL("imap.gmail.com", timeout=PATIENCE) as imap:
        imap.login(USER, read_secret("app-password"))
        imap.create(f'"{name}"')
        imap.append(f'"{name}"', None, None, b"Subject: kve\xc3\xb0ja\r\n\r\nHabari?\r\n")
    guest.hand_over("isync")
    # The room has no such flag to give, so that the name is put in by hand.
    path = os.path.join(HOME, ".mbsyncrc")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    guest.write(".mbsyncrc", text.replace("[Gmail]/Sent Mail", name))
    guest.expect("mbsync fetches", guest.run_any(["mbsync", "gmail-zoe"]), code=0)
    guest.say("what was sent is there", not holds(os.path.join(MAIL, "Sent"), "kveðja") and "not")


CASES = [
    ("app-password", "", lambda guest: use(guest, "app-password")),
    ("oauth", "", lambda guest: use(guest, "oauth")),
    ("by-hand", "", mend),
    ("icelandic", "", use_icelandic),
]
