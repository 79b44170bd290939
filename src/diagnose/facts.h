#pragma once

#include "diagnose/case.h"
#include "diagnose/replies.h"
#include "diagnose/rule.h"
#include "diagnose/verdict.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaDoor:
 * @BARUA_DOOR_UNTRIED: it never came to that: no address, or no time left
 * @BARUA_DOOR_OPEN: something answered there, whatever it said
 * @BARUA_DOOR_NO_ROUTE: this machine knows no way there
 * @BARUA_DOOR_UNREACHABLE: something on the way said that there is no way on
 * @BARUA_DOOR_DROPPED: no connection in time, and no word why
 * @BARUA_DOOR_REFUSED: the connection was refused
 * @BARUA_DOOR_RESET: the connection was reset before it was protected
 * @BARUA_DOOR_CLOSED: the connection was closed in good order before anything came
 * @BARUA_DOOR_SILENT: there was a connection, but nothing came in time
 *
 * What a port looks like from here.
 */
typedef enum
{
  BARUA_DOOR_UNTRIED,
  BARUA_DOOR_OPEN,
  BARUA_DOOR_NO_ROUTE,
  BARUA_DOOR_UNREACHABLE,
  BARUA_DOOR_DROPPED,
  BARUA_DOOR_REFUSED,
  BARUA_DOOR_RESET,
  BARUA_DOOR_CLOSED,
  BARUA_DOOR_SILENT,
} BaruaDoor;

/**
 * barua_door_of:
 * @evidence: a conversation
 *
 * Returns: what its port looks like. Where the addresses of the two families differ, the
 *   IPv4 ones tell, unless there is no way to them at all
 */
BaruaDoor barua_door_of (const BaruaEvidence *evidence);

/**
 * barua_door_of_attempt:
 * @attempt: a try to connect
 *
 * Returns: what it found; %BARUA_DOOR_UNTRIED for a failure that says nothing about the
 *   way there
 */
BaruaDoor barua_door_of_attempt (const BaruaAttempt *attempt);

/**
 * barua_door_is_blocked:
 * @door: a port
 *
 * Returns: whether it looks as a port does behind a firewall: dropped, refused, reset,
 *   or with no way there
 */
gboolean barua_door_is_blocked (BaruaDoor door);

/**
 * barua_facts_get:
 * @facts: a case
 * @index: which conversation, from 0
 *
 * Returns: (transfer none): it
 */
const BaruaEvidence *barua_facts_get (const BaruaCase *facts, guint index);

/**
 * barua_facts_get_web:
 * @facts: a case
 *
 * Returns: what the web looks like; %BARUA_WEB_UNKNOWN when nobody looked
 */
BaruaWeb barua_facts_get_web (const BaruaCase *facts);

/**
 * barua_facts_works:
 * @evidence: a conversation
 *
 * Returns: whether it went as far as it was meant to, protected and without a refusal
 */
gboolean barua_facts_works (const BaruaEvidence *evidence);

/**
 * barua_facts_any_in_tls:
 * @facts: a case
 *
 * Returns: whether a conversation got through its handshake, and so reached Google
 */
gboolean barua_facts_any_in_tls (const BaruaCase *facts);

/**
 * barua_facts_is_closed:
 * @step: (nullable): a step
 * @reset: (out) (optional): whether it was no orderly end
 *
 * Returns: whether the connection ended in place of an answer
 */
gboolean barua_facts_is_closed (const BaruaStep *step, gboolean *reset);

/**
 * barua_facts_failed_at:
 * @evidence: a conversation
 * @stage: a part
 *
 * Returns: (nullable): the step that ended the conversation, if it is of @stage
 */
const BaruaStep *barua_facts_failed_at (const BaruaEvidence *evidence, BaruaStage stage);

/**
 * barua_facts_is_protected:
 * @evidence: a conversation
 *
 * Returns: whether its last step took place inside TLS, with a good certificate
 */
gboolean barua_facts_is_protected (const BaruaEvidence *evidence);

/**
 * barua_facts_get_leaf:
 * @evidence: a conversation
 *
 * Returns: (nullable): the server's own certificate, if it showed one
 */
const BaruaCertificate *barua_facts_get_leaf (const BaruaEvidence *evidence);

/**
 * barua_facts_dup_true_time:
 * @facts: a case
 *
 * Returns: (transfer full) (nullable): what another clock said when the check began;
 *   %NULL when no other clock was seen
 */
GDateTime *barua_facts_dup_true_time (const BaruaCase *facts);

/**
 * barua_facts_match_words:
 * @facts: a case
 * @evidence: a conversation
 * @step: one of its steps
 *
 * Returns: what the server's words in @step mean, if it used any
 */
BaruaReplyMatch barua_facts_match_words (const BaruaCase *facts,
                                         const BaruaEvidence *evidence,
                                         const BaruaStep *step);

/**
 * barua_facts_get_other_port:
 * @facts: a case
 * @evidence: a conversation that failed
 *
 * Returns: (nullable): the marked advice to use the other port for sending; %NULL unless
 *   that one leads inside here
 */
const char *barua_facts_get_other_port (const BaruaCase *facts,
                                        const BaruaEvidence *evidence);

/**
 * barua_facts_dup_outcome:
 * @step: a step
 *
 * Returns: (transfer full): how it ended, in a few technical words, the same in every
 *   language but for what the system said: "no answer in 10000 ms (142.250.27.109)"
 */
char *barua_facts_dup_outcome (const BaruaStep *step);

/**
 * barua_facts_dup_step:
 * @evidence: a conversation
 * @step: (nullable): one of its steps
 *
 * Returns: (transfer full): the step in one technical line, the same in every language:
 *   "imap.gmail.com:993 connect: no answer in 10000 ms"
 */
char *barua_facts_dup_step (const BaruaEvidence *evidence, const BaruaStep *step);

/**
 * barua_facts_dup_attempt:
 * @evidence: a conversation
 * @attempt: one of its tries
 *
 * Returns: (transfer full): the try in one technical line
 */
char *barua_facts_dup_attempt (const BaruaEvidence *evidence,
                               const BaruaAttempt *attempt);

/**
 * barua_facts_blame:
 * @findings: (element-type BaruaFinding): takes the finding
 * @evidence: a conversation that failed
 * @cause_id: a word of the vocabulary
 * @sure: from 0 to 1
 *
 * Finds that @evidence failed for that cause. The server's words, or else the step that
 * failed and the tries to connect, become the verdict's evidence.
 *
 * Returns: (transfer none): the verdict, to be made further
 */
BaruaVerdict *barua_facts_blame (GPtrArray *findings,
                                 const BaruaEvidence *evidence,
                                 const char *cause_id,
                                 double sure);

G_END_DECLS
