#include "config.h"

#include "support/online-accounts.h"

#include "support/bus.h"
#include "support/odd-answer.h"

#define BUS_NAME "org.gnome.OnlineAccounts"
#define MANAGER_PATH "/org/gnome/OnlineAccounts"

static const char INTROSPECTION[] =
  "<node>"
  "<interface name='org.freedesktop.DBus.ObjectManager'>"
  "<method name='GetManagedObjects'><arg type='a{oa{sa{sv}}}' direction='out'/></method>"
  "</interface>"
  "<interface name='org.gnome.OnlineAccounts.Account'>"
  "<method name='EnsureCredentials'><arg type='i' direction='out'/></method>"
  "</interface>"
  "<interface name='org.gnome.OnlineAccounts.OAuth2Based'>"
  "<method name='GetAccessToken'><arg type='s' direction='out'/>"
  "<arg type='i' direction='out'/></method>"
  "</interface>"
  "</node>";

struct _TestOnlineAccounts
{
  TestOnlineSituation situation;
  GDBusConnection *connection;
  GDBusNodeInfo *info;
  GVariant *objects;
  GArray *registrations;
  GString *calls;
  guint filter;
  const char *cancel_at;
  GCancellable *cancellable;
};

static gboolean
note_call (TestOnlineAccounts *self, const char *path, const char *method)
{
  g_autofree char *last = g_path_get_basename (path);

  g_string_append_printf (self->calls, "%s:%s ", last, method);
  if (g_strcmp0 (self->cancel_at, method) == 0)
    g_cancellable_cancel (self->cancellable);
  if (g_strcmp0 (self->situation.crash_at, method) != 0)
    return !g_dbus_connection_is_closed (self->connection);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  return FALSE;
}

static void
on_call (GDBusConnection *connection G_GNUC_UNUSED,
         const char *sender G_GNUC_UNUSED,
         const char *path,
         const char *interface G_GNUC_UNUSED,
         const char *method,
         GVariant *parameters G_GNUC_UNUSED,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  TestOnlineAccounts *self = user_data;
  GVariant *answer = NULL;

  if (!note_call (self, path, method))
    {
      g_object_unref (invocation);
      return;
    }
  if (g_strcmp0 (self->situation.refuse_at, method) == 0)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, self->situation.refusal,
                                                  "the played service refuses");
      return;
    }
  if (g_str_equal (method, "GetManagedObjects"))
    answer = g_variant_new ("(@a{oa{sa{sv}}})", self->objects);
  else if (g_str_equal (method, "EnsureCredentials"))
    answer = g_variant_new ("(i)", self->situation.seconds);
  else
    answer =
      g_variant_new ("(si)", self->situation.token != NULL ? self->situation.token : "",
                     self->situation.seconds);
  g_dbus_method_invocation_return_value (invocation, answer);
}

/* In the connection's own thread. */
static GDBusMessage *
on_message (GDBusConnection *connection,
            GDBusMessage *message,
            gboolean incoming,
            gpointer user_data)
{
  const TestOnlineAccounts *self = user_data;

  if (!incoming ||
      !test_odd_answer (connection, message, self->situation.odd_at, self->situation.odd))
    return message;
  g_object_unref (message);
  return NULL;
}

static void
export_object (TestOnlineAccounts *self, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable VTABLE = { on_call, NULL, NULL, { NULL } };
  g_autoptr (GError) error = NULL;
  guint id = g_dbus_connection_register_object (
    self->connection, path, g_dbus_node_info_lookup_interface (self->info, interface),
    &VTABLE, self, NULL, &error);

  g_assert_no_error (error);
  g_array_append_val (self->registrations, id);
}

static void
export_accounts (TestOnlineAccounts *self)
{
  GVariantIter iter;
  const char *path = NULL;

  g_variant_iter_init (&iter, self->objects);
  while (g_variant_iter_next (&iter, "{&o@a{sa{sv}}}", &path, NULL))
    {
      export_object (self, path, "org.gnome.OnlineAccounts.Account");
      export_object (self, path, "org.gnome.OnlineAccounts.OAuth2Based");
    }
}

TestOnlineAccounts *
test_online_accounts_new (const char *address, const TestOnlineSituation *situation)
{
  TestOnlineAccounts *self = g_new0 (TestOnlineAccounts, 1);
  g_autoptr (GError) error = NULL;

  self->situation = *situation;
  self->calls = g_string_new (NULL);
  self->registrations = g_array_new (FALSE, FALSE, sizeof (guint));
  self->objects = g_variant_parse (G_VARIANT_TYPE ("a{oa{sa{sv}}}"), situation->objects,
                                   NULL, NULL, &error);
  g_assert_no_error (error);
  self->info = g_dbus_node_info_new_for_xml (INTROSPECTION, &error);
  g_assert_no_error (error);
  self->connection = test_bus_connect (address);
  self->filter = g_dbus_connection_add_filter (self->connection, on_message, self, NULL);
  export_object (self, MANAGER_PATH, "org.freedesktop.DBus.ObjectManager");
  export_accounts (self);
  test_bus_take_name (self->connection, BUS_NAME);
  return self;
}

void
test_online_accounts_free (TestOnlineAccounts *self)
{
  for (guint i = 0; i < self->registrations->len; i++)
    g_dbus_connection_unregister_object (self->connection,
                                         g_array_index (self->registrations, guint, i));
  g_array_unref (self->registrations);
  g_dbus_connection_remove_filter (self->connection, self->filter);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_dbus_node_info_unref (self->info);
  g_variant_unref (self->objects);
  g_string_free (self->calls, TRUE);
  g_free (self);
}

void
test_online_accounts_cancel_at (TestOnlineAccounts *self,
                                const char *method,
                                GCancellable *cancellable)
{
  self->cancel_at = method;
  self->cancellable = cancellable;
}

const char *
test_online_accounts_get_calls (TestOnlineAccounts *self)
{
  return self->calls->str;
}
