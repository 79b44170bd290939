#pragma once

#include "base/buffer.h"
#include "probe/engine.h"
#include "probe/sasl.h"

G_BEGIN_DECLS

/**
 * BaruaState:
 * @self: an engine
 * @reply: (nullable): what came; %NULL at the start and after a handshake
 *
 * What an engine does with the next reply.
 *
 * Returns: (transfer full): what to do next
 */
typedef BaruaAction *(*BaruaState) (BaruaEngine *self, const BaruaReply *reply);

/**
 * BaruaLanguage:
 * @start: the first state
 * @resume: the state after STARTTLS; %NULL where STARTTLS is not spoken
 * @dup_farewell: the line that ends a conversation, with its end
 *
 * What the protocols do in different ways.
 */
typedef struct
{
  BaruaState start;
  BaruaState resume;
  char *(*dup_farewell) (BaruaEngine *self);
} BaruaLanguage;

/**
 * BARUA_LANGUAGE_SMTP, BARUA_LANGUAGE_IMAP, BARUA_LANGUAGE_POP:
 *
 * The three protocols: RFC 5321 with RFC 3207 and RFC 4954; RFC 9051 and RFC 3501; RFC
 * 1939 with RFC 2449 and RFC 5034.
 */
extern const BaruaLanguage BARUA_LANGUAGE_SMTP;
extern const BaruaLanguage BARUA_LANGUAGE_IMAP;
extern const BaruaLanguage BARUA_LANGUAGE_POP;

/**
 * BaruaSearch:
 *
 * IMAP: how far the search for the test message has come.
 */
typedef struct _BaruaSearch BaruaSearch;

/**
 * BaruaEngine:
 * @language: what is spoken
 * @service: with which server
 * @login: (nullable): whom to sign in as
 * @goal: how far to go
 * @message: (nullable): what SMTP sends
 * @message_id: (nullable): what IMAP looks for
 * @looks: how often at most; 0 for as long as there is time
 * @hurried: whether there is no time for waiting
 * @keeps: whether somebody else goes on once it is signed in
 * @renewed: IMAP: whether signing in has told what is offered after it
 * @redactor: cuts secrets out
 * @evidence: (nullable): where to write to; only set during a step
 * @next: (nullable): what to do with the next reply; %NULL when it is over
 * @expects_nothing: whether the next step comes without a reply
 * @encrypted: whether what comes now comes inside TLS
 * @ms: how long the replies took that have not become a step yet
 * @offered: (element-type utf8): what the server offers in this phase
 * @sasl: (nullable): the attempt to sign in
 * @words: (nullable): what the server said besides the last reply, or in its place
 * @tag: IMAP: the number of the last command
 * @stage: IMAP: what the last command is about
 * @answered: IMAP: what to do when the last command went well
 * @refused: (nullable): IMAP: what to do when it was refused; %NULL ends there
 * @search: (nullable): IMAP: the search for the test message
 * @strange: whether it was greeted by none of the words of Gmail's servers
 * @foreign: whether it was greeted, inside TLS, by the name of another server's software
 */
struct _BaruaEngine
{
  const BaruaLanguage *language;
  BaruaService service;
  BaruaLogin *login;
  BaruaGoal goal;
  char *message;
  char *message_id;
  guint looks;
  gboolean hurried;
  gboolean keeps;
  gboolean renewed;
  const BaruaRedactor *redactor;
  BaruaEvidence *evidence;
  BaruaState next;
  gboolean expects_nothing;
  gboolean encrypted;
  gint64 ms;
  GPtrArray *offered;
  BaruaSasl *sasl;
  BaruaBuffer words;
  guint tag;
  BaruaStage stage;
  BaruaState answered;
  BaruaState refused;
  BaruaSearch *search;
  gboolean strange;
  gboolean foreign;
};

/**
 * barua_engine_send:
 * @self: an engine
 * @stage: what the reply will be about
 * @next: what to do with it
 * @format: a printf() format for the command, without its end; holds no secret
 * @...: what goes into it
 *
 * Returns: (transfer full): sends one command
 */
BaruaAction *barua_engine_send (BaruaEngine *self,
                                BaruaStage stage,
                                BaruaState next,
                                const char *format,
                                ...) G_GNUC_PRINTF (4, 5);

/**
 * barua_engine_send_secret:
 * @self: an engine
 * @stage: what the reply will be about
 * @next: what to do with it
 * @command: the command, without its end; emptied
 * @shown: (transfer full): what the transcript shows in its stead
 *
 * Returns: (transfer full): sends one command that holds a secret
 */
BaruaAction *barua_engine_send_secret (BaruaEngine *self,
                                       BaruaStage stage,
                                       BaruaState next,
                                       BaruaBuffer *command,
                                       char *shown);

/**
 * barua_engine_read:
 * @self: an engine
 * @stage: what the reply will be about
 * @next: what to do with it
 *
 * Returns: (transfer full): waits for one more reply
 */
BaruaAction *barua_engine_read (BaruaEngine *self, BaruaStage stage, BaruaState next);

/**
 * barua_engine_wait:
 * @self: an engine
 * @stage: what is waited for
 * @next: what to do then
 * @ms: how long, in milliseconds
 *
 * Returns: (transfer full): does nothing for a while
 */
BaruaAction *
barua_engine_wait (BaruaEngine *self, BaruaStage stage, BaruaState next, guint ms);

/**
 * barua_engine_pass:
 * @self: an engine
 * @stage: which part
 * @reply: what completed it
 *
 * Records that a part of the conversation went well.
 *
 * Returns: (transfer none): the step
 */
BaruaStep *
barua_engine_pass (BaruaEngine *self, BaruaStage stage, const BaruaReply *reply);

/**
 * barua_engine_stop:
 * @self: an engine
 * @stage: which part failed
 * @outcome: how
 * @reply: (nullable): what the server said
 * @detail: (nullable): a technical word or two
 *
 * Records a failure and ends the conversation: with a farewell inside TLS, unless the
 * server broke the protocol.
 *
 * Returns: (transfer full): the end
 */
BaruaAction *barua_engine_stop (BaruaEngine *self,
                                BaruaStage stage,
                                BaruaOutcome outcome,
                                const BaruaReply *reply,
                                const char *detail);

/**
 * barua_engine_finish:
 * @self: an engine
 *
 * Returns: (transfer full): the end, with a farewell
 */
BaruaAction *barua_engine_finish (BaruaEngine *self);

/**
 * barua_engine_start_tls:
 * @self: an engine
 *
 * Forgets everything that was learnt in the clear (RFC 3207, 4.2).
 *
 * Returns: (transfer full): shakes hands
 */
BaruaAction *barua_engine_start_tls (BaruaEngine *self);

/**
 * barua_engine_offer:
 * @self: an engine
 * @word: (array length=length): what the server offers; a mechanism is "AUTH=PLAIN"
 * @length: how many bytes, or -1 when @word ends with NUL
 *
 * Takes a capability in, up to a number that no server needs.
 */
void barua_engine_offer (BaruaEngine *self, const char *word, gssize length);

/**
 * barua_engine_offer_mechanisms:
 * @self: an engine
 * @names: names of SASL mechanisms with blanks between
 *
 * Takes each in as "AUTH=NAME".
 */
void barua_engine_offer_mechanisms (BaruaEngine *self, const char *names);

/**
 * barua_engine_is_offered:
 * @self: an engine
 * @word: a whole word, letter case aside
 *
 * Returns: whether the server offers it in this phase
 */
gboolean barua_engine_is_offered (const BaruaEngine *self, const char *word);

/**
 * barua_engine_publish_offers:
 * @self: an engine
 *
 * Writes what is offered inside TLS into the evidence.
 */
void barua_engine_publish_offers (BaruaEngine *self);

/**
 * barua_engine_wants_sign_in:
 * @self: an engine
 *
 * Returns: whether there is a login, and the goal says to use it
 */
gboolean barua_engine_wants_sign_in (const BaruaEngine *self);

/**
 * barua_engine_has_errand:
 * @self: an engine
 *
 * Returns: whether there is a test message, and the goal says to send or to find it
 */
gboolean barua_engine_has_errand (const BaruaEngine *self);

/**
 * barua_engine_begin_sasl:
 * @self: an engine
 * @wanted: what to choose from what is offered
 *
 * Returns: whether something suitable was found; @self then has its attempt, and the
 *   evidence its mechanism
 */
gboolean barua_engine_begin_sasl (BaruaEngine *self, BaruaMechanism wanted);

/**
 * barua_engine_set_mechanism:
 * @self: an engine
 * @name: how it is signed in
 *
 * Writes into the evidence how it is signed in.
 */
void barua_engine_set_mechanism (BaruaEngine *self, const char *name);

/**
 * barua_engine_judge_greeting:
 * @self: an engine
 * @reply: how it was greeted
 *
 * Looks whether that is how Gmail's servers greet, before a secret is sent.
 */
void barua_engine_judge_greeting (BaruaEngine *self, const BaruaReply *reply);

/**
 * barua_engine_withhold:
 * @self: an engine that is about to sign in
 *
 * Returns: (transfer full) (nullable): the end, where no secret may be sent: because the
 *   server is not Gmail's, or because name or secret cannot be sent as they are; %NULL
 *   where nothing speaks against it
 */
BaruaAction *barua_engine_withhold (BaruaEngine *self);

/**
 * barua_engine_stop_unoffered:
 * @self: an engine
 *
 * Returns: (transfer full): the end: no way to sign in is offered that suits the login
 */
BaruaAction *barua_engine_stop_unoffered (BaruaEngine *self);

/**
 * barua_engine_answer_challenge:
 * @self: an engine with a SASL attempt
 * @challenge: what came behind "334" or "+"
 * @reply: the reply that it came in
 * @next: what to do with the next reply
 *
 * Returns: (transfer full): sends the answer; the end, if there were too many challenges
 */
BaruaAction *barua_engine_answer_challenge (BaruaEngine *self,
                                            const char *challenge,
                                            const BaruaReply *reply,
                                            BaruaState next);

/**
 * barua_engine_refuse_sign_in:
 * @self: an engine
 * @reply: what the server said
 *
 * Returns: (transfer full): the end, after a refusal or after an attempt that we
 * cancelled
 */
BaruaAction *barua_engine_refuse_sign_in (BaruaEngine *self, const BaruaReply *reply);

G_END_DECLS
