#include "config.h"

#include "export/apply.h"

#include "export/error.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *files;
  BaruaHome *home;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = g_dir_make_tmp ("barua-apply-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->files = g_build_filename (fixture->folder, "files", NULL);
  g_assert_cmpint (g_mkdir (fixture->files, 0755), ==, 0);
  fixture->home = barua_home_new_at (fixture->folder, fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  test_files_remove (fixture->folder);
  barua_home_free (fixture->home);
  g_free (fixture->files);
  g_free (fixture->folder);
}

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->files, name, NULL);
}

static void
plan_text (Fixture *fixture, BaruaPlan *plan, const char *name, const char *text)
{
  g_autofree char *path = path_of (fixture, name);

  barua_plan_write (plan, path, text, -1, BARUA_FILE_ORDINARY, "Writes.");
}

/* A file that is there, one that is not, one in a folder that is not, a link, a secret.
 */
static BaruaPlan *
plan_several (Fixture *fixture)
{
  BaruaPlan *plan = barua_plan_new ("msmtp");
  g_autofree char *link = path_of (fixture, "link");
  g_autofree char *secret = path_of (fixture, "secret");
  g_autofree char *folder = path_of (fixture, "made/for/nothing");
  g_autoptr (GBytes) sealed = g_bytes_new ("\0\1\2", 3);

  test_files_put (fixture->files, "there", "old\r\n\xff", 0640);
  test_files_put (fixture->files, "elsewhere/target", "old target", 0600);
  test_files_put (fixture->files, "secret", "old secret", 0644);
  g_assert_cmpint (symlink ("elsewhere/target", link), ==, 0);
  plan_text (fixture, plan, "there", "new\n");
  plan_text (fixture, plan, "fresh", "fresh\n");
  plan_text (fixture, plan, "deep/down/below", "below\n");
  plan_text (fixture, plan, "link", "new target");
  barua_plan_seal (plan, secret, "Seals.");
  barua_plan_fill (plan, secret, sealed);
  barua_plan_make_folder (plan, folder, "Makes.");
  return plan;
}

static char *
apply (Fixture *fixture, BaruaPlan *plan)
{
  g_autoptr (GError) error = NULL;
  BaruaTransaction *transaction =
    barua_transaction_begin (plan, fixture->home, "zoe@gmail.com", &error);
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  id = g_strdup (barua_transaction_get_id (transaction));
  g_assert_true (barua_transaction_commit (transaction, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&id);
}

static void
assert_files (Fixture *fixture, const char *expected)
{
  g_autofree char *now = test_files_describe (fixture->files);

  g_assert_cmpstr (now, ==, expected);
}

static void
assert_mode (const char *path, int expected)
{
  struct stat facts;

  g_assert_cmpint (lstat (path, &facts), ==, 0);
  g_assert_cmpint ((int) facts.st_mode & 07777, ==, expected);
}

static void
test_applies (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *id = apply (fixture, plan);

  g_assert_true (g_str_has_suffix (id, "-msmtp"));
  assert_files (fixture, ". 040755 \n"
                         "./deep 040700 \n"
                         "./deep/down 040700 \n"
                         "./deep/down/below 100644 below%0A\n"
                         "./elsewhere 040755 \n"
                         "./elsewhere/target 100600 new%20target\n"
                         "./fresh 100644 fresh%0A\n"
                         "./link 120777 elsewhere/target\n"
                         "./made 040700 \n"
                         "./made/for 040700 \n"
                         "./made/for/nothing 040700 \n"
                         "./secret 100600 %00%01%02\n"
                         "./there 100640 new%0A\n");
}

static void
test_undoes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *before = test_files_describe (fixture->files);
  g_autofree char *id = apply (fixture, plan);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GError) latest = NULL;
  g_autoptr (BaruaReceipt) receipt = barua_undo (fixture->home, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (receipt->id, ==, id);
  g_assert_true (receipt->undone);
  assert_files (fixture, before);
  g_assert_null (barua_undo (fixture->home, id, &again));
  g_assert_error (again, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND);
  g_assert_null (barua_undo (fixture->home, NULL, &latest));
  g_assert_error (latest, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND);
}

static void
test_folder_with_others_stays (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *id = apply (fixture, plan);
  g_autofree char *deep = path_of (fixture, "deep");
  g_autofree char *down = path_of (fixture, "deep/down");
  g_autofree char *theirs = path_of (fixture, "deep/theirs");
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaReceipt) receipt = NULL;

  test_files_put (deep, "theirs", "kept", 0644);
  receipt = barua_undo (fixture->home, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (theirs, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (down, G_FILE_TEST_EXISTS));
}

static void
test_receipt_tells (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const BaruaKeyringItem item = {
    .schema = "org.gnome.Evolution.Data.Source",
    .label = "Zoë’s “secret”\n",
    .attributes = g_variant_new_parsed ("{'e-source-uid': 'ö;=\\\\'}"),
  };
  const BaruaReceipt *receipt = NULL;
  const BaruaChange *keyring = NULL;
  const BaruaChange *setting = NULL;

  barua_plan_keep (plan, &item, "Keeps.");
  barua_plan_set (plan, "org.gnome.evolution", "x", g_variant_new_strv (NULL, 0),
                  "Sets.");
  barua_plan_tell_command (plan, "sudo true", TRUE, "Runs.");
  ((BaruaChange *) plan->changes->pdata[plan->changes->len - 2])->value_before =
    g_variant_ref_sink (g_variant_new_parsed ("['a', 'ð']"));
  ((BaruaChange *) plan->changes->pdata[plan->changes->len - 3])->former =
    g_strdup ("kept-1");
  id = apply (fixture, plan);
  receipts = barua_receipts_list (fixture->home, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 1);
  receipt = receipts->pdata[0];
  g_assert_cmpstr (receipt->id, ==, id);
  g_assert_cmpstr (receipt->client, ==, "msmtp");
  g_assert_cmpstr (receipt->address, ==, "zoe@gmail.com");
  g_assert_cmpint (ABS (receipt->when - g_get_real_time () / G_USEC_PER_SEC), <, 60);
  g_assert_false (receipt->undone);
  /* All but the command. */
  g_assert_cmpuint (receipt->changes->len, ==, plan->changes->len - 1);
  keyring = receipt->changes->pdata[receipt->changes->len - 2];
  setting = receipt->changes->pdata[receipt->changes->len - 1];
  g_assert_cmpint (keyring->kind, ==, BARUA_CHANGE_KEYRING);
  g_assert_cmpstr (keyring->schema, ==, item.schema);
  g_assert_cmpstr (keyring->label, ==, item.label);
  g_assert_cmpvariant (
    keyring->attributes,
    ((BaruaChange *) plan->changes->pdata[plan->changes->len - 3])->attributes);
  g_assert_cmpstr (keyring->former, ==, "kept-1");
  g_assert_cmpint (setting->kind, ==, BARUA_CHANGE_SETTING);
  g_assert_cmpstr (setting->key, ==, "x");
  g_assert_true (g_variant_is_of_type (setting->value, G_VARIANT_TYPE_STRING_ARRAY));
  g_assert_cmpuint (g_variant_n_children (setting->value_before), ==, 2);
}

/* What is kept is for the person alone, and what is secret is not in it. */
static void
test_receipt_is_private (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = barua_plan_new ("msmtp");
  g_autofree char *sealed = path_of (fixture, "sealed");
  g_autofree char *folder = NULL;
  g_autofree char *receipt = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *all = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("tell nobody", 11);

  test_files_put (fixture->files, "sealed", "older", 0644);
  barua_plan_seal (plan, sealed, "Seals.");
  barua_plan_fill (plan, sealed, bytes);
  id = apply (fixture, plan);
  folder = g_build_filename (fixture->home->undo, id, NULL);
  receipt = g_build_filename (folder, "receipt", NULL);
  copy = g_build_filename (folder, "copy-0", NULL);
  assert_mode (fixture->home->undo, 0700);
  assert_mode (folder, 0700);
  assert_mode (receipt, 0600);
  assert_mode (copy, 0600);
  all = test_files_describe (fixture->home->undo);
  g_assert_null (strstr (all, "nobody"));
  g_assert_nonnull (strstr (all, "older"));
}

static void
test_latest_first (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *texts[] = { "one", "two", "three" };
  g_auto (GStrv) ids = g_new0 (char *, G_N_ELEMENTS (texts) + 1);
  g_autofree char *path = path_of (fixture, "file");
  g_autofree char *last = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BaruaPlan) plan = barua_plan_new (i == 1 ? "aerc" : "msmtp");

      plan_text (fixture, plan, "file", texts[i]);
      ids[i] = apply (fixture, plan);
    }
  for (gsize i = G_N_ELEMENTS (texts); i > 0; i--)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaReceipt) receipt = barua_undo (fixture->home, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (receipt->id, ==, ids[i - 1]);
      if (i > 1)
        {
          g_autofree char *text = NULL;

          g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
          g_assert_cmpstr (text, ==, texts[i - 2]);
        }
    }
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
assert_nothing_kept (Fixture *fixture)
{
  g_autoptr (GPtrArray) receipts = barua_receipts_list (fixture->home, NULL);
  g_autoptr (GDir) dir = g_dir_open (fixture->home->undo, 0, NULL);

  g_assert_cmpuint (receipts->len, ==, 0);
  g_assert_null (g_dir_read_name (dir));
}

/* Of what was undone, only so much is told; what was not can all be undone still. */
static void
test_clears (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) first = barua_plan_new ("first");
  g_autoptr (GPtrArray) receipts = NULL;
  g_autofree char *id = NULL;
  guint undone = 0;

  plan_text (fixture, first, "first", "first");
  id = apply (fixture, first);
  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (BaruaPlan) plan = barua_plan_new ("msmtp");
      g_autoptr (BaruaReceipt) receipt = NULL;
      g_autofree char *again = NULL;

      plan_text (fixture, plan, "there", "new");
      again = apply (fixture, plan);
      receipt = barua_undo (fixture->home, NULL, NULL);
      g_assert_cmpstr (receipt->id, ==, again);
      g_clear_pointer (&receipts, g_ptr_array_unref);
      receipts = barua_receipts_list (fixture->home, NULL);
      g_assert_cmpuint (receipts->len, ==, MIN (i + 1, 20) + 1);
      g_assert_cmpstr (((const BaruaReceipt *) receipts->pdata[0])->id, ==, again);
    }
  for (guint i = 0; i < receipts->len; i++)
    undone += ((const BaruaReceipt *) receipts->pdata[i])->undone;
  g_assert_cmpuint (undone, ==, 20);
  g_assert_cmpstr (((const BaruaReceipt *) receipts->pdata[20])->id, ==, id);
}

static void
test_changed_before_begin (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  test_files_put (fixture->files, "fresh", "theirs", 0644);
  before = test_files_describe (fixture->files);
  g_assert_null (barua_transaction_begin (plan, fixture->home, NULL, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, "files/fresh"));
  assert_files (fixture, before);
  assert_nothing_kept (fixture);
}

static void
test_changed_before_commit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  BaruaTransaction *transaction =
    barua_transaction_begin (plan, fixture->home, NULL, &error);

  g_assert_no_error (error);
  /* The last of them, when the others have been written. */
  test_files_put (fixture->files, "secret", "theirs", 0644);
  before = test_files_describe (fixture->files);
  g_assert_false (barua_transaction_commit (transaction, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, "files/secret"));
  assert_files (fixture, before);
  assert_nothing_kept (fixture);
}

static void
test_aborts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *before = test_files_describe (fixture->files);
  g_autoptr (GError) error = NULL;
  BaruaTransaction *transaction =
    barua_transaction_begin (plan, fixture->home, NULL, &error);

  g_assert_no_error (error);
  barua_transaction_abort (transaction);
  assert_files (fixture, before);
  assert_nothing_kept (fixture);
}

static void
test_one_at_a_time (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) recovery = NULL;
  BaruaTransaction *transaction =
    barua_transaction_begin (plan, fixture->home, NULL, &error);

  g_assert_null (barua_transaction_begin (plan, fixture->home, NULL, &second));
  g_assert_error (second, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  g_assert_false (barua_apply_recover (fixture->home, NULL, &recovery));
  g_assert_error (recovery, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  g_assert_true (barua_transaction_commit (transaction, &error));
}

static void
test_changed_before_undo (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *id = apply (fixture, plan);
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  test_files_put (fixture->files, "secret", "theirs", 0600);
  before = test_files_describe (fixture->files);
  g_assert_null (barua_undo (fixture->home, id, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, "files/secret"));
  assert_files (fixture, before);
}

/* Who has put one of the files back has lost nothing by undoing the rest. */
static void
test_put_back_by_hand (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *before = test_files_describe (fixture->files);
  g_autofree char *id = apply (fixture, plan);
  g_autofree char *fresh = path_of (fixture, "fresh");
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaReceipt) receipt = NULL;

  test_files_put (fixture->files, "secret", "old secret", 0644);
  g_assert_cmpint (g_unlink (fresh), ==, 0);
  receipt = barua_undo (fixture->home, id, &error);
  g_assert_no_error (error);
  assert_files (fixture, before);
}

static void
test_damaged_copy (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *id = apply (fixture, plan);
  g_autofree char *before = test_files_describe (fixture->files);
  g_autofree char *copy = g_build_filename (fixture->home->undo, id, "copy-3", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (copy, "other", -1, NULL));
  g_assert_null (barua_undo (fixture->home, id, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_DAMAGED);
  assert_files (fixture, before);
}

static void
test_damaged_receipt (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const TEXTS[] = {
    "",
    "no key file",
    "[Receipt]\nFormat=2\nClient=msmtp\nToken=00000000\n",
    "[Receipt]\nFormat=1\nClient=msmtp\nToken=../../../x\n",
    "[Receipt]\nFormat=1\nClient=msmtp\nToken=00000000\nChanges=1\n",
    "[Receipt]\nFormat=1\nClient=msmtp\nToken=00000000\nChanges=99999999\n",
    "[Receipt]\nFormat=1\nClient=msmtp\nToken=00000000\nChanges=1\n"
    "[Change 0]\nKind=file\nPath=relative\nTarget=relative\n",
    "[Receipt]\nFormat=1\nClient=msmtp\nToken=00000000\nChanges=1\n"
    "[Change 0]\nKind=keyring\nSchema=x\nLabel=y\nAttributes=(1, 2)\n",
  };
  g_autofree char *path = g_build_filename (fixture->home->undo, "x", "receipt", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) receipts = NULL;

      test_files_put (fixture->home->undo, "x/receipt", TEXTS[i], 0600);
      g_assert_null (barua_undo (fixture->home, "x", &error));
      g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, path));
      receipts = barua_receipts_list (fixture->home, &error);
      g_assert_cmpuint (receipts->len, ==, 0);
    }
}

static void
test_names_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const IDS[] = { "", ".", "..", "../undo", "20260101-000000-mutt" };

  for (gsize i = 0; i < G_N_ELEMENTS (IDS); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (barua_undo (fixture->home, IDS[i], &error));
      g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND);
    }
}

static void
test_no_home_yet (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaUnsettled) taken_back = NULL;
  g_autoptr (GPtrArray) receipts = barua_receipts_list (fixture->home, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 0);
  g_assert_true (barua_apply_recover (fixture->home, &taken_back, &error));
  g_assert_null (taken_back);
  g_assert_false (g_file_test (fixture->home->undo, G_FILE_TEST_EXISTS));
}

static void
test_leaves_alone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = barua_plan_new ("msmtp");
  g_autofree char *dangling = path_of (fixture, "dangling");
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("nothing", dangling), ==, 0);
  before = test_files_describe (fixture->files);
  plan_text (fixture, plan, "first", "x");
  plan_text (fixture, plan, "dangling", "x");
  g_assert_null (barua_transaction_begin (plan, fixture->home, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM);
  assert_files (fixture, before);
  assert_nothing_kept (fixture);
}

/* A folder in which a file of the same name as one that is needed stands in the way. */
static void
test_folder_in_the_way (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) plan = plan_several (fixture);
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  BaruaTransaction *transaction =
    barua_transaction_begin (plan, fixture->home, NULL, &error);

  g_assert_no_error (error);
  test_files_put (fixture->files, "deep", "a file", 0644);
  before = test_files_describe (fixture->files);
  g_assert_false (barua_transaction_commit (transaction, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  assert_files (fixture, before);
  assert_nothing_kept (fixture);
}

/* Files that are saved to a folder are undone like any others, and nothing of that lies
 * in the folder. */
static void
test_apart (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *out = path_of (fixture, "out");
  g_autoptr (BaruaHome) apart = barua_home_new_apart (fixture->home, out);
  g_autoptr (BaruaPlan) plan = barua_plan_new ("mutt");
  g_autofree char *path = barua_home_dup_path (apart, ".muttrc");
  g_autofree char *before = test_files_describe (fixture->files);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaReceipt) receipt = NULL;
  BaruaTransaction *transaction = NULL;

  barua_plan_write (plan, path, "x\n", -1, BARUA_FILE_PRIVATE, "Writes.");
  transaction = barua_transaction_begin (plan, apart, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (barua_transaction_commit (transaction, &error));
  assert_files (fixture, ". 040755 \n./out 040700 \n./out/.muttrc 100600 x%0A\n");
  receipt = barua_undo (fixture->home, NULL, &error);
  g_assert_no_error (error);
  assert_files (fixture, before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/export/apply/files", test_applies);
  ADD ("/export/apply/apart", test_apart);
  ADD ("/export/apply/abort", test_aborts);
  ADD ("/export/apply/one-at-a-time", test_one_at_a_time);
  ADD ("/export/apply/changed-before-begin", test_changed_before_begin);
  ADD ("/export/apply/changed-before-commit", test_changed_before_commit);
  ADD ("/export/apply/left-alone", test_leaves_alone);
  ADD ("/export/apply/folder-in-the-way", test_folder_in_the_way);
  ADD ("/export/receipt/tells", test_receipt_tells);
  ADD ("/export/receipt/private", test_receipt_is_private);
  ADD ("/export/receipt/damaged", test_damaged_receipt);
  ADD ("/export/receipt/none", test_no_home_yet);
  ADD ("/export/undo/files", test_undoes);
  ADD ("/export/undo/folder-with-others", test_folder_with_others_stays);
  ADD ("/export/undo/latest-first", test_latest_first);
  ADD ("/export/undo/clears", test_clears);
  ADD ("/export/undo/changed", test_changed_before_undo);
  ADD ("/export/undo/put-back-by-hand", test_put_back_by_hand);
  ADD ("/export/undo/damaged-copy", test_damaged_copy);
  ADD ("/export/undo/names-nothing", test_names_nothing);
  return g_test_run ();
}
