#pragma once

#include "account/login.h"
#include "account/service.h"
#include "base/redact.h"
#include "probe/evidence.h"
#include "probe/reply.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaGoal:
 * @BARUA_GOAL_CAPABILITIES: greet, protect the connection, ask what is offered
 * @BARUA_GOAL_SIGN_IN: and sign in, if there is a login; POP goes on to STAT, since Gmail
 *   refuses only there when POP is switched off
 * @BARUA_GOAL_REHEARSE: and, with SMTP, rehearse a message to oneself: MAIL FROM, RCPT
 * TO, RSET; nothing is sent
 *
 * How far a conversation goes. Each goal includes the ones above it.
 */
typedef enum
{
  BARUA_GOAL_CAPABILITIES,
  BARUA_GOAL_SIGN_IN,
  BARUA_GOAL_REHEARSE,
} BaruaGoal;

/**
 * BaruaActionKind:
 * @BARUA_ACTION_SEND: send the bytes, then come back with the next reply
 * @BARUA_ACTION_READ: send nothing; come back with the next reply
 * @BARUA_ACTION_STARTTLS: shake hands, then come back without a reply
 * @BARUA_ACTION_DONE: it is over, well or badly; the bytes, if any, are a farewell whose
 *   answer nobody waits for
 *
 * What an engine wants done next.
 */
typedef enum
{
  BARUA_ACTION_SEND,
  BARUA_ACTION_READ,
  BARUA_ACTION_STARTTLS,
  BARUA_ACTION_DONE,
} BaruaActionKind;

/**
 * BaruaAction:
 * @kind: what to do
 * @stage: what the next reply will be about: a step of this stage is recorded when it
 * does not come
 * @bytes: (nullable): what to send; wiped when freed
 * @shown: (nullable): what the transcript shows for it, if @bytes holds a secret
 * @several: POP: the reply has several lines
 *
 * One thing for the driver to do.
 */
typedef struct
{
  BaruaActionKind kind;
  BaruaStage stage;
  char *bytes;
  char *shown;
  gboolean several;
} BaruaAction;

/**
 * BaruaEngine:
 *
 * One side of one conversation: pure, without I/O, clock or environment. It is fed whole
 * replies and says what to do next; it writes what it learns into the evidence.
 */
typedef struct _BaruaEngine BaruaEngine;

/**
 * barua_engine_new:
 * @service: with which server; decides which of the protocols is spoken
 * @login: (nullable): whom to sign in as; %NULL stops before signing in
 * @goal: how far to go
 * @redactor: cuts secrets out of everything recorded; must outlive the engine
 *
 * Returns: (transfer full): an engine at the start, in the clear when @service says
 * STARTTLS
 */
BaruaEngine *barua_engine_new (const BaruaService *service,
                               BaruaLogin *login,
                               BaruaGoal goal,
                               const BaruaRedactor *redactor);

/**
 * barua_engine_free:
 * @self: (transfer full): an engine
 */
void barua_engine_free (BaruaEngine *self);

/**
 * barua_engine_step:
 * @self: an engine
 * @reply: (nullable): the reply that the last action asked for; %NULL at the start and
 * after a handshake that went well
 * @evidence: takes the steps that @reply completes, with @reply's time, and the
 *   capabilities and the mechanism
 *
 * Goes on by one reply. Never reads or sends anything before TLS but the greeting, EHLO
 * and STARTTLS, and keeps no word of what came then.
 *
 * Returns: (transfer full): what to do next; free with barua_action_free()
 */
BaruaAction *
barua_engine_step (BaruaEngine *self, const BaruaReply *reply, BaruaEvidence *evidence);

/**
 * barua_action_free:
 * @self: (transfer full): an action; its bytes are wiped
 */
void barua_action_free (BaruaAction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaEngine, barua_engine_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaAction, barua_action_free)

G_END_DECLS
