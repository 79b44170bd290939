#include "config.h"

#include "credentials/bus.h"

typedef struct
{
  GSource *cancelled;
  gboolean ended;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *self = data;

  g_clear_pointer (&self->cancelled, g_source_unref);
  g_free (self);
}

static gboolean
end (GTask *task)
{
  Wait *wait = g_task_get_task_data (task);

  if (wait->ended)
    return FALSE;
  wait->ended = TRUE;
  if (wait->cancelled != NULL)
    g_source_destroy (wait->cancelled);
  return TRUE;
}

static gboolean
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  if (end (task))
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
on_bus (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (connection != NULL)
    g_dbus_connection_set_exit_on_close (connection, FALSE);
  if (!end (task))
    return;
  if (connection == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             "There is no session bus: %s", error->message);
  else
    g_task_return_pointer (task, g_steal_pointer (&connection), g_object_unref);
}

void
barua_bus_async (GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wait *wait = g_new0 (Wait, 1);

  g_task_set_source_tag (task, barua_bus_async);
  g_task_set_task_data (task, wait, wait_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (cancellable != NULL)
    {
      wait->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (wait->cancelled, G_SOURCE_FUNC (on_cancelled),
                             g_object_ref (task), g_object_unref);
      g_source_attach (wait->cancelled, g_task_get_context (task));
    }
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, g_object_ref (task));
}

GDBusConnection *
barua_bus_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
