#include "config.h"

#include "export/msmtp.h"

#include "export/exporters.h"
#include "support/export-case.h"

#include <glib/gstdio.h>
#include <string.h>

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "none" },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "pinned", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "workspace",
    .method = BARUA_METHOD_APP_PASSWORD,
    .address = "o'neil@workspace.example" },
  { .name = "apart", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
  { .name = "other-accounts", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "no-default", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "system-default", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "hand-written-oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "password-twice", .method = BARUA_METHOD_OAUTH },
  { .name = "inherited", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "right-already", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "name-taken", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "network-line-ends", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "link", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "confined", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "confined-oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "confined-online", .method = BARUA_METHOD_ONLINE_ACCOUNT },
  { .name = "complaining", .method = BARUA_METHOD_APP_PASSWORD },
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
    { "the other account", "other-accounts", "juma@gmail.com", TRUE },
    { "the same user elsewhere", "other-accounts", "zoe@example.org", FALSE },
    { "written by hand", "hand-written", "zoe@gmail.com", TRUE },
    { "dots make no difference", "hand-written", "z.oe@googlemail.com", TRUE },
    { "taken over from another", "inherited", "zoe@gmail.com", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "msmtp",
                                                       ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_msmtp.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

static void
test_command (void)
{
  g_autofree char *before =
    g_test_build_filename (G_TEST_DIST, "golden", "msmtp", "oauth", "before", NULL);
  BaruaHome *home = test_home_copy (before, NULL);
  g_autofree char *plain = barua_msmtp_dup_command (home, "gmail-zoe");
  g_autofree char *odd = barua_msmtp_dup_command (home, "my mail");

  g_assert_cmpstr (plain, ==, "/usr/bin/msmtp -a gmail-zoe");
  g_assert_cmpstr (odd, ==, "/usr/bin/msmtp -a 'my mail'");
  test_home_remove (home);
}

/* msmtp itself understands what it was given, and sends where it should. */
static void
read_back (const char *program, const TestExportCase *row)
{
  g_autofree char *folder =
    g_test_build_filename (G_TEST_DIST, "golden", "msmtp", row->name, "before", NULL);
  g_autofree char *root =
    g_test_build_filename (G_TEST_DIST, "golden", "msmtp", row->name, "root", NULL);
  BaruaHome *home = test_home_copy (folder, root);
  g_autoptr (BaruaExportRequest) request = test_export_request_new (row);
  g_autoptr (BaruaPlan) plan = barua_plan_new ("msmtp");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *option = NULL;
  g_autofree char *out = NULL;
  g_autofree char *complaint = NULL;
  const char *command[] = { program, NULL, "-a", NULL, "-P", "x@y", NULL };

  /* Something that prints something, in place of the secret. */
  g_free (request->program);
  request->program = g_strdup ("/bin/echo");
  name = barua_msmtp_plan (request, home, plan, &error);
  g_assert_no_error (error);
  test_plan_carry_out (plan);
  path = barua_msmtp_dup_path (home);
  option = g_strconcat ("--file=", path, NULL);
  command[1] = option;
  command[3] = name;
  /* It reads no password that others could read, in whatever account. */
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                               &out, &complaint, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (complaint, ==, "");
  g_assert_nonnull (strstr (out, row->starttls ? "port = 587\n" : "port = 465\n"));
  g_assert_nonnull (strstr (out, "tls_certcheck = on\n"));
  g_assert_nonnull (
    strstr (out, row->starttls ? "tls_starttls = on\n" : "tls_starttls = off\n"));
  if (row->method != BARUA_METHOD_NONE)
    g_assert_nonnull (strstr (out, "password = *\n"));
  test_home_remove (home);
}

static void
test_read_back (void)
{
  g_autofree char *program = g_find_program_in_path ("msmtp");

  if (program == NULL)
    {
      g_test_skip ("msmtp is not installed");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_test_message ("%s", CASES[i].name);
      if (!CASES[i].apart && !g_str_has_prefix (CASES[i].name, "confined"))
        read_back (program, &CASES[i]);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_msmtp, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/msmtp/has-account", test_has_account);
  g_test_add_func ("/msmtp/command", test_command);
  g_test_add_func ("/msmtp/read-back", test_read_back);
  return g_test_run ();
}
