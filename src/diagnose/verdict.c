#include "config.h"

#include "diagnose/verdict.h"

#include "base/text.h"

#include <glib/gi18n.h>

#include <string.h>

/* Below this a person is told that it may be something else. */
#define SURE_ENOUGH 0.75

#define NAME_CHARACTERS 120

BaruaVerdict *
barua_verdict_new (const char *cause_id, double sure)
{
  const BaruaCause *cause = barua_cause_find (cause_id);
  BaruaVerdict *self = NULL;

  g_return_val_if_fail (cause != NULL, NULL);

  self = g_atomic_rc_box_new0 (BaruaVerdict);
  self->cause = cause;
  self->severity = cause->severity;
  self->sure = CLAMP (sure, 0.0, 1.0);
  self->evidence = g_ptr_array_new_with_free_func (g_free);
  return self;
}

BaruaVerdict *
barua_verdict_ref (BaruaVerdict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BaruaVerdict *self = data;

  g_free (self->name);
  g_ptr_array_unref (self->evidence);
}

void
barua_verdict_unref (BaruaVerdict *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

void
barua_verdict_set_service (BaruaVerdict *self, BaruaProtocol service)
{
  g_return_if_fail (self != NULL);

  self->has_service = TRUE;
  self->service = service;
}

void
barua_verdict_set_name (BaruaVerdict *self, const char *name)
{
  g_autofree char *printable = NULL;

  g_return_if_fail (self != NULL);

  if (name != NULL)
    printable = barua_text_one_line (name, -1, NAME_CHARACTERS);
  if (printable != NULL && printable[0] == '\0')
    g_clear_pointer (&printable, g_free);
  g_free (self->name);
  self->name = g_steal_pointer (&printable);
}

void
barua_verdict_add_evidence (BaruaVerdict *self, const char *text)
{
  g_autofree char *printable = NULL;

  g_return_if_fail (self != NULL);

  if (text == NULL)
    return;
  printable = barua_text_printable (text, -1, BARUA_TEXT_SERVER_MAX);
  g_strstrip (printable);
  if (printable[0] != '\0')
    g_ptr_array_add (self->evidence, g_steal_pointer (&printable));
}

gboolean
barua_verdict_is (const BaruaVerdict *self, const char *cause_id)
{
  g_return_val_if_fail (cause_id != NULL, FALSE);

  return self != NULL && strcmp (self->cause->id, cause_id) == 0;
}

int
barua_verdict_compare (const BaruaVerdict *a, const BaruaVerdict *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (a->severity != b->severity)
    return a->severity > b->severity ? -1 : 1;
  if (a->cause->gravity != b->cause->gravity)
    return a->cause->gravity > b->cause->gravity ? -1 : 1;
  if (a->sure != b->sure)
    return a->sure > b->sure ? -1 : 1;
  return 0;
}

const char *
barua_verdict_get_title (const BaruaVerdict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _ (self->cause->title);
}

/* The format is a translation: it is not handed to printf, so that a bad one can do no
 * harm. */
static char *
put_name (const char *format, const char *name)
{
  const char *at = strstr (format, "%s");

  if (at == NULL)
    return g_strdup (format);
  return g_strdup_printf ("%.*s%s%s", (int) (at - format), format, name, at + 2);
}

char *
barua_verdict_dup_explanation (const BaruaVerdict *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->name != NULL && self->cause->named != NULL)
    text = put_name (_ (self->cause->named), self->name);
  else
    text = g_strdup (_ (self->cause->explanation));
  if (self->severity == BARUA_SEVERITY_OK || self->sure >= SURE_ENOUGH ||
      barua_verdict_is (self, "unknown"))
    return g_steal_pointer (&text);
  /* Translators: %s is the explanation of a trouble: whole sentences. */
  return g_strdup_printf (_ ("%s This is the likeliest cause, but it is not certain."),
                          text);
}

/* The step of the cause that is told in the given place, counted from 0. */
static const BaruaCauseStep *
find_step (const BaruaVerdict *self, guint index)
{
  const BaruaStepUse other = self->checked ? BARUA_STEP_PASTED : BARUA_STEP_CHECKED;

  if (self->advice != NULL && self->advice_suffices)
    return NULL;
  for (guint i = 0; i < BARUA_CAUSE_STEPS && self->cause->steps[i].text != NULL; i++)
    if (self->cause->steps[i].use != other && index-- == 0)
      return &self->cause->steps[i];
  return NULL;
}

guint
barua_verdict_get_n_steps (const BaruaVerdict *self)
{
  guint n_steps = 0;

  g_return_val_if_fail (self != NULL, 0);

  while (find_step (self, n_steps) != NULL)
    n_steps++;
  return n_steps + (self->advice != NULL ? 1 : 0);
}

const char *
barua_verdict_get_step (const BaruaVerdict *self, guint index, const char **url)
{
  const BaruaCauseStep *step = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < barua_verdict_get_n_steps (self), NULL);

  if (self->advice == NULL || index > 0)
    step = find_step (self, index - (self->advice != NULL ? 1 : 0));
  if (url != NULL)
    *url = step != NULL ? step->url : NULL;
  return _ (step != NULL ? step->text : self->advice);
}
