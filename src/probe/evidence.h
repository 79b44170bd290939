#pragma once

#include "account/folder.h"
#include "account/service.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaStage:
 *
 * The parts of a conversation, in the order in which they come.
 */
typedef enum
{
  BARUA_STAGE_RESOLVE,
  BARUA_STAGE_CONNECT,
  BARUA_STAGE_TLS,
  BARUA_STAGE_GREETING,
  BARUA_STAGE_CAPABILITIES,
  BARUA_STAGE_STARTTLS,
  BARUA_STAGE_SIGN_IN,
  BARUA_STAGE_REHEARSAL,
  BARUA_STAGE_TEST_MESSAGE,
} BaruaStage;

/**
 * BaruaOutcome:
 * @BARUA_OUTCOME_OK: it worked
 * @BARUA_OUTCOME_REFUSED: the server said no, in its own words
 * @BARUA_OUTCOME_FAILED: the system said no; @error of the step says how
 * @BARUA_OUTCOME_TIMED_OUT: nothing came in time
 * @BARUA_OUTCOME_CLOSED: the connection was closed or reset instead of an answer
 * @BARUA_OUTCOME_MISBEHAVED: what came breaks the protocol; @detail of the step says how
 * @BARUA_OUTCOME_MISSING: the server does not offer what the step needs
 *
 * How a step ended.
 */
typedef enum
{
  BARUA_OUTCOME_OK,
  BARUA_OUTCOME_REFUSED,
  BARUA_OUTCOME_FAILED,
  BARUA_OUTCOME_TIMED_OUT,
  BARUA_OUTCOME_CLOSED,
  BARUA_OUTCOME_MISBEHAVED,
  BARUA_OUTCOME_MISSING,
} BaruaOutcome;

/**
 * BARUA_DETAIL_STRANGE_GREETING:
 *
 * The detail of a greeting in the clear that went well but has none of the words by which
 * Gmail's servers greet. It says something only together with what comes later, a
 * handshake that fails or offers that are not Gmail's either: anybody may send those
 * words.
 */
#define BARUA_DETAIL_STRANGE_GREETING "not Gmail's greeting"

/**
 * BARUA_DETAIL_WITHHELD:
 *
 * The detail of a sign-in that was not tried (%BARUA_OUTCOME_MISSING), since the server
 * neither greets like one of Gmail's nor offers what they do, or names another maker.
 */
#define BARUA_DETAIL_WITHHELD "another server than Gmail's"

/**
 * BaruaStep:
 * @stage: which part
 * @outcome: how it ended
 * @ms: how long it took
 * @error: (nullable): GIO's error, for %BARUA_OUTCOME_FAILED and %BARUA_OUTCOME_CLOSED
 * @code: the three digits of an SMTP reply, else 0
 * @words: (nullable): the server's own words: redacted, printable, one line for each of
 *   its lines, at most a few thousand characters; %NULL for what came before TLS, which
 * may be anybody's
 * @challenge: (nullable): the decoded JSON of an OAuth refusal (RFC 7628, 3.2.2);
 * printable
 * @detail: (nullable): a technical word or two for the details, the same in every
 *   language: "142.250.27.109", "TLS 1.3", "line longer than 8192 bytes", "PLAIN"
 *
 * One step of a conversation.
 */
typedef struct
{
  BaruaStage stage;
  BaruaOutcome outcome;
  gint64 ms;
  GError *error;
  guint code;
  char *words;
  char *challenge;
  char *detail;
} BaruaStep;

/**
 * BaruaAttempt:
 * @address: where to
 * @outcome: %BARUA_OUTCOME_OK, %BARUA_OUTCOME_FAILED or %BARUA_OUTCOME_TIMED_OUT
 * @ms: how long it took, or was waited for
 * @error: (nullable): GIO's error for %BARUA_OUTCOME_FAILED
 *
 * One try to open a connection, to one of a host's addresses.
 */
typedef struct
{
  GInetAddress *address;
  BaruaOutcome outcome;
  gint64 ms;
  GError *error;
} BaruaAttempt;

/**
 * BaruaCertificate:
 * @subject: (nullable): RFC 4514 text, printable
 * @subject_name: (nullable): the part of @subject that people know it by (CN, else O)
 * @issuer: (nullable): RFC 4514 text, printable
 * @issuer_name: (nullable): the part of @issuer that people know it by: O, else CN
 * @names: (array zero-terminated=1): the DNS names it is for; printable
 * @not_before: (nullable): from when it is valid
 * @not_after: (nullable): until when
 * @sha256: its fingerprint: lower-case hexadecimal digits
 * @self_issued: whether subject and issuer are the same
 *
 * One certificate of a chain, as the server showed it.
 */
typedef struct
{
  char *subject;
  char *subject_name;
  char *issuer;
  char *issuer_name;
  char **names;
  GDateTime *not_before;
  GDateTime *not_after;
  char *sha256;
  gboolean self_issued;
} BaruaCertificate;

/**
 * BaruaTlsFacts:
 * @version: (nullable): what was negotiated: "TLS 1.3"; %NULL when the handshake failed
 * @cipher: (nullable): what was negotiated
 * @errors: what is wrong with the chain, in GIO's flags, and our own stricter look at the
 *   name (no CN instead of a DNS name: RFC 9525, 6.3) and the purpose (not for clients
 *   only: a generic error); 0 for nothing
 * @chain: (element-type BaruaCertificate): the server's certificate first; may be empty
 *
 * What the server showed of itself.
 */
typedef struct
{
  char *version;
  char *cipher;
  GTlsCertificateFlags errors;
  GPtrArray *chain;
} BaruaTlsFacts;

/**
 * BaruaEvidence:
 * @service: where
 * @started: when, in UTC
 * @ms: how long it took in all
 * @steps: (element-type BaruaStep): in order; the last is the one that failed, or the
 * last one there was to do. One stage may come twice (capabilities, before and after TLS)
 * @attempts: (element-type BaruaAttempt): every address that was tried
 * @tls: (nullable): what the server showed, also when it was refused
 * @capabilities: (array zero-terminated=1): what the server offers inside TLS, in its
 *   words ("SIZE 35882577"), but mechanisms as "AUTH=PLAIN" in every protocol; printable
 * @transcript: (array zero-terminated=1): the lines sent ("C: ") and received ("S: "),
 *   redacted and printable
 * @mechanism: (nullable): how it was signed in: "PLAIN", "XOAUTH2"…; %NULL if it was not
 * tried
 * @cut_short: the time for all ran out while the last step was under way
 * @folders: (element-type BaruaFolder) (nullable): IMAP: all folders, where they were
 *   asked for
 * @found_in: (nullable): IMAP: the name of the folder in which the test message was
 * found, as the server writes it
 * @looked_in: (nullable) (array zero-terminated=1): IMAP: the names of the folders in
 *   which it was looked for to the end, in vain
 * @moved_to: (nullable): IMAP: the name of the folder that it was moved to, as the server
 *   writes it; %NULL if it lies where it was found
 *
 * All that was seen in one conversation. Filled by the probe, then immutable.
 */
typedef struct
{
  BaruaService service;
  GDateTime *started;
  gint64 ms;
  GPtrArray *steps;
  GPtrArray *attempts;
  BaruaTlsFacts *tls;
  char **capabilities;
  char **transcript;
  char *mechanism;
  gboolean cut_short;
  GPtrArray *folders;
  char *found_in;
  char **looked_in;
  char *moved_to;
} BaruaEvidence;

#define BARUA_TYPE_EVIDENCE (barua_evidence_get_type ())
GType barua_evidence_get_type (void);

/**
 * barua_evidence_new:
 * @service: where; its strings are constants and are not copied
 *
 * Returns: (transfer full): evidence without a step
 */
BaruaEvidence *barua_evidence_new (const BaruaService *service);

/**
 * barua_evidence_ref:
 * @self: evidence
 *
 * Returns: (transfer full): @self
 */
BaruaEvidence *barua_evidence_ref (BaruaEvidence *self);

/**
 * barua_evidence_unref:
 * @self: (transfer full): evidence
 */
void barua_evidence_unref (BaruaEvidence *self);

/**
 * barua_evidence_add_step:
 * @self: evidence that is still being gathered
 * @stage: which part
 * @outcome: how it ended
 * @ms: how long it took
 *
 * Returns: (transfer none): the new last step, to be filled further
 */
BaruaStep *barua_evidence_add_step (BaruaEvidence *self,
                                    BaruaStage stage,
                                    BaruaOutcome outcome,
                                    gint64 ms);

/**
 * barua_evidence_add_attempt:
 * @self: evidence that is still being gathered
 * @address: where to
 * @outcome: how it ended
 * @ms: how long it took
 * @error: (nullable) (transfer full): why it failed
 */
void barua_evidence_add_attempt (BaruaEvidence *self,
                                 GInetAddress *address,
                                 BaruaOutcome outcome,
                                 gint64 ms,
                                 GError *error);

/**
 * barua_evidence_get_step:
 * @self: evidence
 * @stage: which part
 *
 * Returns: (transfer none) (nullable): the last step of @stage; %NULL if it never came to
 * that
 */
const BaruaStep *barua_evidence_get_step (const BaruaEvidence *self, BaruaStage stage);

/**
 * barua_evidence_get_failure:
 * @self: evidence
 *
 * Returns: (transfer none) (nullable): the step that ended the conversation before its
 * time; %NULL when all went well
 */
const BaruaStep *barua_evidence_get_failure (const BaruaEvidence *self);

/**
 * barua_evidence_has_passed:
 * @self: evidence
 * @stage: which part
 *
 * Returns: whether @stage was reached and its last step ended well
 */
gboolean barua_evidence_has_passed (const BaruaEvidence *self, BaruaStage stage);

/**
 * barua_evidence_has_capability:
 * @self: evidence
 * @word: a whole word, letter case aside: "STARTTLS", "AUTH=PLAIN"
 *
 * Returns: whether the server offers it inside TLS
 */
gboolean barua_evidence_has_capability (const BaruaEvidence *self, const char *word);

/**
 * barua_stage_get_id:
 * @stage: a part
 *
 * Returns: the word that JSON and transcripts use: "resolve", "sign-in"…
 */
const char *barua_stage_get_id (BaruaStage stage);

/**
 * barua_tls_facts_new:
 *
 * Returns: (transfer full): facts about nothing yet
 */
BaruaTlsFacts *barua_tls_facts_new (void);

/**
 * barua_tls_facts_free:
 * @self: (transfer full): facts
 */
void barua_tls_facts_free (BaruaTlsFacts *self);

/**
 * barua_certificate_free:
 * @self: (transfer full): a certificate
 */
void barua_certificate_free (BaruaCertificate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaEvidence, barua_evidence_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaTlsFacts, barua_tls_facts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaCertificate, barua_certificate_free)

G_END_DECLS
