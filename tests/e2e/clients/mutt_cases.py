"""What mutt and NeoMutt are both tried with."""

import os

from guest import HOME, USER

ASKS = ("assword", "reate", "reject", "does not exist", "Error", "errors in", "yes]")


def complaints(client, program):
    """What it says of its settings: it ends well whatever they are."""
    done = client.run_any([program, "-Q", "folder"])
    client.say(f"{program} understands its settings", done.err and done)


def read(client, program, subject, keys=""):
    """Opens the inbox as a person does, and keeps the last message."""
    copy = os.path.join(HOME, "fetched")
    push = f'push "{keys}<last-entry><copy-message>{copy}<enter><quit>"'
    done = client.at_terminal([program, "-e", "set confirmcreate=no quit=yes", "-e", push], [])
    text = ""
    if os.path.exists(copy):
        with open(copy, encoding="utf-8", errors="replace") as file:
            text = file.read()
        os.remove(copy)
    client.say(f"{program} fetches", subject not in text and done)
    client.say("and asks nothing", *(done for word in ASKS if word in done.out))


def send(client, program, subject, *words):
    done = client.run_any([program, "-s", subject, *words, "--", USER], stdin="Habari?\n")
    client.expect(f"{program} sends", done, code=0)
    said = done.err.replace("Authenticating (OAUTHBEARER)...\n", "")
    client.say("and says nothing more", said)
    client.expect_sent(subject)
    client.say("and no copy is kept here", os.path.exists(os.path.join(HOME, "sent")) and "sent")


def whole(client, program, method, *words):
    client.sign_in(method)
    client.deliver(f"For {program}")
    client.hand_over(program, *words)
    client.hand_over_again(program, *words)
    complaints(client, program)
    read(client, program, f"For {program}")
    send(client, program, f"{program} {method}")


def through_587(client, program):
    client.sign_in(code=1)
    client.hand_over(program)
    complaints(client, program)
    send(client, program, f"{program} through 587")


def beside(client, program):
    """Another account stays, and a key leads to the new one."""
    client.sign_in()
    client.deliver(f"For {program}")
    os.makedirs(os.path.join(HOME, "Mail"))
    client.write(".muttrc", "set folder=~/Mail spoolfile=~/Mail/inbox\n")
    client.write("Mail/inbox", "From a@b Thu Jan  1 00:00:00 1970\nSubject: Here\n\nHere.\n")
    client.hand_over(program)
    client.hand_over_again(program)
    complaints(client, program)
    read(client, program, "Subject: Here")
    read(client, program, f"For {program}", "<f2>")


def cases(program):
    return [
        ("password", "", lambda client: whole(client, program, "app-password")),
        ("oauth", "", lambda client: whole(client, program, "oauth")),
        ("587", "--fault refuse:465",
         lambda client: through_587(client, program)),
        ("pop", "", lambda client: whole(client, program, "app-password", "--incoming", "pop")),
        ("pop-oauth", "", lambda client: whole(client, program, "oauth", "--incoming", "pop")),
        ("beside", "", lambda client: beside(client, program)),
    ]
