#include "config.h"

#include "support/odd-answer.h"

gboolean
test_odd_answer (GDBusConnection *connection,
                 GDBusMessage *message,
                 const char *method,
                 const char *odd)
{
  g_autoptr (GDBusMessage) reply = NULL;
  g_autoptr (GVariant) body = NULL;
  g_autoptr (GError) error = NULL;

  if (method == NULL ||
      g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL ||
      g_strcmp0 (g_dbus_message_get_member (message), method) != 0)
    return FALSE;
  if (odd == NULL)
    return TRUE;
  reply = g_dbus_message_new_method_reply (message);
  body = g_variant_parse (NULL, odd, NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_message_set_body (reply, body);
  (void) g_dbus_connection_send_message (connection, reply,
                                         G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  return TRUE;
}
