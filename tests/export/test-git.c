#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "none" },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "quoted",
    .method = BARUA_METHOD_APP_PASSWORD,
    .address = "o'neil@workspace.example" },
  { .name = "same-person", .method = BARUA_METHOD_APP_PASSWORD, .full_name = "Zoë Moyo" },
  { .name = "other-person",
    .method = BARUA_METHOD_APP_PASSWORD,
    .full_name = "Zoë Moyo" },
  { .name = "no-name", .method = BARUA_METHOD_APP_PASSWORD, .full_name = "" },
  { .name = "other-server", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "other-server-oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "other-secret", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written-oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "other-user", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "back-to-password", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "identity", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "name-taken", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "settings-folder", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "store-helper", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "network-line-ends", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "one-line", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "included", .method = BARUA_METHOD_APP_PASSWORD, .full_name = "Zoë Moyo" },
  { .name = "included-password",
    .method = BARUA_METHOD_APP_PASSWORD,
    .full_name = "Zoë Moyo" },
  { .name = "conditional", .method = BARUA_METHOD_APP_PASSWORD, .full_name = "Zoë Moyo" },
  { .name = "conditional-first",
    .method = BARUA_METHOD_APP_PASSWORD,
    .full_name = "Zoë Moyo" },
  { .name = "no-package", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "broken",
    .method = BARUA_METHOD_APP_PASSWORD,
    .error = 1 + BARUA_EXPORT_ERROR_UNREADABLE },
};

static void
test_has_account (void)
{
  static const struct
  {
    const char *description;
    const char *folder;
    const char *address;
    gboolean there;
  } ROWS[] = {
    { "nothing at all", "fresh", "zoe@gmail.com", FALSE },
    { "another server", "other-server", "zoe@gmail.com", FALSE },
    { "written by hand", "hand-written", "zoe@gmail.com", TRUE },
    { "through msmtp", "back-to-password", "zoe@gmail.com", TRUE },
    { "through msmtp, somebody else", "back-to-password", "juma@gmail.com", FALSE },
    { "as an identity", "identity", "zoe@gmail.com", TRUE },
    { "in a file that is included", "included", "zoe@gmail.com", TRUE },
    { "only for some repositories", "conditional", "juma@gmail.com", FALSE },
    { "cannot be read", "broken", "zoe@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "git",
                                                       ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_git.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_git, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/git/has-account", test_has_account);
  return g_test_run ();
}
