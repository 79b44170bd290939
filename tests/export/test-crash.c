#include "config.h"

#include "export/apply.h"

#include "export/error.h"
#include "support/files.h"
#include "support/tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOMENTS_MAX 5000
/* Each run costs as much as the moments before it, and more where memory is watched. */
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 9
#else
#define STRIDE 2
#endif
#define LARGE (48 * 1024)
#define FORBIDDEN_STATUS 77
#define PAGE 4096
#define PAGES_MAX 200

/* What was asked of the disk, in order: the path for fsync; the two with a blank between
 * for rename and for a second name. */
static GPtrArray *asked;

/* These three stand before those of the C library, and do the same. */
int
fsync (int fd)
{
  if (asked != NULL)
    {
      g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);

      g_ptr_array_add (asked, g_file_read_link (link, NULL));
    }
  return (int) syscall (SYS_fsync, fd);
}

int
rename (const char *from, const char *to)
{
  if (asked != NULL)
    g_ptr_array_add (asked, g_strconcat (from, " ", to, NULL));
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
link (const char *from, const char *to)
{
  if (asked != NULL)
    g_ptr_array_add (asked, g_strconcat (from, " ", to, NULL));
  return (int) syscall (SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* @files: what is changed; @before and @after: how it looks, described. */
typedef struct
{
  char *folder;
  char *files;
  char *before;
  char *after;
  char *large;
  BaruaHome *home;
  BaruaPlan *plan;
} Fixture;

static void
plan_text (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->files, name, NULL);

  barua_plan_write (fixture->plan, path, text, -1, BARUA_FILE_ORDINARY, "Writes.");
}

/* All as it was at the beginning. */
static void
lay_out (Fixture *fixture)
{
  g_autofree char *link = g_build_filename (fixture->files, "link", NULL);

  test_files_remove (fixture->files);
  test_files_remove (fixture->home->data);
  g_assert_cmpint (g_mkdir (fixture->files, 0755), ==, 0);
  test_files_put (fixture->files, "there", "old\r\n\xff", 0640);
  test_files_put (fixture->files, "other", "old other", 0600);
  test_files_put (fixture->files, "elsewhere/target", "old target", 0600);
  g_assert_cmpint (symlink ("elsewhere/target", link), ==, 0);
}

static void
make_plan (Fixture *fixture)
{
  g_autofree char *made = g_build_filename (fixture->files, "made", "cur", NULL);

  fixture->plan = barua_plan_new ("msmtp");
  plan_text (fixture, "there", fixture->large);
  plan_text (fixture, "fresh", "fresh\n");
  plan_text (fixture, "deep/down/below", "below\n");
  plan_text (fixture, "link", "new target");
  plan_text (fixture, "other", "");
  barua_plan_make_folder (fixture->plan, made, "Makes.");
}

static gboolean
apply (gpointer data)
{
  Fixture *fixture = data;
  BaruaTransaction *transaction =
    barua_transaction_begin (fixture->plan, fixture->home, "zoe@gmail.com", NULL);

  return transaction != NULL && barua_transaction_commit (transaction, NULL);
}

static gboolean
undo (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (BaruaReceipt) receipt = barua_undo (fixture->home, NULL, NULL);

  return receipt != NULL;
}

static gboolean
recover (gpointer data)
{
  Fixture *fixture = data;

  return barua_apply_recover (fixture->home, NULL, NULL);
}

static void
open_fixture (Fixture *fixture, const char *folder)
{
  fixture->folder = g_strdup (folder);
  fixture->files = g_build_filename (folder, "files", NULL);
  fixture->home = barua_home_new_at (folder, folder);
  fixture->large = g_strnfill (LARGE, 'x');
  lay_out (fixture);
  fixture->before = test_files_describe (fixture->files);
  make_plan (fixture);
}

static void
learn_after (Fixture *fixture)
{
  g_assert_true (apply (fixture));
  fixture->after = test_files_describe (fixture->files);
  g_assert_cmpstr (fixture->before, !=, fixture->after);
}

static void
close_fixture (Fixture *fixture)
{
  test_files_remove (fixture->folder);
  barua_home_free (fixture->home);
  barua_plan_free (fixture->plan);
  g_free (fixture->folder);
  g_free (fixture->files);
  g_free (fixture->before);
  g_free (fixture->after);
  g_free (fixture->large);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = test_files_make ();

  open_fixture (fixture, folder);
  learn_after (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  close_fixture (fixture);
}

static gboolean
is_forbidden (TestTracerEnd end)
{
  if (end == TEST_TRACER_FORBIDDEN)
    g_test_skip ("the system does not allow processes to be traced");
  return end == TEST_TRACER_FORBIDDEN;
}

/* Nothing is half done any more: all old, or all new with a receipt that undoes it. */
static void
assert_whole (Fixture *fixture, TestTracerEnd end)
{
  g_autofree char *now = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (barua_apply_recover (fixture->home, NULL, &error));
  g_assert_no_error (error);
  now = test_files_describe (fixture->files);
  if (g_str_equal (now, fixture->after))
    {
      g_assert_cmpint (end, !=, TEST_TRACER_REFUSED);
      kept = test_files_describe (fixture->home->data);
      g_assert_null (strstr (kept, "/work "));
      g_assert_null (strstr (kept, "/next "));
      g_assert_true (undo (fixture));
    }
  else
    g_assert_cmpint (end, !=, TEST_TRACER_DONE);
  last = test_files_describe (fixture->files);
  g_assert_cmpstr (last, ==, fixture->before);
  g_assert_false (undo (fixture));
}

/* Runs @work disturbed at every moment; @prepare leads to where it begins. */
static void
disturb_everywhere (Fixture *fixture,
                    TestTracerWork work,
                    TestTracerDeed deed,
                    void (*prepare) (Fixture *fixture),
                    void (*check) (Fixture *fixture, TestTracerEnd end))
{
  TestTracerEnd end = TEST_TRACER_DONE;
  guint moment = 0;

  for (moment = 0; end != TEST_TRACER_UNTOUCHED && moment < MOMENTS_MAX;
       moment += deed == TEST_TRACER_FAIL ? STRIDE : 1)
    {
      prepare (fixture);
      end = test_tracer_run (work, fixture, deed, moment);
      if (is_forbidden (end))
        return;
      check (fixture, end);
    }
  g_test_message ("%u moments", moment);
  g_assert_cmpint (end, ==, TEST_TRACER_UNTOUCHED);
  g_assert_cmpuint (moment, >, 30);
}

static void
test_killed_applying (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  disturb_everywhere (fixture, apply, TEST_TRACER_KILL, lay_out, assert_whole);
}

static void
test_failing_applying (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  if (test_tracer_can_fail ())
    disturb_everywhere (fixture, apply, TEST_TRACER_FAIL, lay_out, assert_whole);
  else
    g_test_skip ("system calls cannot be made to fail on this processor");
}

static void
lay_out_applied (Fixture *fixture)
{
  lay_out (fixture);
  g_assert_true (apply (fixture));
}

/* Undone, or not at all and to be undone still. */
static void
assert_undone_or_not (Fixture *fixture, TestTracerEnd end)
{
  g_autofree char *now = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (barua_apply_recover (fixture->home, NULL, &error));
  g_assert_no_error (error);
  now = test_files_describe (fixture->files);
  if (g_str_equal (now, fixture->after))
    {
      g_assert_cmpint (end, !=, TEST_TRACER_DONE);
      g_assert_true (undo (fixture));
    }
  else
    g_assert_cmpint (end, !=, TEST_TRACER_REFUSED);
  last = test_files_describe (fixture->files);
  g_assert_cmpstr (last, ==, fixture->before);
  g_assert_false (undo (fixture));
}

static void
test_killed_undoing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  disturb_everywhere (fixture, undo, TEST_TRACER_KILL, lay_out_applied,
                      assert_undone_or_not);
}

static void
test_failing_undoing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  if (test_tracer_can_fail ())
    disturb_everywhere (fixture, undo, TEST_TRACER_FAIL, lay_out_applied,
                        assert_undone_or_not);
  else
    g_test_skip ("system calls cannot be made to fail on this processor");
}

static guint
count_moments (Fixture *fixture, TestTracerWork work, void (*prepare) (Fixture *fixture))
{
  guint low = 0;
  guint high = MOMENTS_MAX;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      prepare (fixture);
      if (test_tracer_run (work, fixture, TEST_TRACER_KILL, middle) == TEST_TRACER_DEAD)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Killed while it works, and killed again while that is taken back. */
static void
kill_twice (Fixture *fixture,
            TestTracerWork work,
            void (*prepare) (Fixture *fixture),
            void (*check) (Fixture *fixture, TestTracerEnd end))
{
  guint moments = count_moments (fixture, work, prepare);
  guint runs = 0;

  for (guint first = moments / 2; first <= moments; first += 1 + moments / 12)
    {
      TestTracerEnd end = TEST_TRACER_DEAD;

      for (guint second = 0; end == TEST_TRACER_DEAD; second += STRIDE)
        {
          prepare (fixture);
          if (is_forbidden (test_tracer_run (work, fixture, TEST_TRACER_KILL, first)))
            return;
          end = test_tracer_run (recover, fixture, TEST_TRACER_KILL, second);
          check (fixture, TEST_TRACER_DEAD);
          runs++;
        }
    }
  g_test_message ("%u runs", runs);
}

static gboolean
is_asked (const char *path, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (g_str_equal (asked->pdata[i], path))
      return TRUE;
  return FALSE;
}

/* Where a name of one of the files themselves is changed for the first time. */
static guint
find_first_change (const Fixture *fixture)
{
  guint first = 0;

  for (first = 0; first < asked->len; first++)
    if (strchr (asked->pdata[first], ' ') != NULL &&
        g_str_has_prefix (asked->pdata[first], fixture->files))
      return first;
  g_assert_not_reached ();
}

/* Each content lies on the disk before any name leads to it, and each folder before the
 * record says that all is done. */
static void
assert_order (const Fixture *fixture, guint n_moved)
{
  guint first = find_first_change (fixture);
  guint end = asked->len - 1;
  guint moved = 0;

  while (strchr (asked->pdata[end], ' ') == NULL)
    end--;
  g_assert_true (g_str_has_suffix (asked->pdata[end], "/receipt"));
  for (guint i = 0; i <= end; i++)
    {
      g_auto (GStrv) names = g_strsplit (asked->pdata[i], " ", 2);
      g_autofree char *folder = g_path_get_dirname (names[names[1] != NULL ? 1 : 0]);

      g_test_message ("%s", (const char *) asked->pdata[i]);
      if (names[1] == NULL)
        continue;
      if (g_str_has_suffix (names[0], "-new"))
        {
          moved++;
          g_assert_true (is_asked (names[0], 0, first));
        }
      else if (!g_str_has_suffix (names[1], "-old"))
        g_assert_true (is_asked (names[0], 0, i));
      g_assert_true (is_asked (folder, i,
                               i < first ? first
                               : i < end ? end
                                         : asked->len));
    }
  g_assert_cmpuint (moved, ==, n_moved);
}

static void
test_order (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  lay_out (fixture);
  asked = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (apply (fixture));
  assert_order (fixture, 5);
  g_ptr_array_set_size (asked, 0);
  g_assert_true (undo (fixture));
  assert_order (fixture, 3);
  g_clear_pointer (&asked, g_ptr_array_unref);
}

static void
test_killed_recovering (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kill_twice (fixture, apply, lay_out, assert_whole);
}

static void
test_killed_recovering_undo (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kill_twice (fixture, undo, lay_out_applied, assert_undone_or_not);
}

static void
put (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  if (fd < 0 || write (fd, text, strlen (text)) < 0)
    _exit (FORBIDDEN_STATUS);
  (void) close (fd);
}

/* A disk of so many pages, for this process alone. */
static void
enter_small_disk (const char *folder, guint pages)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", (unsigned int) geteuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", (unsigned int) getegid ());
  g_autofree char *size = g_strdup_printf ("size=%u,mode=0700", pages * PAGE);

  if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
    _exit (FORBIDDEN_STATUS);
  put ("/proc/self/setgroups", "deny");
  put ("/proc/self/uid_map", users);
  put ("/proc/self/gid_map", groups);
  if (mount ("tmpfs", folder, "tmpfs", 0, size) != 0)
    _exit (FORBIDDEN_STATUS);
}

/* Whether nothing was changed because there was no room, and nothing is left to be done.
 */
static gboolean
did_not_fit (Fixture *fixture, const GError *error, const char *before)
{
  g_autofree char *now = test_files_describe (fixture->files);

  return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) &&
         g_str_equal (now, before) && recover (fixture);
}

/* 0: did not fit, all as before; 1: fitted; 2: something is wrong. */
static int
try_small_disk (const char *folder, guint pages)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaReceipt) receipt = NULL;
  BaruaTransaction *transaction = NULL;
  g_autofree char *after = NULL;
  g_autofree char *last = NULL;

  enter_small_disk (folder, pages);
  open_fixture (&fixture, folder);
  transaction = barua_transaction_begin (fixture.plan, fixture.home, NULL, &error);
  if (transaction == NULL || !barua_transaction_commit (transaction, &error))
    return did_not_fit (&fixture, error, fixture.before) && !undo (&fixture) ? 0 : 2;
  after = test_files_describe (fixture.files);
  receipt = barua_undo (fixture.home, NULL, &error);
  if (receipt == NULL)
    return did_not_fit (&fixture, error, after) ? 0 : 2;
  last = test_files_describe (fixture.files);
  return g_str_equal (last, fixture.before) ? 1 : 2;
}

static void
test_full_disk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint fitted = 0;

  test_files_remove (fixture->files);
  for (guint pages = 16; pages < PAGES_MAX && fitted == 0; pages++)
    {
      pid_t pid = fork ();
      int status = 0;

      if (pid == 0)
        _exit (try_small_disk (fixture->folder, pages));
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFEXITED (status));
      if (WEXITSTATUS (status) == FORBIDDEN_STATUS)
        {
          g_test_skip ("the system does not allow a small disk to be made");
          return;
        }
      g_assert_cmpint (WEXITSTATUS (status), <=, 1);
      if (WEXITSTATUS (status) == 1)
        fitted = pages;
    }
  g_test_message ("%u pages", fitted);
  g_assert_cmpuint (fitted, >, 20);
}

/* A folder that may be read and not written. */
static void
test_read_only (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *elsewhere = g_build_filename (fixture->files, "elsewhere", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  lay_out (fixture);
  g_assert_cmpint (g_chmod (elsewhere, 0500), ==, 0);
  before = test_files_describe (fixture->files);
  g_assert_null (barua_transaction_begin (fixture->plan, fixture->home, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  g_assert_nonnull (strstr (error->message, "link"));
  now = test_files_describe (fixture->files);
  g_assert_cmpstr (now, ==, before);
  g_assert_cmpint (g_chmod (elsewhere, 0700), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/export/crash/applying/killed", test_killed_applying);
  ADD ("/export/crash/applying/failing", test_failing_applying);
  ADD ("/export/crash/undoing/killed", test_killed_undoing);
  ADD ("/export/crash/undoing/failing", test_failing_undoing);
  ADD ("/export/crash/recovering/killed", test_killed_recovering);
  ADD ("/export/crash/order", test_order);
  ADD ("/export/crash/recovering/undo-killed", test_killed_recovering_undo);
  ADD ("/export/crash/full-disk", test_full_disk);
  ADD ("/export/crash/read-only", test_read_only);
  return g_test_run ();
}
