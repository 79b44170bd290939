#include "config.h"

#include "support/secret-service.h"

#include "support/bus.h"
#include "support/cipher.h"
#include "support/odd-answer.h"
#include "support/secret-interfaces.h"
#include "support/secret-text.h"

#include <string.h>

#define SERVICE_PATH "/org/freedesktop/secrets"
#define COLLECTION_PATH SERVICE_PATH "/collection/played"

typedef struct
{
  char *path;
  char *label;
  GVariant *attributes;
  char *secret;
  guint registration;
} Item;

struct _TestSecretService
{
  TestSecretSituation situation;
  GDBusConnection *connection;
  GDBusNodeInfo *info;
  GPtrArray *items;
  GHashTable *sessions;
  GArray *registrations;
  GString *calls;
  GVariant *promised;
  guint n_objects;
  guint filter;
  char *needle;
  int heard;
  int n_odd;
  TestCallFunc watch;
  gpointer watch_data;
};

static const GDBusInterfaceVTable VTABLE;

static void
item_free (gpointer data)
{
  Item *self = data;

  g_free (self->path);
  g_free (self->label);
  g_variant_unref (self->attributes);
  g_free (self->secret);
  g_free (self);
}

static guint
export_object (TestSecretService *self, const char *path, const char *interface)
{
  g_autoptr (GError) error = NULL;
  guint id = g_dbus_connection_register_object (
    self->connection, path, g_dbus_node_info_lookup_interface (self->info, interface),
    &VTABLE, self, NULL, &error);

  g_assert_no_error (error);
  g_array_append_val (self->registrations, id);
  return id;
}

static Item *
find_item (TestSecretService *self, const char *path)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (g_str_equal (item->path, path))
        return item;
    }
  g_assert_not_reached ();
}

static void
add_item (TestSecretService *self,
          const char *label,
          GVariant *attributes,
          const char *secret)
{
  Item *item = g_new0 (Item, 1);

  item->path = g_strdup_printf ("%s/%u", COLLECTION_PATH, ++self->n_objects);
  item->label = g_strdup (label);
  item->attributes = g_variant_ref_sink (attributes);
  item->secret = g_strdup (secret);
  item->registration = export_object (self, item->path, "org.freedesktop.Secret.Item");
  g_ptr_array_add (self->items, item);
}

static gboolean
has_attributes (const Item *item, GVariant *wanted)
{
  GVariantIter iter;
  const char *name = NULL;
  const char *value = NULL;

  g_variant_iter_init (&iter, wanted);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      const char *own = NULL;

      if (!g_variant_lookup (item->attributes, name, "&s", &own) ||
          !g_str_equal (own, value))
        return FALSE;
    }
  return TRUE;
}

static GVariant *
open_session (TestSecretService *self, GVariant *parameters)
{
  g_autofree char *path = g_strdup_printf ("/session/%u", ++self->n_objects);
  g_autoptr (GVariant) input = NULL;
  g_autoptr (GVariant) public = NULL;
  const char *algorithm = NULL;
  TestCipher *cipher = NULL;

  g_variant_get (parameters, "(&sv)", &algorithm, &input);
  if (!g_str_equal (algorithm, "plain"))
    cipher = test_cipher_new (input, &public);
  else
  public = g_variant_ref_sink (g_variant_new_string (""));
  g_hash_table_insert (self->sessions, g_strdup (path), cipher);
  export_object (self, path, "org.freedesktop.Secret.Session");
  return g_variant_new ("(vo)", public, path);
}

static gboolean
is_veiled (const TestSecretService *self)
{
  return self->situation.locked && self->situation.veils;
}

static GVariant *
search_items (TestSecretService *self, GVariant *parameters)
{
  g_autoptr (GVariant) wanted = g_variant_get_child_value (parameters, 0);
  GVariantBuilder found;
  GVariant *none = g_variant_new_objv (NULL, 0);
  GVariant *paths = NULL;

  g_variant_builder_init (&found, G_VARIANT_TYPE_OBJECT_PATH_ARRAY);
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (has_attributes (item, wanted) && !is_veiled (self))
        g_variant_builder_add (&found, "o", item->path);
    }
  paths = g_variant_builder_end (&found);
  return self->situation.locked ? g_variant_new ("(@ao@ao)", none, paths)
                                : g_variant_new ("(@ao@ao)", paths, none);
}

static char *
ask (TestSecretService *self, GVariant *promised)
{
  char *path = g_strdup_printf ("/prompt/%u", ++self->n_objects);

  g_clear_pointer (&self->promised, g_variant_unref);
  self->promised = g_variant_ref_sink (promised);
  export_object (self, path, "org.freedesktop.Secret.Prompt");
  return path;
}

static GVariant *
unlock (TestSecretService *self, GVariant *parameters)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (parameters, 0);
  g_autofree char *prompt = NULL;

  if (self->situation.prompt != TEST_PROMPT_NONE)
    {
      prompt = ask (self, paths);
      return g_variant_new ("(@aoo)", g_variant_new_objv (NULL, 0), prompt);
    }
  /* A service that can neither unlock nor ask. */
  return g_variant_new ("(@aoo)", g_variant_new_objv (NULL, 0), "/");
}

static GVariant *
create_collection (TestSecretService *self)
{
  g_autofree char *prompt = NULL;

  if (self->situation.prompt == TEST_PROMPT_NONE)
    {
      self->situation.no_collection = FALSE;
      return g_variant_new ("(oo)", COLLECTION_PATH, "/");
    }
  prompt = ask (self, g_variant_new_object_path (COLLECTION_PATH));
  return g_variant_new ("(oo)", "/", prompt);
}

/* As the specification has it: replaces only an item with the very same attributes. */
static GVariant *
create_item (TestSecretService *self, GVariant *parameters)
{
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) secret = NULL;
  g_autoptr (GVariant) attributes = NULL;
  g_autofree char *session = NULL;
  g_autofree char *text = NULL;
  const char *label = NULL;
  gboolean replace = FALSE;

  g_variant_get (parameters, "(@a{sv}@(oayays)b)", &properties, &secret, &replace);
  g_variant_get_child (secret, 0, "o", &session);
  text = test_cipher_decrypt (g_hash_table_lookup (self->sessions, session), secret);
  g_assert_true (
    g_variant_lookup (properties, "org.freedesktop.Secret.Item.Label", "&s", &label));
  attributes = g_variant_lookup_value (
    properties, "org.freedesktop.Secret.Item.Attributes", G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; replace && i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (g_variant_equal (item->attributes, attributes))
        {
          g_free (item->secret);
          item->secret = g_steal_pointer (&text);
          return g_variant_new ("(oo)", item->path, "/");
        }
    }
  add_item (self, label, attributes, text);
  return g_variant_new ("(oo)", ((Item *) self->items->pdata[self->items->len - 1])->path,
                        "/");
}

static GVariant *
ask_to_create (TestSecretService *self, GVariant *parameters)
{
  g_autoptr (GVariant) made = g_variant_ref_sink (create_item (self, parameters));
  g_autofree char *prompt = ask (self, g_variant_get_child_value (made, 0));

  return g_variant_new ("(oo)", "/", prompt);
}

static GVariant *
use_item (TestSecretService *self,
          const char *path,
          const char *method,
          GVariant *parameters)
{
  Item *item = find_item (self, path);
  g_autoptr (GVariant) secret = NULL;
  g_autofree char *session = NULL;

  if (g_str_equal (method, "Delete"))
    {
      g_dbus_connection_unregister_object (self->connection, item->registration);
      g_ptr_array_remove (self->items, item);
      return g_variant_new ("(o)", "/");
    }
  if (g_str_equal (method, "GetSecret"))
    {
      g_variant_get (parameters, "(o)", &session);
      return g_variant_new (
        "(@(oayays))", test_cipher_encrypt (g_hash_table_lookup (self->sessions, session),
                                            session, item->secret));
    }
  secret = g_variant_get_child_value (parameters, 0);
  g_variant_get_child (secret, 0, "o", &session);
  g_free (item->secret);
  item->secret =
    test_cipher_decrypt (g_hash_table_lookup (self->sessions, session), secret);
  return NULL;
}

static void
crash (TestSecretService *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
}

static void
complete (TestSecretService *self, const char *path, gboolean dismissed)
{
  g_autoptr (GVariant) nothing = g_variant_ref_sink (g_variant_new_string (""));

  if (!dismissed)
    {
      self->situation.locked = FALSE;
      self->situation.no_collection = FALSE;
    }
  g_dbus_connection_emit_signal (
    self->connection, NULL, path, "org.freedesktop.Secret.Prompt", "Completed",
    g_variant_new ("(bv)", dismissed, dismissed ? nothing : self->promised), NULL);
}

static void
use_prompt (TestSecretService *self, const char *path, const char *method)
{
  if (g_str_equal (method, "Dismiss"))
    complete (self, path, TRUE);
  else if (self->situation.prompt == TEST_PROMPT_CRASHES)
    crash (self);
  else if (self->situation.prompt != TEST_PROMPT_OPEN)
    complete (self, path, self->situation.prompt == TEST_PROMPT_DISMISSED);
}

static const char *
find_refusal (TestSecretService *self, const char *method, GVariant *parameters)
{
  static const char *const NEED_OPEN[] = { "CreateItem", "GetSecret", "SetSecret",
                                           "Delete", NULL };

  if (g_strcmp0 (self->situation.refuse_at, method) == 0)
    return self->situation.refusal;
  if (self->situation.locked && g_strv_contains (NEED_OPEN, method))
    return "org.freedesktop.Secret.Error.IsLocked";
  if (self->situation.plain_only && g_str_equal (method, "OpenSession"))
    {
      g_autofree char *algorithm = NULL;

      g_variant_get_child (parameters, 0, "s", &algorithm);
      if (!g_str_equal (algorithm, "plain"))
        return "org.freedesktop.DBus.Error.NotSupported";
    }
  return NULL;
}

static GVariant *
answer (TestSecretService *self,
        const char *path,
        const char *method,
        GVariant *parameters)
{
  if (g_str_equal (method, "OpenSession"))
    return open_session (self, parameters);
  if (g_str_equal (method, "SearchItems"))
    return search_items (self, parameters);
  if (g_str_equal (method, "Unlock"))
    return unlock (self, parameters);
  if (g_str_equal (method, "ReadAlias"))
    return g_variant_new ("(o)", self->situation.no_collection ? "/" : COLLECTION_PATH);
  if (g_str_equal (method, "CreateCollection"))
    return create_collection (self);
  if (g_str_equal (method, "CreateItem"))
    return self->situation.asks_to_create ? ask_to_create (self, parameters)
                                          : create_item (self, parameters);
  if (g_str_has_prefix (path, COLLECTION_PATH))
    return use_item (self, path, method, parameters);
  if (g_str_has_prefix (path, "/session/"))
    g_hash_table_remove (self->sessions, path);
  return NULL;
}

static gboolean
note_call (TestSecretService *self, const char *method)
{
  g_string_append_printf (self->calls, "%s ", method);
  if (self->watch != NULL)
    self->watch (method, self->watch_data);
  if (g_strcmp0 (self->situation.crash_at, method) == 0)
    crash (self);
  return !g_dbus_connection_is_closed (self->connection);
}

static void
on_call (GDBusConnection *connection G_GNUC_UNUSED,
         const char *sender G_GNUC_UNUSED,
         const char *path,
         const char *interface G_GNUC_UNUSED,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  TestSecretService *self = user_data;
  const char *refusal = NULL;

  if (!note_call (self, method))
    {
      g_object_unref (invocation);
      return;
    }
  refusal = find_refusal (self, method, parameters);
  if (refusal != NULL)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, refusal,
                                                  "the played service refuses");
      return;
    }
  if (g_str_has_prefix (path, "/prompt/"))
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      use_prompt (self, path, method);
      return;
    }
  g_dbus_method_invocation_return_value (invocation,
                                         answer (self, path, method, parameters));
}

static GVariant *
get_of_collection (TestSecretService *self, const char *property)
{
  GVariantBuilder items;

  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (self->situation.locked);
  g_variant_builder_init (&items, G_VARIANT_TYPE_OBJECT_PATH_ARRAY);
  for (guint i = 0; i < self->items->len && !is_veiled (self); i++)
    g_variant_builder_add (&items, "o", ((Item *) self->items->pdata[i])->path);
  return g_variant_builder_end (&items);
}

static GVariant *
on_get (GDBusConnection *connection G_GNUC_UNUSED,
        const char *sender G_GNUC_UNUSED,
        const char *path,
        const char *interface G_GNUC_UNUSED,
        const char *property,
        GError **error,
        gpointer user_data)
{
  TestSecretService *self = user_data;

  if (g_str_equal (path, COLLECTION_PATH))
    return get_of_collection (self, property);
  if (!note_call (self, "GetAttributes"))
    {
      g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_FAILED, "gone");
      return NULL;
    }
  return g_variant_ref (find_item (self, path)->attributes);
}

static gboolean
on_set (GDBusConnection *connection G_GNUC_UNUSED,
        const char *sender G_GNUC_UNUSED,
        const char *path,
        const char *interface G_GNUC_UNUSED,
        const char *property G_GNUC_UNUSED,
        GVariant *value,
        GError **error,
        gpointer user_data)
{
  TestSecretService *self = user_data;
  Item *item = NULL;

  if (!note_call (self, "SetAttributes"))
    {
      g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_FAILED, "gone");
      return FALSE;
    }
  item = find_item (self, path);
  g_variant_unref (item->attributes);
  item->attributes = g_variant_ref (value);
  return TRUE;
}

static const GDBusInterfaceVTable VTABLE = { on_call, on_get, on_set, { NULL } };

/* In the connection's own thread. */
static GDBusMessage *
on_message (GDBusConnection *connection,
            GDBusMessage *message,
            gboolean incoming,
            gpointer user_data)
{
  TestSecretService *self = user_data;
  gsize length = 0;
  g_autoptr (GDBusMessage) copy = g_dbus_message_copy (message, NULL);
  g_autofree guchar *blob = NULL;

  if (g_dbus_message_get_serial (copy) == 0)
    g_dbus_message_set_serial (copy, 1);
  blob = g_dbus_message_to_blob (copy, &length, G_DBUS_CAPABILITY_FLAGS_NONE, NULL);
  if (blob != NULL && self->needle != NULL &&
      memmem (blob, length, self->needle, strlen (self->needle)) != NULL)
    g_atomic_int_set (&self->heard, TRUE);
  if (!incoming ||
      !test_odd_answer (connection, message, self->situation.odd_at, self->situation.odd))
    return message;
  g_atomic_int_inc (&self->n_odd);
  g_main_context_wakeup (NULL);
  g_object_unref (message);
  return NULL;
}

TestSecretService *
test_secret_service_new (const char *address, const TestSecretSituation *situation)
{
  TestSecretService *self = g_new0 (TestSecretService, 1);
  g_autoptr (GError) error = NULL;

  self->situation = *situation;
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) test_cipher_free);
  self->registrations = g_array_new (FALSE, FALSE, sizeof (guint));
  self->calls = g_string_new (NULL);
  self->info = g_dbus_node_info_new_for_xml (TEST_SECRET_INTERFACES, &error);
  g_assert_no_error (error);
  self->connection = test_bus_connect (address);
  self->filter = g_dbus_connection_add_filter (self->connection, on_message, self, NULL);
  export_object (self, SERVICE_PATH, "org.freedesktop.Secret.Service");
  export_object (self, COLLECTION_PATH, "org.freedesktop.Secret.Collection");
  test_bus_take_name (self->connection, "org.freedesktop.secrets");
  return self;
}

void
test_secret_service_free (TestSecretService *self)
{
  /* Requests that are still queued are dropped with what they are for. */
  for (guint i = 0; i < self->registrations->len; i++)
    g_dbus_connection_unregister_object (self->connection,
                                         g_array_index (self->registrations, guint, i));
  g_array_unref (self->registrations);
  g_dbus_connection_remove_filter (self->connection, self->filter);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_dbus_node_info_unref (self->info);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->sessions);
  g_string_free (self->calls, TRUE);
  g_clear_pointer (&self->promised, g_variant_unref);
  g_free (self->needle);
  g_free (self);
}

void
test_secret_service_watch (TestSecretService *self, TestCallFunc func, gpointer user_data)
{
  self->watch = func;
  self->watch_data = user_data;
}

void
test_secret_service_listen_for (TestSecretService *self, const char *needle)
{
  self->needle = g_strdup (needle);
}

gboolean
test_secret_service_heard (TestSecretService *self)
{
  return g_atomic_int_get (&self->heard);
}

void
test_secret_service_add (TestSecretService *self,
                         const char *attributes,
                         const char *secret)
{
  g_autoptr (GError) error = NULL;
  GVariant *parsed =
    g_variant_parse (G_VARIANT_TYPE ("a{ss}"), attributes, NULL, NULL, &error);

  g_assert_no_error (error);
  add_item (self, "played", parsed, secret);
  g_variant_unref (parsed);
}

char *
test_secret_service_dup_items (TestSecretService *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];
      g_autofree char *attributes = test_secret_text_of (item->attributes);

      g_string_append_printf (out, "%s|%s|%s\n", item->label, attributes, item->secret);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

const char *
test_secret_service_get_calls (TestSecretService *self)
{
  return self->calls->str;
}

guint
test_secret_service_count_odd (TestSecretService *self)
{
  return (guint) g_atomic_int_get (&self->n_odd);
}

guint
test_secret_service_count_sessions (TestSecretService *self)
{
  return g_hash_table_size (self->sessions);
}
