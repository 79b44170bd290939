#pragma once

#include "credentials/item.h"
#include "credentials/keyring.h"

G_BEGIN_DECLS

/**
 * BaruaKeyringSaving:
 * @BARUA_KEYRING_SAVING_ONE: the first item found gets the secret, and stays as it is
 *   besides; where there is none, one is made
 * @BARUA_KEYRING_SAVING_ALONE: all others that were found are deleted
 * @BARUA_KEYRING_SAVING_ATTRIBUTES: the item gets new attributes too
 *
 * How a secret is saved, as bits.
 */
typedef enum
{
  BARUA_KEYRING_SAVING_ONE = 0,
  BARUA_KEYRING_SAVING_ALONE = 1 << 0,
  BARUA_KEYRING_SAVING_ATTRIBUTES = 1 << 1,
} BaruaKeyringSaving;

/**
 * BaruaKeyringSave:
 * @search: "a{ss}": what finds the item; a floating one is taken
 * @attributes: "a{ss}": what a new one is kept under; a floating one is taken
 * @label: what the desktop's own programs for passwords call a new one
 * @secret: the secret; one that is empty or longer than %BARUA_STORE_SECRET_MAX is not
 *   kept: %BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED
 * @how: how it is saved
 *
 * A secret to save.
 */
typedef struct
{
  GVariant *search;
  GVariant *attributes;
  const char *label;
  BaruaSecret *secret;
  BaruaKeyringSaving how;
} BaruaKeyringSave;

/**
 * barua_keyring_save_async:
 * @save: what to save; copied
 * @cancellable: (nullable): ends it at once; the secret may have been saved already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Puts a secret into the keyring, in a conversation of its own.
 */
void barua_keyring_save_async (const BaruaKeyringSave *save,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_keyring_save_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the keyring has it now
 */
gboolean barua_keyring_save_finish (GAsyncResult *result, GError **error);

/**
 * barua_keyring_read_async:
 * @self: a conversation with a session
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes the secret out of the first of the items found.
 */
void barua_keyring_read_async (BaruaKeyring *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_keyring_read_finish:
 * @self: a conversation
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR, with its code NOT_FOUND where there is no item or an
 *   empty one; or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the secret; %NULL with @error set
 */
BaruaSecret *
barua_keyring_read_finish (BaruaKeyring *self, GAsyncResult *result, GError **error);

/**
 * barua_keyring_remove_async:
 * @attributes: (not nullable): "a{ss}", what the items must have; a floating one is taken
 * @cancellable: (nullable): ends it at once; some may be gone already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes every item with those attributes out of the keyring, in a conversation of its
 * own.
 */
void barua_keyring_remove_async (GVariant *attributes,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * barua_keyring_remove_finish:
 * @result: what the callback was given
 * @n_removed: (out) (optional): how many there were
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether all of them are gone
 */
gboolean
barua_keyring_remove_finish (GAsyncResult *result, guint *n_removed, GError **error);

G_END_DECLS
