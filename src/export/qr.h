#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_QR_QUIET:
 *
 * How many modules of white a code needs around it (ISO/IEC 18004).
 */
#define BARUA_QR_QUIET 4

/**
 * BARUA_QR_MAX:
 *
 * The longest text that a code holds, in bytes.
 */
#define BARUA_QR_MAX 2953

/**
 * BaruaQr:
 *
 * A QR code: a square of dark and light modules. May hold a secret, so that its modules
 * are wiped at the end; whoever draws it has to draw dark on white, in a dark theme too.
 */
typedef struct _BaruaQr BaruaQr;

/**
 * barua_qr_new:
 * @text: what the code says: UTF-8
 *
 * Makes a code with error correction level L, as Thunderbird does.
 *
 * Returns: (transfer full) (nullable): the code; %NULL for an empty text, and for one
 *   longer than %BARUA_QR_MAX
 */
BaruaQr *barua_qr_new (const char *text);

/**
 * barua_qr_free:
 * @self: (transfer full): a code; its modules are overwritten
 */
void barua_qr_free (BaruaQr *self);

/**
 * barua_qr_get_size:
 * @self: a code
 *
 * Returns: how many modules it is wide and high, without the white around it
 */
guint barua_qr_get_size (const BaruaQr *self);

/**
 * barua_qr_is_dark:
 * @self: a code
 * @x: a column; may lie outside, where all is light
 * @y: a row; likewise
 *
 * Returns: whether that module is dark
 */
gboolean barua_qr_is_dark (const BaruaQr *self, int x, int y);

/**
 * barua_qr_dup_blocks:
 * @self: a code
 *
 * Draws it with characters, two rows in one line (U+2580, U+2584, U+2588), the white
 * around it included. What is light is drawn in the foreground: in a terminal that shall
 * be white, and the background black.
 *
 * Returns: (transfer full): lines of text, each with its line end; may hold a secret
 */
char *barua_qr_dup_blocks (const BaruaQr *self);

/**
 * barua_qr_dup_terminal:
 * @self: a code
 *
 * The same for a terminal that understands colours (ECMA-48): black on white, whatever
 * its own colours are.
 *
 * Returns: (transfer full): lines of text with escapes for colours; may hold a secret
 */
char *barua_qr_dup_terminal (const BaruaQr *self);

/**
 * barua_qr_dup_svg:
 * @self: a code
 *
 * Returns: (transfer full): the code as a picture in SVG 1.1; may hold a secret
 */
char *barua_qr_dup_svg (const BaruaQr *self);

/**
 * barua_qr_dup_png:
 * @self: a code
 * @scale: how many pixels a module is wide: four at least
 *
 * Returns: (transfer full): the code as a picture in PNG; may hold a secret
 */
GBytes *barua_qr_dup_png (const BaruaQr *self, guint scale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaQr, barua_qr_free)

G_END_DECLS
