#include "config.h"

#include "probe/key-purpose.h"

#include <string.h>

/* X.690, 8.1.2: the tags that are met on the way. */
#define TAG_OCTETS 0x04
#define TAG_OID 0x06
#define TAG_SEQUENCE 0x30
#define TAG_EXTENSIONS 0xa3

/* 2.5.29.37, 2.5.29.37.0 and 1.3.6.1.5.5.7.3.1. */
static const guint8 EXTENDED_USAGE[] = { 0x55, 0x1d, 0x25 };
static const guint8 ANY_PURPOSE[] = { 0x55, 0x1d, 0x25, 0x00 };
static const guint8 SERVER_PURPOSE[] = { 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01 };

/* Bytes not yet read. */
typedef struct
{
  const guint8 *bytes;
  gsize length;
} Span;

/* Takes one element off @from (X.690, 8.1). Returns whether there was a whole one. */
static gboolean
take (Span *from, guint8 *tag, Span *content)
{
  gsize head = 2;
  gsize length = 0;

  if (from->length < head)
    return FALSE;
  length = from->bytes[1];
  if (length >= 0x80)
    {
      gsize digits = length & 0x7f;

      /* DER knows no indefinite length, and no certificate needs four bytes for one. */
      if (digits == 0 || digits > 3 || from->length < head + digits)
        return FALSE;
      length = 0;
      for (gsize i = 0; i < digits; i++)
        length = length << 8 | from->bytes[head + i];
      head += digits;
    }
  if (from->length - head < length)
    return FALSE;
  *tag = from->bytes[0];
  *content = (Span){ from->bytes + head, length };
  from->bytes += head + length;
  from->length -= head + length;
  return TRUE;
}

/* Takes elements off @from up to one with @tag. */
static gboolean
find (Span *from, guint8 tag, Span *content)
{
  guint8 seen = 0;

  while (take (from, &seen, content))
    if (seen == tag)
      return TRUE;
  return FALSE;
}

static gboolean
is_same (const Span *span, const guint8 *bytes, gsize length)
{
  return span->length == length && memcmp (span->bytes, bytes, length) == 0;
}

static gboolean
names_server (Span octets)
{
  Span purposes = { 0 };
  Span purpose = { 0 };

  if (!find (&octets, TAG_SEQUENCE, &purposes))
    return FALSE;
  while (find (&purposes, TAG_OID, &purpose))
    if (is_same (&purpose, SERVER_PURPOSE, sizeof SERVER_PURPOSE) ||
        is_same (&purpose, ANY_PURPOSE, sizeof ANY_PURPOSE))
      return TRUE;
  return FALSE;
}

gboolean
barua_key_purpose_is_server (const guint8 *der, gsize length)
{
  Span whole = { der, length };
  Span certificate = { 0 };
  Span body = { 0 };
  Span wrapper = { 0 };
  Span extensions = { 0 };
  Span extension = { 0 };

  if (!find (&whole, TAG_SEQUENCE, &certificate) ||
      !find (&certificate, TAG_SEQUENCE, &body))
    return FALSE;
  if (!find (&body, TAG_EXTENSIONS, &wrapper))
    return body.length == 0;
  if (!find (&wrapper, TAG_SEQUENCE, &extensions))
    return FALSE;
  while (find (&extensions, TAG_SEQUENCE, &extension))
    {
      Span id = { 0 };
      Span octets = { 0 };

      if (!find (&extension, TAG_OID, &id))
        return FALSE;
      if (is_same (&id, EXTENDED_USAGE, sizeof EXTENDED_USAGE))
        return find (&extension, TAG_OCTETS, &octets) && names_server (octets);
    }
  return extensions.length == 0;
}
