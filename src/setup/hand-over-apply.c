#include "config.h"

#include "setup/hand-over.h"

#include "credentials/error.h"
#include "export/error.h"
#include "setup/closed.h"
#include "setup/desktop-setting.h"
#include "setup/export-secrets.h"
#include "setup/revert.h"

#include <glib/gi18n.h>

/* One plan on its way. */
typedef struct
{
  BaruaHandOver *hand_over;
  const BaruaExporter *exporter;
  BaruaPlan *plan;
  BaruaExportSecrets *secrets;
  GHashTable *held;
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
  if (self->secrets != NULL)
    barua_export_secrets_clear (self->secrets);
  g_free (self->secrets);
  g_hash_table_unref (self->held);
  g_clear_pointer (&self->transaction, barua_transaction_abort);
  g_free (self->id);
  g_clear_error (&self->failure);
  g_free (self);
}

static void
run_part (GTask *task, GTaskThreadFunc function, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) part = g_task_new (NULL, NULL, callback, g_object_ref (task));

  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, function);
}

static BaruaSecret *
dup_wanted (const Applying *self, const BaruaChange *change)
{
  BaruaSecret *password = self->secrets->app_password;

  if (change->wrap != NULL)
    return change->wrap (self->secrets);
  return password != NULL ? barua_secret_ref (password) : NULL;
}

static void
on_gone_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!barua_revert_finish (result, &error))
    g_debug ("A keyring item is left: %s", error->message);
  g_clear_pointer (&self->transaction, barua_transaction_abort);
  g_task_return_error (task, g_steal_pointer (&self->failure));
}

static void
go_back (GTask *task, GError *failure)
{
  Applying *self = g_task_get_task_data (task);

  self->failure = failure;
  barua_revert_async (self->plan->changes, on_gone_back, g_object_ref (task));
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
  run_part (task, commit_in_thread, on_committed);
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
  g_autoptr (BaruaSecret) wanted = dup_wanted (self, change);

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
    barua_revert_keep_async (change, g_hash_table_lookup (self->held, change),
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

/* Whether there is something to do for a change that could not be judged before. */
static gboolean
is_needed (BaruaChange *change)
{
  if (change->kind == BARUA_CHANGE_SETTING)
    return barua_desktop_setting_read (change->schema, change->key, change->value,
                                       &change->value_before) &&
           (change->value_before == NULL ||
            !g_variant_equal (change->value_before, change->value));
  if (change->kind == BARUA_CHANGE_FILE && change->sealed)
    return change->after != NULL &&
           (change->before == NULL || !g_bytes_equal (change->before, change->after));
  return TRUE;
}

static void
begin (GTask *task)
{
  Applying *self = g_task_get_task_data (task);

  for (guint i = self->plan->changes->len; i > 0; i--)
    if (!is_needed (self->plan->changes->pdata[i - 1]))
      g_ptr_array_remove_index (self->plan->changes, i - 1);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (barua_plan_is_empty (self->plan))
    g_task_return_pointer (task, NULL, NULL);
  else
    run_part (task, begin_in_thread, on_begun);
}

static void compare_next (GTask *task);

static void
on_held (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  BaruaChange *change = self->plan->changes->pdata[self->next];
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) held = barua_foreign_item_lookup_finish (result, &error);
  g_autoptr (BaruaSecret) wanted = dup_wanted (self, change);

  if (held == NULL && !g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                                        BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (held != NULL && barua_secret_equal (held, wanted))
    g_ptr_array_remove_index (self->plan->changes, self->next);
  else
    {
      if (held != NULL)
        {
          change->former = g_uuid_string_random ();
          g_hash_table_insert (self->held, change, g_steal_pointer (&held));
        }
      self->next++;
    }
  compare_next (task);
}

/* Takes out what the keyring holds already, or what there is no secret for. */
static void
compare_next (GTask *task)
{
  Applying *self = g_task_get_task_data (task);
  GPtrArray *changes = self->plan->changes;

  while (self->next < changes->len)
    {
      const BaruaChange *change = changes->pdata[self->next];
      const BaruaForeignItem item = barua_revert_get_item (change);
      g_autoptr (BaruaSecret) wanted = NULL;

      if (change->kind == BARUA_CHANGE_KEYRING)
        wanted = dup_wanted (self, change);
      if (wanted != NULL)
        {
          barua_foreign_item_lookup_async (&item, g_task_get_cancellable (task), on_held,
                                           g_object_ref (task));
          return;
        }
      if (change->kind == BARUA_CHANGE_KEYRING)
        g_ptr_array_remove_index (changes, self->next);
      else
        self->next++;
    }
  begin (task);
}

static void
seal_in_thread (GTask *task,
                gpointer source G_GNUC_UNUSED,
                gpointer data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
  Applying *self = data;
  GError *error = NULL;

  if (self->exporter->seal (self->plan, self->hand_over->request, self->hand_over->home,
                            self->secrets, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_sealed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    compare_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
has_sealed (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    if (((const BaruaChange *) plan->changes->pdata[i])->sealed)
      return TRUE;
  return FALSE;
}

static void
on_secrets (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Applying *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->secrets = barua_export_secrets_gather_finish (result, &error);
  if (self->secrets == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (has_sealed (self->plan) && self->exporter->seal != NULL)
    run_part (task, seal_in_thread, on_sealed);
  else
    compare_next (task);
}

static gboolean
needs_secrets (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    if (((const BaruaChange *) plan->changes->pdata[i])->kind == BARUA_CHANGE_KEYRING)
      return TRUE;
  return has_sealed (plan);
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
  applying->held =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) barua_secret_unref);
  g_task_set_task_data (task, applying, applying_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!barua_plan_is_empty (plan) && !barua_closed_check (exporter, self->home, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (needs_secrets (plan))
    barua_export_secrets_gather_async (self->request->account, cancellable, on_secrets,
                                       g_object_ref (task));
  else
    compare_next (task);
}

char *
barua_hand_over_apply_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
