#include "config.h"

#include "setup/sign-out.h"

#include "credentials/accounts.h"
#include "credentials/error.h"
#include "credentials/store.h"
#include "oauth/token.h"

typedef struct
{
  char *address;
  BaruaAccount *account;
  BaruaSignedOut *out;
} Leaving;

void
barua_signed_out_free (BaruaSignedOut *self)
{
  g_clear_error (&self->not_revoked);
  g_free (self);
}

static void
leaving_free (gpointer data)
{
  Leaving *self = data;

  g_free (self->address);
  barua_account_free (self->account);
  g_clear_pointer (&self->out, barua_signed_out_free);
  g_free (self);
}

static gboolean
remove_account (BaruaAccounts *accounts, gpointer user_data)
{
  return barua_accounts_remove (accounts, user_data);
}

static void
forget_account (GTask *task)
{
  Leaving *leaving = g_task_get_task_data (task);
  g_autofree char *path = barua_accounts_dup_path ();
  g_autoptr (GError) error = NULL;

  leaving->out->known = leaving->account != NULL || leaving->out->n_forgotten > 0;
  if (leaving->account != NULL &&
      !barua_accounts_change (path, remove_account, leaving->address, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&leaving->out),
                           (GDestroyNotify) barua_signed_out_free);
}

static void
on_forgotten (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Leaving *leaving = g_task_get_task_data (task);

  if (!barua_store_forget_finish (result, &leaving->out->n_forgotten, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    forget_account (task);
}

static void
forget_secrets (GTask *task)
{
  Leaving *leaving = g_task_get_task_data (task);

  barua_store_forget_async (leaving->address, g_task_get_cancellable (task), on_forgotten,
                            g_object_ref (task));
}

static void
on_revoked (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Leaving *leaving = g_task_get_task_data (task);

  leaving->out->revoked = barua_oauth_revoke_finish (result, &leaving->out->not_revoked);
  if (!g_task_return_error_if_cancelled (task))
    forget_secrets (task);
}

static void
on_refresh_token (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) token = barua_store_lookup_finish (result, NULL, &error);

  if (token != NULL)
    barua_oauth_revoke_async (barua_oauth_google (), token, g_task_get_cancellable (task),
                              on_revoked, g_object_ref (task));
  else if (g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                            BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    forget_secrets (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* With no keyring there is nothing in it: what is remembered besides can still go. */
static gboolean
keeps_nothing (const BaruaAccount *account)
{
  return account != NULL && (account->method == BARUA_METHOD_NONE ||
                             account->method == BARUA_METHOD_ONLINE_ACCOUNT);
}

void
barua_sign_out_async (const char *address,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *path = barua_accounts_dup_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaAccounts) accounts = barua_accounts_load (path, &error);
  Leaving *leaving = g_new0 (Leaving, 1);

  g_task_set_source_tag (task, barua_sign_out_async);
  g_task_set_task_data (task, leaving, leaving_free);
  if (accounts == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  leaving->address = g_strdup (address);
  leaving->account = barua_accounts_find (accounts, address);
  leaving->out = g_new0 (BaruaSignedOut, 1);
  if (keeps_nothing (leaving->account))
    forget_account (task);
  else
    barua_store_lookup_async (address, BARUA_SECRET_KIND_REFRESH_TOKEN, cancellable,
                              on_refresh_token, g_steal_pointer (&task));
}

BaruaSignedOut *
barua_sign_out_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
