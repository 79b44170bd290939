#include "config.h"

#include "export/exporters.h"

#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls",
    .method = BARUA_METHOD_APP_PASSWORD,
    .starttls = TRUE,
    .no_folders = TRUE },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "nothing-kept" },
  { .name = "without-basis", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "token", .method = BARUA_METHOD_OAUTH },
  { .name = "first-start", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "already-there", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "already-there-pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .starttls = TRUE },
  { .name = "newer-place", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "apart", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
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
    { "already-there", "zoe@gmail.com", TRUE },
    { "already-there", "z.o.e@gmail.com", TRUE },
    { "already-there", "juma@gmail.com", FALSE },
    { "newer-place", "zoe@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "balsa",
                                                       ROWS[i].name, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s, %s", ROWS[i].name, ROWS[i].address);
      g_assert_cmpint (barua_exporter_balsa.has_account (home, ROWS[i].address), ==,
                       ROWS[i].expected);
      test_home_remove (home);
    }
}

/* What Balsa reads with GKeyFile is what was meant. */
static void
test_read_back (void)
{
  static const TestExportCase CASE = { .method = BARUA_METHOD_APP_PASSWORD };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&CASE);
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan =
    barua_exporter_plan (&barua_exporter_balsa, request, home, &error);
  g_autofree char *path = barua_home_dup_path (home, ".balsa/config");
  g_autofree char *private_path = barua_home_dup_path (home, ".balsa/config-private");
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *name = NULL;
  g_autofree char *server = NULL;
  g_autofree char *user = NULL;

  g_assert_no_error (error);
  test_plan_carry_out (plan);
  g_assert_true (g_key_file_load_from_file (file, path, 0, &error));
  name = g_key_file_get_string (file, "identity-0", "FullName", NULL);
  g_assert_cmpstr (name, ==, "Zoë \"Q\" O'Neil");
  server = g_key_file_get_string (file, "folder-1", "Server", NULL);
  g_assert_cmpstr (server, ==, "imap.gmail.com:993");
  g_assert_true (g_key_file_load_from_file (file, private_path, 0, &error));
  user = g_key_file_get_string (file, "smtp-server-gmail-zoe", "Username", NULL);
  g_assert_cmpstr (user, ==, "zoe@gmail.com");
  test_home_remove (home);
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_balsa, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/balsa/has-account", test_has_account);
  g_test_add_func ("/balsa/read-back", test_read_back);
  return g_test_run ();
}
