"""Who plays Gmail in the room: Dovecot and Postfix, and our stand-in for the rest."""

import hashlib
import os
import pathlib
import pwd
import shlex
import socket
import ssl
import subprocess
import time

from . import desktop, network

SUPPORT = pathlib.Path(__file__).resolve().parent.parent
USER = "zoe@gmail.com"
FOLDERS = {"Drafts": "\\Drafts", "Sent Mail": "\\Sent", "Spam": "\\Junk", "Starred": "\\Flagged",
           "Bin": "\\Trash", "All Mail": "\\All", "Important": "\\Important"}
SPEAK_FIRST = (465, 587, 993, 995)
PACKAGES = "glib-2.0 gio-2.0 gio-unix-2.0 libsoup-3.0 json-glib-1.0"

DOVECOT = """
protocols = imap pop3
listen = *, ::
base_dir = /run/dovecot
state_dir = /run/dovecot/state
log_path = {log}/dovecot
auth_verbose = yes
ssl = required
ssl_cert = <{certificate}/chain.pem
ssl_key = <{certificate}/key.pem
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = yes
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
auth_username_format = %Lu
first_valid_uid = 1
first_valid_gid = 1
mail_uid = {uid}
mail_gid = {gid}
mail_location = maildir:{mail}/%u/Maildir
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {room}/dovecot.users
  mechanisms = plain login
}}
passdb {{
  driver = oauth2
  args = {room}/dovecot.oauth2
  mechanisms = xoauth2 oauthbearer
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
{folders}
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = 993
    ssl = yes
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = 0
  }}
  inet_listener pop3s {{
    port = 995
    ssl = yes
  }}
}}
service auth {{
  unix_listener /var/spool/postfix/private/auth {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
protocol imap {{
  login_greeting = Gimap ready for requests from room
}}
protocol pop3 {{
  login_greeting = Gpop ready for requests from room
}}
"""

DOVECOT_OAUTH2 = """
tokeninfo_url = http://127.0.0.1/tokeninfo?access_token=
username_attribute = email
force_introspection = no
"""

POSTFIX = """
compatibility_level = 3.6
queue_directory = /var/spool/postfix
data_directory = /var/lib/postfix
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {log}/postfix
maillog_file_prefixes = /run
myhostname = smtp.gmail.com
mydestination =
mynetworks =
smtpd_peername_lookup = no
inet_interfaces = all
inet_protocols = all
alias_maps =
local_recipient_maps =
smtpd_banner = $myhostname ESMTP room - gsmtp
smtpd_tls_chain_files = {certificate}/key.pem, {certificate}/chain.pem
smtpd_tls_security_level = encrypt
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_discard_ehlo_keywords = vrfy, etrn, dsn
smtpd_delay_reject = yes
message_size_limit = 35882577
mailbox_size_limit = 0
virtual_mailbox_limit = 0
virtual_mailbox_domains = gmail.com
virtual_mailbox_base = {mail}
virtual_mailbox_maps = inline:{{ {user}={user}/Maildir/ }}
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
default_transport = discard:
relay_transport = discard:
smtputf8_enable = yes
"""

MASTER = """
465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
587 inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def certificates(room):
    """Returns the folder of certificates; the first call makes them if need be."""
    place = room.path("certificates")
    if place.exists():
        return place
    given = room.options.certificates
    if given and os.path.exists(os.path.join(given, "ca-bundle.pem")):
        place.symlink_to(os.path.abspath(given))
    else:
        network.run(str(SUPPORT / "make-certificates"), str(place))
    return place


# What the stand-in is made of besides its own files: also named in tests/meson.build.
SHARED = ("tests/support/dialogue.c", "tests/support/dialogue-check.c",
          "tests/support/dialogue-player.c", "src/account/login.c", "src/account/service.c",
          "src/base/secret.c", "src/base/text.c", "src/probe/evidence.c")


def find_stand_in():
    """Compiles the stand-in, once for each state of its sources."""
    root = SUPPORT.parent.parent
    sources = sorted(SUPPORT.glob("stand-in*.c")) + [root / name for name in SHARED]
    headers = [*SUPPORT.glob("*.h"), *root.glob("src/account/*.h"), *root.glob("src/base/*.h"),
               *root.glob("src/probe/*.h")]
    content = hashlib.sha256()
    for source in sources + sorted(headers):
        content.update(source.read_bytes())
    folder = pathlib.Path(f"/tmp/barua-room-{os.geteuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise SystemExit(f"room: {folder} is somebody else's")
    program = folder / f"stand-in-{content.hexdigest()[:16]}"
    if not program.exists():
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", *PACKAGES.split()],
                               check=True, capture_output=True, text=True).stdout
        (folder / "config.h").touch()
        draft = folder / f"draft-{os.getpid()}"
        subprocess.run(["cc", "-O1", "-g", "-D_GNU_SOURCE", "-o", str(draft), f"-I{folder}",
                        f"-I{root}/src", f"-I{root}/tests", f"-I{SUPPORT}",
                        *map(str, sources), *shlex.split(flags)], check=True)
        draft.rename(program)
    return str(program)


def serve(room):
    real = room.options.servers == "real"
    command = [room.options.stand_in, "--certificates", str(certificates(room)),
               "--secrets", str(room.path()), "--log", str(room.log / "stand-in")]
    for bend in room.options.bend:
        command += ["--bend", bend]
    if real:
        command += ["--web-only"]
    room.start("stand-in.err", command)
    ports = [80, 443]
    if real:
        start_postfix(room)
        start_dovecot(room)
    for port in ports + [465, 587, 993, 995]:
        wait_for(room, port)


def owner():
    account = pwd.getpwnam("mail")
    return {"uid": account.pw_uid, "gid": account.pw_gid}


def values(room):
    return {"room": room.path(), "log": room.log, "mail": room.path("mail"), "user": USER,
            "certificate": certificates(room) / "good", **owner()}


def start_dovecot(room):
    known = values(room)
    mail = room.path("mail")
    mail.mkdir(mode=0o755)
    home = mail / USER
    home.mkdir(mode=0o700)
    for folder in (mail, home):
        os.chown(folder, known["uid"], known["gid"])
    folders = "\n".join(
        f'  mailbox "[Gmail]/{name}" {{\n    auto = subscribe\n    special_use = {use}\n  }}'
        for name, use in FOLDERS.items())
    room.path("dovecot.conf").write_text(DOVECOT.format(folders=folders, **known))
    room.path("dovecot.oauth2").write_text(DOVECOT_OAUTH2)
    users = room.path("dovecot.users")
    users.write_text(f"{USER}:{{PLAIN}}{desktop.SECRETS['app-password']}\n")
    desktop.mount("-t", "tmpfs", "-o", "mode=755", "room", "/var/lib/dovecot")
    room.start("dovecot.err", ["dovecot", "-F", "-c", str(room.path("dovecot.conf"))])


def start_postfix(room):
    for folder in ("/etc/postfix", "/var/spool/postfix", "/var/lib/postfix"):
        if folder == "/etc/postfix":
            kept = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()
                    if path.is_file() and path.name.startswith(("postfix-files", "dynamicmaps"))}
        desktop.mount("-t", "tmpfs", "-o", "mode=755", "room", folder)
    place = pathlib.Path("/etc/postfix")
    for name, content in kept.items():
        (place / name).write_bytes(content)
    (place / "main.cf").write_text(POSTFIX.format(**values(room)))
    (place / "master.cf").write_text(MASTER)
    postfix = pwd.getpwnam("postfix")
    os.chown("/var/lib/postfix", postfix.pw_uid, postfix.pw_gid)
    # Postfix makes its folders itself, but the sign-in socket is put there before.
    private = pathlib.Path("/var/spool/postfix/private")
    private.mkdir(mode=0o700)
    os.chown(private, postfix.pw_uid, 0)
    room.start("postfix.err", ["postfix", "start-fg"])


def greeting(knock, port):
    """Waits until a real server has all its parts together: only then it says hello."""
    if port != 587:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        knock = context.wrap_socket(knock)
    if not knock.recv(100):
        raise ConnectionError("no greeting")


def wait_for(room, port):
    end = time.monotonic() + network.PATIENCE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as knock:
                if port in SPEAK_FIRST and room.options.servers == "real":
                    greeting(knock, port)
                return
        except OSError:
            dead = room.dead_helper()
            if dead or time.monotonic() > end:
                raise RuntimeError(f"nobody listens on port {port}; {dead or 'nobody'} died") from None
            time.sleep(0.02)
