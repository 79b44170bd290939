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
 * @BARUA_GOAL_FOLDERS: and, with IMAP, list all folders
 * @BARUA_GOAL_TEST_MESSAGE: and send a message to oneself with SMTP, or find it with IMAP
 * and move it to the bin; with an errand only
 *
 * How far a conversation goes. Each goal includes the ones above it.
 */
typedef enum
{
  BARUA_GOAL_CAPABILITIES,
  BARUA_GOAL_SIGN_IN,
  BARUA_GOAL_REHEARSE,
  BARUA_GOAL_FOLDERS,
  BARUA_GOAL_TEST_MESSAGE,
} BaruaGoal;

/**
 * BaruaErrand:
 * @message: the message to oneself: ASCII lines of at most 998 characters with CRLF
 * @id: its Message-ID, with angle brackets, which no other message has
 * @looks: how often IMAP looks for it at most; 0 for as long as there is time
 *
 * What %BARUA_GOAL_TEST_MESSAGE is about.
 */
typedef struct
{
  const char *message;
  const char *id;
  guint looks;
} BaruaErrand;

/**
 * BaruaActionKind:
 * @BARUA_ACTION_SEND: send the bytes, then come back with the next reply
 * @BARUA_ACTION_READ: send nothing; come back with the next reply
 * @BARUA_ACTION_STARTTLS: shake hands, then come back without a reply
 * @BARUA_ACTION_WAIT: do nothing for a while, then come back without a reply
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
  BARUA_ACTION_WAIT,
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
 * @wait_ms: how long to do nothing, in milliseconds
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
  guint wait_ms;
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
 * barua_engine_set_errand:
 * @self: an engine at the start
 * @errand: (nullable): what %BARUA_GOAL_TEST_MESSAGE is about; copied. Without one, that
 *   goal is no more than the one before it
 */
void barua_engine_set_errand (BaruaEngine *self, const BaruaErrand *errand);

/**
 * barua_engine_keep:
 * @self: an engine for IMAP at the start
 *
 * Tells that somebody else goes on with the connection once it is signed in: it ends
 * without a farewell then, and what the server offers is learnt anew after signing in.
 */
void barua_engine_keep (BaruaEngine *self);

/**
 * barua_engine_hurry:
 * @self: an engine
 *
 * Tells that there is no time for waiting any more: what would wait ends instead.
 */
void barua_engine_hurry (BaruaEngine *self);

/**
 * barua_engine_step:
 * @self: an engine
 * @reply: (nullable): the reply that the last action asked for; %NULL at the start and
 * after a handshake that went well or a wait
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
