#include "config.h"

#include "account/account.h"

static const char *const METHODS[] = {
  [BARUA_METHOD_NONE] = "none",
  [BARUA_METHOD_APP_PASSWORD] = "app-password",
  [BARUA_METHOD_OAUTH] = "oauth",
  [BARUA_METHOD_ONLINE_ACCOUNT] = "online-account",
};

const char *
barua_method_get_id (BaruaMethod method)
{
  return METHODS[method];
}

gboolean
barua_method_from_id (const char *id, BaruaMethod *method)
{
  g_return_val_if_fail (id != NULL && method != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
    if (g_str_equal (id, METHODS[i]))
      {
        *method = (BaruaMethod) i;
        return TRUE;
      }
  return FALSE;
}

BaruaAccount *
barua_account_new (const char *address)
{
  BaruaAccount *self = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_new0 (BaruaAccount, 1);
  self->address = g_strdup (address);
  return self;
}

BaruaAccount *
barua_account_copy (const BaruaAccount *self)
{
  BaruaAccount *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = barua_account_new (self->address);
  copy->name = g_strdup (self->name);
  copy->method = self->method;
  copy->online_id = g_strdup (self->online_id);
  copy->client_id = g_strdup (self->client_id);
  copy->last_check = self->last_check;
  copy->last_cause = g_strdup (self->last_cause);
  copy->token_ends = self->token_ends;
  return copy;
}

void
barua_account_free (BaruaAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->address);
  g_free (self->name);
  g_free (self->online_id);
  g_free (self->client_id);
  g_free (self->last_cause);
  g_free (self);
}
