#pragma once

#include "base/secret.h"

G_BEGIN_DECLS

/**
 * BaruaNss:
 *
 * A key4.db that is open: the key with which Mozilla's programs encrypt passwords. The
 * library behind it has one state for the whole process, so that there may be one of
 * these at a time.
 */
typedef struct _BaruaNss BaruaNss;

/**
 * barua_nss_open:
 * @folder: the folder in which key4.db lies, or is made; other files are made there too
 *
 * Returns: (transfer full) (nullable): the key; %NULL if it cannot be opened
 */
BaruaNss *barua_nss_open (const char *folder);

/**
 * barua_nss_close:
 * @self: (transfer full): a key
 */
void barua_nss_close (BaruaNss *self);

/**
 * barua_nss_unlock:
 * @self: a key
 *
 * Unlocks it with the empty primary password; a new one gets that.
 *
 * Returns: whether it is unlocked; if not, the person has chosen a primary password
 */
gboolean barua_nss_unlock (BaruaNss *self);

/**
 * barua_nss_encrypt:
 * @self: a key that is unlocked
 * @secret: what is to be encrypted
 *
 * Encrypts as Mozilla's programs do (SDR): with AES-256 where they have made such a key,
 * else with 3DES.
 *
 * Returns: (transfer full) (nullable): base64; %NULL if it did not work
 */
char *barua_nss_encrypt (const BaruaNss *self, BaruaSecret *secret);

/**
 * barua_nss_decrypt:
 * @self: a key that is unlocked
 * @base64: (nullable): what was encrypted
 *
 * Returns: (transfer full) (nullable): what it holds; %NULL for what cannot be decrypted
 */
BaruaSecret *barua_nss_decrypt (const BaruaNss *self, const char *base64);

G_END_DECLS
