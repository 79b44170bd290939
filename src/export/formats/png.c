#include "config.h"

#include "export/formats/png.h"

#include <gio/gio.h>
#include <string.h>

#define CRC_POLYNOMIAL 0xedb88320u
#define CHUNK 16384

static const guint8 SIGNATURE[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

/* ISO/IEC 15948, annex D; slow and short, for pictures of a few kilobytes. */
static guint32
crc_of (const guint8 *bytes, gsize length)
{
  guint32 crc = G_MAXUINT32;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= bytes[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? (crc >> 1) ^ CRC_POLYNOMIAL : crc >> 1;
    }
  return crc ^ G_MAXUINT32;
}

static void
append_number (GByteArray *out, guint32 number)
{
  guint32 swapped = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *) &swapped, sizeof swapped);
}

static void
append_chunk (GByteArray *out, const char *type, const guint8 *bytes, gsize length)
{
  guint begin = 0;

  append_number (out, (guint32) length);
  begin = out->len;
  g_byte_array_append (out, (const guint8 *) type, 4);
  if (length > 0)
    g_byte_array_append (out, bytes, (guint) length);
  append_number (out, crc_of (out->data + begin, out->len - begin));
}

static GByteArray *
make_head (guint width)
{
  /* One bit a pixel, grey, the only ways of compressing and filtering, no interlace. */
  const guint8 rest[] = { 1, 0, 0, 0, 0 };
  GByteArray *head = g_byte_array_new ();

  append_number (head, width);
  append_number (head, width);
  g_byte_array_append (head, rest, sizeof rest);
  return head;
}

/* Each row begins with the number of its filter, none. */
static GByteArray *
make_rows (const guint8 *light, guint size, guint scale)
{
  guint width = size * scale;
  gsize row_length = 1 + (width + 7) / 8;
  GByteArray *rows = g_byte_array_new ();
  g_autofree guint8 *row = g_new0 (guint8, row_length);

  for (guint y = 0; y < size; y++)
    {
      memset (row, 0, row_length);
      for (guint x = 0; x < width; x++)
        if (light[y * size + x / scale] != 0)
          row[1 + x / 8] |= (guint8) (0x80 >> x % 8);
      for (guint copy = 0; copy < scale; copy++)
        g_byte_array_append (rows, row, (guint) row_length);
    }
  explicit_bzero (row, row_length);
  return rows;
}

static GByteArray *
compress (const GByteArray *rows)
{
  g_autoptr (GConverter) converter =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  GByteArray *out = g_byte_array_new ();
  g_autofree guint8 *part = g_new0 (guint8, CHUNK);
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize at = 0;

  while (result != G_CONVERTER_FINISHED && result != G_CONVERTER_ERROR)
    {
      gsize taken = 0;
      gsize given = 0;

      result =
        g_converter_convert (converter, rows->data + at, rows->len - at, part, CHUNK,
                             G_CONVERTER_INPUT_AT_END, &taken, &given, NULL);
      at += taken;
      g_byte_array_append (out, part, (guint) given);
    }
  explicit_bzero (part, CHUNK);
  return out;
}

GBytes *
barua_png_new (const guint8 *light, guint size, guint scale)
{
  GByteArray *out = NULL;
  g_autoptr (GByteArray) head = NULL;
  g_autoptr (GByteArray) rows = NULL;
  g_autoptr (GByteArray) data = NULL;

  g_return_val_if_fail (light != NULL && size > 0 && scale > 0, NULL);

  out = g_byte_array_new ();
  head = make_head (size * scale);
  rows = make_rows (light, size, scale);
  data = compress (rows);
  g_byte_array_append (out, SIGNATURE, sizeof SIGNATURE);
  append_chunk (out, "IHDR", head->data, head->len);
  append_chunk (out, "IDAT", data->data, data->len);
  append_chunk (out, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (out);
}
