#include "config.h"

#include "oauth/pkce.h"

#include <string.h>
#include <sys/random.h>

#define RANDOM_MAX 96

static char *
base64url (const guchar *bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

char *
barua_pkce_random (gsize n_bytes)
{
  guchar bytes[RANDOM_MAX] = { 0 };
  char *text = NULL;

  g_return_val_if_fail (n_bytes > 0 && n_bytes <= RANDOM_MAX, NULL);

  /* Up to 256 bytes come whole and are never interrupted: getrandom(2). */
  if (getrandom (bytes, n_bytes, 0) != (gssize) n_bytes)
    return NULL;
  text = base64url (bytes, n_bytes);
  explicit_bzero (bytes, sizeof bytes);
  return text;
}

char *
barua_pkce_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar digest[32] = { 0 };
  gsize length = sizeof digest;

  g_return_val_if_fail (verifier != NULL, NULL);

  g_checksum_update (checksum, (const guchar *) verifier, (gssize) strlen (verifier));
  g_checksum_get_digest (checksum, digest, &length);
  return base64url (digest, length);
}
