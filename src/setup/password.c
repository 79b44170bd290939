#include "config.h"

#include "setup/password.h"

#include "credentials/accounts.h"
#include "credentials/error.h"
#include "credentials/store.h"
#include "setup/tokens.h"

#include <glib/gi18n.h>

/* Why there is none: only now is it worth a look at what is remembered. */
static GError *
explain_absence (const char *address)
{
  g_autofree char *path = barua_accounts_dup_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaAccounts) accounts = barua_accounts_load (path, &error);
  g_autoptr (BaruaAccount) account = NULL;

  if (accounts == NULL)
    return g_steal_pointer (&error);
  account = barua_accounts_find (accounts, address);
  if (account != NULL && (account->method == BARUA_METHOD_OAUTH ||
                          account->method == BARUA_METHOD_ONLINE_ACCOUNT))
    return g_error_new (BARUA_TOKEN_ERROR, BARUA_TOKEN_ERROR_NO_TOKENS,
                        _ ("%s is signed in to without an app password. For its access "
                           "token: barua token %s"),
                        address, address);
  return g_error_new (
    BARUA_TOKEN_ERROR, BARUA_TOKEN_ERROR_NO_ACCOUNT,
    _ ("No app password is kept for %s. Sign in first: barua sign-in %s"), address,
    address);
}

static void
on_looked_up (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaruaSecret *secret = barua_store_lookup_finish (result, NULL, &error);

  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) barua_secret_unref);
  else if (g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                            BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    g_task_return_error (task, explain_absence (g_task_get_task_data (task)));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
barua_password_get_async (const char *address,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_password_get_async);
  g_task_set_task_data (task, g_strdup (address), g_free);
  barua_store_lookup_async (address, BARUA_SECRET_KIND_APP_PASSWORD, cancellable,
                            on_looked_up, g_steal_pointer (&task));
}

BaruaSecret *
barua_password_get_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
