"""OfflineIMAP copies the mailbox to this computer."""

import os

from guest import HOME
from isync import holds

MAIL = os.path.join(HOME, "Mail", "gmail-zoe-offlineimap")
WORK = """[general]
accounts = work
ui = quiet

[Account work]
localrepository = work-local
remoterepository = work-remote

[Repository work-local]
type = Maildir
localfolders = ~/work

[Repository work-remote]
type = Maildir
localfolders = ~/far-work
"""


def use(guest, method):
    if guest.lacks("offlineimap"):
        return
    subject = f"OfflineIMAP {method}"
    # Another account is there before, and stays.
    guest.write(".offlineimaprc", WORK)
    guest.sign_in(method)
    guest.deliver(subject)
    guest.hand_over("offlineimap")
    shown = guest.run_any(["offlineimap", "-a", "gmail-zoe", "--info"])
    guest.expect("OfflineIMAP understands its settings", shown, code=0)
    done = guest.run_any(["offlineimap", "-a", "gmail-zoe", "-o", "-u", "basic"])
    guest.expect("and fetches", done, code=0)
    guest.say("the inbox is there", not holds(os.path.join(MAIL, "INBOX"), subject) and done)
    folders = os.listdir(MAIL) if os.path.isdir(MAIL) else []
    guest.say("and the folders that are no views", "[Gmail].Sent Mail" not in folders and folders,
              "[Gmail].All Mail" in folders and folders)
    guest.hand_over_again("offlineimap")


CASES = [
    ("app-password", "", lambda guest: use(guest, "app-password")),
    ("oauth", "", lambda guest: use(guest, "oauth")),
]
