#include "config.h"

#include "export/thunderbird-audit.h"

#include "export/audit.h"
#include "export/exporters.h"
#include "export/formats/prefs-js.h"
#include "support/export-case.h"

#include <string.h>

#define SERVER "mail.server.server2."
#define SENDER "mail.smtpserver.smtp1."
#define IDENTITY "mail.identity.id1."

/* One or two settings of an account that is otherwise right; @value of NULL takes the
 * setting out. @key of NULL: there is nothing wrong with it. */
static const struct
{
  const char *description;
  const char *name;
  const char *value;
  const char *other_name;
  const char *other_value;
  const char *key;
  const char *expected;
  const char *cause;
} ROWS[] = {
  { "nothing", "a", "1", NULL, NULL, NULL, NULL, NULL },
  { "a host that is not there", SERVER "hostname", "\"imap.google.com\"", NULL, NULL,
    SERVER "hostname", "imap.gmail.com", "wrong-port" },
  { "the host's other name", SERVER "hostname", "\"imap.googlemail.com\"", NULL, NULL,
    NULL, NULL, NULL },
  { "port 143", SERVER "port", "143", NULL, NULL, SERVER "port", "993", "wrong-port" },
  { "no port, with TLS", SERVER "port", NULL, NULL, NULL, NULL, NULL, NULL },
  { "port -1, with TLS", SERVER "port", "-1", NULL, NULL, NULL, NULL, NULL },
  { "no encryption", SERVER "socketType", "0", NULL, NULL, SERVER "socketType", "3",
    "tls-wrong-mode" },
  { "STARTTLS for IMAP", SERVER "socketType", "2", NULL, NULL, SERVER "socketType", "3",
    "tls-wrong-mode" },
  { "no word on encryption", SERVER "socketType", NULL, NULL, NULL, SERVER "socketType",
    "3", "tls-wrong-mode" },
  { "encrypted password", SERVER "authMethod", "4", NULL, NULL, SERVER "authMethod", "3",
    "auth-mechanism-mismatch" },
  { "Kerberos", SERVER "authMethod", "5", NULL, NULL, SERVER "authMethod", "3",
    "auth-mechanism-mismatch" },
  { "NTLM", SERVER "authMethod", "6", NULL, NULL, SERVER "authMethod", "3",
    "auth-mechanism-mismatch" },
  { "OAuth", SERVER "authMethod", "10", NULL, NULL, NULL, NULL, NULL },
  { "no word on signing in", SERVER "authMethod", NULL, NULL, NULL, NULL, NULL, NULL },
  { "a user name without its domain", SERVER "userName", "\"zoe\"", NULL, NULL,
    SERVER "userName", "zoe@gmail.com", "wrong-username" },
  { "port 25", SENDER "port", "25", NULL, NULL, SENDER "port", "465", "wrong-port" },
  { "port 587 and TLS", SENDER "port", "587", NULL, NULL, SENDER "try_ssl", "2",
    "tls-wrong-mode" },
  { "port 587 and STARTTLS", SENDER "port", "587", SENDER "try_ssl", "2", NULL, NULL,
    NULL },
  { "port 465 and STARTTLS", SENDER "try_ssl", "2", NULL, NULL, SENDER "try_ssl", "3",
    "tls-wrong-mode" },
  { "port 587 and no encryption", SENDER "port", "587", SENDER "try_ssl", "0",
    SENDER "try_ssl", "2", "starttls-missing" },
  { "a host for sending that is not there", SENDER "hostname", "\"smtp.google.com\"",
    NULL, NULL, SENDER "hostname", "smtp.gmail.com", "wrong-port" },
  { "nobody signs in", SENDER "authMethod", "1", NULL, NULL, SENDER "authMethod", "3",
    "auth-missing" },
  { "an encrypted password for sending", SENDER "authMethod", "4", NULL, NULL,
    SENDER "authMethod", "3", "auth-mechanism-mismatch" },
  { "a user name for sending without its domain", SENDER "username", "\"zoe\"", NULL,
    NULL, SENDER "username", "zoe@gmail.com", "wrong-username" },
  { "a relay of an organisation", SENDER "hostname", "\"smtp-relay.gmail.com\"",
    SENDER "username", NULL, NULL, NULL, NULL },
  { "a copy of what is sent", IDENTITY "fcc", "true", NULL, NULL, IDENTITY "fcc", "false",
    "ok" },
  { "no word on copies", IDENTITY "fcc", NULL, NULL, NULL, IDENTITY "fcc", "false",
    "ok" },
  { "a copy in the local folders", IDENTITY "fcc", "true", IDENTITY "fcc_folder",
    "\"mailbox://nobody@Local%20Folders/Sent\"", NULL, NULL, NULL },
  { "a copy in a folder of Gmail's", IDENTITY "fcc", "true", IDENTITY "fcc_folder",
    "\"imap://zoe%40gmail.com@imap.gmail.com/[Gmail]/Sent Mail\"", IDENTITY "fcc",
    "false", "ok" },
  { "a copy of what another server sends", IDENTITY "fcc", "true", IDENTITY "smtpServer",
    "\"smtp9\"", NULL, NULL, NULL },
};

static void
change (GString *text, const char *name, const char *value)
{
  g_autofree char *whole = g_strdup_printf ("user_pref(\"%s\", ", name);
  char *at = strstr (text->str, whole);
  char *end = at != NULL ? strchr (at, '\n') : NULL;

  if (at != NULL)
    g_string_erase (text, at - text->str, end + 1 - at);
  if (value != NULL)
    g_string_append_printf (text, "%s%s);\n", whole, value);
}

static BaruaHome *
set_up (char **path)
{
  const TestExportCase wish = { .name = "audit" };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&wish);
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autoptr (BaruaPlan) plan =
    barua_exporter_plan (&barua_exporter_thunderbird, request, home, NULL);

  g_assert_nonnull (plan);
  test_plan_carry_out (plan);
  *path = barua_home_dup_path (home, ".thunderbird/gmail.default/prefs.js");
  return home;
}

static GPtrArray *
audit (const BaruaHome *home)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);

  barua_thunderbird_audit (home, faults);
  return faults;
}

static void
mend (const BaruaHome *home, const GPtrArray *faults)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan = barua_audit_plan ("thunderbird", faults, home, &error);
  g_autoptr (GPtrArray) left = NULL;

  g_assert_no_error (error);
  test_plan_carry_out (plan);
  left = audit (home);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_faults (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *path = NULL;
      BaruaHome *home = set_up (&path);
      g_autofree char *before = NULL;
      g_autoptr (GString) text = NULL;
      g_autoptr (GPtrArray) faults = NULL;

      g_test_message ("%s", ROWS[i].description);
      g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
      text = g_string_new (before);
      change (text, ROWS[i].name, ROWS[i].value);
      if (ROWS[i].other_name != NULL)
        change (text, ROWS[i].other_name, ROWS[i].other_value);
      g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
      faults = audit (home);
      g_assert_cmpuint (faults->len, ==, ROWS[i].key != NULL ? 1 : 0);
      if (faults->len == 1)
        {
          const BaruaFault *fault = faults->pdata[0];

          g_assert_cmpstr (fault->key, ==, ROWS[i].key);
          g_assert_cmpstr (fault->expected, ==, ROWS[i].expected);
          g_assert_cmpstr (fault->cause, ==, ROWS[i].cause);
          g_assert_cmpstr (fault->file, ==, path);
          g_assert_true (fault->fixable);
          g_assert_nonnull (fault->why);
          mend (home, faults);
        }
      test_home_remove (home);
    }
}

/* What stands in user.js goes before, and is mended there. */
static void
test_user_js (void)
{
  g_autofree char *path = NULL;
  BaruaHome *home = set_up (&path);
  g_autofree char *user =
    barua_home_dup_path (home, ".thunderbird/gmail.default/user.js");
  g_autoptr (GPtrArray) faults = NULL;
  const BaruaFault *fault = NULL;

  g_assert_true (g_file_set_contents (user,
                                      "user_pref(\"" SERVER
                                      "hostname\", \"imap.gmail.com\");\n"
                                      "user_pref(\"" SERVER "port\", 143);",
                                      -1, NULL));
  faults = audit (home);
  g_assert_cmpuint (faults->len, ==, 1);
  fault = faults->pdata[0];
  g_assert_cmpstr (fault->file, ==, user);
  g_assert_cmpuint (fault->line, ==, 2);
  mend (home, faults);
  test_home_remove (home);
}

/* Nothing in what was set up by this program, or by Thunderbird itself, is wrong. */
static void
test_silent (void)
{
  static const char *const FOLDERS[] = { "other-accounts", "flatpak", "mistake",
                                         "not-claimed", "folder-gone" };

  for (gsize i = 0; i < G_N_ELEMENTS (FOLDERS); i++)
    {
      g_autofree char *before = g_test_build_filename (
        G_TEST_DIST, "golden", "thunderbird", FOLDERS[i], "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);
      g_autoptr (GPtrArray) faults = audit (home);

      g_test_message ("%s", FOLDERS[i]);
      g_assert_cmpuint (faults->len, ==, 0);
      test_home_remove (home);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  g_test_add_func ("/thunderbird-audit/faults", test_faults);
  g_test_add_func ("/thunderbird-audit/user-js", test_user_js);
  g_test_add_func ("/thunderbird-audit/silent", test_silent);
  return g_test_run ();
}
