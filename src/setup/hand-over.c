#include "config.h"

#include "setup/hand-over.h"

#include "diagnose/facts.h"
#include "discover/discover.h"
#include "discover/known.h"
#include "export/error.h"
#include "probe/probe.h"
#include "setup/closed.h"
#include "setup/hosting.h"
#include "setup/oauth-client.h"
#include "setup/own-program.h"
#include "setup/recover.h"
#include "setup/sandbox.h"
#include "setup/session.h"
#include "setup/trouble.h"

#include <glib/gi18n.h>

/* A port that is open answers in a fraction of that; one that is not must not make the
 * person wait for long. */
#define STEP_MS 6000
#define TOTAL_MS 20000

/* What is under way: the ports of sending, and the session with the folders behind it. */
typedef struct
{
  BaruaAddress *address;
  BaruaProtocol protocol;
  BaruaHome *home;
  char *name;
  const BaruaProvider *provider;
  GTlsDatabase *trust;
  GCancellable *enough;
  BaruaSession *session;
  const BaruaService *open;
  BaruaEvidence *listing;
  guint pending;
  gboolean recovered;
  GError *error;
} Preparing;

/* One conversation of several with the ports of sending. */
typedef struct
{
  GTask *task;
  const BaruaService *service;
} Knock;

static void
preparing_free (gpointer data)
{
  Preparing *self = data;

  barua_address_unref (self->address);
  g_clear_pointer (&self->home, barua_home_free);
  g_free (self->name);
  g_clear_object (&self->trust);
  g_object_unref (self->enough);
  barua_session_free (self->session);
  g_clear_pointer (&self->listing, barua_evidence_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static Preparing *
preparing_new (BaruaAddress *address, const BaruaHandOverOptions *options)
{
  Preparing *self = g_new0 (Preparing, 1);

  self->address = barua_address_ref (address);
  self->protocol = options->incoming;
  self->home = options->own != NULL ? barua_home_copy (options->own) : barua_home_new ();
  if (options->output != NULL)
    {
      g_autoptr (BaruaHome) own = g_steal_pointer (&self->home);
      g_autofree char *folder = g_canonicalize_filename (options->output, NULL);

      self->home = barua_home_new_apart (own, folder);
    }
  self->name = g_strdup (options->name);
  self->provider = options->provider != NULL ? options->provider : barua_known_gmail ();
  g_set_object (&self->trust, options->trust);
  self->enough = g_cancellable_new ();
  return self;
}

static void
hand_over_clear (gpointer data)
{
  BaruaHandOver *self = data;

  barua_home_free (self->home);
  barua_export_request_free (self->request);
  g_free (self->warning);
}

BaruaHandOver *
barua_hand_over_ref (BaruaHandOver *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
barua_hand_over_unref (BaruaHandOver *self)
{
  g_atomic_rc_box_release_full (self, hand_over_clear);
}

static const BaruaService *
find_service (const Preparing *self, BaruaProtocol protocol)
{
  for (gsize i = 0; i < self->provider->n_services; i++)
    if (self->provider->services[i].protocol == protocol)
      return &self->provider->services[i];
  return NULL;
}

static gboolean
wants_folders (const Preparing *self)
{
  return self->session != NULL && self->session->login != NULL &&
         self->protocol == BARUA_PROTOCOL_IMAP;
}

static char *
describe_trouble (const Preparing *self)
{
  const char *address =
    self->session->account != NULL ? self->session->account->address : NULL;
  const BaruaStep *failure =
    self->listing != NULL ? barua_evidence_get_failure (self->listing) : NULL;

  if (self->open == NULL)
    return g_strdup (_ ("Gmail’s servers for sending could not be reached from here, so "
                        "the usual port, 465, is set. “barua check” tells what stands in "
                        "the way."));
  if (address == NULL || self->protocol != BARUA_PROTOCOL_IMAP ||
      (self->session->login == NULL && self->session->error == NULL) ||
      (self->listing != NULL && barua_facts_works (self->listing)))
    return NULL;
  if (failure != NULL && failure->stage == BARUA_STAGE_SIGN_IN &&
      failure->outcome == BARUA_OUTCOME_REFUSED)
    return g_strdup_printf (
      _ ("Gmail did not accept the sign-in just now, so the mail program may not get in "
         "either. “barua check %s” tells why."),
      address);
  return g_strdup_printf (
    _ ("The names of your mail folders could not be looked up, so those settings are "
       "left out. “barua check %s” tells why."),
    address);
}

static char *
describe_warnings (const Preparing *self)
{
  g_autofree char *trouble = describe_trouble (self);
  g_autofree char *sandbox = barua_sandbox_dup_note ("/");
  g_autoptr (GString) all = g_string_new (NULL);
  const char *const each[] = {
    self->recovered
      ? _ ("Barua was stopped the last time while it changed settings. What "
           "was half done has been taken back.")
      : NULL,
    trouble,
    sandbox,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (each); i++)
    if (each[i] != NULL)
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", each[i]);
  return all->len > 0 ? g_string_free (g_steal_pointer (&all), FALSE) : NULL;
}

/* Only that of the client which the account's tokens were given to is of use. */
static char *
dup_client_secret (const BaruaAccount *account)
{
  g_autofree char *path = barua_client_dup_path ();
  g_autoptr (BaruaClient) client = NULL;

  if (account->method != BARUA_METHOD_OAUTH)
    return NULL;
  client = barua_client_load (path, NULL);
  if (client == NULL || g_strcmp0 (client->id, account->client_id) != 0)
    return NULL;
  return g_strdup (client->secret);
}

static BaruaExportRequest *
make_request (const Preparing *self)
{
  g_autofree char *login = barua_address_dup_login (self->address);
  g_autofree char *program = barua_own_program_dup_path ();
  g_autoptr (BaruaAccount) account = self->session->account != NULL
                                       ? barua_account_copy (self->session->account)
                                       : barua_account_new (login);
  const BaruaService *outgoing =
    self->open != NULL ? self->open : find_service (self, BARUA_PROTOCOL_SMTP);
  BaruaExportRequest *request = NULL;

  if (self->name != NULL)
    {
      g_free (account->name);
      account->name = g_strdup (self->name);
    }
  request = barua_export_request_new (account, find_service (self, self->protocol),
                                      outgoing, program);
  request->client_secret = dup_client_secret (account);
  if (self->listing != NULL && barua_facts_works (self->listing) &&
      self->listing->folders != NULL && self->listing->folders->len > 0)
    request->folders = g_ptr_array_ref (self->listing->folders);
  return request;
}

static void
conclude (GTask *task)
{
  Preparing *self = g_task_get_task_data (task);
  BaruaHandOver *hand_over = NULL;

  if (self->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&self->error));
      return;
    }
  hand_over = g_atomic_rc_box_new0 (BaruaHandOver);
  hand_over->request = make_request (self);
  hand_over->warning = describe_warnings (self);
  hand_over->home = g_steal_pointer (&self->home);
  g_task_return_pointer (task, hand_over, (GDestroyNotify) barua_hand_over_unref);
}

static void
end_part (GTask *task, GError *error)
{
  Preparing *self = g_task_get_task_data (task);

  if (error != NULL && self->error == NULL)
    {
      self->error = error;
      g_cancellable_cancel (self->enough);
    }
  else
    g_clear_error (&error);
  if (--self->pending == 0)
    conclude (task);
}

static void
on_knocked (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autofree Knock *knock = user_data;
  g_autoptr (GTask) task = knock->task;
  Preparing *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BaruaEvidence) evidence = barua_probe_finish (result, &error);

  if (evidence != NULL && barua_facts_works (evidence))
    {
      /* The services of a provider stand in the order in which they are preferred. */
      if (self->open == NULL || knock->service < self->open)
        self->open = knock->service;
      if (self->open == find_service (self, BARUA_PROTOCOL_SMTP))
        g_cancellable_cancel (self->enough);
    }
  end_part (task, error);
}

static void
knock_at (GTask *task, const BaruaService *service)
{
  Preparing *self = g_task_get_task_data (task);
  Knock *knock = g_new0 (Knock, 1);
  const BaruaProbeSetup setup = {
    .service = service,
    .goal = BARUA_GOAL_CAPABILITIES,
    .trust = self->trust,
    .step_ms = STEP_MS,
    .total_ms = TOTAL_MS,
    .hurry = self->enough,
  };

  self->pending++;
  knock->task = g_object_ref (task);
  knock->service = service;
  barua_probe_async (&setup, g_task_get_cancellable (task), on_knocked, knock);
}

static void
on_listed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Preparing *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->listing = barua_probe_finish (result, &error);
  end_part (task, error);
}

static void
list_folders (GTask *task)
{
  Preparing *self = g_task_get_task_data (task);
  const BaruaProbeSetup setup = {
    .service = find_service (self, BARUA_PROTOCOL_IMAP),
    .login = self->session->login,
    .goal = BARUA_GOAL_FOLDERS,
    .trust = self->trust,
    .step_ms = STEP_MS,
    .total_ms = TOTAL_MS,
  };

  barua_probe_async (&setup, g_task_get_cancellable (task), on_listed,
                     g_object_ref (task));
}

static void
on_discovered (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Preparing *self = g_task_get_task_data (task);
  GError *error = NULL;
  BaruaDiscovery *discovery = barua_discover_finish (result, &error);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (discovery != NULL && !barua_hosting_is_google (discovery))
    {
      title = barua_hosting_dup_title (self->address, discovery);
      text = barua_hosting_dup_text (self->address, discovery);
      error = g_error_new (BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_ELSEWHERE, "%s%s%s",
                           title, text != NULL ? " " : "", text != NULL ? text : "");
    }
  g_clear_pointer (&discovery, barua_discovery_free);
  end_part (task, error);
}

/* Whoever is remembered was looked up when that began. */
static void
discover (GTask *task)
{
  Preparing *self = g_task_get_task_data (task);

  self->pending++;
  barua_discover_async (self->address, STEP_MS, g_task_get_cancellable (task),
                        on_discovered, g_object_ref (task));
}

static void
on_session (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Preparing *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->session = barua_session_open_finish (result, &error);
  if (self->session != NULL && self->session->error != NULL &&
      !barua_trouble_is_passing (self->session->error))
    error = g_error_copy (self->session->error);
  if (error == NULL && self->session->account == NULL)
    discover (task);
  if (error == NULL && wants_folders (self))
    list_folders (task);
  else
    end_part (task, error);
}

static void
start (GTask *task)
{
  Preparing *self = g_task_get_task_data (task);

  self->pending = 1;
  for (gsize i = 0; i < self->provider->n_services; i++)
    if (self->provider->services[i].protocol == BARUA_PROTOCOL_SMTP)
      knock_at (task, &self->provider->services[i]);
  barua_session_open_async (self->address, g_task_get_cancellable (task), on_session,
                            g_object_ref (task));
}

static void
on_recovered (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Preparing *self = g_task_get_task_data (task);
  g_autoptr (GError) left = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken_back = barua_recover_finish (result, &left, &error);

  if (taken_back == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* What is left in the keyring is in nobody's way before something is applied. */
  self->recovered = taken_back->len > 0 && left == NULL;
  start (task);
}

void
barua_hand_over_prepare_async (BaruaAddress *address,
                               const BaruaHandOverOptions *options,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Preparing *self = NULL;

  g_return_if_fail (address != NULL && options != NULL);

  g_task_set_source_tag (task, barua_hand_over_prepare_async);
  self = preparing_new (address, options);
  g_task_set_task_data (task, self, preparing_free);
  barua_recover_async (self->home, cancellable, on_recovered, g_object_ref (task));
}

BaruaHandOver *
barua_hand_over_prepare_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
note_left_out (BaruaPlan *plan, const BaruaChange *change)
{
  g_autofree char *note = g_strdup_printf (
    /* Translators: a sentence on what would be done, as in “The app password is put into
       the keyring.” */
    _ ("Not part of the folder, since it cannot be saved to one: %s"), change->summary);

  barua_plan_add_note (plan, note);
}

static void
ask_for_secret (BaruaPlan *plan, const BaruaExporter *exporter)
{
  g_autofree char *question = g_strdup_printf (
    /* Translators: the name of a mail program */
    _ ("%s asks you to sign in once, since no secret is saved to a folder."),
    _ (exporter->name));

  barua_plan_add_question (plan, question);
}

/* A store of passwords that lies beside its own key is as good as plain text. */
static void
leave_out (BaruaPlan *plan, const BaruaExporter *exporter)
{
  for (guint i = plan->changes->len; i > 0; i--)
    {
      const BaruaChange *change = plan->changes->pdata[i - 1];

      if (change->kind != BARUA_CHANGE_KEYRING && change->kind != BARUA_CHANGE_SETTING &&
          !change->sealed)
        continue;
      if (change->summary != NULL)
        note_left_out (plan, change);
      if (change->kind != BARUA_CHANGE_SETTING)
        ask_for_secret (plan, exporter);
      g_ptr_array_remove_index (plan->changes, i - 1);
    }
}

static void
note_running (BaruaPlan *plan, const BaruaExporter *exporter, const BaruaHome *home)
{
  g_autoptr (GError) error = NULL;

  if (!barua_plan_is_empty (plan) && !barua_closed_check (exporter, home, &error))
    barua_plan_add_note (plan, error->message);
}

BaruaPlan *
barua_hand_over_plan (BaruaHandOver *self, const BaruaExporter *exporter, GError **error)
{
  g_autoptr (BaruaPlan) plan = NULL;

  g_return_val_if_fail (self != NULL && exporter != NULL, NULL);

  plan = barua_exporter_plan (exporter, self->request, self->home, error);
  if (plan == NULL)
    return NULL;
  if (!self->home->apart && !barua_sandbox_check ("/", self->home, plan, error))
    return NULL;
  if (self->home->apart)
    leave_out (plan, exporter);
  note_running (plan, exporter, self->home);
  return g_steal_pointer (&plan);
}
