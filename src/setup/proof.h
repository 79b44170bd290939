#pragma once

#include "account/login.h"
#include "probe/probe.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaProofOutcome:
 * @BARUA_PROOF_FOUND: the message was sent, and it arrived
 * @BARUA_PROOF_LATE: it was sent, but did not arrive while it was waited for
 * @BARUA_PROOF_UNSEEN: it was sent, but the mailbox could not be looked into; the
 *   conversation with IMAP says why
 * @BARUA_PROOF_UNSENT: it was not accepted; the conversation with SMTP says why
 * @BARUA_PROOF_UNTRIED: there is no service for sending or none for receiving that lets
 *   one sign in
 *
 * What became of a test message.
 */
typedef enum
{
  BARUA_PROOF_FOUND,
  BARUA_PROOF_LATE,
  BARUA_PROOF_UNSEEN,
  BARUA_PROOF_UNSENT,
  BARUA_PROOF_UNTRIED,
} BaruaProofOutcome;

/**
 * BaruaProof:
 * @outcome: what became of it
 * @ms: how long it was under way, from when it was accepted to when it was found, in
 *   milliseconds; if it was not found, how long it was waited for since
 * @found_in: (nullable): the folder in which it was found, as people read its name
 * @in_spam: whether that is the folder for spam
 * @moved_to: (nullable): the folder that it was moved to; %NULL if it still lies there
 * @looked_in: (nullable) (array zero-terminated=1): the folders that were looked into in
 *   vain, as people read their names
 * @accepted: (nullable): the server's words when it took the message: redacted, printable
 *
 * Whether mail flows, as one message to oneself shows it.
 */
typedef struct
{
  BaruaProofOutcome outcome;
  gint64 ms;
  char *found_in;
  gboolean in_spam;
  char *moved_to;
  char **looked_in;
  char *accepted;
} BaruaProof;

/**
 * BaruaProofSetup:
 * @evidence: (element-type BaruaEvidence): conversations of a check with the same login.
 *   The new ones take the place of those with the same service
 * @login: whom to sign in as, and whom to write to
 * @name: (nullable): the person's full name
 * @trust: (nullable): the authorities to trust; %NULL for the system's
 * @total_ms: the longest it may take
 * @progress: (nullable): told about each step
 * @progress_data: passed to @progress
 */
typedef struct
{
  GPtrArray *evidence;
  BaruaLogin *login;
  const char *name;
  GTlsDatabase *trust;
  guint total_ms;
  BaruaProgress progress;
  gpointer progress_data;
} BaruaProofSetup;

/**
 * barua_proof_async:
 * @setup: how; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Sends a message to the person's own address through the first service that takes one,
 * signs in with IMAP meanwhile, looks for it by its Message-ID, and moves it to the bin.
 */
void barua_proof_async (const BaruaProofSetup *setup,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/**
 * barua_proof_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): what became of it
 */
BaruaProof *barua_proof_finish (GAsyncResult *result, GError **error);

/**
 * barua_proof_free:
 * @self: (transfer full): a proof
 */
void barua_proof_free (BaruaProof *self);

/**
 * barua_proof_dup_text:
 * @self: a proof
 *
 * Returns: (transfer full): what became of the message, in whole sentences, translated
 */
char *barua_proof_dup_text (const BaruaProof *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaProof, barua_proof_free)

G_END_DECLS
