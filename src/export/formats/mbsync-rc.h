#pragma once

#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BaruaMbsyncRc:
 *
 * A configuration of mbsync (isync): sections that an empty line ends, each begun by a
 * keyword and a name, "IMAPAccount gmail". Letter case of keywords says nothing. All that
 * is not changed stays byte for byte. Sections are counted from 0, in their order; adding
 * one leaves the numbers of the others as they are.
 */
typedef struct _BaruaMbsyncRc BaruaMbsyncRc;

/**
 * barua_mbsync_rc_new:
 * @text: (nullable): any text; %NULL for an empty one
 * @length: how many bytes, or -1 when @text ends with NUL
 *
 * Returns: (transfer full): the configuration
 */
BaruaMbsyncRc *barua_mbsync_rc_new (const char *text, gssize length);

/**
 * barua_mbsync_rc_free:
 * @self: (transfer full): a configuration
 */
void barua_mbsync_rc_free (BaruaMbsyncRc *self);

/**
 * barua_mbsync_rc_count:
 * @self: a configuration
 *
 * Returns: how many sections there are
 */
guint barua_mbsync_rc_count (const BaruaMbsyncRc *self);

/**
 * barua_mbsync_rc_is:
 * @self: a configuration
 * @section: a section
 * @kind: a keyword: "IMAPStore"
 *
 * Returns: whether the section is of that kind
 */
gboolean barua_mbsync_rc_is (const BaruaMbsyncRc *self, guint section, const char *kind);

/**
 * barua_mbsync_rc_get_name:
 * @self: a configuration
 * @section: a section
 *
 * Returns: its name, without quotes; valid until the section is changed
 */
const char *barua_mbsync_rc_get_name (const BaruaMbsyncRc *self, guint section);

/**
 * barua_mbsync_rc_find:
 * @self: a configuration
 * @kind: a keyword
 * @name: the name of a section
 * @section: (out): the first section of that kind and name
 *
 * Returns: whether there is one
 */
gboolean barua_mbsync_rc_find (const BaruaMbsyncRc *self,
                               const char *kind,
                               const char *name,
                               guint *section);

/**
 * barua_mbsync_rc_dup:
 * @self: a configuration
 * @section: a section
 * @key: a keyword in it
 *
 * Returns: (transfer full) (nullable): the first word behind it, without quotes; of the
 *   last line where it comes twice
 */
char *barua_mbsync_rc_dup (const BaruaMbsyncRc *self, guint section, const char *key);

/**
 * barua_mbsync_rc_list:
 * @self: a configuration
 * @section: a section
 * @key: a keyword in it
 *
 * Returns: (transfer full) (array zero-terminated=1): all words behind it, of all its
 *   lines, without quotes
 */
char **barua_mbsync_rc_list (const BaruaMbsyncRc *self, guint section, const char *key);

/**
 * barua_mbsync_rc_locate:
 * @self: a configuration that has not been changed since it was read
 * @section: a section
 * @key: (nullable): a keyword in it; %NULL for the section's own name
 * @span: (out): where the words behind it stand, quotes and all
 *
 * Returns: whether it is there
 */
gboolean barua_mbsync_rc_locate (const BaruaMbsyncRc *self,
                                 guint section,
                                 const char *key,
                                 BaruaSpan *span);

/**
 * barua_mbsync_rc_locate_end:
 * @self: a configuration that has not been changed since it was read
 * @section: a section
 * @span: (out): where a line can be put in at its end; of length 0
 *
 * Returns: whether the line before has a line end
 */
gboolean
barua_mbsync_rc_locate_end (const BaruaMbsyncRc *self, guint section, BaruaSpan *span);

/**
 * barua_mbsync_rc_set:
 * @self: a configuration
 * @section: a section
 * @key: a keyword; put at the end of the section where it is not there
 * @words: what is to stand behind it, one line, quoted as it must be
 */
void barua_mbsync_rc_set (BaruaMbsyncRc *self,
                          guint section,
                          const char *key,
                          const char *words);

/**
 * barua_mbsync_rc_append:
 * @self: a configuration
 * @section: a section
 * @key: a keyword
 * @words: what is to stand behind it, one line, quoted as it must be
 *
 * Puts a line at the end of a section, whether or not there is another with that keyword.
 */
void barua_mbsync_rc_append (BaruaMbsyncRc *self,
                             guint section,
                             const char *key,
                             const char *words);

/**
 * barua_mbsync_rc_remove:
 * @self: a configuration
 * @section: a section
 * @key: a keyword in it
 *
 * Takes all lines with it out.
 *
 * Returns: whether it was there
 */
gboolean barua_mbsync_rc_remove (BaruaMbsyncRc *self, guint section, const char *key);

/**
 * barua_mbsync_rc_add:
 * @self: a configuration
 * @kind: a keyword: "Channel"
 * @name: the name of the new section, quoted as it must be
 *
 * Returns: the number of the new section, which is the last
 */
guint barua_mbsync_rc_add (BaruaMbsyncRc *self, const char *kind, const char *name);

/**
 * barua_mbsync_rc_dup_text:
 * @self: a configuration
 * @length: (out) (optional): how many bytes
 *
 * Returns: (transfer full): the whole file
 */
char *barua_mbsync_rc_dup_text (const BaruaMbsyncRc *self, gsize *length);

/**
 * barua_mbsync_rc_quote:
 * @word: one line
 *
 * Returns: (transfer full): @word as it is to stand in the file
 */
char *barua_mbsync_rc_quote (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaMbsyncRc, barua_mbsync_rc_free)

G_END_DECLS
