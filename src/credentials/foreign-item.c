#include "config.h"

#include "credentials/foreign-item.h"

#include "credentials/keyring-secret.h"

static GVariant *
with_schema (const BaruaForeignItem *item)
{
  g_autoptr (GVariant) attributes = g_variant_ref_sink (item->attributes);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name = NULL;
  const char *value = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", "xdg:schema", item->schema);
  g_variant_iter_init (&iter, attributes);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    g_variant_builder_add (&builder, "{ss}", name, value);
  return g_variant_builder_end (&builder);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaruaSecret *secret =
    barua_keyring_read_finish (BARUA_KEYRING (source), result, &error);

  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) barua_secret_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_opened_for_lookup (GObject *source G_GNUC_UNUSED,
                      GAsyncResult *result,
                      gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaKeyring) keyring = barua_keyring_open_finish (result, &error);

  if (keyring == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    barua_keyring_read_async (keyring, g_task_get_cancellable (task), on_read,
                              g_object_ref (task));
}

void
barua_foreign_item_lookup_async (const BaruaForeignItem *item,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_foreign_item_lookup_async);
  barua_keyring_open_async (with_schema (item), BARUA_KEYRING_UNLOCK_ONE, TRUE,
                            cancellable, on_opened_for_lookup, g_object_ref (task));
}

void
barua_foreign_item_peek_async (const BaruaForeignItem *item,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_foreign_item_peek_async);
  barua_keyring_open_async (with_schema (item), BARUA_KEYRING_UNLOCKED, TRUE, cancellable,
                            on_opened_for_lookup, g_object_ref (task));
}

BaruaSecret *
barua_foreign_item_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
barua_foreign_item_save_async (const BaruaForeignItem *item,
                               BaruaSecret *secret,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GVariant) attributes = g_variant_ref_sink (with_schema (item));
  const BaruaKeyringSave save = {
    .search = attributes,
    .attributes = attributes,
    .label = item->label != NULL ? item->label : item->schema,
    .secret = secret,
    .how = BARUA_KEYRING_SAVING_ONE,
  };

  barua_keyring_save_async (&save, cancellable, callback, user_data);
}

gboolean
barua_foreign_item_save_finish (GAsyncResult *result, GError **error)
{
  return barua_keyring_save_finish (result, error);
}

void
barua_foreign_item_delete_async (const BaruaForeignItem *item,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  barua_keyring_remove_async (with_schema (item), cancellable, callback, user_data);
}

gboolean
barua_foreign_item_delete_finish (GAsyncResult *result, guint *n_deleted, GError **error)
{
  return barua_keyring_remove_finish (result, n_deleted, error);
}
