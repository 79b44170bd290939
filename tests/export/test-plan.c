#include "config.h"

#include "export/plan.h"

#include "base/redact.h"
#include "export/error.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
  BaruaHome *home;
  BaruaPlan *plan;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = g_dir_make_tmp ("barua-plan-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
  fixture->home = barua_home_new_at (fixture->folder, fixture->folder);
  fixture->plan = barua_plan_new ("msmtp");
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  test_files_remove (fixture->folder);
  barua_plan_free (fixture->plan);
  barua_home_free (fixture->home);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static BaruaChange *
change_at (Fixture *fixture, guint index)
{
  g_assert_cmpuint (index, <, fixture->plan->changes->len);
  return fixture->plan->changes->pdata[index];
}

static void
plan_write (Fixture *fixture, const char *text, BaruaFilePrivacy privacy)
{
  barua_plan_write (fixture->plan, fixture->path, text, -1, privacy, "Writes.");
}

static void
assert_reads (Fixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 1;

  g_assert_true (barua_plan_read (fixture->plan, fixture->path, &text, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (length, ==, expected != NULL ? strlen (expected) : 0);
}

/* What was planned before is seen by what is planned after. */
static void
test_reads (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_reads (fixture, NULL);
  test_files_put (fixture->folder, "file", "old\xff\r\n", 0644);
  assert_reads (fixture, "old\xff\r\n");
  plan_write (fixture, "new\n", BARUA_FILE_ORDINARY);
  assert_reads (fixture, "new\n");
  plan_write (fixture, "newer\n", BARUA_FILE_ORDINARY);
  assert_reads (fixture, "newer\n");
  g_assert_cmpuint (fixture->plan->changes->len, ==, 1);
}

static void
test_reads_no_binary (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) binary = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "a\0b", 3, NULL));
  g_assert_false (barua_plan_read (fixture->plan, fixture->path, &text, NULL, &binary));
  g_assert_error (binary, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (binary->message, fixture->path));
  g_assert_false (barua_plan_read (fixture->plan, fixture->folder, &text, NULL, &folder));
  g_assert_error (folder, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_null (text);
}

static void
test_below_a_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *below = g_build_filename (fixture->path, "below", NULL);
  g_autofree char *text = NULL;

  test_files_put (fixture->folder, "file", "x", 0644);
  g_assert_true (barua_plan_read (fixture->plan, below, &text, NULL, NULL));
  g_assert_null (text);
}

static void
test_modes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    int there;
    BaruaFilePrivacy privacy;
    int expected;
  } ROWS[] = {
    { 0, BARUA_FILE_ORDINARY, 0644 },    { 0, BARUA_FILE_PRIVATE, 0600 },
    { 0644, BARUA_FILE_PRIVATE, 0600 },  { 0755, BARUA_FILE_PRIVATE, 0700 },
    { 0640, BARUA_FILE_ORDINARY, 0640 }, { 0600, BARUA_FILE_ORDINARY, 0600 },
    { 0400, BARUA_FILE_PRIVATE, 0400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaPlan) plan = barua_plan_new ("msmtp");

      (void) g_unlink (fixture->path);
      if (ROWS[i].there != 0)
        test_files_put (fixture->folder, "file", "old", ROWS[i].there);
      barua_plan_write (plan, fixture->path, "new", -1, ROWS[i].privacy, "Writes.");
      g_assert_cmpint (((BaruaChange *) plan->changes->pdata[0])->mode, ==,
                       ROWS[i].expected);
    }
}

/* One that becomes private in a second step is private. */
static void
test_more_private (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  plan_write (fixture, "one", BARUA_FILE_ORDINARY);
  plan_write (fixture, "two", BARUA_FILE_PRIVATE);
  plan_write (fixture, "three", BARUA_FILE_ORDINARY);
  g_assert_cmpint (change_at (fixture, 0)->mode, ==, 0600);
}

static void
test_nothing_to_do (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *deep = g_build_filename (fixture->folder, "there", NULL);

  test_files_put (fixture->folder, "file", "same", 0600);
  g_assert_cmpint (g_mkdir (deep, 0700), ==, 0);
  plan_write (fixture, "same", BARUA_FILE_PRIVATE);
  barua_plan_make_folder (fixture->plan, deep, "Makes.");
  barua_plan_tell_command (fixture->plan, "true", FALSE, "Runs.");
  g_assert_true (barua_plan_is_empty (fixture->plan));
  /* Others may read it no more. */
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  plan_write (fixture, "same", BARUA_FILE_PRIVATE);
  g_assert_false (barua_plan_is_empty (fixture->plan));
}

/* Changed and changed back is not changed. */
static void
test_back_again (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  test_files_put (fixture->folder, "file", "same", 0600);
  plan_write (fixture, "other", BARUA_FILE_ORDINARY);
  g_assert_false (barua_plan_is_empty (fixture->plan));
  plan_write (fixture, "same", BARUA_FILE_ORDINARY);
  g_assert_true (barua_plan_is_empty (fixture->plan));
}

static void
test_folders (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "a", "b", NULL);
  g_autofree char *one = g_build_filename (folder, "one", NULL);
  g_autofree char *two = g_build_filename (folder, "two", NULL);

  barua_plan_write (fixture->plan, one, "x", -1, BARUA_FILE_ORDINARY, "Writes.");
  barua_plan_write (fixture->plan, two, "x", -1, BARUA_FILE_ORDINARY, "Writes.");
  g_assert_cmpuint (fixture->plan->changes->len, ==, 3);
  g_assert_cmpint (change_at (fixture, 0)->kind, ==, BARUA_CHANGE_FOLDER);
  g_assert_cmpstr (change_at (fixture, 0)->path, ==, folder);
  g_assert_null (change_at (fixture, 0)->summary);
  barua_plan_make_folder (fixture->plan, folder, "Makes.");
  g_assert_cmpuint (fixture->plan->changes->len, ==, 3);
  g_assert_cmpstr (change_at (fixture, 0)->summary, ==, "Makes.");
}

static void
test_sealed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("a\0b", 3);
  const BaruaChange *change = NULL;

  test_files_put (fixture->folder, "file", "old", 0644);
  barua_plan_seal (fixture->plan, fixture->path, "Seals.");
  change = change_at (fixture, 0);
  g_assert_true (change->sealed);
  g_assert_cmpint (change->mode, ==, 0600);
  g_assert_null (change->after);
  g_assert_null (barua_change_dup_diff (change, fixture->home));
  barua_plan_fill (fixture->plan, fixture->path, bytes);
  g_assert_true (g_bytes_equal (change->after, bytes));
  g_assert_null (barua_change_dup_diff (change, fixture->home));
}

static void
test_diff (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *diff = NULL;

  test_files_put (fixture->folder, "file", "password hunter2\nhost a\n", 0644);
  plan_write (fixture, "password hunter2\nhost b\n", BARUA_FILE_ORDINARY);
  diff = barua_change_dup_diff (change_at (fixture, 0), fixture->home);
  g_assert_cmpstr (diff, ==,
                   "--- ~/file\n+++ ~/file\n@@ -1,2 +1,2 @@\n password " BARUA_REDACTED
                   "\n-host a\n+host b\n");
}

static void
test_sentences_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < 2; i++)
    {
      barua_plan_add_note (fixture->plan, "A note.");
      barua_plan_add_question (fixture->plan, "A question.");
    }
  g_assert_cmpuint (fixture->plan->notes->len, ==, 1);
  g_assert_cmpuint (fixture->plan->questions->len, ==, 1);
}

static void
test_others (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const BaruaKeyringItem item = {
    .schema = "schema",
    .label = "label",
    .attributes = g_variant_new_parsed ("{'a': 'b'}"),
  };

  barua_plan_keep (fixture->plan, &item, "Keeps.");
  barua_plan_set (fixture->plan, "org.x", "key", g_variant_new_boolean (TRUE), "Sets.");
  barua_plan_tell_command (fixture->plan, "true", TRUE, "Runs.");
  g_assert_cmpint (change_at (fixture, 0)->kind, ==, BARUA_CHANGE_KEYRING);
  g_assert_cmpstr (change_at (fixture, 0)->label, ==, "label");
  g_assert_cmpint (change_at (fixture, 1)->kind, ==, BARUA_CHANGE_SETTING);
  g_assert_true (g_variant_get_boolean (change_at (fixture, 1)->value));
  g_assert_cmpint (change_at (fixture, 2)->kind, ==, BARUA_CHANGE_COMMAND);
  g_assert_true (change_at (fixture, 2)->as_root);
  for (guint i = 0; i < 3; i++)
    g_assert_null (barua_change_dup_diff (change_at (fixture, i), fixture->home));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/export/plan/read", test_reads);
  ADD ("/export/plan/read/binary", test_reads_no_binary);
  ADD ("/export/plan/read/below-a-file", test_below_a_file);
  ADD ("/export/plan/mode", test_modes);
  ADD ("/export/plan/mode/more-private", test_more_private);
  ADD ("/export/plan/nothing", test_nothing_to_do);
  ADD ("/export/plan/back-again", test_back_again);
  ADD ("/export/plan/folder", test_folders);
  ADD ("/export/plan/sealed", test_sealed);
  ADD ("/export/plan/diff", test_diff);
  ADD ("/export/plan/sentences", test_sentences_once);
  ADD ("/export/plan/others", test_others);
  return g_test_run ();
}
