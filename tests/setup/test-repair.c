#include "config.h"

#include "setup/repair.h"

#include "export/error.h"
#include "support/files.h"
#include "support/loop.h"

#include <string.h>

#define WRONG                                                                            \
  "account gmail\nhost smtp.google.com\nport 465\ntls on\ntls_starttls off\nauth on\n"   \
  "user zoe@gmail.com\n"
#define RIGHT                                                                            \
  "account gmail\nhost smtp.gmail.com\nport 465\ntls on\ntls_starttls off\nauth on\n"    \
  "user zoe@gmail.com\n"

typedef struct
{
  char *folder;
  char *path;
  BaruaHome *home;
  GCancellable *cancellable;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = g_dir_make_tmp ("barua-repair-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, ".msmtprc", NULL);
  fixture->home = barua_home_new_at (fixture->folder, fixture->folder);
  fixture->cancellable = g_cancellable_new ();
  test_files_put (fixture->folder, ".msmtprc", WRONG, 0640);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  test_loop_drain ();
  test_files_remove (fixture->folder);
  barua_home_free (fixture->home);
  g_clear_object (&fixture->cancellable);
  g_clear_object (&fixture->result);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
begin_look (Fixture *fixture, const GPtrArray *exporters)
{
  g_clear_object (&fixture->result);
  barua_repair_look_async (fixture->home, exporters, fixture->cancellable,
                           test_loop_store, &fixture->result);
}

static GPtrArray *
look (Fixture *fixture, const GPtrArray *exporters)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *repairs = NULL;

  begin_look (fixture, exporters);
  test_loop_until_set ((gpointer *) &fixture->result);
  repairs = barua_repair_look_finish (fixture->result, &error);
  g_assert_no_error (error);
  return repairs;
}

static void
begin_apply (Fixture *fixture, BaruaRepair *repair)
{
  g_clear_object (&fixture->result);
  barua_repair_apply_async (fixture->home, repair, fixture->cancellable, test_loop_store,
                            &fixture->result);
}

static void
assert_holds (Fixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_looks (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) repairs = look (fixture, NULL);
  const BaruaRepair *repair = NULL;
  const BaruaFault *fault = NULL;

  g_assert_cmpuint (repairs->len, ==, 1);
  repair = repairs->pdata[0];
  g_assert_cmpstr (repair->exporter->id, ==, "msmtp");
  g_assert_cmpuint (repair->faults->len, ==, 1);
  fault = repair->faults->pdata[0];
  g_assert_cmpstr (fault->key, ==, "host");
  g_assert_no_error (repair->error);
  g_assert_cmpuint (repair->plan->changes->len, ==, 1);
  assert_holds (fixture, WRONG);
}

static void
test_looks_at_those_named (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) exporters = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GPtrArray) repairs = NULL;

  g_ptr_array_add (exporters, (gpointer) barua_exporter_find ("thunderbird"));
  others = look (fixture, exporters);
  g_assert_cmpuint (others->len, ==, 0);
  g_ptr_array_add (exporters, (gpointer) barua_exporter_find ("msmtp"));
  repairs = look (fixture, exporters);
  g_assert_cmpuint (repairs->len, ==, 1);
}

static void
test_can_look (void)
{
  g_assert_true (barua_repair_can_look (barua_exporter_find ("msmtp")));
  g_assert_false (barua_repair_can_look (barua_exporter_find ("settings")));
}

/* What a process that is no more has left half done is taken back first. */
static void
test_recovers_first (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *left = g_build_filename (fixture->home->undo, "20260101-x", NULL);
  g_autoptr (GPtrArray) repairs = NULL;

  test_files_put (left, "copy-0", "x", 0600);
  repairs = look (fixture, NULL);
  g_assert_cmpuint (repairs->len, ==, 1);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
}

static void
test_applies (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) repairs = look (fixture, NULL);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaReceipt) receipt = NULL;
  g_autofree char *id = NULL;
  guint left = 7;

  begin_apply (fixture, repairs->pdata[0]);
  test_loop_until_set ((gpointer *) &fixture->result);
  id = barua_repair_apply_finish (fixture->result, &left, &error);
  g_assert_no_error (error);
  g_assert_nonnull (id);
  g_assert_cmpuint (left, ==, 0);
  assert_holds (fixture, RIGHT);
  again = look (fixture, NULL);
  g_assert_cmpuint (again->len, ==, 0);
  receipt = barua_undo (fixture->home, id, &error);
  g_assert_no_error (error);
  g_assert_null (receipt->address);
  assert_holds (fixture, WRONG);
}

static void
test_nothing_to_mend (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) repairs = NULL;
  g_autoptr (GError) error = NULL;
  guint left = 0;

  test_files_put (fixture->folder, ".msmtprc", RIGHT "password hunter2\n", 0600);
  repairs = look (fixture, NULL);
  g_assert_cmpuint (repairs->len, ==, 1);
  begin_apply (fixture, repairs->pdata[0]);
  test_loop_until_set ((gpointer *) &fixture->result);
  g_assert_null (barua_repair_apply_finish (fixture->result, &left, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (left, ==, 1);
}

static void
test_changed_meanwhile (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) repairs = look (fixture, NULL);
  g_autoptr (GError) error = NULL;
  guint left = 7;

  test_files_put (fixture->folder, ".msmtprc", "theirs", 0640);
  begin_apply (fixture, repairs->pdata[0]);
  test_loop_until_set ((gpointer *) &fixture->result);
  g_assert_null (barua_repair_apply_finish (fixture->result, &left, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_CHANGED);
  g_assert_cmpuint (left, ==, 7);
  assert_holds (fixture, "theirs");
}

/* Cancelled before the start, at once, and at the end: cancelled or done, never else. */
static void
test_look_cancelled (Fixture *fixture, gconstpointer data)
{
  guint moment = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) repairs = NULL;
  g_autoptr (GError) error = NULL;

  if (moment == 0)
    g_cancellable_cancel (fixture->cancellable);
  begin_look (fixture, NULL);
  for (guint i = 1; i < moment && fixture->result == NULL; i++)
    (void) g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (fixture->cancellable);
  test_loop_until_set ((gpointer *) &fixture->result);
  repairs = barua_repair_look_finish (fixture->result, &error);
  if (repairs == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_cmpuint (repairs->len, ==, 1);
  if (moment <= 1)
    g_assert_null (repairs);
  assert_holds (fixture, WRONG);
}

static void
test_apply_cancelled (Fixture *fixture, gconstpointer data)
{
  guint moment = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) repairs = look (fixture, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  guint left = 0;

  if (moment == 0)
    g_cancellable_cancel (fixture->cancellable);
  begin_apply (fixture, repairs->pdata[0]);
  for (guint i = 1; i < moment && fixture->result == NULL; i++)
    (void) g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (fixture->cancellable);
  test_loop_until_set ((gpointer *) &fixture->result);
  id = barua_repair_apply_finish (fixture->result, &left, &error);
  if (moment == 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_no_error (error);
  g_assert_cmpint (id != NULL, ==, moment > 0);
  assert_holds (fixture, moment > 0 ? RIGHT : WRONG);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/setup/repair/look", test_looks);
  ADD ("/setup/repair/look/named", test_looks_at_those_named);
  ADD ("/setup/repair/look/recovers-first", test_recovers_first);
  g_test_add_func ("/setup/repair/can-look", test_can_look);
  ADD ("/setup/repair/apply", test_applies);
  ADD ("/setup/repair/apply/nothing", test_nothing_to_mend);
  ADD ("/setup/repair/apply/changed", test_changed_meanwhile);
  for (guint moment = 0; moment < 5; moment++)
    {
      g_autofree char *looking =
        g_strdup_printf ("/setup/repair/look/cancelled/%u", moment);
      g_autofree char *applying =
        g_strdup_printf ("/setup/repair/apply/cancelled/%u", moment);

      g_test_add (looking, Fixture, GUINT_TO_POINTER (moment), set_up,
                  test_look_cancelled, tear_down);
      g_test_add (applying, Fixture, GUINT_TO_POINTER (moment), set_up,
                  test_apply_cancelled, tear_down);
    }
  return g_test_run ();
}
