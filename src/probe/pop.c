#include "config.h"

#include "probe/engine-private.h"

#include "base/secret.h"

#include <string.h>

/* RFC 2449, 4: the longest command, with its end; RFC 5034, 4, sends what is longer after
 * an empty challenge. */
#define LONGEST_COMMAND 255

static gboolean
is_well (const BaruaReply *reply)
{
  return g_ascii_strncasecmp (reply->lines[0], "+OK", 3) == 0;
}

static gboolean
is_challenge (const BaruaReply *reply)
{
  return reply->lines[0][0] == '+' && !is_well (reply);
}

static BaruaAction *
stop (BaruaEngine *self, BaruaStage stage, const BaruaReply *reply)
{
  if (is_challenge (reply))
    return barua_engine_stop (self, stage, BARUA_OUTCOME_MISBEHAVED, reply,
                              "unexpected challenge");
  return barua_engine_stop (self, stage, BARUA_OUTCOME_REFUSED, reply, NULL);
}

static char *
dup_farewell (BaruaEngine *self G_GNUC_UNUSED)
{
  return g_strdup ("QUIT\r\n");
}

static BaruaAction *
on_stat (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaStep *step = NULL;

  if (!is_well (reply))
    {
      barua_buffer_empty (&self->words);
      return barua_engine_stop (self, BARUA_STAGE_SIGN_IN,
                                is_challenge (reply) ? BARUA_OUTCOME_MISBEHAVED
                                                     : BARUA_OUTCOME_REFUSED,
                                reply, "STAT");
    }
  step = barua_engine_pass (self, BARUA_STAGE_SIGN_IN, reply);
  step->detail = g_strdup (self->evidence->mechanism);
  return barua_engine_finish (self);
}

/* Gmail takes the password of an account whose POP is switched off, and says so only when
 * the mailbox is opened. */
static BaruaAction *
open_mailbox (BaruaEngine *self, const BaruaReply *reply)
{
  barua_buffer_append (&self->words, reply->lines[0], -1);
  return barua_engine_send (self, BARUA_STAGE_SIGN_IN, on_stat, "STAT");
}

static BaruaAction *
on_password (BaruaEngine *self, const BaruaReply *reply)
{
  if (is_well (reply))
    return open_mailbox (self, reply);
  if (is_challenge (reply))
    return stop (self, BARUA_STAGE_SIGN_IN, reply);
  return barua_engine_refuse_sign_in (self, reply);
}

static BaruaAction *
on_user (BaruaEngine *self, const BaruaReply *reply)
{
  g_auto (BaruaBuffer) command = { 0 };
  BaruaSecret *secret = barua_login_get_secret (self->login);

  if (!is_well (reply))
    return on_password (self, reply);
  barua_buffer_append (&command, "PASS ", -1);
  barua_buffer_append (&command, barua_secret_peek (secret),
                       (gssize) barua_secret_get_length (secret));
  return barua_engine_send_secret (self, BARUA_STAGE_SIGN_IN, on_password, &command,
                                   g_strdup ("PASS " BARUA_REDACTED));
}

static BaruaAction *
on_auth (BaruaEngine *self, const BaruaReply *reply)
{
  const char *line = reply->lines[0];

  if (is_challenge (reply))
    return barua_engine_answer_challenge (self, line[1] == ' ' ? line + 2 : "", reply,
                                          on_auth);
  if (is_well (reply) && !barua_sasl_is_cancelled (self->sasl))
    return open_mailbox (self, reply);
  return barua_engine_refuse_sign_in (self, reply);
}

static BaruaAction *
sign_in_by_sasl (BaruaEngine *self)
{
  g_auto (BaruaBuffer) command = { 0 };
  const char *name = barua_sasl_get_name (self->sasl);
  char *initial = barua_sasl_dup_initial (
    self->sasl, LONGEST_COMMAND - strlen ("AUTH  \r\n") - strlen (name));

  if (initial == NULL)
    return barua_engine_send (self, BARUA_STAGE_SIGN_IN, on_auth, "AUTH %s", name);
  barua_buffer_append (&command, "AUTH ", -1);
  barua_buffer_append (&command, name, -1);
  barua_buffer_append_c (&command, ' ');
  barua_buffer_append (&command, initial, -1);
  barua_secret_free_text (initial);
  return barua_engine_send_secret (self, BARUA_STAGE_SIGN_IN, on_auth, &command,
                                   g_strdup_printf ("AUTH %s %s", name, BARUA_REDACTED));
}

static BaruaAction *
sign_in (BaruaEngine *self)
{
  BaruaMechanism wanted = barua_login_get_mechanism (self->login);
  BaruaAction *end = barua_engine_withhold (self);

  if (end != NULL)
    return end;
  if (wanted != BARUA_MECHANISM_LOGIN &&
      barua_engine_begin_sasl (
        self, wanted == BARUA_MECHANISM_PASSWORD ? BARUA_MECHANISM_PLAIN : wanted))
    return sign_in_by_sasl (self);
  if ((wanted != BARUA_MECHANISM_PASSWORD && wanted != BARUA_MECHANISM_LOGIN) ||
      !barua_engine_is_offered (self, "USER"))
    return barua_engine_stop_unoffered (self);
  barua_engine_set_mechanism (self, "USER/PASS");
  return barua_engine_send (self, BARUA_STAGE_SIGN_IN, on_user, "USER %s",
                            barua_login_get_user (self->login));
}

/* RFC 2449, 6: a capability a line. */
static void
take_offers (BaruaEngine *self, const BaruaReply *reply)
{
  for (guint i = 1; reply->lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (reply->lines[i], "SASL ", 5) == 0)
      barua_engine_offer_mechanisms (self, reply->lines[i] + 5);
    else
      barua_engine_offer (self, reply->lines[i], -1);
}

/* A server without CAPA is an old one, which has USER and PASS. */
static BaruaAction *
on_capa (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaStep *step = NULL;

  if (is_challenge (reply))
    return stop (self, BARUA_STAGE_CAPABILITIES, reply);
  take_offers (self, reply);
  barua_engine_publish_offers (self);
  step = barua_engine_pass (self, BARUA_STAGE_CAPABILITIES, reply);
  if (!is_well (reply))
    {
      step->detail = g_strdup ("no CAPA");
      barua_engine_offer (self, "USER", -1);
    }
  if (barua_engine_wants_sign_in (self))
    return sign_in (self);
  return barua_engine_finish (self);
}

static BaruaAction *
on_greeting (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaAction *action = NULL;

  if (!is_well (reply))
    return stop (self, BARUA_STAGE_GREETING, reply);
  barua_engine_judge_greeting (self, reply);
  barua_engine_pass (self, BARUA_STAGE_GREETING, reply);
  action = barua_engine_send (self, BARUA_STAGE_CAPABILITIES, on_capa, "CAPA");
  action->several = TRUE;
  return action;
}

/* STLS is not spoken: Gmail has none, and nothing but TLS from the first byte is ever
 * offered to a person (RFC 8314, 3). */
static BaruaAction *
start (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  if (!self->encrypted)
    return barua_engine_stop (self, BARUA_STAGE_STARTTLS, BARUA_OUTCOME_MISSING, NULL,
                              NULL);
  return barua_engine_read (self, BARUA_STAGE_GREETING, on_greeting);
}

const BaruaLanguage BARUA_LANGUAGE_POP = { start, NULL, dup_farewell };
