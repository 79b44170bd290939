#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "online", .method = BARUA_METHOD_ONLINE_ACCOUNT },
  { .name = "none" },
  { .name = "apart", .method = BARUA_METHOD_OAUTH, .apart = TRUE },
  { .name = "after-first-start", .method = BARUA_METHOD_OAUTH },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "same-account", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "same-account-none" },
  { .name = "same-account-pop",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_POP },
  { .name = "googlemail", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "bare-user", .method = BARUA_METHOD_OAUTH },
  { .name = "assistant", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "workspace",
    .method = BARUA_METHOD_OAUTH,
    .address = "zoe@workspace.example" },
  { .name = "user-js", .method = BARUA_METHOD_OAUTH },
  { .name = "flatpak", .method = BARUA_METHOD_OAUTH },
  { .name = "flatpak-fresh", .method = BARUA_METHOD_OAUTH },
  { .name = "snap", .method = BARUA_METHOD_OAUTH },
  { .name = "snap-fresh", .method = BARUA_METHOD_OAUTH },
  { .name = "not-claimed", .method = BARUA_METHOD_OAUTH },
  { .name = "folder-gone", .method = BARUA_METHOD_OAUTH },
  { .name = "damaged-store", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "mistake",
    .method = BARUA_METHOD_OAUTH,
    .error = BARUA_EXPORT_ERROR_UNREADABLE + 1 },
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
    { "the other account", "other-accounts", "juma@gmail.com", TRUE },
    { "the same user elsewhere", "other-accounts", "zoe@example.org", FALSE },
    { "its own account", "same-account", "zoe@gmail.com", TRUE },
    { "dots make no difference", "same-account", "z.oe@googlemail.com", TRUE },
    { "the server's other name", "googlemail", "zoe@gmail.com", TRUE },
    { "a user name without its domain", "bare-user", "zoe@gmail.com", TRUE },
    { "somebody else's", "bare-user", "juma@gmail.com", FALSE },
    { "in a Flatpak", "flatpak", "juma@gmail.com", TRUE },
    { "a file with a mistake", "mistake", "zoe@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (
        G_TEST_DIST, "golden", "thunderbird", ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_thunderbird.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_thunderbird, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/thunderbird/has-account", test_has_account);
  return g_test_run ();
}
