#pragma once

#include "account/address.h"
#include "account/login.h"
#include "diagnose/diagnose.h"
#include "discover/discover.h"
#include "probe/probe.h"
#include "setup/proof.h"

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
 * @kept_sign_in: whether to sign in with what is kept on this machine for the address, if
 *   @login is %NULL and there is something
 * @send_test: whether to send a test message to the address, if somebody is signed in and
 *   nothing stands in the way of mail, and to look for it
 * @account_trouble: (nullable): a word of the vocabulary, constant: why there is no login
 *   though there is an account
 * @total_ms: the longest the whole check may take; 0 for %BARUA_LIMIT_TOTAL_MS
 * @provider: (nullable): whose endpoints to probe; constant. %NULL for Gmail's
 * @trust: (nullable): the authorities to trust; %NULL for the system's
 */
typedef struct
{
  guint protocols;
  BaruaLogin *login;
  gboolean kept_sign_in;
  gboolean send_test;
  const char *account_trouble;
  guint total_ms;
  const BaruaProvider *provider;
  GTlsDatabase *trust;
} BaruaCheckOptions;

/**
 * BaruaCheck:
 * @address: (nullable): whose mail
 * @discovery: (nullable): who keeps it; %NULL for Gmail in general
 * @started: when it began, in UTC
 * @ms: how long it took
 * @facts: all that was gathered; its pointers lead to what the check holds
 * @surroundings: (nullable): the network and clock, if they were looked at
 * @proof: (nullable): what became of the test message; %NULL if none was to be sent, or
 *   something stood in the way before that
 * @diagnosis: what came out. For an address that somebody else keeps nothing is probed,
 * and it has no services
 *
 * A finished check. Immutable.
 */
typedef struct
{
  BaruaAddress *address;
  BaruaDiscovery *discovery;
  GDateTime *started;
  gint64 ms;
  BaruaCase facts;
  BaruaSurroundings *surroundings;
  BaruaProof *proof;
  BaruaDiagnosis *diagnosis;
} BaruaCheck;

/**
 * barua_journey_new:
 * @address: (nullable): whose mail; %NULL for Gmail in general
 *
 * Returns: (transfer full): a journey at its start
 */
BaruaJourney *barua_journey_new (BaruaAddress *address);

/**
 * barua_journey_get_address:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): whose mail
 */
BaruaAddress *barua_journey_get_address (BaruaJourney *self);

/**
 * barua_journey_get_provider:
 * @self: a journey
 *
 * Returns: the provider whose settings this program knows: Gmail; constant
 */
const BaruaProvider *barua_journey_get_provider (BaruaJourney *self);

/**
 * barua_journey_discover_async:
 * @self: a journey that has an address
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Finds out who keeps the mail, without probing anything. Takes a few seconds at most.
 */
void barua_journey_discover_async (BaruaJourney *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * barua_journey_discover_finish:
 * @self: a journey
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): what was found
 */
BaruaDiscovery *
barua_journey_discover_finish (BaruaJourney *self, GAsyncResult *result, GError **error);

/**
 * barua_journey_check_async:
 * @self: a journey
 * @options: (nullable): how to check; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Finds out who keeps the mail, probes the endpoints side by side, looks around where
 * something fails, and finds the root cause. Who keeps it takes a few seconds at most,
 * which are part of the whole.
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
 * barua_check_ref:
 * @self: a check
 *
 * Returns: (transfer full): @self
 */
BaruaCheck *barua_check_ref (BaruaCheck *self);

/**
 * barua_check_unref:
 * @self: (transfer full): a check
 */
void barua_check_unref (BaruaCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaCheck, barua_check_unref)

G_END_DECLS
