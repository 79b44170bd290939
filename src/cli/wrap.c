#include "config.h"

#include "cli/wrap.h"

#include "base/text.h"

#include <string.h>

static guint
character_width (gunichar c)
{
  if (g_unichar_iszerowidth (c) || g_unichar_iscntrl (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

static guint
width_of (const char *text, const char *end)
{
  guint width = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    width += character_width (g_utf8_get_char (p));
  return width;
}

guint
barua_wrap_width (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);
  return width_of (text, text + strlen (text));
}

/* The first part of a word that can stand on a line of its own: all of it, or, when it
 * does not fit, as many characters as do if it can be broken after them. */
static const char *
end_of_part (const char *word, const char *end, guint room)
{
  const char *broken = NULL;
  guint width = 0;

  if (width_of (word, end) <= room)
    return end;
  for (const char *p = word; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += character_width (c);
      if (width > room && broken != NULL)
        return broken;
      if (g_unichar_iswide (c))
        broken = g_utf8_next_char (p);
    }
  return broken != NULL ? broken : end;
}

typedef struct
{
  GPtrArray *lines;
  GString *line;
  guint used;
  guint width;
} Wrapping;

static void
end_line (Wrapping *self)
{
  g_ptr_array_add (self->lines, g_strdup (self->line->str));
  g_string_truncate (self->line, 0);
  self->used = 0;
}

static void
add_word (Wrapping *self, const char *word, const char *end)
{
  guint blank = self->used > 0 ? 1 : 0;

  if (self->used + blank + width_of (word, end) <= self->width)
    {
      g_string_append (self->line, blank > 0 ? " " : "");
      g_string_append_len (self->line, word, end - word);
      self->used += blank + width_of (word, end);
      return;
    }
  if (self->used > 0)
    end_line (self);
  while (word < end)
    {
      const char *part = end_of_part (word, end, self->width);

      g_string_append_len (self->line, word, part - word);
      self->used = width_of (word, part);
      word = part;
      if (word < end)
        end_line (self);
    }
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static void
add_line (Wrapping *self, const char *line)
{
  while (*line != '\0')
    {
      const char *end = line;

      while (*end != '\0' && !is_blank (*end))
        end++;
      if (end > line)
        add_word (self, line, end);
      for (line = end; is_blank (*line);)
        line++;
    }
  end_line (self);
}

char **
barua_wrap_text (const char *text, guint width)
{
  g_autofree char *clean = NULL;
  g_auto (GStrv) given = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  Wrapping self = { .line = line, .width = MAX (width, 1) };

  g_return_val_if_fail (text != NULL, NULL);

  clean = barua_text_printable (text, -1, 0);
  given = g_strsplit (clean, "\n", -1);
  self.lines = g_ptr_array_new ();
  for (gsize i = 0; given[i] != NULL; i++)
    add_line (&self, given[i]);
  if (self.lines->len == 0)
    g_ptr_array_add (self.lines, g_strdup (""));
  g_ptr_array_add (self.lines, NULL);
  return (char **) g_ptr_array_free (self.lines, FALSE);
}

char *
barua_wrap_cut (const char *text, guint width)
{
  g_autofree char *clean = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint used = 0;

  g_return_val_if_fail (text != NULL, NULL);

  clean = barua_text_printable (text, -1, 0);
  g_strdelimit (clean, "\n\t", ' ');
  if (barua_wrap_width (clean) <= width)
    return g_steal_pointer (&clean);
  for (const char *p = clean; *p != '\0'; p = g_utf8_next_char (p))
    {
      used += character_width (g_utf8_get_char (p));
      if (used + 1 > width)
        break;
      g_string_append_unichar (out, g_utf8_get_char (p));
    }
  g_string_append (out, "…");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
