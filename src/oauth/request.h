#pragma once

#include "base/secret.h"
#include "oauth/provider.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaOauthRequest:
 *
 * One attempt to sign in through the browser: its state and verifier are made new each
 * time and used once (RFC 9700, 2.1; RFC 7636, 4).
 */
typedef struct _BaruaOauthRequest BaruaOauthRequest;

/**
 * barua_oauth_request_new:
 * @provider: where to ask; must outlive the request
 * @client: who asks; copied
 * @redirect_uri: where the browser brings the answer: a loopback address (RFC 8252, 7.3)
 * @login_hint: (nullable): the address to choose among the accounts of the browser
 *
 * Returns: (transfer full) (nullable): a request; %NULL when the system has no randomness
 */
BaruaOauthRequest *barua_oauth_request_new (const BaruaOauthProvider *provider,
                                            const BaruaOauthClient *client,
                                            const char *redirect_uri,
                                            const char *login_hint);

/**
 * barua_oauth_request_free:
 * @self: (transfer full): a request; state and verifier are wiped
 */
void barua_oauth_request_free (BaruaOauthRequest *self);

/**
 * barua_oauth_request_get_uri:
 * @self: a request
 *
 * Returns: the address to open in the browser. It holds the state: not for logs
 */
const char *barua_oauth_request_get_uri (const BaruaOauthRequest *self);

/**
 * barua_oauth_request_get_redirect_uri:
 * @self: a request
 *
 * Returns: where the browser brings the answer
 */
const char *barua_oauth_request_get_redirect_uri (const BaruaOauthRequest *self);

/**
 * barua_oauth_request_get_verifier:
 * @self: a request
 *
 * Returns: (transfer none): the code verifier, a secret until the code has been changed
 */
BaruaSecret *barua_oauth_request_get_verifier (const BaruaOauthRequest *self);

/**
 * barua_oauth_request_get_provider:
 * @self: a request
 *
 * Returns: where it asks
 */
const BaruaOauthProvider *
barua_oauth_request_get_provider (const BaruaOauthRequest *self);

/**
 * barua_oauth_request_get_client:
 * @self: a request
 *
 * Returns: who asks
 */
const BaruaOauthClient *barua_oauth_request_get_client (const BaruaOauthRequest *self);

/**
 * barua_oauth_request_is_answer:
 * @self: a request
 * @query: (nullable): the part behind the "?" of what the browser came with
 *
 * Returns: whether it is the answer to this very request: its state is ours in full, and
 * it has either a code or an error
 */
gboolean barua_oauth_request_is_answer (const BaruaOauthRequest *self, const char *query);

/**
 * barua_oauth_request_take_code:
 * @self: a request
 * @query: (nullable): the part behind the "?" of what the browser came with
 * @error: %BARUA_OAUTH_ERROR: what the answer says instead of a code, or _PASTE for what
 * is not the answer to this request
 *
 * Reads the answer. State, and issuer when it is there, are compared.
 *
 * Returns: (transfer full) (nullable): the code, to be changed for a token once
 */
BaruaSecret *barua_oauth_request_take_code (const BaruaOauthRequest *self,
                                            const char *query,
                                            GError **error);

/**
 * barua_oauth_request_take_pasted:
 * @self: a request
 * @pasted: what a person copied from the browser's address line: a whole address, or the
 *   part behind the "?"
 * @error: as barua_oauth_request_take_code()
 *
 * For machines without a browser of their own.
 *
 * Returns: (transfer full) (nullable): the code
 */
BaruaSecret *barua_oauth_request_take_pasted (const BaruaOauthRequest *self,
                                              const char *pasted,
                                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaOauthRequest, barua_oauth_request_free)

G_END_DECLS
