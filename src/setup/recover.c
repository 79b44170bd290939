#include "config.h"

#include "setup/recover.h"

#include "export/apply.h"
#include "setup/part.h"
#include "setup/revert.h"

/* @settled: of each of the receipts, whether all of it is taken back. */
typedef struct
{
  BaruaHome *home;
  BaruaUnsettled *unsettled;
  const GPtrArray *receipts;
  gboolean *settled;
  guint next;
  GError *left;
} Recovery;

static void
recovery_free (gpointer data)
{
  Recovery *self = data;

  barua_home_free (self->home);
  g_clear_pointer (&self->unsettled, barua_unsettled_free);
  g_free (self->settled);
  g_clear_error (&self->left);
  g_free (self);
}

static void
settle_in_thread (GTask *task,
                  gpointer source G_GNUC_UNUSED,
                  gpointer data,
                  GCancellable *cancellable G_GNUC_UNUSED)
{
  Recovery *self = data;

  for (guint i = 0; i < self->receipts->len; i++)
    if (self->settled[i])
      barua_unsettled_settle (self->unsettled, i);
  g_task_return_boolean (task, TRUE);
}

static void
on_settled (GObject *source G_GNUC_UNUSED,
            GAsyncResult *result G_GNUC_UNUSED,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Recovery *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) receipts = barua_unsettled_steal_receipts (self->unsettled);

  /* From here on others may change settings again. */
  g_clear_pointer (&self->unsettled, barua_unsettled_free);
  g_task_return_pointer (task, g_steal_pointer (&receipts),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void revert_next (GTask *task);

static void
on_reverted (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Recovery *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->settled[self->next++] = barua_revert_finish (result, &error);
  if (self->left == NULL)
    self->left = g_steal_pointer (&error);
  revert_next (task);
}

static void
revert_next (GTask *task)
{
  Recovery *self = g_task_get_task_data (task);
  const BaruaReceipt *receipt = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->next >= self->receipts->len)
    {
      barua_part_run (task, settle_in_thread, on_settled);
      return;
    }
  receipt = self->receipts->pdata[self->next];
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

  if (barua_apply_recover (self->home, &self->unsettled, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_recovered (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Recovery *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (self->unsettled == NULL)
    g_task_return_pointer (
      task, g_ptr_array_new_with_free_func ((GDestroyNotify) barua_receipt_free),
      (GDestroyNotify) g_ptr_array_unref);
  else
    {
      self->receipts = barua_unsettled_get_receipts (self->unsettled);
      self->settled = g_new0 (gboolean, self->receipts->len);
      revert_next (task);
    }
}

void
barua_recover_async (const BaruaHome *home,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Recovery *self = g_new0 (Recovery, 1);

  g_task_set_source_tag (task, barua_recover_async);
  self->home = barua_home_copy (home);
  g_task_set_task_data (task, self, recovery_free);
  if (!g_task_return_error_if_cancelled (task))
    barua_part_run (task, recover_in_thread, on_recovered);
}

GPtrArray *
barua_recover_finish (GAsyncResult *result, GError **left, GError **error)
{
  GPtrArray *receipts = NULL;
  Recovery *self = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  receipts = g_task_propagate_pointer (G_TASK (result), error);
  self = g_task_get_task_data (G_TASK (result));
  if (receipts != NULL && left != NULL)
    *left = g_steal_pointer (&self->left);
  return receipts;
}
