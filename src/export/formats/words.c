#include "config.h"

#include "export/formats/words.h"

#include <string.h>

static void
word_free (gpointer data)
{
  BaruaWord *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self->indent);
  g_free (self);
}

static gsize
skip_blanks (const char *line, gsize at, gsize end)
{
  while (at < end && (line[at] == ' ' || line[at] == '\t'))
    at++;
  return at;
}

static gsize
without_end (const char *line, gsize length)
{
  while (length > 0 && strchr (" \t\r\n", line[length - 1]) != NULL)
    length--;
  return length;
}

static char *
unquote (const char *value, gsize length)
{
  if (length >= 2 && value[0] == '"' && value[length - 1] == '"')
    return g_strndup (value + 1, length - 2);
  return g_strndup (value, length);
}

static BaruaWord *
read_line (const char *text, gsize offset, gsize length, guint number)
{
  const char *line = text + offset;
  gsize end = without_end (line, length);
  gsize begin = skip_blanks (line, 0, end);
  gsize at = begin;
  BaruaWord *self = NULL;

  if (begin == end || line[begin] == '#')
    return NULL;
  while (at < end && line[at] != ' ' && line[at] != '\t')
    at++;
  self = g_new0 (BaruaWord, 1);
  self->indent = g_strndup (line, begin);
  self->name = g_strndup (line + begin, at - begin);
  at = skip_blanks (line, at, end);
  if (at < end)
    self->value = unquote (line + at, end - at);
  self->span = (BaruaSpan){ offset + at, end - at, number };
  self->offset = offset;
  self->length = length;
  return self;
}

GPtrArray *
barua_words_read (const char *text, gsize length)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (word_free);
  gsize offset = 0;

  for (guint number = 1; text != NULL && offset < length; number++)
    {
      const char *feed = memchr (text + offset, '\n', length - offset);
      gsize next = feed != NULL ? (gsize) (feed - text) + 1 : length;
      BaruaWord *word = read_line (text, offset, next - offset, number);

      if (word != NULL)
        g_ptr_array_add (words, word);
      offset = next;
    }
  return words;
}

char *
barua_words_quote (const char *value)
{
  gsize length = strlen (value);

  /* Quotes are taken off only where they stand at both ends. */
  if (length == 0 || strchr (" \t\"", value[0]) != NULL ||
      strchr (" \t\"", value[length - 1]) != NULL)
    return g_strdup_printf ("\"%s\"", value);
  return g_strdup (value);
}
