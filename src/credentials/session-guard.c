#include "config.h"

#include "credentials/session-guard.h"

/* The only answer of that type in the Secret Service API. */
#define ANSWER "vo"

static gboolean
is_odd (GDBusMessage *message)
{
  GVariant *body = g_dbus_message_get_body (message);
  g_autoptr (GVariant) boxed = NULL;
  g_autoptr (GVariant) key = NULL;

  if (g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_RETURN ||
      body == NULL || !g_variant_is_of_type (body, G_VARIANT_TYPE ("(" ANSWER ")")))
    return FALSE;
  boxed = g_variant_get_child_value (body, 0);
  key = g_variant_get_variant (boxed);
  return !g_variant_is_of_type (key, G_VARIANT_TYPE_BYTESTRING);
}

/* In the connection's own thread. */
static GDBusMessage *
on_message (GDBusConnection *connection G_GNUC_UNUSED,
            GDBusMessage *message,
            gboolean incoming,
            gpointer user_data G_GNUC_UNUSED)
{
  GDBusMessage *copy = NULL;
  g_autoptr (GVariant) path = NULL;

  if (!incoming || !is_odd (message))
    return message;
  copy = g_dbus_message_copy (message, NULL);
  g_object_unref (message);
  if (copy == NULL)
    return NULL;
  path = g_variant_get_child_value (g_dbus_message_get_body (copy), 1);
  g_dbus_message_set_body (
    copy, g_variant_new (
            "(v@o)", g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1), path));
  return copy;
}

guint
barua_session_guard_add (GDBusConnection *connection)
{
  return g_dbus_connection_add_filter (connection, on_message, NULL, NULL);
}

void
barua_session_guard_remove (GDBusConnection *connection, guint guard)
{
  g_dbus_connection_remove_filter (connection, guard);
}
