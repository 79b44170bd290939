#include "config.h"

#include "credentials/error.h"
#include "credentials/keyring.h"
#include "credentials/store.h"
#include "support/loop.h"
#include "support/store.h"

#include <string.h>

/*
 * KeePassXC finds nothing in a locked database, lists nothing, and asks with every item
 * that is made. KWallet's items have no type of content, and it has no default wallet
 * before it makes one.
 */

static const TestSecretSituation LOCKED_DATABASE = {
  .locked = TRUE,
  .prompt = TEST_PROMPT_ACCEPTED,
  .veils = TRUE,
};

static void
assert_works (TestStoreRequest request,
              const TestStoreOutcome *out,
              TestSecretService *service)
{
  g_autofree char *items = test_secret_service_dup_items (service);
  const char *kind =
    request == TEST_STORE_SAVE_TOKEN ? "kind=access-token" : "kind=app-password";
  const char *first = strstr (items, kind);

  g_assert_no_error (out->error);
  if (request == TEST_STORE_LOOK_UP_PASSWORD || request == TEST_STORE_LOOK_UP_TOKEN)
    g_assert_cmpstr (barua_secret_peek (out->secret), ==, TEST_STORE_SECRET);
  else if (request == TEST_STORE_FORGET)
    g_assert_null (first);
  else if (request != TEST_STORE_CLEAR_PASSWORD)
    {
      /* In place of what was there, which could not be seen at first. */
      g_assert_nonnull (first);
      g_assert_null (strstr (first + 1, kind));
      g_assert_nonnull (strstr (items, "|" TEST_STORE_SECRET "\n"));
    }
}

static void
test_locked_database (void)
{
  GTestDBus *bus = test_store_start_bus ();

  for (TestStoreRequest request = 0; request < TEST_STORE_N_REQUESTS; request++)
    {
      g_autoptr (TestSecretService) service = test_store_play (bus, &LOCKED_DATABASE);
      g_auto (TestStoreOutcome) out = { 0 };

      g_test_message ("request %u", request);
      test_store_prepare (service, request);
      out = test_store_ask (request);
      assert_works (request, &out, service);
    }
  test_store_stop_bus (bus);
}

/* Whoever does not open it is not told that nothing is kept. */
static void
test_stays_locked (void)
{
  static const struct
  {
    TestPrompt prompt;
    BaruaCredentialsError code;
  } ROWS[] = {
    { TEST_PROMPT_DISMISSED, BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED },
    { TEST_PROMPT_NONE, BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED },
    { TEST_PROMPT_CRASHES, BARUA_CREDENTIALS_ERROR_KEYRING_GONE },
  };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    for (TestStoreRequest request = 0; request < TEST_STORE_N_REQUESTS; request++)
      {
        g_autoptr (TestSecretService) service = test_store_play (
          bus, &(TestSecretSituation){
                 .locked = TRUE, .prompt = ROWS[i].prompt, .veils = TRUE });
        g_auto (TestStoreOutcome) out = { 0 };

        test_store_prepare (service, request);
        out = test_store_ask (request);
        g_assert_error (out.error, BARUA_CREDENTIALS_ERROR, (int) ROWS[i].code);
      }
  test_store_stop_bus (bus);
}

static void
peek (const TestSecretSituation *situation, int code)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service = test_store_play (bus, situation);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) secret = NULL;

  test_secret_service_add (service, "{'service': 'another'}", "x");
  barua_store_peek_async (TEST_STORE_ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD, NULL,
                          test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  secret = barua_store_lookup_finish (result, NULL, &error);
  g_assert_null (secret);
  g_assert_error (error, BARUA_CREDENTIALS_ERROR, code);
  g_assert_null (strstr (test_secret_service_get_calls (service), "Unlock"));
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

/* Looking without asking asks nothing; and where locked items are found, finding none
 * means that there is none. */
static void
test_peeks (void)
{
  const TestSecretSituation open = { 0 };
  const TestSecretSituation locked = { .locked = TRUE, .prompt = TEST_PROMPT_ACCEPTED };

  peek (&LOCKED_DATABASE, BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED);
  peek (&open, BARUA_CREDENTIALS_ERROR_NOT_FOUND);
  peek (&locked, BARUA_CREDENTIALS_ERROR_NOT_FOUND);
}

typedef struct
{
  GCancellable *cancellable;
  guint at;
  guint n_calls;
} Cancelling;

static void
on_call (const char *method G_GNUC_UNUSED, gpointer user_data)
{
  Cancelling *cancelling = user_data;

  if (++cancelling->n_calls == cancelling->at)
    g_cancellable_cancel (cancelling->cancellable);
}

static void
test_cancelled (void)
{
  GTestDBus *bus = test_store_start_bus ();

  for (guint at = 0; at < 6; at++)
    {
      g_autoptr (TestSecretService) service = test_store_play (bus, &LOCKED_DATABASE);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancelling cancelling = { .cancellable = cancellable, .at = at };
      GAsyncResult *result = NULL;
      g_auto (TestStoreOutcome) out = { 0 };

      test_secret_service_watch (service, on_call, &cancelling);
      test_store_prepare (service, TEST_STORE_LOOK_UP_PASSWORD);
      if (at == 0)
        g_cancellable_cancel (cancellable);
      test_store_start (TEST_STORE_LOOK_UP_PASSWORD, cancellable, &result);
      out = test_store_finish (TEST_STORE_LOOK_UP_PASSWORD, &result);
      test_secret_service_watch (service, NULL, NULL);
      g_assert_error (out.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  test_store_stop_bus (bus);
}

/* Every item that is made is a question, as with KeePassXC. */
static void
test_asks_for_each_item (void)
{
  GTestDBus *bus = test_store_start_bus ();
  const struct
  {
    TestPrompt prompt;
    int code;
  } rows[] = {
    { TEST_PROMPT_ACCEPTED, -1 },
    { TEST_PROMPT_DISMISSED, BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED },
    { TEST_PROMPT_CRASHES, BARUA_CREDENTIALS_ERROR_KEYRING_GONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestSecretService) service = test_store_play (
        bus, &(TestSecretSituation){ .prompt = rows[i].prompt, .asks_to_create = TRUE });
      g_auto (TestStoreOutcome) out = test_store_ask (TEST_STORE_SAVE_PASSWORD);
      g_autofree char *items = test_secret_service_dup_items (service);

      if (rows[i].code < 0)
        {
          g_assert_no_error (out.error);
          g_assert_nonnull (strstr (items, "|" TEST_STORE_SECRET "\n"));
        }
      else
        g_assert_error (out.error, BARUA_CREDENTIALS_ERROR, rows[i].code);
    }
  test_store_stop_bus (bus);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/credentials/veil/locked-database", test_locked_database);
  g_test_add_func ("/credentials/veil/stays-locked", test_stays_locked);
  g_test_add_func ("/credentials/veil/peeks", test_peeks);
  g_test_add_func ("/credentials/veil/cancelled", test_cancelled);
  g_test_add_func ("/credentials/veil/asks-for-each", test_asks_for_each_item);
  return g_test_run ();
}
