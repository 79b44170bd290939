"""fetchmail: fetches through the open mailbox, into a Maildir of its own."""

import glob
import os

from guest import HOME, USER


def fetched():
    texts = []
    for path in glob.glob(os.path.join(HOME, "Maildir", "new", "*")):
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return texts


def fetch(client, method):
    client.sign_in(method)
    client.hand_over("fetchmail", "--incoming", "imap")
    done = client.run_any(["fetchmail", "--configdump"])
    client.expect("fetchmail understands its settings", done, code=0)
    client.deliver("Habari ya leo")
    done = client.run_any(["fetchmail"])
    client.expect("fetchmail fetches without a question", done, code=0)
    client.say("and has the mail", not any("Habari ya leo" in text for text in fetched()) and done)
    done = client.run_any(["fetchmail"])
    client.expect("the next time there is nothing new", done, code=1)
    client.say("and nothing comes twice", len(fetched()) != 1 and len(fetched()))
    client.say("it stays at Gmail", not client.find("Habari ya leo"))
    client.hand_over_again("fetchmail", "--incoming", "imap")


def with_password(client):
    if not client.lacks("fetchmail"):
        fetch(client, "app-password")


def with_token(client):
    if not client.lacks("fetchmail"):
        fetch(client, "oauth")


def beside_others(client):
    """Other people’s accounts are neither touched nor asked first."""
    if client.lacks("fetchmail"):
        return
    others = "# Office\npoll mail.office.example protocol IMAP user juma password 'hakuna'\n"
    path = client.write(".fetchmailrc", others)
    client.sign_in()
    client.hand_over("fetchmail")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    client.say("what was there stays", not text.startswith(others) and text)
    done = client.run_any(["fetchmail", "-m", "cat", "gmail-zoe"])
    client.expect("ours can be fetched by its name", done, code=1)


def with_pop(client):
    """POP is left to ask: nothing secret is written."""
    if client.lacks("fetchmail"):
        return
    client.sign_in()
    client.hand_over("fetchmail", "--incoming", "pop", questions=("password",))
    done = client.at_terminal(["fetchmail", "-m", "cat"], [(f"password for {USER}",
                              f"{client.kept('app-password')}\n")])
    client.say("it asks, and then signs in", done.code not in (0, 1) and done)


CASES = [
    ("password", "", with_password),
    ("token", "", with_token),
    ("others", "", beside_others),
    ("pop", "", with_pop),
]
