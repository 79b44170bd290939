#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_excerpt_redact:
 * @text: a part of a foreign text, as it came
 *
 * Takes out of it what is nobody's business: addresses, passwords, tokens, one-time
 * links, where somebody's computer stands and what its owner is called.
 *
 * Returns: (transfer full): printable text
 */
char *barua_excerpt_redact (const char *text);

/**
 * barua_excerpt_dup_name:
 * @cause: a word of the vocabulary
 * @text: the words of the one who complained, as they came
 *
 * Finds the culprit's own name, where the cause has one: a host, an issuer, a folder.
 * Never a person's address.
 *
 * Returns: (transfer full) (nullable): the name
 */
char *barua_excerpt_dup_name (const char *cause, const char *text);

G_END_DECLS
