#include "config.h"

#include "setup/hand-over.h"

#include "export/exporter.h"
#include "setup/closed.h"
#include "setup/part.h"
#include "setup/recover.h"
#include "setup/revert.h"

typedef struct
{
  BaruaHome *home;
  char *id;
  BaruaReceipt *receipt;
  BaruaUnsettled *undone;
  GError *left;
} TakingBack;

static void
taking_back_free (gpointer data)
{
  TakingBack *self = data;

  barua_home_free (self->home);
  g_free (self->id);
  g_clear_pointer (&self->receipt, barua_receipt_free);
  g_clear_pointer (&self->undone, barua_unsettled_free);
  g_clear_error (&self->left);
  g_free (self);
}

/* What cannot be taken back now, the next run tries again. */
static void
settle_in_thread (GTask *task,
                  gpointer source G_GNUC_UNUSED,
                  gpointer data,
                  GCancellable *cancellable G_GNUC_UNUSED)
{
  TakingBack *self = data;

  barua_unsettled_settle (self->undone, 0);
  g_task_return_boolean (task, TRUE);
}

static void
on_settled (GObject *source G_GNUC_UNUSED,
            GAsyncResult *result G_GNUC_UNUSED,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TakingBack *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) receipts = barua_unsettled_steal_receipts (self->undone);

  /* From here on others may change settings again. */
  g_clear_pointer (&self->undone, barua_unsettled_free);
  g_task_return_pointer (task, g_ptr_array_steal_index (receipts, 0),
                         (GDestroyNotify) barua_receipt_free);
}

static void
on_reverted (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TakingBack *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (barua_revert_finish (result, &error))
    {
      barua_part_run (task, settle_in_thread, on_settled);
      return;
    }
  g_clear_pointer (&self->undone, barua_unsettled_free);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
undo_in_thread (GTask *task,
                gpointer source G_GNUC_UNUSED,
                gpointer data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
  TakingBack *self = data;
  GError *error = NULL;

  self->undone = barua_undo_files (self->home, self->id, &error);
  if (self->undone != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_undone (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TakingBack *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  const BaruaReceipt *receipt = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  receipt = barua_unsettled_get_receipts (self->undone)->pdata[0];
  barua_revert_async (receipt->changes, on_reverted, g_object_ref (task));
}

static void
on_probed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!barua_revert_probe_finish (result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_task_return_error_if_cancelled (task))
    barua_part_run (task, undo_in_thread, on_undone);
}

static gboolean
is_meant (const TakingBack *self, const BaruaReceipt *receipt)
{
  return self->id != NULL ? g_str_equal (receipt->id, self->id) : !receipt->undone;
}

static void
find_in_thread (GTask *task,
                gpointer source G_GNUC_UNUSED,
                gpointer data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
  TakingBack *self = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) receipts = barua_receipts_list (self->home, &error);

  if (receipts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < receipts->len && self->receipt == NULL; i++)
    if (is_meant (self, receipts->pdata[i]))
      {
        self->receipt = g_ptr_array_steal_index (receipts, i);
        g_free (self->id);
        self->id = g_strdup (self->receipt->id);
      }
  g_task_return_boolean (task, TRUE);
}

/* A program that writes its settings when it ends would take the undoing back. */
static gboolean
is_closed (const TakingBack *self, GError **error)
{
  const BaruaExporter *exporter = barua_exporter_find (self->receipt->client);

  return exporter == NULL || barua_closed_check (exporter, self->home, error);
}

static gboolean
has_more (const BaruaReceipt *receipt)
{
  for (guint i = 0; i < receipt->changes->len; i++)
    {
      const BaruaChange *change = receipt->changes->pdata[i];

      if (change->kind == BARUA_CHANGE_KEYRING || change->kind == BARUA_CHANGE_SETTING)
        return TRUE;
    }
  return FALSE;
}

/* The keyring first: it may ask the person, who may say no. */
static void
on_found (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TakingBack *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (self->receipt == NULL || self->receipt->undone)
    /* There is nothing to take back: it knows best how to say so. */
    barua_part_run (task, undo_in_thread, on_undone);
  else if (!is_closed (self, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (self->left != NULL && has_more (self->receipt))
    /* It would be given back over what this gives back. */
    g_task_return_error (task, g_steal_pointer (&self->left));
  else
    barua_revert_probe_async (self->receipt->changes, g_task_get_cancellable (task),
                              on_probed, g_object_ref (task));
}

/* What was half done came after all that was done: nothing older is meant. */
static BaruaReceipt *
steal_meant (const TakingBack *self, GPtrArray *taken_back)
{
  for (guint i = 0; i < taken_back->len; i++)
    if (self->id == NULL ||
        g_str_equal (self->id, ((const BaruaReceipt *) taken_back->pdata[i])->id))
      return g_ptr_array_steal_index (taken_back, i);
  return NULL;
}

static void
on_recovered (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TakingBack *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken_back = barua_recover_finish (result, &self->left, &error);
  g_autoptr (BaruaReceipt) meant = NULL;

  if (taken_back == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  meant = steal_meant (self, taken_back);
  if (meant == NULL)
    barua_part_run (task, find_in_thread, on_found);
  else if (self->left != NULL)
    g_task_return_error (task, g_steal_pointer (&self->left));
  else
    {
      meant->undone = TRUE;
      g_task_return_pointer (task, g_steal_pointer (&meant),
                             (GDestroyNotify) barua_receipt_free);
    }
}

void
barua_take_back_async (const BaruaHome *home,
                       const char *id,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  TakingBack *self = NULL;

  g_return_if_fail (home != NULL);

  g_task_set_source_tag (task, barua_take_back_async);
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (TakingBack, 1);
  self->home = barua_home_copy (home);
  self->id = g_strdup (id);
  g_task_set_task_data (task, self, taking_back_free);
  barua_recover_async (home, cancellable, on_recovered, g_object_ref (task));
}

BaruaReceipt *
barua_take_back_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
