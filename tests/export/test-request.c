#include "config.h"

#include "export/request.h"

#include "account/folder.h"

#include <string.h>

static const BaruaService IMAP = { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993,
                                   BARUA_SECURITY_TLS };
static const BaruaService POP = { BARUA_PROTOCOL_POP, "pop.gmail.com", 995,
                                  BARUA_SECURITY_TLS };
static const BaruaService SMTP = { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465,
                                   BARUA_SECURITY_TLS };

static BaruaExportRequest *
new_request (const char *address, BaruaMethod method, const char *program)
{
  g_autoptr (BaruaAccount) account = barua_account_new (address);

  account->method = method;
  return barua_export_request_new (account, &IMAP, &SMTP, program);
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *expected;
  } ROWS[] = {
    { "Zoë O'Neil", "Zoë O'Neil" }, { "  Zoë\n\tO'Neil ", "Zoë O'Neil" },
    { "", "zoe@gmail.com" },        { " \n ", "zoe@gmail.com" },
    { NULL, "zoe@gmail.com" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaAccount) account = barua_account_new ("zoe@gmail.com");
      g_autoptr (BaruaExportRequest) request = NULL;

      account->name = g_strdup (ROWS[i].name);
      request = barua_export_request_new (account, &IMAP, &SMTP, "/usr/bin/barua");
      g_assert_cmpstr (barua_export_request_get_name (request), ==, ROWS[i].expected);
    }
}

static void
test_hostile_name (void)
{
  g_autoptr (BaruaAccount) account = barua_account_new ("zoe@gmail.com");
  g_autoptr (BaruaExportRequest) request = NULL;
  g_autofree char *longest = g_strnfill (100000, 'x');
  const char *name = NULL;

  account->name = g_strconcat ("\x1b]0;x\x07\xff", longest, NULL);
  request = barua_export_request_new (account, &IMAP, &SMTP, "/usr/bin/barua");
  name = barua_export_request_get_name (request);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_null (strpbrk (name, "\x1b\x07\n"));
  g_assert_cmpint (g_utf8_strlen (name, -1), <=, 201);
}

static void
test_keys (void)
{
  static const char *const ROWS[][2] = {
    { "zoe@gmail.com", "gmail-zoe" },
    { "Zoe.Ann+x@gmail.com", "gmail-zoe-ann-x" },
    { "zoe@googlemail.com", "gmail-zoe-googlemail-com" },
    { "o'neil@workspace.example", "gmail-o-neil-workspace-example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaExportRequest) request =
        new_request (ROWS[i][0], BARUA_METHOD_NONE, "/usr/bin/barua");
      g_autofree char *key = barua_export_request_dup_key (request);

      g_assert_cmpstr (key, ==, ROWS[i][1]);
    }
}

static void
test_commands (void)
{
  static const struct
  {
    const char *address;
    BaruaMethod method;
    const char *program;
    const char *expected;
  } ROWS[] = {
    { "zoe@gmail.com", BARUA_METHOD_APP_PASSWORD, "/usr/bin/barua",
      "/usr/bin/barua password zoe@gmail.com" },
    { "zoe@gmail.com", BARUA_METHOD_OAUTH, "/usr/bin/barua",
      "/usr/bin/barua token zoe@gmail.com" },
    { "zoe@gmail.com", BARUA_METHOD_ONLINE_ACCOUNT, "/usr/bin/barua",
      "/usr/bin/barua token zoe@gmail.com" },
    { "zoe@gmail.com", BARUA_METHOD_NONE, "/usr/bin/barua", NULL },
    { "o'neil@x.example", BARUA_METHOD_OAUTH, "/opt/my programs/barua",
      "'/opt/my programs/barua' token 'o'\\''neil@x.example'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaExportRequest) request =
        new_request (ROWS[i].address, ROWS[i].method, ROWS[i].program);
      g_autofree char *command = barua_export_request_dup_command (request);
      g_auto (GStrv) words = barua_export_request_list_command (request);
      g_auto (GStrv) parsed = NULL;

      g_assert_cmpstr (command, ==, ROWS[i].expected);
      g_assert_cmpint (words != NULL, ==, command != NULL);
      if (command == NULL)
        continue;
      /* A shell sees the same words. */
      g_assert_true (g_shell_parse_argv (command, NULL, &parsed, NULL));
      g_assert_cmpstrv (parsed, words);
      g_assert_cmpuint (g_strv_length (words), ==, 3);
      g_assert_cmpstr (words[2], ==, ROWS[i].address);
    }
}

static void
test_methods (void)
{
  static const BaruaMethod METHODS[] = { BARUA_METHOD_NONE, BARUA_METHOD_APP_PASSWORD,
                                         BARUA_METHOD_OAUTH,
                                         BARUA_METHOD_ONLINE_ACCOUNT };

  for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
    {
      g_autoptr (BaruaExportRequest) request =
        new_request ("zoe@gmail.com", METHODS[i], "/usr/bin/barua");

      g_assert_cmpint (barua_export_request_uses_password (request), ==, i == 1);
      g_assert_cmpint (barua_export_request_uses_token (request), ==, i > 1);
    }
}

static void
test_tunnel (void)
{
  g_autoptr (BaruaAccount) account = barua_account_new ("zoe@gmail.com");
  g_autoptr (BaruaExportRequest) imap =
    new_request ("zoe@gmail.com", BARUA_METHOD_OAUTH, "/usr/bin/barua");
  g_autoptr (BaruaExportRequest) none =
    new_request ("zoe@gmail.com", BARUA_METHOD_NONE, "/usr/bin/barua");
  g_autoptr (BaruaExportRequest) odd =
    new_request ("zoe@gmail.com", BARUA_METHOD_OAUTH, "/opt/my programs/barua");
  g_autoptr (BaruaExportRequest) pop = NULL;
  g_autofree char *tunnel = barua_export_request_dup_tunnel (imap);

  account->method = BARUA_METHOD_OAUTH;
  pop = barua_export_request_new (account, &POP, &SMTP, "/usr/bin/barua");
  g_assert_cmpstr (tunnel, ==, "/usr/bin/barua tunnel imap zoe@gmail.com");
  g_assert_null (barua_export_request_dup_tunnel (none));
  g_assert_null (barua_export_request_dup_tunnel (odd));
  g_assert_null (barua_export_request_dup_tunnel (pop));
}

static void
test_folders (void)
{
  g_autoptr (BaruaExportRequest) request =
    new_request ("zoe@gmail.com", BARUA_METHOD_NONE, "/usr/bin/barua");
  g_autofree char *raw = NULL;
  g_autofree char *title = NULL;

  g_assert_null (barua_export_request_dup_folder (request, "\\Sent"));
  request->folders = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_folder_free);
  g_ptr_array_add (
    request->folders,
    barua_folder_parse ("(\\HasNoChildren \\Sent) \"/\" \"[Gmail]/Sendur p&APM-stur\""));
  g_ptr_array_add (request->folders,
                   barua_folder_parse ("(\\HasNoChildren \\Trash) \".\" \"A.Rusl\""));
  raw = barua_export_request_dup_raw_folder (request, "\\Sent");
  title = barua_export_request_dup_folder (request, "\\Sent");
  g_assert_cmpstr (raw, ==, "[Gmail]/Sendur p&APM-stur");
  g_assert_cmpstr (title, ==, "[Gmail]/Sendur póstur");
  g_free (title);
  title = barua_export_request_dup_folder (request, "\\Trash");
  g_assert_cmpstr (title, ==, "A/Rusl");
  g_assert_null (barua_export_request_dup_folder (request, "\\Drafts"));
  g_assert_null (barua_export_request_dup_raw_folder (request, "\\Drafts"));
}

static void
test_url_login (void)
{
  g_autoptr (BaruaExportRequest) request =
    new_request ("o'neil+x@gmail.com", BARUA_METHOD_NONE, "/usr/bin/barua");
  g_autofree char *login = barua_export_request_dup_url_login (request);

  g_assert_cmpstr (login, ==, "o%27neil%2Bx%40gmail.com");
}

static void
test_secrets (void)
{
  g_auto (BaruaExportSecrets) secrets = { 0 };
  g_autoptr (BaruaSecret) mine = barua_secret_new ("x", 1);

  secrets.app_password = barua_secret_ref (mine);
  barua_export_secrets_clear (&secrets);
  g_assert_null (secrets.app_password);
  barua_export_secrets_clear (&secrets);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/request/name", test_names);
  g_test_add_func ("/export/request/hostile-name", test_hostile_name);
  g_test_add_func ("/export/request/key", test_keys);
  g_test_add_func ("/export/request/command", test_commands);
  g_test_add_func ("/export/request/method", test_methods);
  g_test_add_func ("/export/request/tunnel", test_tunnel);
  g_test_add_func ("/export/request/folder", test_folders);
  g_test_add_func ("/export/request/url", test_url_login);
  g_test_add_func ("/export/request/secrets", test_secrets);
  return g_test_run ();
}
