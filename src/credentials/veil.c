#include "config.h"

#include "credentials/veil.h"

#include "credentials/error.h"

#define SERVICE_PATH "/org/freedesktop/secrets"
#define SERVICE_INTERFACE "org.freedesktop.Secret.Service"
#define COLLECTION_INTERFACE "org.freedesktop.Secret.Collection"
#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

/* A service that does not say is taken at its word: it found nothing. */
static void
return_for (GTask *task, GError *error)
{
  g_autoptr (GError) owned = error;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (owned, BARUA_CREDENTIALS_ERROR,
                       BARUA_CREDENTIALS_ERROR_KEYRING_GONE))
    g_task_return_error (task, g_steal_pointer (&owned));
  else
    g_task_return_pointer (task, NULL, NULL);
}

/* One by one: a locked collection may refuse some of its properties. */
static void
get_property (GTask *task, const char *property, GAsyncReadyCallback callback)
{
  barua_keyring_call_async (
    g_task_get_source_object (task),
    &(BaruaKeyringCall){
      .path = g_task_get_task_data (task),
      .interface = PROPERTIES_INTERFACE,
      .method = "Get",
      .parameters = g_variant_new ("(ss)", COLLECTION_INTERFACE, property),
      .reply = "(v)",
    },
    g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
on_items (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) value =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);
  g_autoptr (GVariant) items = value != NULL ? g_variant_get_variant (value) : NULL;

  if (items != NULL && g_variant_is_of_type (items, G_VARIANT_TYPE_OBJECT_PATH_ARRAY) &&
      g_variant_n_children (items) == 0)
    g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
  else
    return_for (task, error);
}

static void
on_locked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) value =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);
  g_autoptr (GVariant) locked = value != NULL ? g_variant_get_variant (value) : NULL;

  if (locked != NULL && g_variant_is_of_type (locked, G_VARIANT_TYPE_BOOLEAN) &&
      g_variant_get_boolean (locked))
    get_property (task, "Items", on_items);
  else
    return_for (task, error);
}

static void
on_default (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) path =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);
  const char *collection = NULL;

  if (path != NULL && g_variant_is_of_type (path, G_VARIANT_TYPE_OBJECT_PATH))
    collection = g_variant_get_string (path, NULL);
  if (collection == NULL || g_str_equal (collection, "/"))
    {
      return_for (task, error);
      return;
    }
  g_task_set_task_data (task, g_strdup (collection), g_free);
  get_property (task, "Locked", on_locked);
}

void
barua_veil_look_async (BaruaKeyring *keyring,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (keyring, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_veil_look_async);
  barua_keyring_call_async (keyring,
                            &(BaruaKeyringCall){
                              .path = SERVICE_PATH,
                              .interface = SERVICE_INTERFACE,
                              .method = "ReadAlias",
                              .parameters = g_variant_new ("(s)", "default"),
                              .reply = "(o)",
                            },
                            cancellable, on_default, g_steal_pointer (&task));
}

char *
barua_veil_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
