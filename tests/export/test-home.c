#include "config.h"

#include "export/home.h"

#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_paths (void)
{
  g_autoptr (BaruaHome) home = barua_home_new_at ("/home/zoe", "/system");
  g_autofree char *path = barua_home_dup_path (home, ".muttrc");
  g_autofree char *config = barua_home_dup_config_path (home, "aerc/accounts.conf");
  g_autofree char *data = barua_home_dup_data_path (home, "barua");
  g_autofree char *system = barua_home_dup_system_path (home, "etc/msmtprc");

  g_assert_cmpstr (path, ==, "/home/zoe/.muttrc");
  g_assert_cmpstr (config, ==, "/home/zoe/.config/aerc/accounts.conf");
  g_assert_cmpstr (data, ==, "/home/zoe/.local/share/barua");
  g_assert_cmpstr (system, ==, "/system/etc/msmtprc");
  g_assert_cmpstr (home->undo, ==, "/home/zoe/.local/share/barua/undo");
  g_assert_cmpstr (home->search[0], ==, "/system/usr/bin");
  g_assert_null (home->search[1]);
  g_assert_false (home->apart);
}

static void
assert_shown (const BaruaHome *home, const char *path, const char *expected)
{
  g_autofree char *shown = barua_home_dup_shown (home, path);

  g_assert_cmpstr (shown, ==, expected);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
}

static void
test_shown (void)
{
  g_autoptr (BaruaHome) home = barua_home_new_at ("/home/zoe", "/");

  assert_shown (home, "/home/zoe/.muttrc", "~/.muttrc");
  assert_shown (home, "/home/zoe", "~");
  assert_shown (home, "/home/zoey/.muttrc", "/home/zoey/.muttrc");
  assert_shown (home, "/etc/msmtprc", "/etc/msmtprc");
  assert_shown (home, "/home/zoe/a\nb", "~/a b");
  assert_shown (home, "/home/zoe/\xff", "~/\xef\xbf\xbd");
}

static void
test_apart (void)
{
  g_autoptr (BaruaHome) home = barua_home_new_at ("/home/zoe", "/system");
  g_autoptr (BaruaHome) apart = barua_home_new_apart (home, "/media/stick");
  g_autoptr (BaruaHome) copy = barua_home_copy (apart);
  g_autofree char *path = barua_home_dup_path (copy, ".muttrc");
  g_autofree char *later = barua_home_dup_later (copy, path);
  g_autofree char *outside = barua_home_dup_later (copy, "/etc/msmtprc");
  g_autofree char *here = barua_home_dup_later (home, "/home/zoe/.muttrc");

  g_assert_true (copy->apart);
  g_assert_cmpstr (path, ==, "/media/stick/.muttrc");
  g_assert_cmpstr (later, ==, "/home/zoe/.muttrc");
  g_assert_cmpstr (outside, ==, "/etc/msmtprc");
  g_assert_cmpstr (here, ==, "/home/zoe/.muttrc");
  /* Not where the files go. */
  g_assert_cmpstr (copy->undo, ==, home->undo);
  assert_shown (copy, "/media/stick/.muttrc", "/media/stick/.muttrc");
  g_assert_cmpstr (copy->search[0], ==, home->search[0]);
}

static void
test_programs (void)
{
  g_autofree char *folder = g_dir_make_tmp ("barua-home-XXXXXX", NULL);
  g_autoptr (BaruaHome) home = barua_home_new_at (folder, folder);
  g_autofree char *expected = g_build_filename (folder, "usr/bin/mutt", NULL);
  g_autofree char *found = NULL;

  test_files_put (folder, "usr/bin/mutt", "", 0755);
  test_files_put (folder, "usr/bin/plain", "", 0644);
  test_files_put (folder, "usr/bin/folder/x", "", 0755);
  found = barua_home_find_program (home, "mutt");
  g_assert_cmpstr (found, ==, expected);
  g_assert_null (barua_home_find_program (home, "plain"));
  g_assert_null (barua_home_find_program (home, "folder"));
  g_assert_null (barua_home_find_program (home, "nothing"));
  /* A relative folder means another program in every folder. */
  g_free (home->search[0]);
  home->search[0] = g_strdup (".");
  g_assert_null (barua_home_find_program (home, "mutt"));
  test_files_remove (folder);
}

static void
test_first (void)
{
  g_autofree char *folder = g_dir_make_tmp ("barua-home-XXXXXX", NULL);
  g_autoptr (BaruaHome) home = barua_home_new_at (folder, folder);
  g_autofree char *one = barua_home_dup_path (home, "one");
  g_autofree char *two = barua_home_dup_path (home, "two");
  const char *const paths[] = { one, two, NULL };

  g_assert_cmpstr (barua_home_first (home, paths), ==, one);
  test_files_put (folder, "two", "", 0644);
  g_assert_cmpstr (barua_home_first (home, paths), ==, two);
  test_files_put (folder, "one", "", 0644);
  g_assert_cmpstr (barua_home_first (home, paths), ==, one);
  test_files_remove (folder);
}

static void
test_own (void)
{
  g_autoptr (BaruaHome) home = barua_home_new ();

  g_assert_cmpstr (home->home, ==, g_get_home_dir ());
  g_assert_cmpstr (home->config, ==, g_get_user_config_dir ());
  g_assert_cmpstr (home->lives, ==, home->home);
  g_assert_true (g_str_has_prefix (home->undo, g_get_user_data_dir ()));
  g_assert_cmpstr (home->root, ==, "/");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/home/paths", test_paths);
  g_test_add_func ("/export/home/shown", test_shown);
  g_test_add_func ("/export/home/apart", test_apart);
  g_test_add_func ("/export/home/programs", test_programs);
  g_test_add_func ("/export/home/first", test_first);
  g_test_add_func ("/export/home/own", test_own);
  return g_test_run ();
}
