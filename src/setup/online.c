#include "config.h"

#include "setup/online.h"

#include "credentials/error.h"
#include "credentials/online-account.h"

void
barua_online_free (BaruaOnline *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static BaruaOnline *
choose (GPtrArray *accounts, const char *address, GError **error)
{
  const BaruaOnlineAccount *account = barua_online_accounts_find (accounts, address);
  BaruaOnline *self = NULL;

  if (account == NULL || !account->mail)
    {
      g_propagate_error (
        error, barua_credentials_error_new (account == NULL
                                              ? BARUA_CREDENTIALS_ERROR_ONLINE_MISSING
                                              : BARUA_CREDENTIALS_ERROR_ONLINE_MAIL_OFF));
      return NULL;
    }
  self = g_new0 (BaruaOnline, 1);
  self->id = g_strdup (account->id);
  self->name = g_strdup (account->name);
  self->attention = account->attention;
  return self;
}

static void
on_listed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = barua_online_accounts_list_finish (result, &error);
  g_autoptr (BaruaOnline) online = NULL;

  if (accounts != NULL)
    online = choose (accounts, g_task_get_task_data (task), &error);
  if (online == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&online),
                           (GDestroyNotify) barua_online_free);
}

void
barua_online_find_async (const char *address,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_online_find_async);
  g_task_set_task_data (task, g_strdup (address), g_free);
  barua_online_accounts_list_async (cancellable, on_listed, g_steal_pointer (&task));
}

BaruaOnline *
barua_online_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
barua_online_get_token_async (const char *address,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  barua_online_account_get_token_async (address, cancellable, callback, user_data);
}

BaruaSecret *
barua_online_get_token_finish (GAsyncResult *result, GError **error)
{
  return barua_online_account_get_token_finish (result, NULL, error);
}
