#include "config.h"

#include "export/qr.h"

#include "base/secret.h"
#include "export/formats/png.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define GMAIL                                                                            \
  "[1,[1,1],[0,\"imap.gmail.com\",993,3,1,\"zoe@gmail.com\",\"\",\"\"],[[[0,"            \
  "\"smtp.gmail.com\",465,3,1,\"zoe@gmail.com\",\"\"],[\"zoe@gmail.com\",\"Zo\\u00eb\"]" \
  "]]]"

static char *
read_with_camera (GBytes *png)
{
  g_autofree char *program = g_find_program_in_path ("zbarimg");
  g_autofree char *path = NULL;
  const char *arguments[] = { NULL, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable",
                              NULL, NULL };
  char *out = NULL;
  int status = 0;
  int file = 0;

  if (program == NULL)
    return NULL;
  file = g_file_open_tmp ("barua-XXXXXX.png", &path, NULL);
  g_assert_cmpint (file, >=, 0);
  arguments[0] = program;
  arguments[5] = path;
  close (file);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                      (gssize) g_bytes_get_size (png), NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL,
                               G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
                               &status, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return g_strchomp (out);
}

static void
test_read (void)
{
  const guint scales[] = { 4, 8 };
  g_autofree char *longest = g_strnfill (BARUA_QR_MAX, 'q');
  const char *texts[] = { "a", GMAIL, "{\"\\u00eb\\\\\":\"{}\"}", longest };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (scales); j++)
      {
        g_autoptr (BaruaQr) code = barua_qr_new (texts[i]);
        g_autoptr (GBytes) png = barua_qr_dup_png (code, scales[j]);
        g_autofree char *read = read_with_camera (png);

        if (read == NULL)
          {
            g_test_skip ("zbarimg is not installed");
            return;
          }
        g_assert_cmpstr (read, ==, texts[i]);
      }
}

static void
test_bounds (void)
{
  g_autofree char *too_long = g_strnfill (BARUA_QR_MAX + 1, 'q');

  g_assert_null (barua_qr_new (""));
  g_assert_null (barua_qr_new (too_long));
}

static void
test_edges (void)
{
  g_autoptr (BaruaQr) code = barua_qr_new (GMAIL);
  int size = (int) barua_qr_get_size (code);

  g_assert_cmpint (size % 4, ==, 1);
  g_assert_true (barua_qr_is_dark (code, 0, 0));
  g_assert_true (barua_qr_is_dark (code, size - 1, 0));
  g_assert_true (barua_qr_is_dark (code, 0, size - 1));
  g_assert_false (barua_qr_is_dark (code, 1, 1));
  g_assert_false (barua_qr_is_dark (code, -1, 0));
  g_assert_false (barua_qr_is_dark (code, 0, -1));
  g_assert_false (barua_qr_is_dark (code, size, 0));
  g_assert_false (barua_qr_is_dark (code, 0, size));
}

/* Whether the character has ink above and below. */
static void
read_block (gunichar block, gboolean *upper, gboolean *lower)
{
  g_assert_true (block == ' ' || block == 0x2580 || block == 0x2584 || block == 0x2588);
  *upper = block == 0x2580 || block == 0x2588;
  *lower = block == 0x2584 || block == 0x2588;
}

static void
check_line (const BaruaQr *code, const char *line, int y, gboolean inked)
{
  int edge = (int) barua_qr_get_size (code) + BARUA_QR_QUIET;

  g_assert_cmpint (g_utf8_strlen (line, -1), ==, edge + BARUA_QR_QUIET);
  for (int x = -BARUA_QR_QUIET; x < edge; x++, line = g_utf8_next_char (line))
    {
      gboolean upper = FALSE;
      gboolean lower = FALSE;

      read_block (g_utf8_get_char (line), &upper, &lower);
      g_assert_cmpint (upper, ==, barua_qr_is_dark (code, x, y) == inked);
      if (y + 1 < edge)
        g_assert_cmpint (lower, ==, barua_qr_is_dark (code, x, y + 1) == inked);
      else
        g_assert_false (lower);
    }
}

static void
test_blocks (void)
{
  g_autoptr (BaruaQr) code = barua_qr_new (GMAIL);
  g_autofree char *text = barua_qr_dup_blocks (code);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  guint rows = barua_qr_get_size (code) + 2 * BARUA_QR_QUIET;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (g_strv_length (lines), ==, (rows + 1) / 2 + 1);
  for (int i = 0; lines[i][0] != '\0'; i++)
    check_line (code, lines[i], 2 * i - BARUA_QR_QUIET, FALSE);
}

static void
test_terminal (void)
{
  const char *colours = "\033[38;5;16;48;5;231m";
  g_autoptr (BaruaQr) code = barua_qr_new (GMAIL);
  char *text = barua_qr_dup_terminal (code);
  g_auto (GStrv) lines = g_strsplit (text, "\033[0m\n", 0);

  for (int i = 0; lines[i][0] != '\0'; i++)
    {
      g_assert_true (g_str_has_prefix (lines[i], colours));
      check_line (code, lines[i] + strlen (colours), 2 * i - BARUA_QR_QUIET, TRUE);
    }
  barua_secret_free_text (text);
}

static void
test_svg (void)
{
  g_autoptr (BaruaQr) code = barua_qr_new (GMAIL);
  g_autofree char *svg = barua_qr_dup_svg (code);
  int size = (int) barua_qr_get_size (code);
  g_autofree char *box = g_strdup_printf ("viewBox=\"0 0 %d %d\"", size + 8, size + 8);
  g_autofree guint8 *seen = g_new0 (guint8, (gsize) size * (gsize) size);
  const char *at = strstr (svg, " d=\"");

  g_assert_nonnull (strstr (svg, box));
  g_assert_nonnull (at);
  while ((at = strchr (at, 'M')) != NULL)
    {
      int x = 0;
      int y = 0;
      int run = 0;

      g_assert_cmpint (sscanf (at, "M%d %dh%dv1", &x, &y, &run), ==, 3);
      for (int i = 0; i < run; i++)
        seen[(y - BARUA_QR_QUIET) * size + x - BARUA_QR_QUIET + i]++;
      at++;
    }
  for (int i = 0; i < size * size; i++)
    g_assert_cmpint (seen[i], ==, barua_qr_is_dark (code, i % size, i / size));
}

/* ISO/IEC 15948, 15.3 and annex D: the checksum of IEND alone is known to all. */
static void
test_png (void)
{
  const guint8 light[] = { 0, 1, 1, 0 };
  const guint8 end[] = { 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82 };
  const guint8 begin[] = { 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I',
                           'H',  'D', 'R', 0,   0,  0,  6,  0,  0, 0, 6, 1,  0 };
  g_autoptr (GBytes) png = barua_png_new (light, 2, 3);
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (png, &length);

  g_assert_cmpuint (length, >, sizeof begin + sizeof end);
  g_assert_cmpmem (bytes, sizeof begin, begin, sizeof begin);
  g_assert_cmpmem (bytes + length - sizeof end, sizeof end, end, sizeof end);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr/read", test_read);
  g_test_add_func ("/qr/bounds", test_bounds);
  g_test_add_func ("/qr/edges", test_edges);
  g_test_add_func ("/qr/blocks", test_blocks);
  g_test_add_func ("/qr/terminal", test_terminal);
  g_test_add_func ("/qr/svg", test_svg);
  g_test_add_func ("/qr/png", test_png);
  return g_test_run ();
}
