#include "config.h"

#include "setup/keep.h"

#include "credentials/accounts.h"
#include "credentials/error.h"
#include "credentials/store.h"

/* One after another: each secret is saved, or cleared if it is none of this sign-in. */
typedef struct
{
  BaruaAccount *account;
  BaruaSecret *secrets[BARUA_SECRET_KIND_REFRESH_TOKEN + 1];
  gboolean stays[BARUA_SECRET_KIND_REFRESH_TOKEN + 1];
  gint64 expires;
  guint next;
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *self = data;

  barua_account_free (self->account);
  for (guint i = 0; i < G_N_ELEMENTS (self->secrets); i++)
    g_clear_pointer (&self->secrets[i], barua_secret_unref);
  g_free (self);
}

static gboolean
put_account (BaruaAccounts *accounts, gpointer user_data)
{
  barua_accounts_put (accounts, user_data);
  return TRUE;
}

static void
remember (GTask *task)
{
  Keeping *keeping = g_task_get_task_data (task);
  g_autofree char *path = barua_accounts_dup_path ();
  g_autoptr (GError) error = NULL;

  if (barua_accounts_change (path, put_account, keeping->account, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void keep_next (GTask *task);

static void
on_saved (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (barua_store_save_finish (result, &error))
    keep_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_cleared (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (barua_store_forget_finish (result, NULL, &error))
    keep_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
keep_next (GTask *task)
{
  Keeping *keeping = g_task_get_task_data (task);
  BaruaSecretKind kind = keeping->next++;
  BaruaStoreItem item = { .account = keeping->account->address, .kind = kind };

  if (kind >= G_N_ELEMENTS (keeping->secrets))
    {
      remember (task);
      return;
    }
  item.secret = keeping->secrets[kind];
  item.expires = kind == BARUA_SECRET_KIND_ACCESS_TOKEN ? keeping->expires : 0;
  if (item.secret != NULL)
    barua_store_save_async (&item, g_task_get_cancellable (task), on_saved,
                            g_object_ref (task));
  else if (keeping->stays[kind])
    keep_next (task);
  else
    barua_store_clear_async (keeping->account->address, kind,
                             g_task_get_cancellable (task), on_cleared,
                             g_object_ref (task));
}

static BaruaSecret *
ref_or_null (BaruaSecret *secret)
{
  return secret != NULL ? barua_secret_ref (secret) : NULL;
}

void
barua_keep_async (const BaruaKeep *keep,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Keeping *keeping = g_new0 (Keeping, 1);

  g_task_set_source_tag (task, barua_keep_async);
  g_task_set_task_data (task, keeping, keeping_free);
  keeping->account = barua_account_copy (keep->account);
  keeping->secrets[BARUA_SECRET_KIND_APP_PASSWORD] = ref_or_null (keep->password);
  if (keep->token != NULL)
    {
      keeping->secrets[BARUA_SECRET_KIND_ACCESS_TOKEN] =
        ref_or_null (keep->token->access);
      keeping->secrets[BARUA_SECRET_KIND_REFRESH_TOKEN] =
        ref_or_null (keep->token->refresh);
      keeping->expires = keep->token->expires;
      /* None came: the one that is there stays good, see BaruaOauthToken. */
      keeping->stays[BARUA_SECRET_KIND_REFRESH_TOKEN] = TRUE;
    }
  /* Nothing to keep, nothing to clear: no keyring is needed, and none may be there. */
  if (keep->account->method == BARUA_METHOD_NONE)
    remember (task);
  else
    keep_next (task);
}

gboolean
barua_keep_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_looked_up (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) secret = barua_store_lookup_finish (result, NULL, &error);

  if (secret != NULL ||
      g_error_matches (error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
barua_keep_check_async (const char *address,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_keep_check_async);
  barua_store_lookup_async (address, BARUA_SECRET_KIND_APP_PASSWORD, cancellable,
                            on_looked_up, g_steal_pointer (&task));
}
