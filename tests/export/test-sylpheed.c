#include "config.h"

#include "export/exporters.h"

#include "export/error.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "none" },
  { .name = "wrong-password", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "right-password", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "pop-oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_POP,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
  { .name = "workspace",
    .method = BARUA_METHOD_ONLINE_ACCOUNT,
    .full_name = "",
    .address = "o'neil@workspace.example" },
  { .name = "no-folders", .method = BARUA_METHOD_APP_PASSWORD, .no_folders = TRUE },
  { .name = "apart", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written-oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "has-a-log",
    .method = BARUA_METHOD_OAUTH,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
  { .name = "has-a-log-password", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "helper-taken",
    .method = BARUA_METHOD_OAUTH,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
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
    { "nothing at all", "pop-oauth", "zoe@gmail.com", FALSE },
    { "other accounts only", "other-accounts", "zoe@gmail.com", FALSE },
    { "written by hand", "hand-written", "zoe@gmail.com", TRUE },
    { "somebody else", "hand-written", "amy@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "sylpheed",
                                                       ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_sylpheed.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_sylpheed, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/sylpheed/has-account", test_has_account);
  return g_test_run ();
}
