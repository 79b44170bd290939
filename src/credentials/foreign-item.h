#pragma once

#include "base/secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaForeignItem:
 * @schema: the schema's name, as it stands in the attribute "xdg:schema"
 * @label: (nullable): what the desktop's own programs for passwords call it; only needed
 *   to save
 * @attributes: "a{ss}", without the schema's name; nothing in them is secret. A floating
 *   one is taken
 *
 * An item of the keyring in the form of another program, which looks for it by itself.
 */
typedef struct
{
  const char *schema;
  const char *label;
  GVariant *attributes;
} BaruaForeignItem;

/**
 * barua_foreign_item_lookup_async:
 * @item: which one; copied
 * @cancellable: (nullable): ends it at once, and takes the keyring's question away
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes a secret out of the keyring: the one that the other program would find. A locked
 * keyring asks the person.
 */
void barua_foreign_item_lookup_async (const BaruaForeignItem *item,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/**
 * barua_foreign_item_peek_async:
 * @item: which one; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Like barua_foreign_item_lookup_async(), without asking the person anything: a locked
 * keyring is %BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED. Ended by
 * barua_foreign_item_lookup_finish().
 */
void barua_foreign_item_peek_async (const BaruaForeignItem *item,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * barua_foreign_item_lookup_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the secret; %NULL with @error set, to
 *   %BARUA_CREDENTIALS_ERROR_NOT_FOUND if there is none
 */
BaruaSecret *barua_foreign_item_lookup_finish (GAsyncResult *result, GError **error);

/**
 * barua_foreign_item_save_async:
 * @item: under what; copied
 * @secret: the secret
 * @cancellable: (nullable): ends it at once; the secret may have been saved already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Puts a secret into the keyring: into the item that the other program would find, which
 * keeps its label and attributes, or into a new one.
 */
void barua_foreign_item_save_async (const BaruaForeignItem *item,
                                    BaruaSecret *secret,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * barua_foreign_item_save_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the keyring has it now
 */
gboolean barua_foreign_item_save_finish (GAsyncResult *result, GError **error);

/**
 * barua_foreign_item_delete_async:
 * @item: which one; copied
 * @cancellable: (nullable): ends it at once; it may be gone already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Deletes what the other program would find. A locked keyring asks the person, unless
 * there is nothing to delete.
 */
void barua_foreign_item_delete_async (const BaruaForeignItem *item,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/**
 * barua_foreign_item_delete_finish:
 * @result: what the callback was given
 * @n_deleted: (out) (optional): how many were deleted, maybe none
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether none of them is left
 */
gboolean
barua_foreign_item_delete_finish (GAsyncResult *result, guint *n_deleted, GError **error);

G_END_DECLS
