#include "config.h"

#include "support/online-accounts.h"
#include "support/secret-service.h"

#include <stdio.h>
#include <unistd.h>

/*
 * Plays a part of a desktop on the session bus until standard input ends: "dismiss" is a
 * locked keyring, whose question the person closes; "accept" one that is opened then;
 * "online" and "attention" are GNOME Online Accounts with zoe's account, whose access
 * token is the first line of standard input. Prints a line when it is there.
 */

#define ONLINE                                                                           \
  "{objectpath '/org/gnome/OnlineAccounts/Manager':"                                     \
  " {'org.gnome.OnlineAccounts.Manager': @a{sv} {}},"                                    \
  " objectpath '/org/gnome/OnlineAccounts/Accounts/account_1':"                          \
  " {'org.gnome.OnlineAccounts.Account': {'ProviderType': <'google'>,"                   \
  " 'PresentationIdentity': <'zoe@gmail.com'>, 'MailDisabled': <false>,"                 \
  " 'AttentionNeeded': <%s>},"                                                           \
  " 'org.gnome.OnlineAccounts.Mail': {'EmailAddress': <'zoe@gmail.com'>,"                \
  " 'Name': <'Zoë'>},"                                                                  \
  " 'org.gnome.OnlineAccounts.OAuth2Based': {'ClientId': <'x'>}}}"

static gboolean
on_input (GIOChannel *channel, GIOCondition condition, gpointer loop)
{
  (void) channel;
  (void) condition;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
wait_for_end (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GIOChannel *input = g_io_channel_unix_new (STDIN_FILENO);

  g_io_add_watch (input, G_IO_HUP | G_IO_ERR | G_IO_IN, on_input, loop);
  puts ("ready");
  fflush (stdout);
  g_main_loop_run (loop);
  g_io_channel_unref (input);
}

static void
play_keyring (const char *bus, TestPrompt prompt)
{
  const TestSecretSituation situation = { .locked = TRUE, .prompt = prompt };
  TestSecretService *service = test_secret_service_new (bus, &situation);

  wait_for_end ();
  test_secret_service_free (service);
}

static void
play_online_accounts (const char *bus, const char *attention)
{
  char token[512] = "";
  TestOnlineSituation situation = { .seconds = 3599 };
  g_autofree char *objects = g_strdup_printf (ONLINE, attention);
  g_autoptr (TestOnlineAccounts) service = NULL;

  if (fgets (token, sizeof token, stdin) == NULL)
    g_error ("no token came");
  situation.objects = objects;
  situation.token = g_strstrip (token);
  if (g_str_equal (attention, "true"))
    {
      situation.refuse_at = "EnsureCredentials";
      situation.refusal = "org.gnome.OnlineAccounts.Error.NotAuthorized";
    }
  service = test_online_accounts_new (bus, &situation);
  wait_for_end ();
}

int
main (int argc, char **argv)
{
  const char *bus = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  const char *part = argc == 2 ? argv[1] : "";

  if (g_str_equal (part, "dismiss"))
    play_keyring (bus, TEST_PROMPT_DISMISSED);
  else if (g_str_equal (part, "accept"))
    play_keyring (bus, TEST_PROMPT_ACCEPTED);
  else if (g_str_equal (part, "online"))
    play_online_accounts (bus, "false");
  else if (g_str_equal (part, "attention"))
    play_online_accounts (bus, "true");
  else
    g_error ("which part?");
  return 0;
}
