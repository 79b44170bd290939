#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaEscape:
 * @blank: whether it stands for white space
 * @quote: whether it stands for a quotation mark
 * @text: what it stands for, else: a few bytes without a NUL
 * @length: how many
 */
typedef struct
{
  gboolean blank;
  gboolean quote;
  char text[8];
  gsize length;
} BaruaEscape;

/**
 * barua_text_take_escape:
 * @bytes: (array length=length): text that begins with a byte that is not itself: a
 *   backslash (JSON, Python, C), "<" (HTML), "&" (HTML), "=" (quoted-printable, RFC 2045,
 *   6.7), "#" (syslog), ESC (terminals), NUL, or a byte that is not ASCII
 * @length: how many bytes
 * @escape: what it stands for; all zero before
 *
 * Returns: how many bytes it is long; at least one
 */
gsize barua_text_take_escape (const char *bytes, gsize length, BaruaEscape *escape);

/**
 * barua_text_is_soft_break:
 * @bytes: (array length=length): text that begins with "="
 * @length: how many bytes
 * @column: how many bytes of its line stand before it
 *
 * Returns: whether that is quoted-printable and not an ordinary "="
 */
gboolean barua_text_is_soft_break (const char *bytes, gsize length, gsize column);

/**
 * barua_text_decode_run:
 * @run: (array length=length): letters and digits without a blank
 * @length: how many bytes
 *
 * Returns: (transfer full) (nullable): if it is an OAuth challenge in base64: its JSON in
 *   lower case without blanks and quotation marks; if it is an XOAUTH2 response: the word
 *   "xoauth2-response"; shorter than @run in any case
 */
char *barua_text_decode_run (const char *run, gsize length);

/**
 * barua_text_is_base64:
 * @run: (array length=length): letters and digits without a blank
 * @length: how many bytes
 *
 * Returns: whether it looks like base64 and not like a word or path
 */
gboolean barua_text_is_base64 (const char *run, gsize length);

G_END_DECLS
