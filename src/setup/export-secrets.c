#include "config.h"

#include "setup/export-secrets.h"

#include "credentials/error.h"
#include "credentials/store.h"
#include "setup/oauth-client.h"
#include "setup/tokens.h"
#include "setup/trouble.h"

typedef struct
{
  BaruaAccount *account;
  BaruaExportSecrets *secrets;
} Gathering;

static void
secrets_free (gpointer data)
{
  barua_export_secrets_clear (data);
  g_free (data);
}

static void
gathering_free (gpointer data)
{
  Gathering *self = data;

  barua_account_free (self->account);
  g_clear_pointer (&self->secrets, secrets_free);
  g_free (self);
}

static void
return_secrets (GTask *task)
{
  Gathering *gathering = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&gathering->secrets), secrets_free);
}

static gboolean
is_not_found (const GError *error)
{
  return g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                          BARUA_CREDENTIALS_ERROR_NOT_FOUND);
}

static void
on_password (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  gathering->secrets->app_password = barua_store_lookup_finish (result, NULL, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    return_secrets (task);
}

static void
take_client_secret (Gathering *gathering)
{
  g_autofree char *path = barua_client_dup_path ();
  g_autoptr (BaruaClient) client = barua_client_load (path, NULL);

  if (client != NULL && client->secret != NULL && *client->secret != '\0' &&
      g_strcmp0 (client->id, gathering->account->client_id) == 0)
    gathering->secrets->client_secret = barua_secret_new (client->secret, -1);
}

static void
on_refresh_token (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  gathering->secrets->refresh_token = barua_store_lookup_finish (result, NULL, &error);
  if (error != NULL && !is_not_found (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  take_client_secret (gathering);
  return_secrets (task);
}

static void
on_access_token (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  BaruaExportSecrets *secrets = gathering->secrets;

  g_clear_pointer (&secrets->access_token, barua_secret_unref);
  secrets->access_token = barua_store_lookup_finish (result, &secrets->expires, &error);
  if (error != NULL && !is_not_found (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  barua_store_lookup_async (gathering->account->address, BARUA_SECRET_KIND_REFRESH_TOKEN,
                            g_task_get_cancellable (task), on_refresh_token,
                            g_object_ref (task));
}

static void
on_token (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  gathering->secrets->access_token = barua_tokens_get_finish (result, &error);
  if (error != NULL && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                        !barua_trouble_is_passing (error)))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (gathering->account->method == BARUA_METHOD_ONLINE_ACCOUNT)
    return_secrets (task);
  else
    /* Once more, for its end; without a network, the last one that there was. */
    barua_store_lookup_async (gathering->account->address, BARUA_SECRET_KIND_ACCESS_TOKEN,
                              g_task_get_cancellable (task), on_access_token,
                              g_object_ref (task));
}

void
barua_export_secrets_gather_async (const BaruaAccount *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Gathering *gathering = g_new0 (Gathering, 1);

  g_task_set_source_tag (task, barua_export_secrets_gather_async);
  g_task_set_task_data (task, gathering, gathering_free);
  gathering->account = barua_account_copy (account);
  gathering->secrets = g_new0 (BaruaExportSecrets, 1);
  if (account->method == BARUA_METHOD_NONE)
    return_secrets (task);
  else if (account->method == BARUA_METHOD_APP_PASSWORD)
    barua_store_lookup_async (account->address, BARUA_SECRET_KIND_APP_PASSWORD,
                              cancellable, on_password, g_object_ref (task));
  else
    barua_tokens_get_async (account->address, FALSE, cancellable, on_token,
                            g_object_ref (task));
}

BaruaExportSecrets *
barua_export_secrets_gather_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
