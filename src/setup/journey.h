#pragma once

#include "account/address.h"
#include "account/login.h"
#include "diagnose/diagnose.h"
#include "discover/discover.h"
#include "probe/probe.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaJourney:
 *
 * The one object that the window and the command line drive: from an address to mail
 * that works. Signals:
 *
 * - "step" (BaruaEvidence *evidence, gpointer step): a stage of a conversation has ended;
 *   step is a const BaruaStep, valid during the emission
 */
#define BARUA_TYPE_JOURNEY (barua_journey_get_type ())
G_DECLARE_FINAL_TYPE (BaruaJourney, barua_journey, BARUA, JOURNEY, GObject)

/**
 * BaruaCheckOptions:
 * @protocols: which services to check: bits, 1 << BARUA_PROTOCOL_SMTP…; 0 for all
 * @login: (nullable): whom to sign in as; %NULL checks the connections only
 * @total_ms: the longest the whole check may take; 0 for %BARUA_LIMIT_TOTAL_MS
 */
typedef struct
{
  guint protocols;
  BaruaLogin *login;
  guint total_ms;
} BaruaCheckOptions;

/**
 * BaruaCheck:
 * @address: (nullable): whose mail
 * @discovery: (nullable): who keeps it
 * @started: when it began
 * @ms: how long it took
 * @diagnosis: what came out. For an address that somebody else keeps nothing is probed,
 * and it has no services
 *
 * A finished check.
 */
typedef struct _BaruaCheck BaruaCheck;

/**
 * barua_journey_new:
 * @address: (nullable): whose mail; %NULL for Gmail in general
 *
 * Returns: (transfer full): a journey at its start
 */
BaruaJourney *barua_journey_new (BaruaAddress *address);

/**
 * barua_journey_check_async:
 * @self: a journey
 * @options: (nullable): how to check; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Finds out who keeps the mail, probes the endpoints, looks around where something fails,
 * and finds the root cause.
 */
void barua_journey_check_async (BaruaJourney *self,
                                const BaruaCheckOptions *options,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * barua_journey_check_finish:
 * @self: a journey
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): the finished check
 */
BaruaCheck *
barua_journey_check_finish (BaruaJourney *self, GAsyncResult *result, GError **error);

/**
 * barua_check_unref:
 * @self: (transfer full): a check
 */
void barua_check_unref (BaruaCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaCheck, barua_check_unref)

G_END_DECLS
