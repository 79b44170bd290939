#include "config.h"

#include "export/exporters.h"

#include "export/error.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH, .starttls = TRUE },
  { .name = "none" },
  { .name = "twice", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "open-quote",
    .method = BARUA_METHOD_APP_PASSWORD,
    .error = 1 + BARUA_EXPORT_ERROR_UNREADABLE },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "pop-oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_POP,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
  { .name = "workspace",
    .method = BARUA_METHOD_ONLINE_ACCOUNT,
    .address = "o'neil@workspace.example" },
  { .name = "apart", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written-pop", .method = BARUA_METHOD_OAUTH },
  { .name = "old-trust",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP },
  { .name = "folders-as-pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP },
  { .name = "hand-written-as-pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP },
  { .name = "several-users", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "tunneled-now-none" },
  { .name = "name-taken", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "procmail", .method = BARUA_METHOD_APP_PASSWORD },
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
    { "nothing at all", "fresh", "zoe@gmail.com", FALSE },
    { "other accounts only", "other-accounts", "zoe@gmail.com", FALSE },
    { "written by hand", "hand-written", "zoe@gmail.com", TRUE },
    { "another's", "hand-written", "juma@gmail.com", FALSE },
    { "dots make no difference", "hand-written-pop", "zoe@gmail.com", TRUE },
    { "the second user", "several-users", "juma@gmail.com", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "fetchmail",
                                                       ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_fetchmail.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_fetchmail, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/fetchmail/has-account", test_has_account);
  return g_test_run ();
}
