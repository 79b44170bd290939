#include "config.h"

#include "export/exporters.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "circle", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "pop-oauth", .method = BARUA_METHOD_OAUTH, .incoming = BARUA_PROTOCOL_POP },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "none", .no_folders = TRUE },
  { .name = "apart", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
  { .name = "odd-name",
    .method = BARUA_METHOD_APP_PASSWORD,
    .full_name = "$HOME `id` \\ \"",
    .address = "o'neil@workspace.example" },
  { .name = "colours-only", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "other-account", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "local-mail", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "keys-taken", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written-oauth", .method = BARUA_METHOD_OAUTH, .starttls = TRUE },
  { .name = "named-files", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "right-already", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "sends-only", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "network-line-ends", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "own-file-there", .method = BARUA_METHOD_OAUTH },
  { .name = "link", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hooks", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "own-variables", .method = BARUA_METHOD_APP_PASSWORD },
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
    { "no account", "colours-only", "zoe@gmail.com", FALSE },
    { "another account", "other-account", "zoe@gmail.com", FALSE },
    { "that account", "other-account", "juma@gmail.com", TRUE },
    { "written by hand", "hand-written", "zoe@gmail.com", TRUE },
    { "in a file that is named", "named-files", "Z.oe@gmail.com", TRUE },
    { "a file of its own, not read at first", "own-file-there", "zoe@gmail.com", TRUE },
    { "that of another", "own-file-there", "asha@gmail.com", FALSE },
    { "in a file that a hook reads", "hooks", "zoe@gmail.com", TRUE },
    { "in variables of one’s own", "own-variables", "zoe@gmail.com", TRUE },
    { "another than in such variables", "own-variables", "asha@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "mutt",
                                                       ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_mutt.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_mutt, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/mutt/has-account", test_has_account);
  return g_test_run ();
}
