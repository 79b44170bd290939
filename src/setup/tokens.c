#include "config.h"

#include "setup/tokens.h"

#include "credentials/accounts.h"
#include "credentials/error.h"
#include "credentials/online-account.h"
#include "credentials/store.h"
#include "oauth/error.h"
#include "oauth/token.h"
#include "setup/oauth-client.h"

#include "base/file.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* As long as a refresh may take, and a little for the keyring. */
#define LOCK_WAIT_MS 20000
#define LOCK_POLL_MS 20

typedef struct
{
  char *address;
  gboolean fresh;
  BaruaSecret *seen;
  BaruaSecret *refresh;
  BaruaClient *client;
  BaruaOauthToken *token;
  gint64 lock_until;
  int lock;
} Errand;

G_DEFINE_QUARK (barua_token_error, barua_token_error)

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  if (errand->lock >= 0)
    g_close (errand->lock, NULL);
  g_clear_pointer (&errand->seen, barua_secret_unref);
  g_clear_pointer (&errand->refresh, barua_secret_unref);
  g_clear_pointer (&errand->token, barua_oauth_token_free);
  barua_client_free (errand->client);
  g_free (errand->address);
  g_free (errand);
}

static void
return_secret (GTask *task, BaruaSecret *secret)
{
  g_task_return_pointer (task, barua_secret_ref (secret),
                         (GDestroyNotify) barua_secret_unref);
}

static gboolean
is_valid_for_long (gint64 expires)
{
  return expires >= g_get_real_time () / G_USEC_PER_SEC + BARUA_TOKEN_SPARE;
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);

  (void) source;
  /* A token in hand is of use even if it could not be kept for the next one who asks. */
  if (!barua_store_save_finish (result, NULL))
    g_debug ("The new access token could not be kept");
  return_secret (task, errand->token->access);
}

static void
keep_access (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  const BaruaStoreItem item = {
    .account = errand->address,
    .kind = BARUA_SECRET_KIND_ACCESS_TOKEN,
    .secret = errand->token->access,
    .expires = errand->token->expires,
  };

  barua_store_save_async (&item, g_task_get_cancellable (task), on_kept,
                          g_object_ref (task));
}

static void
on_refresh_token_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  (void) source;
  /* The old one may be dead already: without the new one the next refresh would fail. */
  if (!barua_store_save_finish (result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    keep_access (task);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  (void) source;
  (void) barua_store_forget_finish (result, NULL, NULL);
  g_task_return_new_error (task, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_REVOKED,
                           "the refresh token is dead");
}

static void take_refresh_token (GTask *task);

/* Somebody may have signed in anew while Google was asked about the old token: that one's
 * end is no end of the new one. */
static void
on_looked_whether_same (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) now = barua_store_lookup_finish (result, NULL, &error);

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (now != NULL && !barua_secret_equal (now, errand->refresh))
    take_refresh_token (task);
  else
    barua_store_forget_async (errand->address, g_task_get_cancellable (task),
                              on_forgotten, g_object_ref (task));
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  (void) source;
  errand->token = barua_oauth_token_finish (result, &error);
  if (g_error_matches (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_REVOKED))
    {
      barua_store_lookup_async (errand->address, BARUA_SECRET_KIND_REFRESH_TOKEN,
                                g_task_get_cancellable (task), on_looked_whether_same,
                                g_object_ref (task));
      return;
    }
  if (errand->token == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (errand->token->refresh != NULL)
    {
      const BaruaStoreItem item = {
        .account = errand->address,
        .kind = BARUA_SECRET_KIND_REFRESH_TOKEN,
        .secret = errand->token->refresh,
      };

      barua_store_save_async (&item, g_task_get_cancellable (task), on_refresh_token_kept,
                              g_object_ref (task));
      return;
    }
  keep_access (task);
}

static void
on_refresh_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) refresh = barua_store_lookup_finish (result, NULL, &error);
  BaruaOauthClient client = { 0 };

  (void) source;
  if (g_error_matches (error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    g_task_return_new_error (task, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_REVOKED,
                             "there is no refresh token any more");
  else if (refresh == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      g_clear_pointer (&errand->refresh, barua_secret_unref);
      errand->refresh = barua_secret_ref (refresh);
      client.id = errand->client->id;
      client.secret = errand->client->secret;
      barua_oauth_refresh_async (barua_oauth_google (), &client, refresh,
                                 g_task_get_cancellable (task), on_refreshed,
                                 g_object_ref (task));
    }
}

static void
take_refresh_token (GTask *task)
{
  const Errand *errand = g_task_get_task_data (task);

  barua_store_lookup_async (errand->address, BARUA_SECRET_KIND_REFRESH_TOKEN,
                            g_task_get_cancellable (task), on_refresh_token,
                            g_object_ref (task));
}

static void
on_looked_up_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gint64 expires = 0;
  g_autoptr (BaruaSecret) now = barua_store_lookup_finish (result, &expires, &error);

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* Whoever held the lock before us has refreshed: its token is new enough for us too. */
  if (now != NULL && is_valid_for_long (expires) &&
      (errand->seen == NULL || !barua_secret_equal (now, errand->seen)))
    {
      return_secret (task, now);
      return;
    }
  take_refresh_token (task);
}

static gboolean
on_try_lock (gpointer user_data)
{
  GTask *task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "barua", NULL);
  g_autoptr (GError) error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (barua_file_make_folder (folder, &error))
    errand->lock = barua_file_lock (folder, 0, &error);
  if (errand->lock < 0 && g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN) &&
      g_get_monotonic_time () < errand->lock_until)
    return G_SOURCE_CONTINUE;
  /* Without the lock two may refresh at once, which Google allows: better than none. */
  barua_store_lookup_async (errand->address, BARUA_SECRET_KIND_ACCESS_TOKEN,
                            g_task_get_cancellable (task), on_looked_up_again,
                            g_object_ref (task));
  return G_SOURCE_REMOVE;
}

static void
refresh (GTask *task, const BaruaAccount *account)
{
  Errand *errand = g_task_get_task_data (task);
  g_autofree char *path = barua_client_dup_path ();
  g_autoptr (GError) error = NULL;

  errand->client = barua_client_load (path, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (errand->client == NULL || (account->client_id != NULL &&
                                 g_strcmp0 (errand->client->id, account->client_id) != 0))
    {
      g_task_return_new_error (
        task, BARUA_TOKEN_ERROR, BARUA_TOKEN_ERROR_NO_CLIENT,
        _ ("The Google client that %s was signed in with is not set up any more. Sign in "
           "again."),
        errand->address);
      return;
    }
  errand->lock_until = g_get_monotonic_time () + LOCK_WAIT_MS * G_TIME_SPAN_MILLISECOND;
  if (on_try_lock (task) == G_SOURCE_CONTINUE)
    g_timeout_add_full (G_PRIORITY_DEFAULT, LOCK_POLL_MS, on_try_lock,
                        g_object_ref (task), g_object_unref);
}

static void
on_online_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) token =
    barua_online_account_get_token_finish (result, NULL, &error);

  (void) source;
  if (token == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    return_secret (task, token);
}

static void
go_on_without_kept (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  g_autofree char *path = barua_accounts_dup_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaAccounts) accounts = barua_accounts_load (path, &error);
  g_autoptr (BaruaAccount) account =
    accounts != NULL ? barua_accounts_find (accounts, errand->address) : NULL;

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (account == NULL)
    g_task_return_new_error (task, BARUA_TOKEN_ERROR, BARUA_TOKEN_ERROR_NO_ACCOUNT,
                             _ ("%s is not set up here. Sign in first: barua sign-in %s"),
                             errand->address, errand->address);
  else if (account->method == BARUA_METHOD_ONLINE_ACCOUNT)
    barua_online_account_get_token_async (errand->address, g_task_get_cancellable (task),
                                          on_online_token, g_object_ref (task));
  else if (account->method == BARUA_METHOD_OAUTH)
    refresh (task, account);
  else
    g_task_return_new_error (
      task, BARUA_TOKEN_ERROR, BARUA_TOKEN_ERROR_NO_TOKENS,
      _ ("%s is not signed in to through the browser, so there is no token. For its app "
         "password: barua password %s"),
      errand->address, errand->address);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gint64 expires = 0;

  (void) source;
  errand->seen = barua_store_lookup_finish (result, &expires, &error);
  if (errand->seen != NULL && !errand->fresh && is_valid_for_long (expires))
    return_secret (task, errand->seen);
  else if (errand->seen == NULL && !g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                                                     BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    go_on_without_kept (task);
}

void
barua_tokens_get_async (const char *address,
                        gboolean fresh,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  g_task_set_source_tag (task, barua_tokens_get_async);
  errand->address = g_strdup (address);
  errand->fresh = fresh;
  errand->lock = -1;
  g_task_set_task_data (task, errand, errand_free);
  barua_store_lookup_async (errand->address, BARUA_SECRET_KIND_ACCESS_TOKEN, cancellable,
                            on_looked_up, g_steal_pointer (&task));
}

BaruaSecret *
barua_tokens_get_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
