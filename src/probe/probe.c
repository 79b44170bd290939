#include "config.h"

#include "probe/probe.h"

#include "probe/conversation.h"
#include "probe/dialer.h"
#include "probe/run.h"

typedef struct
{
  BaruaRun *run;
  BaruaDialer *dialer;
} Probe;

static void
probe_free (gpointer data)
{
  Probe *self = data;

  barua_dialer_unref (self->dialer);
  barua_run_unref (self->run);
  g_free (self);
}

static void
on_settled (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *self = g_task_get_task_data (task);

  barua_dialer_settle_finish (result);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, barua_evidence_ref (self->run->evidence),
                         (GDestroyNotify) barua_evidence_unref);
}

static void
settle (GTask *task)
{
  Probe *self = g_task_get_task_data (task);

  self->run->evidence->ms = barua_clock_get_ms (self->run->clock);
  barua_dialer_settle_async (self->dialer, on_settled, g_object_ref (task));
}

static void
on_talked (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  barua_conversation_finish (result);
  settle (task);
}

static void
on_connected (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GSocketConnection) connection = barua_dialer_connect_finish (result);
  Probe *self = g_task_get_task_data (task);

  if (connection == NULL)
    settle (task);
  else
    barua_conversation_async (self->run, connection, on_talked, g_steal_pointer (&task));
}

void
barua_probe_async (const BaruaProbeSetup *setup,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Probe *self = NULL;

  g_return_if_fail (setup != NULL && setup->service != NULL);

  g_task_set_source_tag (task, barua_probe_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  self = g_new0 (Probe, 1);
  self->run = barua_run_new (setup, cancellable);
  self->dialer = barua_dialer_new (self->run);
  g_task_set_task_data (task, self, probe_free);
  barua_dialer_connect_async (self->dialer, on_connected, g_steal_pointer (&task));
}

GIOStream *
barua_probe_steal_stream (GAsyncResult *result)
{
  Probe *self = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  /* Without task data it was cancelled before its start. */
  self = g_task_get_task_data (G_TASK (result));
  return self != NULL ? g_steal_pointer (&self->run->kept) : NULL;
}

BaruaEvidence *
barua_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
