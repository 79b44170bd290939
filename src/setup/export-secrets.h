#pragma once

#include "account/account.h"
#include "export/request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_export_secrets_gather_async:
 * @account: whose; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes out of the keyring, or gets from Google or the desktop, all that mail programs
 * may be given for an account.
 */
void barua_export_secrets_gather_async (const BaruaAccount *account,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * barua_export_secrets_gather_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR, %BARUA_TOKEN_ERROR, %BARUA_OAUTH_ERROR,
 *   %G_FILE_ERROR or %G_IO_ERROR_CANCELLED. Without a network there is still what is
 *   kept
 *
 * Returns: (transfer full) (nullable): the secrets, none for an account that nobody
 *   signed in to; to be cleared and given to g_free()
 */
BaruaExportSecrets *barua_export_secrets_gather_finish (GAsyncResult *result,
                                                        GError **error);

G_END_DECLS
