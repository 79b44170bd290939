#pragma once

#include "base/secret.h"
#include "credentials/item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_store_lookup_async:
 * @account: the address, as barua_address_dup_login() gives it
 * @kind: what is wanted
 * @cancellable: (nullable): ends it at once, and takes the keyring's question away
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes a secret out of the keyring. A locked keyring asks the person.
 */
void barua_store_lookup_async (const char *account,
                               BaruaSecretKind kind,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_store_peek_async:
 * @account: the address, as barua_address_dup_login() gives it
 * @kind: what is wanted
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Like barua_store_lookup_async(), without asking the person anything: a locked keyring
 * is %BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED. Ended by barua_store_lookup_finish().
 */
void barua_store_peek_async (const char *account,
                             BaruaSecretKind kind,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * barua_store_lookup_finish:
 * @result: what the callback was given
 * @expires: (out) (optional): the Unix time at which an access token ends; 0 if that is
 *   not known, and for the other kinds
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the secret; %NULL with @error set, to
 *   %BARUA_CREDENTIALS_ERROR_NOT_FOUND if there is none
 */
BaruaSecret *
barua_store_lookup_finish (GAsyncResult *result, gint64 *expires, GError **error);

/**
 * barua_store_save_async:
 * @item: what to keep; copied
 * @cancellable: (nullable): ends it at once; the secret may have been kept already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Puts a secret into the keyring, in place of what is there for the same account and
 * kind. Nothing is ever written anywhere else.
 */
void barua_store_save_async (const BaruaStoreItem *item,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * barua_store_save_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the keyring has it now
 */
gboolean barua_store_save_finish (GAsyncResult *result, GError **error);

/**
 * barua_store_clear_async:
 * @account: whose secret
 * @kind: which one
 * @cancellable: (nullable): ends it at once; it may be gone already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Removes one secret from the keyring; ended by barua_store_forget_finish().
 */
void barua_store_clear_async (const char *account,
                              BaruaSecretKind kind,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * barua_store_forget_async:
 * @account: (nullable): whose secrets; %NULL for everything this program ever kept
 * @cancellable: (nullable): ends it at once; some may be gone already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Removes all secrets of an account from the keyring. A locked keyring asks the person,
 * unless it holds nothing of this program's.
 */
void barua_store_forget_async (const char *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_store_forget_finish:
 * @result: what the callback was given
 * @n_forgotten: (out) (optional): how many items were removed, maybe none
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether none of them is left
 */
gboolean
barua_store_forget_finish (GAsyncResult *result, guint *n_forgotten, GError **error);

G_END_DECLS
