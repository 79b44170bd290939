#pragma once

#include "credentials/keyring.h"

G_BEGIN_DECLS

/**
 * barua_veil_look_async:
 * @keyring: a conversation in which nothing was found
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Finds out whether that means anything. gnome-keyring and KWallet find locked items too;
 * KeePassXC knows nothing of what is in a database before that is unlocked.
 */
void barua_veil_look_async (BaruaKeyring *keyring,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * barua_veil_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR_KEYRING_GONE, %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the object path of the default collection, if it
 *   is locked and shows nothing of what is in it; else %NULL without @error
 */
char *barua_veil_finish (GAsyncResult *result, GError **error);

G_END_DECLS
