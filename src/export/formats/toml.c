#include "config.h"

#include "export/formats/toml.h"

#include <string.h>

/* How deeply arrays and inline tables may lie in one another. */
#define DEPTH_MAX 64
#define BARE G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_"

/* @seen: what is set already, unless it can be several times, in an array of tables. */
typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  gsize line;
  BaruaToml *file;
  GHashTable *seen;
} Reader;

static void
value_free (gpointer data)
{
  BaruaTomlValue *self = data;

  g_strfreev (self->path);
  g_free (self->value);
  g_free (self);
}

static void
table_free (gpointer data)
{
  BaruaTomlTable *self = data;

  g_strfreev (self->path);
  g_free (self);
}

static char
peek (const Reader *self)
{
  return self->at < self->length ? self->text[self->at] : '\0';
}

static gboolean
looking_at (const Reader *self, const char *text)
{
  gsize length = strlen (text);

  return self->length - self->at >= length &&
         memcmp (self->text + self->at, text, length) == 0;
}

static void
skip (Reader *self, const char *letters)
{
  while (peek (self) != '\0' && strchr (letters, peek (self)) != NULL)
    self->at++;
}

static void
skip_comment (Reader *self)
{
  if (peek (self) == '#')
    while (self->at < self->length && peek (self) != '\n')
      self->at++;
}

/* What is behind a backslash of a basic string. */
static gboolean
read_escape (Reader *self, GString *out)
{
  static const char FROM[] = "btnfr\"\\";
  static const char TO[] = "\b\t\n\f\r\"\\";
  char letter = peek (self);
  const char *known = letter != '\0' ? strchr (FROM, letter) : NULL;
  gsize digits = letter == 'u' ? 4 : 8;
  g_autofree char *number = NULL;
  guint64 code = 0;

  self->at++;
  if (known != NULL)
    {
      g_string_append_c (out, TO[known - FROM]);
      return TRUE;
    }
  if ((letter != 'u' && letter != 'U') || self->length - self->at < digits)
    return FALSE;
  number = g_strndup (self->text + self->at, digits);
  if (!g_ascii_string_to_unsigned (number, 16, 1, 0x10ffff, &code, NULL) ||
      !g_unichar_validate ((gunichar) code))
    return FALSE;
  g_string_append_unichar (out, (gunichar) code);
  self->at += digits;
  return TRUE;
}

static gboolean
read_line_string (Reader *self, GString *out)
{
  char quote = self->text[self->at++];

  while (peek (self) != quote)
    {
      char letter = peek (self);

      if (letter == '\0' || letter == '\n' || letter == '\r')
        return FALSE;
      self->at++;
      if (letter == '\\' && quote == '"')
        {
          if (!read_escape (self, out))
            return FALSE;
        }
      else
        g_string_append_c (out, letter);
    }
  self->at++;
  return TRUE;
}

static gboolean
skip_long_string (Reader *self, const char *quotes)
{
  self->at += 3;
  while (self->at < self->length && !looking_at (self, quotes))
    self->at += peek (self) == '\\' && *quotes == '"' ? 2 : 1;
  if (self->at >= self->length)
    return FALSE;
  self->at += 3;
  /* Up to two quotes may stand right before the end. */
  for (guint i = 0; i < 2 && peek (self) == *quotes; i++)
    self->at++;
  return TRUE;
}

static gboolean
read_key (Reader *self, GPtrArray *path)
{
  for (;;)
    {
      g_autoptr (GString) part = g_string_new (NULL);

      skip (self, " \t");
      if (peek (self) == '"' || peek (self) == '\'')
        {
          if (!read_line_string (self, part))
            return FALSE;
        }
      else
        {
          gsize begin = self->at;

          skip (self, BARE);
          if (self->at == begin)
            return FALSE;
          g_string_append_len (part, self->text + begin, (gssize) (self->at - begin));
        }
      g_ptr_array_add (path, g_strdup (part->str));
      skip (self, " \t");
      if (peek (self) != '.')
        return TRUE;
      self->at++;
    }
}

/* Brackets and braces up to the one that closes the first; all that counts is where. */
static gboolean
skip_nested (Reader *self)
{
  g_autoptr (GString) trash = g_string_new (NULL);
  guint depth = 0;

  do
    {
      char letter = peek (self);

      if (looking_at (self, "\"\"\"") || looking_at (self, "'''"))
        {
          if (!skip_long_string (self, letter == '"' ? "\"\"\"" : "'''"))
            return FALSE;
          continue;
        }
      if (letter == '"' || letter == '\'')
        {
          if (!read_line_string (self, trash))
            return FALSE;
          continue;
        }
      if (letter == '\0')
        return FALSE;
      if (letter == '#')
        {
          skip_comment (self);
          continue;
        }
      if (letter == '[' || letter == '{')
        depth++;
      else if (letter == ']' || letter == '}')
        depth--;
      self->at++;
    }
  while (depth > 0 && depth < DEPTH_MAX);
  return depth == 0;
}

static gboolean
read_value (Reader *self, BaruaTomlValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean done = FALSE;

  skip (self, " \t");
  value->offset = self->at;
  if (looking_at (self, "\"\"\""))
    done = skip_long_string (self, "\"\"\"");
  else if (looking_at (self, "'''"))
    done = skip_long_string (self, "'''");
  else if (peek (self) == '"' || peek (self) == '\'')
    {
      done = read_line_string (self, text);
      value->value = g_strdup (text->str);
    }
  else if (peek (self) == '[' || peek (self) == '{')
    done = skip_nested (self);
  else
    {
      /* Numbers, dates, "true". */
      skip (self, BARE "+.: ");
      while (self->at > value->offset && self->text[self->at - 1] == ' ')
        self->at--;
      done = self->at > value->offset;
    }
  value->length = self->at - value->offset;
  return done;
}

static gboolean
end_line (Reader *self)
{
  skip (self, " \t");
  skip_comment (self);
  if (peek (self) == '\r')
    self->at++;
  if (self->at < self->length && self->text[self->at] != '\n')
    return FALSE;
  if (self->at < self->length)
    self->at++;
  self->line = self->at;
  return TRUE;
}

static char **
end_path (GPtrArray *path)
{
  g_ptr_array_add (path, NULL);
  return (char **) g_ptr_array_free (path, FALSE);
}

static gboolean
read_heading (Reader *self)
{
  gboolean several = looking_at (self, "[[");
  BaruaTomlTable *table = g_new0 (BaruaTomlTable, 1);
  GPtrArray *path = g_ptr_array_new ();
  gboolean done = FALSE;

  if (several)
    g_hash_table_remove_all (self->seen);
  self->at += several ? 2 : 1;
  done = read_key (self, path);
  table->path = end_path (path);
  g_ptr_array_add (self->file->tables, table);
  if (!done || !looking_at (self, several ? "]]" : "]"))
    return FALSE;
  self->at += several ? 2 : 1;
  done = end_line (self);
  table->end = self->at;
  return done;
}

static gboolean
read_setting (Reader *self)
{
  BaruaTomlTable *table = self->file->tables->pdata[self->file->tables->len - 1];
  BaruaTomlValue *value = g_new0 (BaruaTomlValue, 1);
  GPtrArray *path = g_ptr_array_new ();
  gboolean done = FALSE;

  for (gsize i = 0; table->path[i] != NULL; i++)
    g_ptr_array_add (path, g_strdup (table->path[i]));
  value->line = self->line;
  done = read_key (self, path);
  value->path = end_path (path);
  g_ptr_array_add (self->file->values, value);
  if (!done || peek (self) != '=' ||
      !g_hash_table_add (self->seen, g_strjoinv ("\n", value->path)))
    return FALSE;
  self->at++;
  done = read_value (self, value) && end_line (self);
  value->after = self->at;
  table->end = self->at;
  return done;
}

static gboolean
read_lines (Reader *self)
{
  BaruaTomlTable *top = g_new0 (BaruaTomlTable, 1);

  top->path = g_new0 (char *, 1);
  top->end = self->at;
  g_ptr_array_add (self->file->tables, top);
  while (self->at < self->length)
    {
      gboolean done = FALSE;

      skip (self, " \t");
      if (peek (self) == '[')
        done = read_heading (self);
      else if (peek (self) == '\0' || strchr ("#\r\n", peek (self)) != NULL)
        done = end_line (self);
      else
        done = read_setting (self);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

BaruaToml *
barua_toml_new (const char *text, gsize length)
{
  g_autoptr (BaruaToml) self = g_new0 (BaruaToml, 1);
  g_autoptr (GHashTable) seen =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { text, text != NULL ? length : 0, 0, 0, self, seen };

  self->values = g_ptr_array_new_with_free_func (value_free);
  self->tables = g_ptr_array_new_with_free_func (table_free);
  self->length = reader.length;
  /* An editor may have put a byte order mark there. */
  if (looking_at (&reader, "\xef\xbb\xbf"))
    reader.at = reader.line = strlen ("\xef\xbb\xbf");
  return read_lines (&reader) ? g_steal_pointer (&self) : NULL;
}

void
barua_toml_free (BaruaToml *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

static char **
join_path (const char *const *table, const char *key)
{
  GPtrArray *path = g_ptr_array_new ();
  g_auto (GStrv) parts = g_strsplit (key, ".", 0);

  for (gsize i = 0; table[i] != NULL; i++)
    g_ptr_array_add (path, g_strdup (table[i]));
  for (gsize i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (path, g_strdup (parts[i]));
  return end_path (path);
}

/* How many parts of @path @begin is, if it is its beginning. */
static gboolean
begins_with (char *const *path, char *const *begin, gsize *parts)
{
  for (*parts = 0; begin[*parts] != NULL; (*parts)++)
    if (g_strcmp0 (path[*parts], begin[*parts]) != 0)
      return FALSE;
  return TRUE;
}

const BaruaTomlValue *
barua_toml_find (const BaruaToml *self, const char *const *table, const char *key)
{
  g_auto (GStrv) path = join_path (table, key);

  for (guint i = 0; i < self->values->len; i++)
    {
      const BaruaTomlValue *value = self->values->pdata[i];

      if (g_strv_equal ((const char *const *) value->path, (const char *const *) path))
        return value;
    }
  return NULL;
}

gboolean
barua_toml_is_blocked (const BaruaToml *self, const char *const *table, const char *key)
{
  g_auto (GStrv) path = join_path (table, key);
  gsize length = g_strv_length (path);
  gsize parts = 0;

  for (guint i = 0; i < self->values->len; i++)
    {
      const BaruaTomlValue *value = self->values->pdata[i];

      /* Either lies above the other; the same is no hindrance. */
      if (begins_with (path, value->path, &parts) && parts < length)
        return TRUE;
      if (begins_with (value->path, path, &parts) && value->path[parts] != NULL)
        return TRUE;
    }
  return FALSE;
}

void
barua_toml_set (const BaruaToml *self,
                BaruaEdits *edits,
                const char *const *table,
                const char *key,
                const char *value)
{
  const BaruaTomlValue *there = barua_toml_find (self, table, key);
  const BaruaTomlTable *home = NULL;
  g_auto (GStrv) path = join_path (table, key);
  g_autofree char *name = NULL;
  g_autofree char *line = NULL;
  gsize deepest = 0;

  if (there != NULL)
    {
      barua_edits_replace (edits, there->offset, there->length, value);
      return;
    }
  for (guint i = 0; i < self->tables->len; i++)
    {
      const BaruaTomlTable *found = self->tables->pdata[i];
      gsize parts = 0;

      if (begins_with (path, found->path, &parts) && parts >= deepest &&
          path[parts] != NULL)
        {
          home = found;
          deepest = parts;
        }
    }
  g_return_if_fail (home != NULL && deepest >= g_strv_length ((char **) table));
  name = g_strjoinv (".", path + deepest);
  line = g_strdup_printf ("%s = %s\n", name, value);
  barua_edits_insert_lines (edits, home->end, line);
}

char *
barua_toml_quote (const char *text)
{
  g_autoptr (GString) out = g_string_new ("\"");

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      if ((guchar) *at < ' ' || *at == '\x7f')
        g_string_append_printf (out, "\\u%04X", (guint) *at);
      else
        g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}
