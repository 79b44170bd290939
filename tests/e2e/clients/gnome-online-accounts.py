"""GNOME Online Accounts: what Evolution and Geary take over by themselves."""

import gnome_kit
from client_kit import USER, wait_until

import evolution
import geary


def take_over(client, subject, program, *running):
    """Hands the settings over while the desktop runs, and has a program use them."""
    client.deliver(subject)
    with client.display() as screen:
        env = {**screen, **gnome_kit.ONLINE}
        with gnome_kit.services(client, env, gnome_kit.DCONF, gnome_kit.ONLINE_ACCOUNTS,
                                *running):
            client.hand_over("gnome-online-accounts")
            seen = wait_until(lambda: gnome_kit.knows_online_account(env, USER))
            client.say("GNOME Online Accounts see the account", not seen and "not")
            client.hand_over_again("gnome-online-accounts")
            if running:
                seen = wait_until(lambda: gnome_kit.knows_transport(env, USER))
                client.say("Evolution’s services take the account over", not seen and "not")
            program.fetch_and_send(client, env, subject)


def with_evolution(client):
    client.sign_in()
    take_over(client, "Habari ya Evolution", evolution, gnome_kit.REGISTRY)
    client.hand_over("evolution")
    evolution.copies(client)


def with_geary(client):
    client.sign_in()
    take_over(client, "Habari ya Geary", geary)
    client.say("no second copy is saved", gnome_kit.home_holds("save_sent=true", ".config"))


CASES = [
    ("evolution", "", with_evolution),
    ("geary", "", with_geary),
]
