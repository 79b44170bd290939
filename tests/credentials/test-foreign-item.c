#include "config.h"

#include "credentials/foreign-item.h"

#include "credentials/error.h"
#include "support/loop.h"
#include "support/store.h"

#include <string.h>

#define SCHEMA "org.example.Mail"
#define ITEM                                                                             \
  "{'xdg:schema': 'org.example.Mail', 'user': 'zoe@gmail.com', 'proto': 'imap'}"

typedef enum
{
  LOOK_UP,
  SAVE,
  DELETE,
  N_REQUESTS,
} Request;

typedef struct
{
  BaruaSecret *secret;
  guint n_deleted;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->secret, barua_secret_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static BaruaForeignItem
item_of (const char *user)
{
  return (BaruaForeignItem){
    SCHEMA, "Mail of Zoë", g_variant_new_parsed ("{'user': %s, 'proto': 'imap'}", user)
  };
}

static void
start (Request request, GCancellable *cancellable, GAsyncResult **result)
{
  const BaruaForeignItem item = item_of ("zoe@gmail.com");
  g_autoptr (BaruaSecret) secret = barua_secret_new (TEST_STORE_SECRET, -1);

  if (request == LOOK_UP)
    barua_foreign_item_lookup_async (&item, cancellable, test_loop_store, result);
  else if (request == SAVE)
    barua_foreign_item_save_async (&item, secret, cancellable, test_loop_store, result);
  else
    barua_foreign_item_delete_async (&item, cancellable, test_loop_store, result);
}

static Outcome
finish (Request request, GAsyncResult **result)
{
  Outcome out = { 0 };

  test_loop_until_set ((gpointer *) result);
  if (request == LOOK_UP)
    out.secret = barua_foreign_item_lookup_finish (*result, &out.error);
  else if (request == SAVE)
    g_assert_cmpint (barua_foreign_item_save_finish (*result, &out.error), ==,
                     out.error == NULL);
  else
    g_assert_cmpint (
      barua_foreign_item_delete_finish (*result, &out.n_deleted, &out.error), ==,
      out.error == NULL);
  g_clear_object (result);
  return out;
}

static Outcome
ask (Request request)
{
  GAsyncResult *result = NULL;

  start (request, NULL, &result);
  return finish (request, &result);
}

static void
test_new_item (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  g_auto (Outcome) nothing = { 0 };
  g_auto (Outcome) saved = { 0 };
  g_auto (Outcome) found = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_listen_for (service, TEST_STORE_SECRET);
  nothing = ask (LOOK_UP);
  g_assert_error (nothing.error, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_NOT_FOUND);
  saved = ask (SAVE);
  g_assert_no_error (saved.error);
  items = test_secret_service_dup_items (service);
  g_assert_cmpstr (items, ==,
                   "Mail of Zoë|proto=imap user=zoe@gmail.com "
                   "xdg:schema=org.example.Mail|abcdefghijklmnop\n");
  found = ask (LOOK_UP);
  g_assert_cmpstr (barua_secret_peek (found.secret), ==, TEST_STORE_SECRET);
  g_assert_false (test_secret_service_heard (service));
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_item_there (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  g_auto (Outcome) saved = { 0 };
  g_autofree char *items = NULL;

  /* The program may add attributes of its own, by which it is found all the same; what
   * only looks alike is somebody else's. */
  test_secret_service_add (service,
                           "{'xdg:schema': 'org.example.Mail', 'user': 'zoe@gmail.com',"
                           " 'proto': 'imap', 'host': 'imap.gmail.com'}",
                           "old");
  test_secret_service_add (service, ITEM, "second");
  test_secret_service_add (service,
                           "{'xdg:schema': 'org.example.Mail', 'user': 'joe@gmail.com',"
                           " 'proto': 'imap'}",
                           "of joe");
  test_secret_service_add (service,
                           "{'xdg:schema': 'org.example.Other', 'user': 'zoe@gmail.com',"
                           " 'proto': 'imap'}",
                           "of another program");
  saved = ask (SAVE);
  g_assert_no_error (saved.error);
  items = test_secret_service_dup_items (service);
  g_assert_cmpstr (items, ==,
                   "played|host=imap.gmail.com proto=imap user=zoe@gmail.com "
                   "xdg:schema=org.example.Mail|abcdefghijklmnop\n"
                   "played|proto=imap user=zoe@gmail.com "
                   "xdg:schema=org.example.Mail|second\n"
                   "played|proto=imap user=joe@gmail.com "
                   "xdg:schema=org.example.Mail|of joe\n"
                   "played|proto=imap user=zoe@gmail.com "
                   "xdg:schema=org.example.Other|of another program\n");
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_delete (void)
{
  GTestDBus *bus = test_store_start_bus ();
  g_autoptr (TestSecretService) service =
    test_store_play (bus, &(TestSecretSituation){ 0 });
  g_auto (Outcome) deleted = { 0 };
  g_auto (Outcome) again = { 0 };
  g_autofree char *items = NULL;

  test_secret_service_add (service, ITEM, "one");
  test_secret_service_add (service,
                           "{'xdg:schema': 'org.example.Mail', 'user': 'joe@gmail.com',"
                           " 'proto': 'imap'}",
                           "of joe");
  deleted = ask (DELETE);
  g_assert_no_error (deleted.error);
  g_assert_cmpuint (deleted.n_deleted, ==, 1);
  items = test_secret_service_dup_items (service);
  g_assert_cmpstr (items, ==,
                   "played|proto=imap user=joe@gmail.com "
                   "xdg:schema=org.example.Mail|of joe\n");
  again = ask (DELETE);
  g_assert_no_error (again.error);
  g_assert_cmpuint (again.n_deleted, ==, 0);
  g_clear_pointer (&service, test_secret_service_free);
  test_store_stop_bus (bus);
}

static void
test_no_odd_secrets (void)
{
  const BaruaForeignItem item = item_of ("zoe@gmail.com");
  g_autoptr (BaruaSecret) empty = barua_secret_new ("", -1);
  GAsyncResult *result = NULL;
  g_auto (Outcome) out = { 0 };

  barua_foreign_item_save_async (&item, empty, NULL, test_loop_store, &result);
  out = finish (SAVE, &result);
  g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
}

static void
test_situations (void)
{
  static const struct
  {
    const char *description;
    TestSecretSituation situation;
    int code;
  } ROWS[] = {
    { "locked, answered", { .locked = TRUE, .prompt = TEST_PROMPT_ACCEPTED }, -1 },
    { "locked, closed",
      { .locked = TRUE, .prompt = TEST_PROMPT_DISMISSED },
      BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED },
    { "locked, no question", { .locked = TRUE }, BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED },
  };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    for (Request request = 0; request < N_REQUESTS; request++)
      {
        g_autoptr (TestSecretService) service = test_store_play (bus, &ROWS[i].situation);
        g_auto (Outcome) out = { 0 };

        g_test_message ("%s, request %u", ROWS[i].description, request);
        test_secret_service_add (service, ITEM, "old");
        out = ask (request);
        if (ROWS[i].code < 0)
          g_assert_no_error (out.error);
        else
          g_assert_error (out.error, BARUA_CREDENTIALS_ERROR, ROWS[i].code);
      }
  test_store_stop_bus (bus);
}

static void
test_no_service (void)
{
  GTestDBus *bus = test_store_start_bus ();

  for (Request request = 0; request < N_REQUESTS; request++)
    {
      g_auto (Outcome) out = ask (request);

      g_assert_error (out.error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE);
    }
  test_store_stop_bus (bus);
}

typedef struct
{
  GCancellable *cancellable;
  const char *at;
} Cancelling;

static void
on_call (const char *method, gpointer user_data)
{
  Cancelling *cancelling = user_data;

  if (g_str_equal (method, cancelling->at))
    g_cancellable_cancel (cancelling->cancellable);
}

static void
test_cancelled_midway (void)
{
  static const struct
  {
    Request request;
    const char *at;
  } ROWS[] = {
    { LOOK_UP, "SearchItems" }, { LOOK_UP, "OpenSession" }, { LOOK_UP, "GetSecret" },
    { SAVE, "SearchItems" },    { SAVE, "SetSecret" },      { DELETE, "SearchItems" },
    { DELETE, "Delete" },
  };
  GTestDBus *bus = test_store_start_bus ();

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (TestSecretService) service =
        test_store_play (bus, &(TestSecretSituation){ 0 });
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancelling cancelling = { cancellable, ROWS[i].at };
      GAsyncResult *result = NULL;
      g_auto (Outcome) out = { 0 };

      test_secret_service_add (service, ITEM, "old");
      test_secret_service_watch (service, on_call, &cancelling);
      start (ROWS[i].request, cancellable, &result);
      out = finish (ROWS[i].request, &result);
      g_assert_error (out.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  test_store_stop_bus (bus);
}

static void
test_cancelled_early_and_late (void)
{
  GTestDBus *bus = test_store_start_bus ();

  for (Request request = 0; request < N_REQUESTS; request++)
    {
      g_autoptr (TestSecretService) service =
        test_store_play (bus, &(TestSecretSituation){ 0 });
      g_autoptr (GCancellable) early = g_cancellable_new ();
      g_autoptr (GCancellable) at_once = g_cancellable_new ();
      g_autoptr (GCancellable) late = g_cancellable_new ();
      GAsyncResult *results[3] = { NULL };
      g_auto (Outcome) first = { 0 };
      g_auto (Outcome) second = { 0 };
      g_auto (Outcome) third = { 0 };

      test_secret_service_add (service, ITEM, "old");
      g_cancellable_cancel (early);
      start (request, early, &results[0]);
      start (request, at_once, &results[1]);
      g_cancellable_cancel (at_once);
      first = finish (request, &results[0]);
      second = finish (request, &results[1]);
      g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      start (request, late, &results[2]);
      third = finish (request, &results[2]);
      g_cancellable_cancel (late);
      g_assert_no_error (third.error);
    }
  test_store_stop_bus (bus);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/credentials/foreign-item/new", test_new_item);
  g_test_add_func ("/credentials/foreign-item/there", test_item_there);
  g_test_add_func ("/credentials/foreign-item/delete", test_delete);
  g_test_add_func ("/credentials/foreign-item/odd", test_no_odd_secrets);
  g_test_add_func ("/credentials/foreign-item/situations", test_situations);
  g_test_add_func ("/credentials/foreign-item/no-service", test_no_service);
  g_test_add_func ("/credentials/foreign-item/cancel/midway", test_cancelled_midway);
  g_test_add_func ("/credentials/foreign-item/cancel/early-and-late",
                   test_cancelled_early_and_late);
  return g_test_run ();
}
