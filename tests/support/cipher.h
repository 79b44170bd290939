#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TestCipher:
 *
 * The service's end of a session of the Secret Service with the algorithm
 * dh-ietf1024-sha256-aes128-cbc-pkcs7.
 */
typedef struct _TestCipher TestCipher;

/**
 * test_cipher_new:
 * @peer: the client's public number
 * @public: (out) (transfer full): "ay", the service's own
 *
 * Returns: (transfer full): the session's cipher
 */
TestCipher *test_cipher_new (GVariant *peer, GVariant **public);

/**
 * test_cipher_free:
 * @self: (nullable) (transfer full): a cipher
 */
void test_cipher_free (TestCipher *self);

/**
 * test_cipher_encrypt:
 * @self: (nullable): a cipher; %NULL for the algorithm "plain"
 * @session: the session's object path
 * @secret: a secret
 *
 * Returns: (transfer floating): "(oayays)"
 */
GVariant *test_cipher_encrypt (TestCipher *self, const char *session, const char *secret);

/**
 * test_cipher_decrypt:
 * @self: (nullable): a cipher; %NULL for the algorithm "plain"
 * @secret: "(oayays)"
 *
 * Returns: (transfer full): the secret
 */
char *test_cipher_decrypt (TestCipher *self, GVariant *secret);

G_END_DECLS
