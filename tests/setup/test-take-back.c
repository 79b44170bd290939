#include "config.h"

#include "setup/hand-over.h"

#include "credentials/error.h"
#include "export/error.h"
#include "support/loop.h"
#include "support/mail-program.h"
#include "support/store.h"

#include <string.h>
#include <unistd.h>

static BaruaReceipt *
take_back (TestMailWorld *world,
           const char *id,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barua_take_back_async (world->home, id, cancellable, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_take_back_finish (result, error);
}

static void
test_takes_back (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autofree char *id = test_mail_apply_all (world);
  g_autoptr (BaruaReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  receipt = take_back (world, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->id, ==, id);
  g_assert_cmpstr (receipt->address, ==, "zoe@gmail.com");
  test_mail_assert_untouched (world);
}

static void
test_gives_former_back (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autofree char *id = NULL;
  g_autofree char *items = NULL;
  g_autoptr (BaruaReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "former");
  g_settings_set_string (world->settings, "way", "mine");
  id = test_mail_apply_all (world);
  items = test_secret_service_dup_items (world->keyring);
  g_assert_nonnull (
    strstr (items, "played|" TEST_MAIL_ATTRIBUTES "|{abcdefghijklmnop}\n"));
  g_assert_nonnull (strstr (items, "xdg:schema="
                                   "org.barua.Barua.Former|former\n"));
  test_mail_assert_way (world, "new");

  receipt = take_back (world, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->id, ==, id);
  test_mail_assert_items (world,
                          TEST_MAIL_OWN_ITEM "played|" TEST_MAIL_ATTRIBUTES "|former\n");
  test_mail_assert_way (world, "mine");
  g_assert_false (test_mail_has_file (world, ".mail"));
}

static void
test_nothing_to_take_back (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) named = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) ended = NULL;

  g_assert_null (take_back (world, NULL, NULL, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND);
  g_assert_null (take_back (world, "20260101-000000-mutt", NULL, &named));
  g_assert_error (named, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND);
  g_cancellable_cancel (cancelled);
  g_assert_null (take_back (world, NULL, cancelled, &ended));
  g_assert_error (ended, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The person does not open the keyring: then files stay as well. */
static void
test_take_back_with_locked_keyring (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autofree char *id = test_mail_apply_all (world);
  g_autoptr (BaruaReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&world->keyring, test_secret_service_free);
  world->keyring = test_store_play (
    world->bus,
    &(TestSecretSituation){ .locked = TRUE, .prompt = TEST_PROMPT_DISMISSED });
  test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "{abcdefghijklmnop}");
  g_assert_null (take_back (world, id, NULL, &error));
  g_assert_error (error, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED);
  g_assert_true (test_mail_has_file (world, ".mail/settings"));
  test_mail_assert_way (world, "new");

  g_clear_error (&error);
  g_clear_pointer (&world->keyring, test_secret_service_free);
  world->keyring = test_store_play (world->bus, &(TestSecretSituation){ 0 });
  receipt = take_back (world, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (test_mail_has_file (world, ".mail"));
}

static void
test_take_back_cancelled (void)
{
  for (guint at = 1; at < 8; at++)
    {
      g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
      g_autofree char *id = test_mail_apply_all (world);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      TestMailWatch watching = { .cancellable = cancellable, .at = at };
      g_autoptr (BaruaReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;

      test_secret_service_watch (world->keyring, test_mail_on_call, &watching);
      receipt = take_back (world, id, cancellable, &error);
      test_secret_service_watch (world->keyring, NULL, NULL);
      if (receipt != NULL)
        {
          test_mail_assert_untouched (world);
          continue;
        }
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (test_mail_has_file (world, ".mail/settings"));
      g_assert_true (test_mail_has_file (world, ".mail/store"));
      test_mail_assert_way (world, "new");
    }
}

/* A process that begins, and ends before the end; the environment says where. */
static void
test_dies_half_way (void)
{
  g_autoptr (BaruaHome) home =
    barua_home_new_at (g_getenv ("BARUA_TEST_HOME"), g_getenv ("BARUA_TEST_ROOT"));
  BaruaPlan *planned = barua_plan_new ("testmail");
  BaruaTransaction *transaction = NULL;

  test_mail_keep (planned, "imap", NULL);
  transaction = barua_transaction_begin (planned, home, "zoe@gmail.com", NULL);
  _exit (transaction != NULL ? 0 : 1);
}

static void
test_recovers (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autoptr (BaruaHandOver) made = NULL;

  g_test_trap_subprocess ("/setup/take-back/subprocess/dies", 0, 0);
  g_assert_true (g_test_trap_has_passed ());
  test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "half done");
  made = test_mail_prepare (world, NULL);
  test_mail_assert_items (world, TEST_MAIL_OWN_ITEM);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  test_mail_begin ();
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/setup/take-back/takes-back", test_takes_back);
  g_test_add_func ("/setup/take-back/former", test_gives_former_back);
  g_test_add_func ("/setup/take-back/nothing", test_nothing_to_take_back);
  g_test_add_func ("/setup/take-back/locked", test_take_back_with_locked_keyring);
  g_test_add_func ("/setup/take-back/cancelled", test_take_back_cancelled);
  g_test_add_func ("/setup/take-back/recovers", test_recovers);
  g_test_add_func ("/setup/take-back/subprocess/dies", test_dies_half_way);
  status = g_test_run ();
  test_mail_end ();
  return status;
}
