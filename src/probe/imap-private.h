#pragma once

#include "probe/engine-private.h"

G_BEGIN_DECLS

/**
 * barua_imap_is_word:
 * @line: what came
 * @word: a word, letter case aside
 *
 * Returns: whether @line is, or starts with, that whole word
 */
gboolean barua_imap_is_word (const char *line, const char *word);

/**
 * barua_imap_command:
 * @self: an engine for IMAP
 * @stage: what the answer will be about
 * @answered: what to do when it went well; @self->refused may be set afterwards
 * @text: the command, without tag and end; holds no secret
 *
 * Returns: (transfer full): sends one command with a new tag
 */
BaruaAction *barua_imap_command (BaruaEngine *self,
                                 BaruaStage stage,
                                 BaruaState answered,
                                 const char *text);

/**
 * barua_imap_append_quoted:
 * @out: takes a blank and the text as a quoted string (RFC 9051, 4.3)
 * @text: (array length=length): what could end the line is not in it
 * @length: how many bytes
 */
void barua_imap_append_quoted (BaruaBuffer *out, const char *text, gsize length);

/**
 * barua_imap_take_offers:
 * @self: an engine for IMAP
 * @text: (array length=length): the words behind "CAPABILITY" (RFC 9051, 7.2.2), which
 *   replace those known so far
 * @length: how many bytes
 */
void barua_imap_take_offers (BaruaEngine *self, const char *text, gsize length);

/**
 * barua_search_begin:
 * @self: an engine for IMAP that is signed in, with a goal beyond that
 *
 * Lists the folders; then, if there is an errand, looks for its message again and again
 * and moves it to the bin.
 *
 * Returns: (transfer full): the first command
 */
BaruaAction *barua_search_begin (BaruaEngine *self);

/**
 * barua_search_take:
 * @self: an engine that searches
 * @text: untagged data, without its star
 *
 * Takes in what the last command asked for.
 */
void barua_search_take (BaruaEngine *self, const char *text);

/**
 * barua_search_free:
 * @self: (transfer full): a search
 */
void barua_search_free (BaruaSearch *self);

G_END_DECLS
