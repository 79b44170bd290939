"""msmtp sends, as the only account and beside another."""

from guest import USER

OTHER = """# of the firm
account firm
host mail.example.org
from zoe@example.org

account default : firm
"""


def send(client, subject, *words):
    text = f"From: Zoë Moyo <{USER}>\nTo: {USER}\nSubject: {subject}\n\nHabari?\n"
    done = client.run_any(["msmtp", *words, "-t"], stdin=text)
    client.expect("msmtp sends, and asks nothing", done, code=0, out="", err="")
    client.expect_sent(subject)


def password(client):
    client.sign_in()
    client.hand_over("msmtp")
    client.hand_over_again("msmtp")
    send(client, "msmtp with a password")
    done = client.run_any(["msmtp", "-P", USER])
    client.expect("msmtp understands its settings", done, code=0, err="")


def oauth(client):
    client.sign_in("oauth")
    client.hand_over("msmtp")
    client.hand_over_again("msmtp")
    send(client, "msmtp with a token")


def beside(client):
    client.sign_in()
    path = client.write(".msmtprc", OTHER, 0o640)
    client.hand_over("msmtp")
    client.hand_over_again("msmtp")
    send(client, "msmtp beside another", "-a", "gmail-zoe")
    done = client.run_any(["msmtp", "-P", USER])
    client.say("the other account is the default still",
               "host = mail.example.org" not in done.out and done)
    client.expect("it is taken back", client.run("undo", "--json"), code=0)
    with open(path, encoding="utf-8") as file:
        client.say("byte for byte", file.read() != OTHER and "it differs")


def port_587(client):
    client.sign_in(code=1)
    client.hand_over("msmtp")
    done = client.run_any(["msmtp", "-P", USER])
    client.say("the port that is open is taken", "port = 587" not in done.out and done)
    send(client, "msmtp through 587")


CASES = [
    ("password", "", password),
    ("oauth", "", oauth),
    ("beside", "", beside),
    ("587", "--fault refuse:465", port_587),
]
