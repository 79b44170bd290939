#pragma once

#include "base/secret.h"
#include "oauth/provider.h"
#include "oauth/request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaOauthToken:
 * @access: the access token
 * @refresh: (nullable): the refresh token; %NULL when none came: the one that is stored
 *   stays good then and must not be overwritten
 * @expires: Unix time at which @access ends
 * @refresh_expires: Unix time at which @refresh ends; 0 when it does not. Seven days from
 * now for a Google project that is still in "Testing"
 * @email: (nullable): which account consented, in lower case, if the answer says so
 *
 * What the token endpoint gave. The secrets are wiped with the token.
 */
typedef struct
{
  BaruaSecret *access;
  BaruaSecret *refresh;
  gint64 expires;
  gint64 refresh_expires;
  char *email;
} BaruaOauthToken;

/**
 * barua_oauth_token_free:
 * @self: (transfer full): a token
 */
void barua_oauth_token_free (BaruaOauthToken *self);

/**
 * barua_oauth_token_parse:
 * @json: (array length=length): the body of an answer
 * @length: how many bytes
 * @status: the HTTP status it came with
 * @now: Unix time
 * @refreshing: whether a refresh token was sent: then the answer need not name the scope
 * @error: %BARUA_OAUTH_ERROR
 *
 * Reads what a token endpoint answers (RFC 6749, 5.1 and 5.2), within bounds. The token
 * must be of type Bearer and its scope must hold %BARUA_OAUTH_SCOPE_MAIL: people can
 * leave mail unticked on Google's page.
 *
 * Returns: (transfer full) (nullable): the token
 */
BaruaOauthToken *barua_oauth_token_parse (const char *json,
                                          gsize length,
                                          guint status,
                                          gint64 now,
                                          gboolean refreshing,
                                          GError **error);

/**
 * barua_oauth_exchange_async:
 * @request: what the code answers
 * @code: the code from the browser; worth one try
 * @timeout_ms: how long it may take in all
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Changes a code for tokens (RFC 6749, 4.1.3), with the verifier (RFC 7636, 4.5).
 */
void barua_oauth_exchange_async (const BaruaOauthRequest *request,
                                 BaruaSecret *code,
                                 guint timeout_ms,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * barua_oauth_refresh_async:
 * @provider: where to ask
 * @client: who asks: the client that @refresh was given to
 * @refresh: the refresh token
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Changes a refresh token for a new access token (RFC 6749, 6), within ten seconds. One
 * request, no try again.
 */
void barua_oauth_refresh_async (const BaruaOauthProvider *provider,
                                const BaruaOauthClient *client,
                                BaruaSecret *refresh,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * barua_oauth_token_finish:
 * @result: what the callback of barua_oauth_exchange_async() or
 *   barua_oauth_refresh_async() was given
 * @error: %BARUA_OAUTH_ERROR, or an error of GIO's when the endpoint cannot be reached
 *
 * Returns: (transfer full) (nullable): the token
 */
BaruaOauthToken *barua_oauth_token_finish (GAsyncResult *result, GError **error);

/**
 * barua_oauth_revoke_async:
 * @provider: where to ask
 * @token: a refresh token, which ends its access tokens too, or an access token
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Gives a token back (RFC 7009).
 */
void barua_oauth_revoke_async (const BaruaOauthProvider *provider,
                               BaruaSecret *token,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_oauth_revoke_finish:
 * @result: what the callback was given
 * @error: %BARUA_OAUTH_ERROR, or an error of GIO's when the endpoint cannot be reached
 *
 * Returns: whether the token is of no use any more; it is, too, when Google does not know
 * it
 */
gboolean barua_oauth_revoke_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaOauthToken, barua_oauth_token_free)

G_END_DECLS
