#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BaruaSecret:
 *
 * A password or token. Its bytes live in pages of their own that are kept out of swap
 * and core dumps where the system allows it, and are overwritten when the last
 * reference goes.
 */
typedef struct _BaruaSecret BaruaSecret;

#define BARUA_TYPE_SECRET (barua_secret_get_type ())
GType barua_secret_get_type (void);

/**
 * barua_secret_new:
 * @bytes: the secret; copied. The caller wipes its own copy
 * @length: how many bytes, or -1 when @bytes ends with NUL
 *
 * Returns: (transfer full): a secret that holds a copy of @bytes
 */
BaruaSecret *barua_secret_new (const char *bytes, gssize length);

/**
 * barua_secret_ref:
 * @self: a secret
 *
 * Returns: (transfer full): @self
 */
BaruaSecret *barua_secret_ref (BaruaSecret *self);

/**
 * barua_secret_unref:
 * @self: (transfer full): a secret; its bytes are overwritten with the last reference
 */
void barua_secret_unref (BaruaSecret *self);

/**
 * barua_secret_peek:
 * @self: a secret
 *
 * Returns: (transfer none): the bytes, NUL-terminated; valid as long as @self is. Must
 *   not be copied into ordinary memory without being wiped there
 */
const char *barua_secret_peek (const BaruaSecret *self);

/**
 * barua_secret_get_length:
 * @self: a secret
 *
 * Returns: the length in bytes, without the final NUL
 */
gsize barua_secret_get_length (const BaruaSecret *self);

/**
 * barua_secret_equal:
 * @a: a secret
 * @b: another
 *
 * Returns: whether both hold the same bytes; takes the same time wherever they differ
 */
gboolean barua_secret_equal (const BaruaSecret *a, const BaruaSecret *b);

/**
 * barua_secret_wipe:
 * @text: (nullable): text in ordinary memory that held a secret
 *
 * Overwrites @text up to its NUL; the compiler cannot take this away.
 */
void barua_secret_wipe (char *text);

/**
 * barua_secret_free_text:
 * @text: (nullable) (transfer full): text from g_malloc() that held a secret
 *
 * Overwrites and frees @text.
 */
void barua_secret_free_text (char *text);

/**
 * barua_secret_protect_process:
 *
 * Switches core dumps and tracing by other programs of the same person off for this
 * process, and has memory overwritten when it is freed, as far as the C library does
 * that: to be called before the first secret is held.
 */
void barua_secret_protect_process (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaSecret, barua_secret_unref)

G_END_DECLS
