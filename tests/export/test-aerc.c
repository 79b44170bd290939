#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "colons", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "no-name", .method = BARUA_METHOD_APP_PASSWORD, .full_name = "" },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "none", .no_folders = TRUE },
  { .name = "other-account", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "right-already", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "name-taken", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "network-line-ends", .method = BARUA_METHOD_OAUTH },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .error = 1 + BARUA_EXPORT_ERROR_UNSUPPORTED },
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
    { "another account", "other-account", "zoe@gmail.com", FALSE },
    { "that account", "other-account", "juma@gmail.com", TRUE },
    { "written by hand", "hand-written", "zoe@gmail.com", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "aerc",
                                                       ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_aerc.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_aerc, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/aerc/has-account", test_has_account);
  return g_test_run ();
}
