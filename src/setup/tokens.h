#pragma once

#include "base/secret.h"
#include "setup/kept.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BARUA_TOKEN_ERROR:
 *
 * Why there is no token. Errors of %BARUA_CREDENTIALS_ERROR, %BARUA_OAUTH_ERROR and GIO
 * pass unchanged.
 */
#define BARUA_TOKEN_ERROR (barua_token_error_quark ())
GQuark barua_token_error_quark (void);

/**
 * BaruaTokenError:
 * @BARUA_TOKEN_ERROR_NO_ACCOUNT: the address is not set up; the message is a translated
 * sentence
 * @BARUA_TOKEN_ERROR_NO_TOKENS: the address is signed in to in a way that has no tokens;
 * the message is a translated sentence
 * @BARUA_TOKEN_ERROR_NO_CLIENT: the registration that the refresh token was given to is
 * gone; the message is a translated sentence
 */
typedef enum
{
  BARUA_TOKEN_ERROR_NO_ACCOUNT,
  BARUA_TOKEN_ERROR_NO_TOKENS,
  BARUA_TOKEN_ERROR_NO_CLIENT,
} BaruaTokenError;

/**
 * barua_tokens_get_async:
 * @address: whose, as barua_address_dup_login() gives it
 * @fresh: whether a new one is wanted though the kept one is still valid
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Gets an access token that stays valid for %BARUA_TOKEN_SPARE seconds at least: the one
 * in the keyring with a single look-up; else a new one from Google, which is kept; else
 * GNOME Online Accounts'. Of many processes that ask at once one refreshes, and the
 * others take what it got. A refresh token that Google calls dead is removed.
 */
void barua_tokens_get_async (const char *address,
                             gboolean fresh,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * barua_tokens_get_finish:
 * @result: what the callback was given
 * @error: see %BARUA_TOKEN_ERROR
 *
 * Returns: (transfer full) (nullable): the access token
 */
BaruaSecret *barua_tokens_get_finish (GAsyncResult *result, GError **error);

G_END_DECLS
