#include "config.h"

#include "export/formats/pinerc.h"

#include <string.h>

static void
variable_free (gpointer data)
{
  BaruaPinercVariable *variable = data;

  g_free (variable->name);
  g_free (variable->value);
  g_free (variable);
}

static gsize
line_length (const BaruaPinerc *self, gsize at)
{
  const char *end = memchr (self->text + at, '\n', self->length - at);

  return end != NULL ? (gsize) (end - self->text) + 1 - at : self->length - at;
}

static gboolean
goes_on (const BaruaPinerc *self, gsize at)
{
  return at < self->length && (self->text[at] == ' ' || self->text[at] == '\t');
}

static gsize
without_line_end (const BaruaPinerc *self, gsize from, gsize to)
{
  if (to > from && self->text[to - 1] == '\n')
    to--;
  if (to > from && self->text[to - 1] == '\r')
    to--;
  return to;
}

/* Lines that go on say nothing by the blanks at their beginning. */
static char *
join_lines (const char *text, gsize length)
{
  g_autofree char *raw = g_strndup (text, length);
  g_auto (GStrv) lines = g_strsplit (raw, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    g_strstrip (lines[i]);
  return g_strjoinv ("", lines);
}

static gsize
measure_name (const BaruaPinerc *self, gsize at, gsize length)
{
  gsize name = 0;

  while (name < length &&
         (g_ascii_isalnum (self->text[at + name]) || self->text[at + name] == '-'))
    name++;
  return name > 0 && name < length && self->text[at + name] == '=' ? name : 0;
}

static void
read_variable (BaruaPinerc *self, gsize at, gsize name, gsize end, guint line)
{
  BaruaPinercVariable *variable = g_new0 (BaruaPinercVariable, 1);

  variable->name = g_strndup (self->text + at, name);
  variable->span.offset = at + name + 1;
  variable->span.length =
    without_line_end (self, variable->span.offset, end) - variable->span.offset;
  variable->span.line = line;
  variable->value =
    join_lines (self->text + variable->span.offset, variable->span.length);
  g_ptr_array_add (self->variables, variable);
}

BaruaPinerc *
barua_pinerc_new (const char *text, gsize length)
{
  BaruaPinerc *self = g_new0 (BaruaPinerc, 1);
  guint line = 1;

  self->text = text;
  self->length = text != NULL ? length : 0;
  self->variables = g_ptr_array_new_with_free_func (variable_free);
  for (gsize at = 0; at < self->length;)
    {
      gsize taken = line_length (self, at);
      gsize name = measure_name (self, at, taken);
      guint lines = 1;

      while (name > 0 && goes_on (self, at + taken))
        {
          taken += line_length (self, at + taken);
          lines++;
        }
      if (name > 0)
        read_variable (self, at, name, at + taken, line);
      at += taken;
      line += lines;
    }
  return self;
}

void
barua_pinerc_free (BaruaPinerc *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->variables);
  g_free (self);
}

static const BaruaPinercVariable *
find (const BaruaPinerc *self, const char *name)
{
  for (guint i = 0; i < self->variables->len; i++)
    {
      const BaruaPinercVariable *variable = self->variables->pdata[i];

      if (g_ascii_strcasecmp (variable->name, name) == 0)
        return variable;
    }
  return NULL;
}

const char *
barua_pinerc_get (const BaruaPinerc *self, const char *name)
{
  const BaruaPinercVariable *variable = find (self, name);

  return variable != NULL && *variable->value != '\0' ? variable->value : NULL;
}

char **
barua_pinerc_list (const char *value)
{
  GPtrArray *items = g_ptr_array_new ();
  const char *start = value;
  gboolean quoted = FALSE;

  for (const char *p = value; p != NULL; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          p++;
          continue;
        }
      if (*p == '"')
        quoted = !quoted;
      if (*p != '\0' && (*p != ',' || quoted))
        continue;
      if (p > start)
        g_ptr_array_add (items, g_strstrip (g_strndup (start, (gsize) (p - start))));
      if (*p == '\0')
        break;
      start = p + 1;
    }
  g_ptr_array_add (items, NULL);
  return (char **) g_ptr_array_free (items, FALSE);
}

void
barua_pinerc_set (const BaruaPinerc *self,
                  BaruaEdits *edits,
                  const char *name,
                  const char *value)
{
  const BaruaPinercVariable *variable = find (self, name);
  g_autofree char *line = NULL;

  if (variable != NULL)
    {
      barua_edits_replace (edits, variable->span.offset, variable->span.length, value);
      return;
    }
  line = g_strdup_printf ("%s=%s\n", name, value);
  barua_edits_insert_lines (edits, self->length, line);
}

void
barua_pinerc_append (const BaruaPinerc *self,
                     BaruaEdits *edits,
                     const char *name,
                     const char *item)
{
  const BaruaPinercVariable *variable = find (self, name);
  g_autofree char *more = NULL;

  if (variable == NULL || *variable->value == '\0')
    {
      barua_pinerc_set (self, edits, name, item);
      return;
    }
  more =
    g_strconcat (",", barua_edits_line_end (self->text, self->length), "\t", item, NULL);
  barua_edits_replace (edits, variable->span.offset + variable->span.length, 0, more);
}

char *
barua_pinerc_escape (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '$')
      g_string_append (out, "$$");
    else
      g_string_append_c (out, g_ascii_iscntrl (*p) ? ' ' : *p);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
