"""mbsync copies the mailbox to this computer."""

import os

from guest import HOME, USER

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


CASES = [
    ("app-password", "", lambda guest: use(guest, "app-password")),
    ("oauth", "", lambda guest: use(guest, "oauth")),
    ("by-hand", "", mend),
]
