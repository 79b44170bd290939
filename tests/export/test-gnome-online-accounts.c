#include "config.h"

#include "export/exporters.h"

#include "export/error.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "no-folders", .method = BARUA_METHOD_APP_PASSWORD, .no_folders = TRUE },
  { .name = "nothing-kept" },
  { .name = "token", .method = BARUA_METHOD_OAUTH },
  { .name = "online-account", .method = BARUA_METHOD_ONLINE_ACCOUNT },
  { .name = "google", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "google-token", .method = BARUA_METHOD_OAUTH },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "already-there", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "own-name", .method = BARUA_METHOD_APP_PASSWORD, .full_name = "" },
  { .name = "same-key",
    .method = BARUA_METHOD_APP_PASSWORD,
    .address = "zoe-moyo@gmail.com" },
  { .name = "with-geary", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "doubled", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
};

static void
test_has_account (void)
{
  static const struct
  {
    const char *name;
    const char *address;
    gboolean expected;
  } ROWS[] = {
    { "fresh", "zoe@gmail.com", FALSE },
    { "other-accounts", "zoe@gmail.com", FALSE },
    { "other-accounts", "juma@example.org", TRUE },
    { "already-there", "zoe@gmail.com", TRUE },
    { "google", "zoe@gmail.com", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (
        G_TEST_DIST, "golden", "gnome-online-accounts", ROWS[i].name, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s, %s", ROWS[i].name, ROWS[i].address);
      g_assert_cmpint (
        barua_exporter_gnome_online_accounts.has_account (home, ROWS[i].address), ==,
        ROWS[i].expected);
      test_home_remove (home);
    }
}

/* The daemon parses what is kept as a GVariant. */
static void
test_wrapped (void)
{
  static const char *const ROWS[] = { "abcdefghijklmnop", "it's \\ \"odd\"", "lykilorð" };
  static const TestExportCase CASE = { .method = BARUA_METHOD_APP_PASSWORD };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&CASE);
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autoptr (BaruaPlan) plan =
    barua_exporter_plan (&barua_exporter_gnome_online_accounts, request, home, NULL);
  const BaruaChange *item = g_ptr_array_index (plan->changes, plan->changes->len - 1);
  g_auto (BaruaExportSecrets) none = { 0 };

  g_assert_cmpint (item->kind, ==, BARUA_CHANGE_KEYRING);
  g_assert_null (item->wrap (&none));
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_auto (BaruaExportSecrets) secrets = { .app_password =
                                                barua_secret_new (ROWS[i], -1) };
      g_autoptr (BaruaSecret) wrapped = item->wrap (&secrets);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) read = g_variant_parse (
        G_VARIANT_TYPE_VARDICT, barua_secret_peek (wrapped), NULL, NULL, &error);
      const char *imap = NULL;
      const char *smtp = NULL;

      g_assert_no_error (error);
      g_assert_true (g_variant_lookup (read, "imap-password", "&s", &imap));
      g_assert_true (g_variant_lookup (read, "smtp-password", "&s", &smtp));
      g_assert_cmpstr (imap, ==, ROWS[i]);
      g_assert_cmpstr (smtp, ==, ROWS[i]);
    }
  test_home_remove (home);
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_gnome_online_accounts, CASES,
                        G_N_ELEMENTS (CASES));
  g_test_add_func ("/gnome-online-accounts/has-account", test_has_account);
  g_test_add_func ("/gnome-online-accounts/wrapped", test_wrapped);
  return g_test_run ();
}
