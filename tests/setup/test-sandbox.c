#include "config.h"

#include "setup/sandbox.h"

#include "base/flatpak.h"
#include "export/error.h"
#include "support/files.h"

#include <string.h>

#define GIVEN                                                                            \
  "[Context]\nshared=network;\n"                                                         \
  "filesystems=~/.thunderbird:create;xdg-config/evolution:create;~/.mail:ro;\n"
#define SYSTEM                                                                           \
  "[Instance]\napp-path=/var/lib/flatpak/app/org.barua.Barua/x86_64/m/1/files\n"
#define OWN                                                                              \
  "[Instance]\napp-path=/home/zoe/.local/share/flatpak/app/org.barua.Barua/x/files\n"
#define OTHER "[Instance]\napp-path=/var/lib/flatpak/app/org.example.Other/x/files\n"

static const struct
{
  const char *description;
  const char *info;
  const char *launcher;
} INFOS[] = {
  { "installed for everybody", SYSTEM, "/var/lib/flatpak/exports/bin/org.barua.Barua" },
  { "installed for oneself", OWN,
    "/home/zoe/.local/share/flatpak/exports/bin/org.barua.Barua" },
  { "another program", OTHER, NULL },
  { "no path", "[Instance]\n", NULL },
  { "damaged", "[Inst", NULL },
  { "nothing", "", NULL },
};

static const struct
{
  const char *description;
  const char *path;
  gboolean kept;
} PATHS[] = {
  { "in a folder that was given", "/home/zoe/.thunderbird/profiles.ini", TRUE },
  { "such a folder itself", "/home/zoe/.thunderbird", TRUE },
  { "one of a longer name", "/home/zoe/.thunderbird2/profiles.ini", FALSE },
  { "in one of the settings", "/home/zoe/.config/evolution/sources/a.source", TRUE },
  { "in one that may only be read", "/home/zoe/.mail/a", FALSE },
  { "in the home itself", "/home/zoe/.muttrc", FALSE },
};

static char *
make_root (const char *info)
{
  g_autoptr (GError) error = NULL;
  char *root = g_dir_make_tmp ("barua-sandbox-XXXXXX", &error);

  g_assert_no_error (error);
  if (info != NULL)
    test_files_put (root, ".flatpak-info", info, 0444);
  return root;
}

static void
test_note (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (INFOS); i++)
    {
      g_autofree char *root = make_root (INFOS[i].info);
      g_autofree char *launcher = barua_flatpak_dup_launcher (root);
      g_autofree char *note = barua_sandbox_dup_note (root);

      g_test_message ("%s", INFOS[i].description);
      g_assert_true (barua_flatpak_is_inside (root));
      g_assert_cmpstr (launcher, ==, INFOS[i].launcher);
      g_assert_nonnull (strstr (note, "sandbox"));
      g_assert_true ((strstr (note, "start the Flatpak") != NULL) == (launcher != NULL));
      g_assert_true ((strstr (note, "cannot ask Barua") != NULL) == (launcher == NULL));
      test_files_remove (root);
    }
}

static void
test_outside (void)
{
  g_autofree char *root = make_root (NULL);

  g_assert_false (barua_flatpak_is_inside (root));
  g_assert_null (barua_flatpak_dup_launcher (root));
  g_assert_null (barua_flatpak_dup_outer (root, "/home/zoe/.config", ".config"));
  g_assert_null (barua_sandbox_dup_note (root));
  g_assert_true (
    barua_flatpak_can_write (root, "/home/zoe", "/home/zoe/.config", PATHS[5].path));
  test_files_remove (root);
}

/* A plan with a file that the sandbox would forget is refused, and says which. */
static void
test_check (void)
{
  g_autofree char *root = make_root (SYSTEM GIVEN);
  g_autoptr (BaruaHome) home = barua_home_new_at ("/home/zoe", root);

  for (gsize i = 0; i < G_N_ELEMENTS (PATHS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaPlan) plan = barua_plan_new ("mutt");

      g_test_message ("%s", PATHS[i].description);
      barua_plan_write (plan, PATHS[i].path, "a\n", -1, BARUA_FILE_ORDINARY, "Writes.");
      g_assert_cmpuint (plan->changes->len, >, 0);
      g_assert_cmpint (
        barua_flatpak_can_write (root, home->home, home->config, PATHS[i].path), ==,
        PATHS[i].kept);
      if (PATHS[i].kept)
        continue;
      g_assert_false (barua_sandbox_check (root, home, plan, &error));
      g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NO_PLACE);
      g_assert_nonnull (strstr (error->message, "“~"));
    }
  test_files_remove (root);
}

static void
test_outer (void)
{
  g_autofree char *root = make_root (SYSTEM);
  g_autofree char *usual = g_build_filename (g_get_home_dir (), ".config", NULL);
  g_autofree char *path = barua_flatpak_dup_outer (root, NULL, ".config");
  g_autofree char *relative = barua_flatpak_dup_outer (root, "a", ".config");
  g_autofree char *told = barua_flatpak_dup_outer (root, "/elsewhere", ".config");

  g_assert_cmpstr (path, ==, usual);
  g_assert_cmpstr (relative, ==, usual);
  g_assert_cmpstr (told, ==, "/elsewhere");
  test_files_remove (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/note", test_note);
  g_test_add_func ("/sandbox/outside", test_outside);
  g_test_add_func ("/sandbox/check", test_check);
  g_test_add_func ("/sandbox/outer", test_outer);
  return g_test_run ();
}
