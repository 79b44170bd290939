#pragma once

#include "probe/run.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_handshake_async:
 * @run: what to try; takes the step TLS and what the server shows
 * @base: a connection on which nothing is waiting to be read
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Shakes hands as the client of the host that the run names: with that name in the
 * server name indication, TLS 1.2 or newer (RFC 8314, 5.2), and a certificate that GIO,
 * barua_tls_names_match() and barua_key_purpose_is_server() accept. There is no second
 * try with less.
 */
void barua_handshake_async (BaruaRun *run,
                            GIOStream *base,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * barua_handshake_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the protected stream; %NULL if there is none,
 * which the run's evidence explains unless it was cancelled
 */
GIOStream *barua_handshake_finish (GAsyncResult *result);

G_END_DECLS
