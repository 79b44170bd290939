#include "config.h"

#include "export/thunderbird-nss.h"

#include <nss.h>
#include <pk11pub.h>
#include <pk11sdr.h>
#include <secitem.h>
#include <string.h>

#define BLOCK 16
#define PLAIN_MAX 4096

/* ASN.1, X.690. */
#define TAG_SEQUENCE 0x30
#define TAG_OCTETS 0x04
#define TAG_OBJECT 0x06

/* 2.16.840.1.101.3.4.1.42, aes256-CBC-PAD. */
static const guint8 AES_256_CBC[] = {
  0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a
};

/* The name under which NSS keeps the key for passwords. */
static const guint8 KEY_ID[] = { 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };

struct _BaruaNss
{
  NSSInitContext *context;
  PK11SlotInfo *slot;
};

BaruaNss *
barua_nss_open (const char *folder)
{
  g_autofree char *where = g_strconcat ("sql:", folder, NULL);
  BaruaNss *self = g_new0 (BaruaNss, 1);

  self->context =
    NSS_InitContext (where, "", "", "", NULL, NSS_INIT_NOMODDB | NSS_INIT_NOROOTINIT);
  self->slot = self->context != NULL ? PK11_GetInternalKeySlot () : NULL;
  if (self->slot != NULL)
    return self;
  barua_nss_close (self);
  return NULL;
}

void
barua_nss_close (BaruaNss *self)
{
  g_return_if_fail (self != NULL);

  if (self->slot != NULL)
    PK11_FreeSlot (self->slot);
  if (self->context != NULL)
    NSS_ShutdownContext (self->context);
  g_free (self);
}

gboolean
barua_nss_unlock (BaruaNss *self)
{
  if (PK11_NeedUserInit (self->slot))
    return PK11_InitPin (self->slot, NULL, "") == SECSuccess;
  return !PK11_NeedLogin (self->slot) ||
         PK11_CheckUserPassword (self->slot, "") == SECSuccess;
}

static PK11SymKey *
find_aes_key (const BaruaNss *self)
{
  SECItem id = { siBuffer, (guint8 *) KEY_ID, sizeof KEY_ID };
  SECItem kind = { siBuffer, NULL, 0 };
  CK_KEY_TYPE type = CKK_DES3;
  PK11SymKey *key = PK11_FindFixedKey (self->slot, CKM_AES_CBC, &id, NULL);

  if (key == NULL)
    return NULL;
  if (PK11_ReadRawAttribute (PK11_TypeSymKey, key, CKA_KEY_TYPE, &kind) == SECSuccess)
    {
      if (kind.len == sizeof type)
        memcpy (&type, kind.data, sizeof type);
      SECITEM_FreeItem (&kind, PR_FALSE);
    }
  if (type == CKK_AES)
    return key;
  PK11_FreeSymKey (key);
  return NULL;
}

static void
append_der (GByteArray *out, guint8 tag, const guint8 *bytes, gsize length)
{
  const guint8 head[] = { tag, 0x82, (guint8) (length >> 8), (guint8) length };

  if (length < 0x80)
    g_byte_array_append (out, (const guint8[]){ tag, (guint8) length }, 2);
  else if (length < 0x100)
    g_byte_array_append (out, (const guint8[]){ tag, 0x81, (guint8) length }, 3);
  else
    g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, bytes, (guint) length);
}

/* SEQUENCE { OCTET STRING key, SEQUENCE { OBJECT way, OCTET STRING iv }, OCTET STRING }.
 */
static char *
wrap_up (const guint8 *iv, const guint8 *bytes, gsize length)
{
  g_autoptr (GByteArray) way = g_byte_array_new ();
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) whole = g_byte_array_new ();

  append_der (way, TAG_OBJECT, AES_256_CBC, sizeof AES_256_CBC);
  append_der (way, TAG_OCTETS, iv, BLOCK);
  append_der (inner, TAG_OCTETS, KEY_ID, sizeof KEY_ID);
  append_der (inner, TAG_SEQUENCE, way->data, way->len);
  append_der (inner, TAG_OCTETS, bytes, length);
  append_der (whole, TAG_SEQUENCE, inner->data, inner->len);
  return g_base64_encode (whole->data, whole->len);
}

/* The library of Debian 12 does not work with such a key by itself. */
static char *
encrypt_with_aes (PK11SymKey *key, BaruaSecret *secret)
{
  gsize length = barua_secret_get_length (secret);
  guint8 padding = (guint8) (BLOCK - length % BLOCK);
  guint8 plain[PLAIN_MAX + BLOCK] = { 0 };
  guint8 out[PLAIN_MAX + BLOCK] = { 0 };
  guint8 iv[BLOCK] = { 0 };
  SECItem parameter = { siBuffer, iv, sizeof iv };
  unsigned int written = 0;
  SECStatus done = SECFailure;

  if (length > PLAIN_MAX || PK11_GenerateRandom (iv, sizeof iv) != SECSuccess)
    return NULL;
  memcpy (plain, barua_secret_peek (secret), length);
  memset (plain + length, padding, padding);
  done = PK11_Encrypt (key, CKM_AES_CBC, &parameter, out, &written, sizeof out, plain,
                       (unsigned int) (length + padding));
  explicit_bzero (plain, sizeof plain);
  return done == SECSuccess ? wrap_up (iv, out, written) : NULL;
}

char *
barua_nss_encrypt (const BaruaNss *self, BaruaSecret *secret)
{
  SECItem id = { siBuffer, NULL, 0 };
  SECItem plain = { siBuffer, (guint8 *) barua_secret_peek (secret),
                    (unsigned int) barua_secret_get_length (secret) };
  SECItem out = { siBuffer, NULL, 0 };
  PK11SymKey *key = find_aes_key (self);
  char *text = NULL;

  if (key != NULL)
    {
      text = encrypt_with_aes (key, secret);
      PK11_FreeSymKey (key);
      return text;
    }
  if (PK11SDR_Encrypt (&id, &plain, &out, NULL) != SECSuccess)
    return NULL;
  text = g_base64_encode (out.data, out.len);
  SECITEM_ZfreeItem (&out, PR_FALSE);
  return text;
}

/* Takes one value with that tag from the beginning of @rest. */
static gboolean
take_der (SECItem *rest, guint8 tag, SECItem *value)
{
  gsize length = 0;
  guint head = 2;

  if (rest->len < 2 || rest->data[0] != tag)
    return FALSE;
  length = rest->data[1];
  if (length >= 0x80)
    {
      head += (guint) length & 0x7f;
      if (head < 3 || head > 4 || rest->len < head)
        return FALSE;
      length = rest->data[2];
      if (head == 4)
        length = length << 8 | rest->data[3];
    }
  if (length > rest->len - head)
    return FALSE;
  value->data = rest->data + head;
  value->len = (unsigned int) length;
  rest->data += head + length;
  rest->len -= (unsigned int) (head + length);
  return TRUE;
}

static gboolean
unwrap (SECItem whole, SECItem *iv, SECItem *bytes)
{
  SECItem inner = { 0 };
  SECItem id = { 0 };
  SECItem way = { 0 };
  SECItem object = { 0 };

  return take_der (&whole, TAG_SEQUENCE, &inner) && whole.len == 0 &&
         take_der (&inner, TAG_OCTETS, &id) && take_der (&inner, TAG_SEQUENCE, &way) &&
         take_der (&inner, TAG_OCTETS, bytes) && inner.len == 0 &&
         take_der (&way, TAG_OBJECT, &object) && take_der (&way, TAG_OCTETS, iv) &&
         way.len == 0 && object.len == sizeof AES_256_CBC &&
         memcmp (object.data, AES_256_CBC, sizeof AES_256_CBC) == 0 && iv->len == BLOCK &&
         bytes->len > 0 && bytes->len % BLOCK == 0 && bytes->len <= PLAIN_MAX + BLOCK;
}

static BaruaSecret *
decrypt_with_aes (const BaruaNss *self, const SECItem *in)
{
  PK11SymKey *key = find_aes_key (self);
  guint8 plain[PLAIN_MAX + BLOCK] = { 0 };
  unsigned int length = 0;
  SECItem iv = { 0 };
  SECItem bytes = { 0 };
  BaruaSecret *secret = NULL;

  if (key == NULL)
    return NULL;
  if (unwrap (*in, &iv, &bytes) &&
      PK11_Decrypt (key, CKM_AES_CBC, &iv, plain, &length, sizeof plain, bytes.data,
                    bytes.len) == SECSuccess &&
      length >= BLOCK && plain[length - 1] >= 1 && plain[length - 1] <= BLOCK)
    secret =
      barua_secret_new ((const char *) plain, (gssize) (length - plain[length - 1]));
  explicit_bzero (plain, sizeof plain);
  PK11_FreeSymKey (key);
  return secret;
}

BaruaSecret *
barua_nss_decrypt (const BaruaNss *self, const char *base64)
{
  SECItem in = { siBuffer, NULL, 0 };
  SECItem out = { siBuffer, NULL, 0 };
  g_autofree guint8 *bytes = NULL;
  gsize length = 0;
  BaruaSecret *secret = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (base64 == NULL)
    return NULL;
  bytes = g_base64_decode (base64, &length);
  if (length == 0 || length > G_MAXINT32)
    return NULL;
  in.data = bytes;
  in.len = (unsigned int) length;
  if (PK11SDR_Decrypt (&in, &out, NULL) != SECSuccess)
    return decrypt_with_aes (self, &in);
  secret = barua_secret_new ((const char *) out.data, (gssize) out.len);
  SECITEM_ZfreeItem (&out, PR_FALSE);
  return secret;
}
