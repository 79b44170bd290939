#pragma once

#include "base/secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaOnline:
 * @id: the account's id in GNOME Online Accounts
 * @name: (nullable): the person's name
 * @attention: whether it has to be signed in to again in the desktop's settings
 *
 * A Google account of the desktop's that could be used.
 */
typedef struct
{
  char *id;
  char *name;
  gboolean attention;
} BaruaOnline;

/**
 * barua_online_free:
 * @self: (nullable) (transfer full): an account
 */
void barua_online_free (BaruaOnline *self);

/**
 * barua_online_find_async:
 * @address: whose, as barua_address_dup_login() gives it
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Looks whether the desktop has an account for the address, with mail switched on.
 */
void barua_online_find_async (const char *address,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * barua_online_find_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the account; %NULL with @error set
 */
BaruaOnline *barua_online_find_finish (GAsyncResult *result, GError **error);

/**
 * barua_online_get_token_async:
 * @address: whose, as barua_address_dup_login() gives it
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes an access token of the desktop's.
 */
void barua_online_get_token_async (const char *address,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * barua_online_get_token_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the access token; %NULL with @error set
 */
BaruaSecret *barua_online_get_token_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaOnline, barua_online_free)

G_END_DECLS
