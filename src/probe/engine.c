#include "config.h"

#include "probe/engine-private.h"

#include "base/secret.h"
#include "base/text.h"
#include "probe/imap-private.h"

#include <string.h>

#define LONGEST_WORDS 4000
#define LONGEST_CAPABILITY 200
#define MOST_CAPABILITIES 200

static const BaruaLanguage *const LANGUAGES[] = {
  [BARUA_PROTOCOL_SMTP] = &BARUA_LANGUAGE_SMTP,
  [BARUA_PROTOCOL_IMAP] = &BARUA_LANGUAGE_IMAP,
  [BARUA_PROTOCOL_POP] = &BARUA_LANGUAGE_POP,
};

/* What Gmail's servers greet with, now and before about 2015. */
static const char *const GMAILS[] = { "gsmtp", "smtp.gmail.com", "mx.google.com",
                                      "gimap", "gpop",           NULL };

/* Makers of other servers, as these greet. */
static const char *const OTHERS[] = {
  "exim",      "postfix",      "sendmail",    "dovecot",  "courier",
  "cyrus",     "microsoft",    "zimbra",      "exchange", "haraka",
  "opensmtpd", "mdaemon",      "hmailserver", "kerio",    "mailenable",
  "icewarp",   "lotus domino", "groupwise",   NULL,
};

BaruaEngine *
barua_engine_new (const BaruaService *service,
                  BaruaLogin *login,
                  BaruaGoal goal,
                  const BaruaRedactor *redactor)
{
  BaruaEngine *self = NULL;

  g_return_val_if_fail (service != NULL, NULL);

  self = g_new0 (BaruaEngine, 1);
  self->language = LANGUAGES[service->protocol];
  self->service = *service;
  self->login = login != NULL ? barua_login_ref (login) : NULL;
  self->goal = goal;
  self->redactor = redactor;
  self->next = self->language->start;
  self->expects_nothing = TRUE;
  self->encrypted = service->security == BARUA_SECURITY_TLS;
  self->offered = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
barua_engine_free (BaruaEngine *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->login, barua_login_unref);
  g_clear_pointer (&self->sasl, barua_sasl_free);
  g_clear_pointer (&self->search, barua_search_free);
  g_ptr_array_unref (self->offered);
  g_free (self->message);
  g_free (self->message_id);
  barua_buffer_clear (&self->words);
  g_free (self);
}

void
barua_engine_set_errand (BaruaEngine *self, const BaruaErrand *errand)
{
  g_return_if_fail (self != NULL);

  g_free (self->message);
  g_free (self->message_id);
  self->message = errand != NULL ? g_strdup (errand->message) : NULL;
  self->message_id = errand != NULL ? g_strdup (errand->id) : NULL;
  self->looks = errand != NULL ? errand->looks : 0;
}

void
barua_engine_keep (BaruaEngine *self)
{
  g_return_if_fail (self != NULL);

  self->keeps = TRUE;
}

void
barua_engine_hurry (BaruaEngine *self)
{
  g_return_if_fail (self != NULL);

  self->hurried = TRUE;
}

void
barua_action_free (BaruaAction *self)
{
  g_return_if_fail (self != NULL);

  barua_secret_free_text (self->bytes);
  g_free (self->shown);
  g_free (self);
}

static BaruaAction *
action_new (BaruaActionKind kind, BaruaStage stage)
{
  BaruaAction *self = g_new0 (BaruaAction, 1);

  self->kind = kind;
  self->stage = stage;
  return self;
}

BaruaAction *
barua_engine_step (BaruaEngine *self, const BaruaReply *reply, BaruaEvidence *evidence)
{
  BaruaAction *action = NULL;

  g_return_val_if_fail (self != NULL && evidence != NULL, NULL);

  if (self->next == NULL)
    return action_new (BARUA_ACTION_DONE, self->stage);
  g_return_val_if_fail ((reply == NULL) == self->expects_nothing, NULL);
  self->expects_nothing = FALSE;
  self->evidence = evidence;
  self->ms += reply != NULL ? reply->ms : 0;
  action = self->next (self, reply);
  self->evidence = NULL;
  return action;
}

BaruaAction *
barua_engine_send (
  BaruaEngine *self, BaruaStage stage, BaruaState next, const char *format, ...)
{
  BaruaAction *action = action_new (BARUA_ACTION_SEND, stage);
  g_autofree char *command = NULL;
  va_list arguments;

  va_start (arguments, format);
  command = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  action->bytes = g_strconcat (command, "\r\n", NULL);
  self->next = next;
  return action;
}

BaruaAction *
barua_engine_send_secret (
  BaruaEngine *self, BaruaStage stage, BaruaState next, BaruaBuffer *command, char *shown)
{
  BaruaAction *action = action_new (BARUA_ACTION_SEND, stage);

  barua_buffer_append (command, "\r\n", 2);
  action->bytes = barua_buffer_steal (command);
  action->shown = shown;
  self->next = next;
  return action;
}

BaruaAction *
barua_engine_read (BaruaEngine *self, BaruaStage stage, BaruaState next)
{
  self->next = next;
  return action_new (BARUA_ACTION_READ, stage);
}

BaruaAction *
barua_engine_wait (BaruaEngine *self, BaruaStage stage, BaruaState next, guint ms)
{
  BaruaAction *action = action_new (BARUA_ACTION_WAIT, stage);

  action->wait_ms = ms;
  self->ms += ms;
  self->next = next;
  self->expects_nothing = TRUE;
  return action;
}

/* The server's own words, fit to be shown. Of what came in the clear nothing is kept: it
 * may be anybody's. */
static char *
dup_words (BaruaEngine *self, const BaruaReply *reply)
{
  g_autofree char *text = NULL;
  g_autofree char *redacted = NULL;
  char *words = NULL;

  if (!self->encrypted)
    return NULL;
  if (self->words.length > 0)
    text = g_strdup (self->words.bytes);
  else if (reply != NULL)
    text = g_strjoinv ("\n", reply->lines);
  if (text == NULL)
    return NULL;
  redacted = barua_redactor_apply (self->redactor, text);
  words = barua_text_printable (redacted, -1, LONGEST_WORDS);
  barua_secret_wipe (text);
  return words;
}

static char *
dup_challenge (BaruaEngine *self)
{
  const char *refusal = self->sasl != NULL ? barua_sasl_get_refusal (self->sasl) : NULL;
  g_autofree char *redacted = NULL;

  if (refusal == NULL)
    return NULL;
  redacted = barua_redactor_apply (self->redactor, refusal);
  return barua_text_printable (redacted, -1, LONGEST_WORDS);
}

static BaruaStep *
add_step (BaruaEngine *self,
          BaruaStage stage,
          BaruaOutcome outcome,
          const BaruaReply *reply)
{
  BaruaStep *step = barua_evidence_add_step (self->evidence, stage, outcome, self->ms);

  step->code = reply != NULL ? reply->code : 0;
  step->words = dup_words (self, reply);
  self->ms = 0;
  barua_buffer_empty (&self->words);
  return step;
}

BaruaStep *
barua_engine_pass (BaruaEngine *self, BaruaStage stage, const BaruaReply *reply)
{
  return add_step (self, stage, BARUA_OUTCOME_OK, reply);
}

BaruaAction *
barua_engine_stop (BaruaEngine *self,
                   BaruaStage stage,
                   BaruaOutcome outcome,
                   const BaruaReply *reply,
                   const char *detail)
{
  BaruaStep *step = add_step (self, stage, outcome, reply);
  BaruaAction *action = NULL;

  step->detail = g_strdup (detail);
  if (stage == BARUA_STAGE_SIGN_IN)
    step->challenge = dup_challenge (self);
  action = barua_engine_finish (self);
  if (outcome == BARUA_OUTCOME_MISBEHAVED)
    g_clear_pointer (&action->bytes, g_free);
  return action;
}

BaruaAction *
barua_engine_finish (BaruaEngine *self)
{
  BaruaAction *action = action_new (BARUA_ACTION_DONE, self->stage);

  if (self->encrypted)
    action->bytes = self->language->dup_farewell (self);
  self->next = NULL;
  return action;
}

BaruaAction *
barua_engine_start_tls (BaruaEngine *self)
{
  g_ptr_array_set_size (self->offered, 0);
  barua_buffer_empty (&self->words);
  self->encrypted = TRUE;
  self->expects_nothing = TRUE;
  self->next = self->language->resume;
  return action_new (BARUA_ACTION_STARTTLS, BARUA_STAGE_TLS);
}

/* A server may know the secret of an earlier conversation: it is cut out here as well. */
void
barua_engine_offer (BaruaEngine *self, const char *word, gssize length)
{
  g_autofree char *printable = NULL;
  g_autofree char *redacted = NULL;

  if (self->offered->len >= MOST_CAPABILITIES)
    return;
  printable = barua_text_one_line (word, length, 0);
  redacted = barua_redactor_apply (self->redactor, printable);
  if (*redacted != '\0')
    g_ptr_array_add (self->offered,
                     barua_text_one_line (redacted, -1, LONGEST_CAPABILITY));
}

void
barua_engine_offer_mechanisms (BaruaEngine *self, const char *names)
{
  g_auto (GStrv) words = g_strsplit_set (names, " \t", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_strconcat ("AUTH=", words[i], NULL);

      if (*words[i] != '\0')
        barua_engine_offer (self, word, -1);
    }
}

gboolean
barua_engine_is_offered (const BaruaEngine *self, const char *word)
{
  for (guint i = 0; i < self->offered->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->offered, i), word) == 0)
      return TRUE;
  return FALSE;
}

static char **
dup_offers (const BaruaEngine *self)
{
  char **words = g_new0 (char *, self->offered->len + 1);

  for (guint i = 0; i < self->offered->len; i++)
    words[i] = g_strdup (g_ptr_array_index (self->offered, i));
  return words;
}

void
barua_engine_publish_offers (BaruaEngine *self)
{
  g_return_if_fail (self->encrypted);

  g_strfreev (self->evidence->capabilities);
  self->evidence->capabilities = dup_offers (self);
}

gboolean
barua_engine_wants_sign_in (const BaruaEngine *self)
{
  return self->login != NULL && self->goal >= BARUA_GOAL_SIGN_IN;
}

gboolean
barua_engine_has_errand (const BaruaEngine *self)
{
  return self->goal >= BARUA_GOAL_TEST_MESSAGE && self->message != NULL;
}

void
barua_engine_set_mechanism (BaruaEngine *self, const char *name)
{
  g_free (self->evidence->mechanism);
  self->evidence->mechanism = g_strdup (name);
}

gboolean
barua_engine_begin_sasl (BaruaEngine *self, BaruaMechanism wanted)
{
  g_auto (GStrv) offered = dup_offers (self);
  const char *name = NULL;

  g_return_val_if_fail (self->encrypted && self->sasl == NULL, FALSE);

  name = barua_sasl_choose (wanted, (const char *const *) offered);
  if (name == NULL)
    return FALSE;
  self->sasl = barua_sasl_new (name, self->login, &self->service);
  barua_engine_set_mechanism (self, name);
  return TRUE;
}

static gboolean
holds_any (const char *text, const char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

void
barua_engine_judge_greeting (BaruaEngine *self, const BaruaReply *reply)
{
  g_autofree char *text = g_strjoinv ("\n", reply->lines);
  g_autofree char *lower = g_ascii_strdown (text, -1);

  self->strange = !holds_any (lower, GMAILS);
  self->foreign = self->strange && self->encrypted && holds_any (lower, OTHERS);
}

/* The certificate says that the name is right; so a proxy whose authority is trusted, or
 * a server of somebody else's behind it, may be there still. Gmail greets in words of its
 * own and offers XOAUTH2 everywhere: where both are missing, it is not Gmail. */
static gboolean
is_anothers (const BaruaEngine *self)
{
  return self->foreign ||
         (self->strange && !barua_engine_is_offered (self, "AUTH=XOAUTH2"));
}

BaruaAction *
barua_engine_withhold (BaruaEngine *self)
{
  if (is_anothers (self))
    return barua_engine_stop (self, BARUA_STAGE_SIGN_IN, BARUA_OUTCOME_MISSING, NULL,
                              BARUA_DETAIL_WITHHELD);
  if (barua_login_is_sendable (self->login))
    return NULL;
  return barua_engine_stop (self, BARUA_STAGE_SIGN_IN, BARUA_OUTCOME_MISSING, NULL,
                            "empty, or control characters in the name or secret");
}

BaruaAction *
barua_engine_stop_unoffered (BaruaEngine *self)
{
  g_autoptr (GString) detail = g_string_new ("offered:");

  for (guint i = 0; i < self->offered->len; i++)
    {
      const char *word = g_ptr_array_index (self->offered, i);

      if (g_ascii_strncasecmp (word, "AUTH=", 5) == 0)
        g_string_append_printf (detail, " %s", word + 5);
      else if (g_ascii_strcasecmp (word, "LOGINDISABLED") == 0)
        g_string_append_printf (detail, " %s", word);
    }
  if (g_str_has_suffix (detail->str, ":"))
    g_string_append (detail, " nothing");
  return barua_engine_stop (self, BARUA_STAGE_SIGN_IN, BARUA_OUTCOME_MISSING, NULL,
                            detail->str);
}

BaruaAction *
barua_engine_answer_challenge (BaruaEngine *self,
                               const char *challenge,
                               const BaruaReply *reply,
                               BaruaState next)
{
  g_auto (BaruaBuffer) command = { 0 };
  char *answer = NULL;
  gboolean plain = FALSE;

  if (barua_sasl_is_exhausted (self->sasl))
    return barua_engine_stop (self, BARUA_STAGE_SIGN_IN, BARUA_OUTCOME_MISBEHAVED, reply,
                              "too many challenges");
  answer = barua_sasl_answer (self->sasl, challenge);
  plain = *answer == '\0' || strcmp (answer, "*") == 0 || strcmp (answer, "AQ==") == 0;
  barua_buffer_append (&command, answer, -1);
  barua_secret_free_text (answer);
  return barua_engine_send_secret (self, BARUA_STAGE_SIGN_IN, next, &command,
                                   plain ? NULL : g_strdup (BARUA_REDACTED));
}

BaruaAction *
barua_engine_refuse_sign_in (BaruaEngine *self, const BaruaReply *reply)
{
  if (self->sasl != NULL && barua_sasl_is_cancelled (self->sasl))
    return barua_engine_stop (self, BARUA_STAGE_SIGN_IN, BARUA_OUTCOME_MISBEHAVED, reply,
                              "unexpected challenge");
  return barua_engine_stop (self, BARUA_STAGE_SIGN_IN, BARUA_OUTCOME_REFUSED, reply,
                            self->evidence->mechanism);
}
