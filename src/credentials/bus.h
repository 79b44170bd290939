#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_bus_async:
 * @cancellable: (nullable): ends the wait at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Connects to the session bus. Unlike with g_bus_get(), whose connection is shared while
 * it is being made, cancelling one request does not cancel another.
 */
void barua_bus_async (GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/**
 * barua_bus_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR or %G_DBUS_ERROR
 *
 * Returns: (transfer full) (nullable): the connection, which does not end the process
 *   when the bus goes; %NULL with @error set
 */
GDBusConnection *barua_bus_finish (GAsyncResult *result, GError **error);

G_END_DECLS
