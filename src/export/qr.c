#include "config.h"

#include "export/qr.h"

#include "base/secret.h"
#include "export/formats/png.h"

#include <qrencode.h>
#include <string.h>

#define DARK 1

/* ECMA-48: black on white, and the terminal's own colours again. The sixteen first
 * colours can be anything; these two of the 256 are what they say. */
#define BLACK_ON_WHITE "\033[38;5;16;48;5;231m"
#define OWN_COLOURS "\033[0m"

struct _BaruaQr
{
  guint size;
  guint8 *modules;
};

static void
free_code (QRcode *code)
{
  explicit_bzero (code->data, (gsize) code->width * (gsize) code->width);
  QRcode_free (code);
}

BaruaQr *
barua_qr_new (const char *text)
{
  BaruaQr *self = NULL;
  QRcode *code = NULL;
  gsize length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  if (length == 0 || length > BARUA_QR_MAX)
    return NULL;
  code = QRcode_encodeData ((int) length, (const unsigned char *) text, 0, QR_ECLEVEL_L);
  if (code == NULL)
    return NULL;
  self = g_new0 (BaruaQr, 1);
  self->size = (guint) code->width;
  self->modules = g_new0 (guint8, self->size * self->size);
  for (guint i = 0; i < self->size * self->size; i++)
    self->modules[i] = code->data[i] & DARK;
  free_code (code);
  return self;
}

void
barua_qr_free (BaruaQr *self)
{
  g_return_if_fail (self != NULL);

  explicit_bzero (self->modules, (gsize) self->size * self->size);
  g_free (self->modules);
  g_free (self);
}

guint
barua_qr_get_size (const BaruaQr *self)
{
  return self->size;
}

gboolean
barua_qr_is_dark (const BaruaQr *self, int x, int y)
{
  int size = (int) self->size;

  return x >= 0 && y >= 0 && x < size && y < size && self->modules[y * size + x] != 0;
}

/* Two modules in one character, the upper one first. */
static const char *
block (gboolean upper, gboolean lower)
{
  if (upper)
    return lower ? "█" : "▀";
  return lower ? "▄" : " ";
}

static char *
draw (const BaruaQr *self, gboolean inked, const char *before, const char *after)
{
  int edge = (int) self->size + BARUA_QR_QUIET;
  g_autoptr (GString) out = g_string_sized_new ((gsize) edge * (gsize) edge * 2);

  for (int y = -BARUA_QR_QUIET; y < edge; y += 2)
    {
      g_string_append (out, before);
      for (int x = -BARUA_QR_QUIET; x < edge; x++)
        g_string_append (
          out, block (barua_qr_is_dark (self, x, y) == inked,
                      y + 1 < edge ? barua_qr_is_dark (self, x, y + 1) == inked : FALSE));
      g_string_append (out, after);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
barua_qr_dup_blocks (const BaruaQr *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return draw (self, FALSE, "", "\n");
}

char *
barua_qr_dup_terminal (const BaruaQr *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return draw (self, TRUE, BLACK_ON_WHITE, OWN_COLOURS "\n");
}

static guint
measure_run (const BaruaQr *self, int x, int y)
{
  guint length = 0;

  while (barua_qr_is_dark (self, x + (int) length, y))
    length++;
  return length;
}

char *
barua_qr_dup_svg (const BaruaQr *self)
{
  g_autoptr (GString) out = NULL;
  guint whole = 0;

  g_return_val_if_fail (self != NULL, NULL);

  whole = self->size + 2 * BARUA_QR_QUIET;
  out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  g_string_append_printf (out,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" "
                          "width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" "
                          "shape-rendering=\"crispEdges\">\n",
                          whole * 8, whole * 8, whole, whole);
  g_string_append_printf (out, "<rect width=\"%u\" height=\"%u\" fill=\"#ffffff\"/>\n",
                          whole, whole);
  g_string_append (out, "<path fill=\"#000000\" d=\"");
  for (int y = 0; y < (int) self->size; y++)
    for (int x = 0; x < (int) self->size; x++)
      {
        guint run = measure_run (self, x, y);

        if (run == 0)
          continue;
        g_string_append_printf (out, "M%d %dh%uv1h-%uz", x + BARUA_QR_QUIET,
                                y + BARUA_QR_QUIET, run, run);
        x += (int) run;
      }
  g_string_append (out, "\"/>\n</svg>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

GBytes *
barua_qr_dup_png (const BaruaQr *self, guint scale)
{
  guint whole = 0;
  g_autofree guint8 *light = NULL;
  GBytes *png = NULL;

  g_return_val_if_fail (self != NULL && scale > 0, NULL);

  whole = self->size + 2 * BARUA_QR_QUIET;
  light = g_new0 (guint8, (gsize) whole * whole);
  for (guint y = 0; y < whole; y++)
    for (guint x = 0; x < whole; x++)
      light[y * whole + x] =
        !barua_qr_is_dark (self, (int) x - BARUA_QR_QUIET, (int) y - BARUA_QR_QUIET);
  png = barua_png_new (light, whole, scale);
  explicit_bzero (light, (gsize) whole * whole);
  return png;
}
