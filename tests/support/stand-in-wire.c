#include "config.h"

#include "support/stand-in.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define LINE_LIMIT (64 * 1024)

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
wire_note_command (Wire *self, const char *verb)
{
  g_strlcpy (self->asked, verb, sizeof self->asked);
  wire_note (self, "command", verb);
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

gssize
wire_hear (Wire *self, char *bytes, gsize size)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  gssize got = g_input_stream_read (input, bytes, size, NULL, NULL);
  GPtrArray *forms = self->stand_in->forms;
  for (guint i = 0; !self->secure && got > 0 && i < forms->len; i++)
    if (g_strstr_len (bytes, got, g_ptr_array_index (forms, i)) != NULL)
      wire_note (self, "clear-secret", "");
  return got;
}

void
wire_hang (Wire *self)
{
  char heard[4096];
  while (wire_hear (self, heard, sizeof heard) > 0)
    ;
  self->dead = TRUE;
}

gboolean
wire_write (Wire *self, const char *bytes, gsize length)
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
      wire_write (self, bytes, length);
      return;
    }
  for (gsize i = 0; i < length && !self->dead; i++)
    {
      wire_write (self, bytes + i, 1);
      g_usleep (g_ascii_strtoull (drip, NULL, 10) * 1000);
    }
}

/* Whether a line is one in which a server may say what it likes, to its end. */
static gboolean
is_free (const char *line)
{
  static const char *const STARTS[] = { "+OK", "SASL ", "* OK", "* BYE", "* CAPABILITY" };

  for (gsize i = 0; i < G_N_ELEMENTS (STARTS); i++)
    if (g_str_has_prefix (line, STARTS[i]))
      return TRUE;
  if (line[0] == '2')
    return strstr (line, "STARTTLS") == NULL;
  return line[0] != '*' && line[0] != '+' && strstr (line, " OK ") != NULL;
}

/* The word stands wherever a server has room for words of its own. */
static char *
mark (const char *text, const char *word)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *marked = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_tagged = strchr ("*+2.", lines[i][0]) == NULL && is_free (lines[i]);

      if (is_tagged && !g_str_has_prefix (lines[i], "SASL"))
        g_string_append_printf (marked, "* OK [ALERT] %s\n", word);
      if (g_str_has_prefix (lines[i], "* LIST ("))
        g_string_append_printf (marked, "* LIST (\\%s %s", word, lines[i] + 8);
      else if (is_free (lines[i]))
        g_string_append_printf (marked, "%s %s", lines[i], word);
      else
        g_string_append (marked, lines[i]);
      if (lines[i + 1] != NULL)
        g_string_append_c (marked, '\n');
    }
  return g_string_free (marked, FALSE);
}

void
wire_reply (Wire *self, const char *text)
{
  const char *word = wire_bend (self, "mark");
  g_autofree char *marked = word != NULL ? mark (text, word) : NULL;

  if (marked != NULL)
    text = marked;
  if (self->dead)
    return;
  const char *delay = wire_bend (self, "delay");
  if (delay != NULL)
    g_usleep (g_ascii_strtoull (delay, NULL, 10) * 1000);
  self->replies++;
  if (wire_spoil (self, text))
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
  gssize got = self->dead ? -1 : wire_hear (self, piece, sizeof piece);
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

  if (wire_spoil_handshake (self))
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
