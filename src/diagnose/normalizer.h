#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaTextMark:
 * @at: where a line begins in the normalized text, counted from its very beginning
 * @raw: where it begins in the bytes that were read
 * @line: its number, from 1
 * @first_line: the number of the line in which its message begins; @line itself, unless
 *   it goes on with a reply of several lines
 * @first_raw: where that line begins in the bytes that were read
 *
 * A line of the text. A very long line has several.
 */
typedef struct
{
  guint64 at;
  guint64 raw;
  guint64 line;
  guint64 first_line;
  guint64 first_raw;
} BaruaTextMark;

/**
 * BaruaNormalizer:
 *
 * Takes out of any text all that quoting, wrapping, escaping, HTML and logs have put into
 * a message: what is left is lower case, with one blank between words and no quotation
 * marks. "535-5.7.8" becomes "535 5.7.8" and is written once for a reply of several
 * lines. An OAuth challenge in base64 is written decoded.
 */
typedef struct _BaruaNormalizer BaruaNormalizer;

/**
 * barua_normalizer_new:
 *
 * Returns: (transfer full): a normalizer at the beginning of a text
 */
BaruaNormalizer *barua_normalizer_new (void);

/**
 * barua_normalizer_free:
 * @self: (transfer full): a normalizer; what it holds is wiped
 */
void barua_normalizer_free (BaruaNormalizer *self);

/**
 * barua_normalizer_restart:
 * @self: a normalizer
 * @raw: how many bytes lie before what is pushed next
 * @line: the line in which that begins, from 1
 *
 * Skips a part of the text. What was written before stays far away from what comes.
 */
void barua_normalizer_restart (BaruaNormalizer *self, guint64 raw, guint64 line);

/**
 * barua_normalizer_push:
 * @self: a normalizer
 * @bytes: (array length=length): the bytes that follow those taken before
 * @length: how many
 * @last: whether nothing follows them
 *
 * Returns: how many bytes were taken: all when @last is set; else some are left at the
 *   end, at most a few thousand, to be pushed again with what follows them
 */
gsize barua_normalizer_push (BaruaNormalizer *self,
                             const char *bytes,
                             gsize length,
                             gboolean last);

/**
 * barua_normalizer_get_text:
 * @self: a normalizer
 * @start: (out): where the text begins, counted from its very beginning
 * @length: (out): how many bytes there are
 *
 * Returns: (transfer none): what was written and not yet forgotten
 */
const char *
barua_normalizer_get_text (const BaruaNormalizer *self, guint64 *start, gsize *length);

/**
 * barua_normalizer_forget:
 * @self: a normalizer
 * @at: up to where the text is no longer needed
 */
void barua_normalizer_forget (BaruaNormalizer *self, guint64 at);

/**
 * barua_normalizer_find_mark:
 * @self: a normalizer
 * @at: a place in the text that is not forgotten
 *
 * Returns: (transfer none): the line it lies in; valid until the next push
 */
const BaruaTextMark *barua_normalizer_find_mark (const BaruaNormalizer *self, guint64 at);

/**
 * barua_normalizer_get_line:
 * @self: a normalizer
 *
 * Returns: the number of the line that is being read
 */
guint64 barua_normalizer_get_line (const BaruaNormalizer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaNormalizer, barua_normalizer_free)

G_END_DECLS
