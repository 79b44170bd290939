#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_elisp_quote:
 * @text: any text
 *
 * Returns: (transfer full): @text as a string of Emacs Lisp
 */
char *barua_elisp_quote (const char *text);

/**
 * barua_elisp_fill:
 * @form: a text with places for values, "@name@"
 * @names: (array zero-terminated=1): the names of the places
 * @values: what stands there, in the same order; taken as it is
 *
 * Fills a form in. Values are not looked at for places again; what looks like a place and
 * is none stays.
 *
 * Returns: (transfer full): the text
 */
char *
barua_elisp_fill (const char *form, const char *const *names, const char *const *values);

/**
 * barua_elisp_has:
 * @text: a file of Emacs Lisp
 * @length: how many bytes
 * @code: some code
 *
 * Returns: whether @code stands in one of the lines, not behind a ";"
 */
gboolean barua_elisp_has (const char *text, gsize length, const char *code);

G_END_DECLS
