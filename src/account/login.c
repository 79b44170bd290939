#include "config.h"

#include "account/login.h"

#include <string.h>

struct _BaruaLogin
{
  BaruaMechanism mechanism;
  char *user;
  BaruaSecret *secret;
};

G_DEFINE_BOXED_TYPE (BaruaLogin, barua_login, barua_login_ref, barua_login_unref)

BaruaLogin *
barua_login_new (BaruaMechanism mechanism, const char *user, BaruaSecret *secret)
{
  BaruaLogin *self = NULL;

  g_return_val_if_fail (user != NULL && secret != NULL, NULL);

  self = g_atomic_rc_box_new0 (BaruaLogin);
  self->mechanism = mechanism;
  self->user = g_strdup (user);
  self->secret = barua_secret_ref (secret);
  return self;
}

BaruaLogin *
barua_login_ref (BaruaLogin *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BaruaLogin *self = data;

  g_free (self->user);
  barua_secret_unref (self->secret);
}

void
barua_login_unref (BaruaLogin *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

BaruaMechanism
barua_login_get_mechanism (const BaruaLogin *self)
{
  return self->mechanism;
}

const char *
barua_login_get_user (const BaruaLogin *self)
{
  return self->user;
}

BaruaSecret *
barua_login_get_secret (const BaruaLogin *self)
{
  return self->secret;
}

static gboolean
is_sendable (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == '\0' || bytes[i] == '\001')
      return FALSE;
  return length > 0;
}

gboolean
barua_login_is_sendable (const BaruaLogin *self)
{
  return is_sendable (self->user, strlen (self->user)) &&
         is_sendable (barua_secret_peek (self->secret),
                      barua_secret_get_length (self->secret));
}

gboolean
barua_login_uses_token (const BaruaLogin *self)
{
  return self->mechanism == BARUA_MECHANISM_TOKEN ||
         self->mechanism == BARUA_MECHANISM_XOAUTH2 ||
         self->mechanism == BARUA_MECHANISM_OAUTHBEARER;
}
