#include "config.h"

#include "probe/reply.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/secret.h"
#include "base/text.h"

#include <string.h>

#define SHOWN_REST 200

struct _BaruaReader
{
  BaruaProtocol protocol;
  BaruaReplyFault fault;
  /* The line under way, the literals of IMAP in it put in as quoted strings. */
  BaruaBuffer line;
  gboolean after_cr;
  /* What counts against the limits: bytes of the line outside of literals, bytes and
   * answers since the last whole reply, or in IMAP since the last tagged one. */
  gsize line_bytes;
  gsize reply_bytes;
  gsize untagged;
  /* IMAP: where the part of the line after the last literal starts; how many bytes of a
   * literal are still to come; what is known of the line so far. */
  gsize segment;
  gsize literal;
  guint nesting;
  gboolean quoted;
  gboolean escaped;
  /* The lines of the reply under way. */
  GPtrArray *lines;
  guint code;
  gboolean expects_lines;
  gboolean in_lines;
  GQueue replies;
};

static void
free_line (gpointer data)
{
  barua_secret_free_text (data);
}

BaruaReader *
barua_reader_new (BaruaProtocol protocol)
{
  BaruaReader *self = g_new0 (BaruaReader, 1);

  self->protocol = protocol;
  self->lines = g_ptr_array_new_with_free_func (free_line);
  g_queue_init (&self->replies);
  return self;
}

void
barua_reader_free (BaruaReader *self)
{
  g_return_if_fail (self != NULL);

  barua_buffer_clear (&self->line);
  g_ptr_array_unref (self->lines);
  g_queue_clear_full (&self->replies, (GDestroyNotify) barua_reply_free);
  g_free (self);
}

void
barua_reader_expect_lines (BaruaReader *self, gboolean several)
{
  g_return_if_fail (self != NULL && self->protocol == BARUA_PROTOCOL_POP);

  self->expects_lines = several;
}

static void
set_fault (BaruaReader *self, BaruaReplyFault fault)
{
  if (self->fault == BARUA_REPLY_FAULT_NONE)
    self->fault = fault;
}

static void
finish_reply (BaruaReader *self)
{
  BaruaReply *reply = g_new0 (BaruaReply, 1);

  g_ptr_array_add (self->lines, NULL);
  reply->lines = (char **) g_ptr_array_steal (self->lines, NULL);
  reply->code = self->code;
  self->code = 0;
  g_queue_push_tail (&self->replies, reply);
}

static void
keep_line (BaruaReader *self)
{
  g_ptr_array_add (self->lines, g_strndup (self->line.bytes, self->line.length));
}

/* RFC 5321, 4.2: three digits, and "-" on all lines but the last. A code alone is a whole
 * line as well. */
static void
take_smtp_line (BaruaReader *self)
{
  const char *line = self->line.bytes;
  guint code = 0;

  if (self->line.length < 3 || line[0] < '2' || line[0] > '5' ||
      !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]) ||
      (line[3] != '\0' && line[3] != ' ' && line[3] != '-'))
    {
      set_fault (self, BARUA_REPLY_FAULT_GRAMMAR);
      return;
    }
  code = (guint) (line[0] - '0') * 100 + (guint) (line[1] - '0') * 10 +
         (guint) (line[2] - '0');
  if (self->lines->len > 0 && code != self->code)
    {
      set_fault (self, BARUA_REPLY_FAULT_GRAMMAR);
      return;
    }
  self->code = code;
  keep_line (self);
  if (line[3] == '-')
    return;
  finish_reply (self);
  self->reply_bytes = 0;
}

static gboolean
starts_with_word (const char *line, const char *word)
{
  gsize length = strlen (word);

  return g_ascii_strncasecmp (line, word, length) == 0 &&
         (line[length] == '\0' || line[length] == ' ');
}

/* RFC 1939, 3: the lines after "+OK" up to a lone ".", the first of two dots taken off.
 */
static void
take_pop_data (BaruaReader *self)
{
  const char *line = self->line.bytes;

  if (strcmp (line, ".") == 0)
    {
      self->in_lines = FALSE;
      finish_reply (self);
      self->reply_bytes = 0;
      return;
    }
  g_ptr_array_add (self->lines, g_strdup (line[0] == '.' ? line + 1 : line));
}

static void
take_pop_line (BaruaReader *self)
{
  const char *line = self->line.bytes;
  gboolean well = starts_with_word (line, "+OK");

  if (self->in_lines)
    {
      take_pop_data (self);
      return;
    }
  if (!well && !starts_with_word (line, "-ERR") && !starts_with_word (line, "+"))
    {
      set_fault (self, BARUA_REPLY_FAULT_GRAMMAR);
      return;
    }
  keep_line (self);
  if (well && self->expects_lines)
    {
      self->expects_lines = FALSE;
      self->in_lines = TRUE;
      return;
    }
  if (!starts_with_word (line, "+"))
    self->expects_lines = FALSE;
  finish_reply (self);
  self->reply_bytes = 0;
}

static gboolean
is_status (const char *word)
{
  return starts_with_word (word, "OK") || starts_with_word (word, "NO") ||
         starts_with_word (word, "BAD");
}

/* RFC 9051, 7.1: the human text of these may end in what looks like a literal and hold
 * what looks like nesting. */
static gboolean
has_free_text (const char *line)
{
  const char *word = line[0] == '*' && line[1] == ' ' ? line + 2 : NULL;

  if (word == NULL)
    return TRUE;
  return is_status (word) || starts_with_word (word, "BYE") ||
         starts_with_word (word, "PREAUTH");
}

/* RFC 9051, 9: "tag SP resp-cond-state". */
static gboolean
is_tagged (const char *line)
{
  gsize length = strcspn (line, " ");

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (line[i]) || strchr ("(){%*\"\\+", line[i]) != NULL)
      return FALSE;
  return length > 0 && line[length] == ' ' && is_status (line + length + 1);
}

static void
take_imap_line (BaruaReader *self)
{
  const char *line = self->line.bytes;
  gboolean tagged = is_tagged (line);

  if (!tagged && strncmp (line, "* ", 2) != 0 && !starts_with_word (line, "+"))
    {
      set_fault (self, BARUA_REPLY_FAULT_GRAMMAR);
      return;
    }
  self->untagged++;
  if (tagged)
    {
      self->untagged = 0;
      self->reply_bytes = 0;
    }
  if (self->untagged > BARUA_LIMIT_UNTAGGED)
    {
      set_fault (self, BARUA_REPLY_FAULT_TOO_MANY_LINES);
      return;
    }
  keep_line (self);
  finish_reply (self);
}

/* RFC 9051, 4.3: "{17}" at the end of a line, also "~{17}" and "{17+}". Returns whether a
 * literal follows; its length is then in self->literal, unless that is a fault. */
static gboolean
starts_literal (BaruaReader *self)
{
  const char *start = self->line.bytes + self->segment;
  const char *open = strrchr (start, '{');
  const char *end = self->line.bytes + self->line.length - 1;
  guint64 size = 0;
  gsize digits = 0;

  if (open == NULL || self->quoted || *end != '}' || has_free_text (self->line.bytes))
    return FALSE;
  digits = strspn (open + 1, "0123456789");
  if (open + 1 + strspn (open + 1, "0123456789+-") != end)
    return FALSE;
  if (digits == 0 || digits > 10 || open + 1 + digits + (end[-1] == '+' ? 1 : 0) != end)
    {
      set_fault (self, BARUA_REPLY_FAULT_GRAMMAR);
      return TRUE;
    }
  size = g_ascii_strtoull (open + 1, NULL, 10);
  if (size > BARUA_LIMIT_LITERAL || self->reply_bytes + size > BARUA_LIMIT_REPLY)
    {
      set_fault (self, BARUA_REPLY_FAULT_TOO_LONG);
      return TRUE;
    }
  self->line.length = (gsize) (open - self->line.bytes);
  self->literal = (gsize) size;
  self->reply_bytes += self->literal;
  return TRUE;
}

static void
end_literal (BaruaReader *self)
{
  barua_buffer_append_c (&self->line, '"');
  self->segment = self->line.length;
}

static void
take_literal_byte (BaruaReader *self, char byte)
{
  if (byte == '\0')
    {
      set_fault (self, BARUA_REPLY_FAULT_CONTROL);
      return;
    }
  if (byte == '"' || byte == '\\')
    barua_buffer_append_c (&self->line, '\\');
  barua_buffer_append_c (&self->line, byte == '\r' || byte == '\n' ? ' ' : byte);
  self->literal--;
  if (self->literal == 0)
    end_literal (self);
}

static void
end_line (BaruaReader *self)
{
  barua_buffer_append (&self->line, NULL, 0);
  if (self->protocol == BARUA_PROTOCOL_IMAP && starts_literal (self))
    {
      if (self->fault != BARUA_REPLY_FAULT_NONE)
        return;
      barua_buffer_append_c (&self->line, '"');
      if (self->literal == 0)
        end_literal (self);
      return;
    }
  if (self->lines->len == BARUA_LIMIT_REPLY_LINES)
    {
      set_fault (self, BARUA_REPLY_FAULT_TOO_MANY_LINES);
      return;
    }
  if (self->protocol == BARUA_PROTOCOL_SMTP)
    take_smtp_line (self);
  else if (self->protocol == BARUA_PROTOCOL_IMAP)
    take_imap_line (self);
  else
    take_pop_line (self);
  if (self->fault != BARUA_REPLY_FAULT_NONE)
    return;
  barua_buffer_empty (&self->line);
  self->line_bytes = 0;
  self->segment = 0;
  self->nesting = 0;
  self->quoted = FALSE;
  self->escaped = FALSE;
}

/* Keeps track of quotes and parentheses in IMAP's data. */
static void
follow_structure (BaruaReader *self, char byte)
{
  if (self->quoted)
    {
      self->quoted = byte != '"' || self->escaped;
      self->escaped = byte == '\\' && !self->escaped;
      return;
    }
  if (byte == '"')
    self->quoted = TRUE;
  if (byte == ')' && self->nesting > 0)
    self->nesting--;
  if (byte != '(')
    return;
  self->nesting++;
  if (self->nesting > BARUA_LIMIT_NESTING && !has_free_text (self->line.bytes))
    set_fault (self, BARUA_REPLY_FAULT_GRAMMAR);
}

static void
take_byte (BaruaReader *self, char byte)
{
  gsize limit =
    self->protocol == BARUA_PROTOCOL_IMAP ? BARUA_LIMIT_LINE_IMAP : BARUA_LIMIT_LINE_SMTP;

  if (self->literal > 0)
    {
      take_literal_byte (self, byte);
      return;
    }
  if (byte == '\0' || self->after_cr != (byte == '\n'))
    {
      set_fault (self, BARUA_REPLY_FAULT_CONTROL);
      return;
    }
  self->reply_bytes++;
  if (self->reply_bytes > BARUA_LIMIT_REPLY)
    {
      set_fault (self, BARUA_REPLY_FAULT_TOO_LONG);
      return;
    }
  self->after_cr = byte == '\r';
  if (byte == '\n')
    {
      end_line (self);
      return;
    }
  if (byte == '\r')
    return;
  self->line_bytes++;
  barua_buffer_append_c (&self->line, byte);
  if (self->line_bytes > limit)
    set_fault (self, BARUA_REPLY_FAULT_LINE_TOO_LONG);
  if (self->protocol == BARUA_PROTOCOL_IMAP)
    follow_structure (self, byte);
}

void
barua_reader_push (BaruaReader *self, const char *bytes, gsize length)
{
  g_return_if_fail (self != NULL && (bytes != NULL || length == 0));

  for (gsize i = 0; i < length && self->fault == BARUA_REPLY_FAULT_NONE; i++)
    take_byte (self, bytes[i]);
}

BaruaReply *
barua_reader_pop (BaruaReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_queue_pop_head (&self->replies);
}

BaruaReplyFault
barua_reader_get_fault (const BaruaReader *self)
{
  g_return_val_if_fail (self != NULL, BARUA_REPLY_FAULT_NONE);

  return self->fault;
}

gboolean
barua_reader_is_empty (const BaruaReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->fault == BARUA_REPLY_FAULT_NONE && self->replies.length == 0 &&
         self->lines->len == 0 && self->line.length == 0 && !self->after_cr;
}

char *
barua_reader_dup_rest (const BaruaReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->lines->len > 0)
    return barua_text_one_line (g_ptr_array_index (self->lines, 0), -1, SHOWN_REST);
  return barua_text_one_line (self->line.bytes, (gssize) self->line.length, SHOWN_REST);
}

void
barua_reply_free (BaruaReply *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; self->lines[i] != NULL; i++)
    barua_secret_wipe (self->lines[i]);
  g_strfreev (self->lines);
  g_free (self);
}

const char *
barua_reply_fault_get_detail (BaruaReplyFault fault)
{
  switch (fault)
    {
    case BARUA_REPLY_FAULT_LINE_TOO_LONG:
      return "line too long";
    case BARUA_REPLY_FAULT_TOO_MANY_LINES:
      return "too many lines";
    case BARUA_REPLY_FAULT_TOO_LONG:
      return "reply too long";
    case BARUA_REPLY_FAULT_CONTROL:
      return "NUL, or CR and LF apart";
    case BARUA_REPLY_FAULT_GRAMMAR:
      return "not a reply of this protocol";
    case BARUA_REPLY_FAULT_NONE:
    default:
      return "";
    }
}
