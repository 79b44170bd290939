#include "config.h"

#include "setup/hand-over.h"

#include "credentials/error.h"
#include "export/error.h"
#include "setup/closed.h"
#include "setup/compare.h"
#include "setup/desktop-setting.h"
#include "setup/part.h"
#include "setup/recover.h"
#include "setup/revert.h"

#include <glib/gi18n.h>

/* One plan on its way. */
typedef struct
{
  BaruaHandOver *hand_over;
  const BaruaExporter *exporter;
  BaruaPlan *plan;
  BaruaComparison *comparison;
  guint next;
  BaruaTransaction *transaction;
  char *id;
  GError *failure;
} Applying;

static void
applying_free (gpointer data)
{
  Applying *self = data;

  barua_hand_over_unref (self->hand_over);
  g_clear_pointer (&self->comparison, barua_comparison_free);
  g_clear_pointer (&self->transaction, barua_transaction_abort);
  g_free (self->id);
  g_clear_error (&self->failure);
  g_free (self);
}

static void
on_reverted (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!barua_revert_finish (result, &error))
    g_debug ("A keyring item is left: %s", error->message);
  g_task_return_error (task, g_steal_pointer (&self->failure));
}

static void
on_gone_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) taken_back = barua_recover_finish (result, NULL, NULL);

  if (taken_back != NULL)
    g_task_return_error (task, g_steal_pointer (&self->failure));
  else
    /* Files that are in the way of others do not keep the rest from being given back. */
    barua_revert_async (self->plan->changes, on_reverted, g_object_ref (task));
}

/* As the next run would, if this one came to its end here: what cannot be taken back now
 * is left to it. */
static void
go_back (GTask *task, GError *failure)
{
  Applying *self = g_task_get_task_data (task);

  self->failure = failure;
  g_clear_pointer (&self->transaction, barua_transaction_leave);
  barua_recover_async (self->hand_over->home, NULL, on_gone_back, g_object_ref (task));
}

static void
commit_in_thread (GTask *task,
                  gpointer source G_GNUC_UNUSED,
                  gpointer data,
                  GCancellable *cancellable G_GNUC_UNUSED)
{
  Applying *self = data;
  GError *error = NULL;

  g_settings_sync ();
  if (barua_transaction_commit (g_steal_pointer (&self->transaction), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_committed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_steal_pointer (&self->id), g_free);
  else
    go_back (task, error);
}

static void
set_and_commit (GTask *task)
{
  Applying *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      go_back (task, error);
      return;
    }
  for (guint i = 0; i < self->plan->changes->len; i++)
    {
      const BaruaChange *change = self->plan->changes->pdata[i];

      if (change->kind == BARUA_CHANGE_SETTING)
        barua_desktop_setting_write (change->schema, change->key, change->value);
    }
  barua_part_run (task, commit_in_thread, on_committed);
}

static void keep_next (GTask *task);

static void
on_kept (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!barua_foreign_item_save_finish (result, &error))
    {
      go_back (task, error);
      return;
    }
  self->next++;
  keep_next (task);
}

static void
keep (GTask *task)
{
  Applying *self = g_task_get_task_data (task);
  const BaruaChange *change = self->plan->changes->pdata[self->next];
  const BaruaForeignItem item = barua_revert_get_item (change);
  g_autoptr (BaruaSecret) wanted = barua_comparison_dup_wanted (self->comparison, change);

  barua_foreign_item_save_async (&item, wanted, g_task_get_cancellable (task), on_kept,
                                 g_object_ref (task));
}

static void
on_former_kept (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (barua_foreign_item_save_finish (result, &error))
    keep (task);
  else
    go_back (task, error);
}

static void
keep_next (GTask *task)
{
  Applying *self = g_task_get_task_data (task);
  GPtrArray *changes = self->plan->changes;
  const BaruaChange *change = NULL;

  while (self->next < changes->len &&
         ((const BaruaChange *) changes->pdata[self->next])->kind != BARUA_CHANGE_KEYRING)
    self->next++;
  if (self->next >= changes->len)
    {
      set_and_commit (task);
      return;
    }
  change = changes->pdata[self->next];
  if (change->former == NULL)
    keep (task);
  else
    barua_revert_keep_async (change, g_hash_table_lookup (self->comparison->held, change),
                             g_task_get_cancellable (task), on_former_kept,
                             g_object_ref (task));
}

static void
begin_in_thread (GTask *task,
                 gpointer source G_GNUC_UNUSED,
                 gpointer data,
                 GCancellable *cancellable G_GNUC_UNUSED)
{
  Applying *self = data;
  GError *error = NULL;

  self->transaction =
    barua_transaction_begin (self->plan, self->hand_over->home,
                             self->hand_over->request->account->address, &error);
  if (self->transaction != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_begun (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->id = g_strdup (barua_transaction_get_id (self->transaction));
  self->next = 0;
  keep_next (task);
}

static void
on_compared (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->comparison = barua_compare_finish (result, &error);
  if (self->comparison == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_task_return_error_if_cancelled (task))
    return;
  else if (barua_plan_is_empty (self->plan))
    g_task_return_pointer (task, NULL, NULL);
  else
    barua_part_run (task, begin_in_thread, on_begun);
}

static void
compare (GTask *task)
{
  const Applying *self = g_task_get_task_data (task);
  const BaruaCompareSetup setup = { self->hand_over, self->exporter, self->plan, TRUE };

  barua_compare_async (&setup, g_task_get_cancellable (task), on_compared,
                       g_object_ref (task));
}

static void
on_recovered (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) left = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken_back = barua_recover_finish (result, &left, &error);

  if (taken_back == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (left != NULL)
    g_task_return_error (task, g_steal_pointer (&left));
  else
    compare (task);
}

static gboolean
changes_more_than_files (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      if (change->kind == BARUA_CHANGE_KEYRING || change->kind == BARUA_CHANGE_SETTING)
        return TRUE;
    }
  return FALSE;
}

void
barua_hand_over_apply_async (BaruaHandOver *self,
                             const BaruaExporter *exporter,
                             BaruaPlan *plan,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  Applying *applying = NULL;

  g_return_if_fail (self != NULL && exporter != NULL && plan != NULL);

  g_task_set_source_tag (task, barua_hand_over_apply_async);
  /* What was done to the end is told as done, whatever was asked for meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  applying = g_new0 (Applying, 1);
  applying->hand_over = barua_hand_over_ref (self);
  applying->exporter = exporter;
  applying->plan = plan;
  g_task_set_task_data (task, applying, applying_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!barua_plan_is_empty (plan) && !barua_closed_check (exporter, self->home, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (changes_more_than_files (plan))
    /* What an earlier run has left in the keyring would be given back over this one's. */
    barua_recover_async (self->home, cancellable, on_recovered, g_object_ref (task));
  else
    compare (task);
}

char *
barua_hand_over_apply_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
