#include "config.h"

#include "probe/tap.h"

#include "base/text.h"

#include <string.h>

/* RFC 8446, 5.1: the first byte of a record. */
#define RECORD_ALERT 21
#define RECORD_HANDSHAKE 22
#define RECORD_ALERT_LENGTH 7

typedef struct
{
  GFilterInputStream parent;
  guint8 first[BARUA_TAP_BYTES];
  gsize length;
  gboolean ended;
  gboolean reset;
} TapInput;

typedef struct
{
  GFilterInputStreamClass parent;
} TapInputClass;

/* A peer that resets may be found out by writing, and reading then sees a plain end. */
typedef struct
{
  GFilterOutputStream parent;
  gboolean reset;
} TapOutput;

typedef struct
{
  GFilterOutputStreamClass parent;
} TapOutputClass;

struct _BaruaTap
{
  GIOStream parent;
  GIOStream *base;
  TapInput *input;
  TapOutput *output;
};

static GType tap_input_get_type (void);
static GType tap_output_get_type (void);
static void tap_input_pollable_init (GPollableInputStreamInterface *iface);
static void tap_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_TYPE_WITH_CODE (TapInput,
                         tap_input,
                         G_TYPE_FILTER_INPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                tap_input_pollable_init))
G_DEFINE_TYPE_WITH_CODE (TapOutput,
                         tap_output,
                         G_TYPE_FILTER_OUTPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                tap_output_pollable_init))
G_DEFINE_TYPE (BaruaTap, barua_tap, G_TYPE_IO_STREAM)

static gboolean
is_reset (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static GInputStream *
get_base (gpointer self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

static void
keep (TapInput *self, const void *buffer, gssize length, const GError *error)
{
  gsize more = 0;

  if (length > 0)
    {
      more = MIN ((gsize) length, sizeof self->first - self->length);
      memcpy (self->first + self->length, buffer, more);
      self->length += more;
      return;
    }
  if (length == 0)
    self->ended = TRUE;
  if (is_reset (error))
    self->ended = self->reset = TRUE;
}

static gssize
tap_input_read (GInputStream *stream,
                void *buffer,
                gsize count,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GError) own = NULL;
  gssize length =
    g_input_stream_read (get_base (stream), buffer, count, cancellable, &own);

  keep ((TapInput *) stream, buffer, length, own);
  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  return length;
}

static gssize
tap_input_read_nonblocking (GPollableInputStream *stream,
                            void *buffer,
                            gsize count,
                            GError **error)
{
  GPollableInputStream *base = G_POLLABLE_INPUT_STREAM (get_base (stream));
  g_autoptr (GError) own = NULL;
  gssize length =
    g_pollable_input_stream_read_nonblocking (base, buffer, count, NULL, &own);

  keep ((TapInput *) stream, buffer, length, own);
  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  return length;
}

static gboolean
tap_input_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (
    G_POLLABLE_INPUT_STREAM (get_base (stream)));
}

static GSource *
tap_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  GPollableInputStream *base = G_POLLABLE_INPUT_STREAM (get_base (stream));
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (base, cancellable);

  return g_pollable_source_new_full (stream, source, NULL);
}

static void
tap_input_class_init (TapInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = tap_input_read;
}

static void
tap_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = tap_input_is_readable;
  iface->create_source = tap_input_create_source;
  iface->read_nonblocking = tap_input_read_nonblocking;
}

static void
tap_input_init (G_GNUC_UNUSED TapInput *self)
{
}

static GOutputStream *
get_base_output (gpointer self)
{
  return g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (self));
}

static gssize
tap_output_write (GOutputStream *stream,
                  const void *buffer,
                  gsize count,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) own = NULL;
  gssize length =
    g_output_stream_write (get_base_output (stream), buffer, count, cancellable, &own);

  if (is_reset (own))
    ((TapOutput *) stream)->reset = TRUE;
  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  return length;
}

static gssize
tap_output_write_nonblocking (GPollableOutputStream *stream,
                              const void *buffer,
                              gsize count,
                              GError **error)
{
  GPollableOutputStream *base = G_POLLABLE_OUTPUT_STREAM (get_base_output (stream));
  g_autoptr (GError) own = NULL;
  gssize length =
    g_pollable_output_stream_write_nonblocking (base, buffer, count, NULL, &own);

  if (is_reset (own))
    ((TapOutput *) stream)->reset = TRUE;
  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  return length;
}

static gboolean
tap_output_is_writable (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_is_writable (
    G_POLLABLE_OUTPUT_STREAM (get_base_output (stream)));
}

static GSource *
tap_output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  GPollableOutputStream *base = G_POLLABLE_OUTPUT_STREAM (get_base_output (stream));
  g_autoptr (GSource) source = g_pollable_output_stream_create_source (base, cancellable);

  return g_pollable_source_new_full (stream, source, NULL);
}

static void
tap_output_class_init (TapOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = tap_output_write;
}

static void
tap_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = tap_output_is_writable;
  iface->create_source = tap_output_create_source;
  iface->write_nonblocking = tap_output_write_nonblocking;
}

static void
tap_output_init (G_GNUC_UNUSED TapOutput *self)
{
}

static GInputStream *
barua_tap_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (BARUA_TAP (stream)->input);
}

static GOutputStream *
barua_tap_get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (BARUA_TAP (stream)->output);
}

static gboolean
barua_tap_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (BARUA_TAP (stream)->base, cancellable, error);
}

static void
barua_tap_finalize (GObject *object)
{
  BaruaTap *self = BARUA_TAP (object);

  g_object_unref (self->input);
  g_object_unref (self->output);
  g_object_unref (self->base);
  G_OBJECT_CLASS (barua_tap_parent_class)->finalize (object);
}

static void
barua_tap_class_init (BaruaTapClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = barua_tap_finalize;
  stream_class->get_input_stream = barua_tap_get_input_stream;
  stream_class->get_output_stream = barua_tap_get_output_stream;
  stream_class->close_fn = barua_tap_close;
}

static void
barua_tap_init (G_GNUC_UNUSED BaruaTap *self)
{
}

BaruaTap *
barua_tap_new (GIOStream *base)
{
  BaruaTap *self = g_object_new (BARUA_TYPE_TAP, NULL);

  self->base = g_object_ref (base);
  self->input =
    g_object_new (tap_input_get_type (), "base-stream",
                  g_io_stream_get_input_stream (base), "close-base-stream", FALSE, NULL);
  self->output =
    g_object_new (tap_output_get_type (), "base-stream",
                  g_io_stream_get_output_stream (base), "close-base-stream", FALSE, NULL);
  return self;
}

BaruaTapSeen
barua_tap_get_seen (BaruaTap *self)
{
  const TapInput *input = self->input;

  if (input->length == 0)
    return BARUA_TAP_NOTHING;
  /* The second byte is the major version, 3 since 1996. */
  if (input->length > 1 && input->first[1] != 3)
    return BARUA_TAP_OTHER;
  if (input->first[0] == RECORD_HANDSHAKE)
    return BARUA_TAP_HANDSHAKE;
  return input->first[0] == RECORD_ALERT ? BARUA_TAP_ALERT : BARUA_TAP_OTHER;
}

int
barua_tap_get_alert (BaruaTap *self)
{
  const TapInput *input = self->input;

  if (barua_tap_get_seen (self) != BARUA_TAP_ALERT || input->length < RECORD_ALERT_LENGTH)
    return -1;
  return input->first[RECORD_ALERT_LENGTH - 1];
}

char *
barua_tap_dup_text (BaruaTap *self)
{
  const TapInput *input = self->input;
  guint8 more[BARUA_TAP_BYTES];
  gsize length = 0;

  g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (self->input), more,
                                            sizeof more, NULL, NULL);
  while (length < input->length && input->first[length] != '\n')
    length++;
  return barua_text_one_line ((const char *) input->first, (gssize) length, 0);
}

gboolean
barua_tap_has_ended (BaruaTap *self, gboolean *reset)
{
  gboolean is_broken = self->input->reset || self->output->reset;

  if (self->input->ended || is_broken)
    *reset = is_broken;
  return self->input->ended || is_broken;
}
