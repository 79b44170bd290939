#include "config.h"

#include "setup/roster.h"

#include "credentials/accounts.h"

GPtrArray *
barua_roster_load (gboolean *damaged, GError **error)
{
  g_autofree char *path = barua_accounts_dup_path ();
  g_autoptr (BaruaAccounts) accounts = barua_accounts_load (path, error);

  if (accounts == NULL)
    return NULL;
  if (damaged != NULL)
    *damaged = barua_accounts_is_damaged (accounts);
  return barua_accounts_list (accounts);
}

BaruaAccount *
barua_roster_find (const char *address)
{
  g_autofree char *path = barua_accounts_dup_path ();
  g_autoptr (BaruaAccounts) accounts = barua_accounts_load (path, NULL);

  return accounts != NULL ? barua_accounts_find (accounts, address) : NULL;
}
