#include "config.h"

#include "setup/journey.h"

#include "base/limits.h"
#include "discover/known.h"
#include "probe/survey.h"
#include "setup/hosting.h"
#include "setup/session.h"

/* Names are looked up in a fraction of a second, or not at all. */
#define DISCOVERY_MS 5000

struct _BaruaJourney
{
  GObject parent_instance;
  BaruaAddress *address;
};

G_DEFINE_FINAL_TYPE (BaruaJourney, barua_journey, G_TYPE_OBJECT)

enum
{
  SIGNAL_STEP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One check under way. */
typedef struct
{
  BaruaCheckOptions options;
  BaruaCheck *check;
  BaruaSession *session;
  gint64 begun;
} Run;

static void
run_free (Run *self)
{
  g_clear_pointer (&self->options.login, barua_login_unref);
  g_clear_object (&self->options.trust);
  g_clear_pointer (&self->check, barua_check_unref);
  barua_session_free (self->session);
  g_free (self);
}

static Run *
run_new (BaruaJourney *journey, const BaruaCheckOptions *options)
{
  Run *self = g_new0 (Run, 1);

  if (options != NULL)
    self->options = *options;
  if (self->options.login != NULL)
    barua_login_ref (self->options.login);
  if (self->options.trust != NULL)
    g_object_ref (self->options.trust);
  if (self->options.total_ms == 0)
    self->options.total_ms = BARUA_LIMIT_TOTAL_MS;
  if (self->options.provider == NULL)
    self->options.provider = barua_known_gmail ();
  if (self->options.protocols == 0)
    self->options.protocols = G_MAXUINT;

  self->begun = g_get_monotonic_time ();
  self->check = g_atomic_rc_box_new0 (BaruaCheck);
  self->check->started = g_date_time_new_now_utc ();
  if (journey->address != NULL)
    self->check->address = barua_address_ref (journey->address);
  return self;
}

static gint64
run_elapsed_ms (const Run *self)
{
  return (g_get_monotonic_time () - self->begun) / 1000;
}

static guint
run_remaining_ms (const Run *self)
{
  return (guint) MAX ((gint64) self->options.total_ms - run_elapsed_ms (self), 1);
}

static GArray *
run_services (const Run *self)
{
  const BaruaProvider *provider = self->options.provider;
  GArray *services = g_array_new (FALSE, FALSE, sizeof (BaruaService));

  for (gsize i = 0; i < provider->n_services; i++)
    if ((self->options.protocols & (1u << provider->services[i].protocol)) != 0)
      g_array_append_val (services, provider->services[i]);
  return services;
}

static void
barua_journey_finalize (GObject *object)
{
  BaruaJourney *self = BARUA_JOURNEY (object);

  g_clear_pointer (&self->address, barua_address_unref);
  G_OBJECT_CLASS (barua_journey_parent_class)->finalize (object);
}

static void
barua_journey_class_init (BaruaJourneyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barua_journey_finalize;

  signals[SIGNAL_STEP] =
    g_signal_new ("step", BARUA_TYPE_JOURNEY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, BARUA_TYPE_EVIDENCE, G_TYPE_POINTER);
}

static void
barua_journey_init (BaruaJourney *self)
{
  (void) self;
}

BaruaJourney *
barua_journey_new (BaruaAddress *address)
{
  BaruaJourney *self = g_object_new (BARUA_TYPE_JOURNEY, NULL);

  if (address != NULL)
    self->address = barua_address_ref (address);
  return self;
}

BaruaAddress *
barua_journey_get_address (BaruaJourney *self)
{
  g_return_val_if_fail (BARUA_IS_JOURNEY (self), NULL);
  return self->address;
}

const BaruaProvider *
barua_journey_get_provider (BaruaJourney *self)
{
  g_return_val_if_fail (BARUA_IS_JOURNEY (self), NULL);
  return barua_known_gmail ();
}

static void
on_only_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (BaruaDiscovery) discovery = NULL;
  GError *error = NULL;

  (void) source;
  discovery = barua_discover_finish (result, &error);
  if (discovery == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&discovery),
                           (GDestroyNotify) barua_discovery_free);
}

void
barua_journey_discover_async (BaruaJourney *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BARUA_IS_JOURNEY (self) && self->address != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barua_journey_discover_async);
  barua_discover_async (self->address, DISCOVERY_MS, cancellable, on_only_discovered,
                        g_steal_pointer (&task));
}

BaruaDiscovery *
barua_journey_discover_finish (BaruaJourney *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static BaruaSecretShape
shape_of (BaruaLogin *login)
{
  return login != NULL ? barua_secret_shape (barua_login_get_secret (login))
                       : BARUA_SECRET_SHAPE_UNKNOWN;
}

static void
diagnose (Run *run)
{
  BaruaCheck *check = run->check;

  g_clear_pointer (&check->diagnosis, barua_diagnosis_free);
  check->diagnosis = barua_diagnose (&check->facts);
}

static void
finish (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  BaruaCheck *check = run->check;

  check->ms = run_elapsed_ms (run);
  if (run->session != NULL)
    barua_session_note_check (run->session, check->diagnosis->verdict->cause->id);
  g_task_return_pointer (task, g_steal_pointer (&run->check),
                         (GDestroyNotify) barua_check_unref);
}

/* Takes the evidence over. */
static void
gather (Run *run, GPtrArray *evidence)
{
  BaruaCheck *check = run->check;

  check->facts = (BaruaCase){
    .address = check->address,
    .discovery = check->discovery,
    .evidence = evidence,
    .surroundings = check->surroundings,
    .now = check->started,
    .shape = shape_of (run->options.login),
    .account_trouble = run->options.account_trouble,
  };
  diagnose (run);
}

static void
on_progress (const BaruaEvidence *evidence, const BaruaStep *step, gpointer user_data)
{
  BaruaJourney *self = user_data;

  g_signal_emit (self, signals[SIGNAL_STEP], 0, evidence, step);
}

static void
on_proved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  (void) source;
  run->check->proof = barua_proof_finish (result, &error);
  if (run->check->proof == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  diagnose (run);
  finish (task);
}

/* A message is sent only where nothing is known to stand in its way. */
static gboolean
may_send (const Run *run)
{
  const BaruaVerdict *verdict = run->check->diagnosis->verdict;

  return run->options.send_test && run->options.login != NULL &&
         verdict->severity != BARUA_SEVERITY_ERROR;
}

static void
prove (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  const BaruaSession *session = run->session;
  const BaruaProofSetup setup = {
    .evidence = run->check->facts.evidence,
    .login = run->options.login,
    .name = session != NULL && session->account != NULL ? session->account->name : NULL,
    .trust = run->options.trust,
    .total_ms = run_remaining_ms (run),
    .progress = on_progress,
    .progress_data = g_task_get_source_object (task),
  };

  barua_proof_async (&setup, g_task_get_cancellable (task), on_proved,
                     g_object_ref (task));
}

static void
on_surveyed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (BaruaSurvey) survey = NULL;
  GError *error = NULL;
  Run *run = NULL;

  (void) source;
  survey = barua_survey_finish (result, &error);
  if (survey == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  run = g_task_get_task_data (task);
  run->check->surroundings = g_steal_pointer (&survey->surroundings);
  gather (run, g_ptr_array_ref (survey->evidence));
  if (may_send (run))
    prove (task);
  else
    finish (task);
}

static void
survey (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GArray) services = run_services (run);
  guint remaining = run_remaining_ms (run);
  BaruaSurveySetup setup = {
    .services = (const BaruaService *) (gpointer) services->data,
    .n_services = services->len,
    .login = run->options.login,
    .goal = run->options.login != NULL ? BARUA_GOAL_REHEARSE : BARUA_GOAL_CAPABILITIES,
    .trust = run->options.trust,
    .step_ms = MIN (BARUA_LIMIT_STEP_MS, remaining),
    .total_ms = remaining,
    .progress = on_progress,
    .progress_data = g_task_get_source_object (task),
  };

  barua_survey_async (&setup, g_task_get_cancellable (task), on_surveyed,
                      g_object_ref (task));
}

static void
on_session (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  (void) source;
  run->session = barua_session_open_finish (result, &error);
  if (run->session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (run->session->login != NULL)
    run->options.login = barua_login_ref (run->session->login);
  run->options.account_trouble = run->session->trouble;
  survey (task);
}

static void
sign_in_and_survey (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (run->options.kept_sign_in && run->options.login == NULL)
    barua_session_open_async (run->check->address, g_task_get_cancellable (task),
                              on_session, g_object_ref (task));
  else
    survey (task);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Run *run = g_task_get_task_data (task);

  (void) source;
  run->check->discovery = barua_discover_finish (result, &error);
  if (run->check->discovery == NULL)
    g_task_return_error (task, error);
  else if (barua_hosting_is_google (run->check->discovery))
    sign_in_and_survey (task);
  else
    {
      gather (run,
              g_ptr_array_new_with_free_func ((GDestroyNotify) barua_evidence_unref));
      finish (task);
    }
}

void
barua_journey_check_async (BaruaJourney *self,
                           const BaruaCheckOptions *options,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run = NULL;

  g_return_if_fail (BARUA_IS_JOURNEY (self));

  run = run_new (self, options);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barua_journey_check_async);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  if (self->address == NULL)
    survey (task);
  else
    barua_discover_async (self->address,
                          MIN (DISCOVERY_MS, MAX (run->options.total_ms / 3, 1)),
                          cancellable, on_discovered, g_steal_pointer (&task));
}

BaruaCheck *
barua_journey_check_finish (BaruaJourney *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

BaruaCheck *
barua_check_ref (BaruaCheck *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
check_clear (gpointer data)
{
  BaruaCheck *self = data;

  g_clear_pointer (&self->diagnosis, barua_diagnosis_free);
  g_clear_pointer (&self->proof, barua_proof_free);
  g_clear_pointer (&self->facts.evidence, g_ptr_array_unref);
  g_clear_pointer (&self->surroundings, barua_surroundings_free);
  g_clear_pointer (&self->discovery, barua_discovery_free);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->address, barua_address_unref);
}

void
barua_check_unref (BaruaCheck *self)
{
  g_atomic_rc_box_release_full (self, check_clear);
}
