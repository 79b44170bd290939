#include "config.h"

#include "probe/key-purpose.h"

#include "support/certificates.h"

#define ROUNDS 20000

static TestCertificates *certificates;

static GByteArray *
dup_der (const char *name)
{
  g_autoptr (GTlsCertificate) certificate = test_certificates_load (certificates, name);
  GByteArray *der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return der;
}

static void
test_reads_certificates (void)
{
  const struct
  {
    const char *name;
    gboolean is_server;
  } rows[] = {
    { "good", TRUE },
    { "wildcard", TRUE },
    /* Without any word about it. */
    { "cn-only", TRUE },
    { "self-signed", TRUE },
    { "client-only", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) der = dup_der (rows[i].name);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (barua_key_purpose_is_server (der->data, der->len), ==,
                       rows[i].is_server);
    }
}

/* A certificate in the rough: a body that holds nothing but extensions. */
static void
test_reads_purposes (void)
{
#define CERTIFICATE(n) 0x30, 4 + n, 0x30, 2 + n, 0xa3, n
#define USAGE(n) 0x30, 2 + 5 + 4 + n, 0x30, 5 + 4 + n, 0x06, 3, 0x55, 0x1d, 0x25
  const struct
  {
    const char *description;
    gsize length;
    guint8 bytes[48];
    gboolean is_server;
  } rows[] = {
    { "nothing", 0, { 0 }, FALSE },
    { "an empty certificate", 4, { 0x30, 2, 0x30, 0 }, TRUE },
    { "no certificate", 4, { 0x31, 2, 0x30, 0 }, FALSE },
    { "a body cut short", 4, { 0x30, 2, 0x30, 1 }, FALSE },
    { "an indefinite length", 4, { 0x30, 0x80, 0x30, 0 }, FALSE },
    { "an enormous length", 6, { 0x30, 0x84, 0xff, 0xff, 0xff, 0xff }, FALSE },
    { "a long form of a short length", 5, { 0x30, 0x81, 2, 0x30, 0 }, TRUE },
    { "no extension", 8, { CERTIFICATE (2), 0x30, 0 }, TRUE },
    { "another extension",
      17,
      { CERTIFICATE (11), 0x30, 9, 0x30, 7, 0x06, 3, 0x55, 0x1d, 0x13, 0x04, 0 },
      TRUE },
    { "no purpose", 19, { CERTIFICATE (13), USAGE (0), 0x04, 2, 0x30, 0 }, FALSE },
    { "any purpose",
      25,
      { CERTIFICATE (19), USAGE (6), 0x04, 8, 0x30, 6, 0x06, 4, 0x55, 0x1d, 0x25, 0x00 },
      TRUE },
    { "for clients",
      29,
      { CERTIFICATE (23), USAGE (10), 0x04, 12, 0x30, 10, 0x06, 8, 0x2b, 0x06, 0x01, 0x05,
        0x05, 0x07, 0x03, 0x02 },
      FALSE },
    { "for servers",
      29,
      { CERTIFICATE (23), USAGE (10), 0x04, 12, 0x30, 10, 0x06, 8, 0x2b, 0x06, 0x01, 0x05,
        0x05, 0x07, 0x03, 0x01 },
      TRUE },
    { "a purpose cut short",
      29,
      { CERTIFICATE (23), USAGE (10), 0x04, 12, 0x30, 10, 0x06, 9, 0x2b, 0x06, 0x01, 0x05,
        0x05, 0x07, 0x03, 0x01 },
      FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* On the heap, so that reading too far is found out. */
      g_autofree guint8 *copy = g_memdup2 (rows[i].bytes, rows[i].length);

      g_test_message ("%s", rows[i].description);
      g_assert_cmpint (barua_key_purpose_is_server (copy, rows[i].length), ==,
                       rows[i].is_server);
    }
}

static void
test_takes_no_part_for_the_whole (void)
{
  g_autoptr (GByteArray) der = dup_der ("good");

  for (gsize length = 0; length < der->len; length++)
    {
      g_autofree guint8 *part = g_memdup2 (der->data, length);

      g_assert_false (barua_key_purpose_is_server (part, length));
    }
}

/* Nothing is asserted about what it says: it must come to an end within its bytes. */
static void
test_survives_garbage (void)
{
  g_autoptr (GByteArray) der = dup_der ("client-only");
  guint said_yes = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree guint8 *copy = g_memdup2 (der->data, der->len);

      for (guint i = 0; i < 4; i++)
        copy[g_test_rand_int_range (0, (int) der->len)] =
          (guint8) g_test_rand_int_range (0, 256);
      said_yes += barua_key_purpose_is_server (copy, der->len) ? 1 : 0;
    }
  g_assert_cmpuint (said_yes, <, ROUNDS);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  g_test_add_func ("/probe/key-purpose/certificates", test_reads_certificates);
  g_test_add_func ("/probe/key-purpose/purposes", test_reads_purposes);
  g_test_add_func ("/probe/key-purpose/parts", test_takes_no_part_for_the_whole);
  g_test_add_func ("/probe/key-purpose/garbage", test_survives_garbage);
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
