#include "config.h"

#include "probe/engine-private.h"

#include "base/secret.h"

#include <string.h>

/* RFC 4954, 4: the longest line of a sign-in, with its end. */
#define LONGEST_AUTH 12288

/* RFC 5321, 4.1.3: an address literal. Google refuses an empty or odd name, and at times
 * "localhost"; our real address and name are nobody's business. */
#define OUR_NAME "[127.0.0.1]"

static BaruaAction *on_ehlo (BaruaEngine *self, const BaruaReply *reply);

static BaruaAction *
stop (BaruaEngine *self, BaruaStage stage, const BaruaReply *reply)
{
  g_autofree char *detail = NULL;

  if (reply->code >= 400)
    return barua_engine_stop (self, stage, BARUA_OUTCOME_REFUSED, reply, NULL);
  detail = g_strdup_printf ("unexpected code %u", reply->code);
  return barua_engine_stop (self, stage, BARUA_OUTCOME_MISBEHAVED, reply, detail);
}

static char *
dup_farewell (BaruaEngine *self G_GNUC_UNUSED)
{
  return g_strdup ("QUIT\r\n");
}

static BaruaAction *
say_hello (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  return barua_engine_send (self, BARUA_STAGE_CAPABILITIES, on_ehlo, "EHLO %s", OUR_NAME);
}

/* Of a greeting in the clear no word is kept, but whether it is like Gmail's: that tells,
 * when the handshake fails, a web host's redirect from a wrong certificate. */
static BaruaAction *
on_greeting (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaStep *step = NULL;

  if (reply->code != 220)
    return stop (self, BARUA_STAGE_GREETING, reply);
  barua_engine_judge_greeting (self, reply);
  step = barua_engine_pass (self, BARUA_STAGE_GREETING, reply);
  if (!self->encrypted && self->strange)
    step->detail = g_strdup (BARUA_DETAIL_STRANGE_GREETING);
  return say_hello (self, NULL);
}

static BaruaAction *
start (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  return barua_engine_read (self, BARUA_STAGE_GREETING, on_greeting);
}

/* RFC 5321, 4.1.1.1: a keyword a line, behind the greeting. "AUTH=" is an old spelling
 * that some servers repeat their mechanisms with. */
static void
take_offers (BaruaEngine *self, const BaruaReply *reply)
{
  for (guint i = 1; reply->lines[i] != NULL; i++)
    {
      const char *line = reply->lines[i];

      if (strlen (line) <= 4)
        continue;
      line += 4;
      if (g_ascii_strncasecmp (line, "AUTH ", 5) == 0 ||
          g_ascii_strncasecmp (line, "AUTH=", 5) == 0)
        barua_engine_offer_mechanisms (self, line + 5);
      else
        barua_engine_offer (self, line, -1);
    }
}

static BaruaAction *
on_delivered (BaruaEngine *self, const BaruaReply *reply)
{
  if (reply->code != 250)
    return stop (self, BARUA_STAGE_TEST_MESSAGE, reply);
  barua_engine_pass (self, BARUA_STAGE_TEST_MESSAGE, reply);
  return barua_engine_finish (self);
}

/* RFC 5321, 4.5.2: a dot at the start of a line is doubled, a lone one ends it all. */
static void
append_stuffed (BaruaBuffer *out, const char *message)
{
  for (const char *line = message; *line != '\0';)
    {
      const char *end = strstr (line, "\r\n");
      gsize length = end != NULL ? (gsize) (end - line) : strlen (line);

      if (*line == '.')
        barua_buffer_append_c (out, '.');
      barua_buffer_append (out, line, (gssize) length);
      barua_buffer_append (out, "\r\n", 2);
      line += length + (end != NULL ? 2 : 0);
    }
}

static BaruaAction *
on_data (BaruaEngine *self, const BaruaReply *reply)
{
  g_auto (BaruaBuffer) content = { 0 };

  if (reply->code != 354)
    return stop (self, BARUA_STAGE_TEST_MESSAGE, reply);
  append_stuffed (&content, self->message);
  barua_buffer_append_c (&content, '.');
  return barua_engine_send_secret (
    self, BARUA_STAGE_TEST_MESSAGE, on_delivered, &content,
    g_strdup_printf ("[a test message of %zu bytes]", strlen (self->message)));
}

/* The rehearsal: a message to oneself up to where it would be sent, or is sent if there
 * is one. Each of the three
 * replies leads to the next state, whether the commands went together or one by one. */
static BaruaAction *
on_reset (BaruaEngine *self, const BaruaReply *reply)
{
  if (reply->code != 250)
    return stop (self, BARUA_STAGE_REHEARSAL, reply);
  barua_engine_pass (self, BARUA_STAGE_REHEARSAL, reply);
  return barua_engine_finish (self);
}

static BaruaAction *
on_recipient (BaruaEngine *self, const BaruaReply *reply)
{
  if (reply->code != 250 && reply->code != 251)
    return stop (self, BARUA_STAGE_REHEARSAL, reply);
  if (barua_engine_has_errand (self))
    {
      barua_engine_pass (self, BARUA_STAGE_REHEARSAL, reply);
      return barua_engine_send (self, BARUA_STAGE_TEST_MESSAGE, on_data, "DATA");
    }
  if (barua_engine_is_offered (self, "PIPELINING"))
    return barua_engine_read (self, BARUA_STAGE_REHEARSAL, on_reset);
  return barua_engine_send (self, BARUA_STAGE_REHEARSAL, on_reset, "RSET");
}

static BaruaAction *
on_sender (BaruaEngine *self, const BaruaReply *reply)
{
  if (reply->code != 250)
    return stop (self, BARUA_STAGE_REHEARSAL, reply);
  if (barua_engine_is_offered (self, "PIPELINING"))
    return barua_engine_read (self, BARUA_STAGE_REHEARSAL, on_recipient);
  return barua_engine_send (self, BARUA_STAGE_REHEARSAL, on_recipient, "RCPT TO:<%s>",
                            barua_login_get_user (self->login));
}

/* What may stand between "<" and ">" without being taken for something else. */
static gboolean
is_path (const char *user)
{
  for (const char *p = user; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || *p == '<' || *p == '>' || *p == '"' || *p == '\\')
      return FALSE;
  return strchr (user, '@') != NULL;
}

static BaruaAction *
rehearse (BaruaEngine *self)
{
  const char *user = barua_login_get_user (self->login);

  if (!is_path (user))
    return barua_engine_stop (self, BARUA_STAGE_REHEARSAL, BARUA_OUTCOME_MISSING, NULL,
                              "the name is no plain address");
  if (barua_engine_is_offered (self, "PIPELINING"))
    return barua_engine_send (self, BARUA_STAGE_REHEARSAL, on_sender,
                              "MAIL FROM:<%s>\r\nRCPT TO:<%s>%s", user, user,
                              barua_engine_has_errand (self) ? "" : "\r\nRSET");
  return barua_engine_send (self, BARUA_STAGE_REHEARSAL, on_sender, "MAIL FROM:<%s>",
                            user);
}

static BaruaAction *
on_signed_in (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaStep *step = barua_engine_pass (self, BARUA_STAGE_SIGN_IN, reply);

  step->detail = g_strdup (self->evidence->mechanism);
  if (self->goal >= BARUA_GOAL_REHEARSE)
    return rehearse (self);
  return barua_engine_finish (self);
}

static BaruaAction *
on_auth (BaruaEngine *self, const BaruaReply *reply)
{
  const char *line = reply->lines[0];

  if (reply->code == 235 && !barua_sasl_is_cancelled (self->sasl))
    return on_signed_in (self, reply);
  if (reply->code == 334)
    return barua_engine_answer_challenge (self, strlen (line) > 4 ? line + 4 : "", reply,
                                          on_auth);
  if (reply->code >= 400 || barua_sasl_is_cancelled (self->sasl))
    return barua_engine_refuse_sign_in (self, reply);
  return stop (self, BARUA_STAGE_SIGN_IN, reply);
}

static BaruaAction *
sign_in (BaruaEngine *self)
{
  g_auto (BaruaBuffer) command = { 0 };
  BaruaAction *end = barua_engine_withhold (self);
  const char *name = NULL;
  char *initial = NULL;

  if (end != NULL)
    return end;
  if (!barua_engine_begin_sasl (self, barua_login_get_mechanism (self->login)))
    return barua_engine_stop_unoffered (self);
  name = barua_sasl_get_name (self->sasl);
  initial = barua_sasl_dup_initial (self->sasl,
                                    LONGEST_AUTH - strlen ("AUTH  \r\n") - strlen (name));
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
on_starttls (BaruaEngine *self, const BaruaReply *reply)
{
  if (reply->code != 220)
    return stop (self, BARUA_STAGE_STARTTLS, reply);
  barua_engine_pass (self, BARUA_STAGE_STARTTLS, reply);
  return barua_engine_start_tls (self);
}

static BaruaAction *
on_ehlo (BaruaEngine *self, const BaruaReply *reply)
{
  if (reply->code != 250)
    return stop (self, BARUA_STAGE_CAPABILITIES, reply);
  take_offers (self, reply);
  barua_engine_pass (self, BARUA_STAGE_CAPABILITIES, reply);
  if (!self->encrypted && !barua_engine_is_offered (self, "STARTTLS"))
    return barua_engine_stop (self, BARUA_STAGE_STARTTLS, BARUA_OUTCOME_MISSING, NULL,
                              NULL);
  if (!self->encrypted)
    return barua_engine_send (self, BARUA_STAGE_STARTTLS, on_starttls, "STARTTLS");
  barua_engine_publish_offers (self);
  if (barua_engine_wants_sign_in (self))
    return sign_in (self);
  return barua_engine_finish (self);
}

const BaruaLanguage BARUA_LANGUAGE_SMTP = { start, say_hello, dup_farewell };
