"""Emacs sends with smtpmail and message-mode, and reads with Gnus."""

import os

from guest import HOME, USER

INIT = os.path.join(HOME, ".emacs.d", "init.el")
OTHER = """(setq smtpmail-smtp-server "mail.example.org" smtpmail-smtp-service 587
      send-mail-function 'smtpmail-send-it message-send-mail-function 'smtpmail-send-it
      user-mail-address "zoe@example.org"
      gnus-select-method '(nnnil ""))
"""
SEND = """(progn
  (load "{init}" nil t)
  (setq message-kill-buffer-on-exit t)
  (message-mail "{user}" "{subject}" '(("From" . "{sender}")))
  (message-goto-body)
  (insert "Habari?")
  (message-send-and-exit))"""
READ = """(progn
  (load "{init}" nil t)
  (setq gnus-agent nil gnus-save-newsrc-file nil gnus-read-newsrc-file nil
        gnus-large-newsgroup nil)
  (gnus)
  (gnus-group-read-group 100 nil "{group}")
  (princ (buffer-string)))"""


def evaluate(guest, form, **values):
    return guest.run_any(["emacs", "-Q", "--batch", "--eval", form.format(init=INIT, **values)])


def send(guest, subject, sender=f"Zoë Moyo <{USER}>"):
    done = evaluate(guest, SEND, user=USER, subject=subject, sender=sender)
    guest.expect("Emacs sends", done, code=0)
    guest.expect_sent(subject)


def read(guest, subject, group):
    done = evaluate(guest, READ, group=group)
    guest.expect("Gnus shows the inbox", done, code=0)
    guest.say("with what is in it", subject not in done.out and done)


def use(guest, method):
    if guest.lacks("emacs"):
        return
    guest.sign_in(method)
    guest.deliver(f"for Gnus {method}")
    guest.hand_over("emacs")
    send(guest, f"Emacs {method}")
    read(guest, f"for Gnus {method}", "INBOX")
    guest.hand_over_again("emacs")


def use_beside(guest):
    """There is another way of sending, and another mailbox: they stay the usual ones."""
    if guest.lacks("emacs"):
        return
    guest.write(".emacs.d/init.el", OTHER)
    guest.sign_in()
    guest.deliver("for Gnus beside")
    guest.hand_over("emacs")
    send(guest, "Emacs beside")
    read(guest, "for Gnus beside", "nnimap+gmail-zoe:INBOX")
    done = evaluate(guest, '(progn (load "{init}" nil t) (princ smtpmail-smtp-server) (princ '
                           'user-mail-address) (princ gnus-select-method))')
    guest.expect("what was set stays", done, code=0, out="mail.example.orgzoe@example.org(nnnil )")
    guest.hand_over_again("emacs")


def use_starttls(guest):
    """Port 465 is closed."""
    if guest.lacks("emacs"):
        return
    guest.sign_in(code=1)
    guest.hand_over("emacs")
    send(guest, "Emacs 587")


CASES = [
    ("app-password", "", lambda guest: use(guest, "app-password")),
    ("oauth", "", lambda guest: use(guest, "oauth")),
    ("beside-another", "", use_beside),
    ("starttls", "--fault refuse:465", use_starttls),
]
