#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaMethod:
 * @BARUA_METHOD_NONE: nothing is kept; mail programs ask by themselves
 * @BARUA_METHOD_APP_PASSWORD: an app password in the keyring
 * @BARUA_METHOD_OAUTH: tokens in the keyring, got in the browser
 * @BARUA_METHOD_ONLINE_ACCOUNT: tokens come from GNOME Online Accounts; nothing is kept
 *
 * How an account is signed in to.
 */
typedef enum
{
  BARUA_METHOD_NONE,
  BARUA_METHOD_APP_PASSWORD,
  BARUA_METHOD_OAUTH,
  BARUA_METHOD_ONLINE_ACCOUNT,
} BaruaMethod;

/**
 * barua_method_get_id:
 * @method: a way
 *
 * Returns: the stable word of the interface: "none", "app-password", "oauth" or
 *   "online-account"
 */
const char *barua_method_get_id (BaruaMethod method);

/**
 * barua_method_from_id:
 * @id: a word, as barua_method_get_id() gives it
 * @method: (out): the way
 *
 * Returns: whether there is one of that name
 */
gboolean barua_method_from_id (const char *id, BaruaMethod *method);

/**
 * BaruaAccount:
 * @address: the mail address, as barua_address_dup_login() gives it; never %NULL
 * @name: (nullable): the person's full name
 * @method: how it is signed in to
 * @online_id: (nullable): the account's id in GNOME Online Accounts
 * @client_id: (nullable): the OAuth client that the tokens were given to; no secret
 * @last_check: Unix time of the last check, or 0
 * @last_cause: (nullable): what it came to: a word of the causes' vocabulary
 * @token_ends: Unix time at which the refresh token ends by itself, or 0. Google says so
 *   for projects in "Testing": seven days
 *
 * What is remembered about an account. Nothing in it is secret.
 */
typedef struct
{
  char *address;
  char *name;
  BaruaMethod method;
  char *online_id;
  char *client_id;
  gint64 last_check;
  char *last_cause;
  gint64 token_ends;
} BaruaAccount;

/**
 * barua_account_new:
 * @address: the mail address, as barua_address_dup_login() gives it
 *
 * Returns: (transfer full): an account about which nothing else is known
 */
BaruaAccount *barua_account_new (const char *address);

/**
 * barua_account_copy:
 * @self: an account
 *
 * Returns: (transfer full): another like it
 */
BaruaAccount *barua_account_copy (const BaruaAccount *self);

/**
 * barua_account_free:
 * @self: (nullable) (transfer full): an account
 */
void barua_account_free (BaruaAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaAccount, barua_account_free)

G_END_DECLS
