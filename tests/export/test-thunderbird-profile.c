#include "config.h"

#include "export/thunderbird-profile.h"

#include "base/file.h"
#include "export/error.h"
#include "export/exporters.h"
#include "export/thunderbird-logins.h"
#include "support/export-case.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#define PASSWORD "abcdefghijklmnop"
#define PROFILE ".thunderbird/gmail.default/"

/* Another process that holds the lock of a profile, as Thunderbird does. */
typedef struct
{
  pid_t process;
  int hold;
} Holder;

static Holder
hold_lock (const char *path)
{
  Holder holder = { 0 };
  int ready[2] = { 0 };
  int hold[2] = { 0 };
  char byte = 0;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (hold), ==, 0);
  holder.process = fork ();
  g_assert_cmpint (holder.process, >=, 0);
  if (holder.process == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      int file = open (path, O_RDWR | O_CREAT, 0600);

      close (hold[1]);
      if (fcntl (file, F_SETLK, &lock) != 0 || write (ready[1], "x", 1) != 1)
        _exit (1);
      (void) !read (hold[0], &byte, 1);
      _exit (0);
    }
  close (ready[1]);
  close (hold[0]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  holder.hold = hold[1];
  return holder;
}

static void
let_go (Holder holder)
{
  int status = 0;

  close (holder.hold);
  g_assert_cmpint (waitpid (holder.process, &status, 0), ==, holder.process);
  g_assert_cmpint (status, ==, 0);
}

static BaruaPlan *
make_plan (const BaruaExportRequest *request, const BaruaHome *home)
{
  g_autoptr (GError) error = NULL;
  BaruaPlan *plan =
    barua_exporter_plan (&barua_exporter_thunderbird, request, home, &error);

  g_assert_no_error (error);
  return plan;
}

static gboolean
seal (BaruaPlan *plan,
      const BaruaExportRequest *request,
      const BaruaHome *home,
      const char *password,
      GError **error)
{
  g_auto (BaruaExportSecrets) secrets = { 0 };

  if (password != NULL)
    secrets.app_password = barua_secret_new (password, -1);
  return barua_exporter_thunderbird.seal (plan, request, home, &secrets, error);
}

static void
test_open (void)
{
  const TestExportCase wish = { .method = BARUA_METHOD_APP_PASSWORD };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&wish);
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autofree char *lock = barua_home_dup_path (home, PROFILE ".parentlock");
  g_autoptr (BaruaPlan) plan = make_plan (request, home);
  g_autoptr (BaruaThunderbirdProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  Holder holder = { 0 };

  test_plan_carry_out (plan);
  profile = barua_thunderbird_profile_find (home);
  g_assert_true (profile->listed);
  g_assert_false (barua_thunderbird_profile_is_open (profile));
  holder = hold_lock (lock);
  g_assert_true (barua_thunderbird_profile_is_open (profile));
  g_assert_false (seal (plan, request, home, PASSWORD, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_RUNNING);
  let_go (holder);
  /* The file stays, and says nothing without its lock. */
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
  g_assert_false (barua_thunderbird_profile_is_open (profile));
  test_home_remove (home);
}

static void
test_seal (void)
{
  const TestExportCase wish = { .method = BARUA_METHOD_APP_PASSWORD };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&wish);
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autofree char *path = barua_home_dup_path (home, PROFILE "logins.json");
  g_autoptr (BaruaPlan) plan = make_plan (request, home);
  g_autoptr (BaruaPlan) again = NULL;
  g_autoptr (BaruaLogins) logins = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;

  g_assert_true (seal (plan, request, home, PASSWORD, &error));
  g_assert_no_error (error);
  test_plan_carry_out (plan);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_null (strstr (text, PASSWORD));
  bytes = g_bytes_new (text, length);
  logins = barua_logins_new (bytes);
  g_assert_cmpint (barua_logins_next (logins, -1, "imap://imap.gmail.com"), ==, 0);
  g_assert_cmpint (barua_logins_next (logins, -1, "smtp://smtp.gmail.com"), ==, 1);
  again = make_plan (request, home);
  g_assert_true (seal (again, request, home, PASSWORD, &error));
  for (guint i = 0; i < again->changes->len; i++)
    {
      const BaruaChange *change = again->changes->pdata[i];

      g_assert_true (change->sealed);
      g_assert_true (g_bytes_equal (change->before, change->after));
    }
  test_home_remove (home);
}

static void
test_no_secret (void)
{
  const TestExportCase wish = { .method = BARUA_METHOD_APP_PASSWORD };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&wish);
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autoptr (BaruaPlan) plan = make_plan (request, home);
  g_autoptr (GError) error = NULL;

  g_assert_false (seal (plan, request, home, NULL, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NO_SECRET);
  test_home_remove (home);
}

static void
set_used (const BaruaHome *home, const char *name, gint64 when)
{
  const struct utimbuf times = { when, when };
  g_autofree char *path = g_build_filename (home->home, ".thunderbird", name, NULL);
  g_autofree char *prefs = g_build_filename (path, "prefs.js", NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (prefs, "", 0, NULL));
  g_assert_cmpint (g_utime (prefs, (struct utimbuf *) &times), ==, 0);
}

/* Three profiles: "old" was used before "new", and that before "newest". */
static const struct
{
  const char *description;
  const char *ini;
  const char *installs;
  const char *folder;
  gboolean listed;
  gboolean unclaimed;
} ROWS[] = {
  { "the one that the system's own claims, used or not",
    "[Install0123456789ABCDEF]\nDefault=new\n[InstallFDC34C9F024745EB]\nDefault=old\n",
    NULL, "old", TRUE, FALSE },
  { "of several that are claimed, the one used last",
    "[Install1]\nDefault=old\n[Install2]\nDefault=new\n[Profile0]\nPath=newest\n", NULL,
    "new", TRUE, FALSE },
  { "in the older file", "[Profile0]\nPath=old\nDefault=1\n",
    "[FDC34C9F024745EB]\nDefault=new\n", "new", TRUE, FALSE },
  { "claimed by nobody, the default",
    "[Profile0]\nPath=new\n[Profile1]\nPath=old\nDefault=1\n", NULL, "old", TRUE, TRUE },
  { "no default, the one used last", "[Profile0]\nPath=old\n[Profile1]\nPath=new\n", NULL,
    "new", TRUE, TRUE },
  { "a claim on what is gone", "[Install1]\nDefault=gone\n[Profile0]\nPath=old\n", NULL,
    "old", TRUE, TRUE },
  { "all are gone", "[Install1]\nDefault=gone\n", NULL, "gone", TRUE, TRUE },
  { "no profile in it", "[General]\nVersion=2\n", NULL, "gmail.default", FALSE, TRUE },
  { "nothing in it", "", NULL, "gmail.default", FALSE, TRUE },
};

static void
write_ini (const BaruaHome *home, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (home->home, ".thunderbird", name, NULL);

  if (text != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_find (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      BaruaHome *home = test_home_copy (NULL, NULL);
      g_autoptr (BaruaThunderbirdProfile) profile = NULL;
      g_autofree char *name = NULL;

      g_test_message ("%s", ROWS[i].description);
      set_used (home, "old", 1000);
      set_used (home, "new", 2000);
      set_used (home, "newest", 3000);
      write_ini (home, "profiles.ini", ROWS[i].ini);
      write_ini (home, "installs.ini", ROWS[i].installs);
      profile = barua_thunderbird_profile_find (home);
      name = g_path_get_basename (profile->folder);
      g_assert_cmpstr (name, ==, ROWS[i].folder);
      g_assert_cmpint (profile->listed, ==, ROWS[i].listed);
      g_assert_cmpint (profile->unclaimed, ==, ROWS[i].unclaimed);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  g_test_add_func ("/thunderbird-profile/open", test_open);
  g_test_add_func ("/thunderbird-profile/seal", test_seal);
  g_test_add_func ("/thunderbird-profile/no-secret", test_no_secret);
  g_test_add_func ("/thunderbird-profile/find", test_find);
  return g_test_run ();
}
