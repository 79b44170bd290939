#pragma once

#include "account/account.h"

G_BEGIN_DECLS

/**
 * BaruaAccounts:
 *
 * The accounts that were set up, and what is remembered of each, in a key file: one group
 * for each address. Holds no secret. What is in the file and not understood, by a
 * person's hand or of a later version, stays in it.
 */
typedef struct _BaruaAccounts BaruaAccounts;

/**
 * barua_accounts_dup_path:
 *
 * Returns: (transfer full): where the file is by custom: "barua/accounts.ini" in the
 *   folder for data (XDG Base Directory Specification)
 */
char *barua_accounts_dup_path (void);

/**
 * barua_accounts_load:
 * @path: the file; none there is like an empty one
 * @error: %G_FILE_ERROR, if it is there and cannot be read
 *
 * Reads the accounts. A damaged file gives what is whole in it.
 *
 * Returns: (transfer full) (nullable): the accounts; %NULL with @error set
 */
BaruaAccounts *barua_accounts_load (const char *path, GError **error);

/**
 * barua_accounts_free:
 * @self: (nullable) (transfer full): accounts
 */
void barua_accounts_free (BaruaAccounts *self);

/**
 * barua_accounts_is_damaged:
 * @self: accounts
 *
 * Returns: whether there were lines in the file that nobody understands. Before it is
 *   written anew, it is put aside as "accounts.ini.damaged"
 */
gboolean barua_accounts_is_damaged (const BaruaAccounts *self);

/**
 * barua_accounts_list:
 * @self: accounts
 *
 * Returns: (transfer full) (element-type BaruaAccount): copies of all, in the order in
 *   which they were added
 */
GPtrArray *barua_accounts_list (const BaruaAccounts *self);

/**
 * barua_accounts_find:
 * @self: accounts
 * @address: the mail address, as barua_address_dup_login() gives it
 *
 * Returns: (transfer full) (nullable): a copy of the account; %NULL if there is none
 */
BaruaAccount *barua_accounts_find (const BaruaAccounts *self, const char *address);

/**
 * BaruaAccountsChange:
 * @accounts: what the file holds now; to be changed
 * @user_data: what was given with the function
 *
 * One change of the accounts, with barua_accounts_put() and barua_accounts_remove().
 *
 * Returns: whether to write the file
 */
typedef gboolean (*BaruaAccountsChange) (BaruaAccounts *accounts, gpointer user_data);

/**
 * barua_accounts_put:
 * @self: accounts
 * @account: what is to be remembered of the address from now on
 */
void barua_accounts_put (BaruaAccounts *self, const BaruaAccount *account);

/**
 * barua_accounts_remove:
 * @self: accounts
 * @address: the mail address, as barua_address_dup_login() gives it
 *
 * Returns: whether it was there
 */
gboolean barua_accounts_remove (BaruaAccounts *self, const char *address);

/**
 * barua_accounts_change:
 * @path: the file; made with its folder if need be, for the person alone
 * @change: what to do
 * @user_data: passed to @change
 * @error: %G_FILE_ERROR
 *
 * Reads, changes and writes the file while no other process of this program does. The
 * file is replaced in one move.
 *
 * Returns: whether the file is as it should be
 */
gboolean barua_accounts_change (const char *path,
                                BaruaAccountsChange change,
                                gpointer user_data,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaAccounts, barua_accounts_free)

G_END_DECLS
