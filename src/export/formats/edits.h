#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaEdits:
 *
 * Changes to a text, by the places at which its parts stood when it was read. All that
 * they do not touch stays byte for byte.
 */
typedef struct _BaruaEdits BaruaEdits;

/**
 * barua_edits_new:
 * @text: (nullable): any text; %NULL for an empty one. Must outlive the edits
 * @length: how many bytes
 *
 * Returns: (transfer full): no changes yet
 */
BaruaEdits *barua_edits_new (const char *text, gsize length);

/**
 * barua_edits_free:
 * @self: (transfer full): edits
 */
void barua_edits_free (BaruaEdits *self);

/**
 * barua_edits_replace:
 * @self: edits
 * @offset: where the bytes begin
 * @length: how many; 0 to put something in
 * @replacement: what is to stand there
 *
 * Puts something in the place of some bytes. What is put in at the same place stands in
 * the order of the calls. Places must not overlap; the same bytes replaced in the same
 * way twice are replaced once.
 */
void barua_edits_replace (BaruaEdits *self,
                          gsize offset,
                          gsize length,
                          const char *replacement);

/**
 * barua_edits_insert_lines:
 * @self: edits
 * @offset: the beginning of a line, or the end of the text
 * @lines: whole lines, each with "\n"
 *
 * Puts lines in, with the line ends that the text has. A last line without a line end is
 * given one first.
 */
void barua_edits_insert_lines (BaruaEdits *self, gsize offset, const char *lines);

/**
 * barua_edits_append_paragraph:
 * @self: edits
 * @lines: whole lines, each with "\n"
 *
 * Puts lines at the end of the text, behind an empty line where there is text before.
 */
void barua_edits_append_paragraph (BaruaEdits *self, const char *lines);

/**
 * barua_edits_are_none:
 * @self: edits
 *
 * Returns: whether nothing is changed
 */
gboolean barua_edits_are_none (const BaruaEdits *self);

/**
 * barua_edits_apply:
 * @self: edits
 * @length: (out) (optional): how many bytes
 *
 * Returns: (transfer full): the changed text, with a NUL behind
 */
char *barua_edits_apply (const BaruaEdits *self, gsize *length);

/**
 * barua_edits_line_end:
 * @text: (nullable): any text
 * @length: how many bytes
 *
 * Returns: the line end of its first line: "\n" or "\r\n"; "\n" where there is none
 */
const char *barua_edits_line_end (const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaEdits, barua_edits_free)

G_END_DECLS
