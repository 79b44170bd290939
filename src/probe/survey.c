#include "config.h"

#include "probe/survey.h"

#include "probe/clock.h"
#include "probe/route.h"

/* How many conversations are under way together: each handshake needs a thread of GIO's
 * pool of ten, and so does each name. */
#define MOST_AT_ONCE 6

/* When to look around though nothing has failed yet, at the latest: after half the time
 * if that is earlier. */
#define SLOW_MS 2000

/* How long looking around may take. */
#define LOOK_MS 4000

/* How long whoever is not connected is waited for on a machine without a way out: enough
 * for a server on the machine itself. */
#define NO_WAY_OUT_MS 300

typedef struct
{
  GTask *task;
  guint index;
  GCancellable *hurry;
  gboolean is_under_way;
  gboolean is_connected;
  gboolean is_through;
} Talk;

typedef struct
{
  BaruaSurveySetup setup;
  BaruaService *services;
  GCancellable *cancellable;
  BaruaClock *clock;
  Talk *talks;
  gsize n_started;
  gsize n_finished;
  gboolean is_looking;
  gboolean has_looked;
  gboolean is_troubled;
  gboolean no_way_out;
  GCancellable *enough;
  gulong chain;
  GSource *slow;
  GSource *stuck;
  BaruaSurvey *survey;
} Survey;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
survey_free (gpointer data)
{
  Survey *self = data;

  clear_source (&self->slow);
  clear_source (&self->stuck);
  for (gsize i = 0; i < self->setup.n_services; i++)
    g_clear_object (&self->talks[i].hurry);
  g_free (self->talks);
  g_free (self->services);
  g_clear_pointer (&self->setup.login, barua_login_unref);
  g_clear_object (&self->setup.trust);
  g_cancellable_disconnect (self->cancellable, self->chain);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->enough);
  g_clear_pointer (&self->clock, barua_clock_free);
  g_clear_pointer (&self->survey, barua_survey_free);
  g_free (self);
}

/* A source for a while that holds no reference to the task: it goes with the task's
 * data. */
static GSource *
start_timer (guint ms, GSourceFunc function, GTask *task)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_static_name (source, "BaruaSurvey");
  g_source_set_callback (source, function, task, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
return_if_over (GTask *task)
{
  Survey *self = g_task_get_task_data (task);

  if (self->n_finished < self->setup.n_services || self->is_looking)
    return;
  clear_source (&self->slow);
  clear_source (&self->stuck);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, g_steal_pointer (&self->survey),
                         (GDestroyNotify) barua_survey_free);
}

static gboolean
on_stuck (gpointer user_data)
{
  Survey *self = g_task_get_task_data (user_data);

  clear_source (&self->stuck);
  for (gsize i = 0; i < self->n_started; i++)
    if (self->talks[i].is_under_way && !self->talks[i].is_connected)
      g_cancellable_cancel (self->talks[i].hurry);
  return G_SOURCE_REMOVE;
}

static void
give_up_soon (GTask *task)
{
  Survey *self = g_task_get_task_data (task);

  if (self->no_way_out && self->stuck == NULL)
    self->stuck = start_timer (NO_WAY_OUT_MS, on_stuck, task);
}

static void
on_looked (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaSurroundings *seen = barua_surroundings_look_finish (result, NULL);
  Survey *self = g_task_get_task_data (task);

  self->is_looking = FALSE;
  self->survey->surroundings = seen;
  if (seen != NULL && !seen->route_ipv4 && !seen->route_ipv6)
    {
      self->no_way_out = TRUE;
      give_up_soon (task);
    }
  return_if_over (task);
}

static void
look_around (GTask *task)
{
  Survey *self = g_task_get_task_data (task);

  if (self->has_looked)
    return;
  self->has_looked = TRUE;
  self->is_looking = TRUE;
  clear_source (&self->slow);
  barua_surroundings_look_async (
    MIN (LOOK_MS, barua_clock_get_remaining_ms (self->clock)), self->enough, on_looked,
    g_object_ref (task));
}

static gboolean
on_slow (gpointer user_data)
{
  GTask *task = user_data;
  Survey *self = g_task_get_task_data (task);
  gboolean all_through = TRUE;

  for (gsize i = 0; i < self->setup.n_services; i++)
    all_through = all_through && self->talks[i].is_through;
  if (!all_through)
    look_around (task);
  return G_SOURCE_REMOVE;
}

/* What a refusal to sign in says has nothing to do with the network. */
static gboolean
is_suspect (const BaruaStep *step)
{
  if (step->outcome == BARUA_OUTCOME_OK)
    return FALSE;
  return step->stage < BARUA_STAGE_SIGN_IN ||
         (step->stage == BARUA_STAGE_SIGN_IN && step->outcome != BARUA_OUTCOME_REFUSED);
}

static void
on_step (const BaruaEvidence *evidence, const BaruaStep *step, gpointer user_data)
{
  Talk *talk = user_data;
  Survey *self = g_task_get_task_data (talk->task);

  if (step->outcome == BARUA_OUTCOME_OK && step->stage == BARUA_STAGE_CONNECT)
    talk->is_connected = TRUE;
  if (step->outcome == BARUA_OUTCOME_OK && step->stage == BARUA_STAGE_TLS)
    talk->is_through = TRUE;
  if (is_suspect (step))
    {
      self->is_troubled = TRUE;
      look_around (talk->task);
    }
  if (self->setup.progress != NULL)
    self->setup.progress (evidence, step, self->setup.progress_data);
}

static void start_talks (GTask *task);

static void
on_probed (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  Talk *talk = user_data;
  g_autoptr (GTask) task = talk->task;
  Survey *self = g_task_get_task_data (task);
  BaruaEvidence *evidence = barua_probe_finish (result, NULL);

  talk->is_under_way = FALSE;
  self->n_finished++;
  self->survey->evidence->pdata[talk->index] = evidence;
  start_talks (task);
  /* It was only slow: what the network is like explains nothing then. */
  if (self->n_finished == self->setup.n_services && !self->is_troubled)
    g_cancellable_cancel (self->enough);
  return_if_over (task);
}

static void
start_talk (GTask *task, Talk *talk)
{
  Survey *self = g_task_get_task_data (task);
  const BaruaProbeSetup setup = {
    .service = &self->services[talk->index],
    .login = self->setup.login,
    .goal = self->setup.goal,
    .trust = self->setup.trust,
    .step_ms = self->setup.step_ms,
    .total_ms = barua_clock_get_remaining_ms (self->clock),
    .hurry = talk->hurry,
    .progress = on_step,
    .progress_data = talk,
  };

  talk->task = g_object_ref (task);
  talk->is_under_way = TRUE;
  barua_probe_async (&setup, self->cancellable, on_probed, talk);
}

static void
start_talks (GTask *task)
{
  Survey *self = g_task_get_task_data (task);

  while (self->n_started < self->setup.n_services &&
         self->n_started - self->n_finished < MOST_AT_ONCE)
    start_talk (task, &self->talks[self->n_started++]);
  give_up_soon (task);
}

/* A survey that is cancelled goes with gaps in it. */
static void
clear_evidence (gpointer data)
{
  if (data != NULL)
    barua_evidence_unref (data);
}

static void
on_cancelled (G_GNUC_UNUSED GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static Survey *
survey_new (const BaruaSurveySetup *setup, GCancellable *cancellable)
{
  Survey *self = g_new0 (Survey, 1);

  self->setup = *setup;
  if (setup->login != NULL)
    barua_login_ref (setup->login);
  if (setup->trust != NULL)
    g_object_ref (setup->trust);
  self->services =
    g_memdup2 (setup->services, setup->n_services * sizeof *setup->services);
  g_set_object (&self->cancellable, cancellable);
  self->enough = g_cancellable_new ();
  if (cancellable != NULL)
    self->chain =
      g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self->enough, NULL);
  self->clock = barua_clock_new (setup->total_ms, setup->total_ms, cancellable, NULL);
  self->talks = g_new0 (Talk, setup->n_services);
  self->survey = g_new0 (BaruaSurvey, 1);
  self->survey->evidence =
    g_ptr_array_new_full ((guint) setup->n_services, clear_evidence);
  g_ptr_array_set_size (self->survey->evidence, (int) setup->n_services);
  for (gsize i = 0; i < setup->n_services; i++)
    {
      self->talks[i].index = (guint) i;
      self->talks[i].hurry = g_cancellable_new ();
    }
  return self;
}

void
barua_survey_async (const BaruaSurveySetup *setup,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Survey *self = NULL;

  g_return_if_fail (setup != NULL);

  self = survey_new (setup, cancellable);
  g_task_set_source_tag (task, barua_survey_async);
  g_task_set_task_data (task, self, survey_free);
  self->no_way_out = !barua_route_exists (G_SOCKET_FAMILY_IPV4) &&
                     !barua_route_exists (G_SOCKET_FAMILY_IPV6);
  self->slow = start_timer (MIN (SLOW_MS, setup->total_ms / 2), on_slow, task);
  start_talks (task);
  return_if_over (task);
}

BaruaSurvey *
barua_survey_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
barua_survey_free (BaruaSurvey *self)
{
  g_ptr_array_unref (self->evidence);
  g_clear_pointer (&self->surroundings, barua_surroundings_free);
  g_free (self);
}
