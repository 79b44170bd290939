#pragma once

#include "account/account.h"

G_BEGIN_DECLS

/**
 * barua_account_text_method:
 * @method: how an account is signed in to
 *
 * Returns: the same in a few words, translated
 */
const char *barua_account_text_method (BaruaMethod method);

/**
 * barua_account_text_state:
 * @account: an account
 * @now: the time it is, local
 *
 * Returns: (transfer full): what its last check came to, and when: "works, today 09:15"
 */
char *barua_account_text_state (const BaruaAccount *account, GDateTime *now);

/**
 * barua_account_text_icon:
 * @account: an account
 *
 * Returns: the icon that goes with its state
 */
const char *barua_account_text_icon (const BaruaAccount *account);

/**
 * barua_account_text_style:
 * @account: an account
 *
 * Returns: (nullable): the style class that goes with its state
 */
const char *barua_account_text_style (const BaruaAccount *account);

G_END_DECLS
