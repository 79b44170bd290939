#include "config.h"

#include "credentials/store.h"

#include "credentials/error.h"
#include "credentials/keyring-secret.h"

#define ITEM_INTERFACE "org.freedesktop.Secret.Item"
#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

/* Looking up: the secret and, for a token, its end, asked for side by side. */
typedef struct
{
  BaruaSecretKind kind;
  guint pending;
  GError *error;
  BaruaSecret *secret;
  gint64 expires;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *self = data;

  g_clear_error (&self->error);
  g_clear_pointer (&self->secret, barua_secret_unref);
  g_free (self);
}

static void
end_lookup_part (GTask *task, GError *error)
{
  Lookup *lookup = g_task_get_task_data (task);

  if (lookup->error == NULL)
    lookup->error = error;
  else
    g_clear_error (&error);
  if (--lookup->pending > 0)
    return;
  if (lookup->error != NULL)
    g_task_return_error (task, g_steal_pointer (&lookup->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_expires (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) value =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);
  g_autoptr (GVariant) attributes = NULL;
  Lookup *lookup = g_task_get_task_data (task);
  const char *text = NULL;

  if (value != NULL)
    attributes = g_variant_get_variant (value);
  if (attributes != NULL && g_variant_is_of_type (attributes, G_VARIANT_TYPE ("a{ss}")) &&
      g_variant_lookup (attributes, "expires", "&s", &text) &&
      !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &lookup->expires, NULL))
    lookup->expires = 0;
  end_lookup_part (task, error);
}

static void
on_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Lookup *lookup = g_task_get_task_data (task);

  lookup->secret = barua_keyring_read_finish (BARUA_KEYRING (source), result, &error);
  end_lookup_part (task, error);
}

static void
on_opened_for_lookup (GObject *source G_GNUC_UNUSED,
                      GAsyncResult *result,
                      gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaKeyring) keyring = barua_keyring_open_finish (result, &error);
  Lookup *lookup = g_task_get_task_data (task);
  const char *item = NULL;

  if (keyring == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  item = barua_keyring_get_items (keyring)[0];
  if (item == NULL)
    {
      g_task_return_error (
        task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_NOT_FOUND));
      return;
    }
  lookup->pending = 1;
  barua_keyring_read_async (keyring, g_task_get_cancellable (task), on_secret,
                            g_object_ref (task));
  if (lookup->kind != BARUA_SECRET_KIND_ACCESS_TOKEN)
    return;
  lookup->pending++;
  barua_keyring_call_async (
    keyring,
    &(BaruaKeyringCall){
      .path = item,
      .interface = PROPERTIES_INTERFACE,
      .method = "Get",
      .parameters = g_variant_new ("(ss)", ITEM_INTERFACE, "Attributes"),
      .reply = "(v)",
    },
    g_task_get_cancellable (task), on_expires, g_object_ref (task));
}

static void
start_lookup (GTask *task,
              const char *account,
              BaruaSecretKind kind,
              BaruaKeyringWish wish)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->kind = kind;
  g_task_set_task_data (task, lookup, lookup_free);
  barua_keyring_open_async (
    barua_store_search_attributes (account, barua_secret_kind_get_id (kind)), wish, TRUE,
    g_task_get_cancellable (task), on_opened_for_lookup, g_object_ref (task));
}

void
barua_store_lookup_async (const char *account,
                          BaruaSecretKind kind,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (account != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, barua_store_lookup_async);
  start_lookup (task, account, kind, BARUA_KEYRING_UNLOCK_ONE);
}

void
barua_store_peek_async (const char *account,
                        BaruaSecretKind kind,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (account != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, barua_store_peek_async);
  start_lookup (task, account, kind, BARUA_KEYRING_UNLOCKED);
}

BaruaSecret *
barua_store_lookup_finish (GAsyncResult *result, gint64 *expires, GError **error)
{
  Lookup *lookup = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  lookup = g_task_get_task_data (G_TASK (result));
  if (expires != NULL)
    *expires = lookup->expires;
  return g_steal_pointer (&lookup->secret);
}

void
barua_store_clear_async (const char *account,
                         BaruaSecretKind kind,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (account != NULL);
  barua_keyring_remove_async (
    barua_store_search_attributes (account, barua_secret_kind_get_id (kind)), cancellable,
    callback, user_data);
}

void
barua_store_forget_async (const char *account,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  barua_keyring_remove_async (barua_store_search_attributes (account, NULL), cancellable,
                              callback, user_data);
}

gboolean
barua_store_forget_finish (GAsyncResult *result, guint *n_forgotten, GError **error)
{
  return barua_keyring_remove_finish (result, n_forgotten, error);
}

void
barua_store_save_async (const BaruaStoreItem *item,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autofree char *label = barua_store_item_dup_label (item);
  const BaruaKeyringSave save = {
    .search = barua_store_search_attributes (item->account,
                                             barua_secret_kind_get_id (item->kind)),
    .attributes = barua_store_item_dup_attributes (item),
    .label = label,
    .secret = item->secret,
    .how = BARUA_KEYRING_SAVING_ALONE |
           (item->expires > 0 ? BARUA_KEYRING_SAVING_ATTRIBUTES : 0),
  };

  barua_keyring_save_async (&save, cancellable, callback, user_data);
}

gboolean
barua_store_save_finish (GAsyncResult *result, GError **error)
{
  return barua_keyring_save_finish (result, error);
}
