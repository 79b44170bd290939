"""Evolution, started as from its icon, and as a handler of mailto: links."""

import json
import subprocess

import browser_cases
import gnome_kit
from client_kit import PATIENCE, USER, wait_until
from guest import asked, read_secret

# A server's port for fetching, as it must be in what the services have of the account.
SERVED = r"Port=99[35]\b"
FOLDERS = (".cache/evolution", ".local/share/evolution")


def environment(screen):
    return {**screen, **gnome_kit.ONLINE}


def fetch_and_send(client, env, subject):
    with client.running(["evolution", "--component=mail"], env) as program:
        fetched = wait_until(lambda: gnome_kit.home_holds(subject, *FOLDERS))
        client.say("Evolution fetches", not fetched and "not")
        main = gnome_kit.find_window(env, "^Mail|^Inbox|Evolution$")
        client.say("its window is there", not main and client.windows(env))
        send(client, env, f"sent {subject}")
        client.expect_sent(f"sent {subject}")
        asking = [title for title in client.windows(env)
                  if "assword" in title or "uthenti" in title or "Welcome" in title]
        client.say("it asks nothing", *asking)
        client.picture(env, "evolution")
        subprocess.run(["evolution", "--quit"], env=env, check=False, timeout=PATIENCE)
        # Here it is never done with that; it has written what it keeps long before.
        wait_until(lambda: program.poll() is not None, 5)


def send(client, env, subject):
    subprocess.run(["evolution", f"mailto:{USER}?subject={subject}&body=Habari"], env=env,
                   check=False, timeout=PATIENCE)
    composer = gnome_kit.find_window(env, subject)
    client.say("a message can be written", not composer and client.windows(env))
    if composer:
        # The button “Send”: its key would ask whether it was meant.
        wait_until(lambda: gnome_kit.is_still(env, composer), 20)
        gnome_kit.click(env, composer, 50, 25)


def copies(client):
    """Nothing but Gmail itself keeps what is sent."""
    client.say("no second copy is saved", gnome_kit.home_holds("UseSentFolder=true", ".config"))


def use(client, subject, *words, uid="gmail-zoe", meanwhile=None):
    """Hands the settings over while the desktop runs, and has Evolution use them."""
    client.deliver(subject)
    with client.display() as screen:
        env = environment(screen)
        with gnome_kit.services(client, env, gnome_kit.DCONF, gnome_kit.REGISTRY):
            client.hand_over("evolution", *words)
            seen = wait_until(lambda: gnome_kit.knows_source(env, uid, SERVED))
            client.say("Evolution’s services see the account", not seen and "not")
            if meanwhile:
                meanwhile(client)
            fetch_and_send(client, env, subject)
            copies(client)


def app_password(client):
    client.sign_in()
    use(client, "Habari yako")
    client.hand_over_again("evolution")


def pop(client):
    client.sign_in()
    use(client, "Habari ya posta", "--incoming", "pop", uid="gmail-zoe-pop")


def starttls(client):
    client.sign_in(code=1)
    use(client, "Habari ya leo")
    client.say("it sends through port 587", client.logged("postfix", "smtps/smtpd") and "465")


TOKENS = ["e-source-uid", f"OAuth2::Google[{USER}]", "eds-origin", "evolution-data-server"]


def let_token_end(client):
    """As if an hour had gone by since the settings were handed over."""
    done = client.run_any(["secret-tool", "lookup", *TOKENS], hand_out=True)
    tokens = json.loads(done.out)
    tokens.update(access_token=read_secret("old-access-token"), expires_after="1700000000")
    client.run_any(["secret-tool", "store", "--label=Evolution", "xdg:schema",
                    "org.gnome.Evolution.Data.Source", *TOKENS], stdin=json.dumps(tokens))


def oauth(client):
    browser_cases.register("GOCSPX-of-the-room")
    browser_cases.sign_in(client)
    use(client, "Habari za Google")
    client.say("it signs in with tokens",
               not client.logged("dovecot", "method=XOAUTH2") and "not to IMAP")
    before = asked("POST /token")
    use(client, "Habari tena", meanwhile=let_token_end)
    client.say("it gets new tokens by itself", asked("POST /token") == before and "not once")


SOURCE = ".config/evolution/sources/{}.source"
BY_HAND = {
    "a1b2c3": """[Data Source]
DisplayName=Post
Enabled=true
Parent=

[Mail Account]
BackendName=imapx
IdentityUid=d4e5f6
NeedsInitialSetup=false

[Authentication]
Host=imap.googlemail.com
Method=plain/password
Port=143
RememberPassword=false
User=Z.oe@gmail.com

[Security]
Method=none
""",
    "d4e5f6": """[Data Source]
DisplayName=Post
Enabled=true
Parent=a1b2c3

[Mail Identity]
Address=zoe@gmail.com
Name=Somebody Else

[Mail Submission]
TransportUid=a7b8c9
UseSentFolder=true
SentFolder=folder://a1b2c3/Sent
""",
    "a7b8c9": """[Data Source]
DisplayName=Post
Enabled=true
Parent=a1b2c3

[Mail Transport]
BackendName=smtp

[Authentication]
Host=smtp.google.com
Method=none
Port=25

[Security]
Method=none
""",
}


def by_hand(client):
    """An account that is there, and works no more, is brought up to date."""
    client.sign_in()
    for uid, text in BY_HAND.items():
        client.write(SOURCE.format(uid), text)
    use(client, "Habari ya zamani", uid="a1b2c3")
    client.say("it is not doubled", gnome_kit.home_holds("gmail-zoe", ".config/evolution"))


CASES = [
    ("app-password", "", app_password),
    ("pop", "", pop),
    ("starttls", "--fault refuse:465", starttls),
    ("oauth", "", oauth),
    ("by-hand", "", by_hand),
]
