#include "config.h"

#include "probe/clock.h"

struct _BaruaClock
{
  GCancellable *own;
  GCancellable *parent;
  GCancellable *hurry;
  gulong parent_id;
  gulong hurry_id;
  GSource *step;
  GSource *total;
  gint64 started;
  gint64 step_started;
  guint step_ms;
  guint total_ms;
  gboolean step_over;
  gboolean total_over;
};

static gboolean
on_step_over (gpointer user_data)
{
  BaruaClock *self = user_data;

  /* Ready again only when the next step begins. */
  g_source_set_ready_time (self->step, -1);
  self->step_over = !self->total_over;
  g_cancellable_cancel (self->own);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_total_over (gpointer user_data)
{
  BaruaClock *self = user_data;

  g_source_set_ready_time (self->total, -1);
  self->total_over = !self->step_over;
  g_cancellable_cancel (self->own);
  return G_SOURCE_CONTINUE;
}

/* Both may come in any thread: what it was is found out from the cancellables. */
static void
on_cancelled (G_GNUC_UNUSED GCancellable *cancellable, gpointer user_data)
{
  BaruaClock *self = user_data;

  g_cancellable_cancel (self->own);
}

static gboolean
dispatch (G_GNUC_UNUSED GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_functions = { .dispatch = dispatch };

static GSource *
timer_new (BaruaClock *self, GSourceFunc function)
{
  GSource *source = g_source_new (&timer_functions, sizeof (GSource));

  g_source_set_static_name (source, "BaruaClock");
  g_source_set_callback (source, function, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
set_timer (GSource *source, gint64 from, guint ms)
{
  g_source_set_ready_time (source, from + ms * G_TIME_SPAN_MILLISECOND);
}

BaruaClock *
barua_clock_new (guint step_ms,
                 guint total_ms,
                 GCancellable *cancellable,
                 GCancellable *hurry)
{
  BaruaClock *self = g_new0 (BaruaClock, 1);

  self->own = g_cancellable_new ();
  self->started = g_get_monotonic_time ();
  self->step_started = self->started;
  self->step_ms = step_ms;
  self->total_ms = total_ms;
  self->step = timer_new (self, on_step_over);
  self->total = timer_new (self, on_total_over);
  set_timer (self->total, self->started, total_ms);
  g_set_object (&self->parent, cancellable);
  g_set_object (&self->hurry, hurry);
  if (cancellable != NULL)
    self->parent_id =
      g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);
  if (hurry != NULL)
    self->hurry_id = g_cancellable_connect (hurry, G_CALLBACK (on_cancelled), self, NULL);
  return self;
}

void
barua_clock_free (BaruaClock *self)
{
  g_cancellable_disconnect (self->parent, self->parent_id);
  g_cancellable_disconnect (self->hurry, self->hurry_id);
  g_source_destroy (self->step);
  g_source_destroy (self->total);
  g_source_unref (self->step);
  g_source_unref (self->total);
  g_clear_object (&self->parent);
  g_clear_object (&self->hurry);
  g_clear_object (&self->own);
  g_free (self);
}

GCancellable *
barua_clock_get_cancellable (const BaruaClock *self)
{
  return self->own;
}

BaruaClockState
barua_clock_get_state (const BaruaClock *self)
{
  if (g_cancellable_is_cancelled (self->parent))
    return BARUA_CLOCK_CANCELLED;
  if (self->step_over)
    return BARUA_CLOCK_STEP_OVER;
  if (self->total_over || g_cancellable_is_cancelled (self->hurry))
    return BARUA_CLOCK_ALL_OVER;
  return BARUA_CLOCK_RUNNING;
}

void
barua_clock_start_step (BaruaClock *self)
{
  self->step_started = g_get_monotonic_time ();
  set_timer (self->step, self->step_started, self->step_ms);
}

void
barua_clock_stop_step (BaruaClock *self)
{
  g_source_set_ready_time (self->step, -1);
}

static gint64
ms_since (gint64 moment)
{
  return (g_get_monotonic_time () - moment) / G_TIME_SPAN_MILLISECOND;
}

gint64
barua_clock_get_step_ms (const BaruaClock *self)
{
  return ms_since (self->step_started);
}

gint64
barua_clock_get_ms (const BaruaClock *self)
{
  return ms_since (self->started);
}

guint
barua_clock_get_remaining_ms (const BaruaClock *self)
{
  gint64 left = self->total_ms - barua_clock_get_ms (self);

  return (guint) MAX (left, 0);
}
