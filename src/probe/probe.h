#pragma once

#include "account/login.h"
#include "account/service.h"
#include "probe/engine.h"
#include "probe/evidence.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaProgress:
 * @evidence: what has been seen so far
 * @step: the step that has just ended
 * @user_data: what was given with the function
 *
 * Told in the main context about each step as it ends, for live rows.
 */
typedef void (*BaruaProgress) (const BaruaEvidence *evidence,
                               const BaruaStep *step,
                               gpointer user_data);

/**
 * BaruaProbeSetup:
 * @service: where to connect, and how the connection is protected
 * @login: (nullable): whom to sign in as; %NULL stops before signing in
 * @goal: how far to go
 * @errand: (nullable): what %BARUA_GOAL_TEST_MESSAGE is about
 * @trust: (nullable): the authorities to trust; %NULL for the system's
 * @step_ms: the longest wait for one name, connection, handshake or reply
 * @total_ms: the longest the whole conversation may take
 * @hurry: (nullable): cancelling it ends the conversation as if @total_ms were over; what
 *   was seen is kept
 * @keep: IMAP: whether the connection, once it is signed in, is left open for somebody
 *   else to go on with: see barua_probe_steal_stream()
 * @progress: (nullable): told about each step
 * @progress_data: passed to @progress
 *
 * Everything a probe depends on. Nothing else is read from the environment, so a
 * test points @service at a server of its own and @trust at that server's authority.
 */
typedef struct
{
  const BaruaService *service;
  BaruaLogin *login;
  BaruaGoal goal;
  const BaruaErrand *errand;
  GTlsDatabase *trust;
  guint step_ms;
  guint total_ms;
  GCancellable *hurry;
  gboolean keep;
  BaruaProgress progress;
  gpointer progress_data;
} BaruaProbeSetup;

/**
 * barua_probe_async:
 * @setup: what to try; copied
 * @cancellable: (nullable): ends the conversation at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Holds one conversation with a mail server, as far as it will go. One address of each
 * family is tried at once, each with those after it in its stead when it fails; the
 * conversation goes on with the first that answers, and the other is still judged: it is
 * given as long as the conversation lasts, and a grace of a second and a half from its
 * start.
 */
void barua_probe_async (const BaruaProbeSetup *setup,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/**
 * barua_probe_finish:
 * @result: what @callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * A server that refuses, misbehaves or stays silent is a finding and not an error:
 * the evidence then ends at the step that failed and says how.
 *
 * Returns: (transfer full) (nullable): what was seen, in order; %NULL with @error set
 */
BaruaEvidence *barua_probe_finish (GAsyncResult *result, GError **error);

/**
 * barua_probe_steal_stream:
 * @result: what @callback was given, before barua_probe_finish()
 *
 * Takes over the connection of a probe that was to keep it. The evidence's capabilities
 * are those that the server has after signing in, then.
 *
 * Returns: (transfer full) (nullable): the connection inside TLS, signed in, at the
 *   beginning of a line on both sides; no clock runs for it any more. %NULL where it did
 *   not come to that: the evidence says why
 */
GIOStream *barua_probe_steal_stream (GAsyncResult *result);

G_END_DECLS
