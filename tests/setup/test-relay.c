#include "config.h"

#include "setup/relay.h"

#include "support/clock.h"
#include "support/loop.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BIG (1024 * 1024)
#define PATIENT_MS 20000

/* Both ends of a relay, and what stands behind them. */
typedef struct
{
  GIOStream *near;
  GSocket *server;
  GInputStream *in;
  GOutputStream *out;
  GSocket *client;
  GByteArray *at_server;
  GByteArray *at_client;
  gboolean server_ended;
  gboolean client_ended;
  GCancellable *cancellable;
  GAsyncResult *result;
} World;

static GSocket *
socket_of (int descriptor)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new_from_fd (descriptor, &error);

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autoptr (GSocket) near = NULL;
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  near = socket_of (pair[0]);
  self->near = G_IO_STREAM (g_socket_connection_factory_create_connection (near));
  self->server = socket_of (pair[1]);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  /* One descriptor is both standard input and standard output, as mail programs do. */
  self->in = g_unix_input_stream_new (pair[0], FALSE);
  self->out = g_unix_output_stream_new (pair[0], TRUE);
  self->client = socket_of (pair[1]);
  self->at_server = g_byte_array_new ();
  self->at_client = g_byte_array_new ();
  self->cancellable = g_cancellable_new ();
  return self;
}

static void
world_free (World *self)
{
  test_loop_drain ();
  g_clear_object (&self->result);
  g_assert_finalize_object (self->near);
  g_assert_finalize_object (self->in);
  g_assert_finalize_object (self->out);
  g_clear_object (&self->server);
  g_clear_object (&self->client);
  g_byte_array_unref (self->at_server);
  g_byte_array_unref (self->at_client);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
start (World *self, guint quiet_ms)
{
  const BaruaRelay relay = { self->near, self->in, self->out, quiet_ms };

  barua_relay_async (&relay, self->cancellable, test_loop_store, &self->result);
}

static gboolean
finish (World *self, GError **error)
{
  test_loop_until_set ((gpointer *) &self->result);
  return barua_relay_finish (self->result, error);
}

static void
finish_well (World *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (finish (self, &error));
  g_assert_no_error (error);
}

/* Takes what there is; says whether there will be no more. */
static gboolean
drain (GSocket *socket, GByteArray *bytes)
{
  char buffer[8192];
  gssize length = 0;

  while ((length = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (bytes, (const guint8 *) buffer, (guint) length);
  return length == 0;
}

static void
take (World *self)
{
  if (self->server != NULL && drain (self->server, self->at_server))
    self->server_ended = TRUE;
  if (self->client != NULL && drain (self->client, self->at_client))
    self->client_ended = TRUE;
}

typedef struct
{
  World *world;
  gsize at_server;
  gsize at_client;
} Wanted;

static gboolean
has_come (gpointer user_data)
{
  const Wanted *wanted = user_data;

  take (wanted->world);
  return wanted->world->at_server->len >= wanted->at_server &&
         wanted->world->at_client->len >= wanted->at_client;
}

static gboolean
wake (gpointer user_data G_GNUC_UNUSED)
{
  return G_SOURCE_CONTINUE;
}

/* The far ends are not among the main context's sources: an idle one turns it. */
static void
wait_for (World *self, gsize at_server, gsize at_client)
{
  Wanted wanted = { self, at_server, at_client };
  guint source = g_idle_add (wake, NULL);

  test_loop_until (has_come, &wanted);
  g_source_remove (source);
}

static gboolean
has_ended (gpointer user_data)
{
  const World *self = user_data;

  take (user_data);
  return self->result != NULL;
}

static void
wait_for_end (World *self)
{
  guint source = g_idle_add (wake, NULL);

  test_loop_until (has_ended, self);
  g_source_remove (source);
  take (self);
}

static void
say (GSocket *socket, const char *text)
{
  g_autoptr (GError) error = NULL;
  gssize length = g_socket_send (socket, text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (length, ==, strlen (text));
}

static void
assert_bytes (const GByteArray *bytes, const char *text)
{
  g_assert_cmpmem (bytes->data, bytes->len, text, strlen (text));
}

static void
test_byte_by_byte (void)
{
  static const char TEXT[] = "a SELECT \"INBOX\"\r\n";
  g_autoptr (World) world = world_new ();

  start (world, PATIENT_MS);
  for (gsize i = 0; i < strlen (TEXT); i++)
    {
      say (world->client, (char[]){ TEXT[i], '\0' });
      say (world->server, (char[]){ TEXT[i], '\0' });
      wait_for (world, i + 1, i + 1);
    }
  assert_bytes (world->at_server, TEXT);
  assert_bytes (world->at_client, TEXT);
  g_clear_object (&world->server);
  finish_well (world);
}

static guint8
byte_at (gsize index, guint seed)
{
  return (guint8) (index * 31 + index / 251 + seed);
}

/* Sends as much as is taken. */
static void
push (GSocket *socket, gsize *sent, guint seed)
{
  guint8 buffer[4096];
  gsize wanted = MIN (sizeof buffer, BIG - *sent);
  gssize length = 0;

  for (gsize i = 0; i < wanted; i++)
    buffer[i] = byte_at (*sent + i, seed);
  if (wanted > 0)
    length = g_socket_send (socket, (const char *) buffer, wanted, NULL, NULL);
  if (length > 0)
    *sent += (gsize) length;
}

typedef struct
{
  World *world;
  gsize from_client;
  gsize from_server;
} Flood;

static gboolean
has_flooded (gpointer user_data)
{
  Flood *flood = user_data;

  push (flood->world->client, &flood->from_client, 1);
  push (flood->world->server, &flood->from_server, 2);
  take (flood->world);
  return flood->world->at_server->len == BIG && flood->world->at_client->len == BIG;
}

static void
test_big_both_ways (void)
{
  g_autoptr (World) world = world_new ();
  Flood flood = { world, 0, 0 };
  guint source = g_idle_add (wake, NULL);

  start (world, PATIENT_MS);
  test_loop_until (has_flooded, &flood);
  g_source_remove (source);
  for (gsize i = 0; i < BIG; i++)
    if (world->at_server->data[i] != byte_at (i, 1) ||
        world->at_client->data[i] != byte_at (i, 2))
      g_error ("Byte %zu is another", i);
  g_clear_object (&world->server);
  finish_well (world);
}

/* What was said last still arrives. */
static void
test_server_ends (void)
{
  g_autoptr (World) world = world_new ();

  start (world, PATIENT_MS);
  say (world->client, "a LOGOUT\r\n");
  wait_for (world, 10, 0);
  say (world->server, "* BYE\r\na OK\r\n");
  g_clear_object (&world->server);
  wait_for_end (world);
  finish_well (world);
  assert_bytes (world->at_client, "* BYE\r\na OK\r\n");
}

static void
test_server_is_lost (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;

  start (world, PATIENT_MS);
  say (world->server, "* OK\r\n");
  wait_for (world, 0, 6);
  say (world->client, "a NOOP\r\n");
  while (g_socket_get_available_bytes (world->server) <= 0)
    g_main_context_iteration (NULL, TRUE);
  /* With bytes that nobody read, the system resets the connection. */
  g_clear_object (&world->server);
  g_assert_false (finish (world, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_client_says_no_more (void)
{
  g_autoptr (World) world = world_new ();

  start (world, PATIENT_MS);
  say (world->client, "a FETCH 1 RFC822\r\n");
  g_socket_shutdown (world->client, FALSE, TRUE, NULL);
  wait_for (world, 18, 0);
  say (world->server, "* 1 FETCH\r\n");
  wait_for (world, 18, 11);
  say (world->server, "a OK\r\n");
  g_clear_object (&world->server);
  wait_for_end (world);
  finish_well (world);
  assert_bytes (world->at_client, "* 1 FETCH\r\na OK\r\n");
}

static void
test_client_is_left_to_silence (void)
{
  g_autoptr (World) world = world_new ();

  start (world, 50);
  g_socket_shutdown (world->client, FALSE, TRUE, NULL);
  wait_for_end (world);
  finish_well (world);
  g_assert_true (world->server_ended);
}

/* At once, however long the server may be silent. */
static void
test_client_is_gone (void)
{
  g_autoptr (World) world = world_new ();
  gint64 begun = test_clock_get_us ();

  start (world, PATIENT_MS);
  say (world->client, "a LOGOUT\r\n");
  g_clear_object (&world->client);
  wait_for_end (world);
  finish_well (world);
  assert_bytes (world->at_server, "a LOGOUT\r\n");
  g_assert_cmpint (test_clock_get_us () - begun, <, 5 * G_TIME_SPAN_SECOND);
}

static void
test_client_listens_no_more (void)
{
  g_autoptr (World) world = world_new ();

  start (world, PATIENT_MS);
  g_socket_shutdown (world->client, TRUE, FALSE, NULL);
  say (world->server, "* 1 EXISTS\r\n");
  finish_well (world);
}

typedef struct
{
  World *world;
  gsize sent;
  guint idle_turns;
} Stall;

static gboolean
has_stalled (gpointer user_data)
{
  Stall *stall = user_data;
  gsize before = stall->sent;

  push (stall->world->server, &stall->sent, 3);
  stall->idle_turns = stall->sent == before ? stall->idle_turns + 1 : 0;
  return stall->idle_turns > 100;
}

/* A client that does not read must not make us hold all that the server has. */
static void
test_holds_back (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  Stall stall = { world, 0, 0 };
  guint source = g_idle_add (wake, NULL);

  start (world, PATIENT_MS);
  test_loop_until (has_stalled, &stall);
  g_source_remove (source);
  g_assert_cmpuint (stall.sent, <, BIG);
  g_assert_null (world->result);
  g_cancellable_cancel (world->cancellable);
  g_assert_false (finish (world, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_cancelled (World *world)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (finish (world, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_is_cancelled (void)
{
  for (guint moment = 0; moment < 4; moment++)
    {
      g_autoptr (World) world = world_new ();

      if (moment == 0)
        g_cancellable_cancel (world->cancellable);
      start (world, PATIENT_MS);
      if (moment == 2)
        {
          say (world->client, "a IDLE\r\n");
          wait_for (world, 8, 0);
        }
      if (moment == 3)
        {
          g_socket_shutdown (world->client, FALSE, TRUE, NULL);
          test_loop_drain ();
        }
      g_cancellable_cancel (world->cancellable);
      assert_cancelled (world);
    }
}

static void
test_is_cancelled_after_the_end (void)
{
  g_autoptr (World) world = world_new ();

  start (world, PATIENT_MS);
  g_clear_object (&world->server);
  test_loop_until_set ((gpointer *) &world->result);
  finish_well (world);
  g_cancellable_cancel (world->cancellable);
  test_loop_drain ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/relay/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/setup/relay/big", test_big_both_ways);
  g_test_add_func ("/setup/relay/server-ends", test_server_ends);
  g_test_add_func ("/setup/relay/server-lost", test_server_is_lost);
  g_test_add_func ("/setup/relay/client-says-no-more", test_client_says_no_more);
  g_test_add_func ("/setup/relay/silence", test_client_is_left_to_silence);
  g_test_add_func ("/setup/relay/client-gone", test_client_is_gone);
  g_test_add_func ("/setup/relay/client-deaf", test_client_listens_no_more);
  g_test_add_func ("/setup/relay/holds-back", test_holds_back);
  g_test_add_func ("/setup/relay/cancel", test_is_cancelled);
  g_test_add_func ("/setup/relay/cancel-after", test_is_cancelled_after_the_end);
  return g_test_run ();
}
