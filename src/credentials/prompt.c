#include "config.h"

#include "credentials/prompt.h"

#include "credentials/error.h"

#define PROMPT_INTERFACE "org.freedesktop.Secret.Prompt"

typedef struct
{
  GDBusConnection *connection;
  char *owner;
  char *path;
  guint completed;
  guint watch;
  GSource *cancelled;
  gboolean ended;
} Prompt;

static void
prompt_free (gpointer data)
{
  Prompt *self = data;

  g_object_unref (self->connection);
  g_free (self->owner);
  g_free (self->path);
  g_free (self);
}

/* The first to call this may return: what listens holds references to the task. */
static gboolean
end (GTask *task)
{
  Prompt *self = g_task_get_task_data (task);

  if (self->ended)
    return FALSE;
  self->ended = TRUE;
  g_dbus_connection_signal_unsubscribe (self->connection, self->completed);
  g_bus_unwatch_name (self->watch);
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
  return TRUE;
}

static void
fail (GTask *task, GError *error)
{
  g_autoptr (GError) owned = error;

  if (end (task))
    g_task_return_error (task, g_steal_pointer (&owned));
}

static void
on_completed (GDBusConnection *connection G_GNUC_UNUSED,
              const char *sender G_GNUC_UNUSED,
              const char *path G_GNUC_UNUSED,
              const char *interface G_GNUC_UNUSED,
              const char *signal G_GNUC_UNUSED,
              GVariant *parameters,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  g_autoptr (GVariant) answer = NULL;
  gboolean dismissed = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(bv)")))
    g_variant_get (parameters, "(bv)", &dismissed, &answer);
  if (dismissed)
    {
      fail (task,
            barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED));
      return;
    }
  if (end (task))
    g_task_return_pointer (task, g_steal_pointer (&answer),
                           (GDestroyNotify) g_variant_unref);
}

static void
on_vanished (GDBusConnection *connection G_GNUC_UNUSED,
             const char *name G_GNUC_UNUSED,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  fail (task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_GONE));
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    fail (task, barua_credentials_error_from_keyring (g_steal_pointer (&error)));
}

static gboolean
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Prompt *self = g_task_get_task_data (task);

  g_dbus_connection_call (self->connection, self->owner, self->path, PROMPT_INTERFACE,
                          "Dismiss", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          NULL, NULL, NULL);
  fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                   "The keyring's question was cancelled"));
  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (GTask *task)
{
  Prompt *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable == NULL)
    return;
  /* A source, since a handler may run in another thread, or while it is connected. */
  self->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled),
                         g_object_ref (task), g_object_unref);
  g_source_attach (self->cancelled, g_task_get_context (task));
}

void
barua_prompt_async (GDBusConnection *connection,
                    const char *owner,
                    const char *path,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Prompt *self = g_new0 (Prompt, 1);

  self->connection = g_object_ref (connection);
  self->owner = g_strdup (owner);
  self->path = g_strdup (path);
  g_task_set_source_tag (task, barua_prompt_async);
  g_task_set_task_data (task, self, prompt_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  self->completed = g_dbus_connection_signal_subscribe (
    connection, owner, PROMPT_INTERFACE, "Completed", path, NULL,
    G_DBUS_SIGNAL_FLAGS_NONE, on_completed, g_object_ref (task), g_object_unref);
  self->watch = g_bus_watch_name_on_connection (
    connection, owner, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished,
    g_object_ref (task), g_object_unref);
  watch_cancellable (task);
  /* The window that the question belongs to is an X11 number, "" for none. */
  g_dbus_connection_call (connection, owner, path, PROMPT_INTERFACE, "Prompt",
                          g_variant_new ("(s)", ""), G_VARIANT_TYPE_UNIT,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_shown,
                          g_object_ref (task));
}

GVariant *
barua_prompt_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
