#pragma once

#include "account/account.h"

G_BEGIN_DECLS

/**
 * barua_roster_load:
 * @damaged: (out) (optional): whether some of it could not be understood
 * @error: %G_FILE_ERROR
 *
 * Returns: (transfer full) (element-type BaruaAccount) (nullable): the accounts that were
 *   set up for this person, in the order in which they were added; %NULL with @error set
 */
GPtrArray *barua_roster_load (gboolean *damaged, GError **error);

/**
 * barua_roster_find:
 * @address: a mail address, as barua_address_dup_login() gives it
 *
 * Returns: (transfer full) (nullable): what is remembered of it; %NULL if that is nothing
 */
BaruaAccount *barua_roster_find (const char *address);

G_END_DECLS
