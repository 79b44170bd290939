#pragma once

#include "base/secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BARUA_TOKEN_SPARE:
 *
 * How many seconds an access token that is handed out stays valid at least.
 */
#define BARUA_TOKEN_SPARE 300

/**
 * barua_kept_password_async:
 * @address: whose, as barua_address_dup_login() gives it
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes the app password out of the keyring, if that can be done without asking anybody.
 */
void barua_kept_password_async (const char *address,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * barua_kept_token_async:
 * @address: whose, as barua_address_dup_login() gives it
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes the access token out of the keyring, if that can be done without asking anybody,
 * and if it stays valid for %BARUA_TOKEN_SPARE seconds.
 */
void barua_kept_token_async (const char *address,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * barua_kept_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the secret; %NULL if there is more to it, as
 *   barua_password_get_async() and barua_tokens_get_async() know it
 */
BaruaSecret *barua_kept_finish (GAsyncResult *result);

G_END_DECLS
