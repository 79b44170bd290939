#include "config.h"

#include "discover/mx.h"

#include <string.h>

#define RECORDS_PER_ROW 6

typedef struct
{
  guint16 preference;
  const char *host;
} Record;

typedef struct
{
  const char *what;
  Record records[RECORDS_PER_ROW];
  BaruaHostKind kind;
  const char *host;
  const char *keeper;
} Row;

#define WORKSPACE BARUA_HOST_WORKSPACE
#define OTHER BARUA_HOST_OTHER
#define UNKNOWN BARUA_HOST_UNKNOWN

/* clang-format off */
static const Row ROWS[] = {
  { "Google since 2023", { { 1, "smtp.google.com" } }, WORKSPACE, "smtp.google.com", NULL },
  { "Google before, out of order",
    { { 10, "alt3.aspmx.l.google.com" }, { 1, "ASPMX.L.GOOGLE.COM." }, { 5, "alt1.aspmx.l.google.com" } },
    WORKSPACE, "aspmx.l.google.com", NULL },
  { "Google long ago", { { 30, "ASPMX2.GOOGLEMAIL.COM" } }, WORKSPACE, "aspmx2.googlemail.com", NULL },
  { "as gmail.com itself", { { 5, "gmail-smtp-in.l.google.com" } }, WORKSPACE, "gmail-smtp-in.l.google.com", NULL },
  { "a second one of gmail.com", { { 5, "alt2.gmail-smtp-in.l.google.com" } }, WORKSPACE, "alt2.gmail-smtp-in.l.google.com", NULL },
  { "a host that ends alike", { { 1, "evilaspmx.l.google.com" } }, OTHER, "evilaspmx.l.google.com", NULL },
  { "a missing final dot", { { 1, "aspmx.l.google.com.example.is" } }, OTHER, "aspmx.l.google.com.example.is", NULL },
  { "something else of Google", { { 1, "www.google.com" } }, OTHER, "www.google.com", NULL },
  { "a firm called alike", { { 1, "smtp.google.com.example.is" } }, OTHER, "smtp.google.com.example.is", NULL },
  { "nearly googlemail.com", { { 1, "mx.notgooglemail.com" } }, OTHER, "mx.notgooglemail.com", NULL },
  { "proof of the owner beside Google",
    { { 15, "abc.mx-verification.google.com" }, { 20, "aspmx.l.google.com" } }, WORKSPACE, "aspmx.l.google.com", NULL },
  { "proof of the owner, lower than another",
    { { 1, "abc.mx-verification.google.com" }, { 10, "mx.example.is" } }, OTHER, "mx.example.is", NULL },
  { "an unknown host", { { 10, "mail.example.is" } }, OTHER, "mail.example.is", NULL },
  { "a filter", { { 10, "mx1.example.iphmx.com" } }, UNKNOWN, "mx1.example.iphmx.com", "Cisco Secure Email" },
  { "a filter with Google behind",
    { { 10, "eu-smtp-inbound-1.mimecast.com" }, { 20, "aspmx.l.google.com" } },
    UNKNOWN, "eu-smtp-inbound-1.mimecast.com", "Mimecast" },
  { "Google with a filter behind",
    { { 20, "mx1.pphosted.com" }, { 10, "aspmx.l.google.com" } }, WORKSPACE, "aspmx.l.google.com", NULL },
  { "Google and a filter alike",
    { { 10, "mx1.pphosted.com" }, { 10, "aspmx.l.google.com" } }, WORKSPACE, "aspmx.l.google.com", NULL },
  { "Google and a keeper alike",
    { { 10, "in1-smtp.messagingengine.com" }, { 10, "aspmx.l.google.com" } }, UNKNOWN, "aspmx.l.google.com", NULL },
  { "a keeper with Google left over",
    { { 0, "example-is.mail.protection.outlook.com" }, { 10, "aspmx.l.google.com" } },
    OTHER, "example-is.mail.protection.outlook.com", "Microsoft 365" },
  { "Google with a keeper left over",
    { { 1, "smtp.google.com" }, { 10, "mx.zoho.eu" } }, WORKSPACE, "smtp.google.com", NULL },
  { "an unknown host with Google behind",
    { { 5, "mail.example.is" }, { 10, "aspmx.l.google.com" } }, UNKNOWN, "mail.example.is", NULL },
  { "an unknown host and a filter alike",
    { { 5, "a.example.is" }, { 5, "mx.mailchannels.net" } }, UNKNOWN, "mx.mailchannels.net", "MailChannels" },
  { "equal ones, by name", { { 5, "b.example.is" }, { 5, "a.example.is" } }, OTHER, "a.example.is", NULL },
  { "the greatest preference", { { 65535, "smtp.google.com" } }, WORKSPACE, "smtp.google.com", NULL },
  { "null MX", { { 0, "." } }, OTHER, NULL, NULL },
  { "null MX, as the library may give it", { { 0, "" } }, OTHER, NULL, NULL },
  { "null MX beside another, against the rule", { { 0, "." }, { 10, "smtp.google.com" } }, WORKSPACE, "smtp.google.com", NULL },
  { "an escape sequence", { { 0, "\x1b]52;c;eA==\x07.example.is" } }, UNKNOWN, NULL, NULL },
  { "a line feed", { { 0, "a\nb.example.is" } }, UNKNOWN, NULL, NULL },
  { "a space", { { 0, "a b.example.is" } }, UNKNOWN, NULL, NULL },
  { "markup", { { 0, "<b>.example.is" } }, UNKNOWN, NULL, NULL },
  { "letters beyond ASCII", { { 0, "þjóðin.is" } }, UNKNOWN, NULL, NULL },
  { "an empty label", { { 0, "a..example.is" } }, UNKNOWN, NULL, NULL },
  { "a dot first", { { 0, ".smtp.google.com" } }, UNKNOWN, NULL, NULL },
  { "two dots", { { 0, ".." } }, UNKNOWN, NULL, NULL },
  { "nonsense before Google", { { 0, "\x1b[2J" }, { 1, "smtp.google.com" } }, WORKSPACE, "smtp.google.com", NULL },
};

/* One host for each firm that is told by its name, and what is not quite one. */
static const struct
{
  const char *host;
  BaruaHostKind kind;
  const char *keeper;
} FIRMS[] = {
  { "us-smtp-inbound-1.mimecast.com", UNKNOWN, "Mimecast" },
  { "za-smtp-inbound-1.mimecast.co.za", UNKNOWN, "Mimecast" },
  { "mx0a-00123401.pphosted.com", UNKNOWN, "Proofpoint" },
  { "mx1-us1.ppe-hosted.com", UNKNOWN, "Proofpoint" },
  { "d12345.ess.barracudanetworks.com", UNKNOWN, "Barracuda" },
  { "mx1.hc1234-56.eu.iphmx.com", UNKNOWN, "Cisco Secure Email" },
  { "mx-01-eu-west-1.prod.hydra.sophos.com", UNKNOWN, "Sophos" },
  { "example.in.tmes.trendmicro.eu", UNKNOWN, "Trend Micro" },
  { "cluster1.eu.messagelabs.com", UNKNOWN, "Symantec Email Security" },
  { "mx01.hornetsecurity.com", UNKNOWN, "Hornetsecurity" },
  { "mx23a.antispameurope.com", UNKNOWN, "Hornetsecurity" },
  { "mx.antispamcloud.com", UNKNOWN, "SpamExperts" },
  { "mx1.mailchannels.net", UNKNOWN, "MailChannels" },
  { "gw1.fortimailcloud.com", UNKNOWN, "FortiMail Cloud" },
  { "route1.mx.cloudflare.net", UNKNOWN, "Cloudflare Email Routing" },
  { "mailstream-east.mxrecord.io", UNKNOWN, "Cloudflare Email Security" },
  { "mx1.spamhero.com", UNKNOWN, "SpamHero" },
  { "cust1-1.in.mailcontrol.com", UNKNOWN, "Forcepoint" },
  { "primary.us.email.fireeyecloud.com", UNKNOWN, "Trellix" },
  { "server1.arsmtp.com", UNKNOWN, "Zix" },
  { "eforward1.registrar-servers.com", UNKNOWN, "Namecheap Email Forwarding" },
  { "example-is.mail.protection.outlook.com", OTHER, "Microsoft 365" },
  { "example-is.o-v1.mx.microsoft", OTHER, "Microsoft 365" },
  { "mx.zoho.com", OTHER, "Zoho Mail" },
  { "in1-smtp.messagingengine.com", OTHER, "Fastmail" },
  { "mail.protonmail.ch", OTHER, "Proton Mail" },
  { "mx01.mail.icloud.com", OTHER, "iCloud Mail" },
  { "mta5.am0.yahoodns.net", OTHER, "Yahoo Mail" },
  { "mx.yandex.net", OTHER, "Yandex" },
  { "mx00.gmx.net", OTHER, "GMX" },
  { "mx-ha02.web.de", OTHER, "WEB.DE" },
  { "aspmx1.migadu.com", OTHER, "Migadu" },
  { "mx1.mail.ovh.net", OTHER, "OVHcloud" },
  { "spool.mail.gandi.net", OTHER, "Gandi" },
  { "mta-gw.infomaniak.ch", OTHER, "Infomaniak" },
  { "mx1.privateemail.com", OTHER, "Namecheap Private Email" },
  { "mx1.emailsrvr.com", OTHER, "Rackspace" },
  { "mx1.hostinger.com", OTHER, "Hostinger" },
  { "mx00.ionos.de", OTHER, "IONOS" },
  { "mx00.kundenserver.de", OTHER, "IONOS" },
  { "mx1.titan.email", OTHER, "Titan" },
  { "mailstore1.secureserver.net", OTHER, "GoDaddy" },
  { "mxext1.mailbox.org", OTHER, "mailbox.org" },
  { "mail.tutanota.de", OTHER, "Tuta Mail" },
  { "mx1.1984.is", OTHER, "1984" },
  { "mx.simnet.is", OTHER, "Síminn" },
  { "mx.notmimecast.com", OTHER, NULL },
  { "pphosted.com.example.is", OTHER, NULL },
  { "mx.gmx.net.example.is", OTHER, NULL },
  { "mx.microsoft.example.is", OTHER, NULL },
  { "host.cloudflare.net", OTHER, NULL },
};
/* clang-format on */

static GList *
add (GList *records, guint16 preference, const char *host)
{
  return g_list_append (records,
                        g_variant_ref_sink (g_variant_new ("(qs)", preference, host)));
}

static void
free_records (GList *records)
{
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaMxAnswer) answer = NULL;
      GList *records = NULL;

      for (gsize n = 0; n < RECORDS_PER_ROW && ROWS[i].records[n].host != NULL; n++)
        records = add (records, ROWS[i].records[n].preference, ROWS[i].records[n].host);
      g_test_message ("%s", ROWS[i].what);
      answer = barua_mx_judge (records);
      g_assert_cmpint (answer->kind, ==, ROWS[i].kind);
      g_assert_cmpstr (answer->host, ==, ROWS[i].host);
      g_assert_cmpstr (answer->keeper, ==, ROWS[i].keeper);
      free_records (records);
    }
}

static void
test_firms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FIRMS); i++)
    {
      GList *records = add (NULL, 10, FIRMS[i].host);
      g_autoptr (BaruaMxAnswer) answer = barua_mx_judge (records);

      g_test_message ("%s", FIRMS[i].host);
      g_assert_cmpint (answer->kind, ==, FIRMS[i].kind);
      g_assert_cmpstr (answer->host, ==, FIRMS[i].host);
      g_assert_cmpstr (answer->keeper, ==, FIRMS[i].keeper);
      free_records (records);
    }
}

static void
test_nothing (void)
{
  g_autoptr (BaruaMxAnswer) answer = barua_mx_judge (NULL);

  g_assert_cmpint (answer->kind, ==, BARUA_HOST_UNKNOWN);
  g_assert_null (answer->host);
}

static void
test_other_types (void)
{
  static const char *const texts[] = {
    "'x'",       "(1, 'smtp.google.com')", "('x', 'y')",      "(uint16 1,)",
    "@a(qs) []", "(uint16 1, 'a', 'b')",   "(uint16 1, b'a')"
  };
  g_autoptr (BaruaMxAnswer) answer = NULL;
  GList *records = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    records =
      g_list_append (records, g_variant_ref_sink (g_variant_new_parsed (texts[i], NULL)));
  answer = barua_mx_judge (records);
  g_assert_cmpint (answer->kind, ==, BARUA_HOST_UNKNOWN);
  g_assert_null (answer->host);
  free_records (records);
}

static void
test_bounds (void)
{
  g_autofree char *endless = g_strnfill (1024 * 1024, 'a');
  g_autofree char *longest = g_strnfill (253, 'a');
  g_autofree char *over = g_strnfill (254, 'a');
  g_autoptr (BaruaMxAnswer) first = NULL;
  g_autoptr (BaruaMxAnswer) second = NULL;
  g_autoptr (BaruaMxAnswer) third = NULL;
  GList *records = add (NULL, 1, endless);

  records = add (records, 2, over);
  first = barua_mx_judge (records);
  g_assert_null (first->host);
  records = add (records, 3, longest);
  second = barua_mx_judge (records);
  g_assert_cmpstr (second->host, ==, longest);
  for (guint i = 0; i < 100; i++)
    records = g_list_prepend (
      records, g_variant_ref_sink (g_variant_new ("(qs)", 4, "mx.example.is")));
  third = barua_mx_judge (records);
  g_assert_cmpstr (third->host, ==, "mx.example.is");
  free_records (records);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discover/mx/rows", test_rows);
  g_test_add_func ("/discover/mx/firms", test_firms);
  g_test_add_func ("/discover/mx/nothing", test_nothing);
  g_test_add_func ("/discover/mx/other-types", test_other_types);
  g_test_add_func ("/discover/mx/bounds", test_bounds);
  return g_test_run ();
}
