#pragma once

#include "base/secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_password_get_async:
 * @address: whose, as barua_address_dup_login() gives it
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes the app password out of the keyring, with a single look-up.
 */
void barua_password_get_async (const char *address,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_password_get_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR, %BARUA_TOKEN_ERROR, %G_FILE_ERROR or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the app password; %NULL with @error set
 */
BaruaSecret *barua_password_get_finish (GAsyncResult *result, GError **error);

G_END_DECLS
