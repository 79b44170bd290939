#include "config.h"

#include "probe/sasl.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/secret.h"

#include <string.h>

typedef enum
{
  STATE_START,
  STATE_STARTED,
  STATE_USER_SENT,
  STATE_REFUSED,
  STATE_CANCELLED,
} State;

typedef struct
{
  const char *name;
  /* The initial response; NULL for LOGIN. */
  void (*build) (const BaruaSasl *self, BaruaBuffer *out);
  /* The answer to a challenge that refuses; NULL where there is no such thing. */
  const char *answer_to_refusal;
} Mechanism;

struct _BaruaSasl
{
  const Mechanism *mechanism;
  BaruaLogin *login;
  const char *host;
  guint16 port;
  State state;
  guint challenges;
  char *refusal;
};

static void
append_secret (const BaruaSasl *self, BaruaBuffer *out)
{
  BaruaSecret *secret = barua_login_get_secret (self->login);

  barua_buffer_append (out, barua_secret_peek (secret),
                       (gssize) barua_secret_get_length (secret));
}

/* RFC 4616, 2: without an authorization identity. */
static void
build_plain (const BaruaSasl *self, BaruaBuffer *out)
{
  barua_buffer_append_c (out, '\0');
  barua_buffer_append (out, barua_login_get_user (self->login), -1);
  barua_buffer_append_c (out, '\0');
  append_secret (self, out);
}

static void
append_bearer (const BaruaSasl *self, BaruaBuffer *out)
{
  barua_buffer_append (out, "\001auth=Bearer ", -1);
  append_secret (self, out);
  barua_buffer_append (out, "\001\001", -1);
}

static void
build_xoauth2 (const BaruaSasl *self, BaruaBuffer *out)
{
  barua_buffer_append (out, "user=", -1);
  barua_buffer_append (out, barua_login_get_user (self->login), -1);
  append_bearer (self, out);
}

/* RFC 7628, 3.1, with the name written as RFC 5801, 4, wants it. */
static void
build_oauthbearer (const BaruaSasl *self, BaruaBuffer *out)
{
  g_autofree char *place =
    g_strdup_printf (",\001host=%s\001port=%u", self->host, (guint) self->port);

  barua_buffer_append (out, "n,a=", -1);
  for (const char *p = barua_login_get_user (self->login); *p != '\0'; p++)
    {
      if (*p == ',')
        barua_buffer_append (out, "=2C", -1);
      else if (*p == '=')
        barua_buffer_append (out, "=3D", -1);
      else
        barua_buffer_append_c (out, *p);
    }
  barua_buffer_append (out, place, -1);
  append_bearer (self, out);
}

static const Mechanism MECHANISMS[] = {
  { "PLAIN", build_plain, NULL },
  { "LOGIN", NULL, NULL },
  { "XOAUTH2", build_xoauth2, "" },
  { "OAUTHBEARER", build_oauthbearer, "AQ==" },
};

static gboolean
is_offered (const char *name, const char *const *offered)
{
  for (guint i = 0; offered[i] != NULL; i++)
    if (g_ascii_strncasecmp (offered[i], "AUTH=", 5) == 0 &&
        g_ascii_strcasecmp (offered[i] + 5, name) == 0)
      return TRUE;
  return FALSE;
}

const char *
barua_sasl_choose (BaruaMechanism wanted, const char *const *offered)
{
  static const char *const choices[][2] = {
    [BARUA_MECHANISM_PASSWORD] = { "PLAIN", "LOGIN" },
    [BARUA_MECHANISM_TOKEN] = { "XOAUTH2", "OAUTHBEARER" },
    [BARUA_MECHANISM_PLAIN] = { "PLAIN", NULL },
    [BARUA_MECHANISM_LOGIN] = { "LOGIN", NULL },
    [BARUA_MECHANISM_XOAUTH2] = { "XOAUTH2", NULL },
    [BARUA_MECHANISM_OAUTHBEARER] = { "OAUTHBEARER", NULL },
  };

  g_return_val_if_fail (offered != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (choices[wanted]); i++)
    if (choices[wanted][i] != NULL && is_offered (choices[wanted][i], offered))
      return choices[wanted][i];
  return NULL;
}

static const Mechanism *
find_mechanism (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (MECHANISMS); i++)
    if (strcmp (MECHANISMS[i].name, name) == 0)
      return &MECHANISMS[i];
  return NULL;
}

BaruaSasl *
barua_sasl_new (const char *name, BaruaLogin *login, const BaruaService *service)
{
  BaruaSasl *self = NULL;
  const Mechanism *mechanism = NULL;

  g_return_val_if_fail (name != NULL && login != NULL && service != NULL, NULL);
  mechanism = find_mechanism (name);
  g_return_val_if_fail (mechanism != NULL, NULL);

  self = g_new0 (BaruaSasl, 1);
  self->mechanism = mechanism;
  self->login = barua_login_ref (login);
  self->host = service->host;
  self->port = service->port;
  return self;
}

void
barua_sasl_free (BaruaSasl *self)
{
  g_return_if_fail (self != NULL);

  barua_login_unref (self->login);
  barua_secret_free_text (self->refusal);
  g_free (self);
}

const char *
barua_sasl_get_name (const BaruaSasl *self)
{
  return self->mechanism->name;
}

static char *
encode (const BaruaBuffer *plain)
{
  return g_base64_encode ((const guchar *) plain->bytes, plain->length);
}

char *
barua_sasl_dup_initial (BaruaSasl *self, gsize room)
{
  g_auto (BaruaBuffer) plain = { 0 };

  g_return_val_if_fail (self != NULL && self->state == STATE_START, NULL);

  if (self->mechanism->build == NULL)
    return NULL;
  self->mechanism->build (self, &plain);
  if ((plain.length + 2) / 3 * 4 > room)
    return NULL;
  self->state = STATE_STARTED;
  return encode (&plain);
}

/* GLib's decoder leaves out what is no base64; a challenge like that is not believed. */
static char *
decode (const char *coded)
{
  gsize length = strlen (coded);
  gsize letters =
    strspn (coded, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize size = 0;
  g_autofree char *plain = NULL;
  char *text = NULL;

  if (length % 4 != 0 || letters + strspn (coded + letters, "=") != length ||
      length - letters > 2)
    return NULL;
  plain = (char *) g_base64_decode (coded, &size);
  text = g_strndup (plain, size);
  explicit_bzero (plain, size);
  return text;
}

static char *
cancel (BaruaSasl *self)
{
  self->state = STATE_CANCELLED;
  return g_strdup ("*");
}

/* The prompts of LOGIN are not compared: every server words them in its own way. */
static char *
answer_login (BaruaSasl *self)
{
  g_auto (BaruaBuffer) plain = { 0 };

  if (self->state == STATE_START)
    {
      self->state = STATE_USER_SENT;
      barua_buffer_append (&plain, barua_login_get_user (self->login), -1);
      return encode (&plain);
    }
  if (self->state != STATE_USER_SENT)
    return cancel (self);
  self->state = STATE_STARTED;
  append_secret (self, &plain);
  return encode (&plain);
}

char *
barua_sasl_answer (BaruaSasl *self, const char *challenge)
{
  char *plain = NULL;

  g_return_val_if_fail (self != NULL && challenge != NULL, NULL);

  self->challenges++;
  plain = decode (challenge);
  if (plain == NULL)
    return cancel (self);
  if (self->mechanism->build == NULL)
    {
      barua_secret_free_text (plain);
      return answer_login (self);
    }
  if (self->state == STATE_START && *challenge == '\0')
    {
      barua_secret_free_text (plain);
      return barua_sasl_dup_initial (self, G_MAXSIZE);
    }
  if (self->state == STATE_STARTED && *challenge != '\0' &&
      self->mechanism->answer_to_refusal != NULL)
    {
      self->state = STATE_REFUSED;
      self->refusal = plain;
      return g_strdup (self->mechanism->answer_to_refusal);
    }
  barua_secret_free_text (plain);
  return cancel (self);
}

gboolean
barua_sasl_is_cancelled (const BaruaSasl *self)
{
  return self->state == STATE_CANCELLED;
}

gboolean
barua_sasl_is_exhausted (const BaruaSasl *self)
{
  return self->state == STATE_CANCELLED || self->challenges >= BARUA_LIMIT_SASL_STEPS;
}

const char *
barua_sasl_get_refusal (const BaruaSasl *self)
{
  return self->refusal;
}
