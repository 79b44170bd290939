#include "config.h"

#include "credentials/error.h"
#include "credentials/store.h"
#include "support/loop.h"
#include "support/store.h"

#include <string.h>

/* Each request in each situation of the keyring; -1 stands for success. */
static void
test_tells_situations_apart (void)
{
  static const struct
  {
    const char *description;
    TestSecretSituation situation;
    int code;
    int code_when_new;
  } ROWS[] = {
    { "open", { 0 }, -1, -1 },
    { "locked, answered", { .locked = TRUE, .prompt = TEST_PROMPT_ACCEPTED }, -1, -1 },
    { "locked, closed",
      { .locked = TRUE, .prompt = TEST_PROMPT_DISMISSED },
      BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED,
      BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED },
    { "locked, no question",
      { .locked = TRUE },
      BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED,
      BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED },
    { "locked, crashes while it asks",
      { .locked = TRUE, .prompt = TEST_PROMPT_CRASHES },
      BARUA_CREDENTIALS_ERROR_KEYRING_GONE,
      BARUA_CREDENTIALS_ERROR_KEYRING_GONE },
    { "no collection, made in silence", { .no_collection = TRUE }, -1, -1 },
    { "no collection, answered",
      { .no_collection = TRUE, .prompt = TEST_PROMPT_ACCEPTED },
      -1,
      -1 },
    { "no collection, closed",
      { .no_collection = TRUE, .prompt = TEST_PROMPT_DISMISSED },
      -1,
      BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED },
    { "no collection, refused",
      { .no_collection = TRUE,
        .refuse_at = "CreateCollection",
        .refusal = "org.freedesktop.DBus.Error.NotSupported" },
      -1,
      BARUA_CREDENTIALS_ERROR_KEYRING_EMPTY },
  };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    for (TestStoreRequest request = 0; request < TEST_STORE_N_REQUESTS; request++)
      {
        g_autoptr (TestSecretService) service = test_store_play (bus, &ROWS[i].situation);
        gboolean new = request == TEST_STORE_SAVE_PASSWORD;
        int code = new ? ROWS[i].code_when_new : ROWS[i].code;
        g_auto (TestStoreOutcome) out = { 0 };

        g_test_message ("%s, request %u", ROWS[i].description, request);
        test_store_prepare (service, request);
        out = test_store_ask (request);
        if (code < 0)
          g_assert_no_error (out.error);
        else
          g_assert_error (out.error, BARUA_CREDENTIALS_ERROR, code);
      }
  test_store_stop_bus (bus);
}

static void
test_sends_nothing_in_the_clear (void)
{
  GTestDBus *bus = test_store_start_bus ();
  const TestStoreRequest requests[] = { TEST_STORE_LOOK_UP_PASSWORD,
                                        TEST_STORE_SAVE_PASSWORD, TEST_STORE_SAVE_TOKEN };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (TestSecretService) service =
        test_store_play (bus, &(TestSecretSituation){ .plain_only = TRUE });
      g_auto (TestStoreOutcome) out = { 0 };

      test_secret_service_listen_for (service, TEST_STORE_SECRET);
      test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
      out = test_store_ask (requests[i]);
      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_PLAIN);
      g_assert_false (test_secret_service_heard (service));
    }
  test_store_stop_bus (bus);
}

static void
test_no_service (void)
{
  GTestDBus *bus = test_store_start_bus ();

  for (TestStoreRequest request = 0; request < TEST_STORE_N_REQUESTS; request++)
    {
      g_auto (TestStoreOutcome) out = test_store_ask (request);

      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE);
      g_assert_cmpstr (barua_credentials_error_get_cause (out.error), ==,
                       "keyring-unavailable");
    }
  test_store_stop_bus (bus);
}

static void
test_no_bus (void)
{
  g_auto (TestStoreOutcome) out = { 0 };

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  out = test_store_ask (TEST_STORE_LOOK_UP_PASSWORD);
  g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
}

/* The methods that a request leads to, in an ordinary keyring or one that asks. */
static char **
list_calls (GTestDBus *bus,
            TestStoreRequest request,
            const TestSecretSituation *situation)
{
  g_autoptr (TestSecretService) service = test_store_play (bus, situation);
  g_auto (TestStoreOutcome) out = { 0 };
  g_autofree char *calls = NULL;

  test_store_prepare (service, request);
  out = test_store_ask (request);
  g_assert_no_error (out.error);
  calls = g_strdup (test_secret_service_get_calls (service));
  return g_strsplit (g_strchomp (calls), " ", -1);
}

static void
fail_at (GTestDBus *bus,
         TestStoreRequest request,
         const TestSecretSituation *situation,
         int code)
{
  g_autoptr (TestSecretService) service = test_store_play (bus, situation);
  g_auto (TestStoreOutcome) out = { 0 };

  test_store_prepare (service, request);
  out = test_store_ask (request);
  g_assert_error (out.error, BARUA_CREDENTIALS_ERROR, code);
}

static void
test_fails_at_each_call (void)
{
  GTestDBus *bus = test_store_start_bus ();

  for (TestStoreRequest request = 0; request < TEST_STORE_N_REQUESTS; request++)
    {
      TestSecretSituation asks = { .locked = TRUE, .prompt = TEST_PROMPT_ACCEPTED };
      g_auto (GStrv) calls = list_calls (bus, request, &asks);

      for (gsize i = 0; calls[i] != NULL; i++)
        {
          TestSecretSituation crashes = asks;
          TestSecretSituation refuses = asks;

          g_test_message ("request %u, %s", request, calls[i]);
          /* Nothing waits for the answer to these two. */
          if (g_str_equal (calls[i], "Close"))
            continue;
          crashes.crash_at = calls[i];
          fail_at (bus, request, &crashes, BARUA_CREDENTIALS_ERROR_KEYRING_GONE);
          if (g_str_has_suffix (calls[i], "Attributes"))
            continue;
          refuses.refuse_at = calls[i];
          refuses.refusal = "org.freedesktop.DBus.Error.Failed";
          fail_at (bus, request, &refuses, BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
          if (g_str_equal (calls[i], "OpenSession"))
            continue;
          refuses.refusal = "org.freedesktop.Secret.Error.NoSession";
          fail_at (bus, request, &refuses, BARUA_CREDENTIALS_ERROR_KEYRING_GONE);
        }
    }
  test_store_stop_bus (bus);
}

static void
test_quotes_a_refusal (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service = test_store_play (
    bus, &(TestSecretSituation){ .refuse_at = "GetSecret",
                                 .refusal = "org.freedesktop.DBus.Error.Failed" });
  g_auto (TestStoreOutcome) out = { 0 };

  test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
  out = test_store_ask (TEST_STORE_LOOK_UP_PASSWORD);
  g_assert_cmpstr (out.error->message, ==,
                   "The keyring refused to do this. “the played service refuses”");
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

/* An item that somebody else takes away between finding and changing it is made anew. */
static void
test_item_vanishes (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service = test_store_play (
    bus,
    &(TestSecretSituation){ .refuse_at = "SetSecret",
                            .refusal = "org.freedesktop.Secret.Error.NoSuchObject" });
  g_auto (TestStoreOutcome) out = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_add (service, TEST_STORE_TOKEN_ITEM, "old");
  out = test_store_ask (TEST_STORE_SAVE_TOKEN);
  g_assert_no_error (out.error);
  items = test_secret_service_dup_items (service);
  g_assert_nonnull (strstr (items, "|" TEST_STORE_SECRET "\n"));
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
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
run_cancelled (TestSecretService *service, TestStoreRequest request, guint cancel_at)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancelling cancelling = { .cancellable = cancellable, .at = cancel_at };
  GAsyncResult *result = NULL;
  g_auto (TestStoreOutcome) out = { 0 };

  test_secret_service_watch (service, on_call, &cancelling);
  test_store_prepare (service, request);
  test_store_start (request, cancellable, &result);
  out = test_store_finish (request, &result);
  test_secret_service_watch (service, NULL, NULL);
  g_assert_error (out.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_at_each_call (void)
{
  GTestDBus *bus = test_store_start_bus ();
  const TestSecretSituation asks = { .locked = TRUE, .prompt = TEST_PROMPT_ACCEPTED };

  for (TestStoreRequest request = 0; request < TEST_STORE_N_REQUESTS; request++)
    {
      g_auto (GStrv) calls = list_calls (bus, request, &asks);

      for (guint i = 0; calls[i] != NULL && !g_str_equal (calls[i], "Close"); i++)
        {
          g_autoptr (TestSecretService) service = test_store_play (bus, &asks);

          g_test_message ("request %u, at %s", request, calls[i]);
          run_cancelled (service, request, i + 1);
        }
    }
  test_store_stop_bus (bus);
}

static void
test_cancelled_early_and_late (void)
{
  GTestDBus *bus = test_store_start_bus ();

  for (TestStoreRequest request = 0; request < TEST_STORE_N_REQUESTS; request++)
    {
      g_autoptr (TestSecretService) service =
        test_store_play (bus, &(TestSecretSituation){ 0 });
      g_autoptr (GCancellable) early = g_cancellable_new ();
      g_autoptr (GCancellable) at_once = g_cancellable_new ();
      g_autoptr (GCancellable) late = g_cancellable_new ();
      GAsyncResult *results[3] = { NULL };
      g_auto (TestStoreOutcome) first = { 0 };
      g_auto (TestStoreOutcome) second = { 0 };
      g_auto (TestStoreOutcome) third = { 0 };

      test_secret_service_add (service, TEST_STORE_TOKEN_ITEM, TEST_STORE_SECRET);
      test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
      g_cancellable_cancel (early);
      test_store_start (request, early, &results[0]);
      test_store_start (request, at_once, &results[1]);
      g_cancellable_cancel (at_once);
      first = test_store_finish (request, &results[0]);
      second = test_store_finish (request, &results[1]);
      g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      test_store_start (request, late, &results[2]);
      third = test_store_finish (request, &results[2]);
      g_cancellable_cancel (late);
      g_assert_no_error (third.error);
    }
  test_store_stop_bus (bus);
}

typedef struct
{
  TestSecretService *service;
  const char *method;
} Expected;

static gboolean
was_called (gpointer user_data)
{
  Expected *expected = user_data;

  return strstr (test_secret_service_get_calls (expected->service), expected->method) !=
         NULL;
}

static void
wait_for_call (TestSecretService *service, const char *method)
{
  test_loop_until (was_called, &(Expected){ service, method });
}

static void
test_takes_the_question_away (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service = test_store_play (
    bus, &(TestSecretSituation){ .locked = TRUE, .prompt = TEST_PROMPT_OPEN });
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_auto (TestStoreOutcome) out = { 0 };

  test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
  test_store_start (TEST_STORE_LOOK_UP_PASSWORD, cancellable, &result);
  wait_for_call (service, "Prompt");
  test_loop_drain ();
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  out = test_store_finish (TEST_STORE_LOOK_UP_PASSWORD, &result);
  g_assert_error (out.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wait_for_call (service, "Dismiss");
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/credentials/store/save/vanished", test_item_vanishes);
  g_test_add_func ("/credentials/store/situations", test_tells_situations_apart);
  g_test_add_func ("/credentials/store/situations/plain",
                   test_sends_nothing_in_the_clear);
  g_test_add_func ("/credentials/store/situations/no-service", test_no_service);
  g_test_add_func ("/credentials/store/situations/no-bus", test_no_bus);
  g_test_add_func ("/credentials/store/situations/each-call", test_fails_at_each_call);
  g_test_add_func ("/credentials/store/situations/quoted", test_quotes_a_refusal);
  g_test_add_func ("/credentials/store/cancel/each-call", test_cancelled_at_each_call);
  g_test_add_func ("/credentials/store/cancel/early-and-late",
                   test_cancelled_early_and_late);
  g_test_add_func ("/credentials/store/cancel/question", test_takes_the_question_away);
  return g_test_run ();
}
