#include "config.h"

#include "export/exporters.h"

#include "base/file.h"
#include "support/export-case.h"

#include <string.h>

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "no-folders", .method = BARUA_METHOD_APP_PASSWORD, .no_folders = TRUE },
  { .name = "nothing-kept" },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "pop-beside-imap",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "already-there", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "already-there-token", .method = BARUA_METHOD_OAUTH },
  { .name = "own-again", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "same-key",
    .method = BARUA_METHOD_APP_PASSWORD,
    .address = "zoe-moyo@gmail.com" },
  { .name = "online-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "online-account", .method = BARUA_METHOD_ONLINE_ACCOUNT },
  { .name = "token", .method = BARUA_METHOD_OAUTH },
  { .name = "token-client-set", .method = BARUA_METHOD_OAUTH },
  { .name = "token-other-client", .method = BARUA_METHOD_OAUTH },
  { .name = "token-other-google", .method = BARUA_METHOD_OAUTH },
  { .name = "flatpak", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "flatpak-token", .method = BARUA_METHOD_OAUTH },
  { .name = "apart", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
};

static BaruaHome *
open_home (const char *name)
{
  g_autofree char *before =
    g_test_build_filename (G_TEST_DIST, "golden", "evolution", name, "before", NULL);
  g_autofree char *root =
    g_test_build_filename (G_TEST_DIST, "golden", "evolution", name, "root", NULL);

  return test_home_copy (before, root);
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
    { "already-there", "z.o.e@gmail.com", TRUE },
    { "already-there", "zoey@gmail.com", FALSE },
    { "own-again", "zoe@gmail.com", TRUE },
    { "online-accounts", "zoe@gmail.com", TRUE },
    { "pop-beside-imap", "zoe@gmail.com", TRUE },
    { "flatpak", "zoe@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      BaruaHome *home = open_home (ROWS[i].name);

      g_test_message ("%s, %s", ROWS[i].name, ROWS[i].address);
      g_assert_cmpint (barua_exporter_evolution.has_account (home, ROWS[i].address), ==,
                       ROWS[i].expected);
      test_home_remove (home);
    }
}

static const BaruaChange *
find_keyring (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      if (change->kind == BARUA_CHANGE_KEYRING)
        return change;
    }
  return NULL;
}

static void
test_tokens_wrapped (void)
{
  static const TestExportCase CASE = { .name = "token", .method = BARUA_METHOD_OAUTH };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&CASE);
  BaruaHome *home = open_home ("token");
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan =
    barua_exporter_plan (&barua_exporter_evolution, request, home, &error);
  g_auto (BaruaExportSecrets) secrets = {
    .access_token = barua_secret_new ("ya29.a", -1),
    .refresh_token = barua_secret_new ("1//\"b\\\x01", -1),
    .expires = 1800000000,
  };
  const BaruaChange *item = NULL;
  g_autoptr (BaruaSecret) wrapped = NULL;
  g_autoptr (BaruaSecret) none = NULL;

  g_assert_no_error (error);
  item = find_keyring (plan);
  g_assert_nonnull (item);
  wrapped = item->wrap (&secrets);
  g_assert_cmpstr (barua_secret_peek (wrapped), ==,
                   "{\"refresh_token\":\"1//\\\"b\\\\\\u0001\","
                   "\"access_token\":\"ya29.a\",\"expires_after\":\"1800000000\"}");
  g_clear_pointer (&secrets.refresh_token, barua_secret_unref);
  none = item->wrap (&secrets);
  g_assert_null (none);
  test_home_remove (home);
}

/* What Evolution reads with GKeyFile is what was meant. */
static void
test_read_back (void)
{
  static const TestExportCase CASE = { .name = "fresh",
                                       .method = BARUA_METHOD_APP_PASSWORD };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&CASE);
  BaruaHome *home = open_home ("fresh");
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan =
    barua_exporter_plan (&barua_exporter_evolution, request, home, &error);
  g_autofree char *path =
    barua_home_dup_config_path (home, "evolution/sources/gmail-zoe-id.source");
  g_autofree char *account =
    barua_home_dup_config_path (home, "evolution/sources/gmail-zoe.source");
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *name = NULL;
  g_autofree char *trash = NULL;

  g_assert_no_error (error);
  test_plan_carry_out (plan);
  g_assert_true (g_key_file_load_from_file (file, path, 0, &error));
  name = g_key_file_get_string (file, "Mail Identity", "Name", NULL);
  g_assert_cmpstr (name, ==, "Zoë \"Q\" O'Neil");
  g_assert_false (
    g_key_file_get_boolean (file, "Mail Submission", "UseSentFolder", &error));
  g_assert_no_error (error);
  g_assert_true (g_key_file_load_from_file (file, account, 0, &error));
  trash = g_key_file_get_string (file, "Imapx Backend", "RealTrashPath", NULL);
  g_assert_cmpstr (trash, ==, "[Gmail]/Rusl");
  g_assert_cmpint (g_key_file_get_integer (file, "Authentication", "Port", NULL), ==,
                   993);
  test_home_remove (home);
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

      if (CASES[i].apart)
        continue;
      g_test_message ("%s", CASES[i].name);
      home = open_home (CASES[i].name);
      plan = barua_exporter_plan (&barua_exporter_evolution, request, home, NULL);
      g_assert_nonnull (plan);
      test_plan_carry_out (plan);
      barua_exporter_evolution.audit (home, faults);
      g_assert_cmpuint (faults->len, ==, 0);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_evolution, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/evolution/has-account", test_has_account);
  g_test_add_func ("/evolution/tokens-wrapped", test_tokens_wrapped);
  g_test_add_func ("/evolution/read-back", test_read_back);
  g_test_add_func ("/evolution/audit-is-silent", test_audit_is_silent);
  return g_test_run ();
}
