"""Geary, started as from its icon, and as a handler of mailto: links."""

import subprocess

import gnome_kit
from client_kit import PATIENCE, USER, wait_until

FOLDERS = (".local/share/geary", ".cache/geary")


def fetch_and_send(client, env, subject):
    with client.running(["geary"], env):
        fetched = wait_until(lambda: gnome_kit.home_holds(subject, *FOLDERS))
        client.say("Geary fetches", not fetched and client.windows(env))
        send(client, env, f"sent {subject}")
        client.expect_sent(f"sent {subject}")
        asking = [title for title in client.windows(env)
                  if "assword" in title or "Welcome" in title or "Problem" in title]
        client.say("it asks nothing", *asking)
        client.picture(env, "geary")


def send(client, env, subject):
    subprocess.run(["geary", f"mailto:{USER}?subject={subject}&body=Habari"], env=env,
                   check=False, timeout=PATIENCE)
    composer = gnome_kit.find_window(env, subject)
    client.say("a message can be written", not composer and client.windows(env))
    if composer:
        wait_until(lambda: gnome_kit.is_still(env, composer), 20)
        client.picture(env, "composer")
        gnome_kit.press(env, composer, "ctrl+Return")


def use(client, subject):
    client.deliver(subject)
    client.hand_over("geary")
    client.hand_over_again("geary")
    with client.display() as screen:
        env = {**screen, **gnome_kit.ONLINE}
        with gnome_kit.services(client, env, gnome_kit.DCONF):
            fetch_and_send(client, env, subject)
    client.say("no second copy is saved", gnome_kit.home_holds("save_sent=true", ".config"))


def app_password(client):
    client.sign_in()
    use(client, "Habari yako")


def starttls(client):
    client.sign_in(code=1)
    use(client, "Habari ya leo")


CASES = [
    ("app-password", "", app_password),
    ("starttls", "--fault refuse:465", starttls),
]
