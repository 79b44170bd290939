"""git send-email sends a patch."""

import os

from guest import HOME, USER

OTHER = """[user]
\tname = Zoe Moyo
\temail = zoe@example.org
[sendemail]
\tsmtpServer = mail.example.org
[credential]
\thelper = store
"""


def patch(subject):
    path = os.path.join(HOME, "0001.patch")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n"
                   f"From: Zoë Moyo <{USER}>\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n"
                   f"Subject: [PATCH] {subject}\nMIME-Version: 1.0\n"
                   f"Content-Type: text/plain; charset=UTF-8\n"
                   f"Content-Transfer-Encoding: 8bit\n\nHabari?\n---\n")
    return path


def send(client, subject, *words):
    done = client.run_any(["git", "send-email", "--confirm=never", "--suppress-cc=all", *words,
                           f"--to={USER}", patch(subject)],
                          env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "false"})
    client.expect("git sends", done, code=0)
    client.expect_sent(f"[PATCH] {subject}")


def understands(client):
    done = client.run_any(["git", "config", "--global", "-l"])
    client.expect("git understands its settings", done, code=0, err="")


def whole(client, method, code=0):
    client.sign_in(method, code)
    client.write(".gitconfig", "[user]\n\tname = Zoë Moyo\n\temail = zoe@example.org\n")
    client.hand_over("git")
    client.hand_over_again("git")
    understands(client)
    send(client, f"git {method}")


def beside(client):
    client.sign_in()
    client.write(".gitconfig", OTHER, 0o644)
    client.hand_over("git")
    client.hand_over_again("git")
    understands(client)
    send(client, "git beside another", "--identity=gmail-zoe")
    kept = os.path.exists(os.path.join(HOME, ".git-credentials"))
    client.say("the other helper is told nothing", kept and "it kept the password")
    done = client.run_any(["git", "config", "sendemail.smtpServer"])
    client.say("the other server stays", done.out != "mail.example.org\n" and done)


CASES = [
    ("password", "", lambda client: whole(client, "app-password")),
    ("oauth", "", lambda client: whole(client, "oauth")),
    ("587", "--fault refuse:465", lambda client: whole(client, "app-password", 1)),
    ("beside", "", beside),
]
