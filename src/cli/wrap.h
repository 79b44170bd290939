#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_wrap_width:
 * @text: UTF-8 text of one line
 *
 * Returns: how many columns of a terminal @text takes: two for a wide character, none for
 *   a combining one
 */
guint barua_wrap_width (const char *text);

/**
 * barua_wrap_text:
 * @text: UTF-8 text; line feeds in it stay
 * @width: how many columns a line may take; at least 1
 *
 * Breaks @text at blanks so that it fits @width, and between wide characters where a word
 * has them. Other words that are too long stay whole, since they are addresses that
 * people copy. No-break spaces are no blanks. Control characters are taken out.
 *
 * Returns: (transfer full) (array zero-terminated=1): the lines, at least one
 */
char **barua_wrap_text (const char *text, guint width);

/**
 * barua_wrap_cut:
 * @text: UTF-8 text of one line
 * @width: how many columns it may take; at least 1
 *
 * Returns: (transfer full): @text, or as much of it as fits before an "…"
 */
char *barua_wrap_cut (const char *text, guint width);

G_END_DECLS
