#pragma once

#include "probe/run.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_conversation_async:
 * @run: what to try; takes the steps from TLS on, and the transcript
 * @connection: a new connection to the server
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Holds the conversation that an engine decides, with all the I/O that it needs and no
 * round trip more. It ends when the engine is done, or with the step that failed. The
 * farewell is sent, and the connection closed, without waiting for either.
 */
void barua_conversation_async (BaruaRun *run,
                               GSocketConnection *connection,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_conversation_finish:
 * @result: what the callback was given
 */
void barua_conversation_finish (GAsyncResult *result);

G_END_DECLS
