#include "config.h"

#include "credentials/error.h"
#include "credentials/store.h"
#include "diagnose/causes.h"
#include "support/loop.h"
#include "support/store.h"

#include <string.h>

static gboolean
has_no_session (gpointer user_data)
{
  return test_secret_service_count_sessions (user_data) == 0;
}

static void
test_looks_up (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  g_auto (TestStoreOutcome) password = { 0 };
  g_auto (TestStoreOutcome) token = { 0 };
  /* Without anybody to hold the connection it goes, maybe before the last message. */
  g_autoptr (GDBusConnection) held = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  test_secret_service_listen_for (service, TEST_STORE_SECRET);
  test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
  test_secret_service_add (service, TEST_STORE_TOKEN_ITEM, "ya29.token");
  password = test_store_ask (TEST_STORE_LOOK_UP_PASSWORD);
  g_assert_no_error (password.error);
  g_assert_cmpstr (barua_secret_peek (password.secret), ==, TEST_STORE_SECRET);
  g_assert_cmpint (password.expires, ==, 0);
  g_assert_cmpstr (test_secret_service_get_calls (service), ==,
                   "SearchItems OpenSession GetSecret ");

  token = test_store_ask (TEST_STORE_LOOK_UP_TOKEN);
  g_assert_no_error (token.error);
  g_assert_cmpstr (barua_secret_peek (token.secret), ==, "ya29.token");
  g_assert_cmpint (token.expires, ==, 1700000000);
  g_assert_false (test_secret_service_heard (service));
  test_loop_until (has_no_session, service);
  g_assert_cmpstr (test_secret_service_get_calls (service), ==,
                   "SearchItems OpenSession GetSecret Close "
                   "SearchItems OpenSession GetSecret GetAttributes Close ");
  g_clear_object (&held);
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_finds_what_was_meant (void)
{
  static const struct
  {
    const char *description;
    const char *attributes;
    const char *secret;
    gboolean found;
    gint64 expires;
  } ROWS[] = {
    { "another account's",
      "{'service': 'barua', 'account': 'joe@gmail.com', 'kind': 'access-token'}", "x",
      FALSE, 0 },
    { "another kind",
      "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'refresh-token'}", "x",
      FALSE, 0 },
    { "another program's",
      "{'service': 'imap', 'account': 'zoe@gmail.com', 'kind': 'access-token'}", "x",
      FALSE, 0 },
    { "made with secret-tool",
      "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'access-token',"
      " 'xdg:schema': 'org.freedesktop.Secret.Generic'}",
      "x", TRUE, 0 },
    { "an end that is no number",
      "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'access-token',"
      " 'expires': 'soon'}",
      "x", TRUE, 0 },
    { "a negative end",
      "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'access-token',"
      " 'expires': '-1'}",
      "x", TRUE, 0 },
    { "an end too large for any clock",
      "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'access-token',"
      " 'expires': '99999999999999999999'}",
      "x", TRUE, 0 },
    { "an empty secret", TEST_STORE_TOKEN_ITEM, "", FALSE, 0 },
  };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (TestSecretService) service =
        test_store_play (bus, &(TestSecretSituation){ 0 });
      g_auto (TestStoreOutcome) out = { 0 };

      g_test_message ("%s", ROWS[i].description);
      test_secret_service_add (service, ROWS[i].attributes, ROWS[i].secret);
      out = test_store_ask (TEST_STORE_LOOK_UP_TOKEN);
      g_assert_cmpint (out.worked, ==, ROWS[i].found);
      g_assert_cmpint (out.expires, ==, ROWS[i].expires);
      if (!ROWS[i].found)
        g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                        BARUA_CREDENTIALS_ERROR_NOT_FOUND);
    }
  test_store_stop_bus (bus);
}

static void
test_takes_no_endless_secret (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  g_autofree char *longest = g_strnfill (BARUA_STORE_SECRET_MAX, 'x');
  g_autofree char *longer = g_strnfill (BARUA_STORE_SECRET_MAX + 1, 'x');
  g_auto (TestStoreOutcome) token = { 0 };
  g_auto (TestStoreOutcome) password = { 0 };

  test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, longest);
  test_secret_service_add (service, TEST_STORE_TOKEN_ITEM, longer);
  password = test_store_ask (TEST_STORE_LOOK_UP_PASSWORD);
  g_assert_no_error (password.error);
  token = test_store_ask (TEST_STORE_LOOK_UP_TOKEN);
  g_assert_error (token.error, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_saves (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  g_auto (TestStoreOutcome) password = { 0 };
  g_auto (TestStoreOutcome) token = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_listen_for (service, TEST_STORE_SECRET);
  password = test_store_ask (TEST_STORE_SAVE_PASSWORD);
  g_assert_no_error (password.error);
  token = test_store_ask (TEST_STORE_SAVE_TOKEN);
  g_assert_no_error (token.error);
  items = test_secret_service_dup_items (service);
  g_assert_cmpstr (items, ==,
                   "App password of zoe@gmail.com (Barua)|account=zoe@gmail.com "
                   "kind=app-password service=barua xdg:schema=org.barua.Barua.Secret|"
                   "abcdefghijklmnop\n"
                   "Access token of zoe@gmail.com (Barua)|account=zoe@gmail.com "
                   "expires=1800000000 kind=access-token service=barua "
                   "xdg:schema=org.barua.Barua.Secret|abcdefghijklmnop\n");
  g_assert_false (test_secret_service_heard (service));
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_replaces (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  g_auto (TestStoreOutcome) password = { 0 };
  g_auto (TestStoreOutcome) token = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, "old");
  test_secret_service_add (service, TEST_STORE_TOKEN_ITEM, "old token");
  test_secret_service_add (service,
                           "{'service': 'barua', 'account': 'zoe@gmail.com',"
                           " 'kind': 'access-token', 'expires': '1'}",
                           "doubled");
  password = test_store_ask (TEST_STORE_SAVE_PASSWORD);
  g_assert_no_error (password.error);
  token = test_store_ask (TEST_STORE_SAVE_TOKEN);
  g_assert_no_error (token.error);
  items = test_secret_service_dup_items (service);
  g_assert_cmpstr (
    items, ==,
    "played|account=zoe@gmail.com kind=app-password service=barua|abcdefghijklmnop\n"
    "played|account=zoe@gmail.com expires=1800000000 kind=access-token service=barua "
    "xdg:schema=org.barua.Barua.Secret|abcdefghijklmnop\n");
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_saves_nothing_odd (void)
{
  g_autofree char *longer = g_strnfill (BARUA_STORE_SECRET_MAX + 1, 'x');
  const char *const secrets[] = { "", longer };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr (BaruaSecret) secret = barua_secret_new (secrets[i], -1);
      const BaruaStoreItem item = { TEST_STORE_ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD,
                                    secret, 0 };
      GAsyncResult *result = NULL;
      g_auto (TestStoreOutcome) out = { 0 };

      barua_store_save_async (&item, NULL, test_loop_store, &result);
      out = test_store_finish (TEST_STORE_SAVE_PASSWORD, &result);
      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
    }
}

static void
test_forgets (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  g_auto (TestStoreOutcome) cleared = { 0 };
  g_auto (TestStoreOutcome) forgotten = { 0 };
  g_auto (TestStoreOutcome) again = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, "one");
  test_secret_service_add (service, TEST_STORE_TOKEN_ITEM, "two");
  test_secret_service_add (
    service, "{'service': 'barua', 'account': 'joe@gmail.com', 'kind': 'app-password'}",
    "three");
  test_secret_service_add (service,
                           "{'service': 'barua', 'account': 'zoe@gmail.com',"
                           " 'kind': 'refresh-token'}",
                           "four");
  cleared = test_store_ask (TEST_STORE_CLEAR_PASSWORD);
  g_assert_no_error (cleared.error);
  g_assert_cmpuint (cleared.n_forgotten, ==, 1);
  before = test_secret_service_dup_items (service);
  g_assert_null (strstr (before, "one"));
  g_assert_nonnull (strstr (before, "two"));

  forgotten = test_store_ask (TEST_STORE_FORGET);
  g_assert_cmpuint (forgotten.n_forgotten, ==, 2);
  after = test_secret_service_dup_items (service);
  g_assert_cmpstr (
    after, ==, "played|account=joe@gmail.com kind=app-password service=barua|three\n");
  again = test_store_ask (TEST_STORE_FORGET);
  g_assert_no_error (again.error);
  g_assert_cmpuint (again.n_forgotten, ==, 0);
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_forgets_everybody (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  GAsyncResult *result = NULL;
  g_auto (TestStoreOutcome) out = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, "one");
  test_secret_service_add (
    service, "{'service': 'barua', 'account': 'joe@gmail.com', 'kind': 'app-password'}",
    "two");
  test_secret_service_add (service, "{'service': 'imap', 'user': 'zoe@gmail.com'}",
                           "three");
  barua_store_forget_async (NULL, NULL, test_loop_store, &result);
  out = test_store_finish (TEST_STORE_FORGET, &result);
  g_assert_cmpuint (out.n_forgotten, ==, 2);
  items = test_secret_service_dup_items (service);
  g_assert_cmpstr (items, ==, "played|service=imap user=zoe@gmail.com|three\n");
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_names_causes (void)
{
  for (int code = 0; code <= BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED; code++)
    {
      g_autoptr (GError) error =
        barua_credentials_error_new ((BaruaCredentialsError) code);
      const char *cause = barua_credentials_error_get_cause (error);

      g_assert_cmpstr (error->message, !=, "");
      g_assert_true (cause == NULL || barua_cause_find (cause) != NULL);
    }
  g_assert_null (barua_credentials_error_get_cause (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/credentials/store/look-up", test_looks_up);
  g_test_add_func ("/credentials/store/look-up/table", test_finds_what_was_meant);
  g_test_add_func ("/credentials/store/look-up/bounded", test_takes_no_endless_secret);
  g_test_add_func ("/credentials/store/save", test_saves);
  g_test_add_func ("/credentials/store/save/replace", test_replaces);
  g_test_add_func ("/credentials/store/save/odd", test_saves_nothing_odd);
  g_test_add_func ("/credentials/store/forget", test_forgets);
  g_test_add_func ("/credentials/store/forget/everybody", test_forgets_everybody);
  g_test_add_func ("/credentials/error/causes", test_names_causes);
  return g_test_run ();
}
