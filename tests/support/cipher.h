#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SupportCipher:
 *
 * The service's end of a session of the Secret Service with the algorithm
 * dh-ietf1024-sha256-aes128-cbc-pkcs7.
 */
typedef struct _SupportCipher SupportCipher;

/**
 * support_cipher_new:
 * @peer: the client's public number
 * @public: (out) (transfer full): "ay", the service's own
 *
 * Returns: (transfer full): the session's cipher
 */
SupportCipher *support_cipher_new (GVariant *peer, GVariant **public);

/**
 * support_cipher_free:
 * @self: (transfer full): a cipher
 */
void support_cipher_free (SupportCipher *self);

/**
 * support_cipher_encrypt:
 * @self: (nullable): a cipher; %NULL for the algorithm "plain"
 * @session: the session's object path
 * @secret: a secret
 *
 * Returns: (transfer floating): "(oayays)"
 */
GVariant *
support_cipher_encrypt (SupportCipher *self, const char *session, const char *secret);

/**
 * support_cipher_decrypt:
 * @self: (nullable): a cipher; %NULL for the algorithm "plain"
 * @secret: "(oayays)"
 *
 * Returns: (transfer full): the secret
 */
char *support_cipher_decrypt (SupportCipher *self, GVariant *secret);

G_END_DECLS
