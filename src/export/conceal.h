#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_conceal_passwords:
 * @diff: a unified diff of a mail program's settings, valid UTF-8
 *
 * A person's own file may hold a password beside what is changed, and what is shown of
 * it may end in a log or a screenshot. Commands that print a password are no secret.
 *
 * Returns: (transfer full): @diff with what looks like a password replaced by
 *   %BARUA_REDACTED
 */
char *barua_conceal_passwords (const char *diff);

G_END_DECLS
