#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BARUA_RELAY_QUIET_MS:
 *
 * How long a server may say nothing once the client has ended before it is taken for
 * done, in milliseconds.
 */
#define BARUA_RELAY_QUIET_MS 30000

/**
 * BaruaRelay:
 * @server: a connection to a server; closed in the end
 * @in: what the client says
 * @out: where it listens; may be written to in small pieces only, so that a client which
 *   does not listen holds nothing else up
 * @quiet_ms: how long @server may say nothing once @in has ended
 *
 * What barua_relay_async() connects.
 */
typedef struct
{
  GIOStream *server;
  GInputStream *in;
  GOutputStream *out;
  guint quiet_ms;
} BaruaRelay;

/**
 * barua_relay_async:
 * @relay: what to connect; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Passes bytes on both ways, as they come, for hours if need be. Nothing is read faster
 * than it is taken on the other side. It ends when the server does, or the client listens
 * no more; when the client says that it has nothing more to say, what the server still
 * has to say is waited for.
 */
void barua_relay_async (const BaruaRelay *relay,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/**
 * barua_relay_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, or GIO's, when the connection to the server was lost
 *
 * Returns: whether one of the two sides ended it
 */
gboolean barua_relay_finish (GAsyncResult *result, GError **error);

G_END_DECLS
