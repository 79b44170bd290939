#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaReplyCode:
 * @text: the last code seen, such as "535 5.7.8", or "5.7.8" alone
 * @at: where it was written
 * @line: the line in which its reply begins
 * @raw: where that line begins in the bytes that were read; kept by the caller
 * @last_line: the line in which it was seen last
 * @dash: whether it had a dash: the reply goes on (RFC 5321, 4.2.1)
 * @goes_on: whether the word taken last goes on with a reply
 * @fresh: whether the word taken last begins a reply
 * @previous: where the word before the one being written begins; kept by the caller
 *
 * Follows the codes of a reply of several lines.
 */
typedef struct
{
  char text[16];
  gsize at;
  guint64 line;
  guint64 raw;
  guint64 last_line;
  gboolean dash;
  gboolean goes_on;
  gboolean fresh;
  gsize previous;
} BaruaReplyCode;

/**
 * barua_reply_code_reset:
 * @self: what was seen
 *
 * Forgets what was seen.
 */
void barua_reply_code_reset (BaruaReplyCode *self);

/**
 * barua_reply_code_take:
 * @self: what was seen
 * @text: (array length=length): the text up to the end of a word; the word may be changed
 * @length: how many bytes
 * @word: where the word begins
 * @line: the line it stands in
 *
 * Writes "535-5.7.8" and "(535, 5.7.8" as "535 5.7.8", and takes out a code that only
 * says that a reply goes on.
 *
 * Returns: how many bytes of @text are left
 */
gsize barua_reply_code_take (
  BaruaReplyCode *self, char *text, gsize length, gsize word, guint64 line);

G_END_DECLS
