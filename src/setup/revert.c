#include "config.h"

#include "setup/revert.h"

#include "credentials/error.h"
#include "setup/desktop-setting.h"

#include <glib/gi18n.h>

/* From the last change to the first. */
typedef struct
{
  GPtrArray *changes;
  guint left;
  gboolean has_settings;
  BaruaSecret *former;
  GError *error;
} Reverting;

static void
reverting_free (gpointer data)
{
  Reverting *self = data;

  g_ptr_array_unref (self->changes);
  g_clear_pointer (&self->former, barua_secret_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static Reverting *
reverting_new (GPtrArray *changes)
{
  Reverting *self = g_new0 (Reverting, 1);

  self->changes = g_ptr_array_ref (changes);
  self->left = changes->len;
  return self;
}

BaruaForeignItem
barua_revert_get_item (const BaruaChange *change)
{
  return (BaruaForeignItem){ change->schema, change->label, change->attributes };
}

static BaruaForeignItem
former_item (const BaruaChange *change, const char *label)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", "service", "barua-former");
  g_variant_builder_add (&builder, "{ss}", "name", change->former);
  return (BaruaForeignItem){ BARUA_FORMER_SCHEMA, label,
                             g_variant_builder_end (&builder) };
}

void
barua_revert_keep_async (const BaruaChange *change,
                         BaruaSecret *secret,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autofree char *label = g_strdup_printf (
    /* Translators: the name of an item in the keyring; %s is the name of another one. */
    _ ("%s, as it was before Barua changed it"), change->label);
  const BaruaForeignItem item = former_item (change, label);

  barua_foreign_item_save_async (&item, secret, cancellable, callback, user_data);
}

static BaruaChange *
current (GTask *task)
{
  Reverting *reverting = g_task_get_task_data (task);

  return reverting->changes->pdata[reverting->left];
}

static void revert_next (GTask *task);

static void
go_on (GTask *task, GError *error)
{
  Reverting *reverting = g_task_get_task_data (task);

  if (reverting->error == NULL)
    reverting->error = error;
  else
    g_clear_error (&error);
  revert_next (task);
}

static void
on_deleted (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  (void) barua_foreign_item_delete_finish (result, NULL, &error);
  go_on (task, error);
}

static void
forget_former (GTask *task)
{
  const BaruaForeignItem former = former_item (current (task), NULL);

  barua_foreign_item_delete_async (&former, NULL, on_deleted, g_object_ref (task));
}

static void
on_given_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (barua_foreign_item_save_finish (result, &error))
    forget_former (task);
  else
    go_on (task, error);
}

static void
on_held (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reverting *reverting = g_task_get_task_data (task);
  const BaruaForeignItem item = barua_revert_get_item (current (task));
  g_autoptr (BaruaSecret) former = g_steal_pointer (&reverting->former);
  g_autoptr (BaruaSecret) held = barua_foreign_item_lookup_finish (result, NULL);

  /* It was not overwritten yet, or has its own again. */
  if (held != NULL && barua_secret_equal (held, former))
    forget_former (task);
  else
    barua_foreign_item_save_async (&item, former, NULL, on_given_back,
                                   g_object_ref (task));
}

static void
on_former (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reverting *reverting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  const BaruaForeignItem item = barua_revert_get_item (current (task));

  reverting->former = barua_foreign_item_lookup_finish (result, &error);
  if (reverting->former != NULL)
    barua_foreign_item_lookup_async (&item, NULL, on_held, g_object_ref (task));
  else if (g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                            BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    go_on (task, NULL);
  else
    go_on (task, g_steal_pointer (&error));
}

static void
revert_item (GTask *task)
{
  const BaruaChange *change = current (task);
  BaruaForeignItem item = barua_revert_get_item (change);

  if (change->former == NULL)
    {
      barua_foreign_item_delete_async (&item, NULL, on_deleted, g_object_ref (task));
      return;
    }
  item = former_item (change, NULL);
  barua_foreign_item_lookup_async (&item, NULL, on_former, g_object_ref (task));
}

static void
return_reverted (GTask *task)
{
  Reverting *reverting = g_task_get_task_data (task);

  if (reverting->error != NULL)
    g_task_return_error (task, g_steal_pointer (&reverting->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_synced (GObject *source G_GNUC_UNUSED,
           GAsyncResult *result G_GNUC_UNUSED,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  return_reverted (task);
}

static void
sync_in_thread (GTask *task,
                gpointer source G_GNUC_UNUSED,
                gpointer data G_GNUC_UNUSED,
                GCancellable *cancellable G_GNUC_UNUSED)
{
  g_settings_sync ();
  g_task_return_boolean (task, TRUE);
}

static void
revert_next (GTask *task)
{
  Reverting *reverting = g_task_get_task_data (task);
  g_autoptr (GTask) part = NULL;

  while (reverting->left > 0)
    {
      const BaruaChange *change = reverting->changes->pdata[--reverting->left];

      if (change->kind == BARUA_CHANGE_KEYRING)
        {
          revert_item (task);
          return;
        }
      if (change->kind != BARUA_CHANGE_SETTING)
        continue;
      barua_desktop_setting_write (change->schema, change->key, change->value_before);
      reverting->has_settings = TRUE;
    }
  if (!reverting->has_settings)
    {
      return_reverted (task);
      return;
    }
  part = g_task_new (NULL, NULL, on_synced, g_object_ref (task));
  g_task_run_in_thread (part, sync_in_thread);
}

void
barua_revert_async (GPtrArray *changes, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, barua_revert_async);
  g_task_set_task_data (task, reverting_new (changes), reverting_free);
  revert_next (task);
}

gboolean
barua_revert_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void probe_next (GTask *task);

static void
on_probed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) secret = barua_foreign_item_lookup_finish (result, &error);

  if (secret != NULL ||
      g_error_matches (error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    probe_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
probe_next (GTask *task)
{
  Reverting *reverting = g_task_get_task_data (task);

  while (reverting->left > 0)
    {
      const BaruaChange *change = reverting->changes->pdata[--reverting->left];
      const BaruaForeignItem item = barua_revert_get_item (change);

      if (change->kind != BARUA_CHANGE_KEYRING)
        continue;
      barua_foreign_item_lookup_async (&item, g_task_get_cancellable (task), on_probed,
                                       g_object_ref (task));
      return;
    }
  g_task_return_boolean (task, TRUE);
}

void
barua_revert_probe_async (GPtrArray *changes,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_revert_probe_async);
  g_task_set_task_data (task, reverting_new (changes), reverting_free);
  probe_next (task);
}

gboolean
barua_revert_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
