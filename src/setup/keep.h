#pragma once

#include "account/account.h"
#include "base/secret.h"
#include "oauth/token.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaKeep:
 * @account: what is to be remembered, not secret
 * @password: (nullable): the app password, for %BARUA_METHOD_APP_PASSWORD
 * @token: (nullable): the tokens, for %BARUA_METHOD_OAUTH
 *
 * A sign-in that worked, or that a person wants kept all the same.
 */
typedef struct
{
  const BaruaAccount *account;
  BaruaSecret *password;
  const BaruaOauthToken *token;
} BaruaKeep;

/**
 * barua_keep_check_async:
 * @address: whose, as barua_address_dup_login() gives it
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Looks whether there is a keyring that could keep a secret, before a person types one;
 * ended by barua_keep_finish().
 */
void barua_keep_check_async (const char *address,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * barua_keep_async:
 * @keep: what to keep; copied
 * @cancellable: (nullable): ends it at once; some may have been kept already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Puts the secrets into the keyring, takes those of another way of signing in out of it,
 * and then remembers the account.
 */
void barua_keep_async (const BaruaKeep *keep,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

/**
 * barua_keep_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR, %G_FILE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether all of it is kept; if not, the account is not remembered
 */
gboolean barua_keep_finish (GAsyncResult *result, GError **error);

G_END_DECLS
