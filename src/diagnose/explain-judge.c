#include "config.h"

#include "diagnose/explain-judge.h"

#include "base/secret.h"
#include "base/text.h"
#include "diagnose/explain-excerpt.h"

#include <string.h>

/* Two sightings closer than this belong to one message. */
#define MESSAGE_LINES 3
#define MESSAGE_BYTES 400

/* Rules remembered of one message. */
#define RULES_MAX 8

/* The most bytes kept of a message. */
#define EXCERPT_MAX 1200

typedef struct
{
  BaruaSighting seen;
  const BaruaWordRule *rules[RULES_MAX];
  gsize n_rules;
  char *words;
  gboolean unread;
} Memory;

struct _BaruaJudge
{
  Memory failure;
  Memory success;
  GArray *matches;
  BaruaSighting last_match;
};

/* How much a later success makes good. A greeting does not make a bad certificate good:
 * programs that look at servers go on in spite of one. */
typedef enum
{
  LAYER_CONNECTION,
  LAYER_SIGN_IN,
  LAYER_SENDING,
  LAYER_MESSAGE,
} Layer;

BaruaJudge *
barua_judge_new (void)
{
  BaruaJudge *self = g_new0 (BaruaJudge, 1);

  self->matches = g_array_new (FALSE, FALSE, sizeof (BaruaExplanationMatch));
  return self;
}

static void
forget (Memory *memory)
{
  barua_secret_free_text (memory->words);
  memset (memory, 0, sizeof *memory);
}

void
barua_judge_free (BaruaJudge *self)
{
  g_return_if_fail (self != NULL);

  forget (&self->failure);
  forget (&self->success);
  g_array_unref (self->matches);
  g_free (self);
}

static gboolean
is_fine (const BaruaWordRule *rule)
{
  return strcmp (rule->cause, "ok") == 0;
}

static Layer
get_layer (const char *cause)
{
  static const struct
  {
    const char *prefix;
    Layer layer;
  } LAYERS[] = {
    { "no-network", LAYER_CONNECTION },
    { "captive", LAYER_CONNECTION },
    { "dns", LAYER_CONNECTION },
    { "ipv6", LAYER_CONNECTION },
    { "port-blocked", LAYER_CONNECTION },
    { "connection", LAYER_CONNECTION },
    { "wrong-server", LAYER_CONNECTION },
    { "wrong-port", LAYER_CONNECTION },
    { "tls-handshake", LAYER_CONNECTION },
    { "tls-wrong-mode", LAYER_CONNECTION },

    { "starttls-stripped", LAYER_CONNECTION },
    { "temporary", LAYER_SENDING },
    { "too-many", LAYER_SENDING },
    { "bandwidth", LAYER_SENDING },
    { "daily", LAYER_SENDING },
    { "rate", LAYER_SENDING },
    { "direct", LAYER_SENDING },
    { "relay", LAYER_SENDING },
    { "unknown", LAYER_SENDING },
    { "syntax", LAYER_SENDING },
    { "folder", LAYER_MESSAGE },
    { "mailbox", LAYER_MESSAGE },
    { "message", LAYER_MESSAGE },
    { "content", LAYER_MESSAGE },
    { "spam", LAYER_MESSAGE },
    { "sender", LAYER_MESSAGE },
    { "recipient", LAYER_MESSAGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (LAYERS); i++)
    if (g_str_has_prefix (cause, LAYERS[i].prefix))
      return LAYERS[i].layer;
  return LAYER_SIGN_IN;
}

/* The weight of a rule that says "ok" says how far the success reaches. */
static gboolean
makes_good (const BaruaWordRule *success, const char *cause)
{
  Layer layer = get_layer (cause);

  if (success->weight >= BARUA_WEIGHT_SAID)
    return layer <= LAYER_SENDING;
  if (success->weight >= BARUA_WEIGHT_CODE)
    return layer <= LAYER_SIGN_IN;
  return success->weight >= BARUA_WEIGHT_VAGUE && layer <= LAYER_CONNECTION;
}

static gboolean
is_same_message (const BaruaSighting *before, const BaruaSighting *after)
{
  if (before->rule == NULL)
    return FALSE;
  return after->start <= before->end + MESSAGE_BYTES &&
         after->line <= before->last_line + MESSAGE_LINES;
}

static guint
get_class (const BaruaWordRule *rule)
{
  if (rule->weight > (BARUA_WEIGHT_VAGUE + BARUA_WEIGHT_CLIENT) / 2)
    return 2;
  return rule->weight >= BARUA_WEIGHT_VAGUE - BARUA_WEIGHT_FAINT ? 1 : 0;
}

static gboolean
has_rule (const Memory *memory, const BaruaWordRule *rule)
{
  for (gsize i = 0; i < memory->n_rules; i++)
    if (memory->rules[i] == rule)
      return TRUE;
  return FALSE;
}

static void
add_rule (Memory *memory, const BaruaWordRule *rule)
{
  if (memory->n_rules < RULES_MAX && !has_rule (memory, rule))
    memory->rules[memory->n_rules++] = rule;
}

static void
read_words (Memory *memory, const BaruaExcerpt *excerpt)
{
  guint64 start = memory->seen.raw_start;
  guint64 end = memory->seen.raw_end;

  if (!memory->unread)
    return;
  memory->unread = FALSE;
  barua_secret_free_text (memory->words);
  memory->words = excerpt->read (excerpt->data, start, MIN (end, start + EXCERPT_MAX));
}

static void
remember (Memory *memory, const BaruaSighting *sighting)
{
  forget (memory);
  memory->seen = *sighting;
  add_rule (memory, sighting->rule);
  memory->unread = TRUE;
}

/* One message, seen once more: it keeps its beginning. */
static void
extend (Memory *memory, const BaruaSighting *sighting)
{
  if (sighting->raw_end > memory->seen.raw_end)
    memory->unread = TRUE;
  add_rule (memory, sighting->rule);
  memory->seen.end = MAX (memory->seen.end, sighting->end);
  memory->seen.last_line = MAX (memory->seen.last_line, sighting->last_line);
  memory->seen.raw_end = MAX (memory->seen.raw_end, sighting->raw_end);
  if (sighting->rule->weight > memory->seen.rule->weight)
    memory->seen.rule = sighting->rule;
}

static void
add_match (BaruaJudge *self, const BaruaSighting *sighting)
{
  BaruaExplanationMatch match = { sighting->line, sighting->rule->cause };

  if (get_class (sighting->rule) == 0)
    return;
  if (self->matches->len == BARUA_EXPLANATION_MATCHES)
    g_array_remove_index (self->matches, 0);
  g_array_append_val (self->matches, match);
  self->last_match = *sighting;
}

static void
note_match (BaruaJudge *self, const BaruaSighting *sighting, gboolean again)
{
  BaruaExplanationMatch *last = NULL;

  if (self->matches->len > 0)
    last = &g_array_index (self->matches, BaruaExplanationMatch, self->matches->len - 1);
  if (last == NULL || again || !is_same_message (&self->last_match, sighting))
    {
      add_match (self, sighting);
      return;
    }
  if (sighting->rule->weight > self->last_match.rule->weight)
    {
      if (strcmp (last->cause, sighting->rule->cause) != 0)
        last->line = sighting->line;
      last->cause = sighting->rule->cause;
      self->last_match.rule = sighting->rule;
    }
  self->last_match.end = MAX (self->last_match.end, sighting->end);
  self->last_match.last_line = MAX (self->last_match.last_line, sighting->last_line);
}

static void
hear_failure (BaruaJudge *self, const BaruaSighting *sighting)
{
  Memory *failure = &self->failure;
  const BaruaWordRule *known = failure->seen.rule;
  gboolean same = is_same_message (&failure->seen, sighting);
  gboolean again =
    same && has_rule (failure, sighting->rule) && sighting->line > failure->seen.line;

  note_match (self, sighting, again);
  if (known == NULL)
    remember (failure, sighting);
  else if (same && !again && strcmp (known->cause, sighting->rule->cause) == 0)
    extend (failure, sighting);
  else if (same && sighting->rule->weight < known->weight)
    add_rule (failure, sighting->rule);
  else if (same || get_class (sighting->rule) >= get_class (known))
    remember (failure, sighting);
}

static void
hear_success (BaruaJudge *self, const BaruaSighting *sighting)
{
  const BaruaSighting *failure = &self->failure.seen;

  if (failure->rule != NULL && failure->last_line < sighting->line &&
      makes_good (sighting->rule, failure->rule->cause))
    forget (&self->failure);
  if (self->success.seen.rule == NULL ||
      sighting->rule->weight >= self->success.seen.rule->weight)
    remember (&self->success, sighting);
}

void
barua_judge_hear (BaruaJudge *self, const BaruaSighting *sighting)
{
  g_return_if_fail (self != NULL && sighting != NULL);

  if (is_fine (sighting->rule))
    hear_success (self, sighting);
  else
    hear_failure (self, sighting);
}

void
barua_judge_read (BaruaJudge *self, const BaruaExcerpt *excerpt)
{
  g_return_if_fail (self != NULL && excerpt != NULL);

  read_words (&self->failure, excerpt);
  read_words (&self->success, excerpt);
}

static void
set_service (BaruaVerdict *verdict)
{
  static const struct
  {
    const char *cause;
    BaruaProtocol service;
  } SERVICES[] = {
    { "imap-disabled", BARUA_PROTOCOL_IMAP },
    { "pop-disabled", BARUA_PROTOCOL_POP },
    { "too-many-connections", BARUA_PROTOCOL_IMAP },
    { "folder-missing", BARUA_PROTOCOL_IMAP },
    { "folder-name-invalid", BARUA_PROTOCOL_IMAP },
    { "starttls-missing", BARUA_PROTOCOL_SMTP },
    { "starttls-stripped", BARUA_PROTOCOL_SMTP },
    { "ehlo-rejected", BARUA_PROTOCOL_SMTP },
    { "daily-limit", BARUA_PROTOCOL_SMTP },
    { "message-too-large", BARUA_PROTOCOL_SMTP },
    { "content-blocked", BARUA_PROTOCOL_SMTP },
    { "relay-denied", BARUA_PROTOCOL_SMTP },
    { "direct-delivery-refused", BARUA_PROTOCOL_SMTP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (SERVICES); i++)
    if (barua_verdict_is (verdict, SERVICES[i].cause))
      barua_verdict_set_service (verdict, SERVICES[i].service);
}

/* A name that cannot be found and is not Google's is no failure of the name service. */
static gboolean
is_misspelt (const char *cause, const char *name)
{
  static const char *const GOOGLE[] = { "gmail.com", "googlemail.com", "google.com",
                                        "googleapis.com" };

  if (strcmp (cause, "dns-failure") != 0 || name == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (GOOGLE); i++)
    if (barua_text_host_in_domain (name, GOOGLE[i]))
      return FALSE;
  return TRUE;
}

static BaruaVerdict *
make_verdict (const BaruaJudge *self, const char *beginning)
{
  const Memory *memory = &self->failure;
  g_autofree char *evidence = NULL;
  g_autofree char *name = NULL;
  BaruaVerdict *verdict = NULL;

  if (memory->seen.rule == NULL)
    memory = &self->success;
  if (memory->seen.rule == NULL)
    {
      verdict = barua_verdict_new ("unknown", 0);
      evidence = beginning != NULL ? barua_excerpt_redact (beginning) : NULL;
      barua_verdict_add_evidence (verdict, evidence);
      return verdict;
    }
  if (memory->words != NULL)
    name = barua_excerpt_dup_name (memory->seen.rule->cause, memory->words);
  if (is_misspelt (memory->seen.rule->cause, name))
    verdict = barua_verdict_new ("wrong-server", 0.7);
  else
    verdict = barua_verdict_new (memory->seen.rule->cause,
                                 (double) memory->seen.rule->sure / 100);
  set_service (verdict);
  if (memory->words == NULL)
    return verdict;
  barua_verdict_set_name (verdict, name);
  evidence = barua_excerpt_redact (memory->words);
  barua_verdict_add_evidence (verdict, evidence);
  return verdict;
}

/* What became clear at the end is said of the last match too. */
static void
settle_matches (const BaruaJudge *self, BaruaExplanation *explanation)
{
  GArray *matches = explanation->matches;

  for (guint i = 0; i < matches->len; i++)
    {
      BaruaExplanationMatch *match = &g_array_index (matches, BaruaExplanationMatch, i);

      if (self->failure.seen.rule != NULL && match->line == self->failure.seen.line &&
          strcmp (match->cause, self->failure.seen.rule->cause) == 0)
        match->cause = explanation->verdict->cause->id;
    }
  if (matches->len == 0 && self->success.seen.rule != NULL &&
      self->failure.seen.rule == NULL)
    {
      BaruaExplanationMatch match = { self->success.seen.line, "ok" };

      g_array_append_val (matches, match);
    }
}

BaruaExplanation *
barua_judge_conclude (const BaruaJudge *self, const char *beginning)
{
  BaruaExplanation *explanation = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  explanation = g_new0 (BaruaExplanation, 1);
  explanation->matches = g_array_copy (self->matches);
  explanation->verdict = make_verdict (self, beginning);
  settle_matches (self, explanation);
  return explanation;
}
