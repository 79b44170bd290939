#include "config.h"

#include "probe/tls-facts.h"

#include "support/certificates.h"

#include <string.h>

static TestCertificates *certificates;

static const struct
{
  const char *description;
  const char *name;
  const char *type;
  const char *part;
} PART_ROWS[] = {
  { "alone", "CN=smtp.gmail.com", "CN", "smtp.gmail.com" },
  { "not there", "CN=smtp.gmail.com", "O", NULL },
  { "empty name", "", "CN", NULL },
  { "empty value", "CN=,O=Google", "CN", "" },
  { "in the middle", "CN=WR2,O=Google Trust Services,C=US", "O",
    "Google Trust Services" },
  { "blanks behind the comma", "CN=WR2, O=Google Trust Services", "O",
    "Google Trust Services" },
  { "lower case", "cn=WR2,o=Google", "O", "Google" },
  { "the first counts", "CN=one,CN=two", "CN", "one" },
  { "a type that ends alike", "XCN=no,CN=yes", "CN", "yes" },
  { "a type that begins alike", "CNX=no,CN=yes", "CN", "yes" },
  { "several values", "OU=scanning+CN=Avast Root,O=Avast", "CN", "Avast Root" },
  { "an escaped comma", "O=Contoso\\, Ltd,CN=x", "O", "Contoso, Ltd" },
  { "an escaped backslash before a comma", "O=a\\\\,CN=x", "O", "a\\" },
  { "hexadecimal UTF-8", "O=\\C3\\9Ej\\C3\\B3\\C3\\B0", "O", "Þjóð" },
  { "half a hexadecimal pair", "O=a\\C", "O", "aC" },
  { "a backslash at the end", "O=a\\", "O", "a\\" },
  { "quoted", "O=\"Contoso, Ltd\",CN=x", "O", "Contoso, Ltd" },
  { "an open quotation", "O=\"Contoso, Ltd", "O", "Contoso, Ltd" },
  { "a name within a value", "O=CN\\=evil,CN=good", "CN", "good" },
  { "a name within a quoted value", "O=\",CN=evil\",CN=good", "CN", "good" },
  { "control characters", "O=\\1B[31mred\\0Atwo", "O", "\357\277\275[31mred two" },
  { "no UTF-8", "O=\\FFbad", "O", "\357\277\275bad" },
  { "no equals sign", "nonsense,CN", "CN", NULL },
};

static const struct
{
  const char *name;
  gsize length;
  const char *host;
  gboolean matches;
} MATCH_ROWS[] = {
  { "smtp.gmail.com", 0, "smtp.gmail.com", TRUE },
  { "SMTP.Gmail.COM", 0, "smtp.gmail.com", TRUE },
  { "*.gmail.com", 0, "smtp.gmail.com", TRUE },
  { "*.GMAIL.com", 0, "smtp.gmail.com", TRUE },
  { "imap.gmail.com", 0, "smtp.gmail.com", FALSE },
  { "gmail.com", 0, "smtp.gmail.com", FALSE },
  { "smtp.gmail.com.mail.example", 0, "smtp.gmail.com", FALSE },
  { "evilsmtp.gmail.com", 0, "smtp.gmail.com", FALSE },
  { "smtp.gmail.com", 0, "evilsmtp.gmail.com", FALSE },
  { "*", 0, "smtp.gmail.com", FALSE },
  { "*.com", 0, "smtp.gmail.com", FALSE },
  { "*.*.com", 0, "smtp.gmail.com", FALSE },
  { "s*.gmail.com", 0, "smtp.gmail.com", FALSE },
  { "*smtp.gmail.com", 0, "smtp.gmail.com", FALSE },
  { "smtp.*.com", 0, "smtp.gmail.com", FALSE },
  { "*.gmail.com", 0, "gmail.com", FALSE },
  { "*.gmail.com", 0, ".gmail.com", FALSE },
  { "*.smtp.gmail.com", 0, "smtp.gmail.com", FALSE },
  { "*.gmail.com", 0, "a.smtp.gmail.com", FALSE },
  { "*.", 0, "smtp", FALSE },
  { "", 0, "smtp.gmail.com", FALSE },
  { "smtp.gmail.com.", 0, "smtp.gmail.com", FALSE },
  { "smtp.gmail.com\0.evil.example", 28, "smtp.gmail.com", FALSE },
};

static void
test_parts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PART_ROWS); i++)
    {
      g_autofree char *part =
        barua_tls_name_dup_part (PART_ROWS[i].name, PART_ROWS[i].type);

      g_test_message ("%s", PART_ROWS[i].description);
      g_assert_cmpstr (part, ==, PART_ROWS[i].part);
    }
}

static void
test_long_parts (void)
{
  g_autofree char *filling = g_strnfill (100000, 'x');
  g_autofree char *name = g_strconcat ("O=", filling, NULL);
  g_autofree char *part = barua_tls_name_dup_part (name, "O");

  g_assert_cmpint (g_utf8_strlen (part, -1), <=, 121);
}

static void
test_matches (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (MATCH_ROWS); i++)
    {
      g_autoptr (GPtrArray) names =
        g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      gsize length =
        MATCH_ROWS[i].length > 0 ? MATCH_ROWS[i].length : strlen (MATCH_ROWS[i].name);

      g_test_message ("%s for %s", MATCH_ROWS[i].name, MATCH_ROWS[i].host);
      g_ptr_array_add (names, g_bytes_new_static ("other.example", 13));
      g_ptr_array_add (names, g_bytes_new_static (MATCH_ROWS[i].name, length));
      g_assert_cmpint (barua_tls_names_match (names, MATCH_ROWS[i].host), ==,
                       MATCH_ROWS[i].matches);
    }
  g_assert_false (barua_tls_names_match (NULL, "smtp.gmail.com"));
}

static BaruaCertificate *
read_certificate (const char *name)
{
  g_autoptr (GTlsCertificate) certificate = test_certificates_load (certificates, name);

  return barua_certificate_new (certificate);
}

static void
test_good (void)
{
  g_autoptr (BaruaCertificate) leaf = read_certificate ("good");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_assert_cmpstr (leaf->subject, ==, "CN=smtp.gmail.com");
  g_assert_cmpstr (leaf->subject_name, ==, "smtp.gmail.com");
  g_assert_cmpstr (leaf->issuer_name, ==, "Google Trust Services");
  g_assert_true (g_strv_contains ((const char *const *) leaf->names, "imap.gmail.com"));
  g_assert_cmpint (g_date_time_compare (leaf->not_before, now), <, 0);
  g_assert_cmpint (g_date_time_compare (leaf->not_after, now), >, 0);
  g_assert_cmpuint (strlen (leaf->sha256), ==, 64);
  g_assert_cmpuint (strspn (leaf->sha256, "0123456789abcdef"), ==, 64);
  g_assert_false (leaf->self_issued);
}

static void
test_others (void)
{
  g_autoptr (BaruaCertificate) alone = read_certificate ("self-signed");
  g_autoptr (BaruaCertificate) no_sni = read_certificate ("no-sni");
  g_autoptr (BaruaCertificate) nameless = read_certificate ("cn-only");
  g_autoptr (BaruaCertificate) antivirus = read_certificate ("antivirus");

  g_assert_true (alone->self_issued);
  g_assert_true (no_sni->self_issued);
  g_assert_cmpstr (no_sni->subject_name, ==, "invalid2.invalid");
  g_assert_cmpuint (g_strv_length (nameless->names), ==, 0);
  g_assert_cmpstr (antivirus->issuer_name, ==, "Avast");
}

static void
check_harmless (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_cmpint (g_unichar_type (g_utf8_get_char (p)), !=, G_UNICODE_FORMAT);
  g_assert_null (strpbrk (text, "\033\a\n\r"));
}

/* Names that would move the cursor, ring the bell or turn the line around. */
static void
test_evil_names (void)
{
  g_autoptr (BaruaCertificate) evil = read_certificate ("evil-names");

  g_assert_nonnull (strstr (evil->issuer_name, "Evil"));
  check_harmless (evil->issuer);
  check_harmless (evil->issuer_name);
  check_harmless (evil->subject);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  g_test_add_func ("/probe/tls-facts/parts", test_parts);
  g_test_add_func ("/probe/tls-facts/long-parts", test_long_parts);
  g_test_add_func ("/probe/tls-facts/matches", test_matches);
  g_test_add_func ("/probe/tls-facts/good", test_good);
  g_test_add_func ("/probe/tls-facts/others", test_others);
  g_test_add_func ("/probe/tls-facts/evil-names", test_evil_names);
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
