#pragma once

#include "probe/run.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BARUA_DIALER_GRACE_MS:
 *
 * How long the family that lost is given at least, from when both set out.
 */
#define BARUA_DIALER_GRACE_MS 1500

/**
 * BARUA_DIALER_ADDRESSES:
 *
 * The most addresses of one family that are tried: who answers for the name decides how
 * many there are.
 */
#define BARUA_DIALER_ADDRESSES 4

/**
 * BaruaDialer:
 *
 * Finds the addresses of one host and connects to it over IPv4 and IPv6 at once, directly
 * and never through a proxy. It stays on after the first has answered, to judge the other
 * family. Reference counted.
 */
typedef struct _BaruaDialer BaruaDialer;

/**
 * barua_dialer_new:
 * @run: what to try; takes the steps RESOLVE and CONNECT and the attempts
 *
 * Returns: (transfer full): a dialer that has done nothing yet
 */
BaruaDialer *barua_dialer_new (BaruaRun *run);

/**
 * barua_dialer_ref:
 * @self: a dialer
 *
 * Returns: (transfer full): @self
 */
BaruaDialer *barua_dialer_ref (BaruaDialer *self);

/**
 * barua_dialer_unref:
 * @self: (transfer full): a dialer
 */
void barua_dialer_unref (BaruaDialer *self);

/**
 * barua_dialer_connect_async:
 * @self: a dialer, for the first and only time
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Connects, within the time of one step for the name and one for the connection. Where a
 * family has several addresses they share that time.
 */
void barua_dialer_connect_async (BaruaDialer *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * barua_dialer_connect_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the first connection that came about; %NULL if
 *   there is none, which the run's evidence explains unless it was cancelled
 */
GSocketConnection *barua_dialer_connect_finish (GAsyncResult *result);

/**
 * barua_dialer_settle_async:
 * @self: a dialer whose barua_dialer_connect_async() is over
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Waits for the verdict on both families, at most until %BARUA_DIALER_GRACE_MS are over;
 * what is still under way then is recorded as out of time. After that, the evidence does
 * not change any more. At once if the run's time is over or it is cancelled.
 */
void barua_dialer_settle_async (BaruaDialer *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * barua_dialer_settle_finish:
 * @result: what the callback was given
 */
void barua_dialer_settle_finish (GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaDialer, barua_dialer_unref)

G_END_DECLS
