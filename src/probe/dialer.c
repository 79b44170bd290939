#include "config.h"

#include "probe/dialer.h"

#include "probe/route.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

typedef struct _Attempt Attempt;

typedef struct
{
  GPtrArray *addresses;
  guint next;
  guint share_ms;
  Attempt *current;
  gboolean settled;
} Family;

struct _BaruaDialer
{
  BaruaRun *run;
  Family families[2];
  gint64 started;
  gboolean has_winner;
  gboolean over;
  GTask *waiting;
  GSource *watch;
  BaruaClock *grace;
};

struct _Attempt
{
  BaruaDialer *dialer;
  Family *family;
  GInetAddress *address;
  GSocketConnection *connection;
  GCancellable *cancellable;
  GSource *timer;
  gint64 started;
};

static void start_next (BaruaDialer *self, Family *family);

BaruaDialer *
barua_dialer_new (BaruaRun *run)
{
  BaruaDialer *self = g_rc_box_new0 (BaruaDialer);

  self->run = barua_run_ref (run);
  for (gsize i = 0; i < G_N_ELEMENTS (self->families); i++)
    self->families[i].addresses = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

BaruaDialer *
barua_dialer_ref (BaruaDialer *self)
{
  return g_rc_box_acquire (self);
}

static void
stop_watching (BaruaDialer *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
  g_clear_pointer (&self->grace, barua_clock_free);
}

static void
clear (gpointer data)
{
  BaruaDialer *self = data;

  stop_watching (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->families); i++)
    g_ptr_array_unref (self->families[i].addresses);
  g_clear_object (&self->waiting);
  barua_run_unref (self->run);
}

void
barua_dialer_unref (BaruaDialer *self)
{
  g_rc_box_release_full (self, clear);
}

static gboolean on_time_over (G_GNUC_UNUSED GCancellable *cancellable,
                              gpointer user_data);

/* Holds no reference: the dialer destroys the source before it goes. */
static void
watch (BaruaDialer *self, const BaruaClock *clock)
{
  self->watch = g_cancellable_source_new (barua_clock_get_cancellable (clock));
  g_source_set_static_name (self->watch, "BaruaDialer");
  g_source_set_callback (self->watch, G_SOURCE_FUNC (on_time_over), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

static void
attempt_free (Attempt *attempt)
{
  g_source_destroy (attempt->timer);
  g_source_unref (attempt->timer);
  g_object_unref (attempt->address);
  g_clear_object (&attempt->connection);
  g_object_unref (attempt->cancellable);
  barua_dialer_unref (attempt->dialer);
  g_free (attempt);
}

static void
record (const Attempt *attempt, BaruaOutcome outcome, const GError *error)
{
  gint64 ms = (g_get_monotonic_time () - attempt->started) / G_TIME_SPAN_MILLISECOND;

  barua_evidence_add_attempt (attempt->dialer->run->evidence, attempt->address, outcome,
                              ms, error != NULL ? g_error_copy (error) : NULL);
}

static gboolean
is_settled (const BaruaDialer *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->families); i++)
    if (!self->families[i].settled)
      return FALSE;
  return TRUE;
}

/* Their callbacks still come, and find that it is over. */
static void
stop (BaruaDialer *self)
{
  self->over = TRUE;
  stop_watching (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->families); i++)
    {
      Attempt *attempt = g_steal_pointer (&self->families[i].current);

      if (attempt == NULL)
        continue;
      record (attempt, BARUA_OUTCOME_TIMED_OUT, NULL);
      g_cancellable_cancel (attempt->cancellable);
    }
}

/* How much an attempt that failed says about why there is no connection: a family that
 * this machine has not says nothing about the other one. */
static guint
weigh (const BaruaAttempt *attempt)
{
  if (attempt->outcome == BARUA_OUTCOME_TIMED_OUT)
    return 3;
  if (g_error_matches (attempt->error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
      g_error_matches (attempt->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    return 1;
  if (g_error_matches (attempt->error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return 2;
  return 4;
}

static void
add_failed_step (BaruaDialer *self)
{
  const GPtrArray *attempts = self->run->evidence->attempts;
  const BaruaAttempt *worst = NULL;
  BaruaStep *step = NULL;

  for (guint i = 0; i < attempts->len; i++)
    {
      const BaruaAttempt *attempt = g_ptr_array_index (attempts, i);

      if (worst == NULL || weigh (attempt) > weigh (worst))
        worst = attempt;
    }
  step = barua_run_add_step (self->run, BARUA_STAGE_CONNECT,
                             worst != NULL ? worst->outcome : BARUA_OUTCOME_TIMED_OUT);
  if (worst == NULL)
    return;
  step->detail = g_inet_address_to_string (worst->address);
  if (worst->error != NULL)
    step->error = g_error_copy (worst->error);
}

static void
return_connection (BaruaDialer *self, GSocketConnection *connection)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

  stop_watching (self);
  barua_clock_stop_step (self->run->clock);
  barua_run_tell (self->run);
  if (connection == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, g_object_ref (connection), g_object_unref);
}

static void
win (BaruaDialer *self, const Attempt *attempt)
{
  BaruaStep *step = barua_run_add_step (self->run, BARUA_STAGE_CONNECT, BARUA_OUTCOME_OK);

  self->has_winner = TRUE;
  step->detail = g_inet_address_to_string (attempt->address);
  return_connection (self, attempt->connection);
}

static void
return_if_settled (BaruaDialer *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->over || !is_settled (self) || self->waiting == NULL)
    return;
  if (!self->has_winner)
    {
      add_failed_step (self);
      return_connection (self, NULL);
      return;
    }
  stop (self);
  task = g_steal_pointer (&self->waiting);
  g_task_return_boolean (task, TRUE);
}

/* What Linux says where IPv6 is switched off for every interface. GIO has no word for it,
 * and there is no other difference to a machine that never had IPv6. */
static gboolean
has_no_address (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED) &&
         strstr (error->message, g_strerror (EADDRNOTAVAIL)) != NULL;
}

/* A machine that knows a way out does not itself say that there is none: a router does.
 */
static void
name_error (const Attempt *attempt, GError *error)
{
  if (has_no_address (error))
    error->code = G_IO_ERROR_NETWORK_UNREACHABLE;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) &&
           barua_route_leads_to (attempt->address))
    error->code = G_IO_ERROR_HOST_UNREACHABLE;
}

/* An attempt is over, and @error says how. */
static void
go_on (Attempt *attempt, GError *error)
{
  BaruaDialer *self = attempt->dialer;

  attempt->family->current = NULL;
  if (error == NULL)
    {
      record (attempt, BARUA_OUTCOME_OK, NULL);
      attempt->family->settled = TRUE;
      if (!self->has_winner)
        win (self, attempt);
      else
        return_if_settled (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    record (attempt, BARUA_OUTCOME_TIMED_OUT, NULL);
  else
    {
      name_error (attempt, error);
      record (attempt, BARUA_OUTCOME_FAILED, error);
    }
  start_next (self, attempt->family);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;
  g_autoptr (GError) error = NULL;

  g_socket_connection_connect_finish (G_SOCKET_CONNECTION (source), result, &error);
  if (!attempt->dialer->over)
    go_on (attempt, error);
  attempt_free (attempt);
}

static gboolean
on_share_over (gpointer user_data)
{
  Attempt *attempt = user_data;

  g_cancellable_cancel (attempt->cancellable);
  return G_SOURCE_REMOVE;
}

static Attempt *
attempt_new (BaruaDialer *self, Family *family)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->dialer = barua_dialer_ref (self);
  attempt->family = family;
  attempt->address = g_object_ref (g_ptr_array_index (family->addresses, family->next));
  attempt->cancellable = g_cancellable_new ();
  attempt->started = g_get_monotonic_time ();
  attempt->timer = g_timeout_source_new (family->share_ms);
  g_source_set_static_name (attempt->timer, "BaruaDialer");
  g_source_set_callback (attempt->timer, on_share_over, attempt, NULL);
  family->next++;
  family->current = attempt;
  return attempt;
}

static void
start_next (BaruaDialer *self, Family *family)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;
  Attempt *attempt = NULL;

  if (family->next == family->addresses->len)
    {
      family->settled = TRUE;
      return_if_settled (self);
      return;
    }
  attempt = attempt_new (self, family);
  socket = g_socket_new (g_inet_address_get_family (attempt->address),
                         G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  if (socket == NULL)
    {
      go_on (attempt, error);
      attempt_free (attempt);
      return;
    }
  /* Nagle would hold the first command back until the end of the handshake is
   * acknowledged: a whole round trip. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  attempt->connection = g_socket_connection_factory_create_connection (socket);
  address = g_inet_socket_address_new (attempt->address, self->run->setup.service->port);
  g_source_attach (attempt->timer, g_main_context_get_thread_default ());
  g_socket_connection_connect_async (attempt->connection, address, attempt->cancellable,
                                     on_connected, attempt);
}

static gboolean
on_time_over (G_GNUC_UNUSED GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (BaruaDialer) self = barua_dialer_ref (user_data);
  BaruaRun *run = self->run;
  g_autoptr (GTask) task = NULL;

  stop (self);
  if (!self->has_winner)
    {
      run->evidence->cut_short =
        barua_clock_get_state (run->clock) == BARUA_CLOCK_ALL_OVER;
      if (barua_clock_get_state (run->clock) != BARUA_CLOCK_CANCELLED)
        add_failed_step (self);
      return_connection (self, NULL);
      return G_SOURCE_REMOVE;
    }
  task = g_steal_pointer (&self->waiting);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
sort_addresses (BaruaDialer *self, GList *addresses)
{
  guint step_ms = self->run->setup.step_ms;

  for (GList *item = addresses; item != NULL; item = item->next)
    {
      gboolean is_ipv4 = g_inet_address_get_family (item->data) == G_SOCKET_FAMILY_IPV4;
      Family *family = &self->families[is_ipv4 ? 1 : 0];

      if (family->addresses->len < BARUA_DIALER_ADDRESSES)
        g_ptr_array_add (family->addresses, g_object_ref (item->data));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (self->families); i++)
    {
      Family *family = &self->families[i];

      family->share_ms = step_ms / MAX (family->addresses->len, 1);
    }
}

static char *
dup_list (const BaruaDialer *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (self->families); i++)
    for (guint j = 0; j < self->families[i].addresses->len; j++)
      {
        g_autofree char *text =
          g_inet_address_to_string (self->families[i].addresses->pdata[j]);

        g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", text);
      }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaDialer) self = user_data;
  g_autoptr (GError) error = NULL;
  GList *addresses =
    g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  BaruaStep *step = NULL;

  if (error != NULL)
    {
      barua_run_add_failure (self->run, BARUA_STAGE_RESOLVE, error);
      self->over = TRUE;
      return_connection (self, NULL);
      return;
    }
  sort_addresses (self, addresses);
  g_resolver_free_addresses (addresses);
  step = barua_run_add_step (self->run, BARUA_STAGE_RESOLVE, BARUA_OUTCOME_OK);
  step->detail = dup_list (self);
  barua_run_tell (self->run);
  self->started = g_get_monotonic_time ();
  barua_clock_start_step (self->run->clock);
  watch (self, self->run->clock);
  for (gsize i = 0; i < G_N_ELEMENTS (self->families); i++)
    start_next (self, &self->families[i]);
}

void
barua_dialer_connect_async (BaruaDialer *self,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  self->waiting = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (self->waiting, barua_dialer_connect_async);
  barua_clock_start_step (self->run->clock);
  g_resolver_lookup_by_name_async (resolver, self->run->setup.service->host,
                                   barua_clock_get_cancellable (self->run->clock),
                                   on_resolved, barua_dialer_ref (self));
}

GSocketConnection *
barua_dialer_connect_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

void
barua_dialer_settle_async (BaruaDialer *self,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  BaruaRun *run = self->run;
  gint64 passed = (g_get_monotonic_time () - self->started) / G_TIME_SPAN_MILLISECOND;
  guint left = barua_clock_get_remaining_ms (run->clock);

  g_task_set_source_tag (task, barua_dialer_settle_async);
  left = MIN (left, (guint) MAX (BARUA_DIALER_GRACE_MS - passed, 0));
  if (self->over || is_settled (self) || left == 0)
    {
      stop (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->waiting = g_steal_pointer (&task);
  self->grace = barua_clock_new (left, left, run->cancellable, run->setup.hurry);
  watch (self, self->grace);
}

void
barua_dialer_settle_finish (GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
