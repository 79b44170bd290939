#include "config.h"

#include "support/hole.h"

/* More than a queue of length 0 takes; Linux takes one more than it says. */
#define CALLERS 3

struct _TestHole
{
  GSocket *socket;
  GSocket *callers[CALLERS];
  guint16 port;
};

static GSocket *
make_socket (GSocketAddress *address)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (g_socket_address_get_family (address),
                                  G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

TestHole *
test_hole_new (const char *address, guint16 port)
{
  TestHole *self = g_new0 (TestHole, 1);
  g_autoptr (GSocketAddress) wanted =
    g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->socket = make_socket (wanted);
  g_socket_set_listen_backlog (self->socket, 0);
  g_socket_bind (self->socket, wanted, FALSE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->socket, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->socket, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  for (guint i = 0; i < CALLERS; i++)
    {
      self->callers[i] = make_socket (bound);
      g_socket_connect (self->callers[i], bound, NULL, NULL);
    }
  return self;
}

void
test_hole_free (TestHole *self)
{
  for (guint i = 0; i < CALLERS; i++)
    g_object_unref (self->callers[i]);
  g_object_unref (self->socket);
  g_free (self);
}

guint16
test_hole_get_port (const TestHole *self)
{
  return self->port;
}
