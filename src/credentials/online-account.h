#pragma once

#include "base/secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaOnlineAccount:
 * @id: the stable id, "account_1700000000_0"
 * @address: the mail address
 * @name: (nullable): the person's name
 * @mail: whether mail is switched on for it
 * @attention: whether it has to be signed in to again in the desktop's settings
 *
 * A Google account of the desktop's.
 */
typedef struct
{
  char *id;
  char *address;
  char *name;
  gboolean mail;
  gboolean attention;
} BaruaOnlineAccount;

/**
 * barua_online_account_free:
 * @self: (transfer full): an account
 */
void barua_online_account_free (BaruaOnlineAccount *self);

/**
 * barua_online_accounts_list_async:
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Asks GNOME Online Accounts (org.gnome.OnlineAccounts on the session bus, started if
 * need be) for the Google accounts it has.
 */
void barua_online_accounts_list_async (GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/**
 * barua_online_accounts_list_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type BaruaOnlineAccount): the accounts in
 *   the order of their ids, maybe none; %NULL with @error set
 */
GPtrArray *barua_online_accounts_list_finish (GAsyncResult *result, GError **error);

/**
 * barua_online_accounts_find:
 * @accounts: (element-type BaruaOnlineAccount): accounts
 * @address: a mail address, as barua_address_dup_login() gives it
 *
 * Returns: (transfer none) (nullable): the account for it, the most usable if there are
 *   several; %NULL if there is none
 */
const BaruaOnlineAccount *barua_online_accounts_find (GPtrArray *accounts,
                                                      const char *address);

/**
 * barua_online_account_get_token_async:
 * @address: a mail address, as barua_address_dup_login() gives it
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Has the desktop renew its access token for an account if need be, and takes it. It is
 * passed over the session bus in the clear: the service knows no other way.
 */
void barua_online_account_get_token_async (const char *address,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);

/**
 * barua_online_account_get_token_finish:
 * @result: what the callback was given
 * @expires: (out) (optional): the Unix time at which the token ends; 0 if that is not
 *   known
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the access token; %NULL with @error set
 */
BaruaSecret *barua_online_account_get_token_finish (GAsyncResult *result,
                                                    gint64 *expires,
                                                    GError **error);

G_END_DECLS
