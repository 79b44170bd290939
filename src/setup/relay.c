#include "config.h"

#include "setup/relay.h"

#include <gio/gfiledescriptorbased.h>
#include <glib-unix.h>
#include <string.h>

#define BUFFER_BYTES 16384

/* A pipe that can be written to takes this much without making us wait (POSIX), and a
 * socket does as well. */
#define PIECE_BYTES 4096

/* How long closing the connection in good order may take. */
#define CLOSING_MS 500

/* One of the two ways. */
typedef struct
{
  GInputStream *in;
  GOutputStream *out;
  gsize piece;
  gsize length;
  gsize done;
  char buffer[BUFFER_BYTES];
} Way;

typedef struct
{
  GIOStream *server;
  Way up;
  Way down;
  guint quiet_ms;
  gboolean client_ended;
  gboolean over;
  GCancellable *inner;
  gulong chain;
  GCancellable *outer;
  GSource *quiet;
  GSource *gone;
  GSource *closing;
  GError *error;
  guint pending;
} Relay;

static void receive (GTask *task, Way *way);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
way_clear (Way *self)
{
  g_clear_object (&self->in);
  g_clear_object (&self->out);
  explicit_bzero (self->buffer, sizeof self->buffer);
}

static void
relay_free (gpointer data)
{
  Relay *self = data;

  g_cancellable_disconnect (self->outer, self->chain);
  clear_source (&self->quiet);
  clear_source (&self->gone);
  clear_source (&self->closing);
  g_clear_object (&self->outer);
  g_object_unref (self->inner);
  g_object_unref (self->server);
  way_clear (&self->up);
  way_clear (&self->down);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
on_closing_late (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Relay *self = g_task_get_task_data (task);

  /* A goodbye that fails spoils nothing. */
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
close_server (GTask *task)
{
  Relay *self = g_task_get_task_data (task);
  g_autoptr (GCancellable) late = g_cancellable_new ();

  if (g_task_return_error_if_cancelled (task))
    return;
  self->closing = g_timeout_source_new (CLOSING_MS);
  g_source_set_callback (self->closing, on_closing_late, g_object_ref (late),
                         g_object_unref);
  g_source_attach (self->closing, g_task_get_context (task));
  g_io_stream_close_async (self->server, G_PRIORITY_DEFAULT, late, on_closed,
                           g_object_ref (task));
}

/* Whatever is under way comes back before the task does. */
static void
end (GTask *task)
{
  Relay *self = g_task_get_task_data (task);

  if (!self->over)
    {
      self->over = TRUE;
      clear_source (&self->quiet);
      clear_source (&self->gone);
      g_cancellable_cancel (self->inner);
    }
  if (self->pending == 0)
    close_server (task);
}

static gboolean
on_quiet (gpointer user_data)
{
  end (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_gone (int descriptor G_GNUC_UNUSED,
         GIOCondition condition G_GNUC_UNUSED,
         gpointer user_data)
{
  end (user_data);
  return G_SOURCE_REMOVE;
}

static void
expect_quiet (GTask *task)
{
  Relay *self = g_task_get_task_data (task);

  clear_source (&self->quiet);
  self->quiet = g_timeout_source_new (self->quiet_ms);
  g_source_set_callback (self->quiet, on_quiet, task, NULL);
  g_source_attach (self->quiet, g_task_get_context (task));
}

/* A client that only says no more may still listen; one that is gone does not. */
static void
end_up (GTask *task)
{
  Relay *self = g_task_get_task_data (task);
  GOutputStream *out = self->down.out;

  expect_quiet (task);
  if (!G_IS_FILE_DESCRIPTOR_BASED (out))
    return;
  self->gone = g_unix_fd_source_new (
    g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (out)), G_IO_ERR | G_IO_HUP);
  g_source_set_callback (self->gone, G_SOURCE_FUNC (on_gone), task, NULL);
  g_source_attach (self->gone, g_task_get_context (task));
}

static gboolean
is_lost (const Relay *self, const GError *error)
{
  /* Servers say LOGOUT's answer and hang up without TLS's own goodbye. */
  return error != NULL && !self->client_ended &&
         !g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

/* @error is %NULL at the end of what there is to read. */
static void
end_way (GTask *task, const Way *way, gboolean reading, const GError *error)
{
  Relay *self = g_task_get_task_data (task);

  if (self->over)
    end (task);
  else if (way == &self->down)
    {
      if (reading && is_lost (self, error))
        self->error = g_error_copy (error);
      end (task);
    }
  else
    {
      /* If it is the server that takes no more, it says why. */
      self->client_ended = reading;
      end_up (task);
    }
}

static void send_piece (GTask *task, Way *way);

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gssize length = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, &error);
  Relay *self = g_task_get_task_data (task);
  Way *way = self->up.out == (GOutputStream *) source ? &self->up : &self->down;

  self->pending--;
  if (length < 0 || self->over)
    {
      end_way (task, way, FALSE, error);
      return;
    }
  if (self->quiet != NULL)
    expect_quiet (task);
  way->done += (gsize) length;
  if (way->done < way->length)
    send_piece (task, way);
  else
    receive (task, way);
}

static void
send_piece (GTask *task, Way *way)
{
  Relay *self = g_task_get_task_data (task);

  self->pending++;
  g_output_stream_write_async (
    way->out, way->buffer + way->done, MIN (way->length - way->done, way->piece),
    G_PRIORITY_DEFAULT, self->inner, on_sent, g_object_ref (task));
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  Relay *self = g_task_get_task_data (task);
  Way *way = self->up.in == (GInputStream *) source ? &self->up : &self->down;

  self->pending--;
  if (length <= 0 || self->over)
    {
      end_way (task, way, TRUE, error);
      return;
    }
  if (self->quiet != NULL)
    expect_quiet (task);
  way->length = (gsize) length;
  way->done = 0;
  send_piece (task, way);
}

static void
receive (GTask *task, Way *way)
{
  Relay *self = g_task_get_task_data (task);

  self->pending++;
  g_input_stream_read_async (way->in, way->buffer, sizeof way->buffer, G_PRIORITY_DEFAULT,
                             self->inner, on_received, g_object_ref (task));
}

static void
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

void
barua_relay_async (const BaruaRelay *relay,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Relay *self = g_new0 (Relay, 1);

  g_return_if_fail (relay != NULL && relay->server != NULL);
  g_return_if_fail (relay->in != NULL && relay->out != NULL);

  g_task_set_source_tag (task, barua_relay_async);
  g_task_set_task_data (task, self, relay_free);
  self->server = g_object_ref (relay->server);
  self->quiet_ms = relay->quiet_ms;
  self->up = (Way){ .in = g_object_ref (relay->in),
                    .out = g_object_ref (g_io_stream_get_output_stream (relay->server)),
                    .piece = BUFFER_BYTES };
  self->down = (Way){ .in = g_object_ref (g_io_stream_get_input_stream (relay->server)),
                      .out = g_object_ref (relay->out),
                      .piece = PIECE_BYTES };
  self->inner = g_cancellable_new ();
  if (g_task_return_error_if_cancelled (task))
    return;
  g_set_object (&self->outer, cancellable);
  if (cancellable != NULL)
    self->chain = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                         g_object_ref (self->inner), g_object_unref);
  receive (task, &self->up);
  receive (task, &self->down);
}

gboolean
barua_relay_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
