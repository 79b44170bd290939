#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_pasted_address:
 * @text: what a person typed or pasted; valid UTF-8
 * @name: (out) (nullable): the display name that stood beside the address, printable;
 *   untouched when %NULL is returned
 *
 * Takes an address out of what stands around it: white space and invisible characters,
 * quotes and brackets, "mailto:", a display name, the punctuation of a sentence. Makes
 * ASCII of full-width characters. Does not look whether what is left is an address.
 *
 * Returns: (transfer full) (nullable): what is left, which may be nothing at all; %NULL
 *   when there is more than one address
 */
char *barua_pasted_address (const char *text, char **name);

G_END_DECLS
