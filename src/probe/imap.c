#include "config.h"

#include "probe/engine-private.h"

#include "base/secret.h"
#include "probe/imap-private.h"

#include <string.h>

/* What servers take at least in one line, as every mail program relies on. */
#define LONGEST_COMMAND 8000

/* The most of the server's remarks that is kept before they are cut for showing. */
#define LONGEST_REMARKS 8192

static BaruaAction *on_reply (BaruaEngine *self, const BaruaReply *reply);

gboolean
barua_imap_is_word (const char *line, const char *word)
{
  gsize length = strlen (word);

  return g_ascii_strncasecmp (line, word, length) == 0 &&
         (line[length] == '\0' || line[length] == ' ');
}

/* Keeps what the server says to people, without tag and star: in it are its reasons. */
static void
remark (BaruaEngine *self, const char *text)
{
  if (self->words.length > LONGEST_REMARKS)
    return;
  if (self->words.length > 0)
    barua_buffer_append_c (&self->words, '\n');
  barua_buffer_append (&self->words, text, -1);
}

BaruaAction *
barua_imap_command (BaruaEngine *self,
                    BaruaStage stage,
                    BaruaState answered,
                    const char *text)
{
  self->tag++;
  self->stage = stage;
  self->answered = answered;
  self->refused = NULL;
  return barua_engine_send (self, stage, on_reply, "A%u %s", self->tag, text);
}

static BaruaAction *
command_secret (BaruaEngine *self, BaruaState answered, BaruaBuffer *text, char *shown)
{
  g_auto (BaruaBuffer) tagged = { 0 };
  g_autofree char *tag = NULL;
  char *shown_tagged = NULL;

  self->tag++;
  self->stage = BARUA_STAGE_SIGN_IN;
  self->answered = answered;
  tag = g_strdup_printf ("A%u ", self->tag);
  barua_buffer_append (&tagged, tag, -1);
  barua_buffer_append (&tagged, text->bytes, (gssize) text->length);
  shown_tagged = g_strconcat (tag, shown, NULL);
  g_free (shown);
  return barua_engine_send_secret (self, BARUA_STAGE_SIGN_IN, on_reply, &tagged,
                                   shown_tagged);
}

static char *
dup_farewell (BaruaEngine *self)
{
  self->tag++;
  return g_strdup_printf ("A%u LOGOUT\r\n", self->tag);
}

/* The words behind "CAPABILITY" (RFC 9051, 7.2.2). */
void
barua_imap_take_offers (BaruaEngine *self, const char *text, gsize length)
{
  g_autofree char *list = g_strndup (text, length);
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  g_ptr_array_set_size (self->offered, 0);
  for (guint i = 0; words[i] != NULL; i++)
    barua_engine_offer (self, words[i], -1);
}

/* "[CAPABILITY …]" behind a status (RFC 9051, 7.1). */
static gboolean
take_code (BaruaEngine *self, const char *status)
{
  const char *code = strchr (status, ' ');

  if (code == NULL || g_ascii_strncasecmp (code, " [CAPABILITY ", 13) != 0)
    return FALSE;
  barua_imap_take_offers (self, code + 13, strcspn (code + 13, "]"));
  return TRUE;
}

/* Without the farewell: somebody else says it. */
static BaruaAction *
hand_on (BaruaEngine *self)
{
  BaruaAction *action = barua_engine_finish (self);

  g_clear_pointer (&action->bytes, g_free);
  barua_engine_publish_offers (self);
  return action;
}

static BaruaAction *
on_renewed (BaruaEngine *self, const BaruaReply *reply)
{
  barua_engine_pass (self, BARUA_STAGE_CAPABILITIES, reply);
  return hand_on (self);
}

static BaruaAction *
on_signed_in (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaStep *step = NULL;

  if (self->sasl != NULL && barua_sasl_is_cancelled (self->sasl))
    return barua_engine_refuse_sign_in (self, reply);
  step = barua_engine_pass (self, BARUA_STAGE_SIGN_IN, reply);
  step->detail = g_strdup (self->evidence->mechanism);
  if (self->keeps && self->renewed)
    return hand_on (self);
  if (self->keeps)
    return barua_imap_command (self, BARUA_STAGE_CAPABILITIES, on_renewed, "CAPABILITY");
  if (self->goal >= BARUA_GOAL_FOLDERS)
    return barua_search_begin (self);
  return barua_engine_finish (self);
}

void
barua_imap_append_quoted (BaruaBuffer *out, const char *text, gsize length)
{
  barua_buffer_append (out, " \"", -1);
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"' || text[i] == '\\')
        barua_buffer_append_c (out, '\\');
      barua_buffer_append_c (out, text[i]);
    }
  barua_buffer_append_c (out, '"');
}

static BaruaAction *
sign_in_by_command (BaruaEngine *self)
{
  g_auto (BaruaBuffer) text = { 0 };
  const char *user = barua_login_get_user (self->login);
  BaruaSecret *secret = barua_login_get_secret (self->login);

  barua_engine_set_mechanism (self, "LOGIN");
  barua_buffer_append (&text, "LOGIN", -1);
  barua_imap_append_quoted (&text, user, strlen (user));
  barua_imap_append_quoted (&text, barua_secret_peek (secret),
                            barua_secret_get_length (secret));
  return command_secret (self, on_signed_in, &text,
                         g_strdup_printf ("LOGIN \"%s\" %s", user, BARUA_REDACTED));
}

static BaruaAction *
sign_in_by_sasl (BaruaEngine *self)
{
  g_auto (BaruaBuffer) text = { 0 };
  const char *name = barua_sasl_get_name (self->sasl);
  char *initial = NULL;

  if (barua_engine_is_offered (self, "SASL-IR"))
    initial = barua_sasl_dup_initial (self->sasl, LONGEST_COMMAND);
  barua_buffer_append (&text, "AUTHENTICATE ", -1);
  barua_buffer_append (&text, name, -1);
  if (initial == NULL)
    return barua_imap_command (self, BARUA_STAGE_SIGN_IN, on_signed_in, text.bytes);
  barua_buffer_append_c (&text, ' ');
  barua_buffer_append (&text, initial, -1);
  barua_secret_free_text (initial);
  return command_secret (self, on_signed_in, &text,
                         g_strdup_printf ("AUTHENTICATE %s %s", name, BARUA_REDACTED));
}

/* RFC 9051, 6.2.3: LOGIN is there unless it is taken away; AUTH=LOGIN adds nothing. */
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
  if ((wanted == BARUA_MECHANISM_PASSWORD || wanted == BARUA_MECHANISM_LOGIN) &&
      !barua_engine_is_offered (self, "LOGINDISABLED"))
    return sign_in_by_command (self);
  return barua_engine_stop_unoffered (self);
}

static BaruaAction *
go_on (BaruaEngine *self)
{
  barua_engine_publish_offers (self);
  if (barua_engine_wants_sign_in (self))
    return sign_in (self);
  return barua_engine_finish (self);
}

static BaruaAction *
on_capability (BaruaEngine *self, const BaruaReply *reply)
{
  if (self->offered->len == 0)
    return barua_engine_stop (self, BARUA_STAGE_CAPABILITIES, BARUA_OUTCOME_MISBEHAVED,
                              reply, "no CAPABILITY answer");
  barua_engine_pass (self, BARUA_STAGE_CAPABILITIES, reply);
  return go_on (self);
}

/* RFC 9051, 7.1. PREAUTH would be a sign-in without our having shown anything, so that it
 * says nothing about a password. */
static BaruaAction *
on_greeting (BaruaEngine *self, const BaruaReply *reply)
{
  const char *line = reply->lines[0];
  const char *status = strncmp (line, "* ", 2) == 0 ? line + 2 : "";
  gboolean knows_offers = FALSE;

  if (*status != '\0')
    remark (self, status);
  if (barua_imap_is_word (status, "BYE"))
    return barua_engine_stop (self, BARUA_STAGE_GREETING, BARUA_OUTCOME_REFUSED, reply,
                              NULL);
  if (!barua_imap_is_word (status, "OK"))
    return barua_engine_stop (self, BARUA_STAGE_GREETING, BARUA_OUTCOME_MISBEHAVED, reply,
                              barua_imap_is_word (status, "PREAUTH") ? "PREAUTH"
                                                                     : "no greeting");
  barua_engine_judge_greeting (self, reply);
  knows_offers = take_code (self, status);
  barua_engine_pass (self, BARUA_STAGE_GREETING, reply);
  if (!knows_offers)
    return barua_imap_command (self, BARUA_STAGE_CAPABILITIES, on_capability,
                               "CAPABILITY");
  barua_engine_pass (self, BARUA_STAGE_CAPABILITIES, NULL);
  return go_on (self);
}

/* STARTTLS is not spoken: Gmail has none here, and nothing but TLS from the first byte is
 * ever offered to a person (RFC 8314, 3). */
static BaruaAction *
start (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  if (!self->encrypted)
    return barua_engine_stop (self, BARUA_STAGE_STARTTLS, BARUA_OUTCOME_MISSING, NULL,
                              NULL);
  return barua_engine_read (self, BARUA_STAGE_GREETING, on_greeting);
}

static BaruaAction *
on_untagged (BaruaEngine *self, const BaruaReply *reply, const char *text)
{
  if (barua_imap_is_word (text, "OK") || barua_imap_is_word (text, "NO") ||
      barua_imap_is_word (text, "BAD") || barua_imap_is_word (text, "BYE"))
    remark (self, text);
  if (barua_imap_is_word (text, "BYE"))
    return barua_engine_stop (self, self->stage, BARUA_OUTCOME_REFUSED, reply, "BYE");
  if (self->search != NULL)
    barua_search_take (self, text);
  else if ((self->stage == BARUA_STAGE_CAPABILITIES || self->keeps) &&
           barua_imap_is_word (text, "CAPABILITY"))
    {
      barua_imap_take_offers (self, text + 10, strlen (text + 10));
      self->renewed = self->stage == BARUA_STAGE_SIGN_IN;
    }
  return barua_engine_read (self, self->stage, on_reply);
}

static BaruaAction *
on_tagged (BaruaEngine *self, const BaruaReply *reply, const char *status)
{
  remark (self, status);
  if (self->stage == BARUA_STAGE_CAPABILITIES && self->offered->len == 0)
    take_code (self, status);
  if (self->stage == BARUA_STAGE_SIGN_IN && self->keeps && take_code (self, status))
    self->renewed = TRUE;
  if (barua_imap_is_word (status, "OK"))
    return self->answered (self, reply);
  if (self->stage == BARUA_STAGE_SIGN_IN)
    return barua_engine_refuse_sign_in (self, reply);
  if (self->refused != NULL)
    return self->refused (self, reply);
  return barua_engine_stop (self, self->stage, BARUA_OUTCOME_REFUSED, reply, NULL);
}

static BaruaAction *
on_reply (BaruaEngine *self, const BaruaReply *reply)
{
  const char *line = reply->lines[0];
  g_autofree char *tag = g_strdup_printf ("A%u ", self->tag);

  if (strncmp (line, "* ", 2) == 0)
    return on_untagged (self, reply, line + 2);
  if (strncmp (line, tag, strlen (tag)) == 0)
    return on_tagged (self, reply, line + strlen (tag));
  if (*line != '+')
    return barua_engine_stop (self, self->stage, BARUA_OUTCOME_MISBEHAVED, reply,
                              "answer to another tag");
  if (self->sasl == NULL)
    return barua_engine_stop (self, self->stage, BARUA_OUTCOME_MISBEHAVED, reply,
                              "unexpected challenge");
  return barua_engine_answer_challenge (self, line[1] == ' ' ? line + 2 : "", reply,
                                        on_reply);
}

const BaruaLanguage BARUA_LANGUAGE_IMAP = { start, NULL, dup_farewell };
