#include "config.h"

#include "credentials/error.h"
#include "credentials/store.h"
#include "diagnose/causes.h"
#include "support/secret-service.h"

#include <string.h>

#define ACCOUNT "zoe@gmail.com"
#define PASSWORD "abcdefghijklmnop"
#define PASSWORD_ITEM                                                                    \
  "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'app-password'}"
#define TOKEN_ITEM                                                                       \
  "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'access-token',"             \
  " 'expires': '1700000000'}"
#define GUARD_SECONDS 20

/* What is asked of the store. */
typedef enum
{
  LOOK_UP_PASSWORD,
  LOOK_UP_TOKEN,
  SAVE_PASSWORD,
  SAVE_TOKEN,
  CLEAR_PASSWORD,
  FORGET,
  N_REQUESTS,
} Request;

typedef struct
{
  GAsyncResult *result;
  GCancellable *cancellable;
  guint cancel_at;
  guint n_calls;
} Run;

typedef struct
{
  GError *error;
  BaruaSecret *secret;
  gint64 expires;
  guint n_forgotten;
  gboolean worked;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->secret, barua_secret_unref);
  *self = (Outcome){ 0 };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static gboolean
on_guard (gpointer user_data G_GNUC_UNUSED)
{
  g_error ("Nothing happened for %d seconds", GUARD_SECONDS);
  return G_SOURCE_REMOVE;
}

static void
on_done (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  g_assert_null (run->result);
  run->result = g_object_ref (result);
}

static void
on_call (const char *method G_GNUC_UNUSED, gpointer user_data)
{
  Run *run = user_data;

  if (run->cancel_at > 0 && ++run->n_calls == run->cancel_at)
    g_cancellable_cancel (run->cancellable);
}

static void
start (Request request, Run *run)
{
  g_autoptr (BaruaSecret) secret = barua_secret_new (PASSWORD, -1);
  BaruaStoreItem item = { ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD, secret, 0 };

  switch (request)
    {
    case LOOK_UP_PASSWORD:
      barua_store_lookup_async (ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD, run->cancellable,
                                on_done, run);
      break;
    case LOOK_UP_TOKEN:
      barua_store_lookup_async (ACCOUNT, BARUA_SECRET_KIND_ACCESS_TOKEN, run->cancellable,
                                on_done, run);
      break;
    case SAVE_TOKEN:
      item.kind = BARUA_SECRET_KIND_ACCESS_TOKEN;
      item.expires = 1800000000;
      barua_store_save_async (&item, run->cancellable, on_done, run);
      break;
    case SAVE_PASSWORD:
      barua_store_save_async (&item, run->cancellable, on_done, run);
      break;
    case CLEAR_PASSWORD:
      barua_store_clear_async (ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD, run->cancellable,
                               on_done, run);
      break;
    case FORGET:
    case N_REQUESTS:
    default:
      barua_store_forget_async (ACCOUNT, run->cancellable, on_done, run);
      break;
    }
}

static void
finish (Request request, Run *run, Outcome *out)
{
  guint guard = g_timeout_add_seconds (GUARD_SECONDS, on_guard, NULL);

  while (run->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
  if (request == LOOK_UP_PASSWORD || request == LOOK_UP_TOKEN)
    {
      out->secret = barua_store_lookup_finish (run->result, &out->expires, &out->error);
      out->worked = out->secret != NULL;
    }
  else if (request == SAVE_PASSWORD || request == SAVE_TOKEN)
    out->worked = barua_store_save_finish (run->result, &out->error);
  else
    out->worked = barua_store_forget_finish (run->result, &out->n_forgotten, &out->error);
  g_assert_cmpint (out->worked, ==, out->error == NULL);
  g_clear_object (&run->result);
}

static Outcome
ask (Request request)
{
  Run run = { 0 };
  Outcome out = { 0 };

  start (request, &run);
  finish (request, &run, &out);
  return out;
}

static GTestDBus *
start_bus (void)
{
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  g_test_dbus_up (bus);
  return bus;
}

static void
stop_bus (GTestDBus *bus)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_test_dbus_down (bus);
  g_object_unref (bus);
}

static TestSecretService *
play (GTestDBus *bus, const TestSecretSituation *situation)
{
  return test_secret_service_new (g_test_dbus_get_bus_address (bus), situation);
}

static void
test_looks_up (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service = play (bus, &(TestSecretSituation){ 0 });
  g_auto (Outcome) password = { 0 };
  g_auto (Outcome) token = { 0 };
  /* Without anybody to hold the connection it goes, maybe before the last message. */
  g_autoptr (GDBusConnection) held = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  test_secret_service_listen_for (service, PASSWORD);
  test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
  test_secret_service_add (service, TOKEN_ITEM, "ya29.token");
  password = ask (LOOK_UP_PASSWORD);
  g_assert_no_error (password.error);
  g_assert_cmpstr (barua_secret_peek (password.secret), ==, PASSWORD);
  g_assert_cmpint (password.expires, ==, 0);
  g_assert_cmpstr (test_secret_service_get_calls (service), ==,
                   "SearchItems OpenSession GetSecret ");

  token = ask (LOOK_UP_TOKEN);
  g_assert_no_error (token.error);
  g_assert_cmpstr (barua_secret_peek (token.secret), ==, "ya29.token");
  g_assert_cmpint (token.expires, ==, 1700000000);
  g_assert_false (test_secret_service_heard (service));
  while (test_secret_service_count_sessions (service) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (test_secret_service_get_calls (service), ==,
                   "SearchItems OpenSession GetSecret Close "
                   "SearchItems OpenSession GetSecret GetAttributes Close ");
  g_clear_object (&held);
  g_clear_pointer (&service, test_secret_service_free);
  stop_bus (bus);
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
    { "an empty secret", TOKEN_ITEM, "", FALSE, 0 },
  };
  GTestDBus *bus = start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (TestSecretService) service = play (bus, &(TestSecretSituation){ 0 });
      g_auto (Outcome) out = { 0 };

      g_test_message ("%s", ROWS[i].description);
      test_secret_service_add (service, ROWS[i].attributes, ROWS[i].secret);
      out = ask (LOOK_UP_TOKEN);
      g_assert_cmpint (out.worked, ==, ROWS[i].found);
      g_assert_cmpint (out.expires, ==, ROWS[i].expires);
      if (!ROWS[i].found)
        g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                        BARUA_CREDENTIALS_ERROR_NOT_FOUND);
    }
  stop_bus (bus);
}

static void
test_takes_no_endless_secret (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service = play (bus, &(TestSecretSituation){ 0 });
  g_autofree char *longest = g_strnfill (BARUA_STORE_SECRET_MAX, 'x');
  g_autofree char *longer = g_strnfill (BARUA_STORE_SECRET_MAX + 1, 'x');
  g_auto (Outcome) token = { 0 };
  g_auto (Outcome) password = { 0 };

  test_secret_service_add (service, PASSWORD_ITEM, longest);
  test_secret_service_add (service, TOKEN_ITEM, longer);
  password = ask (LOOK_UP_PASSWORD);
  g_assert_no_error (password.error);
  token = ask (LOOK_UP_TOKEN);
  g_assert_error (token.error, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
  g_clear_pointer (&service, test_secret_service_free);
  stop_bus (bus);
}

static void
test_saves (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service = play (bus, &(TestSecretSituation){ 0 });
  g_auto (Outcome) password = { 0 };
  g_auto (Outcome) token = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_listen_for (service, PASSWORD);
  password = ask (SAVE_PASSWORD);
  g_assert_no_error (password.error);
  token = ask (SAVE_TOKEN);
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
  stop_bus (bus);
}

static void
test_replaces (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service = play (bus, &(TestSecretSituation){ 0 });
  g_auto (Outcome) password = { 0 };
  g_auto (Outcome) token = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_add (service, PASSWORD_ITEM, "old");
  test_secret_service_add (service, TOKEN_ITEM, "old token");
  test_secret_service_add (service,
                           "{'service': 'barua', 'account': 'zoe@gmail.com',"
                           " 'kind': 'access-token', 'expires': '1'}",
                           "doubled");
  password = ask (SAVE_PASSWORD);
  g_assert_no_error (password.error);
  token = ask (SAVE_TOKEN);
  g_assert_no_error (token.error);
  items = test_secret_service_dup_items (service);
  g_assert_cmpstr (
    items, ==,
    "played|account=zoe@gmail.com kind=app-password service=barua|abcdefghijklmnop\n"
    "played|account=zoe@gmail.com expires=1800000000 kind=access-token service=barua "
    "xdg:schema=org.barua.Barua.Secret|abcdefghijklmnop\n");
  g_clear_pointer (&service, test_secret_service_free);
  stop_bus (bus);
}

static void
test_saves_nothing_odd (void)
{
  g_autofree char *longer = g_strnfill (BARUA_STORE_SECRET_MAX + 1, 'x');
  const char *const secrets[] = { "", longer };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr (BaruaSecret) secret = barua_secret_new (secrets[i], -1);
      const BaruaStoreItem item = { ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD, secret, 0 };
      Run run = { 0 };
      g_auto (Outcome) out = { 0 };

      barua_store_save_async (&item, NULL, on_done, &run);
      finish (SAVE_PASSWORD, &run, &out);
      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
    }
}

static void
test_forgets (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service = play (bus, &(TestSecretSituation){ 0 });
  g_auto (Outcome) cleared = { 0 };
  g_auto (Outcome) forgotten = { 0 };
  g_auto (Outcome) again = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_secret_service_add (service, PASSWORD_ITEM, "one");
  test_secret_service_add (service, TOKEN_ITEM, "two");
  test_secret_service_add (
    service, "{'service': 'barua', 'account': 'joe@gmail.com', 'kind': 'app-password'}",
    "three");
  test_secret_service_add (service,
                           "{'service': 'barua', 'account': 'zoe@gmail.com',"
                           " 'kind': 'refresh-token'}",
                           "four");
  cleared = ask (CLEAR_PASSWORD);
  g_assert_no_error (cleared.error);
  g_assert_cmpuint (cleared.n_forgotten, ==, 1);
  before = test_secret_service_dup_items (service);
  g_assert_null (strstr (before, "one"));
  g_assert_nonnull (strstr (before, "two"));

  forgotten = ask (FORGET);
  g_assert_cmpuint (forgotten.n_forgotten, ==, 2);
  after = test_secret_service_dup_items (service);
  g_assert_cmpstr (
    after, ==, "played|account=joe@gmail.com kind=app-password service=barua|three\n");
  again = ask (FORGET);
  g_assert_no_error (again.error);
  g_assert_cmpuint (again.n_forgotten, ==, 0);
  g_clear_pointer (&service, test_secret_service_free);
  stop_bus (bus);
}

static void
test_forgets_everybody (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service = play (bus, &(TestSecretSituation){ 0 });
  Run run = { 0 };
  g_auto (Outcome) out = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_add (service, PASSWORD_ITEM, "one");
  test_secret_service_add (
    service, "{'service': 'barua', 'account': 'joe@gmail.com', 'kind': 'app-password'}",
    "two");
  test_secret_service_add (service, "{'service': 'imap', 'user': 'zoe@gmail.com'}",
                           "three");
  barua_store_forget_async (NULL, NULL, on_done, &run);
  finish (FORGET, &run, &out);
  g_assert_cmpuint (out.n_forgotten, ==, 2);
  items = test_secret_service_dup_items (service);
  g_assert_cmpstr (items, ==, "played|service=imap user=zoe@gmail.com|three\n");
  g_clear_pointer (&service, test_secret_service_free);
  stop_bus (bus);
}

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
  GTestDBus *bus = start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    for (Request request = 0; request < N_REQUESTS; request++)
      {
        g_autoptr (TestSecretService) service = play (bus, &ROWS[i].situation);
        gboolean new = request == SAVE_PASSWORD;
        int code = new ? ROWS[i].code_when_new : ROWS[i].code;
        g_auto (Outcome) out = { 0 };

        g_test_message ("%s, request %u", ROWS[i].description, request);
        if (!new)
          test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
        test_secret_service_add (service, TOKEN_ITEM, PASSWORD);
        out = ask (request);
        if (code < 0)
          g_assert_no_error (out.error);
        else
          g_assert_error (out.error, BARUA_CREDENTIALS_ERROR, code);
      }
  stop_bus (bus);
}

static void
test_sends_nothing_in_the_clear (void)
{
  GTestDBus *bus = start_bus ();
  const Request requests[] = { LOOK_UP_PASSWORD, SAVE_PASSWORD, SAVE_TOKEN };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (TestSecretService) service =
        play (bus, &(TestSecretSituation){ .plain_only = TRUE });
      g_auto (Outcome) out = { 0 };

      test_secret_service_listen_for (service, PASSWORD);
      test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
      out = ask (requests[i]);
      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_PLAIN);
      g_assert_false (test_secret_service_heard (service));
    }
  stop_bus (bus);
}

static void
test_no_service (void)
{
  GTestDBus *bus = start_bus ();

  for (Request request = 0; request < N_REQUESTS; request++)
    {
      g_auto (Outcome) out = ask (request);

      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE);
      g_assert_cmpstr (barua_credentials_error_get_cause (out.error), ==,
                       "keyring-unavailable");
    }
  stop_bus (bus);
}

static void
test_no_bus (void)
{
  g_auto (Outcome) out = { 0 };

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  out = ask (LOOK_UP_PASSWORD);
  g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
}

/* The methods that a request leads to, in an ordinary keyring or one that asks. */
static char **
list_calls (GTestDBus *bus, Request request, const TestSecretSituation *situation)
{
  g_autoptr (TestSecretService) service = play (bus, situation);
  g_auto (Outcome) out = { 0 };
  g_autofree char *calls = NULL;

  test_secret_service_add (service, TOKEN_ITEM, PASSWORD);
  if (request != SAVE_PASSWORD)
    test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
  out = ask (request);
  g_assert_no_error (out.error);
  calls = g_strdup (test_secret_service_get_calls (service));
  return g_strsplit (g_strchomp (calls), " ", -1);
}

static void
fail_at (GTestDBus *bus, Request request, const TestSecretSituation *situation, int code)
{
  g_autoptr (TestSecretService) service = play (bus, situation);
  g_auto (Outcome) out = { 0 };

  test_secret_service_add (service, TOKEN_ITEM, PASSWORD);
  if (request != SAVE_PASSWORD)
    test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
  out = ask (request);
  g_assert_error (out.error, BARUA_CREDENTIALS_ERROR, code);
}

static void
test_fails_at_each_call (void)
{
  GTestDBus *bus = start_bus ();

  for (Request request = 0; request < N_REQUESTS; request++)
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
  stop_bus (bus);
}

static void
test_quotes_a_refusal (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service =
    play (bus, &(TestSecretSituation){ .refuse_at = "GetSecret",
                                       .refusal = "org.freedesktop.DBus.Error.Failed" });
  g_auto (Outcome) out = { 0 };

  test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
  out = ask (LOOK_UP_PASSWORD);
  g_assert_cmpstr (out.error->message, ==,
                   "The keyring refused. “the played service refuses”");
  g_clear_pointer (&service, test_secret_service_free);
  stop_bus (bus);
}

/* An item that somebody else takes away between finding and changing it is made anew. */
static void
test_item_vanishes (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service =
    play (bus, &(TestSecretSituation){ .refuse_at = "SetSecret",
                                       .refusal =
                                         "org.freedesktop.Secret.Error.NoSuchObject" });
  g_auto (Outcome) out = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_add (service, TOKEN_ITEM, "old");
  out = ask (SAVE_TOKEN);
  g_assert_no_error (out.error);
  items = test_secret_service_dup_items (service);
  g_assert_nonnull (strstr (items, "|" PASSWORD "\n"));
  g_clear_pointer (&service, test_secret_service_free);
  stop_bus (bus);
}

static void
run_cancelled (TestSecretService *service, Request request, guint cancel_at)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Run run = { .cancellable = cancellable, .cancel_at = cancel_at };
  g_auto (Outcome) out = { 0 };

  test_secret_service_watch (service, on_call, &run);
  test_secret_service_add (service, TOKEN_ITEM, PASSWORD);
  if (request != SAVE_PASSWORD)
    test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
  start (request, &run);
  finish (request, &run, &out);
  test_secret_service_watch (service, NULL, NULL);
  g_assert_error (out.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_at_each_call (void)
{
  GTestDBus *bus = start_bus ();
  const TestSecretSituation asks = { .locked = TRUE, .prompt = TEST_PROMPT_ACCEPTED };

  for (Request request = 0; request < N_REQUESTS; request++)
    {
      g_auto (GStrv) calls = list_calls (bus, request, &asks);

      for (guint i = 0; calls[i] != NULL && !g_str_equal (calls[i], "Close"); i++)
        {
          g_autoptr (TestSecretService) service = play (bus, &asks);

          g_test_message ("request %u, at %s", request, calls[i]);
          run_cancelled (service, request, i + 1);
        }
    }
  stop_bus (bus);
}

static void
test_cancelled_early_and_late (void)
{
  GTestDBus *bus = start_bus ();

  for (Request request = 0; request < N_REQUESTS; request++)
    {
      g_autoptr (TestSecretService) service = play (bus, &(TestSecretSituation){ 0 });
      g_autoptr (GCancellable) early = g_cancellable_new ();
      g_autoptr (GCancellable) at_once = g_cancellable_new ();
      g_autoptr (GCancellable) late = g_cancellable_new ();
      Run runs[] = { { .cancellable = early },
                     { .cancellable = at_once },
                     { .cancellable = late } };
      g_auto (Outcome) first = { 0 };
      g_auto (Outcome) second = { 0 };
      g_auto (Outcome) third = { 0 };

      test_secret_service_add (service, TOKEN_ITEM, PASSWORD);
      test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
      g_cancellable_cancel (early);
      start (request, &runs[0]);
      start (request, &runs[1]);
      g_cancellable_cancel (at_once);
      finish (request, &runs[0], &first);
      finish (request, &runs[1], &second);
      g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      start (request, &runs[2]);
      finish (request, &runs[2], &third);
      g_cancellable_cancel (late);
      g_assert_no_error (third.error);
    }
  stop_bus (bus);
}

static void
test_takes_the_question_away (void)
{
  GTestDBus *bus = start_bus ();
  g_autoptr (TestSecretService) service =
    play (bus, &(TestSecretSituation){ .locked = TRUE, .prompt = TEST_PROMPT_OPEN });
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Run run = { .cancellable = cancellable };
  g_auto (Outcome) out = { 0 };

  test_secret_service_add (service, PASSWORD_ITEM, PASSWORD);
  start (LOOK_UP_PASSWORD, &run);
  while (strstr (test_secret_service_get_calls (service), "Prompt") == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 3; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (run.result);
  g_cancellable_cancel (cancellable);
  finish (LOOK_UP_PASSWORD, &run, &out);
  g_assert_error (out.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (strstr (test_secret_service_get_calls (service), "Dismiss") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&service, test_secret_service_free);
  stop_bus (bus);
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
  g_test_add_func ("/credentials/store/save/vanished", test_item_vanishes);
  g_test_add_func ("/credentials/store/forget", test_forgets);
  g_test_add_func ("/credentials/store/forget/everybody", test_forgets_everybody);
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
  g_test_add_func ("/credentials/error/causes", test_names_causes);
  return g_test_run ();
}
