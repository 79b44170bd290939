#include "config.h"

#include "support/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/* One for each family: a listener of several sockets waits by sources, and GLib 2.74
 * loses one now and then when it is cancelled from another thread. */
typedef struct
{
  TestServer *server;
  GSocketListener *listener;
  GThread *thread;
} Ear;

struct _TestServer
{
  const Dialogue *dialogue;
  TestServerOptions options;
  Ear ears[2];
  GCancellable *cancellable;
  guint16 port;
  GMutex lock;
  GPtrArray *threads;
  char *complaint;
  guint clients;
  guint open;
  guint quiet;
  guint turns;
  guint64 bytes;
};

/* One client. */
typedef struct
{
  TestServer *server;
  GSocketConnection *connection;
  GIOStream *stream;
  DialoguePlayer *player;
  gboolean has_waited;
  gboolean is_quiet;
} Client;

static void
count (Client *self, guint turns, guint64 bytes)
{
  g_mutex_lock (&self->server->lock);
  self->server->turns += turns;
  self->server->bytes += bytes;
  g_mutex_unlock (&self->server->lock);
}

static void
wait_ms (Client *self, guint ms)
{
  GPollFD end = { 0 };

  g_assert_true (g_cancellable_make_pollfd (self->server->cancellable, &end));
  g_poll (&end, 1, (int) ms);
  g_cancellable_release_fd (self->server->cancellable);
}

static gboolean
read_more (Client *self)
{
  GInputStream *in = g_io_stream_get_input_stream (self->stream);
  char buffer[4096];
  gssize length =
    g_input_stream_read (in, buffer, sizeof buffer, self->server->cancellable, NULL);

  if (length <= 0)
    return FALSE;
  self->has_waited = TRUE;
  dialogue_player_push (self->player, buffer, (gsize) length);
  return TRUE;
}

static gboolean
write_bytes (Client *self, const char *bytes, gsize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (self->stream);
  gsize written = 0;
  gboolean well = g_output_stream_write_all (out, bytes, length, &written,
                                             self->server->cancellable, NULL);

  count (self, 0, written);
  return well;
}

static gboolean
speak (Client *self, const DialogueMove *move)
{
  if (self->has_waited)
    {
      count (self, 1, 0);
      wait_ms (self, self->server->options.delay_ms);
    }
  self->has_waited = FALSE;
  if (move->ms == 0)
    return write_bytes (self, move->bytes, move->length);
  for (gsize i = 0; i < move->length; i++)
    {
      if (!write_bytes (self, move->bytes + i, 1))
        return FALSE;
      wait_ms (self, move->ms);
    }
  return TRUE;
}

static gboolean
shake_hands (Client *self, const char *name)
{
  const TestServerOptions *options = &self->server->options;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GIOStream) tls = NULL;
  g_autoptr (GError) error = NULL;

  if (name == NULL || *name == '\0')
    name = options->certificate != NULL ? options->certificate : "good";
  certificate = test_certificates_load (options->certificates, name);
  tls = g_tls_server_connection_new (self->stream, certificate, &error);
  g_assert_no_error (error);
  /* The client hangs up when it has heard enough. */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), self->server->cancellable,
                                   NULL))
    return FALSE;
  g_set_object (&self->stream, tls);
  self->has_waited = TRUE;
  return TRUE;
}

/* Closing with bytes unread would be a reset: what the client says in the meantime, such
 * as its first words of TLS, is taken until it is gone as well. */
static void
hang_up (Client *self)
{
  if (self->stream == G_IO_STREAM (self->connection) &&
      g_socket_shutdown (g_socket_connection_get_socket (self->connection), FALSE, TRUE,
                         NULL))
    while (read_more (self))
      continue;
  g_io_stream_close (self->stream, self->server->cancellable, NULL);
}

static void
reset (Client *self)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  g_assert_cmpint (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once,
                               sizeof at_once),
                   ==, 0);
  g_socket_close (socket, NULL);
}

static void
complain (Client *self, const char *complaint)
{
  g_mutex_lock (&self->server->lock);
  if (self->server->complaint == NULL)
    self->server->complaint = g_strdup (complaint);
  g_mutex_unlock (&self->server->lock);
}

static void
be_quiet (Client *self)
{
  if (self->is_quiet)
    return;
  self->is_quiet = TRUE;
  g_mutex_lock (&self->server->lock);
  self->server->quiet++;
  g_mutex_unlock (&self->server->lock);
  g_main_context_wakeup (NULL);
}

static gboolean
end (Client *self)
{
  const char *flood = self->server->options.flood;

  be_quiet (self);
  if (flood == NULL)
    return read_more (self);
  while (write_bytes (self, flood, strlen (flood)))
    continue;
  return FALSE;
}

/* Returns whether the conversation goes on. */
static gboolean
make_move (Client *self, const DialogueMove *move)
{
  switch (move->kind)
    {
    case DIALOGUE_SEND:
      return speak (self, move);
    case DIALOGUE_TLS:
      return shake_hands (self, move->name);
    case DIALOGUE_WAIT:
      wait_ms (self, move->ms);
      return TRUE;
    case DIALOGUE_CLOSE:
      if (!self->server->options.rude)
        hang_up (self);
      return FALSE;
    case DIALOGUE_RESET:
      reset (self);
      return FALSE;
    case DIALOGUE_HANG:
      be_quiet (self);
      return read_more (self) ? make_move (self, move) : FALSE;
    case DIALOGUE_END:
      return end (self);
    case DIALOGUE_WRONG:
      complain (self, move->name);
      return FALSE;
    case DIALOGUE_READ:
    default:
      return read_more (self);
    }
}

static gpointer
serve (gpointer data)
{
  Client *self = data;
  TestServer *server = self->server;

  while (make_move (self, dialogue_player_next (self->player)))
    continue;
  g_socket_close (g_socket_connection_get_socket (self->connection), NULL);
  dialogue_player_free (self->player);
  g_object_unref (self->stream);
  g_object_unref (self->connection);
  g_free (self);
  g_mutex_lock (&server->lock);
  server->open--;
  g_mutex_unlock (&server->lock);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gpointer
listen_for_clients (gpointer data)
{
  Ear *ear = data;
  TestServer *self = ear->server;
  GSocketConnection *connection = NULL;

  while ((connection = g_socket_listener_accept (ear->listener, NULL, self->cancellable,
                                                 NULL)) != NULL)
    {
      Client *client = g_new0 (Client, 1);

      client->server = self;
      client->connection = connection;
      g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP,
                           TCP_NODELAY, TRUE, NULL);
      client->stream = g_object_ref (G_IO_STREAM (connection));
      client->player = dialogue_player_new (self->dialogue, NULL, NULL);
      client->has_waited = TRUE;
      g_mutex_lock (&self->lock);
      self->clients++;
      self->open++;
      g_ptr_array_add (self->threads, g_thread_new ("client", serve, client));
      g_mutex_unlock (&self->lock);
      g_main_context_wakeup (NULL);
    }
  return NULL;
}

static gboolean
listen_at (TestServer *self, Ear *ear, const char *address)
{
  g_autoptr (GSocketAddress) wanted =
    g_inet_socket_address_new_from_string (address, self->port);
  g_autoptr (GSocketAddress) bound = NULL;

  ear->server = self;
  ear->listener = g_socket_listener_new ();
  if (!g_socket_listener_add_address (ear->listener, wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL))
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

/* The port that is free in one family may be taken in the other. */
static void
listen_everywhere (TestServer *self)
{
  for (guint tries = 0; tries < 20; tries++)
    {
      gboolean well = TRUE;

      self->port = 0;
      if ((self->options.families & TEST_IPV4) != 0)
        well = listen_at (self, &self->ears[0], "127.0.0.1");
      if (well && (self->options.families & TEST_IPV6) != 0)
        well = listen_at (self, &self->ears[1], "::1");
      if (well)
        return;
      g_clear_object (&self->ears[0].listener);
      g_clear_object (&self->ears[1].listener);
    }
  g_error ("No port is free");
}

TestServer *
test_server_new (const Dialogue *dialogue, const TestServerOptions *options)
{
  TestServer *self = g_new0 (TestServer, 1);

  self->dialogue = dialogue;
  self->options = *options;
  if (self->options.families == 0)
    self->options.families = TEST_IPV4;
  g_mutex_init (&self->lock);
  self->threads = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  listen_everywhere (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->ears); i++)
    if (self->ears[i].listener != NULL)
      self->ears[i].thread = g_thread_new ("server", listen_for_clients, &self->ears[i]);
  return self;
}

void
test_server_free (TestServer *self)
{
  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (self->ears); i++)
    if (self->ears[i].thread != NULL)
      g_thread_join (self->ears[i].thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  if (self->complaint != NULL && !self->options.lenient)
    g_error ("%s", self->complaint);
  g_ptr_array_unref (self->threads);
  g_free (self->complaint);
  g_clear_object (&self->ears[0].listener);
  g_clear_object (&self->ears[1].listener);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint16
test_server_get_port (const TestServer *self)
{
  return self->port;
}

guint
test_server_count_clients (TestServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->clients;
}

guint
test_server_count_open (TestServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->open;
}

guint
test_server_count_quiet (TestServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->quiet;
}

guint
test_server_count_turns (TestServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->turns;
}

guint64
test_server_count_bytes (TestServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->bytes;
}
