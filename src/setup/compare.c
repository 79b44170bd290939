#include "config.h"

#include "setup/compare.h"

#include "credentials/error.h"
#include "setup/closed.h"
#include "setup/desktop-setting.h"
#include "setup/export-secrets.h"
#include "setup/revert.h"

typedef struct
{
  BaruaCompareSetup setup;
  BaruaComparison *comparison;
  guint next;
} Comparing;

void
barua_comparison_free (BaruaComparison *self)
{
  g_return_if_fail (self != NULL);

  if (self->secrets != NULL)
    barua_export_secrets_clear (self->secrets);
  g_free (self->secrets);
  g_hash_table_unref (self->held);
  g_free (self);
}

static void
comparing_free (gpointer data)
{
  Comparing *self = data;

  barua_hand_over_unref (self->setup.hand_over);
  g_clear_pointer (&self->comparison, barua_comparison_free);
  g_free (self);
}

BaruaSecret *
barua_comparison_dup_wanted (const BaruaComparison *self, const BaruaChange *change)
{
  BaruaSecret *password = self->secrets->app_password;

  if (change->wrap != NULL)
    return change->wrap (self->secrets);
  return password != NULL ? barua_secret_ref (password) : NULL;
}

static gboolean
is_setting_needed (BaruaChange *change)
{
  g_clear_pointer (&change->value_before, g_variant_unref);
  return barua_desktop_setting_read (change->schema, change->key, change->value,
                                     &change->value_before) &&
         (change->value_before == NULL ||
          !g_variant_equal (change->value_before, change->value));
}

static gboolean
is_needed (BaruaChange *change, gboolean to_apply)
{
  if (change->kind == BARUA_CHANGE_SETTING)
    return is_setting_needed (change);
  if (change->kind != BARUA_CHANGE_FILE || !change->sealed)
    return TRUE;
  if (change->after == NULL)
    return !to_apply;
  return change->before == NULL || !g_bytes_equal (change->before, change->after);
}

static void
conclude (GTask *task)
{
  Comparing *self = g_task_get_task_data (task);
  GPtrArray *changes = self->setup.plan->changes;

  for (guint i = changes->len; i > 0; i--)
    if (!is_needed (changes->pdata[i - 1], self->setup.to_apply))
      g_ptr_array_remove_index (changes, i - 1);
  g_task_return_pointer (task, g_steal_pointer (&self->comparison),
                         (GDestroyNotify) barua_comparison_free);
}

static void compare_next (GTask *task);

static void
note_former (Comparing *self, BaruaChange *change, BaruaSecret *held)
{
  if (!self->setup.to_apply)
    return;
  g_free (change->former);
  change->former = g_uuid_string_random ();
  g_hash_table_insert (self->comparison->held, change, barua_secret_ref (held));
}

static void
on_held (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Comparing *self = g_task_get_task_data (task);
  BaruaChange *change = self->setup.plan->changes->pdata[self->next];
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) held = barua_foreign_item_lookup_finish (result, &error);
  g_autoptr (BaruaSecret) wanted = barua_comparison_dup_wanted (self->comparison, change);

  if (held == NULL && self->setup.to_apply &&
      !g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                        BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (held != NULL && barua_secret_equal (held, wanted))
    g_ptr_array_remove_index (self->setup.plan->changes, self->next);
  else
    {
      if (held != NULL)
        note_former (self, change, held);
      self->next++;
    }
  compare_next (task);
}

static void
look_up (GTask *task, const BaruaChange *change)
{
  Comparing *self = g_task_get_task_data (task);
  const BaruaForeignItem item = barua_revert_get_item (change);

  if (self->setup.to_apply)
    barua_foreign_item_lookup_async (&item, g_task_get_cancellable (task), on_held,
                                     g_object_ref (task));
  else
    barua_foreign_item_peek_async (&item, g_task_get_cancellable (task), on_held,
                                   g_object_ref (task));
}

static void
compare_next (GTask *task)
{
  Comparing *self = g_task_get_task_data (task);
  GPtrArray *changes = self->setup.plan->changes;

  if (g_task_return_error_if_cancelled (task))
    return;
  while (self->next < changes->len)
    {
      const BaruaChange *change = changes->pdata[self->next];
      g_autoptr (BaruaSecret) wanted = NULL;

      if (change->kind == BARUA_CHANGE_KEYRING)
        wanted = barua_comparison_dup_wanted (self->comparison, change);
      if (wanted != NULL)
        {
          look_up (task, change);
          return;
        }
      if (change->kind == BARUA_CHANGE_KEYRING)
        g_ptr_array_remove_index (changes, self->next);
      else
        self->next++;
    }
  conclude (task);
}

static void
seal_in_thread (GTask *task,
                gpointer source G_GNUC_UNUSED,
                gpointer data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
  const Comparing *self = data;
  const BaruaHandOver *hand_over = self->setup.hand_over;
  GError *error = NULL;

  if (self->setup.exporter->seal (self->setup.plan, hand_over->request, hand_over->home,
                                  self->comparison->secrets, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_sealed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Comparing *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error) || !self->setup.to_apply)
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

/* The store of a program that runs may be half written: it is only looked into to apply,
 * and then the program is closed. */
static gboolean
can_seal (const Comparing *self)
{
  return has_sealed (self->setup.plan) && self->setup.exporter->seal != NULL &&
         (self->setup.to_apply ||
          barua_closed_check (self->setup.exporter, self->setup.hand_over->home, NULL));
}

static void
on_secrets (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) part = NULL;
  Comparing *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->comparison->secrets = barua_export_secrets_gather_finish (result, &error);
  if (self->comparison->secrets == NULL)
    {
      if (self->setup.to_apply ||
          g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_task_return_error (task, g_steal_pointer (&error));
      else
        conclude (task);
      return;
    }
  if (!can_seal (self))
    {
      compare_next (task);
      return;
    }
  part = g_task_new (NULL, NULL, on_sealed, g_object_ref (task));
  g_task_set_task_data (part, self, NULL);
  g_task_run_in_thread (part, seal_in_thread);
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
barua_compare_async (const BaruaCompareSetup *setup,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Comparing *self = g_new0 (Comparing, 1);

  g_task_set_source_tag (task, barua_compare_async);
  self->setup = *setup;
  barua_hand_over_ref (setup->hand_over);
  self->comparison = g_new0 (BaruaComparison, 1);
  self->comparison->held =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) barua_secret_unref);
  g_task_set_task_data (task, self, comparing_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (needs_secrets (setup->plan))
    barua_export_secrets_gather_async (setup->hand_over->request->account, cancellable,
                                       on_secrets, g_object_ref (task));
  else
    conclude (task);
}

BaruaComparison *
barua_compare_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_compared (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaComparison) comparison = barua_compare_finish (result, &error);

  if (comparison != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
barua_hand_over_compare_async (BaruaHandOver *self,
                               const BaruaExporter *exporter,
                               BaruaPlan *plan,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const BaruaCompareSetup setup = { self, exporter, plan, FALSE };

  g_return_if_fail (self != NULL && exporter != NULL && plan != NULL);

  g_task_set_source_tag (task, barua_hand_over_compare_async);
  barua_compare_async (&setup, cancellable, on_compared, g_object_ref (task));
}

gboolean
barua_hand_over_compare_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
