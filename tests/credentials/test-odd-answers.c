#include "config.h"

#include "credentials/error.h"
#include "credentials/online-account.h"
#include "credentials/store.h"
#include "support/loop.h"
#include "support/online-accounts.h"
#include "support/store.h"

#include <string.h>

#define ZOE "zoe@gmail.com"
#define HUGE_LENGTH (4 * 1024 * 1024)
#define GOOD                                                                             \
  "{objectpath '/org/gnome/OnlineAccounts/Accounts/a':"                                  \
  " {'org.gnome.OnlineAccounts.Account': {'ProviderType': <'google'>,"                   \
  " 'PresentationIdentity': <'zoe@gmail.com'>},"                                         \
  " 'org.gnome.OnlineAccounts.Mail': {'EmailAddress': <'zoe@gmail.com'>},"               \
  " 'org.gnome.OnlineAccounts.OAuth2Based': @a{sv} {}}}"

/* What no method answers, or not so. */
static const char *const ODD[] = {
  "()",
  "('x',)",
  "('', 1)",
  "(@au [],)",
  "(true, <1>)",
  "(<'x'>,)",
  "(<@a{ss} {'expires': '99999999999999999999999'}>,)",
  "(<@a{ss} {'expires': '-1'}>,)",
  "(objectpath '/',)",
  "(objectpath '/', objectpath '/')",
  "(objectpath '/nobody', objectpath '/')",
  "(objectpath '/', objectpath '/nobody')",
  "(@ao [], @ao [])",
  "([objectpath '/nobody'], @ao [])",
  "(@ao [], [objectpath '/nobody', objectpath '/'])",
  "(@ao [], objectpath '/nobody')",
  "([objectpath '/'], objectpath '/')",
  "(<@ay []>, objectpath '/session/1')",
  "(<'x'>, objectpath '/session/1')",
  "(<uint32 5>, objectpath '/session/1')",
  "(<[byte 0]>, objectpath '/session/1')",
  "((objectpath '/', @ay [], @ay [], ''),)",
  "((objectpath '/session/1', [byte 1], [byte 2], 'text/plain'),)",
  "((objectpath '/nobody', b'sixteen bytes it', b'abcdefghijklmnop', ''),)",
  "(@a{oa{sa{sv}}} {},)",
  "(@a{sv} {},)",
};

/* Nothing is taken for what it is not: a secret is the one that is there, and what is
 * said to be kept is. */
static void
assert_honest (TestStoreRequest request,
               const TestStoreOutcome *out,
               TestSecretService *service)
{
  g_autofree char *items = test_secret_service_dup_items (service);

  if (!out->worked)
    g_assert_true (out->error->domain == BARUA_CREDENTIALS_ERROR);
  else if (out->secret != NULL)
    g_assert_cmpstr (barua_secret_peek (out->secret), ==, TEST_STORE_SECRET);
  else if (request == TEST_STORE_SAVE_PASSWORD)
    g_assert_nonnull (strstr (items, "|" TEST_STORE_SECRET "\n"));
}

/* Whether it was asked for that at all. */
static gboolean
ask_oddly (GTestDBus *bus, TestStoreRequest request, const TestSecretSituation *situation)
{
  g_autoptr (TestSecretService) service = test_store_play (bus, situation);
  g_auto (TestStoreOutcome) out = { 0 };

  test_store_prepare (service, request);
  out = test_store_ask (request);
  assert_honest (request, &out, service);
  return test_secret_service_count_odd (service) > 0;
}

static void
ask_all_oddly (GTestDBus *bus, TestStoreRequest request, const char *method)
{
  gboolean asked = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (ODD); i++)
    {
      const TestSecretSituation situation = {
        .locked = i % 2 == 0,
        .prompt = TEST_PROMPT_ACCEPTED,
        .no_collection = i % 2 == 0,
        .odd_at = method,
        .odd = ODD[i],
      };

      g_test_message ("request %u, %s: %s", request, method, ODD[i]);
      asked = ask_oddly (bus, request, &situation) || asked;
      /* There it is never asked for that. */
      if (i > 0 && !asked)
        return;
    }
}

static void
test_keyring (void)
{
  static const char *const METHODS[] = {
    "OpenSession", "SearchItems",      "Unlock", "ReadAlias", "CreateItem", "SetSecret",
    "GetSecret",   "CreateCollection", "Delete", "Get",       "Set",
  };
  GTestDBus *bus = test_store_start_bus ();

  for (TestStoreRequest request = 0; request < TEST_STORE_N_REQUESTS; request++)
    for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
      ask_all_oddly (bus, request, METHODS[i]);
  test_store_stop_bus (bus);
}

/* An answer of another type is no sign that there is no keyring to talk to. */
static void
test_keyring_of_other_types (void)
{
  static const char *const METHODS[] = { "SearchItems", "ReadAlias", "CreateItem" };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
    {
      g_autoptr (TestSecretService) service = test_store_play (
        bus, &(TestSecretSituation){ .odd_at = METHODS[i], .odd = "('x',)" });
      g_auto (TestStoreOutcome) out = test_store_ask (TEST_STORE_SAVE_PASSWORD);

      g_test_message ("%s", METHODS[i]);
      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
    }
  test_store_stop_bus (bus);
}

static void
test_keyring_keeps_nothing (void)
{
  static const char *const ANSWERS[] = { "(objectpath '/', objectpath '/')" };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    {
      g_autoptr (TestSecretService) service = test_store_play (
        bus, &(TestSecretSituation){ .odd_at = "CreateItem", .odd = ANSWERS[i] });
      g_auto (TestStoreOutcome) out = test_store_ask (TEST_STORE_SAVE_PASSWORD);

      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
    }
  test_store_stop_bus (bus);
}

typedef struct
{
  TestSecretService *service;
} Silent;

static gboolean
was_asked (gpointer user_data)
{
  return test_secret_service_count_odd (((Silent *) user_data)->service) > 0;
}

static void
cancel_in_silence (GTestDBus *bus, TestStoreRequest request, const char *method)
{
  g_autoptr (TestSecretService) service = test_store_play (
    bus, &(TestSecretSituation){ .locked = g_str_equal (method, "Unlock"),
                                 .prompt = TEST_PROMPT_ACCEPTED,
                                 .odd_at = method });
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_auto (TestStoreOutcome) out = { 0 };

  g_test_message ("%s", method);
  test_store_prepare (service, request);
  test_store_start (request, cancellable, &result);
  test_loop_until (was_asked, &(Silent){ service });
  test_loop_drain ();
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  out = test_store_finish (request, &result);
  g_assert_error (out.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* It never answers: cancelling ends the wait at once. */
static void
test_keyring_silent (void)
{
  GTestDBus *bus = test_store_start_bus ();

  cancel_in_silence (bus, TEST_STORE_LOOK_UP_PASSWORD, "SearchItems");
  cancel_in_silence (bus, TEST_STORE_LOOK_UP_PASSWORD, "OpenSession");
  cancel_in_silence (bus, TEST_STORE_LOOK_UP_PASSWORD, "GetSecret");
  cancel_in_silence (bus, TEST_STORE_LOOK_UP_PASSWORD, "Unlock");
  cancel_in_silence (bus, TEST_STORE_LOOK_UP_TOKEN, "Get");
  cancel_in_silence (bus, TEST_STORE_SAVE_PASSWORD, "ReadAlias");
  cancel_in_silence (bus, TEST_STORE_SAVE_PASSWORD, "CreateItem");
  cancel_in_silence (bus, TEST_STORE_SAVE_TOKEN, "SetSecret");
  cancel_in_silence (bus, TEST_STORE_FORGET, "Delete");
  test_store_stop_bus (bus);
}

static TestOnlineAccounts *
play (GTestDBus *bus, const TestOnlineSituation *situation)
{
  return test_online_accounts_new (g_test_dbus_get_bus_address (bus), situation);
}

static BaruaSecret *
take (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barua_online_account_get_token_async (ZOE, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_online_account_get_token_finish (result, NULL, error);
}

static GPtrArray *
list (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barua_online_accounts_list_async (NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_online_accounts_list_finish (result, error);
}

static void
test_online (void)
{
  static const char *const METHODS[] = { "GetManagedObjects", "EnsureCredentials",
                                         "GetAccessToken" };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ODD); j++)
      {
        g_autoptr (TestOnlineAccounts) service =
          play (bus, &(TestOnlineSituation){ GOOD, .token = "x", .seconds = 1,
                                             .odd_at = METHODS[i], .odd = ODD[j] });
        g_autoptr (GError) error = NULL;
        g_autoptr (BaruaSecret) token = take (&error);
        int code = i == 0 && g_str_has_prefix (ODD[j], "(@a{oa")
                     ? BARUA_CREDENTIALS_ERROR_ONLINE_MISSING
                     : BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED;

        g_test_message ("%s: %s", METHODS[i], ODD[j]);
        g_assert_null (token);
        g_assert_error (error, BARUA_CREDENTIALS_ERROR, code);
      }
  test_store_stop_bus (bus);
}

/* What would lead a terminal or another program astray is no token. */
static void
test_online_tokens (void)
{
  static const char *const TOKENS[] = { "ya29.x\ny", "a b", "\033]0;x\007", "Zoë",
                                        "\001" };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (TOKENS); i++)
    {
      g_autoptr (TestOnlineAccounts) service =
        play (bus, &(TestOnlineSituation){ GOOD, .token = TOKENS[i], .seconds = 1 });
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaSecret) token = take (&error);

      g_assert_null (token);
      g_assert_error (error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED);
    }
  test_store_stop_bus (bus);
}

static char *
write_account (const char *id, const char *address, const char *name)
{
  return g_strdup_printf ("objectpath '/org/gnome/OnlineAccounts/Accounts/%s':"
                          " {'org.gnome.OnlineAccounts.Account':"
                          " {'ProviderType': <'google'>},"
                          " 'org.gnome.OnlineAccounts.Mail':"
                          " {'EmailAddress': <'%s'>, 'Name': <'%s'>},"
                          " 'org.gnome.OnlineAccounts.OAuth2Based': @a{sv} {}}",
                          id, address, name);
}

/* A name goes into the list of accounts and into mail programs' settings. */
static void
test_online_names (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autofree char *huge = g_strnfill (HUGE_LENGTH, 'x');
  g_autofree char *endless_name = write_account ("a", ZOE, huge);
  g_autofree char *endless_address = write_account ("b", huge, "Joe");
  g_autofree char *endless_id = write_account (huge, "joe@gmail.com", "Joe");
  g_autofree char *lines = write_account ("d", "d@gmail.com", "Zoë\\n[x]\\u001b]0;y");
  g_autofree char *objects = g_strdup_printf ("{%s, %s, %s, %s}", endless_name,
                                              endless_address, endless_id, lines);
  g_autoptr (TestOnlineAccounts) service =
    play (bus, &(TestOnlineSituation){ .objects = objects });
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = list (&error);
  const BaruaOnlineAccount *found = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 3);
  found = barua_online_accounts_find (accounts, ZOE);
  g_assert_cmpuint (g_utf8_strlen (found->name, -1), <=, 201);
  found = barua_online_accounts_find (accounts, "d@gmail.com");
  g_assert_cmpstr (found->name, ==, "Zoë [x]\357\277\275]0;y");
  g_clear_pointer (&service, test_online_accounts_free);
  test_store_stop_bus (bus);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/credentials/odd-answers/keyring", test_keyring);
  g_test_add_func ("/credentials/odd-answers/keyring/types", test_keyring_of_other_types);
  g_test_add_func ("/credentials/odd-answers/keyring/nothing",
                   test_keyring_keeps_nothing);
  g_test_add_func ("/credentials/odd-answers/keyring/silent", test_keyring_silent);
  g_test_add_func ("/credentials/odd-answers/online", test_online);
  g_test_add_func ("/credentials/odd-answers/online/tokens", test_online_tokens);
  g_test_add_func ("/credentials/odd-answers/online/names", test_online_names);
  return g_test_run ();
}
