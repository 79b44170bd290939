#include "config.h"

#include "export/formats/git-config.h"

#include <string.h>

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  guint line;
  gsize line_at;
  gboolean alone;
  BaruaGitConfig *config;
} Reader;

static void
value_free (gpointer data)
{
  BaruaGitValue *self = data;

  g_free (self->section);
  g_free (self->part);
  g_free (self->name);
  g_free (self->written);
  g_free (self->value);
  g_free (self);
}

static void
section_free (gpointer data)
{
  BaruaGitSection *self = data;

  g_free (self->section);
  g_free (self->part);
  g_free (self);
}

static char
peek (const Reader *self)
{
  return self->at < self->length ? self->text[self->at] : '\0';
}

static gboolean
at_line_end (const Reader *self)
{
  return self->at >= self->length || peek (self) == '\n' ||
         (peek (self) == '\r' && self->at + 1 < self->length &&
          self->text[self->at + 1] == '\n');
}

static void
skip_blanks (Reader *self)
{
  while (!at_line_end (self) && strchr (" \t\r\v\f", peek (self)) != NULL &&
         peek (self) != '\0')
    self->at++;
}

static void
skip_line (Reader *self)
{
  while (self->at < self->length && peek (self) != '\n')
    self->at++;
  if (self->at < self->length)
    {
      self->at++;
      self->line++;
    }
  self->line_at = self->at;
}

/* "[section "part"]" or the older "[section.part]". */
static gboolean
read_heading (Reader *self)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) part = NULL;
  BaruaGitSection *section = NULL;
  char *dot = NULL;

  self->at++;
  while (g_ascii_isalnum (peek (self)) || peek (self) == '-' || peek (self) == '.')
    g_string_append_c (name, g_ascii_tolower (self->text[self->at++]));
  skip_blanks (self);
  if (peek (self) == '"')
    {
      part = g_string_new (NULL);
      for (self->at++; peek (self) != '"'; self->at++)
        {
          if (peek (self) == '\\')
            self->at++;
          if (at_line_end (self))
            return FALSE;
          g_string_append_c (part, peek (self));
        }
      self->at++;
    }
  if (peek (self) != ']' || name->len == 0)
    return FALSE;
  self->at++;
  dot = strchr (name->str, '.');
  section = g_new0 (BaruaGitSection, 1);
  section->part = part != NULL  ? g_strdup (part->str)
                  : dot != NULL ? g_strdup (dot + 1)
                                : NULL;
  section->section =
    g_strndup (name->str, dot != NULL ? (gsize) (dot - name->str) : name->len);
  g_ptr_array_add (self->config->sections, section);
  return TRUE;
}

static gboolean
read_escape (Reader *self, GString *value)
{
  static const char FROM[] = "\"\\ntb";
  static const char TO[] = "\"\\\n\t\b";
  const char *known = NULL;

  self->at++;
  if (at_line_end (self))
    {
      /* The value goes on in the next line. Where there is none, it would go on in what
       * is added. */
      while (peek (self) == '\r')
        self->at++;
      self->at++;
      self->line++;
      return self->at < self->length;
    }
  known = strchr (FROM, peek (self));
  if (known == NULL)
    return FALSE;
  g_string_append_c (value, TO[known - FROM]);
  self->at++;
  return TRUE;
}

static gboolean
read_value (Reader *self, BaruaGitValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean quoted = FALSE;
  gsize kept = 0;

  skip_blanks (self);
  value->span = (BaruaSpan){ self->at, 0, self->line };
  while (!at_line_end (self))
    {
      char letter = peek (self);

      if (!quoted && (letter == '#' || letter == ';'))
        break;
      if (letter == '\\')
        {
          if (!read_escape (self, text))
            return FALSE;
          kept = text->len;
        }
      else
        {
          self->at++;
          if (letter == '"')
            quoted = !quoted;
          else
            g_string_append_c (text, letter);
          /* Blanks at the end count only within quotes. */
          if (quoted || letter == '"' || strchr (" \t\r", letter) == NULL)
            kept = text->len;
          else
            continue;
        }
      value->span.length = self->at - value->span.offset;
    }
  g_string_truncate (text, kept);
  value->value = g_string_free (g_steal_pointer (&text), FALSE);
  return !quoted;
}

static gboolean
read_setting (Reader *self)
{
  GPtrArray *sections = self->config->sections;
  BaruaGitSection *section = NULL;
  BaruaGitValue *value = NULL;
  gsize begin = self->at;

  if (sections->len == 0 || !g_ascii_isalpha (peek (self)))
    return FALSE;
  section = sections->pdata[sections->len - 1];
  while (g_ascii_isalnum (peek (self)) || peek (self) == '-')
    self->at++;
  value = g_new0 (BaruaGitValue, 1);
  g_ptr_array_add (self->config->values, value);
  value->section = g_strdup (section->section);
  value->part = g_strdup (section->part);
  value->written = g_strndup (self->text + begin, self->at - begin);
  value->name = g_ascii_strdown (value->written, -1);
  value->offset = begin;
  value->line = self->alone ? self->line_at : begin;
  value->span = (BaruaSpan){ self->at, 0, self->line };
  skip_blanks (self);
  if (peek (self) != '=')
    return at_line_end (self) || peek (self) == '#' || peek (self) == ';';
  self->at++;
  return read_value (self, value);
}

static void
end_line (Reader *self, gboolean says)
{
  BaruaGitConfig *config = self->config;
  BaruaGitSection *section =
    config->sections->len > 0 ? config->sections->pdata[config->sections->len - 1] : NULL;
  BaruaGitValue *value =
    config->values->len > 0 ? config->values->pdata[config->values->len - 1] : NULL;

  skip_line (self);
  if (says && section != NULL)
    section->end = self->at;
  if (value != NULL && value->after == 0)
    value->after = self->at;
}

static gboolean
read_lines (Reader *self)
{
  while (self->at < self->length)
    {
      gboolean says = FALSE;

      skip_blanks (self);
      self->alone = peek (self) != '[';
      if (peek (self) == '[')
        {
          if (!read_heading (self))
            return FALSE;
          skip_blanks (self);
          says = TRUE;
        }
      if (!at_line_end (self) && peek (self) != '#' && peek (self) != ';')
        {
          if (!read_setting (self))
            return FALSE;
          says = TRUE;
        }
      end_line (self, says);
    }
  return TRUE;
}

BaruaGitConfig *
barua_git_config_new (const char *text, gsize length)
{
  g_autoptr (BaruaGitConfig) self = g_new0 (BaruaGitConfig, 1);
  Reader reader = { .text = text, .length = text != NULL ? length : 0, .line = 1 };

  self->values = g_ptr_array_new_with_free_func (value_free);
  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->edits = barua_edits_new (text, length);
  self->length = reader.length;
  reader.config = self;
  /* git skips a byte order mark. */
  if (reader.length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    reader.at = self->begin = 3;
  return read_lines (&reader) ? g_steal_pointer (&self) : NULL;
}

void
barua_git_config_free (BaruaGitConfig *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->sections);
  barua_edits_free (self->edits);
  g_free (self);
}

static gboolean
is_value (const BaruaGitValue *value,
          const char *section,
          const char *part,
          const char *name)
{
  return g_str_equal (value->section, section) && g_strcmp0 (value->part, part) == 0 &&
         g_ascii_strcasecmp (value->name, name) == 0;
}

const BaruaGitValue *
barua_git_config_find (const BaruaGitConfig *self,
                       const char *section,
                       const char *part,
                       const char *name)
{
  g_return_val_if_fail (self != NULL && section != NULL && name != NULL, NULL);

  for (guint i = self->values->len; i > 0; i--)
    if (is_value (self->values->pdata[i - 1], section, part, name))
      return self->values->pdata[i - 1];
  return NULL;
}

static const BaruaGitSection *
find_section (const BaruaGitConfig *self, const char *section, const char *part)
{
  for (guint i = self->sections->len; i > 0; i--)
    {
      const BaruaGitSection *found = self->sections->pdata[i - 1];

      if (g_str_equal (found->section, section) && g_strcmp0 (found->part, part) == 0)
        return found;
    }
  return NULL;
}

/* What is included for some repositories is to hold there, and so has to come later. */
static gsize
find_place (const BaruaGitConfig *self)
{
  gsize place = self->begin;

  for (guint i = 0; i < self->sections->len; i++)
    {
      const BaruaGitSection *section = self->sections->pdata[i];

      if (g_str_equal (section->section, "includeif"))
        return place;
      place = section->end;
    }
  return self->length;
}

void
barua_git_config_add (BaruaGitConfig *self,
                      const char *section,
                      const char *part,
                      const char *name,
                      const char *value)
{
  const BaruaGitSection *home = NULL;
  BaruaGitSection *made = NULL;
  g_autofree char *quoted = barua_git_config_quote (value);
  g_autofree char *line = g_strdup_printf ("\t%s = %s\n", name, quoted);
  g_autofree char *quoted_part = NULL;
  g_autofree char *heading = NULL;
  gsize place = 0;

  home = find_section (self, section, part);
  if (home != NULL)
    {
      barua_edits_insert_lines (self->edits, home->end, line);
      return;
    }
  quoted_part = part != NULL ? barua_git_config_quote_part (part) : g_strdup ("");
  heading = g_strdup_printf ("[%s%s%s]\n", section, part != NULL ? " " : "", quoted_part);
  place = find_place (self);
  barua_edits_insert_lines (self->edits, place, heading);
  barua_edits_insert_lines (self->edits, place, line);
  made = g_new0 (BaruaGitSection, 1);
  made->section = g_strdup (section);
  made->part = g_strdup (part);
  made->end = place;
  g_ptr_array_add (self->sections, made);
}

void
barua_git_config_set (BaruaGitConfig *self,
                      const char *section,
                      const char *part,
                      const char *name,
                      const char *value)
{
  const BaruaGitValue *there = NULL;
  g_autofree char *quoted = NULL;

  g_return_if_fail (self != NULL && section != NULL && name != NULL && value != NULL);

  there = barua_git_config_find (self, section, part, name);
  if (there == NULL)
    {
      barua_git_config_add (self, section, part, name, value);
      return;
    }
  quoted = barua_git_config_quote (value);
  if (there->span.length == 0)
    {
      g_autofree char *whole = g_strconcat (there->written, " = ", quoted, NULL);

      /* In place of the name: behind it, at the end of a file, others may be added. */
      barua_edits_replace (self->edits, there->offset, there->span.offset - there->offset,
                           whole);
    }
  else
    barua_edits_replace (self->edits, there->span.offset, there->span.length, quoted);
}

void
barua_git_config_remove (BaruaGitConfig *self,
                         const char *section,
                         const char *part,
                         const char *name)
{
  g_return_if_fail (self != NULL && section != NULL && name != NULL);

  for (guint i = 0; i < self->values->len; i++)
    {
      const BaruaGitValue *value = self->values->pdata[i];

      gsize end = value->line < value->offset ? value->after
                                              : value->span.offset + value->span.length;

      if (is_value (value, section, part, name))
        barua_edits_replace (self->edits, value->line, end - value->line, "");
    }
}

char *
barua_git_config_quote (const char *value)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length = strlen (value);
  gboolean quotes = length == 0 || strpbrk (value, "#;\"\\") != NULL || value[0] == ' ' ||
                    value[0] == '\t' || value[length - 1] == ' ' ||
                    value[length - 1] == '\t';

  if (!quotes)
    return g_strdup (value);
  g_string_append_c (out, '"');
  for (const char *at = value; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
barua_git_config_quote_part (const char *part)
{
  g_autoptr (GString) out = g_string_new ("\"");

  for (const char *at = part; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}
