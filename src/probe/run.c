#include "config.h"

#include "probe/run.h"

BaruaRun *
barua_run_new (const BaruaProbeSetup *setup, GCancellable *cancellable)
{
  BaruaRun *self = g_rc_box_new0 (BaruaRun);

  self->setup = *setup;
  self->evidence = barua_evidence_new (setup->service);
  self->setup.service = &self->evidence->service;
  if (setup->login != NULL)
    barua_login_ref (setup->login);
  if (setup->trust != NULL)
    g_object_ref (setup->trust);
  if (setup->hurry != NULL)
    g_object_ref (setup->hurry);
  if (setup->errand != NULL)
    {
      self->errand.message = g_strdup (setup->errand->message);
      self->errand.id = g_strdup (setup->errand->id);
      self->errand.looks = setup->errand->looks;
      self->setup.errand = &self->errand;
    }
  g_set_object (&self->cancellable, cancellable);
  self->clock =
    barua_clock_new (setup->step_ms, setup->total_ms, cancellable, setup->hurry);
  self->redactor = barua_redactor_new ();
  if (setup->login != NULL)
    barua_redactor_add (self->redactor, barua_login_get_secret (setup->login));
  return self;
}

BaruaRun *
barua_run_ref (BaruaRun *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BaruaRun *self = data;

  g_clear_pointer (&self->setup.login, barua_login_unref);
  g_clear_object (&self->setup.trust);
  g_clear_object (&self->setup.hurry);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->kept);
  g_clear_pointer (&self->clock, barua_clock_free);
  g_clear_pointer (&self->redactor, barua_redactor_free);
  g_clear_pointer (&self->evidence, barua_evidence_unref);
  g_free ((char *) self->errand.message);
  g_free ((char *) self->errand.id);
}

void
barua_run_unref (BaruaRun *self)
{
  g_rc_box_release_full (self, clear);
}

BaruaStep *
barua_run_add_step (BaruaRun *self, BaruaStage stage, BaruaOutcome outcome)
{
  return barua_evidence_add_step (self->evidence, stage, outcome,
                                  barua_clock_get_step_ms (self->clock));
}

static BaruaOutcome
outcome_of (const GError *error)
{
  if (error == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
      g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return BARUA_OUTCOME_CLOSED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return BARUA_OUTCOME_TIMED_OUT;
  return BARUA_OUTCOME_FAILED;
}

BaruaStep *
barua_run_add_failure (BaruaRun *self, BaruaStage stage, const GError *error)
{
  BaruaClockState state = barua_clock_get_state (self->clock);
  BaruaStep *step = NULL;

  if (state == BARUA_CLOCK_CANCELLED)
    return NULL;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->evidence->cut_short = state == BARUA_CLOCK_ALL_OVER;
      return barua_run_add_step (self, stage, BARUA_OUTCOME_TIMED_OUT);
    }
  step = barua_run_add_step (self, stage, outcome_of (error));
  if (step->outcome != BARUA_OUTCOME_TIMED_OUT && error != NULL)
    step->error = g_error_copy (error);
  if (step->outcome == BARUA_OUTCOME_CLOSED)
    step->detail = g_strdup (
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ? "reset"
                                                                        : "closed");
  return step;
}

void
barua_run_tell (BaruaRun *self)
{
  while (self->told < self->evidence->steps->len)
    {
      const BaruaStep *step = g_ptr_array_index (self->evidence->steps, self->told++);

      if (self->setup.progress != NULL)
        self->setup.progress (self->evidence, step, self->setup.progress_data);
    }
}
