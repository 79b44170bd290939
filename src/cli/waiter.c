#include "config.h"

#include "cli/waiter.h"

#include <glib-unix.h>
#include <signal.h>

#define GRACE_MS 500

typedef struct
{
  BaruaWaiter *waiter;
  int signal;
  guint source;
} Watch;

struct _BaruaWaiter
{
  GMainLoop *loop;
  GCancellable *cancellable;
  Watch watches[3];
  guint grace;
  int signal;
  gboolean stopped;
};

static gboolean
on_grace_over (gpointer user_data)
{
  BaruaWaiter *self = user_data;

  self->grace = 0;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_signal (gpointer user_data)
{
  Watch *watch = user_data;
  BaruaWaiter *self = watch->waiter;

  if (self->signal != 0)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_CONTINUE;
    }
  self->signal = watch->signal;
  self->grace = g_timeout_add (GRACE_MS, on_grace_over, self);
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_ignored (int signal)
{
  struct sigaction action = { 0 };

  return sigaction (signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

BaruaWaiter *
barua_waiter_new (void)
{
  static const int SIGNALS[] = { SIGINT, SIGTERM, SIGHUP };
  BaruaWaiter *self = g_new0 (BaruaWaiter, 1);

  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (self->watches); i++)
    {
      Watch *watch = &self->watches[i];

      /* nohup has it ignored, and means it. */
      if (SIGNALS[i] == SIGHUP && is_ignored (SIGHUP))
        continue;
      watch->waiter = self;
      watch->signal = SIGNALS[i];
      watch->source =
        g_unix_signal_add_full (G_PRIORITY_HIGH, SIGNALS[i], on_signal, watch, NULL);
    }
  return self;
}

void
barua_waiter_free (BaruaWaiter *self)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (self->watches); i++)
    g_clear_handle_id (&self->watches[i].source, g_source_remove);
  g_clear_handle_id (&self->grace, g_source_remove);
  g_object_unref (self->cancellable);
  g_main_loop_unref (self->loop);
  g_free (self);
}

GCancellable *
barua_waiter_get_cancellable (BaruaWaiter *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->cancellable;
}

gboolean
barua_waiter_run (BaruaWaiter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->stopped && self->signal == 0)
    g_main_loop_run (self->loop);
  self->stopped = FALSE;
  return self->signal == 0;
}

void
barua_waiter_stop (BaruaWaiter *self)
{
  g_return_if_fail (self != NULL);

  self->stopped = TRUE;
  g_main_loop_quit (self->loop);
}

int
barua_waiter_get_status (const BaruaWaiter *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->signal != 0 ? 128 + self->signal : 0;
}
