#include "config.h"

#include "probe/transcript.h"

#include "base/buffer.h"
#include "base/text.h"

#include <string.h>

/* What stands for the words of a server that came in the clear: they may be anybody's. */
#define IN_THE_CLEAR "[in the clear]"

/* How many bytes of a line are looked at: enough for the characters that are kept,
 * whatever their bytes, and so much more that no secret is cut in two within them. */
#define LINE_BYTES (8 * BARUA_TRANSCRIPT_CHARACTERS)

struct _BaruaTranscript
{
  const BaruaRedactor *redactor;
  GPtrArray *lines;
};

BaruaTranscript *
barua_transcript_new (const BaruaRedactor *redactor)
{
  BaruaTranscript *self = g_new0 (BaruaTranscript, 1);

  self->redactor = redactor;
  self->lines = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
barua_transcript_free (BaruaTranscript *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static void
add_line (BaruaTranscript *self, const char *who, const char *line)
{
  g_autofree char *shown = NULL;

  if (self->lines->len >= BARUA_TRANSCRIPT_LINES)
    return;
  if (self->lines->len == BARUA_TRANSCRIPT_LINES - 1)
    {
      g_ptr_array_add (self->lines, g_strdup ("…"));
      return;
    }
  shown = barua_text_one_line (line, -1, BARUA_TRANSCRIPT_CHARACTERS);
  g_ptr_array_add (self->lines, g_strconcat (who, shown, NULL));
}

/* Cleans all lines of a message together: a one-time link may be folded over several, and
 * would not be known by its second half alone. */
static void
add (BaruaTranscript *self, const char *who, const BaruaBuffer *message)
{
  g_autofree char *redacted = NULL;
  g_auto (GStrv) lines = NULL;

  if (message->length == 0)
    return;
  redacted = barua_redactor_apply (self->redactor, message->bytes);
  lines = g_strsplit (redacted, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    add_line (self, who, lines[i]);
}

static void
append_line (BaruaBuffer *message, const char *line, gsize length)
{
  if (message->length > 0)
    barua_buffer_append_c (message, '\n');
  barua_buffer_append (message, line, (gssize) MIN (length, LINE_BYTES));
}

void
barua_transcript_add_sent (BaruaTranscript *self, const BaruaAction *action)
{
  const char *p = action->shown != NULL ? action->shown : action->bytes;
  g_auto (BaruaBuffer) message = { 0 };

  if (p == NULL)
    return;
  while (*p != '\0')
    {
      gsize length = strcspn (p, "\r\n");

      append_line (&message, p, length);
      p += length;
      p += strspn (p, "\r\n");
    }
  add (self, "C: ", &message);
}

void
barua_transcript_add_received (BaruaTranscript *self,
                               const BaruaReply *reply,
                               gboolean encrypted)
{
  g_autofree char *line = NULL;
  g_auto (BaruaBuffer) message = { 0 };

  if (encrypted)
    {
      for (guint i = 0; reply->lines[i] != NULL && i < BARUA_TRANSCRIPT_LINES; i++)
        append_line (&message, reply->lines[i], strlen (reply->lines[i]));
      add (self, "S: ", &message);
      return;
    }
  line = reply->code > 0 ? g_strdup_printf ("%03u " IN_THE_CLEAR, reply->code)
                         : g_strdup (IN_THE_CLEAR);
  add_line (self, "S: ", line);
}

char **
barua_transcript_end (BaruaTranscript *self)
{
  g_autoptr (GPtrArray) lines = g_steal_pointer (&self->lines);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
