#include "config.h"

#include "probe/evidence.h"

static const char *const STAGE_IDS[] = {
  [BARUA_STAGE_RESOLVE] = "resolve",
  [BARUA_STAGE_CONNECT] = "connect",
  [BARUA_STAGE_TLS] = "tls",
  [BARUA_STAGE_GREETING] = "greeting",
  [BARUA_STAGE_CAPABILITIES] = "capabilities",
  [BARUA_STAGE_STARTTLS] = "starttls",
  [BARUA_STAGE_SIGN_IN] = "sign-in",
  [BARUA_STAGE_REHEARSAL] = "rehearsal",
  [BARUA_STAGE_TEST_MESSAGE] = "test-message",
};

G_DEFINE_BOXED_TYPE (BaruaEvidence,
                     barua_evidence,
                     barua_evidence_ref,
                     barua_evidence_unref)

static void
step_free (gpointer data)
{
  BaruaStep *step = data;

  g_clear_error (&step->error);
  g_free (step->words);
  g_free (step->challenge);
  g_free (step->detail);
  g_free (step);
}

static void
attempt_free (gpointer data)
{
  BaruaAttempt *attempt = data;

  g_clear_object (&attempt->address);
  g_clear_error (&attempt->error);
  g_free (attempt);
}

BaruaEvidence *
barua_evidence_new (const BaruaService *service)
{
  BaruaEvidence *self = NULL;

  g_return_val_if_fail (service != NULL, NULL);

  self = g_atomic_rc_box_new0 (BaruaEvidence);
  self->service = *service;
  self->started = g_date_time_new_now_utc ();
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->attempts = g_ptr_array_new_with_free_func (attempt_free);
  self->capabilities = g_new0 (char *, 1);
  self->transcript = g_new0 (char *, 1);
  return self;
}

BaruaEvidence *
barua_evidence_ref (BaruaEvidence *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BaruaEvidence *self = data;

  g_date_time_unref (self->started);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->attempts);
  g_clear_pointer (&self->tls, barua_tls_facts_free);
  g_strfreev (self->capabilities);
  g_strfreev (self->transcript);
  g_free (self->mechanism);
  g_clear_pointer (&self->folders, g_ptr_array_unref);
  g_free (self->found_in);
  g_strfreev (self->looked_in);
  g_free (self->moved_to);
}

void
barua_evidence_unref (BaruaEvidence *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

BaruaStep *
barua_evidence_add_step (BaruaEvidence *self,
                         BaruaStage stage,
                         BaruaOutcome outcome,
                         gint64 ms)
{
  BaruaStep *step = g_new0 (BaruaStep, 1);

  step->stage = stage;
  step->outcome = outcome;
  step->ms = ms;
  g_ptr_array_add (self->steps, step);
  return step;
}

void
barua_evidence_add_attempt (BaruaEvidence *self,
                            GInetAddress *address,
                            BaruaOutcome outcome,
                            gint64 ms,
                            GError *error)
{
  BaruaAttempt *attempt = g_new0 (BaruaAttempt, 1);

  attempt->address = g_object_ref (address);
  attempt->outcome = outcome;
  attempt->ms = ms;
  attempt->error = error;
  g_ptr_array_add (self->attempts, attempt);
}

const BaruaStep *
barua_evidence_get_step (const BaruaEvidence *self, BaruaStage stage)
{
  for (guint i = self->steps->len; i > 0; i--)
    {
      const BaruaStep *step = g_ptr_array_index (self->steps, i - 1);

      if (step->stage == stage)
        return step;
    }
  return NULL;
}

const BaruaStep *
barua_evidence_get_failure (const BaruaEvidence *self)
{
  const BaruaStep *last = NULL;

  if (self->steps->len == 0)
    return NULL;
  last = g_ptr_array_index (self->steps, self->steps->len - 1);
  return last->outcome == BARUA_OUTCOME_OK ? NULL : last;
}

gboolean
barua_evidence_has_passed (const BaruaEvidence *self, BaruaStage stage)
{
  const BaruaStep *step = barua_evidence_get_step (self, stage);

  return step != NULL && step->outcome == BARUA_OUTCOME_OK;
}

gboolean
barua_evidence_has_capability (const BaruaEvidence *self, const char *word)
{
  for (guint i = 0; self->capabilities[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->capabilities[i], word) == 0)
      return TRUE;
  return FALSE;
}

const char *
barua_stage_get_id (BaruaStage stage)
{
  return STAGE_IDS[stage];
}

BaruaTlsFacts *
barua_tls_facts_new (void)
{
  BaruaTlsFacts *self = g_new0 (BaruaTlsFacts, 1);

  self->chain = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_certificate_free);
  return self;
}

void
barua_tls_facts_free (BaruaTlsFacts *self)
{
  g_free (self->version);
  g_free (self->cipher);
  g_ptr_array_unref (self->chain);
  g_free (self);
}

void
barua_certificate_free (BaruaCertificate *self)
{
  g_free (self->subject);
  g_free (self->subject_name);
  g_free (self->issuer);
  g_free (self->issuer_name);
  g_strfreev (self->names);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_free (self->sha256);
  g_free (self);
}
