#include "config.h"

#include "setup/recover.h"

#include "export/apply.h"
#include "setup/revert.h"

typedef struct
{
  BaruaHome *home;
  GPtrArray *receipts;
} Recovery;

static void
recovery_free (gpointer data)
{
  Recovery *self = data;

  barua_home_free (self->home);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_free (self);
}

static void revert_next (GTask *task);

static void
on_reverted (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* There is no second try, and what is wrong with the keyring is said soon enough. */
  if (!barua_revert_finish (result, &error))
    g_debug ("A keyring item of an earlier run is left: %s", error->message);
  revert_next (task);
}

static void
revert_next (GTask *task)
{
  Recovery *self = g_task_get_task_data (task);
  g_autoptr (BaruaReceipt) receipt = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->receipts == NULL || self->receipts->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  receipt = g_ptr_array_steal_index (self->receipts, self->receipts->len - 1);
  barua_revert_async (receipt->changes, on_reverted, g_object_ref (task));
}

static void
recover_in_thread (GTask *task,
                   gpointer source G_GNUC_UNUSED,
                   gpointer data,
                   GCancellable *cancellable G_GNUC_UNUSED)
{
  Recovery *self = data;
  GError *error = NULL;

  if (barua_apply_recover (self->home, &self->receipts, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_recovered (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    revert_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
barua_recover_async (const BaruaHome *home,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) part = NULL;
  Recovery *self = g_new0 (Recovery, 1);

  g_task_set_source_tag (task, barua_recover_async);
  self->home = barua_home_copy (home);
  g_task_set_task_data (task, self, recovery_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  part = g_task_new (NULL, NULL, on_recovered, g_object_ref (task));
  g_task_set_task_data (part, self, NULL);
  g_task_run_in_thread (part, recover_in_thread);
}

gboolean
barua_recover_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
