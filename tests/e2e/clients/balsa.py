"""Balsa, started as from its icon, and as a handler of mailto: links."""

import glob
import os
import subprocess

import gnome_kit
from client_kit import HOME, PATIENCE, USER, wait_until

CONFIG = os.path.join(HOME, ".balsa", "config")


def config_holds(text):
    with open(CONFIG, encoding="utf-8") as file:
        return text in file.read()


def watch(client, env, subject):
    fetched = wait_until(lambda: gnome_kit.home_holds(subject, ".balsa", "mail", ".cache"))
    client.say("Balsa fetches", not fetched and client.windows(env))


def use(client, subject, *words):
    client.deliver(subject)
    client.hand_over("balsa", *words)
    client.hand_over_again("balsa", *words)
    with client.display() as screen:
        env = {**screen, **gnome_kit.ONLINE}
        with gnome_kit.services(client, env, gnome_kit.DCONF):
            with client.running(["balsa", "--check-mail", "--open-inbox"], env):
                main = gnome_kit.find_window(env, "Balsa")
                client.say("its window is there", not main and client.windows(env))
                watch(client, env, subject)
                client.picture(env, "balsa")
                send(client, env, f"sent {subject}")
                client.expect_sent(f"sent {subject}")
                client.picture(env, "balsa-2")
                asking = [title for title in client.windows(env)
                          if "assword" in title or "Configure" in title]
                client.say("it asks nothing", *asking)


def send(client, env, subject):
    subprocess.run(["balsa", f"--compose=mailto:{USER}?subject={subject}&body=Habari"], env=env,
                   check=False, timeout=PATIENCE)
    composer = gnome_kit.find_window(env, subject)
    client.say("a message can be written", not composer and client.windows(env))
    client.picture(env, "composer")
    if composer:
        wait_until(lambda: gnome_kit.is_still(env, composer), 20)
        gnome_kit.press(env, composer, "ctrl+Return")


def app_password(client):
    client.sign_in()
    use(client, "Habari yako")


def pop(client):
    client.sign_in()
    use(client, "Habari ya posta", "--incoming", "pop")


CASES = [
    ("app-password", "", app_password),
    ("pop", "", pop),
]
