#include "config.h"

#include "setup/hand-over.h"

#include "credentials/error.h"
#include "export/error.h"
#include "support/files.h"
#include "support/loop.h"
#include "support/mail-program.h"
#include "support/store.h"

#include <string.h>

static void
test_applies (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
  g_autoptr (BaruaPlan) planned = test_mail_plan (made);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = test_mail_apply (made, planned, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (id, "-testmail"));
  g_assert_true (test_mail_has_file (world, ".mail/settings"));
  g_assert_true (test_mail_has_file (world, ".mail/store"));
  test_mail_assert_way (world, "new");
  test_mail_assert_items (world, TEST_MAIL_OWN_ITEM
                          "Mail|" TEST_MAIL_ATTRIBUTES "|{abcdefghijklmnop}\n"
                          "Mail|proto=smtp user=zoe@gmail.com "
                          "xdg:schema=org.example.Mail|abcdefghijklmnop\n");
  /* What nobody wants, or nothing takes, is left out: two files, two items, a setting,
   * and the folder. */
  g_assert_cmpuint (planned->changes->len, ==, 6);
}

static void
test_twice (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autofree char *id = test_mail_apply_all (world);
  g_autofree char *again = NULL;
  g_autofree char *before = test_files_describe (world->folder);
  g_autofree char *after = NULL;

  g_assert_nonnull (id);
  again = test_mail_apply_all (world);
  g_assert_null (again);
  after = test_files_describe (world->folder);
  g_assert_cmpstr (after, ==, before);
}

static guint
count_to_show (TestMailWorld *world, GCancellable *cancellable, GError **error)
{
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
  g_autoptr (BaruaPlan) planned = test_mail_plan (made);
  g_autoptr (GAsyncResult) result = NULL;

  barua_hand_over_compare_async (made, test_mail_get_exporter (), planned, cancellable,
                                 test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_hand_over_compare_finish (result, error) ? planned->changes->len
                                                        : G_MAXUINT;
}

/* What is shown is what would be done. */
static void
test_compares (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autofree char *id = NULL;

  g_assert_cmpuint (count_to_show (world, NULL, NULL), ==, 6);
  test_mail_assert_untouched (world);
  id = test_mail_apply_all (world);
  g_assert_nonnull (id);
  g_assert_cmpuint (count_to_show (world, NULL, NULL), ==, 0);
  g_settings_set_string (world->settings, "way", "another");
  g_assert_cmpuint (count_to_show (world, NULL, NULL), ==, 1);
}

static void
test_compare_cancelled (void)
{
  for (guint at = 0; at < 8; at++)
    {
      g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      TestMailWatch watching = { .cancellable = cancellable, .at = at };
      g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
      g_autoptr (BaruaPlan) planned = test_mail_plan (made);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "former");
      test_secret_service_watch (world->keyring, test_mail_on_call, &watching);
      if (at == 0)
        g_cancellable_cancel (cancellable);
      barua_hand_over_compare_async (made, test_mail_get_exporter (), planned,
                                     cancellable, test_loop_store, &result);
      test_loop_until_set ((gpointer *) &result);
      test_secret_service_watch (world->keyring, NULL, NULL);
      g_assert_false (barua_hand_over_compare_finish (result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* The secret is in the keyring and in the program's own store, and nowhere else. */
static void
test_no_secret_in_files (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autofree char *all = NULL;
  g_autofree char *id = NULL;

  test_secret_service_listen_for (world->keyring, TEST_STORE_SECRET);
  test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "former");
  id = test_mail_apply_all (world);
  g_assert_nonnull (id);
  all = test_files_describe (world->folder);
  g_assert_null (strstr (all, TEST_STORE_SECRET));
  g_assert_null (strstr (all, "former|"));
  g_assert_false (test_secret_service_heard (world->keyring));
}

static void
test_to_folder (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autofree char *output = g_build_filename (world->folder, ".mail", "saved", NULL);
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, output);
  g_autoptr (BaruaPlan) planned = test_mail_plan (made);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  g_assert_cmpuint (planned->notes->len, ==, 5);
  g_assert_cmpuint (planned->questions->len, ==, 1);
  g_assert_nonnull (strstr (planned->questions->pdata[0], "Testmail"));
  id = test_mail_apply (made, planned, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (id);
  g_assert_true (test_mail_has_file (world, ".mail/saved/.mail/settings"));
  g_assert_false (test_mail_has_file (world, ".mail/saved/.mail/store"));
  test_mail_assert_items (world, TEST_MAIL_OWN_ITEM);
  test_mail_assert_way (world, "old");
}

static void
test_running (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
  g_autoptr (BaruaPlan) planned = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *process = g_build_filename (world->root, "proc", NULL);

  test_files_put (world->root, "proc/4711/comm", "testmail\n", 0644);
  planned = test_mail_plan (made);
  g_assert_null (test_mail_apply (made, planned, NULL, &error));
  test_files_remove (process);
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_RUNNING);
  g_assert_nonnull (strstr (error->message, "Testmail"));
  test_mail_assert_untouched (world);
}

static void
test_changed_meanwhile (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
  g_autoptr (BaruaPlan) planned = test_mail_plan (made);
  g_autoptr (GError) error = NULL;

  test_files_put (world->folder, ".mail/settings", "by hand", 0644);
  g_assert_null (test_mail_apply (made, planned, NULL, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_CHANGED);
  test_mail_assert_items (world, TEST_MAIL_OWN_ITEM);
  test_mail_assert_way (world, "old");
}

/* All is in the keyring when it turns out that a file cannot be written. */
static void
test_fails_at_the_end (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
  g_autoptr (BaruaPlan) planned = test_mail_plan (made);
  TestMailWatch watching = { .block = ".mail/settings" };
  g_autoptr (GError) error = NULL;

  test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "former");
  test_secret_service_watch (world->keyring, test_mail_on_call, &watching);
  g_assert_null (test_mail_apply (made, planned, NULL, &error));
  g_assert_nonnull (error);
  test_mail_assert_items (world,
                          TEST_MAIL_OWN_ITEM "played|" TEST_MAIL_ATTRIBUTES "|former\n");
  test_mail_assert_way (world, "old");
  g_assert_false (test_mail_has_file (world, ".mail/store"));
}

static void
test_keyring_refuses (void)
{
  const char *const methods[] = { "CreateItem", "SetSecret" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){
        .refuse_at = methods[i], .refusal = "org.freedesktop.DBus.Error.Failed" });
      g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
      g_autoptr (BaruaPlan) planned = test_mail_plan (made);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", methods[i]);
      test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "former");
      g_assert_null (test_mail_apply (made, planned, NULL, &error));
      g_assert_error (error, BARUA_CREDENTIALS_ERROR,
                      BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED);
      test_mail_assert_items (world, TEST_MAIL_OWN_ITEM "played|" TEST_MAIL_ATTRIBUTES
                                                        "|former\n");
      g_assert_false (test_mail_has_file (world, ".mail"));
    }
}

static guint
count_calls (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
  g_autoptr (BaruaPlan) planned = test_mail_plan (made);
  TestMailWatch watching = { 0 };
  g_autofree char *id = NULL;

  test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "former");
  test_secret_service_watch (world->keyring, test_mail_on_call, &watching);
  id = test_mail_apply (made, planned, NULL, NULL);
  g_assert_nonnull (id);
  return watching.n_calls;
}

/* At each call of the keyring: either all was done, or nothing. */
static void
test_cancelled_at_each_call (void)
{
  guint n_calls = count_calls ();

  for (guint at = 0; at <= n_calls; at++)
    {
      g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
      g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
      g_autoptr (BaruaPlan) planned = test_mail_plan (made);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      TestMailWatch watching = { .cancellable = cancellable, .at = at };
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;

      test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "former");
      test_secret_service_watch (world->keyring, test_mail_on_call, &watching);
      if (at == 0)
        g_cancellable_cancel (cancellable);
      id = test_mail_apply (made, planned, cancellable, &error);
      test_secret_service_watch (world->keyring, NULL, NULL);
      if (id != NULL)
        continue;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      test_mail_assert_items (world, TEST_MAIL_OWN_ITEM "played|" TEST_MAIL_ATTRIBUTES
                                                        "|former\n");
      test_mail_assert_way (world, "old");
      g_assert_false (test_mail_has_file (world, ".mail"));
    }
}

static void
test_cancelled_at_once_and_late (void)
{
  g_autoptr (TestMailWorld) world = test_mail_world_new (&(TestSecretSituation){ 0 });
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
  g_autoptr (BaruaPlan) planned = test_mail_plan (made);
  g_autoptr (GCancellable) at_once = g_cancellable_new ();
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  barua_hand_over_apply_async (made, test_mail_get_exporter (), planned, at_once,
                               test_loop_store, &result);
  g_cancellable_cancel (at_once);
  test_loop_until_set ((gpointer *) &result);
  g_assert_null (barua_hand_over_apply_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_mail_assert_untouched (world);
  g_clear_error (&error);

  g_clear_pointer (&planned, barua_plan_free);
  planned = test_mail_plan (made);
  id = test_mail_apply (made, planned, late, &error);
  g_cancellable_cancel (late);
  g_assert_no_error (error);
  g_assert_nonnull (id);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  test_mail_begin ();
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/setup/hand-over-apply/applies", test_applies);
  g_test_add_func ("/setup/hand-over-apply/twice", test_twice);
  g_test_add_func ("/setup/hand-over-apply/compares", test_compares);
  g_test_add_func ("/setup/hand-over-apply/compares/cancelled", test_compare_cancelled);
  g_test_add_func ("/setup/hand-over-apply/no-secret-in-files", test_no_secret_in_files);
  g_test_add_func ("/setup/hand-over-apply/to-folder", test_to_folder);
  g_test_add_func ("/setup/hand-over-apply/running", test_running);
  g_test_add_func ("/setup/hand-over-apply/changed", test_changed_meanwhile);
  g_test_add_func ("/setup/hand-over-apply/fails-at-the-end", test_fails_at_the_end);
  g_test_add_func ("/setup/hand-over-apply/keyring-refuses", test_keyring_refuses);
  g_test_add_func ("/setup/hand-over-apply/cancelled/each-call",
                   test_cancelled_at_each_call);
  g_test_add_func ("/setup/hand-over-apply/cancelled/at-once-and-late",
                   test_cancelled_at_once_and_late);
  status = g_test_run ();
  test_mail_end ();
  return status;
}
