#include "config.h"

#include "credentials/keyring-secret.h"

#include "credentials/error.h"

#include <glib/gi18n.h>

#define SERVICE_PATH "/org/freedesktop/secrets"
#define SERVICE_INTERFACE "org.freedesktop.Secret.Service"
#define COLLECTION_INTERFACE "org.freedesktop.Secret.Collection"
#define ITEM_INTERFACE "org.freedesktop.Secret.Item"
#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

/* Saving: an item that is there is changed in place, since a service may take one with
 * another "expires" for another item, and keep both. */
typedef struct
{
  BaruaKeyring *keyring;
  SecretValue *value;
  GVariant *attributes;
  char *label;
  char *collection;
  BaruaKeyringSaving how;
  gboolean unlocked;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_clear_object (&self->keyring);
  secret_value_unref (self->value);
  g_variant_unref (self->attributes);
  g_free (self->label);
  g_free (self->collection);
  g_free (self);
}

static void create_item (GTask *task);
static void find_collection (GTask *task);

static void
on_surplus_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (barua_keyring_delete_finish (BARUA_KEYRING (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
delete_surplus (GTask *task)
{
  Saving *saving = g_task_get_task_data (task);

  if ((saving->how & BARUA_KEYRING_SAVING_ALONE) == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  barua_keyring_delete_async (saving->keyring, 1, g_task_get_cancellable (task),
                              on_surplus_deleted, g_object_ref (task));
}

static void
on_attributes_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    delete_surplus (task);
}

static void
on_secret_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaruaKeyring *keyring = BARUA_KEYRING (source);
  g_autoptr (GVariant) reply = barua_keyring_call_finish (keyring, result, &error);
  Saving *saving = g_task_get_task_data (task);

  if (g_error_matches (error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    find_collection (task);
  else if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if ((saving->how & BARUA_KEYRING_SAVING_ATTRIBUTES) == 0)
    delete_surplus (task);
  else
    barua_keyring_call_async (
      keyring,
      &(BaruaKeyringCall){
        .path = barua_keyring_get_items (keyring)[0],
        .interface = PROPERTIES_INTERFACE,
        .method = "Set",
        .parameters =
          g_variant_new ("(ssv)", ITEM_INTERFACE, "Attributes", saving->attributes),
      },
      g_task_get_cancellable (task), on_attributes_set, g_object_ref (task));
}

static void
update_item (GTask *task)
{
  Saving *saving = g_task_get_task_data (task);

  /* The secret before its end: whoever looks in between takes the new token for one that
   * ended, and not the old one for one that did not. */
  barua_keyring_call_async (
    saving->keyring,
    &(BaruaKeyringCall){
      .path = barua_keyring_get_items (saving->keyring)[0],
      .interface = ITEM_INTERFACE,
      .method = "SetSecret",
      .parameters = g_variant_new (
        "(@(oayays))", barua_keyring_encrypt (saving->keyring, saving->value)),
    },
    g_task_get_cancellable (task), on_secret_set, g_object_ref (task));
}

static void
on_collection_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths =
    barua_keyring_unlock_finish (BARUA_KEYRING (source), result, &error);

  if (paths == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    create_item (task);
}

/* "/" is how the service says that there is nothing. */
static gboolean
is_nothing (GVariant *path)
{
  return g_variant_is_of_type (path, G_VARIANT_TYPE_OBJECT_PATH) &&
         g_str_equal (g_variant_get_string (path, NULL), "/");
}

static void
on_item_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaruaKeyring *keyring = BARUA_KEYRING (source);
  g_autoptr (GVariant) item = barua_keyring_call_finish (keyring, result, &error);
  Saving *saving = g_task_get_task_data (task);

  if (item != NULL)
    {
      /* The service claims to have made something, and names nothing. */
      if (is_nothing (item))
        g_task_return_error (
          task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED));
      else
        g_task_return_boolean (task, TRUE);
      return;
    }
  if (!saving->unlocked && g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                                            BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED))
    {
      saving->unlocked = TRUE;
      barua_keyring_unlock_async (keyring, (const char *[]){ saving->collection, NULL },
                                  g_task_get_cancellable (task), on_collection_unlocked,
                                  g_object_ref (task));
      return;
    }
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
create_item (GTask *task)
{
  Saving *saving = g_task_get_task_data (task);
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", ITEM_INTERFACE ".Label",
                         g_variant_new_string (saving->label));
  g_variant_builder_add (&properties, "{sv}", ITEM_INTERFACE ".Attributes",
                         saving->attributes);
  barua_keyring_call_async (
    saving->keyring,
    &(BaruaKeyringCall){
      .path = saving->collection,
      .interface = COLLECTION_INTERFACE,
      .method = "CreateItem",
      .parameters =
        g_variant_new ("(a{sv}@(oayays)b)", &properties,
                       barua_keyring_encrypt (saving->keyring, saving->value), TRUE),
      .reply = "(oo)",
      .prompts = TRUE,
    },
    g_task_get_cancellable (task), on_item_created, g_object_ref (task));
}

/* Whether @path names something. */
static gboolean
take_collection (Saving *saving, GVariant *path)
{
  if (path == NULL || !g_variant_is_of_type (path, G_VARIANT_TYPE_OBJECT_PATH) ||
      is_nothing (path))
    return FALSE;
  saving->collection = g_variant_dup_string (path, NULL);
  return TRUE;
}

static void
on_collection_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) path =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);

  if (take_collection (g_task_get_task_data (task), path))
    create_item (task);
  else if (error == NULL || g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                                             BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED))
    g_task_return_error (
      task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_EMPTY));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
create_collection (GTask *task)
{
  Saving *saving = g_task_get_task_data (task);
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", COLLECTION_INTERFACE ".Label",
                         /* Translators: the name of a new keyring, as the desktop's own
                            programs for passwords show it. */
                         g_variant_new_string (_ ("Default keyring")));
  barua_keyring_call_async (
    saving->keyring,
    &(BaruaKeyringCall){
      .path = SERVICE_PATH,
      .interface = SERVICE_INTERFACE,
      .method = "CreateCollection",
      .parameters = g_variant_new ("(a{sv}s)", &properties, "default"),
      .reply = "(oo)",
      .prompts = TRUE,
    },
    g_task_get_cancellable (task), on_collection_created, g_object_ref (task));
}

static void
on_default_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) path =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);

  if (error != NULL && !g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                                         BARUA_CREDENTIALS_ERROR_NOT_FOUND))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (take_collection (g_task_get_task_data (task), path))
    create_item (task);
  else
    create_collection (task);
}

static void
find_collection (GTask *task)
{
  Saving *saving = g_task_get_task_data (task);

  barua_keyring_call_async (saving->keyring,
                            &(BaruaKeyringCall){
                              .path = SERVICE_PATH,
                              .interface = SERVICE_INTERFACE,
                              .method = "ReadAlias",
                              .parameters = g_variant_new ("(s)", "default"),
                              .reply = "(o)",
                            },
                            g_task_get_cancellable (task), on_default_collection,
                            g_object_ref (task));
}

static void
on_opened_for_save (GObject *source G_GNUC_UNUSED,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaruaKeyring *keyring = barua_keyring_open_finish (result, &error);
  Saving *saving = g_task_get_task_data (task);

  if (keyring == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  saving->keyring = keyring;
  if (barua_keyring_get_items (keyring)[0] != NULL)
    {
      update_item (task);
      return;
    }
  find_collection (task);
}

void
barua_keyring_save_async (const BaruaKeyringSave *save,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GVariant) search = g_variant_ref_sink (save->search);
  g_autoptr (GVariant) attributes = g_variant_ref_sink (save->attributes);
  gsize length = barua_secret_get_length (save->secret);
  Saving *saving = NULL;

  g_task_set_source_tag (task, barua_keyring_save_async);
  if (length == 0 || length > BARUA_STORE_SECRET_MAX)
    {
      g_task_return_error (
        task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED));
      return;
    }
  saving = g_new0 (Saving, 1);
  saving->value =
    secret_value_new (barua_secret_peek (save->secret), (gssize) length, "text/plain");
  saving->attributes = g_steal_pointer (&attributes);
  saving->label = g_strdup (save->label);
  saving->how = save->how;
  g_task_set_task_data (task, saving, saving_free);
  barua_keyring_open_async (search,
                            (save->how & BARUA_KEYRING_SAVING_ALONE) != 0
                              ? BARUA_KEYRING_UNLOCK_ALL
                              : BARUA_KEYRING_UNLOCK_ONE,
                            TRUE, cancellable, on_opened_for_save, g_object_ref (task));
}

gboolean
barua_keyring_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaruaKeyring *keyring = BARUA_KEYRING (source);
  g_autoptr (GVariant) encrypted = barua_keyring_call_finish (keyring, result, &error);
  SecretValue *value = NULL;
  const char *bytes = NULL;
  gsize length = 0;

  if (encrypted != NULL)
    value = barua_keyring_decrypt (keyring, encrypted);
  if (value != NULL)
    bytes = secret_value_get (value, &length);
  if (length > 0 && length <= BARUA_STORE_SECRET_MAX)
    g_task_return_pointer (task, barua_secret_new (bytes, (gssize) length),
                           (GDestroyNotify) barua_secret_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error (
      task, barua_credentials_error_new (value != NULL && length == 0
                                           ? BARUA_CREDENTIALS_ERROR_NOT_FOUND
                                           : BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED));
  g_clear_pointer (&value, secret_value_unref);
}

void
barua_keyring_read_async (BaruaKeyring *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *item = barua_keyring_get_items (self)[0];

  g_task_set_source_tag (task, barua_keyring_read_async);
  if (item == NULL)
    {
      g_task_return_error (
        task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_NOT_FOUND));
      return;
    }
  barua_keyring_call_async (
    self,
    &(BaruaKeyringCall){
      .path = item,
      .interface = ITEM_INTERFACE,
      .method = "GetSecret",
      .parameters = g_variant_new ("(o)", barua_keyring_get_session (self)),
      .reply = "((oayays))",
    },
    cancellable, on_secret, g_object_ref (task));
}

BaruaSecret *
barua_keyring_read_finish (BaruaKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  guint n_removed = 0;

  if (barua_keyring_delete_finish (BARUA_KEYRING (source), result, &n_removed, &error))
    g_task_return_int (task, n_removed);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_opened_to_remove (GObject *source G_GNUC_UNUSED,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaKeyring) keyring = barua_keyring_open_finish (result, &error);

  if (keyring == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    barua_keyring_delete_async (keyring, 0, g_task_get_cancellable (task), on_removed,
                                g_object_ref (task));
}

void
barua_keyring_remove_async (GVariant *attributes,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_keyring_remove_async);
  barua_keyring_open_async (attributes, BARUA_KEYRING_UNLOCK_ALL, FALSE, cancellable,
                            on_opened_to_remove, g_object_ref (task));
}

gboolean
barua_keyring_remove_finish (GAsyncResult *result, guint *n_removed, GError **error)
{
  gssize n = 0;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n < 0)
    return FALSE;
  if (n_removed != NULL)
    *n_removed = (guint) n;
  return TRUE;
}
