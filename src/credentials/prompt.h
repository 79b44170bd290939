#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_prompt_async:
 * @connection: the session bus
 * @owner: the unique bus name of the Secret Service
 * @path: the prompt object that it gave
 * @cancellable: (nullable): takes the question away
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Shows a question of the Secret Service ("Unlock the keyring") and waits for the answer,
 * however long the person takes (Secret Service API, Prompt). Used in place of
 * libsecret's own, whose 0.20.5 breaks when the question is dismissed and hangs on
 * cancelling when the service does.
 */
void barua_prompt_async (GDBusConnection *connection,
                         const char *owner,
                         const char *path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/**
 * barua_prompt_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED,
 *   %BARUA_CREDENTIALS_ERROR_KEYRING_GONE, %G_IO_ERROR_CANCELLED or another of their
 *   domains
 *
 * Returns: (transfer full) (nullable): what the service answered, its type depends on the
 *   question; %NULL with @error set
 */
GVariant *barua_prompt_finish (GAsyncResult *result, GError **error);

G_END_DECLS
