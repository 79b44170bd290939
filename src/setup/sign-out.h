#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaSignedOut:
 * @known: whether there was anything to forget
 * @n_forgotten: how many secrets were taken out of the keyring
 * @revoked: whether access was given back to Google
 * @not_revoked: (nullable): why it could not be given back, though there was a token: the
 *   person can take it away at https://myaccount.google.com/connections
 *
 * What came of signing out.
 */
typedef struct
{
  gboolean known;
  guint n_forgotten;
  gboolean revoked;
  GError *not_revoked;
} BaruaSignedOut;

/**
 * barua_signed_out_free:
 * @self: (transfer full): what came of it
 */
void barua_signed_out_free (BaruaSignedOut *self);

/**
 * barua_sign_out_async:
 * @address: whose, as barua_address_dup_login() gives it
 * @cancellable: (nullable): ends it at once; some may be gone already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Gives a refresh token back to Google, takes all secrets of the address out of the
 * keyring, and forgets the account. What cannot be given back is forgotten all the same.
 */
void barua_sign_out_async (const char *address,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * barua_sign_out_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR, %G_FILE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what came of it; %NULL with @error set when
 *   something may be left
 */
BaruaSignedOut *barua_sign_out_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaSignedOut, barua_signed_out_free)

G_END_DECLS
