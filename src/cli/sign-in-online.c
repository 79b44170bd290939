#include "config.h"

#include "cli/signing-in.h"

#include "cli/hand-out.h"
#include "setup/online.h"

typedef struct
{
  BaruaWaiter *waiter;
  BaruaOnline *online;
  BaruaSecret *token;
  GError *error;
} Waiting;

static void
on_found (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->online = barua_online_find_finish (result, &waiting->error);
  barua_waiter_stop (waiting->waiter);
}

static void
on_token (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->token = barua_online_get_token_finish (result, &waiting->error);
  barua_waiter_stop (waiting->waiter);
}

static gboolean
find_account (BaruaSigningIn *self, Waiting *waiting)
{
  barua_online_find_async (self->account->address,
                           barua_waiter_get_cancellable (self->waiter), on_found,
                           waiting);
  if (!barua_waiter_run (self->waiter) || waiting->online == NULL)
    return FALSE;
  self->account->online_id = g_strdup (waiting->online->id);
  if (self->account->name == NULL)
    self->account->name = g_strdup (waiting->online->name);
  return TRUE;
}

static gboolean
take_token (BaruaSigningIn *self, Waiting *waiting)
{
  barua_online_get_token_async (self->account->address,
                                barua_waiter_get_cancellable (self->waiter), on_token,
                                waiting);
  return barua_waiter_run (self->waiter) && waiting->token != NULL;
}

int
barua_signing_in_online (BaruaSigningIn *self)
{
  Waiting waiting = { .waiter = self->waiter };
  const BaruaKeep keep = { .account = self->account };
  int status = BARUA_STATUS_FAILED;

  self->account->method = BARUA_METHOD_ONLINE_ACCOUNT;
  g_clear_pointer (&self->account->online_id, g_free);
  if (find_account (self, &waiting) && take_token (self, &waiting))
    {
      g_autoptr (BaruaLogin) login =
        barua_login_new (BARUA_MECHANISM_TOKEN, self->account->address, waiting.token);

      status = barua_signing_in_prove_and_keep (self, login, &keep);
    }
  else
    status = barua_command_in_trouble (self->arguments, self->output, self->waiter,
                                       waiting.error);
  barua_online_free (waiting.online);
  g_clear_pointer (&waiting.token, barua_secret_unref);
  g_clear_error (&waiting.error);
  return status;
}
