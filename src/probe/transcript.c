#include "config.h"

#include "probe/transcript.h"

#include "base/secret.h"
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
add (BaruaTranscript *self, const char *who, const char *line, gsize length)
{
  g_autofree char *redacted = NULL;
  g_autofree char *shown = NULL;
  char *text = NULL;

  if (self->lines->len >= BARUA_TRANSCRIPT_LINES)
    return;
  if (self->lines->len == BARUA_TRANSCRIPT_LINES - 1)
    {
      g_ptr_array_add (self->lines, g_strdup ("…"));
      return;
    }
  text = barua_text_printable (line, (gssize) MIN (length, LINE_BYTES), 0);
  redacted = barua_redactor_apply (self->redactor, text);
  barua_secret_free_text (text);
  shown = barua_text_one_line (redacted, -1, BARUA_TRANSCRIPT_CHARACTERS);
  g_ptr_array_add (self->lines, g_strconcat (who, shown, NULL));
}

void
barua_transcript_add_sent (BaruaTranscript *self, const BaruaAction *action)
{
  const char *p = action->shown != NULL ? action->shown : action->bytes;

  while (p != NULL && *p != '\0')
    {
      gsize length = strcspn (p, "\r\n");

      add (self, "C: ", p, length);
      p += length;
      p += strspn (p, "\r\n");
    }
}

void
barua_transcript_add_received (BaruaTranscript *self,
                               const BaruaReply *reply,
                               gboolean encrypted)
{
  g_autofree char *line = NULL;

  if (encrypted)
    {
      for (guint i = 0; reply->lines[i] != NULL; i++)
        add (self, "S: ", reply->lines[i], strlen (reply->lines[i]));
      return;
    }
  line = reply->code > 0 ? g_strdup_printf ("%03u " IN_THE_CLEAR, reply->code)
                         : g_strdup (IN_THE_CLEAR);
  add (self, "S: ", line, strlen (line));
}

char **
barua_transcript_end (BaruaTranscript *self)
{
  g_autoptr (GPtrArray) lines = g_steal_pointer (&self->lines);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
