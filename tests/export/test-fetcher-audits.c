#include "config.h"

#include "export/audit.h"
#include "export/exporters.h"
#include "export/isync.h"
#include "export/postfix.h"
#include "support/export-case.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define GOOD_ISYNC                                                                       \
  "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nSSLType IMAPS\n"              \
  "AuthMechs PLAIN\nPassCmd x\n"
#define GOOD_POSTFIX                                                                     \
  "smtp_sasl_auth_enable = yes\nsmtp_sasl_password_maps = hash:/etc/postfix/p\n"         \
  "smtp_sasl_security_options = noanonymous\nsmtp_tls_security_level = encrypt\n"

/* @expected: "key=expected cause" of each fault, divided by "; "; a "!" behind those that
 * cannot be mended by us. */
typedef struct
{
  const char *description;
  const char *text;
  const char *expected;
} Row;

static const Row ISYNC[] = {
  { "all is well", GOOD_ISYNC, "" },
  { "well with the other name, and a store that is an account",
    "IMAPStore g\nHost imap.googlemail.com\nUser zoe@gmail.com\nTLSType imaps\n"
    "Port 993\nAuthMechs LOGIN\n",
    "" },
  { "well with OAuth2",
    "IMAPAccount g\nHost imap.gmail.com\nUser zoe@example.org\nSSLType IMAPS\n"
    "AuthMechs XOAUTH2\nPassCmd \"barua token zoe@example.org\"\n",
    "" },
  { "another service", "IMAPAccount g\nHost imap.example.org\nUser zoe\nPass x\n", "" },
  { "a tunnel", "IMAPAccount g\nHost imap.gmail.com\nTunnel \"ssh x\"\n", "" },
  { "a store with an account", GOOD_ISYNC "\nIMAPStore s\nAccount g\n", "" },
  { "a comment", "# Host imap.google.com\n\n" GOOD_ISYNC, "" },
  { "an empty file", "", "" },
  { "no encryption named", "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\n",
    "SSLType=IMAPS tls-wrong-mode" },
  { "no encryption named, and no line end",
    "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com",
    "SSLType=IMAPS tls-wrong-mode" },
  { "all wrong",
    "IMAPAccount \"g h\"\nHost \"imap.google.com\" # why\nUser zoe\nPort 143\n"
    "SSLType None\nAuthMechs CRAM-MD5 DIGEST-MD5\n",
    "Host=imap.gmail.com wrong-port; Port=993 wrong-port; "
    "SSLType=IMAPS tls-wrong-mode; User=zoe@gmail.com wrong-username; "
    "AuthMechs=PLAIN auth-mechanism-mismatch" },
  { "the keyword since 1.5",
    "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nTLSType STARTTLS\n",
    "TLSType=IMAPS tls-wrong-mode" },
  { "only the second account",
    GOOD_ISYNC "\nIMAPAccount h\nHost imap.gmail.com\nUser juma@gmail.com\n"
               "SSLType IMAPS\nPort 143\n",
    "Port=993 wrong-port" },
  { "the words before SSLType",
    "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nRequireSSL yes\n"
    "UseTLSv1 no\nPassCmd x",
    "SSLType=IMAPS tls-wrong-mode; RequireSSL= tls-wrong-mode; "
    "UseTLSv1= tls-wrong-mode" },
  { "an old word beside it, where the file ends",
    "IMAPAccount g\r\nHost imap.gmail.com\r\nUser zoe@gmail.com\r\nSSLType IMAPS\r\n"
    "UseIMAPS yes",
    "UseIMAPS= tls-wrong-mode" },
  { "another account’s",
    GOOD_ISYNC "\nIMAPAccount h\nHost mail.example.org\nUser zoe\nUseIMAPS yes\n", "" },
  { "a way that has gone, by the former name",
    "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nSSLType IMAPS\n"
    "AuthMech CRAM-MD5\n",
    "AuthMech=PLAIN auth-mechanism-mismatch" },
};

static const Row POSTFIX[] = {
  { "well at 587", "relayhost = [smtp.gmail.com]:587\n" GOOD_POSTFIX, "" },
  { "well at 465, by name",
    "relayhost = [smtp.gmail.com]:submissions\nsmtp_tls_wrappermode = yes\n" GOOD_POSTFIX,
    "" },
  { "the relay of organisations", "relayhost = [smtp-relay.gmail.com]:25\n", "" },
  { "another relay", "relayhost = [mail.example.org]\n", "" },
  { "no relay", "relayhost =\n", "" },
  { "nothing said", "myhostname = x\n", "" },
  { "an empty file", "", "" },
  { "the last line counts",
    "relayhost = smtp.google.com\nrelayhost = [smtp.gmail.com]:587\n" GOOD_POSTFIX, "" },
  { "well, with what was said before there were levels",
    "relayhost = [smtp.gmail.com]:587\nsmtp_enforce_tls = yes\n"
    "smtp_sasl_auth_enable = yes\nsmtp_sasl_password_maps = hash:/x\n"
    "smtp_sasl_tls_security_options = noanonymous\n",
    "" },
  { "port 25", "relayhost = smtp.gmail.com\n" GOOD_POSTFIX,
    "relayhost=[smtp.gmail.com]:587 wrong-port" },
  { "a wrong name",
    "relayhost = [smtp.google.com]:465\nsmtp_tls_wrappermode=yes\n" GOOD_POSTFIX,
    "relayhost=[smtp.gmail.com]:465 wrong-port" },
  { "where Google takes mail of others",
    "relayhost = [aspmx.l.google.com]:25\n" GOOD_POSTFIX,
    "relayhost=[smtp.gmail.com]:587 direct-delivery-refused" },
  { "465 without TLS from the first moment",
    "relayhost = [smtp.gmail.com]:465\n" GOOD_POSTFIX,
    "smtp_tls_wrappermode=yes tls-wrong-mode" },
  { "587 with it",
    "smtp_tls_wrappermode = yes\nrelayhost = [smtp.gmail.com]:587\n" GOOD_POSTFIX,
    "smtp_tls_wrappermode=no tls-wrong-mode" },
  { "nothing but the relay, over two lines, and no line end",
    "relayhost =\n  [smtp.gmail.com]:587",
    "smtp_tls_security_level=encrypt starttls-missing; "
    "smtp_sasl_auth_enable=yes auth-missing; "
    "smtp_sasl_password_maps=" BARUA_POSTFIX_MAPS " auth-missing; "
    "smtp_sasl_tls_security_options=noanonymous auth-mechanism-mismatch" },
  { "encryption only where it is offered",
    "relayhost = [smtp.gmail.com]:587\n" GOOD_POSTFIX "smtp_tls_security_level = may\n",
    "smtp_tls_security_level=encrypt starttls-missing" },
};

static char *
describe (const GPtrArray *faults)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const BaruaFault *fault = faults->pdata[i];

      g_assert_nonnull (fault->why);
      g_string_append_printf (out, "%s%s=%s %s%s", i > 0 ? "; " : "", fault->key,
                              fault->expected != NULL ? fault->expected : "",
                              fault->cause, fault->fixable ? "" : "!");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static GPtrArray *
find_faults (const BaruaExporter *exporter, const BaruaHome *home)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);

  exporter->audit (home, faults);
  return faults;
}

/* What is mended has no fault any more. */
static void
check (const BaruaExporter *exporter, const BaruaHome *home, const Row *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = find_faults (exporter, home);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (BaruaPlan) plan = NULL;
  g_autofree char *found = describe (faults);

  g_test_message ("%s %s", exporter->id, row->description);
  g_assert_cmpstr (found, ==, row->expected);
  plan = barua_audit_plan (exporter->id, faults, home, &error);
  g_assert_no_error (error);
  test_plan_carry_out (plan);
  left = find_faults (exporter, home);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_isync (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ISYNC); i++)
    {
      BaruaHome *home = test_home_copy (NULL, NULL);

      test_files_put (home->home, ".mbsyncrc", ISYNC[i].text, 0600);
      check (&barua_exporter_isync, home, &ISYNC[i]);
      test_home_remove (home);
    }
}

static void
test_isync_plugin (void)
{
  static const Row rows[] = {
    { "a way is named", GOOD_ISYNC, "" },
    { "none is",
      "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nSSLType IMAPS\n",
      "AuthMechs=PLAIN auth-mechanism-mismatch" },
    { "any is right",
      "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nSSLType IMAPS\n"
      "AuthMechs *\n",
      "AuthMechs=PLAIN auth-mechanism-mismatch" },
    { "a token is what it gets",
      "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nSSLType IMAPS\n"
      "PassCmd \"barua token zoe@gmail.com\"\n",
      "" },
    { "a way is named by the former name",
      "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nSSLType IMAPS\n"
      "AuthMech LOGIN\n",
      "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BaruaHome *home = test_home_copy (NULL, NULL);

      test_files_put (home->root, "usr/lib/a/sasl2/libkdexoauth2plugin.so", "x", 0644);
      test_files_put (home->home, ".mbsyncrc", rows[i].text, 0600);
      check (&barua_exporter_isync, home, &rows[i]);
      test_home_remove (home);
    }
}

/* It is told, without the password, and cannot be mended without a command for it. */
static void
test_isync_password (void)
{
  static const char text[] =
    "IMAPAccount g\nHost imap.gmail.com\nUser zoe@gmail.com\nSSLType IMAPS\n"
    "Pass \"abcd efgh ijkl mnop\"\n";
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autoptr (GPtrArray) faults = NULL;
  g_autofree char *found = NULL;

  test_files_put (home->home, ".mbsyncrc", text, 0600);
  faults = find_faults (&barua_exporter_isync, home);
  found = describe (faults);
  g_assert_cmpstr (found, ==, "Pass= ok!");
  g_assert_null (((BaruaFault *) faults->pdata[0])->value);
  g_assert_null (strstr (((BaruaFault *) faults->pdata[0])->why, "abcd"));
  test_home_remove (home);
}

static void
test_postfix (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (POSTFIX); i++)
    {
      BaruaHome *home = test_home_copy (NULL, NULL);

      test_files_put (home->root, BARUA_POSTFIX_MAIN, POSTFIX[i].text, 0644);
      check (&barua_exporter_postfix, home, &POSTFIX[i]);
      test_home_remove (home);
    }
}

static void
test_postfix_of_root (void)
{
  BaruaHome *home = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_autofree char *found = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root can write everything");
      return;
    }
  home = test_home_copy (NULL, NULL);
  test_files_put (home->root, BARUA_POSTFIX_MAIN,
                  "relayhost = smtp.gmail.com\n" GOOD_POSTFIX, 0444);
  faults = find_faults (&barua_exporter_postfix, home);
  found = describe (faults);
  g_assert_cmpstr (found, ==, "relayhost=[smtp.gmail.com]:587 wrong-port!");
  g_assert_nonnull (strstr (((BaruaFault *) faults->pdata[0])->why,
                            "postconf -e 'relayhost = [smtp.gmail.com]:587'"));
  test_home_remove (home);
}

static void
test_nothing_there (void)
{
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autoptr (GPtrArray) isync = find_faults (&barua_exporter_isync, home);
  g_autoptr (GPtrArray) postfix = find_faults (&barua_exporter_postfix, home);

  g_assert_cmpuint (isync->len + postfix->len, ==, 0);
  test_home_remove (home);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/audit/isync", test_isync);
  g_test_add_func ("/audit/isync-plugin", test_isync_plugin);
  g_test_add_func ("/audit/isync-password", test_isync_password);
  g_test_add_func ("/audit/postfix", test_postfix);
  g_test_add_func ("/audit/postfix-of-root", test_postfix_of_root);
  g_test_add_func ("/audit/nothing-there", test_nothing_there);
  return g_test_run ();
}
