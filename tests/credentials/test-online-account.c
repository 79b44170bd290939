#include "config.h"

#include "credentials/error.h"
#include "credentials/online-account.h"
#include "support/loop.h"
#include "support/online-accounts.h"
#include "support/store.h"

#define ZOE "zoe@gmail.com"

/* The GVariant text of accounts as the service shows them. */
#define ACCOUNT(id, provider, address, flags, others)                                    \
  "objectpath '/org/gnome/OnlineAccounts/Accounts/" id "':"                              \
  " {'org.gnome.OnlineAccounts.Account': {'ProviderType': <'" provider "'>,"             \
  " 'PresentationIdentity': <'" address "'>, " flags "}" others "}"
#define FLAGS(mail_disabled, attention)                                                  \
  "'MailDisabled': <" mail_disabled ">, 'AttentionNeeded': <" attention ">"
#define MAIL(address)                                                                    \
  ", 'org.gnome.OnlineAccounts.Mail': {'EmailAddress': <'" address "'>,"                 \
  " 'Name': <'Zoë'>}"
#define TOKENS ", 'org.gnome.OnlineAccounts.OAuth2Based': {'ClientId': <'x'>}"
#define MANAGER                                                                          \
  "objectpath '/org/gnome/OnlineAccounts/Manager':"                                      \
  " {'org.gnome.OnlineAccounts.Manager': @a{sv} {}}"

#define GOOD                                                                             \
  "{" MANAGER ", " ACCOUNT ("account_2", "google", ZOE, FLAGS ("false", "false"),        \
                            MAIL (ZOE) TOKENS) "}"

static TestOnlineAccounts *
play (GTestDBus *bus, const TestOnlineSituation *situation)
{
  return test_online_accounts_new (g_test_dbus_get_bus_address (bus), situation);
}

static GPtrArray *
list (GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barua_online_accounts_list_async (cancellable, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_online_accounts_list_finish (result, error);
}

static BaruaSecret *
take (GCancellable *cancellable, gint64 *expires, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barua_online_account_get_token_async (ZOE, cancellable, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_online_account_get_token_finish (result, expires, error);
}

static char *
describe (GPtrArray *accounts)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < accounts->len; i++)
    {
      const BaruaOnlineAccount *account = accounts->pdata[i];

      g_string_append_printf (out, "%s %s %s%s%s;", account->id, account->address,
                              account->name != NULL ? account->name : "-",
                              account->mail ? " mail" : "",
                              account->attention ? " attention" : "");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_lists (void)
{
  static const struct
  {
    const char *description;
    const char *objects;
    const char *expected;
  } ROWS[] = {
    { "none at all", "@a{oa{sa{sv}}} {}", "" },
    { "in order", GOOD, "account_2 zoe@gmail.com Zoë mail;" },
    { "several, by id",
      "{" ACCOUNT ("b", "google", "joe@gmail.com", FLAGS ("false", "true"),
                   MAIL ("joe@gmail.com") TOKENS) ", " ACCOUNT ("a", "google", ZOE,
                                                                FLAGS ("false", "false"),
                                                                MAIL (ZOE) TOKENS) "}",
      "a zoe@gmail.com Zoë mail;b joe@gmail.com Zoë mail attention;" },
    { "another provider",
      "{" ACCOUNT ("a", "imap_smtp", ZOE, FLAGS ("false", "false"), MAIL (ZOE)) "}", "" },
    { "mail switched off",
      "{" ACCOUNT ("a", "google", ZOE, FLAGS ("true", "false"), TOKENS) "}",
      "a zoe@gmail.com -;" },
    { "mail switched off, not yet gone",
      "{" ACCOUNT ("a", "google", ZOE, FLAGS ("true", "false"), MAIL (ZOE) TOKENS) "}",
      "a zoe@gmail.com Zoë;" },
    { "no tokens",
      "{" ACCOUNT ("a", "google", ZOE, FLAGS ("false", "false"), MAIL (ZOE)) "}",
      "a zoe@gmail.com Zoë;" },
    { "no address", "{" ACCOUNT ("a", "google", "", FLAGS ("false", "false"), TOKENS) "}",
      "" },
    { "values of odd types",
      "{objectpath '/org/gnome/OnlineAccounts/Accounts/a':"
      " {'org.gnome.OnlineAccounts.Account': {'ProviderType': <1>}}}",
      "" },
    { "flags of odd types",
      "{" ACCOUNT ("a", "google", ZOE, FLAGS ("'no'", "7"), MAIL (ZOE) TOKENS) "}",
      "a zoe@gmail.com Zoë mail;" },
  };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (TestOnlineAccounts) service =
        play (bus, &(TestOnlineSituation){ .objects = ROWS[i].objects });
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) accounts = list (NULL, &error);
      g_autofree char *described = NULL;

      g_test_message ("%s", ROWS[i].description);
      g_assert_no_error (error);
      described = describe (accounts);
      g_assert_cmpstr (described, ==, ROWS[i].expected);
    }
  test_store_stop_bus (bus);
}

static void
add (
  GPtrArray *accounts, const char *id, const char *address, gboolean mail, gboolean need)
{
  BaruaOnlineAccount *account = g_new0 (BaruaOnlineAccount, 1);

  account->id = g_strdup (id);
  account->address = g_strdup (address);
  account->mail = mail;
  account->attention = need;
  g_ptr_array_add (accounts, account);
}

static void
test_finds_the_best (void)
{
  g_autoptr (GPtrArray) accounts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_online_account_free);

  g_assert_null (barua_online_accounts_find (accounts, ZOE));
  add (accounts, "joe", "joe@gmail.com", TRUE, FALSE);
  add (accounts, "odd", "no address", TRUE, FALSE);
  g_assert_null (barua_online_accounts_find (accounts, ZOE));
  g_assert_null (barua_online_accounts_find (accounts, "no address"));
  add (accounts, "off", ZOE, FALSE, FALSE);
  g_assert_cmpstr (barua_online_accounts_find (accounts, ZOE)->id, ==, "off");
  add (accounts, "stale", "Zoe@googlemail.com", TRUE, TRUE);
  g_assert_cmpstr (barua_online_accounts_find (accounts, ZOE)->id, ==, "stale");
  add (accounts, "good", "z.oe@gmail.com", TRUE, FALSE);
  g_assert_cmpstr (barua_online_accounts_find (accounts, ZOE)->id, ==, "good");
}

static void
test_takes_a_token (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestOnlineAccounts) service =
    play (bus, &(TestOnlineSituation){ GOOD, .token = "ya29.x", .seconds = 3599 });
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  gint64 expires = 0;
  g_autoptr (BaruaSecret) token = take (NULL, &expires, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (barua_secret_peek (token), ==, "ya29.x");
  g_assert_cmpint (expires, >=, before + 3599);
  g_assert_cmpint (expires, <=, g_get_real_time () / G_USEC_PER_SEC + 3599);
  g_assert_cmpstr (test_online_accounts_get_calls (service), ==,
                   "OnlineAccounts:GetManagedObjects account_2:EnsureCredentials "
                   "account_2:GetAccessToken ");
  g_clear_pointer (&service, test_online_accounts_free);
  test_store_stop_bus (bus);
}

static const struct
{
  const char *description;
  TestOnlineSituation situation;
  BaruaCredentialsError code;
  const char *cause;
} TROUBLES[] = {
  { "no such account",
    { "@a{oa{sa{sv}}} {}" },
    BARUA_CREDENTIALS_ERROR_ONLINE_MISSING,
    NULL },
  { "mail switched off",
    { "{" ACCOUNT ("a", "google", ZOE, FLAGS ("true", "false"), TOKENS) "}" },
    BARUA_CREDENTIALS_ERROR_ONLINE_MAIL_OFF,
    "oauth-scope-missing" },
  { "to be signed in to again",
    { GOOD, "EnsureCredentials", "org.gnome.OnlineAccounts.Error.NotAuthorized" },
    BARUA_CREDENTIALS_ERROR_ONLINE_ATTENTION,
    "oauth-token-revoked" },
  { "revoked in between",
    { GOOD, "GetAccessToken", "org.gnome.OnlineAccounts.Error.NotAuthorized" },
    BARUA_CREDENTIALS_ERROR_ONLINE_ATTENTION,
    "oauth-token-revoked" },
  { "no network",
    { GOOD, "EnsureCredentials", "org.freedesktop.Goa.Error.Failed" },
    BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED,
    NULL },
  { "listing refused",
    { GOOD, "GetManagedObjects", "org.freedesktop.DBus.Error.AccessDenied" },
    BARUA_CREDENTIALS_ERROR_ONLINE_UNAVAILABLE,
    NULL },
  { "an empty token",
    { GOOD, .token = "" },
    BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED,
    NULL },
  { "gone while listing",
    { GOOD, .crash_at = "GetManagedObjects" },
    BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED,
    NULL },
  { "gone while renewing",
    { GOOD, .crash_at = "EnsureCredentials" },
    BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED,
    NULL },
  { "gone at the end",
    { GOOD, .crash_at = "GetAccessToken" },
    BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED,
    NULL },
};

static void
test_tells_troubles_apart (void)
{
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (TROUBLES); i++)
    {
      g_autoptr (TestOnlineAccounts) service = play (bus, &TROUBLES[i].situation);
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaSecret) token = take (NULL, NULL, &error);

      g_test_message ("%s", TROUBLES[i].description);
      g_assert_null (token);
      g_assert_error (error, BARUA_CREDENTIALS_ERROR, (int) TROUBLES[i].code);
      g_assert_cmpstr (barua_credentials_error_get_cause (error), ==, TROUBLES[i].cause);
    }
  test_store_stop_bus (bus);
}

static void
test_endless_token (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autoptr (TestOnlineAccounts) service =
    play (bus, &(TestOnlineSituation){ GOOD, .token = endless, .seconds = 1 });
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) token = take (NULL, NULL, &error);

  g_assert_error (error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED);
  g_clear_pointer (&service, test_online_accounts_free);
  test_store_stop_bus (bus);
}

static void
test_not_there (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = list (NULL, &error);
  g_autoptr (GError) no_token = NULL;
  g_autoptr (BaruaSecret) token = take (NULL, NULL, &no_token);

  g_assert_error (error, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_ONLINE_UNAVAILABLE);
  g_assert_error (no_token, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_ONLINE_UNAVAILABLE);
  test_store_stop_bus (bus);
}

static void
test_cancelled (void)
{
  const char *const moments[] = { "GetManagedObjects", "EnsureCredentials",
                                  "GetAccessToken" };
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GError) early = NULL;
  g_autoptr (GError) early_list = NULL;
  g_autoptr (BaruaSecret) none = NULL;
  g_autoptr (GPtrArray) nothing = NULL;

  g_cancellable_cancel (before);
  none = take (before, NULL, &early);
  g_assert_error (early, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  nothing = list (before, &early_list);
  g_assert_error (early_list, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (TestOnlineAccounts) service =
        play (bus, &(TestOnlineSituation){ GOOD, .token = "x", .seconds = 1 });
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaSecret) token = NULL;

      test_online_accounts_cancel_at (service, moments[i], cancellable);
      token = take (cancellable, NULL, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  test_store_stop_bus (bus);
}

static void
test_cancelled_at_once_and_late (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestOnlineAccounts) service =
    play (bus, &(TestOnlineSituation){ GOOD, .token = "x", .seconds = 1 });
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (BaruaSecret) token = NULL;
  g_autoptr (BaruaSecret) good = NULL;

  barua_online_account_get_token_async (ZOE, cancellable, test_loop_store, &result);
  g_cancellable_cancel (cancellable);
  test_loop_until_set ((gpointer *) &result);
  token = barua_online_account_get_token_finish (result, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  good = take (late, NULL, &none);
  g_cancellable_cancel (late);
  g_assert_no_error (none);
  g_assert_cmpstr (barua_secret_peek (good), ==, "x");
  g_clear_pointer (&service, test_online_accounts_free);
  test_store_stop_bus (bus);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/credentials/online-account/list", test_lists);
  g_test_add_func ("/credentials/online-account/find", test_finds_the_best);
  g_test_add_func ("/credentials/online-account/token", test_takes_a_token);
  g_test_add_func ("/credentials/online-account/troubles", test_tells_troubles_apart);
  g_test_add_func ("/credentials/online-account/endless", test_endless_token);
  g_test_add_func ("/credentials/online-account/absent", test_not_there);
  g_test_add_func ("/credentials/online-account/cancelled", test_cancelled);
  g_test_add_func ("/credentials/online-account/cancelled/at-once-and-late",
                   test_cancelled_at_once_and_late);
  return g_test_run ();
}
