#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * barua_signing_out_ask:
 * @from: a widget in the window
 * @address: whose account
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Asks the person whether to sign out, does it, and tells what came of it.
 */
void barua_signing_out_ask (GtkWidget *from,
                            const char *address,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * barua_signing_out_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, also when the person said no, or what
 *   barua_sign_out_finish() gives, which was told already
 *
 * Returns: whether the account is gone
 */
gboolean barua_signing_out_finish (GAsyncResult *result, GError **error);

G_END_DECLS
