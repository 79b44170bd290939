#include "config.h"

#include "export/exporters.h"

#include "export/error.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "plain-name",
    .method = BARUA_METHOD_APP_PASSWORD,
    .full_name = "Zoë Moyo",
    .no_folders = TRUE },
  { .name = "odd-name",
    .method = BARUA_METHOD_APP_PASSWORD,
    .full_name = "Moyo, Zoë; \\o/" },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "nothing-kept" },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "already-there", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "already-there-gmail", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "already-there-starttls",
    .method = BARUA_METHOD_APP_PASSWORD,
    .starttls = TRUE },
  { .name = "former-format", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "online-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "online-account", .method = BARUA_METHOD_ONLINE_ACCOUNT },
  { .name = "token", .method = BARUA_METHOD_OAUTH },
  { .name = "flatpak", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "apart", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
};

static BaruaHome *
open_home (const char *name)
{
  g_autofree char *before =
    g_test_build_filename (G_TEST_DIST, "golden", "geary", name, "before", NULL);

  return test_home_copy (before, NULL);
}

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
    { "already-there-gmail", "zoe@gmail.com", TRUE },
    { "already-there-gmail", "zo@gmail.com", FALSE },
    { "former-format", "zoe@gmail.com", TRUE },
    { "online-accounts", "zoe@gmail.com", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      BaruaHome *home = open_home (ROWS[i].name);

      g_test_message ("%s, %s", ROWS[i].name, ROWS[i].address);
      g_assert_cmpint (barua_exporter_geary.has_account (home, ROWS[i].address), ==,
                       ROWS[i].expected);
      test_home_remove (home);
    }
}

/* What Geary reads with GKeyFile is one mailbox, as RFC 5322 quotes it. */
static void
test_read_back (void)
{
  static const struct
  {
    const char *full_name;
    const char *expected;
  } ROWS[] = {
    { "Zoë \"Q\" O'Neil", "\"Zoë \\\"Q\\\" O'Neil\" <zoe@gmail.com>" },
    { "Zoë Moyo", "Zoë Moyo <zoe@gmail.com>" },
    { "Moyo, Zoë; \\o/", "\"Moyo, Zoë; \\\\o/\" <zoe@gmail.com>" },
    { " [Zoë]", "\"[Zoë]\" <zoe@gmail.com>" },
    { "", "zoe@gmail.com" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      const TestExportCase self = { .method = BARUA_METHOD_APP_PASSWORD,
                                    .full_name = ROWS[i].full_name };
      g_autoptr (BaruaExportRequest) request = test_export_request_new (&self);
      BaruaHome *home = test_home_copy (NULL, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaPlan) plan =
        barua_exporter_plan (&barua_exporter_geary, request, home, &error);
      g_autofree char *path =
        barua_home_dup_config_path (home, "geary/account_01/geary.ini");
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_auto (GStrv) senders = NULL;

      g_assert_no_error (error);
      test_plan_carry_out (plan);
      g_assert_true (g_key_file_load_from_file (file, path, 0, &error));
      senders =
        g_key_file_get_string_list (file, "Account", "sender_mailboxes", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_strv_length (senders), ==, 1);
      g_assert_cmpstr (senders[0], ==, ROWS[i].expected);
      test_home_remove (home);
    }
}

/* What was just set up, or brought up to date, has nothing wrong in it. */
static void
test_audit_is_silent (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (BaruaExportRequest) request = test_export_request_new (&CASES[i]);
      g_autoptr (GPtrArray) faults =
        g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);
      g_autoptr (BaruaPlan) plan = NULL;
      BaruaHome *home = NULL;

      if (CASES[i].error != 0 || CASES[i].apart)
        continue;
      g_test_message ("%s", CASES[i].name);
      home = open_home (CASES[i].name);
      plan = barua_exporter_plan (&barua_exporter_geary, request, home, NULL);
      g_assert_nonnull (plan);
      test_plan_carry_out (plan);
      barua_exporter_geary.audit (home, faults);
      g_assert_cmpuint (faults->len, ==, 0);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_geary, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/geary/has-account", test_has_account);
  g_test_add_func ("/geary/read-back", test_read_back);
  g_test_add_func ("/geary/audit-is-silent", test_audit_is_silent);
  return g_test_run ();
}
