#include "config.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LIMIT 1000

/* What was asked of the disk, in order: "s" for fsync, "r" for rename. */
static GString *asked;

/* These two stand before those of the C library, and do the same. */
int
fsync (int fd)
{
  if (asked != NULL)
    g_string_append_c (asked, 's');
  return (int) syscall (SYS_fsync, fd);
}

int
rename (const char *from, const char *to)
{
  if (asked != NULL)
    g_string_append_c (asked, 'r');
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = g_dir_make_tmp ("barua-file-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      (void) g_remove (path);
    }
  (void) g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static int
get_mode (const char *path)
{
  struct stat facts;

  g_assert_cmpint (stat (path, &facts), ==, 0);
  return (int) facts.st_mode & 07777;
}

static void
assert_holds (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *text = barua_file_read (path, LIMIT, &length, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, strlen (expected));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_writes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const mode_t masks[] = { 0, 022, 077, 0777 };

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autoptr (GError) error = NULL;
      mode_t old = umask (masks[i]);

      g_assert_true (barua_file_write (fixture->path, "one\n", 4, 0600, &error));
      g_assert_no_error (error);
      (void) umask (old);
      g_assert_cmpint (get_mode (fixture->path), ==, 0600);
      assert_holds (fixture->path, "one\n");
      g_assert_cmpuint (count_files (fixture->folder), ==, 1);
    }
}

/* The content is on the disk before the name leads to it, and then the name. */
static void
test_syncs (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) order = g_string_new (NULL);

  asked = order;
  g_assert_true (barua_file_write (fixture->path, "one\n", 4, 0600, &error));
  asked = NULL;
  g_assert_no_error (error);
  g_assert_cmpstr (order->str, ==, "srs");
}

static void
test_replaces (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = g_build_filename (fixture->folder, "kept", NULL);

  g_assert_true (g_file_set_contents (fixture->path, "a longer one", -1, NULL));
  /* Who has the old file open still sees the old file. */
  g_assert_cmpint (link (fixture->path, kept), ==, 0);
  g_assert_true (barua_file_write (fixture->path, "two", 3, 0644, &error));
  assert_holds (fixture->path, "two");
  assert_holds (kept, "a longer one");
  g_assert_cmpint (get_mode (fixture->path), ==, 0644);
  g_assert_true (barua_file_write (fixture->path, "", 0, 0600, &error));
  assert_holds (fixture->path, "");
}

static void
test_keeps_links (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);

  g_assert_true (g_file_set_contents (target, "old", -1, NULL));
  g_assert_cmpint (symlink ("target", fixture->path), ==, 0);
  g_assert_true (barua_file_write (fixture->path, "new", 3, 0600, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  assert_holds (target, "new");
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
}

static void
test_leaves_alone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) to_nothing = NULL;
  g_autoptr (GError) to_folder = NULL;
  g_autoptr (GError) to_pipe = NULL;
  g_autofree char *dangling = g_build_filename (fixture->folder, "dangling", NULL);
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe", NULL);

  g_assert_cmpint (symlink ("nothing", dangling), ==, 0);
  g_assert_false (barua_file_write (dangling, "x", 1, 0600, &to_nothing));
  g_assert_error (to_nothing, G_FILE_ERROR, G_FILE_ERROR_PERM);
  g_assert_false (barua_file_write (fixture->folder, "x", 1, 0600, &to_folder));
  g_assert_error (to_folder, G_FILE_ERROR, G_FILE_ERROR_PERM);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_false (barua_file_write (pipe_path, "x", 1, 0600, &to_pipe));
  g_assert_error (to_pipe, G_FILE_ERROR, G_FILE_ERROR_PERM);
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
}

static void
test_leaves_others_alone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can give a file away");
      return;
    }
  g_assert_true (g_file_set_contents (fixture->path, "theirs", -1, NULL));
  g_assert_cmpint (chown (fixture->path, 65534, 65534), ==, 0);
  g_assert_false (barua_file_write (fixture->path, "x", 1, 0600, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM);
  assert_holds (fixture->path, "theirs");
}

static void
test_no_folder (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "no", "file", NULL);

  g_assert_false (barua_file_write (path, "x", 1, 0600, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_leaves_devices_alone (void)
{
  g_autoptr (GError) error = NULL;

  if (access ("/dev/full", W_OK) != 0)
    {
      g_test_skip ("no /dev/full here");
      return;
    }
  g_assert_false (barua_file_write ("/dev/full", "x", 1, 0600, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM);
}

static void
test_reads_within_bounds (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *longest = g_strnfill (LIMIT, 'x');
  g_autofree char *longer = g_strnfill (LIMIT + 1, 'x');
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) large = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) device = NULL;

  g_assert_null (barua_file_read (fixture->path, LIMIT, NULL, &none));
  g_assert_error (none, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_true (g_file_set_contents (fixture->path, longest, -1, NULL));
  assert_holds (fixture->path, longest);
  g_assert_true (g_file_set_contents (fixture->path, longer, -1, NULL));
  g_assert_null (barua_file_read (fixture->path, LIMIT, NULL, &large));
  g_assert_error (large, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_null (barua_file_read (fixture->folder, LIMIT, NULL, &folder));
  g_assert_error (folder, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_null (barua_file_read ("/dev/zero", LIMIT, NULL, &device));
  g_assert_error (device, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

/* A pipe without another end must not be waited for. */
/* The system's own files are said to be empty, as is one that somebody just fills. */
static void
test_reads_more_than_said (Fixture *fixture G_GNUC_UNUSED,
                           gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) large = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  struct stat facts;
  gsize length = 0;

  g_assert_cmpint (stat ("/proc/version", &facts), ==, 0);
  g_assert_cmpint (facts.st_size, ==, 0);
  g_assert_true (g_file_get_contents ("/proc/version", &expected, NULL, NULL));
  text = barua_file_read ("/proc/version", LIMIT, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
  g_free (text);
  text = barua_file_read ("/proc/version", length, NULL, &error);
  g_assert_cmpstr (text, ==, expected);
  g_assert_null (barua_file_read ("/proc/version", length - 1, NULL, &large));
  g_assert_error (large, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

static void
test_reads_no_pipe (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_null (barua_file_read (fixture->path, LIMIT, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

static void
test_makes_folders (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *outer = g_build_filename (fixture->folder, "a", NULL);
  g_autofree char *inner = g_build_filename (outer, "b", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) in_the_way = NULL;
  mode_t old = umask (0);

  g_assert_true (barua_file_make_folder (inner, &error));
  g_assert_true (barua_file_make_folder (inner, &error));
  (void) umask (old);
  g_assert_no_error (error);
  g_assert_cmpint (get_mode (outer), ==, 0700);
  g_assert_cmpint (get_mode (inner), ==, 0700);
  g_assert_true (g_file_set_contents (fixture->path, "", -1, NULL));
  g_assert_false (barua_file_make_folder (fixture->path, &in_the_way));
  g_assert_error (in_the_way, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  (void) g_rmdir (inner);
  (void) g_rmdir (outer);
}

static void
test_locks (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) held = NULL;
  int first = barua_file_lock (fixture->folder, 0, &error);
  int second = -1;

  g_assert_no_error (error);
  g_assert_cmpint (barua_file_lock (fixture->folder, 20, &held), ==, -1);
  g_assert_error (held, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
  (void) close (first);
  second = barua_file_lock (fixture->folder, 0, &error);
  g_assert_no_error (error);
  (void) close (second);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/base/file/write", test_writes);
  ADD ("/base/file/write/syncs", test_syncs);
  ADD ("/base/file/write/replace", test_replaces);
  ADD ("/base/file/write/links", test_keeps_links);
  ADD ("/base/file/write/left-alone", test_leaves_alone);
  ADD ("/base/file/write/others", test_leaves_others_alone);
  ADD ("/base/file/write/no-folder", test_no_folder);
  g_test_add_func ("/base/file/write/device", test_leaves_devices_alone);
  ADD ("/base/file/read/bounds", test_reads_within_bounds);
  ADD ("/base/file/read/more", test_reads_more_than_said);
  ADD ("/base/file/read/pipe", test_reads_no_pipe);
  ADD ("/base/file/folder", test_makes_folders);
  ADD ("/base/file/lock", test_locks);
  return g_test_run ();
}
