#include "config.h"

#include "support/dialogue-private.h"

#include <string.h>

const char *const DIALOGUE_OUTCOMES[BARUA_OUTCOME_MISSING + 1] = {
  [BARUA_OUTCOME_OK] = "ok",           [BARUA_OUTCOME_REFUSED] = "refused",
  [BARUA_OUTCOME_FAILED] = "failed",   [BARUA_OUTCOME_TIMED_OUT] = "timed-out",
  [BARUA_OUTCOME_CLOSED] = "closed",   [BARUA_OUTCOME_MISBEHAVED] = "misbehaved",
  [BARUA_OUTCOME_MISSING] = "missing",
};

static gboolean
is_about_the_network (BaruaStage stage)
{
  return stage <= BARUA_STAGE_TLS;
}

static gboolean
names_stage (const Dialogue *self, BaruaStage stage)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (g_array_index (self->steps, DialogueStep, i).stage == stage)
      return TRUE;
  return FALSE;
}

static char *
describe_step (BaruaStage stage, BaruaOutcome outcome, guint code)
{
  if (code == 0)
    return g_strdup_printf ("%s %s", barua_stage_get_id (stage),
                            DIALOGUE_OUTCOMES[outcome]);
  return g_strdup_printf ("%s %s %u", barua_stage_get_id (stage),
                          DIALOGUE_OUTCOMES[outcome], code);
}

static char *
describe_evidence (const BaruaEvidence *evidence)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const BaruaStep *step = g_ptr_array_index (evidence->steps, i);
      g_autofree char *text = describe_step (step->stage, step->outcome, step->code);

      g_string_append_printf (out, "  %s | %s | %s | %s\n", text,
                              step->words != NULL ? step->words : "-",
                              step->challenge != NULL ? step->challenge : "-",
                              step->detail != NULL ? step->detail : "-");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

G_NORETURN static void
complain (const Dialogue *self,
          const BaruaEvidence *evidence,
          const char *what,
          const char *expected)
{
  g_autofree char *seen = describe_evidence (evidence);

  g_error ("%s: %s: expected “%s”, seen:\n%s", self->name, what, expected, seen);
}

static void
check_steps (const Dialogue *self, const BaruaEvidence *evidence)
{
  guint next = 0;

  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const BaruaStep *step = g_ptr_array_index (evidence->steps, i);
      const DialogueStep *expected = NULL;
      g_autofree char *text = NULL;

      if (is_about_the_network (step->stage) && !names_stage (self, step->stage))
        continue;
      if (next == self->steps->len)
        complain (self, evidence, "steps", "no further step");
      expected = &g_array_index (self->steps, DialogueStep, next++);
      text = describe_step (expected->stage, expected->outcome, expected->code);
      if (step->stage != expected->stage || step->outcome != expected->outcome ||
          (expected->code != 0 && step->code != expected->code))
        complain (self, evidence, "steps", text);
    }
  if (next < self->steps->len)
    {
      const DialogueStep *expected = &g_array_index (self->steps, DialogueStep, next);
      g_autofree char *text =
        describe_step (expected->stage, expected->outcome, expected->code);

      complain (self, evidence, "steps", text);
    }
}

static void
check_holds (const Dialogue *self,
             const BaruaEvidence *evidence,
             const char *what,
             const char *text,
             const char *expected)
{
  if (expected != NULL && (text == NULL || strstr (text, expected) == NULL))
    complain (self, evidence, what, expected);
}

static char *
dup_everything (const BaruaEvidence *evidence)
{
  g_autofree char *steps = describe_evidence (evidence);
  g_autofree char *capabilities = g_strjoinv ("\n", evidence->capabilities);
  g_autofree char *transcript = g_strjoinv ("\n", evidence->transcript);
  g_autofree char *all =
    g_strjoin ("\n", steps, capabilities, transcript,
               evidence->mechanism != NULL ? evidence->mechanism : "", NULL);

  return g_ascii_strdown (all, -1);
}

static void
check_hides (const Dialogue *self, const BaruaEvidence *evidence, const char *text)
{
  g_autofree char *all = dup_everything (evidence);
  g_autofree char *needle = g_ascii_strdown (text, -1);

  if (strlen (needle) >= 4 && strstr (all, needle) != NULL)
    complain (self, evidence, "must not be there", text);
}

static void
check_offers (const Dialogue *self,
              const BaruaEvidence *evidence,
              const GPtrArray *words,
              gboolean offered)
{
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);

      if (barua_evidence_has_capability (evidence, word) != offered)
        complain (self, evidence, offered ? "offered" : "not offered", word);
    }
}

static void
check_equals (const Dialogue *self,
              const BaruaEvidence *evidence,
              const char *what,
              const char *seen,
              const char *expected)
{
  if (expected != NULL && strcmp (seen != NULL ? seen : "nowhere", expected) != 0)
    complain (self, evidence, what, expected);
}

static void
check_folders (const Dialogue *self, const BaruaEvidence *evidence)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      const char *name = g_ptr_array_index (self->folders, i);
      gboolean found = FALSE;

      for (guint j = 0; evidence->folders != NULL && j < evidence->folders->len; j++)
        {
          const BaruaFolder *folder = g_ptr_array_index (evidence->folders, j);

          found = found || strcmp (folder->name, name) == 0;
        }
      if (!found)
        complain (self, evidence, "folders", name);
    }
}

void
dialogue_check (const Dialogue *self, const BaruaEvidence *evidence)
{
  const BaruaStep *last = NULL;

  if (self->steps->len > 0)
    check_steps (self, evidence);
  if (evidence->steps->len > 0)
    last = g_ptr_array_index (evidence->steps, evidence->steps->len - 1);
  check_holds (self, evidence, "words", last != NULL ? last->words : NULL, self->words);
  check_holds (self, evidence, "challenge", last != NULL ? last->challenge : NULL,
               self->challenge);
  check_holds (self, evidence, "detail", last != NULL ? last->detail : NULL,
               self->detail);
  if (self->mechanism != NULL &&
      g_strcmp0 (evidence->mechanism != NULL ? evidence->mechanism : "none",
                 self->mechanism) != 0)
    complain (self, evidence, "mechanism", self->mechanism);
  check_offers (self, evidence, self->offered, TRUE);
  check_offers (self, evidence, self->lacking, FALSE);
  check_equals (self, evidence, "found in", evidence->found_in, self->found);
  check_equals (self, evidence, "moved to", evidence->moved_to, self->moved);
  check_folders (self, evidence);
  for (guint i = 0; i < self->hidden->len; i++)
    check_hides (self, evidence, g_ptr_array_index (self->hidden, i));
  if (self->login != NULL)
    check_hides (self, evidence,
                 barua_secret_peek (barua_login_get_secret (self->login)));
}
