#include "config.h"

#include "support/cipher.h"

#include <gcrypt.h>
#include <string.h>

#define KEY_SIZE 16
#define PRIME_SIZE 128

struct _TestCipher
{
  guint8 key[KEY_SIZE];
};

/* RFC 2409, 6.2: the second Oakley group, whose generator is 2. */
static const char PRIME[] = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD1"
                            "29024E088A67CC74020BBEA63B139B22514A08798E3404DD"
                            "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245"
                            "E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                            "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381"
                            "FFFFFFFFFFFFFFFF";

static void
hmac (const guint8 *key, gsize n_key, const guint8 *data, gsize n_data, guint8 out[32])
{
  g_autoptr (GHmac) mac = g_hmac_new (G_CHECKSUM_SHA256, key, n_key);
  gsize length = 32;

  g_hmac_update (mac, data, (gssize) n_data);
  g_hmac_get_digest (mac, out, &length);
}

/* RFC 5869 with no salt, no info, and one round. */
static void
derive (TestCipher *self, const guint8 *shared)
{
  const guint8 salt[32] = { 0 };
  const guint8 counter = 1;
  guint8 pseudorandom[32];
  guint8 output[32];

  hmac (salt, sizeof salt, shared, PRIME_SIZE, pseudorandom);
  hmac (pseudorandom, sizeof pseudorandom, &counter, 1, output);
  memcpy (self->key, output, KEY_SIZE);
}

/* Big-endian, with leading zeros up to the size of the prime. */
static void
print_number (gcry_mpi_t number, guint8 out[PRIME_SIZE])
{
  gsize length = 0;

  g_assert_cmpint (gcry_mpi_print (GCRYMPI_FMT_USG, out, PRIME_SIZE, &length, number), ==,
                   0);
  memmove (out + PRIME_SIZE - length, out, length);
  memset (out, 0, PRIME_SIZE - length);
}

TestCipher *
test_cipher_new (GVariant *peer, GVariant **public)
{
  TestCipher *self = g_new0 (TestCipher, 1);
  gcry_mpi_t prime = NULL;
  gcry_mpi_t theirs = NULL;
  gcry_mpi_t secret = gcry_mpi_new (1024);
  gcry_mpi_t result = gcry_mpi_new (1024);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (peer);
  guint8 number[PRIME_SIZE];

  g_assert_nonnull (gcry_check_version (NULL));
  gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
  gcry_mpi_scan (&prime, GCRYMPI_FMT_HEX, PRIME, 0, NULL);
  gcry_mpi_scan (&theirs, GCRYMPI_FMT_USG, g_bytes_get_data (bytes, NULL),
                 g_bytes_get_size (bytes), NULL);
  gcry_mpi_randomize (secret, 256, GCRY_WEAK_RANDOM);

  gcry_mpi_powm (result, theirs, secret, prime);
  print_number (result, number);
  derive (self, number);

  gcry_mpi_set_ui (theirs, 2);
  gcry_mpi_powm (result, theirs, secret, prime);
  print_number (result, number);
  *public = g_variant_ref_sink (
    g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, number, PRIME_SIZE, 1));
  gcry_mpi_release (prime);
  gcry_mpi_release (theirs);
  gcry_mpi_release (secret);
  gcry_mpi_release (result);
  return self;
}

void
test_cipher_free (TestCipher *self)
{
  g_free (self);
}

static gcry_cipher_hd_t
open_cipher (TestCipher *self, const guint8 *initial)
{
  gcry_cipher_hd_t handle = NULL;

  g_assert_cmpint (
    gcry_cipher_open (&handle, GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CBC, 0), ==, 0);
  gcry_cipher_setkey (handle, self->key, KEY_SIZE);
  gcry_cipher_setiv (handle, initial, KEY_SIZE);
  return handle;
}

GVariant *
test_cipher_encrypt (TestCipher *self, const char *session, const char *secret)
{
  gsize length = strlen (secret);
  gsize padded = self != NULL ? (length / KEY_SIZE + 1) * KEY_SIZE : length;
  g_autofree guint8 *bytes = g_malloc (padded + 1);
  guint8 initial[KEY_SIZE] = { 0 };

  memcpy (bytes, secret, length);
  memset (bytes + length, (int) (padded - length), padded - length);
  if (self != NULL)
    {
      gcry_cipher_hd_t handle = NULL;

      gcry_create_nonce (initial, sizeof initial);
      handle = open_cipher (self, initial);
      gcry_cipher_encrypt (handle, bytes, padded, NULL, 0);
      gcry_cipher_close (handle);
    }
  return g_variant_new ("(o@ay@ays)", session,
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, initial,
                                                   self != NULL ? KEY_SIZE : 0, 1),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, padded, 1),
                        "text/plain");
}

char *
test_cipher_decrypt (TestCipher *self, GVariant *secret)
{
  g_autoptr (GVariant) parameters = g_variant_get_child_value (secret, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  g_autoptr (GBytes) initial = g_variant_get_data_as_bytes (parameters);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (value);
  gsize length = g_bytes_get_size (bytes);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), length);
  gcry_cipher_hd_t handle = NULL;

  if (self == NULL)
    return g_steal_pointer (&text);
  memcpy (text, g_bytes_get_data (bytes, NULL), length);
  g_assert_cmpuint (g_bytes_get_size (initial), ==, KEY_SIZE);
  handle = open_cipher (self, g_bytes_get_data (initial, NULL));
  g_assert_cmpint (gcry_cipher_decrypt (handle, text, length, NULL, 0), ==, 0);
  gcry_cipher_close (handle);
  g_assert_cmpint (text[length - 1], >, 0);
  g_assert_cmpint (text[length - 1], <=, KEY_SIZE);
  text[length - (gsize) text[length - 1]] = '\0';
  return g_steal_pointer (&text);
}
