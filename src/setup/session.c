#include "config.h"

#include "setup/session.h"

#include "credentials/accounts.h"
#include "credentials/error.h"
#include "credentials/store.h"
#include "oauth/error.h"
#include "setup/tokens.h"

void
barua_session_free (BaruaSession *self)
{
  if (self == NULL)
    return;
  barua_account_free (self->account);
  g_clear_pointer (&self->login, barua_login_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
return_session (GTask *task)
{
  BaruaSession *session = g_task_get_task_data (task);
  BaruaSession *result = NULL;

  if (g_error_matches (session->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&session->error));
      return;
    }
  if (session->error != NULL)
    session->trouble = barua_credentials_error_get_cause (session->error);
  if (session->error != NULL && session->trouble == NULL)
    session->trouble = barua_oauth_error_get_cause (session->error);
  result = g_new0 (BaruaSession, 1);
  *result = *session;
  *session = (BaruaSession){ 0 };
  g_task_return_pointer (task, result, (GDestroyNotify) barua_session_free);
}

static void
take_secret (BaruaSession *session, BaruaMechanism mechanism, BaruaSecret *secret)
{
  if (secret != NULL)
    session->login = barua_login_new (mechanism, session->account->address, secret);
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaSession *session = g_task_get_task_data (task);
  g_autoptr (BaruaSecret) secret =
    barua_store_lookup_finish (result, NULL, &session->error);

  (void) source;
  take_secret (session, BARUA_MECHANISM_PASSWORD, secret);
  return_session (task);
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaSession *session = g_task_get_task_data (task);
  g_autoptr (BaruaSecret) secret = barua_tokens_get_finish (result, &session->error);

  (void) source;
  take_secret (session, BARUA_MECHANISM_TOKEN, secret);
  return_session (task);
}

void
barua_session_open_async (BaruaAddress *address,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *path = barua_accounts_dup_path ();
  g_autofree char *name = barua_address_dup_login (address);
  g_autoptr (BaruaAccounts) accounts = NULL;
  BaruaSession *session = g_new0 (BaruaSession, 1);

  g_task_set_source_tag (task, barua_session_open_async);
  g_task_set_task_data (task, session, (GDestroyNotify) barua_session_free);
  accounts = barua_accounts_load (path, &session->error);
  if (accounts != NULL)
    session->account = barua_accounts_find (accounts, name);
  if (session->account == NULL || session->account->method == BARUA_METHOD_NONE)
    return_session (task);
  else if (session->account->method == BARUA_METHOD_APP_PASSWORD)
    barua_store_lookup_async (name, BARUA_SECRET_KIND_APP_PASSWORD, cancellable,
                              on_password, g_steal_pointer (&task));
  else
    barua_tokens_get_async (name, FALSE, cancellable, on_token, g_steal_pointer (&task));
}

BaruaSession *
barua_session_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  const char *address;
  const char *cause;
} Note;

static gboolean
change_note (BaruaAccounts *accounts, gpointer user_data)
{
  const Note *note = user_data;
  g_autoptr (BaruaAccount) account = barua_accounts_find (accounts, note->address);

  if (account == NULL)
    return FALSE;
  g_free (account->last_cause);
  account->last_cause = g_strdup (note->cause);
  account->last_check = g_get_real_time () / G_USEC_PER_SEC;
  barua_accounts_put (accounts, account);
  return TRUE;
}

void
barua_session_note_check (const BaruaSession *self, const char *cause)
{
  g_autofree char *path = barua_accounts_dup_path ();
  Note note = { NULL, cause };

  if (self->account == NULL)
    return;
  note.address = self->account->address;
  if (!barua_accounts_change (path, change_note, &note, NULL))
    g_debug ("The outcome of the check could not be remembered");
}
