#pragma once

#include "base/redact.h"
#include "probe/engine.h"
#include "probe/reply.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_TRANSCRIPT_LINES:
 *
 * The most lines kept of one conversation.
 */
#define BARUA_TRANSCRIPT_LINES 300

/**
 * BARUA_TRANSCRIPT_CHARACTERS:
 *
 * The most characters kept of one line.
 */
#define BARUA_TRANSCRIPT_CHARACTERS 500

/**
 * BaruaTranscript:
 *
 * The lines of a conversation, cleaned as they are written down: without secrets, fit to
 * be shown, and of what a server said before TLS no more than its code.
 */
typedef struct _BaruaTranscript BaruaTranscript;

/**
 * barua_transcript_new:
 * @redactor: cuts out secrets; must outlive the transcript
 *
 * Returns: (transfer full): an empty transcript
 */
BaruaTranscript *barua_transcript_new (const BaruaRedactor *redactor);

/**
 * barua_transcript_free:
 * @self: (transfer full): a transcript
 */
void barua_transcript_free (BaruaTranscript *self);

/**
 * barua_transcript_add_sent:
 * @self: a transcript
 * @action: what was sent
 */
void barua_transcript_add_sent (BaruaTranscript *self, const BaruaAction *action);

/**
 * barua_transcript_add_received:
 * @self: a transcript
 * @reply: what came
 * @encrypted: whether it came inside TLS
 */
void barua_transcript_add_received (BaruaTranscript *self,
                                    const BaruaReply *reply,
                                    gboolean encrypted);

/**
 * barua_transcript_end:
 * @self: a transcript
 *
 * Returns: (transfer full) (array zero-terminated=1): its lines; it is empty afterwards
 */
char **barua_transcript_end (BaruaTranscript *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaTranscript, barua_transcript_free)

G_END_DECLS
