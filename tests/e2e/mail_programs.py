"""mutt, msmtp and mbsync, with commands for their secrets, and Python to look after them."""

import email
import email.policy
import imaplib
import os
import shutil
import time

from guest import HOME, PATIENCE, USER, asked, later, read_secret

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"

MSMTP = """
defaults
tls on
tls_trust_file {certificates}
account gmail
host smtp.gmail.com
port 465
tls_starttls off
from {user}
user {user}
auth {mechanism}
passwordeval "{command}"
account default : gmail
"""

MBSYNC = """
IMAPAccount gmail
Host imap.gmail.com
Port 993
User {user}
PassCmd "{command}"
SSLType IMAPS
CertificateFile {certificates}
AuthMechs PLAIN

IMAPStore there
Account gmail

MaildirStore here
Path {folder}/
Inbox {folder}/INBOX

Channel mail
Far :there:
Near :here:
Patterns INBOX
Create Near
Sync Pull
SyncState *
"""

MUTT = """
set from="{user}" realname="Zoe Moyo" use_envelope_from=yes
set folder="imaps://imap.gmail.com/" spoolfile="+INBOX" record="" postponed=""
set imap_user="{user}" smtp_url="smtps://{user}@smtp.gmail.com:465/"
set ssl_force_tls=yes ssl_ca_certificates_file="{certificates}"
set certificate_file="{folder}/certificates" header_cache="" message_cachedir=""
set confirmappend=no confirmcreate=no mbox_type=mbox delete=no quit=yes mail_check=60
set copy=no crypt_use_gpgme=no
{secrets}
"""
MUTT_PASSWORD = 'set imap_pass="`{command}`" smtp_pass="`{command}`"'
MUTT_TOKEN = """set imap_authenticators="{mechanism}" smtp_authenticators="{mechanism}"
set imap_oauth_refresh_command="{command}" smtp_oauth_refresh_command="{command}"
"""


def messages_in(folder):
    """What a folder at the server holds."""
    with imaplib.IMAP4_SSL("imap.gmail.com", timeout=PATIENCE) as imap:
        imap.login(USER, read_secret("app-password"))
        imap.select(f'"{folder}"', readonly=True)
        numbers = imap.search(None, "ALL")[1][0].split()
        found = [imap.fetch(number.decode(), "(BODY.PEEK[])")[1][0][1] for number in numbers]
    return [email.message_from_bytes(text, policy=email.policy.default) for text in found]


def wait_for_message(subject):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if any(message["Subject"] == subject for message in messages_in("INBOX")):
            return True
        time.sleep(0.1)
    return False


def configure(name, text, **values):
    path = os.path.join(HOME, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.format(user=USER, certificates=CERTIFICATES, folder=HOME, **values))
    os.chmod(path, 0o600)
    return path


def send_with_msmtp(guest, name, command, mechanism, env=None):
    if guest.lacks("msmtp"):
        return
    path = configure("msmtprc", MSMTP, command=command, mechanism=mechanism)
    subject = f"msmtp {name} {mechanism}"
    text = f"From: {USER}\nTo: {USER}\nSubject: {subject}\n\nHabari?\n"
    done = guest.run_any(["msmtp", "-C", path, USER], stdin=text, env=env)
    guest.expect(f"msmtp sends with {name}, {mechanism}", done, code=0)
    guest.say("and it arrives", not wait_for_message(subject) and "not")


def fetch_with_mbsync(guest, name, command):
    if guest.lacks("mbsync"):
        return
    path = configure("mbsyncrc", MBSYNC, command=command)
    done = guest.run_any(["mbsync", "-c", path, "mail"])
    fetched = [file for folder, _, files in os.walk(os.path.join(HOME, "INBOX"))
               for file in files if os.path.basename(folder) in ("new", "cur")]
    guest.expect(f"mbsync fetches with {name}", done, code=0)
    guest.say("and has the mail", not fetched and done)
    shutil.rmtree(os.path.join(HOME, "INBOX"), ignore_errors=True)


def use_mutt(guest, name, secrets):
    if guest.lacks("mutt"):
        return
    path = configure("muttrc", MUTT, secrets=secrets)
    subject = f"mutt {name}"
    done = guest.run_any(["mutt", "-n", "-F", path, "-s", subject, "--", USER], stdin="Habari?\n")
    guest.expect(f"mutt sends with {name}", done, code=0)
    guest.say("and it arrives", not wait_for_message(subject) and "not")
    copy = os.path.join(HOME, "fetched")
    done = guest.at_terminal(["mutt", "-n", "-F", path, "-e",
                              f'push "<last-entry><copy-message>{copy}<enter><quit>"'], [])
    guest.say(f"mutt reads with {name}",
              not (os.path.exists(copy) and subject in open(copy, encoding="utf-8").read())
              and done)
    if os.path.exists(copy):
        os.remove(copy)


def try_all(guest, name, command):
    send_with_msmtp(guest, name, command, "plain")
    fetch_with_mbsync(guest, name, command)
    use_mutt(guest, name, MUTT_PASSWORD.format(command=command))


def try_with_tokens(guest, command):
    for mechanism in ("xoauth2", "oauthbearer"):
        send_with_msmtp(guest, "tokens", command, mechanism)
        secrets = MUTT_TOKEN.format(command=command, mechanism=mechanism)
        use_mutt(guest, f"tokens by {mechanism}", secrets)
    if guest.lacks("msmtp"):
        return
    before = asked("POST /token")
    send_with_msmtp(guest, "a token that ended in between", command, "xoauth2", later(2))
    guest.say("with a new one", asked("POST /token") != before + 1 and "not")
