#pragma once

#include "base/secret.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_pkce_random:
 * @n_bytes: how many random bytes, at most 96
 *
 * Returns: (transfer full) (nullable): that many bytes from the system's generator in
 * base64url without padding (RFC 4648, 5), all of them unreserved characters; %NULL when
 * the system has no randomness. To be freed with barua_secret_free_text()
 */
char *barua_pkce_random (gsize n_bytes);

/**
 * barua_pkce_challenge:
 * @verifier: a code verifier
 *
 * Returns: (transfer full): its S256 challenge (RFC 7636, 4.2)
 */
char *barua_pkce_challenge (const char *verifier);

G_END_DECLS
