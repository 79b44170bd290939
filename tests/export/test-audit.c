#include "config.h"

#include "export/audit.h"

#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>

#define NONE BARUA_SECURITY_KIND_NONE
#define STARTTLS BARUA_SECURITY_KIND_STARTTLS
#define TLS BARUA_SECURITY_KIND_TLS
#define UNSAID BARUA_SECURITY_KIND_UNSAID
#define SMTP BARUA_PROTOCOL_SMTP
#define IMAP BARUA_PROTOCOL_IMAP
#define POP BARUA_PROTOCOL_POP

/* @expected: "key=value cause" of each fault, divided by "; ". */
typedef struct
{
  const char *description;
  BaruaProtocol protocol;
  const char *host;
  const char *port;
  BaruaSecurityKind security;
  const char *user;
  gboolean retired;
  const char *expected;
} Row;

static const Row ROWS[] = {
  { "all is well", IMAP, "imap.gmail.com", "993", TLS, "zoe@gmail.com", FALSE, "" },
  { "well with POP", POP, "pop.gmail.com", "995", TLS, "zoe@gmail.com", FALSE, "" },
  { "well at 465", SMTP, "smtp.gmail.com", "465", TLS, "zoe@gmail.com", FALSE, "" },
  { "well at 587", SMTP, "smtp.gmail.com", "587", STARTTLS, "zoe@gmail.com", FALSE, "" },
  { "the other name", IMAP, "imap.googlemail.com", "993", TLS, "zoe@gmail.com", FALSE,
    "" },
  { "the other name for sending", SMTP, "smtp.googlemail.com", "587", STARTTLS,
    "zoe@googlemail.com", FALSE, "" },
  { "letter case", IMAP, "IMAP.Gmail.COM", "993", TLS, "Zoe@Gmail.com", FALSE, "" },
  { "a final dot", IMAP, "imap.gmail.com.", "993", TLS, "zoe@gmail.com", FALSE, "" },
  { "the name of a port", IMAP, "imap.gmail.com", "imaps", TLS, "zoe@gmail.com", FALSE,
    "" },
  { "an organisation", IMAP, "imap.gmail.com", "993", TLS, "zoe@example.org", FALSE, "" },
  { "the relay of organisations", SMTP, "smtp-relay.gmail.com", "25", NONE, NULL, FALSE,
    "" },
  { "another mail service", IMAP, "imap.example.org", "143", NONE, "zoe", TRUE, "" },
  { "a user name at another service", SMTP, "smtp-relay.brevo.com", "2525", NONE,
    "zoe@gmail.com", TRUE, "" },
  { "a program in between", IMAP, "localhost", "1143", NONE, "zoe@gmail.com", FALSE, "" },
  { "a program in between, by number", IMAP, "127.0.0.1", "1143", NONE, "zoe@gmail.com",
    FALSE, "" },
  { "a machine of the house", SMTP, "192.168.1.2", "25", NONE, "zoe@gmail.com", FALSE,
    "" },
  { "a variable", IMAP, "$HOST", "143", NONE, "zoe@gmail.com", FALSE, "" },
  { "encryption unsaid", IMAP, "imap.gmail.com", "993", UNSAID, "zoe@gmail.com", FALSE,
    "" },
  { "a port that cannot be read", IMAP, "imap.gmail.com", "x", TLS, "zoe@gmail.com",
    FALSE, "" },
  { "fetched with several programs", POP, "pop.gmail.com", "995", TLS,
    "recent:zoe@gmail.com", FALSE, "" },
  { "a user name that is made up later", IMAP, "imap.gmail.com", "993", TLS, "$USER",
    FALSE, "" },
  { "no user name", SMTP, "smtp.gmail.com", "465", TLS, NULL, FALSE, "" },

  { "imap.google.com", IMAP, "imap.google.com", "993", TLS, "zoe@gmail.com", FALSE,
    "host=imap.gmail.com wrong-port" },
  { "smtp.google.com", SMTP, "smtp.google.com", "587", STARTTLS, "zoe@gmail.com", FALSE,
    "host=smtp.gmail.com wrong-port" },
  { "pop.google.com", POP, "pop.google.com", "995", TLS, "zoe@gmail.com", FALSE,
    "host=pop.gmail.com wrong-port" },
  { "mail.google.com", IMAP, "mail.google.com", "993", TLS, "zoe@gmail.com", FALSE,
    "host=imap.gmail.com wrong-port" },
  { "gmail.com alone", SMTP, "gmail.com", "465", TLS, "zoe@gmail.com", FALSE,
    "host=smtp.gmail.com wrong-port" },
  { "the wrong one of Gmail's", IMAP, "smtp.gmail.com", "993", TLS, "zoe@gmail.com",
    FALSE, "host=imap.gmail.com wrong-port" },
  { "pop3.gmail.com", POP, "pop3.gmail.com", "995", TLS, "zoe@gmail.com", FALSE,
    "host=pop.gmail.com wrong-port" },
  { "wrong at googlemail.com", IMAP, "mail.googlemail.com", "993", TLS,
    "zoe@googlemail.com", FALSE, "host=imap.googlemail.com wrong-port" },
  { "a slip", IMAP, "imap.gmial.com", "993", TLS, "zoe@gmail.com", FALSE,
    "host=imap.gmail.com wrong-port" },
  { "another ending", SMTP, "smtp.gmail.con", "465", TLS, "zoe@example.org", FALSE,
    "host=smtp.gmail.com wrong-port" },
  { "with its port", IMAP, "imap.gmail.com:993", "993", TLS, "zoe@gmail.com", FALSE,
    "host=imap.gmail.com wrong-port" },
  { "Google's MX", SMTP, "aspmx.l.google.com", "25", STARTTLS, "zoe@example.org", FALSE,
    "host=smtp.gmail.com direct-delivery-refused; port=587 wrong-port" },
  { "gmail.com's MX", SMTP, "alt1.gmail-smtp-in.l.google.com", "587", STARTTLS, NULL,
    FALSE, "host=smtp.gmail.com direct-delivery-refused" },
  { "another provider's server", IMAP, "imap.mail.yahoo.com", "993", TLS, "zoe@gmail.com",
    FALSE, "host=imap.gmail.com wrong-server" },
  { "a number", IMAP, "142.250.1.108", "993", TLS, "zoe@gmail.com", FALSE,
    "host=imap.gmail.com wrong-server" },

  { "port 25 and STARTTLS", SMTP, "smtp.gmail.com", "25", STARTTLS, "zoe@gmail.com",
    FALSE, "port=587 wrong-port" },
  { "port 25 and TLS", SMTP, "smtp.gmail.com", "25", TLS, "zoe@gmail.com", FALSE,
    "port=465 wrong-port" },
  { "port 25 in the clear", SMTP, "smtp.gmail.com", "25", NONE, "zoe@gmail.com", FALSE,
    "port=587 wrong-port; security=starttls starttls-missing" },
  { "port 2525", SMTP, "smtp.gmail.com", "2525", STARTTLS, "zoe@gmail.com", FALSE,
    "port=587 wrong-port" },
  { "the program's own port", SMTP, "smtp.gmail.com", NULL, STARTTLS, "zoe@gmail.com",
    FALSE, "port=587 wrong-port" },
  { "465 with STARTTLS", SMTP, "smtp.gmail.com", "465", STARTTLS, "zoe@gmail.com", FALSE,
    "security=tls tls-wrong-mode" },
  { "587 with TLS", SMTP, "smtp.gmail.com", "587", TLS, "zoe@gmail.com", FALSE,
    "security=starttls tls-wrong-mode" },
  { "587 in the clear", SMTP, "smtp.gmail.com", "587", NONE, "zoe@gmail.com", FALSE,
    "security=starttls starttls-missing" },
  { "465 in the clear", SMTP, "smtp.gmail.com", "465", NONE, "zoe@gmail.com", FALSE,
    "security=tls tls-wrong-mode" },
  { "IMAP at 143", IMAP, "imap.gmail.com", "143", TLS, "zoe@gmail.com", FALSE,
    "port=993 wrong-port" },
  { "IMAP at 143 with STARTTLS", IMAP, "imap.gmail.com", "143", STARTTLS, "zoe@gmail.com",
    FALSE, "port=993 wrong-port; security=tls tls-wrong-mode" },
  { "IMAP at 995", IMAP, "imap.gmail.com", "995", TLS, "zoe@gmail.com", FALSE,
    "port=993 wrong-port" },
  { "IMAP in the clear", IMAP, "imap.gmail.com", "993", NONE, "zoe@gmail.com", FALSE,
    "security=tls tls-wrong-mode" },
  { "IMAP at 993 with STARTTLS", IMAP, "imap.gmail.com", "993", STARTTLS, "zoe@gmail.com",
    FALSE, "security=tls tls-wrong-mode" },
  { "POP at 110", POP, "pop.gmail.com", "110", NONE, "zoe@gmail.com", FALSE,
    "port=995 wrong-port; security=tls tls-wrong-mode" },
  { "POP at 993", POP, "pop.gmail.com", "993", TLS, "zoe@gmail.com", FALSE,
    "port=995 wrong-port" },

  { "a user name without a domain", IMAP, "imap.gmail.com", "993", TLS, "zoe", FALSE,
    "user=zoe@gmail.com wrong-username" },
  { "a user name with a slip", IMAP, "imap.gmail.com", "993", TLS, "zoe@gmial.com", FALSE,
    "user=zoe@gmail.com wrong-username" },
  { "a user name with another ending", IMAP, "imap.gmail.com", "993", TLS,
    "zoe@gmail.con", FALSE, "user=zoe@gmail.com wrong-username" },
  { "a retired way of signing in", SMTP, "smtp.gmail.com", "465", TLS, "zoe@gmail.com",
    TRUE, "authentication=plain auth-mechanism-mismatch" },
  { "all at once", IMAP, "imap.google.com", "143", NONE, "zoe", TRUE,
    "host=imap.gmail.com wrong-port; port=993 wrong-port; security=tls tls-wrong-mode; "
    "user=zoe@gmail.com wrong-username; "
    "authentication=plain auth-mechanism-mismatch" },
};

static const char *
write_security (BaruaSecurityKind kind)
{
  return kind == TLS ? "tls" : kind == STARTTLS ? "starttls" : NULL;
}

static const char *
write_tls_alone (BaruaSecurityKind kind)
{
  return kind == TLS ? "tls" : NULL;
}

static BaruaValue
value (const char *key, const char *text, guint line)
{
  BaruaValue new = { .key = key, .text = text };

  if (text != NULL)
    new.span = (BaruaSpan){ .offset = line * 100, .length = strlen (text), .line = line };
  return new;
}

static BaruaSetServer
server_of (const Row *row)
{
  BaruaSetServer server = {
    .client = "msmtp",
    .file = "/home/zoe/.msmtprc",
    .protocol = row->protocol,
    .host = value ("host", row->host, 1),
    .port = value ("port", row->port, 2),
    .default_port = 25,
    .security = value ("security", row->security == UNSAID ? NULL : "word", 3),
    .security_kind = row->security,
    .user = value ("user", row->user, 4),
    .authentication = value ("authentication", row->retired ? "cram-md5" : "plain", 5),
    .retired = row->retired,
    .write_security = write_security,
    .write_authentication = "plain",
  };

  return server;
}

static GPtrArray *
new_faults (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);
}

static char *
describe (GPtrArray *faults)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const BaruaFault *fault = faults->pdata[i];

      g_assert_cmpstr (fault->client, ==, "msmtp");
      g_assert_cmpint (strlen (fault->why), >, 0);
      g_string_append_printf (out, "%s%s=%s %s", i > 0 ? "; " : "", fault->key,
                              fault->expected, fault->cause);
    }
  return g_string_free (out, FALSE);
}

static void
test_servers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GPtrArray) faults = new_faults ();
      BaruaSetServer server = server_of (&ROWS[i]);
      g_autofree char *found = NULL;

      barua_audit_server (&server, faults);
      found = describe (faults);
      g_test_message ("%s: %s", ROWS[i].description, found);
      g_assert_cmpstr (found, ==, ROWS[i].expected);
    }
}

static void
test_fault_tells (void)
{
  g_autoptr (GPtrArray) faults = new_faults ();
  BaruaSetServer server = server_of (&ROWS[0]);
  const BaruaFault *fault = NULL;

  server.host = value ("host", "imap.google.com", 7);
  barua_audit_server (&server, faults);
  g_assert_cmpuint (faults->len, ==, 1);
  fault = faults->pdata[0];
  g_assert_cmpstr (fault->file, ==, server.file);
  g_assert_cmpuint (fault->line, ==, 7);
  g_assert_cmpstr (fault->value, ==, "imap.google.com");
  g_assert_cmpstr (fault->expected, ==, "imap.gmail.com");
  g_assert_true (fault->fixable);
  g_assert_cmpuint (fault->offset, ==, 700);
  g_assert_cmpuint (fault->length, ==, strlen ("imap.google.com"));
  g_assert_cmpstr (fault->replacement, ==, "imap.gmail.com");
}

static char *
in_quotes (const char *text)
{
  return g_strdup_printf ("\"%s\"", text);
}

static void
test_quotes (void)
{
  g_autoptr (GPtrArray) faults = new_faults ();
  BaruaSetServer server = server_of (&ROWS[0]);

  server.host = value ("host", "imap.google.com", 7);
  server.quote = in_quotes;
  barua_audit_server (&server, faults);
  g_assert_cmpstr (((BaruaFault *) faults->pdata[0])->replacement, ==,
                   "\"imap.gmail.com\"");
}

/* What is not there can be put in where the exporter knows a place for it. */
static void
test_missing (void)
{
  g_autoptr (GPtrArray) faults = new_faults ();
  BaruaSetServer server = server_of (&ROWS[3]);
  const BaruaFault *fault = NULL;

  server.port = value ("port", NULL, 0);
  barua_audit_server (&server, faults);
  g_assert_false (((BaruaFault *) faults->pdata[0])->fixable);
  server.port.span = (BaruaSpan){ .offset = 5, .length = 0, .line = 2 };
  server.port.lead = "port ";
  server.port.tail = "\n";
  barua_audit_server (&server, faults);
  g_assert_cmpuint (faults->len, ==, 2);
  fault = faults->pdata[1];
  g_assert_true (fault->fixable);
  g_assert_null (fault->value);
  g_assert_cmpstr (fault->replacement, ==, "port 587\n");
}

/* A program that has no word for what the port needs gets another port. */
static void
test_cannot_say (void)
{
  g_autoptr (GPtrArray) faults = new_faults ();
  BaruaSetServer server = server_of (&ROWS[3]);
  g_autofree char *found = NULL;

  server.security_kind = TLS;
  server.write_security = write_tls_alone;
  barua_audit_server (&server, faults);
  found = describe (faults);
  g_assert_cmpstr (found, ==, "port=465 tls-wrong-mode");
}

static void
test_address_tells_domain (void)
{
  g_autoptr (GPtrArray) faults = new_faults ();
  BaruaSetServer server = server_of (&ROWS[0]);
  g_autofree char *found = NULL;

  server.user = value ("user", "zoe", 4);
  server.address = "zoe@example.org";
  barua_audit_server (&server, faults);
  server.address = "info@example.org";
  barua_audit_server (&server, faults);
  server.user = value ("user", "zoe@yahoo.com", 4);
  server.address = "zoe@gmail.com";
  barua_audit_server (&server, faults);
  /* A second address of the same account is nobody's fault. */
  server.user = value ("user", "zoe@gmail.com", 4);
  server.address = "info@example.org";
  barua_audit_server (&server, faults);
  found = describe (faults);
  g_assert_cmpstr (found, ==,
                   "user=zoe@example.org wrong-username; "
                   "user=zoe@gmail.com wrong-username; "
                   "user=zoe@gmail.com wrong-username");
}

static void
test_is_gmail (void)
{
  g_assert_true (barua_audit_is_gmail ("imap.gmail.com", NULL));
  g_assert_true (barua_audit_is_gmail ("pop.googlemail.com", "zoe"));
  g_assert_true (barua_audit_is_gmail ("smtp.google.com", "zoe@example.org"));
  g_assert_true (barua_audit_is_gmail (NULL, "zoe@gmail.com"));
  g_assert_true (barua_audit_is_gmail ("mail.example.org", "zoe@googlemail.com"));
  g_assert_false (barua_audit_is_gmail ("localhost", "zoe@gmail.com"));
  g_assert_false (barua_audit_is_gmail ("smtp.sendgrid.net", "zoe@gmail.com"));
  g_assert_false (barua_audit_is_gmail ("imap.example.org", "zoe@example.org"));
  g_assert_false (barua_audit_is_gmail ("imap.gmailer.example", "zoe"));
  g_assert_false (barua_audit_is_gmail (NULL, NULL));
  g_assert_false (barua_audit_is_gmail ("", ""));
}

static void
test_passwords_are_left_out (void)
{
  static const char *const SECRETS[][2] = {
    { "abcd efgh ijkl mnop", "ok" },
    { "hunter2", "app-password-required" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (SECRETS); i++)
    {
      g_autoptr (GPtrArray) faults = new_faults ();
      BaruaValue password = value ("password", SECRETS[i][0], 3);
      const BaruaFault *fault = NULL;

      barua_audit_add_password (faults, "msmtp", "/f", &password, NULL, "");
      fault = faults->pdata[0];
      g_assert_cmpstr (fault->cause, ==, SECRETS[i][1]);
      g_assert_null (fault->value);
      g_assert_true (fault->fixable);
      g_assert_cmpuint (fault->length, ==, strlen (SECRETS[i][0]));
    }
}

static void
test_sent_copy (void)
{
  g_autoptr (GPtrArray) faults = new_faults ();
  BaruaValue record = value ("record", "+Sent\xff\n", 3);
  const BaruaFault *fault = NULL;

  barua_audit_add_sent_copy (faults, "mutt", "/f", &record, NULL, NULL);
  fault = faults->pdata[0];
  g_assert_cmpstr (fault->cause, ==, "ok");
  g_assert_false (fault->fixable);
  g_assert_true (g_utf8_validate (fault->value, -1, NULL));
}

static void
add_place (GPtrArray *faults,
           const char *file,
           gsize offset,
           gsize length,
           const char *replacement)
{
  BaruaValue place = { .key = "key", .text = "x" };

  place.span = (BaruaSpan){ .offset = offset, .length = length, .line = 1 };
  barua_audit_add (faults, "msmtp", file, &place, replacement, replacement);
}

static void
test_plans (void)
{
  g_autofree char *folder = g_dir_make_tmp ("barua-audit-XXXXXX", NULL);
  g_autofree char *one = g_build_filename (folder, "one", NULL);
  g_autofree char *two = g_build_filename (folder, "two", NULL);
  g_autofree char *gone = g_build_filename (folder, "gone", NULL);
  g_autoptr (BaruaHome) home = barua_home_new_at (folder, folder);
  g_autoptr (GPtrArray) faults = new_faults ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan = NULL;
  const BaruaChange *change = NULL;

  test_files_put (folder, "one", "0123456789\xff\r\n", 0600);
  test_files_put (folder, "two", "abc", 0644);
  add_place (faults, one, 8, 1, "EIGHT");
  add_place (faults, two, 3, 0, "d");
  add_place (faults, one, 0, 2, "");
  add_place (faults, gone, 0, 0, "x");
  /* Overlaps, lies outside, is too long: a file that is another one now. */
  add_place (faults, one, 1, 3, "no");
  add_place (faults, one, 100, 0, "no");
  add_place (faults, one, 12, G_MAXSIZE, "no");
  plan = barua_audit_plan ("msmtp", faults, home, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->changes->len, ==, 2);
  change = plan->changes->pdata[0];
  g_assert_cmpstr (change->path, ==, one);
  g_assert_cmpint (change->mode, ==, 0600);
  g_assert_cmpstr (change->summary, ==, "Correct 2 settings.");
  g_assert_cmpmem (g_bytes_get_data (change->after, NULL),
                   g_bytes_get_size (change->after), "234567EIGHT9\xff\r\n", 15);
  change = plan->changes->pdata[1];
  g_assert_cmpmem (g_bytes_get_data (change->after, NULL),
                   g_bytes_get_size (change->after), "abcd", 4);
  test_files_remove (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/audit/servers", test_servers);
  g_test_add_func ("/export/audit/fault", test_fault_tells);
  g_test_add_func ("/export/audit/quotes", test_quotes);
  g_test_add_func ("/export/audit/missing", test_missing);
  g_test_add_func ("/export/audit/cannot-say", test_cannot_say);
  g_test_add_func ("/export/audit/address", test_address_tells_domain);
  g_test_add_func ("/export/audit/is-gmail", test_is_gmail);
  g_test_add_func ("/export/audit/passwords", test_passwords_are_left_out);
  g_test_add_func ("/export/audit/sent-copy", test_sent_copy);
  g_test_add_func ("/export/audit/plan", test_plans);
  return g_test_run ();
}
