#include "config.h"

#include "cli/commands.h"

#include "base/text.h"
#include "cli/hand-out.h"
#include "cli/signing-in.h"
#include "cli/typing.h"
#include "setup/hosting.h"
#include "setup/journey.h"
#include "setup/oauth-client.h"
#include "setup/online.h"
#include "setup/roster.h"

#include <glib/gi18n.h>

#define FULL_NAME_MAX 200

typedef int (*Way) (BaruaSigningIn *self);

static const struct
{
  const char *option;
  Way way;
} WAYS[] = {
  { "app-password", barua_signing_in_with_password },
  { "browser", barua_signing_in_in_browser },
  { "online-account", barua_signing_in_online },
};

typedef struct
{
  BaruaWaiter *waiter;
  BaruaDiscovery *discovery;
  BaruaOnline *online;
} Waiting;

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->discovery =
    barua_journey_discover_finish (BARUA_JOURNEY (source), result, NULL);
  barua_waiter_stop (waiting->waiter);
}

static void
on_online_account (GObject *source G_GNUC_UNUSED,
                   GAsyncResult *result,
                   gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->online = barua_online_find_finish (result, NULL);
  barua_waiter_stop (waiting->waiter);
}

static int
answer_foreign (BaruaSigningIn *self, const BaruaDiscovery *discovery)
{
  g_autofree char *title = barua_hosting_dup_title (self->address, discovery);
  g_autofree char *text = barua_hosting_dup_text (self->address, discovery);
  g_autofree char *message =
    text != NULL ? g_strdup_printf ("%s %s", title, text) : g_strdup (title);

  (void) barua_command_failed (self->arguments, self->output, "not-at-google", message);
  return BARUA_STATUS_PROBLEM;
}

/* Whether to go on: Google keeps the mail, as far as can be known. */
static gboolean
is_at_google (BaruaSigningIn *self, int *status)
{
  g_autoptr (BaruaJourney) journey = barua_journey_new (self->address);
  Waiting waiting = { .waiter = self->waiter };
  gboolean goes_on = FALSE;

  barua_journey_discover_async (journey, barua_waiter_get_cancellable (self->waiter),
                                on_discovered, &waiting);
  if (!barua_waiter_run (self->waiter) || waiting.discovery == NULL)
    *status = barua_command_interrupted (self->arguments, self->output, self->waiter);
  else if (barua_hosting_is_google (waiting.discovery))
    goes_on = TRUE;
  else
    *status = answer_foreign (self, waiting.discovery);
  g_clear_pointer (&waiting.discovery, barua_discovery_free);
  return goes_on;
}

static gboolean
has_online_account (BaruaSigningIn *self)
{
  Waiting waiting = { .waiter = self->waiter };
  gboolean usable = FALSE;

  barua_online_find_async (self->account->address,
                           barua_waiter_get_cancellable (self->waiter), on_online_account,
                           &waiting);
  (void) barua_waiter_run (self->waiter);
  usable = waiting.online != NULL && !waiting.online->attention;
  barua_online_free (waiting.online);
  return usable;
}

/* The best way that is possible, if none was named. */
static Way
choose_way (BaruaSigningIn *self)
{
  g_autofree char *path = barua_client_dup_path ();
  g_autoptr (BaruaClient) client = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (WAYS); i++)
    if (barua_arguments_has (self->arguments, WAYS[i].option))
      return WAYS[i].way;
  /* Who pipes something in means it to be the secret. */
  if (!barua_typing_has_person ())
    return barua_signing_in_with_password;
  client = barua_client_load (path, NULL);
  if (client != NULL)
    return barua_signing_in_in_browser;
  return has_online_account (self) ? barua_signing_in_online
                                   : barua_signing_in_with_password;
}

static BaruaAccount *
start_account (const BaruaArguments *arguments, const BaruaAddress *address)
{
  g_autofree char *login = barua_address_dup_login (address);
  const char *given = barua_arguments_get (arguments, "name");
  g_autofree char *name = NULL;
  BaruaAccount *account = barua_roster_find (login);

  if (account == NULL)
    account = barua_account_new (login);
  if (given != NULL && !g_utf8_validate (given, -1, NULL))
    name = g_locale_to_utf8 (given, -1, NULL, NULL, NULL);
  if (given == NULL && account->name == NULL)
    given = barua_address_get_name (address);
  if (given == NULL)
    return account;
  g_free (account->name);
  account->name = barua_text_one_line (name != NULL ? name : given, -1, FULL_NAME_MAX);
  return account;
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  int status = BARUA_STATUS_USAGE;
  g_autoptr (BaruaAddress) address =
    barua_command_take_address (&barua_command_sign_in, arguments, &status);
  g_autoptr (BaruaWaiter) waiter = NULL;
  g_autoptr (BaruaAccount) account = NULL;
  BaruaSigningIn self = { .arguments = arguments, .output = output, .address = address };
  guint n_ways = 0;

  if (address == NULL)
    return status;
  for (gsize i = 0; i < G_N_ELEMENTS (WAYS); i++)
    n_ways += barua_arguments_has (arguments, WAYS[i].option);
  if (n_ways > 1)
    return barua_command_misused (
      &barua_command_sign_in, _ ("Only one way of signing in can be taken at a time."));
  barua_secret_protect_process ();
  self.waiter = waiter = barua_waiter_new ();
  self.account = account = start_account (arguments, address);
  if (!is_at_google (&self, &status))
    return status;
  return choose_way (&self) (&self);
}

static const BaruaOption OPTIONS[] = {
  { "app-password", NULL, N_ ("With an app password, typed or from standard input") },
  { "browser", NULL, N_ ("In the browser, at Google") },
  { "online-account", NULL, N_ ("With the account that is in this desktop’s settings") },
  { "name", N_ ("FULL NAME"), N_ ("Your name, as others see it") },
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_sign_in = {
  .name = "sign-in",
  .usage = N_ ("ADDRESS [--app-password | --browser | --online-account] "
               "[--name \"FULL NAME\"] [--json]"),
  .summary = N_ ("Sign in once, for all mail programs"),
  .details =
    N_ ("Signs in to Gmail’s servers to prove that it works, and only then keeps the "
        "secret in "
        "the keyring, never anywhere else. Without a way named it takes the best that is "
        "possible: the browser, the account of this desktop, or an app password. When "
        "standard "
        "input is no terminal, the app password is read from it."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = 1,
  .run = run,
};
