#include "config.h"

#include "export/formats/key-file.h"

#include <string.h>

typedef enum
{
  KIND_OTHER,
  KIND_GROUP,
  KIND_KEY,
  KIND_MORE,
} Kind;

/* @text with its line end; @name of the group or key; where the value stands in @text;
 * @odd: whether it cannot be understood, and is no remark. */
typedef struct
{
  Kind kind;
  char *text;
  char *name;
  gsize value_at;
  gsize value_length;
  gsize offset;
  gboolean odd;
} Line;

/* Of all lines: @groups are the names of groups; @keys are those of dup_place(), to the
 * last line that has it. Made when something is looked for, and gone when a line comes or
 * goes. */
typedef struct
{
  GHashTable *groups;
  GHashTable *keys;
} Index;

struct _BaruaKeyFile
{
  const BaruaKeyFileStyle *style;
  GPtrArray *lines;
  const char *line_end;
  Index *index;
};

const BaruaKeyFileStyle BARUA_KEY_FILE_GLIB = {
  .comments = "#",
  .separator = "=",
  .separators = "=",
};

const BaruaKeyFileStyle BARUA_KEY_FILE_PYTHON = {
  .comments = "#;",
  .separator = " = ",
  .separators = "=:",
  .fold_case = TRUE,
  .continues = TRUE,
};

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->text);
  g_free (line->name);
  g_free (line);
}

static gsize
content_length (const char *text)
{
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '\n')
    length--;
  if (length > 0 && text[length - 1] == '\r')
    length--;
  return length;
}

static void
read_group (Line *line, const char *start, gsize length)
{
  const char *end = memrchr (start, ']', length);

  if (end == NULL || end == start + 1)
    return;
  line->kind = KIND_GROUP;
  line->name = g_strndup (start + 1, (gsize) (end - start) - 1);
}

static void
read_key (Line *line, const BaruaKeyFileStyle *style, gsize blank, gsize length)
{
  gsize name_end = blank;
  gsize at = 0;

  while (name_end < length && strchr (style->separators, line->text[name_end]) == NULL)
    name_end++;
  if (name_end == length || name_end == blank)
    return;
  at = name_end + 1;
  while (at < length && g_ascii_isspace (line->text[at]))
    at++;
  while (length > at && g_ascii_isspace (line->text[length - 1]))
    length--;
  line->kind = KIND_KEY;
  line->name = g_strndup (line->text + blank, name_end - blank);
  g_strchomp (line->name);
  line->value_at = at;
  line->value_length = length - at;
}

static void
read_line (Line *line, const BaruaKeyFileStyle *style, gboolean first, gboolean after_key)
{
  gsize length = content_length (line->text);
  /* Thunderbird and aerc skip a byte order mark; the others take no such file. */
  gsize blank = first && g_str_has_prefix (line->text, "\xef\xbb\xbf") ? 3 : 0;

  while (blank < length && g_ascii_isspace (line->text[blank]))
    blank++;
  if (blank == length || strchr (style->comments, line->text[blank]) != NULL)
    return;
  if (style->continues && blank > 0 && after_key)
    {
      line->kind = KIND_MORE;
      line->value_at = blank;
      line->value_length = length - blank;
    }
  else if (line->text[blank] == '[')
    read_group (line, line->text + blank, length - blank);
  else
    read_key (line, style, blank, length);
  line->odd = line->kind == KIND_OTHER;
}

/* Neither a remark nor empty. */
static gboolean
says_something (const Line *line)
{
  return line->kind != KIND_OTHER || line->odd;
}

/* Neither a group's nor a key's name has a line end in it. */
static char *
dup_place (const BaruaKeyFile *self, const char *group, const char *key)
{
  g_autofree char *folded = self->style->fold_case ? g_ascii_strdown (key, -1) : NULL;

  key = folded != NULL ? folded : key;
  return group != NULL ? g_strconcat (group, "\n", key, NULL) : g_strdup (key);
}

static void
forget_index (BaruaKeyFile *self)
{
  g_clear_pointer (&self->index->groups, g_hash_table_unref);
  g_clear_pointer (&self->index->keys, g_hash_table_unref);
}

static const Index *
get_index (const BaruaKeyFile *self)
{
  Index *index = self->index;
  const char *group = NULL;

  if (index->keys != NULL)
    return index;
  index->groups = g_hash_table_new (g_str_hash, g_str_equal);
  index->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];

      if (line->kind == KIND_GROUP)
        {
          group = line->name;
          g_hash_table_add (index->groups, line->name);
        }
      else if (line->kind == KIND_KEY)
        g_hash_table_replace (index->keys, dup_place (self, group, line->name),
                              GUINT_TO_POINTER (i));
    }
  return index;
}

BaruaKeyFile *
barua_key_file_new (const char *text, gssize length, const BaruaKeyFileStyle *style)
{
  BaruaKeyFile *self = g_new0 (BaruaKeyFile, 1);
  gboolean after_key = FALSE;
  gsize size = 0;

  g_return_val_if_fail (style != NULL, NULL);

  if (text != NULL)
    size = length < 0 ? strlen (text) : (gsize) length;
  self->style = style;
  self->index = g_new0 (Index, 1);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->line_end = "\n";
  for (gsize at = 0; at < size;)
    {
      const char *end = memchr (text + at, '\n', size - at);
      gsize taken = end != NULL ? (gsize) (end - text) + 1 - at : size - at;
      Line *line = g_new0 (Line, 1);

      line->text = g_strndup (text + at, taken);
      line->offset = at;
      read_line (line, style, at == 0, after_key);
      g_ptr_array_add (self->lines, line);
      if (line->kind != KIND_OTHER)
        after_key = line->kind != KIND_GROUP;
      if (g_str_has_suffix (line->text, "\r\n"))
        self->line_end = "\r\n";
      at += taken;
    }
  return self;
}

void
barua_key_file_free (BaruaKeyFile *self)
{
  g_return_if_fail (self != NULL);

  forget_index (self);
  g_ptr_array_unref (self->lines);
  g_free (self->index);
  g_free (self);
}

/* Whether line @i, in @current, belongs to @group; keeps @current up to date. */
static const Line *
next_in_group (const BaruaKeyFile *self, guint i, const char *group, const char **current)
{
  const Line *line = self->lines->pdata[i];

  if (line->kind == KIND_GROUP)
    {
      *current = line->name;
      return NULL;
    }
  return g_strcmp0 (*current, group) == 0 ? line : NULL;
}

static gboolean
find_key (const BaruaKeyFile *self, const char *group, const char *key, guint *found)
{
  g_autofree char *place = dup_place (self, group, key);
  gpointer line = NULL;

  if (!g_hash_table_lookup_extended (get_index (self)->keys, place, NULL, &line))
    return FALSE;
  *found = GPOINTER_TO_UINT (line);
  return TRUE;
}

static char **
steal_names (GPtrArray *names)
{
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

char **
barua_key_file_list_groups (const BaruaKeyFile *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];

      if (line->kind == KIND_GROUP)
        g_ptr_array_add (names, g_strdup (line->name));
    }
  return steal_names (names);
}

char **
barua_key_file_list_keys (const BaruaKeyFile *self, const char *group)
{
  GPtrArray *names = g_ptr_array_new ();
  const char *current = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = next_in_group (self, i, group, &current);

      if (line != NULL && line->kind == KIND_KEY)
        g_ptr_array_add (names, g_strdup (line->name));
    }
  return steal_names (names);
}

gboolean
barua_key_file_has_group (const BaruaKeyFile *self, const char *group)
{
  g_return_val_if_fail (self != NULL && group != NULL, FALSE);

  return g_hash_table_contains (get_index (self)->groups, group);
}

/* Up to where the value that begins in line @first goes on. */
static guint
value_end (const BaruaKeyFile *self, guint first)
{
  guint end = first + 1;

  for (guint i = first + 1; i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];

      if (line->kind == KIND_MORE)
        end = i + 1;
      else if (line->kind != KIND_OTHER)
        break;
    }
  return end;
}

char *
barua_key_file_dup (const BaruaKeyFile *self, const char *group, const char *key)
{
  g_autoptr (GString) value = NULL;
  guint first = 0;
  guint end = 0;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  if (!find_key (self, group, key, &first))
    return NULL;
  value = g_string_new (NULL);
  end = value_end (self, first);
  for (guint i = first; i < end; i++)
    {
      const Line *line = self->lines->pdata[i];

      if (line->kind == KIND_OTHER)
        continue;
      if (i > first)
        g_string_append_c (value, '\n');
      g_string_append_len (value, line->text + line->value_at,
                           (gssize) line->value_length);
    }
  return g_string_free (g_steal_pointer (&value), FALSE);
}

gboolean
barua_key_file_locate (const BaruaKeyFile *self,
                       const char *group,
                       const char *key,
                       BaruaSpan *span)
{
  const Line *line = NULL;
  const Line *last = NULL;
  guint first = 0;

  g_return_val_if_fail (self != NULL && key != NULL && span != NULL, FALSE);

  if (!find_key (self, group, key, &first))
    return FALSE;
  line = self->lines->pdata[first];
  last = self->lines->pdata[value_end (self, first) - 1];
  span->offset = line->offset + line->value_at;
  span->length = last->offset + last->value_at + last->value_length - span->offset;
  span->line = first + 1;
  return TRUE;
}

/* Takes lines out that go on with the value in line @first; remarks among them stay. */
static void
remove_more (BaruaKeyFile *self, guint first)
{
  for (guint i = value_end (self, first) - 1; i > first; i--)
    if (((const Line *) self->lines->pdata[i])->kind == KIND_MORE)
      {
        forget_index (self);
        g_ptr_array_remove_index (self->lines, i);
      }
}

static void
replace_value (BaruaKeyFile *self, guint first, const char *value)
{
  Line *line = self->lines->pdata[first];
  g_autofree char *old = line->text;

  remove_more (self, first);
  line->text = g_strdup_printf ("%.*s%s%s", (int) line->value_at, old, value,
                                old + line->value_at + line->value_length);
  line->value_length = strlen (value);
}

static void
end_last_line (BaruaKeyFile *self, guint before)
{
  Line *line = before > 0 ? self->lines->pdata[before - 1] : NULL;

  if (line != NULL && !g_str_has_suffix (line->text, "\n"))
    {
      g_autofree char *old = line->text;

      line->text = g_strconcat (old, self->line_end, NULL);
    }
}

static void
insert (BaruaKeyFile *self, guint at, char *text)
{
  Line *line = g_new0 (Line, 1);

  forget_index (self);
  end_last_line (self, at);
  line->text = text;
  read_line (line, self->style, FALSE, FALSE);
  g_ptr_array_insert (self->lines, (int) at, line);
}

/* Behind the last key of the group: a remark further below may belong to the next one.
 * Where there is no key, behind the remarks at the beginning. */
static gboolean
find_group_end (const BaruaKeyFile *self, const char *group, guint *at)
{
  const char *current = NULL;
  gboolean there = group == NULL;
  gboolean sure = FALSE;

  if (there)
    *at = 0;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];

      if (line->kind == KIND_GROUP)
        current = line->name;
      if (g_strcmp0 (current, group) != 0)
        continue;
      there = TRUE;
      sure = sure || says_something (line);
      if (says_something (line) || (!sure && content_length (line->text) > 0))
        *at = i + 1;
    }
  return there;
}

void
barua_key_file_set (BaruaKeyFile *self,
                    const char *group,
                    const char *key,
                    const char *value)
{
  guint at = 0;

  g_return_if_fail (self != NULL && key != NULL && value != NULL);
  g_return_if_fail (strpbrk (value, "\r\n") == NULL);

  if (find_key (self, group, key, &at))
    {
      replace_value (self, at, value);
      return;
    }
  if (!find_group_end (self, group, &at))
    {
      const Line *last = NULL;

      at = self->lines->len;
      last = at > 0 ? self->lines->pdata[at - 1] : NULL;
      if (last != NULL && content_length (last->text) > 0)
        insert (self, at++, g_strdup (self->line_end));
      insert (self, at++, g_strdup_printf ("[%s]%s", group, self->line_end));
    }
  insert (self, at,
          g_strconcat (key, self->style->separator, value, self->line_end, NULL));
}

/* Up to the last key; what stands below may belong to the next group. */
static guint
group_end (const BaruaKeyFile *self, guint first)
{
  guint end = first + 1;

  for (guint i = first + 1; i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];

      if (line->kind == KIND_GROUP)
        break;
      if (says_something (line))
        end = i + 1;
    }
  return end;
}

static gboolean
remove_group (BaruaKeyFile *self, const char *group)
{
  gboolean found = FALSE;

  forget_index (self);
  for (guint i = 0; i < self->lines->len;)
    {
      const Line *line = self->lines->pdata[i];

      if (line->kind != KIND_GROUP || g_strcmp0 (line->name, group) != 0)
        {
          i++;
          continue;
        }
      found = TRUE;
      g_ptr_array_remove_range (self->lines, i, group_end (self, i) - i);
    }
  return found;
}

gboolean
barua_key_file_remove (BaruaKeyFile *self, const char *group, const char *key)
{
  gboolean found = FALSE;
  guint at = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (key == NULL)
    return remove_group (self, group);
  for (; find_key (self, group, key, &at); found = TRUE)
    {
      remove_more (self, at);
      forget_index (self);
      g_ptr_array_remove_index (self->lines, at);
    }
  return found;
}

char *
barua_key_file_dup_text (const BaruaKeyFile *self, gsize *length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    g_string_append (text, ((const Line *) self->lines->pdata[i])->text);
  if (length != NULL)
    *length = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
barua_key_file_escape (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean leading = TRUE;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '\n')
        g_string_append (out, "\\n");
      else if (*at == '\r')
        g_string_append (out, "\\r");
      else if (*at == '\\')
        g_string_append (out, "\\\\");
      else if (leading && *at == ' ')
        g_string_append (out, "\\s");
      else if (leading && *at == '\t')
        g_string_append (out, "\\t");
      else
        g_string_append_c (out, *at);
      leading = leading && (*at == ' ' || *at == '\t');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
barua_key_file_unescape (const char *value)
{
  static const char FROM[] = "sntr\\";
  static const char TO[] = " \n\t\r\\";
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (value != NULL, NULL);

  for (const char *at = value; *at != '\0'; at++)
    {
      const char *known = *at == '\\' && at[1] != '\0' ? strchr (FROM, at[1]) : NULL;

      if (known != NULL)
        {
          g_string_append_c (out, TO[known - FROM]);
          at++;
        }
      else
        g_string_append_c (out, *at);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
