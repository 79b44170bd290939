#include "config.h"

#include "setup/repair.h"

#include "export/audit.h"
#include "setup/closed.h"
#include "setup/recover.h"

#include <string.h>

/* @left: how many faults there are after mending. */
typedef struct
{
  BaruaHome *home;
  GPtrArray *exporters;
  BaruaRepair *repair;
  guint left;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  barua_home_free (self->home);
  g_clear_pointer (&self->exporters, g_ptr_array_unref);
  g_free (self);
}

void
barua_repair_free (BaruaRepair *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->faults);
  g_clear_pointer (&self->plan, barua_plan_free);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
barua_repair_can_look (const BaruaExporter *exporter)
{
  g_return_val_if_fail (exporter != NULL, FALSE);

  return exporter->audit != NULL;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const BaruaFault *first = *(const BaruaFault *const *) a;
  const BaruaFault *second = *(const BaruaFault *const *) b;
  int files = strcmp (first->file, second->file);

  if (files != 0 || first->line == second->line)
    return files;
  return first->line < second->line ? -1 : 1;
}

static GPtrArray *
find_faults (const BaruaExporter *exporter, const BaruaHome *home)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);

  exporter->audit (home, faults);
  g_ptr_array_sort (faults, compare_places);
  return faults;
}

static void
look_at (GPtrArray *repairs, const BaruaExporter *exporter, const BaruaHome *home)
{
  g_autoptr (GPtrArray) faults = find_faults (exporter, home);
  BaruaRepair *repair = NULL;

  if (faults->len == 0)
    return;
  repair = g_new0 (BaruaRepair, 1);
  repair->exporter = exporter;
  repair->plan = barua_audit_plan (exporter->id, faults, home, &repair->error);
  repair->faults = g_steal_pointer (&faults);
  g_ptr_array_add (repairs, repair);
}

static void
look_in_thread (GTask *task,
                gpointer source G_GNUC_UNUSED,
                gpointer data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
  const Work *self = data;
  GPtrArray *repairs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_repair_free);

  for (guint i = 0; i < self->exporters->len; i++)
    look_at (repairs, self->exporters->pdata[i], self->home);
  g_task_return_pointer (task, repairs, (GDestroyNotify) g_ptr_array_unref);
}

static void
on_recovered (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  /* A repair has no part in the keyring: what is left there may stay. */
  g_autoptr (GPtrArray) taken_back = barua_recover_finish (result, NULL, &error);

  if (taken_back == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_task_return_error_if_cancelled (task))
    g_task_run_in_thread (task, look_in_thread);
}

static GPtrArray *
choose (const GPtrArray *exporters)
{
  const BaruaExporter *const *all = barua_exporters ();
  GPtrArray *chosen = g_ptr_array_new ();

  for (gsize i = 0; all[i] != NULL; i++)
    if (barua_repair_can_look (all[i]) &&
        (exporters == NULL || g_ptr_array_find ((GPtrArray *) exporters, all[i], NULL)))
      g_ptr_array_add (chosen, (gpointer) all[i]);
  return chosen;
}

void
barua_repair_look_async (const BaruaHome *home,
                         const GPtrArray *exporters,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *self = NULL;

  g_return_if_fail (home != NULL);

  g_task_set_source_tag (task, barua_repair_look_async);
  self = g_new0 (Work, 1);
  self->home = barua_home_copy (home);
  self->exporters = choose (exporters);
  g_task_set_task_data (task, self, work_free);
  if (!g_task_return_error_if_cancelled (task))
    barua_recover_async (home, cancellable, on_recovered, g_object_ref (task));
}

GPtrArray *
barua_repair_look_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
apply (const Work *self, GError **error)
{
  BaruaTransaction *transaction =
    barua_transaction_begin (self->repair->plan, self->home, NULL, error);
  g_autofree char *id = NULL;

  if (transaction == NULL)
    return NULL;
  id = g_strdup (barua_transaction_get_id (transaction));
  return barua_transaction_commit (transaction, error) ? g_steal_pointer (&id) : NULL;
}

static void
apply_in_thread (GTask *task,
                 gpointer source G_GNUC_UNUSED,
                 gpointer data,
                 GCancellable *cancellable G_GNUC_UNUSED)
{
  Work *self = data;
  GError *error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) left = NULL;

  if (!barua_plan_is_empty (self->repair->plan))
    id = apply (self, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  left = find_faults (self->repair->exporter, self->home);
  self->left = left->len;
  g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

void
barua_repair_apply_async (const BaruaHome *home,
                          BaruaRepair *repair,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  Work *self = NULL;

  g_return_if_fail (home != NULL && repair != NULL && repair->plan != NULL);

  g_task_set_source_tag (task, barua_repair_apply_async);
  /* What was done to the end is told as done, whatever was asked for meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Work, 1);
  self->home = barua_home_copy (home);
  self->repair = repair;
  g_task_set_task_data (task, self, work_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!barua_plan_is_empty (repair->plan) &&
      !barua_closed_check (repair->exporter, home, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_run_in_thread (task, apply_in_thread);
}

char *
barua_repair_apply_finish (GAsyncResult *result, guint *left, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *id = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL) && left != NULL, NULL);

  id = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    *left = ((const Work *) g_task_get_task_data (G_TASK (result)))->left;
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return id;
}
