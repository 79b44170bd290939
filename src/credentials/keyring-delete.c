#include "config.h"

#include "credentials/keyring.h"

#include "credentials/error.h"

#define ITEM_INTERFACE "org.freedesktop.Secret.Item"

typedef struct
{
  guint next;
  guint n_deleted;
} Deletion;

static void delete_next (GTask *task);

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);
  Deletion *deletion = g_task_get_task_data (task);

  if (reply == NULL && !g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                                         BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  deletion->n_deleted += reply != NULL;
  delete_next (task);
}

static void
delete_next (GTask *task)
{
  BaruaKeyring *self = g_task_get_source_object (task);
  const char *const *items = barua_keyring_get_items (self);
  Deletion *deletion = g_task_get_task_data (task);

  if (items[deletion->next] == NULL)
    {
      g_task_return_int (task, deletion->n_deleted);
      return;
    }
  barua_keyring_call_async (self,
                            &(BaruaKeyringCall){
                              .path = items[deletion->next++],
                              .interface = ITEM_INTERFACE,
                              .method = "Delete",
                              .reply = "(o)",
                              .prompts = TRUE,
                            },
                            g_task_get_cancellable (task), on_deleted,
                            g_object_ref (task));
}

void
barua_keyring_delete_async (BaruaKeyring *self,
                            guint first,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->next = MIN (first, g_strv_length ((char **) barua_keyring_get_items (self)));
  g_task_set_source_tag (task, barua_keyring_delete_async);
  g_task_set_task_data (task, deletion, g_free);
  delete_next (task);
}

gboolean
barua_keyring_delete_finish (BaruaKeyring *self,
                             GAsyncResult *result,
                             guint *n_deleted,
                             GError **error)
{
  gssize n = 0;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n < 0)
    return FALSE;
  if (n_deleted != NULL)
    *n_deleted = (guint) n;
  return TRUE;
}
