#include "config.h"

#include "setup/browser-sign-in.h"

#include "oauth/error.h"
#include "oauth/loopback.h"
#include "oauth/request.h"

#include "base/limits.h"

struct _BaruaBrowserSignIn
{
  BaruaAddress *address;
  BaruaLoopback *loopback;
  BaruaOauthRequest *request;
  GCancellable *internal;
  gulong chained;
  BaruaSecret *pasted;
  GError *refusal;
  gboolean waiting;
};

BaruaBrowserSignIn *
barua_browser_sign_in_new (BaruaAddress *address,
                           const BaruaClient *client,
                           GError **error)
{
  g_autoptr (BaruaBrowserSignIn) self = g_new0 (BaruaBrowserSignIn, 1);
  const BaruaOauthClient asking = { client->id, client->secret };
  g_autofree char *hint = barua_address_dup_login (address);

  self->address = barua_address_ref (address);
  self->internal = g_cancellable_new ();
  self->loopback = barua_loopback_new (error);
  if (self->loopback == NULL)
    return NULL;
  self->request =
    barua_oauth_request_new (barua_oauth_google (), &asking,
                             barua_loopback_get_redirect_uri (self->loopback), hint);
  if (self->request != NULL)
    return g_steal_pointer (&self);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "the system has no randomness");
  return NULL;
}

void
barua_browser_sign_in_free (BaruaBrowserSignIn *self)
{
  g_return_if_fail (!self->waiting);

  g_clear_pointer (&self->loopback, barua_loopback_free);
  g_clear_pointer (&self->request, barua_oauth_request_free);
  g_clear_pointer (&self->pasted, barua_secret_unref);
  g_clear_error (&self->refusal);
  g_object_unref (self->internal);
  barua_address_unref (self->address);
  g_free (self);
}

const char *
barua_browser_sign_in_get_uri (const BaruaBrowserSignIn *self)
{
  return barua_oauth_request_get_uri (self->request);
}

/* Google says in the answer who consented; a browser may be signed in to several
 * accounts. */
static gboolean
is_for_address (BaruaBrowserSignIn *self, const BaruaOauthToken *token, GError **error)
{
  g_autoptr (BaruaAddress) other = NULL;

  if (token->email == NULL)
    return TRUE;
  other = barua_address_new (token->email, NULL);
  if (other != NULL && barua_address_same_mailbox (other, self->address))
    return TRUE;
  g_set_error_literal (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_OTHER_ACCOUNT,
                       other != NULL ? barua_address_get_text (other)
                                     : "another account");
  return FALSE;
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaBrowserSignIn *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaOauthToken) token = barua_oauth_token_finish (result, &error);

  (void) source;
  self->waiting = FALSE;
  if (token == NULL || !is_for_address (self, token, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (token->refresh == NULL)
    g_task_return_new_error (task, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_ANSWER,
                             "there is no refresh token in the answer");
  else
    g_task_return_pointer (task, g_steal_pointer (&token),
                           (GDestroyNotify) barua_oauth_token_free);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaBrowserSignIn *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) code = barua_loopback_wait_finish (result, &error);

  (void) source;
  /* The port is of no use from now on: RFC 8252, 8.3. */
  g_clear_pointer (&self->loopback, barua_loopback_free);
  g_cancellable_disconnect (g_task_get_cancellable (task), self->chained);
  self->chained = 0;
  if (code == NULL && self->pasted != NULL)
    code = g_steal_pointer (&self->pasted);
  if (code == NULL && self->refusal != NULL)
    {
      g_clear_error (&error);
      error = g_steal_pointer (&self->refusal);
    }
  if (code == NULL)
    {
      self->waiting = FALSE;
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  barua_oauth_exchange_async (self->request, code, BARUA_LIMIT_TOTAL_MS,
                              g_task_get_cancellable (task), on_token,
                              g_object_ref (task));
}

static void
on_cancelled (GCancellable *cancellable, gpointer internal)
{
  (void) cancellable;
  g_cancellable_cancel (internal);
}

void
barua_browser_sign_in_wait_async (BaruaBrowserSignIn *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (!self->waiting && self->loopback != NULL);

  g_task_set_source_tag (task, barua_browser_sign_in_wait_async);
  g_task_set_task_data (task, self, NULL);
  self->waiting = TRUE;
  if (cancellable != NULL)
    self->chained = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                           g_object_ref (self->internal), g_object_unref);
  barua_loopback_wait_async (self->loopback, self->request, BARUA_LOOPBACK_SECONDS,
                             self->internal, on_answered, g_steal_pointer (&task));
}

BaruaOauthToken *
barua_browser_sign_in_wait_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
barua_browser_sign_in_paste (BaruaBrowserSignIn *self, const char *pasted, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (BaruaSecret) code = NULL;

  /* Another answer was faster: this one is too late, and neither right nor wrong. */
  if (!self->waiting || self->loopback == NULL || self->pasted != NULL ||
      self->refusal != NULL)
    return TRUE;
  code = barua_oauth_request_take_pasted (self->request, pasted, &refusal);
  if (g_error_matches (refusal, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_PASTE))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  self->pasted = g_steal_pointer (&code);
  self->refusal = g_steal_pointer (&refusal);
  g_cancellable_cancel (self->internal);
  return TRUE;
}
