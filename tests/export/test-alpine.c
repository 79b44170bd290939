#include "config.h"

#include "export/exporters.h"

#include "export/error.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "none" },
  { .name = "none-starttls", .starttls = TRUE },
  { .name = "collections-as-pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "pop-oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_POP,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
  { .name = "workspace",
    .method = BARUA_METHOD_ONLINE_ACCOUNT,
    .full_name = "",
    .address = "o/neil@workspace.example" },
  { .name = "odd-quotes",
    .method = BARUA_METHOD_APP_PASSWORD,
    .full_name = "Moyo, \"Zoë $HOME\\" },
  { .name = "no-folders", .method = BARUA_METHOD_APP_PASSWORD, .no_folders = TRUE },
  { .name = "apart", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
  { .name = "untouched", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "ssh-in-use", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "ssh-in-use-oauth",
    .method = BARUA_METHOD_OAUTH,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
  { .name = "sends-itself", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "moved", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "network-line-ends", .method = BARUA_METHOD_APP_PASSWORD },
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
    { "nothing at all", "oauth", "zoe@gmail.com", FALSE },
    { "other accounts only", "other-accounts", "zoe@gmail.com", FALSE },
    { "written by hand", "hand-written", "zoe@gmail.com", TRUE },
    { "another's, in the middle of a list", "hand-written", "juma@gmail.com", TRUE },
    { "somebody else", "hand-written", "amy@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "alpine",
                                                       ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_alpine.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_alpine, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/alpine/has-account", test_has_account);
  return g_test_run ();
}
