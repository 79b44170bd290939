#include "config.h"

#include "credentials/keyring.h"

#include "credentials/bus.h"
#include "credentials/error.h"
#include "credentials/prompt.h"
#include "credentials/session-guard.h"
#include "credentials/veil.h"

#define SERVICE_PATH "/org/freedesktop/secrets"
#define SERVICE_INTERFACE "org.freedesktop.Secret.Service"
#define SESSION_INTERFACE "org.freedesktop.Secret.Session"

/*
 * libsecret's own class asks for properties, watches signals and starts the service with
 * a call of its own: three round trips that nothing here needs.
 */
typedef struct
{
  SecretService parent_instance;
} LeanService;

typedef struct
{
  SecretServiceClass parent_class;
} LeanServiceClass;

static GType lean_service_get_type (void);
G_DEFINE_TYPE (LeanService, lean_service, SECRET_TYPE_SERVICE)

static GObject *
lean_service_constructor (GType type,
                          guint n_properties,
                          GObjectConstructParam *properties)
{
  GObject *object = G_OBJECT_CLASS (lean_service_parent_class)
                      ->constructor (type, n_properties, properties);

  g_object_set (object, "g-flags",
                G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES |
                  G_DBUS_PROXY_FLAGS_DO_NOT_CONNECT_SIGNALS |
                  G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START_AT_CONSTRUCTION,
                NULL);
  return object;
}

static void
lean_service_class_init (LeanServiceClass *class)
{
  G_OBJECT_CLASS (class)->constructor = lean_service_constructor;
}

static void
lean_service_init (LeanService *self G_GNUC_UNUSED)
{
}

/* KeePassXC asks for the password of its database before it answers a search, and not
 * with a question of its own: a person may take that long to type it. */
#define SEARCH_MS (5 * 60 * 1000)

struct _BaruaKeyring
{
  GObject parent_instance;
  SecretService *service;
  char **items;
};

G_DEFINE_FINAL_TYPE (BaruaKeyring, barua_keyring, G_TYPE_OBJECT)

static GDBusConnection *
get_connection (BaruaKeyring *self)
{
  return g_dbus_proxy_get_connection (G_DBUS_PROXY (self->service));
}

/* Both may be NULL until the service was started by the first call. */
static char *
dup_owner (BaruaKeyring *self)
{
  char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (self->service));

  return owner != NULL ? owner
                       : g_strdup (g_dbus_proxy_get_name (G_DBUS_PROXY (self->service)));
}

static void
close_session (BaruaKeyring *self)
{
  const char *session = secret_service_get_session_dbus_path (self->service);
  GDBusConnection *connection = get_connection (self);

  /* Nobody waits for it: the service also ends sessions with our connection. */
  if (session != NULL && !g_dbus_connection_is_closed (connection))
    g_dbus_connection_call (connection,
                            g_dbus_proxy_get_name (G_DBUS_PROXY (self->service)), session,
                            SESSION_INTERFACE, "Close", NULL, NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

static void
barua_keyring_finalize (GObject *object)
{
  BaruaKeyring *self = BARUA_KEYRING (object);

  if (self->service != NULL)
    close_session (self);
  g_clear_object (&self->service);
  g_strfreev (self->items);
  G_OBJECT_CLASS (barua_keyring_parent_class)->finalize (object);
}

static void
barua_keyring_class_init (BaruaKeyringClass *class)
{
  G_OBJECT_CLASS (class)->finalize = barua_keyring_finalize;
}

static void
barua_keyring_init (BaruaKeyring *self)
{
  self->items = g_new0 (char *, 1);
}

const char *const *
barua_keyring_get_items (BaruaKeyring *self)
{
  return (const char *const *) self->items;
}

GVariant *
barua_keyring_encrypt (BaruaKeyring *self, SecretValue *value)
{
  return secret_service_encode_dbus_secret (self->service, value);
}

SecretValue *
barua_keyring_decrypt (BaruaKeyring *self, GVariant *secret)
{
  return secret_service_decode_dbus_secret (self->service, secret);
}

const char *
barua_keyring_get_session (BaruaKeyring *self)
{
  return secret_service_get_session_dbus_path (self->service);
}

static void
on_prompted (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = barua_prompt_finish (result, &error);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&answer),
                           (GDestroyNotify) g_variant_unref);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  gsize n_values = 0;

  if (reply == NULL)
    {
      g_task_return_error (
        task, barua_credentials_error_from_keyring (g_steal_pointer (&error)));
      return;
    }
  n_values = g_variant_n_children (reply);
  if (GPOINTER_TO_INT (g_task_get_task_data (task)))
    {
      g_autoptr (GVariant) path = g_variant_get_child_value (reply, n_values - 1);
      g_autofree char *owner = dup_owner (g_task_get_source_object (task));

      if (!g_str_equal (g_variant_get_string (path, NULL), "/"))
        {
          barua_prompt_async (
            G_DBUS_CONNECTION (source), owner, g_variant_get_string (path, NULL),
            g_task_get_cancellable (task), on_prompted, g_object_ref (task));
          return;
        }
    }
  g_task_return_pointer (
    task, n_values > 0 ? g_variant_get_child_value (reply, 0) : g_steal_pointer (&reply),
    (GDestroyNotify) g_variant_unref);
}

void
barua_keyring_call_async (BaruaKeyring *self,
                          const BaruaKeyringCall *call,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_keyring_call_async);
  g_task_set_task_data (task, GINT_TO_POINTER (call->prompts), NULL);
  g_dbus_connection_call (
    get_connection (self), g_dbus_proxy_get_name (G_DBUS_PROXY (self->service)),
    call->path, call->interface, call->method, call->parameters,
    call->reply != NULL ? G_VARIANT_TYPE (call->reply) : NULL, G_DBUS_CALL_FLAGS_NONE, -1,
    cancellable, on_answered, g_object_ref (task));
}

GVariant *
barua_keyring_call_finish (BaruaKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) paths =
    barua_keyring_call_finish (BARUA_KEYRING (source), result, &error);

  if (paths == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_variant_is_of_type (paths, G_VARIANT_TYPE ("ao")) ||
           g_variant_n_children (paths) == 0)
    g_task_return_error (
      task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED));
  else
    g_task_return_pointer (task, g_variant_dup_objv (paths, NULL),
                           (GDestroyNotify) g_strfreev);
}

void
barua_keyring_unlock_async (BaruaKeyring *self,
                            const char *const *paths,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const BaruaKeyringCall call = {
    .path = SERVICE_PATH,
    .interface = SERVICE_INTERFACE,
    .method = "Unlock",
    .parameters = g_variant_new ("(@ao)", g_variant_new_objv (paths, -1)),
    .reply = "(aoo)",
    .prompts = TRUE,
  };

  g_task_set_source_tag (task, barua_keyring_unlock_async);
  barua_keyring_call_async (self, &call, cancellable, on_unlocked, g_object_ref (task));
}

char **
barua_keyring_unlock_finish (BaruaKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Looking for items and agreeing on a key go on side by side. */
typedef struct
{
  GDBusConnection *connection;
  BaruaKeyring *keyring;
  GVariant *attributes;
  BaruaKeyringWish wish;
  gboolean session;
  gboolean searched_twice;
  guint guard;
  guint pending;
  GError *error;
  char **locked;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_clear_object (&self->keyring);
  g_clear_object (&self->connection);
  g_variant_unref (self->attributes);
  g_clear_error (&self->error);
  g_strfreev (self->locked);
  g_free (self);
}

static void
add_items (BaruaKeyring *self, const char *const *more)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) self->items);
  g_strv_builder_addv (builder, (const char **) more);
  g_strfreev (self->items);
  self->items = g_strv_builder_end (builder);
}

static void
return_keyring (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&opening->keyring), g_object_unref);
}

static void
on_items_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaruaKeyring *keyring = BARUA_KEYRING (source);
  g_auto (GStrv) unlocked = barua_keyring_unlock_finish (keyring, result, &error);
  Opening *opening = g_task_get_task_data (task);

  if (unlocked == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* What comes back may be the collections in place of the items. */
  add_items (keyring, (const char *const *) opening->locked);
  return_keyring (task);
}

static void search (GTask *task);

static void
on_veil_lifted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths =
    barua_keyring_unlock_finish (BARUA_KEYRING (source), result, &error);
  Opening *opening = g_task_get_task_data (task);

  if (paths == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  opening->pending = 1;
  opening->searched_twice = TRUE;
  search (task);
}

static void
on_veil (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BaruaKeyring *keyring = BARUA_KEYRING (source);
  g_autofree char *collection = barua_veil_finish (result, &error);
  const Opening *opening = g_task_get_task_data (task);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (collection == NULL)
    return_keyring (task);
  else if (opening->wish == BARUA_KEYRING_UNLOCKED)
    g_task_return_error (
      task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED));
  else
    barua_keyring_unlock_async (keyring, (const char *[]){ collection, NULL },
                                g_task_get_cancellable (task), on_veil_lifted,
                                g_object_ref (task));
}

static void
reach_items (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  const char *const *locked = (const char *const *) opening->locked;
  gboolean some = opening->keyring->items[0] != NULL;

  if (opening->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&opening->error));
      return;
    }
  if (!some && locked[0] == NULL && !opening->searched_twice)
    {
      barua_veil_look_async (opening->keyring, g_task_get_cancellable (task), on_veil,
                             g_object_ref (task));
      return;
    }
  if (locked[0] == NULL || (some && opening->wish != BARUA_KEYRING_UNLOCK_ALL))
    return_keyring (task);
  else if (opening->wish == BARUA_KEYRING_UNLOCKED)
    g_task_return_error (
      task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED));
  else
    barua_keyring_unlock_async (opening->keyring, locked, g_task_get_cancellable (task),
                                on_items_unlocked, g_object_ref (task));
}

static void
end_part (GTask *task, GError *error)
{
  Opening *opening = g_task_get_task_data (task);

  if (opening->error == NULL)
    opening->error = error;
  else
    g_clear_error (&error);
  if (--opening->pending == 0)
    reach_items (task);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  Opening *opening = g_task_get_task_data (task);

  if (reply == NULL)
    {
      end_part (task, barua_credentials_error_from_keyring (error));
      return;
    }
  g_clear_pointer (&opening->keyring->items, g_strfreev);
  g_clear_pointer (&opening->locked, g_strfreev);
  g_variant_get (reply, "(^ao^ao)", &opening->keyring->items, &opening->locked);
  end_part (task, NULL);
}

static void
search (GTask *task)
{
  const Opening *opening = g_task_get_task_data (task);

  g_dbus_connection_call (
    get_connection (opening->keyring),
    g_dbus_proxy_get_name (G_DBUS_PROXY (opening->keyring->service)), SERVICE_PATH,
    SERVICE_INTERFACE, "SearchItems", g_variant_new ("(@a{ss})", opening->attributes),
    G_VARIANT_TYPE ("(aoao)"), G_DBUS_CALL_FLAGS_NONE, SEARCH_MS,
    g_task_get_cancellable (task), on_searched, g_object_ref (task));
}

static void
on_session (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SecretService *service = SECRET_SERVICE (source);
  const Opening *opening = g_task_get_task_data (task);

  barua_session_guard_remove (get_connection (opening->keyring), opening->guard);
  if (!secret_service_ensure_session_finish (service, result, &error))
    error = barua_credentials_error_from_keyring (error);
  else if (g_strcmp0 (secret_service_get_session_algorithms (service), "plain") == 0)
    error = barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_PLAIN);
  end_part (task, error);
}

static void
on_service (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) service =
    g_async_initable_new_finish (G_ASYNC_INITABLE (source), result, &error);
  Opening *opening = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (service == NULL)
    {
      g_task_return_error (
        task, barua_credentials_error_from_keyring (g_steal_pointer (&error)));
      return;
    }
  opening->keyring = g_object_new (BARUA_TYPE_KEYRING, NULL);
  opening->keyring->service = SECRET_SERVICE (g_steal_pointer (&service));
  opening->pending = opening->session ? 2 : 1;
  search (task);
  if (!opening->session)
    return;
  opening->guard = barua_session_guard_add (get_connection (opening->keyring));
  secret_service_ensure_session (opening->keyring->service, cancellable, on_session,
                                 g_object_ref (task));
}

static void
on_bus (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Opening *opening = g_task_get_task_data (task);

  opening->connection = barua_bus_finish (result, &error);
  if (opening->connection == NULL)
    g_task_return_error (task,
                         barua_credentials_error_from_keyring (g_steal_pointer (&error)));
  else
    g_async_initable_new_async (lean_service_get_type (), G_PRIORITY_DEFAULT,
                                g_task_get_cancellable (task), on_service,
                                g_object_ref (task), "flags", SECRET_SERVICE_NONE, NULL);
}

void
barua_keyring_open_async (GVariant *attributes,
                          BaruaKeyringWish wish,
                          gboolean session,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->attributes = g_variant_ref_sink (attributes);
  opening->wish = wish;
  opening->session = session;
  g_task_set_source_tag (task, barua_keyring_open_async);
  g_task_set_task_data (task, opening, opening_free);
  barua_bus_async (cancellable, on_bus, g_object_ref (task));
}

BaruaKeyring *
barua_keyring_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
