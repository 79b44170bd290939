#pragma once

#include "base/secret.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_REDACTED:
 *
 * What stands in place of a secret in transcripts, logs and reports.
 */
#define BARUA_REDACTED "[hidden]"

/**
 * BaruaRedactor:
 *
 * Knows the secrets of one conversation and cuts them out of any text: as they are, in
 * base64 at each of the three alignments, percent-encoded, and letter case aside.
 */
typedef struct _BaruaRedactor BaruaRedactor;

/**
 * barua_redactor_new:
 *
 * Returns: (transfer full): a redactor that knows no secret yet; it still cuts out
 *   Google's one-time sign-in links and what looks like a bearer token
 */
BaruaRedactor *barua_redactor_new (void);

/**
 * barua_redactor_free:
 * @self: (transfer full): a redactor; what it knows is wiped
 */
void barua_redactor_free (BaruaRedactor *self);

/**
 * barua_redactor_add:
 * @self: a redactor
 * @secret: what must not be shown; ones shorter than four bytes are left out, since
 *   they stand in any text
 */
void barua_redactor_add (BaruaRedactor *self, BaruaSecret *secret);

/**
 * barua_redactor_apply:
 * @self: (nullable): a redactor; %NULL does as barua_redactor_new() does
 * @text: any text
 *
 * Returns: (transfer full): @text with each secret replaced by %BARUA_REDACTED
 */
char *barua_redactor_apply (const BaruaRedactor *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaRedactor, barua_redactor_free)

G_END_DECLS
