#include "fuzz/fuzz.h"

#include "export/formats/png.h"
#include "export/qr.h"
#include "export/thunderbird-android.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define HEAD 8
#define CHUNK 12

static guint32
number_at (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* What the one chunk "IDAT" holds, unpacked: a byte of filter, then a bit for each pixel,
   in every row. */
static GByteArray *
unpack (GBytes *png, gsize expected)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (png, &size);
  GByteArray *out = g_byte_array_sized_new ((guint) expected + 1);
  g_autoptr (GConverter) zlib =
    G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  gsize at = HEAD;
  gsize taken = 0;
  gsize got = 0;

  while (memcmp (data + at + 4, "IDAT", 4) != 0)
    at += CHUNK + number_at (data + at);
  g_byte_array_set_size (out, (guint) expected + 1);
  g_assert_cmpint (g_converter_convert (zlib, data + at + 8, number_at (data + at),
                                        out->data, out->len, G_CONVERTER_INPUT_AT_END,
                                        &taken, &got, NULL),
                   ==, G_CONVERTER_FINISHED);
  g_assert_cmpuint (taken, ==, number_at (data + at));
  g_assert_cmpuint (got, ==, expected);
  return out;
}

static void
check_png (const uint8_t *data, size_t size)
{
  guint side = 1 + data[0] % 40;
  guint scale = 1 + data[0] / 40 % 6;
  guint width = side * scale;
  guint stride = 1 + (width + 7) / 8;
  g_autofree guint8 *light = g_malloc0 (side * side);
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GByteArray) rows = NULL;

  for (size_t i = 0; i < MIN (size, side * side); i++)
    light[i] = data[i] & 1;
  png = barua_png_new (light, side, scale);
  rows = unpack (png, (gsize) stride * width);
  for (guint y = 0; y < width; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 bits = rows->data[y * stride + 1 + x / 8];

        g_assert_cmpuint (bits >> (7 - x % 8) & 1, ==,
                          light[y / scale * side + x / scale]);
      }
}

static void
check_code (const char *text)
{
  g_autoptr (BaruaQr) code = barua_qr_new (text);
  char *svg = NULL;
  char *blocks = NULL;

  g_assert_true ((code == NULL) == (*text == '\0' || strlen (text) > BARUA_QR_MAX));
  if (code == NULL)
    return;
  svg = barua_qr_dup_svg (code);
  blocks = barua_qr_dup_blocks (code);
  g_assert_true (g_utf8_validate (blocks, -1, NULL));
  g_assert_nonnull (strstr (svg, "</svg>"));
  g_free (svg);
  g_free (blocks);
}

/* A person of any name: the name is what the phone reads. */
static void
check_payload (const char *name)
{
  static const BaruaService incoming = { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993,
                                         BARUA_SECURITY_TLS };
  static const BaruaService outgoing = { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465,
                                         BARUA_SECURITY_TLS };
  g_autoptr (BaruaAccount) account = barua_account_new ("zoe@gmail.com");
  g_autoptr (BaruaExportRequest) request = NULL;
  g_autoptr (JsonNode) node = NULL;
  char *payload = NULL;
  JsonArray *sending = NULL;

  account->name = g_strdup (name);
  account->method = BARUA_METHOD_APP_PASSWORD;
  request = barua_export_request_new (account, &incoming, &outgoing, "/usr/bin/barua");
  payload = barua_thunderbird_android_dup_code (request, NULL);
  g_assert_true (g_str_is_ascii (payload));
  node = json_from_string (payload, NULL);
  g_assert_nonnull (node);
  sending = json_array_get_array_element (json_node_get_array (node), 3);
  sending = json_array_get_array_element (sending, 0);
  sending = json_array_get_array_element (sending, 1);
  g_assert_cmpstr (json_array_get_string_element (sending, 1), ==,
                   barua_export_request_get_name (request));
  barua_secret_free_text (payload);
}

/* Large codes take long: only where the first byte says so. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *name = g_utf8_make_valid (text, -1);

  fuzz_no_criticals ();
  if (size < 1)
    return 0;
  check_png (data, size);
  if (data[0] != 'L')
    text[MIN (size, 200)] = '\0';
  check_code (text);
  check_payload (name);
  return 0;
}
