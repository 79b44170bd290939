#include "config.h"

#include "support/stand-in.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define LINE_LIMIT (64 * 1024)
#define GIGABYTE (1024L * 1024 * 1024)

const char *
wire_bend (Wire *self, const char *what)
{
  g_autofree char *number = g_strdup_printf ("%u", self->port->number);
  const char *found = stand_in_bend (self->stand_in, number, what);
  if (found == NULL)
    found = stand_in_bend (self->stand_in, self->port->protocol, what);
  if (found == NULL)
    found = stand_in_bend (self->stand_in, "mail", what);
  return found != NULL ? found : stand_in_bend (self->stand_in, "all", what);
}

gboolean
wire_is_bent (Wire *self, const char *what, const char *value)
{
  return g_strcmp0 (wire_bend (self, what), value) == 0;
}

void
wire_note (Wire *self, const char *event, const char *text)
{
  /* The room itself knocks to see whether somebody is in. */
  if (g_str_has_prefix (self->peer, "127."))
    return;
  g_autofree char *who = g_strdup_printf ("%u#%u", self->port->number, self->number);
  stand_in_note (self->stand_in, who, event, text);
}

void
wire_reset (Wire *self)
{
  const struct linger now = { .l_onoff = 1 };
  int fd = g_socket_get_fd (g_socket_connection_get_socket (self->connection));
  setsockopt (fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  /* Not through TLS, which would say goodbye. */
  g_socket_close (g_socket_connection_get_socket (self->connection), NULL);
  self->dead = TRUE;
}

void
wire_hang (Wire *self)
{
  char ignored[512];
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  while (g_input_stream_read (input, ignored, sizeof ignored, NULL, NULL) > 0)
    ;
  self->dead = TRUE;
}

static gboolean
write_all (Wire *self, const char *bytes, gsize length)
{
  GOutputStream *output = g_io_stream_get_output_stream (self->stream);
  if (!self->dead && !g_output_stream_write_all (output, bytes, length, NULL, NULL, NULL))
    self->dead = TRUE;
  return !self->dead;
}

void
wire_send (Wire *self, const char *bytes, gsize length)
{
  const char *drip = wire_bend (self, "drip");
  if (drip == NULL)
    {
      write_all (self, bytes, length);
      return;
    }
  for (gsize i = 0; i < length && !self->dead; i++)
    {
      write_all (self, bytes + i, 1);
      g_usleep (g_ascii_strtoull (drip, NULL, 10) * 1000);
    }
}

static void
flood (Wire *self, const char *piece)
{
  g_autoptr (GString) block = g_string_new (NULL);
  while (block->len < 64 * 1024)
    g_string_append (block, piece);
  for (gsize sent = 0; sent < GIGABYTE && !self->dead; sent += block->len)
    write_all (self, block->str, block->len);
  wire_hang (self);
}

static const char *
endless_line (Wire *self)
{
  if (g_str_equal (self->port->protocol, "smtp"))
    return "250-and one more\r\n";
  return g_str_equal (self->port->protocol, "imap") ? "* 1 EXISTS\r\n" : "ONE MORE\r\n";
}

/* Does something else in place of a reply; returns whether it did. */
static gboolean
spoil (Wire *self, const char *text)
{
  const char *spoilt = wire_bend (self, "spoil");
  if (spoilt == NULL)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (spoilt, "@", 2);
  guint64 at = parts[1] != NULL ? g_ascii_strtoull (parts[1], NULL, 10) : 1;
  if (self->replies != at)
    return FALSE;
  const char *kind = parts[0];
  wire_note (self, "spoil", kind);
  if (g_str_equal (kind, "close"))
    g_io_stream_close (self->stream, NULL, NULL);
  else if (g_str_equal (kind, "reset"))
    wire_reset (self);
  else if (g_str_equal (kind, "silent"))
    wire_hang (self);
  else if (g_str_equal (kind, "endless-line"))
    flood (self, "2");
  else if (g_str_equal (kind, "endless-lines"))
    {
      write_all (self, text, strcspn (text, "\n"));
      write_all (self, "\r\n", 2);
      flood (self, endless_line (self));
    }
  else if (g_str_equal (kind, "binary"))
    write_all (self, "\x00\xff\xfe\x01\x80\x07\r\n", 8);
  else if (g_str_equal (kind, "half"))
    {
      write_all (self, text, strlen (text) / 2);
      g_io_stream_close (self->stream, NULL, NULL);
    }
  else if (g_str_equal (kind, "literal"))
    {
      write_all (self, "* LIST () \"/\" {1073741824}\r\n", 28);
      flood (self, "x");
    }
  else if (g_str_equal (kind, "bare-lf"))
    {
      write_all (self, text, strlen (text));
      write_all (self, "\n", 1);
      return TRUE;
    }
  else if (g_str_equal (kind, "evil"))
    {
      static const char evil[] = "\033]0;owned\a\033[31m<b>&amp;\302\233\342\200\256\r\n";
      write_all (self, text, MIN (4, strlen (text)));
      write_all (self, evil, sizeof evil - 1);
      return TRUE;
    }
  else
    {
      g_printerr ("no way to spoil a reply is called “%s”\n", kind);
      return FALSE;
    }
  self->dead = TRUE;
  return TRUE;
}

void
wire_reply (Wire *self, const char *text)
{
  if (self->dead)
    return;
  const char *delay = wire_bend (self, "delay");
  if (delay != NULL)
    g_usleep (g_ascii_strtoull (delay, NULL, 10) * 1000);
  self->replies++;
  if (spoil (self, text))
    return;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\r\n", lines);
  g_autofree char *whole = g_strconcat (joined, "\r\n", NULL);
  wire_send (self, whole, strlen (whole));
  g_autofree char *first = g_strndup (text, strcspn (text, "\n"));
  wire_note (self, "reply", first);
}

void
wire_replyf (Wire *self, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  wire_reply (self, text);
}

static gboolean
fill (Wire *self)
{
  char piece[4096];
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  gssize got =
    self->dead ? -1 : g_input_stream_read (input, piece, sizeof piece, NULL, NULL);
  if (got <= 0 || self->unread->len > LINE_LIMIT)
    {
      self->dead = TRUE;
      return FALSE;
    }
  g_string_append_len (self->unread, piece, got);
  return TRUE;
}

char *
wire_read (Wire *self)
{
  const char *end;
  while ((end = strchr (self->unread->str, '\n')) == NULL)
    if (!fill (self))
      return NULL;
  gsize length = end - self->unread->str;
  char *line = g_strndup (self->unread->str, length);
  if (length > 0 && line[length - 1] == '\r')
    line[length - 1] = '\0';
  g_string_erase (self->unread, 0, length + 1);
  return line;
}

char *
wire_read_bytes (Wire *self, gsize length)
{
  while (self->unread->len < length)
    if (!fill (self))
      return NULL;
  char *bytes = g_strndup (self->unread->str, length);
  g_string_erase (self->unread, 0, length);
  return bytes;
}

/* Does something else in place of a handshake; returns whether it did. */
static gboolean
spoil_handshake (Wire *self, const char *how)
{
  static const char garbage[] = "This is no handshake at all, whatever you may say.\r\n";
  static const char alert[] = "\x15\x03\x03\x00\x02\x02\x28";
  if (how == NULL || g_str_has_prefix (how, "1."))
    return FALSE;
  wire_note (self, "spoil-tls", how);
  if (g_str_equal (how, "garbage"))
    write_all (self, garbage, sizeof garbage - 1);
  else if (g_str_equal (how, "alert"))
    write_all (self, alert, sizeof alert - 1);
  else if (g_str_equal (how, "reset"))
    {
      char hello[16];
      g_input_stream_read (g_io_stream_get_input_stream (self->stream), hello,
                           sizeof hello, NULL, NULL);
      wire_reset (self);
    }
  else if (g_str_equal (how, "close"))
    g_io_stream_close (self->stream, NULL, NULL);
  else
    wire_hang (self);
  if (!self->dead)
    wire_hang (self);
  self->dead = TRUE;
  return TRUE;
}

gboolean
wire_shake_hands (Wire *self)
{
  return wire_shake_hands_as (self, wire_bend (self, "certificate"));
}

gboolean
wire_shake_hands_as (Wire *self, const char *name)
{
  const char *delay = wire_bend (self, "delay");
  const char *slow = wire_bend (self, "tls-delay");
  g_autoptr (GError) error = NULL;

  if (spoil_handshake (self, wire_bend (self, "tls")))
    return FALSE;
  if (delay != NULL || slow != NULL)
    g_usleep (g_ascii_strtoull (slow != NULL ? slow : delay, NULL, 10) * 1000);
  g_autoptr (GTlsCertificate) certificate =
    stand_in_certificate (self->stand_in, name != NULL ? name : "good");
  g_autoptr (GIOStream) tls =
    g_tls_server_connection_new (self->stream, certificate, &error);
  if (tls == NULL || !g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error))
    {
      wire_note (self, "no-tls", error->message);
      self->dead = TRUE;
      return FALSE;
    }
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_set_object (&self->stream, tls);
  g_string_truncate (self->unread, 0);
  self->secure = TRUE;
  g_autofree char *cipher =
    g_tls_connection_get_ciphersuite_name (G_TLS_CONNECTION (tls));
  wire_note (self, "tls", cipher);
  return TRUE;
}
