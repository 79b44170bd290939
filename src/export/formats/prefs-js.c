#include "config.h"

#include "export/formats/prefs-js.h"

#include "export/error.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SURROGATE 0xd800
#define SECOND_SURROGATE 0xdc00
#define AFTER_SURROGATES 0xe000

typedef enum
{
  KIND_STRING,
  KIND_INT,
  KIND_BOOL,
} Kind;

/* @text is the value without quotes; @written takes the place of the value as it stands,
 * or is the value of a statement that is added at the end. */
typedef struct
{
  char *name;
  Kind kind;
  char *text;
  gsize value_at;
  gsize value_length;
  guint line;
  gboolean added;
  char *written;
} Statement;

struct _BaruaPrefs
{
  char *text;
  gsize length;
  const char *line_end;
  GPtrArray *statements;
  GHashTable *last;
};

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  guint line;
} Cursor;

static void
statement_free (gpointer data)
{
  Statement *self = data;

  g_free (self->name);
  g_free (self->text);
  g_free (self->written);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Statement, statement_free)

static char
peek (const Cursor *cursor, gsize ahead)
{
  gsize at = cursor->at + ahead;

  return at < cursor->length ? cursor->text[at] : '\0';
}

/* Takes one byte, and counts lines as Mozilla does: CR, LF, and CR LF as one. */
static char
take (Cursor *cursor)
{
  char byte = cursor->text[cursor->at++];

  if (byte == '\n' || (byte == '\r' && peek (cursor, 0) != '\n'))
    cursor->line++;
  return byte;
}

static gboolean
at_end (const Cursor *cursor)
{
  return cursor->at >= cursor->length;
}

static void
skip_line (Cursor *cursor)
{
  while (!at_end (cursor) && peek (cursor, 0) != '\n' && peek (cursor, 0) != '\r')
    cursor->at++;
}

static gboolean
skip_block (Cursor *cursor)
{
  cursor->at += 2;
  while (!at_end (cursor))
    {
      if (peek (cursor, 0) == '*' && peek (cursor, 1) == '/')
        {
          cursor->at += 2;
          return TRUE;
        }
      (void) take (cursor);
    }
  return FALSE;
}

/* White space and comments; FALSE for a comment without an end. */
static gboolean
skip (Cursor *cursor)
{
  while (!at_end (cursor))
    {
      char byte = peek (cursor, 0);

      if (byte != '\0' && strchr (" \t\n\v\f\r", byte) != NULL)
        (void) take (cursor);
      else if (byte == '#' || (byte == '/' && peek (cursor, 1) == '/'))
        skip_line (cursor);
      else if (byte != '/' || peek (cursor, 1) != '*')
        return TRUE;
      else if (!skip_block (cursor))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_word (Cursor *cursor, const char *word)
{
  gsize length = strlen (word);

  if (cursor->length - cursor->at < length ||
      memcmp (cursor->text + cursor->at, word, length) != 0)
    return FALSE;
  if (g_ascii_isalnum (peek (cursor, length)) || peek (cursor, length) == '_')
    return FALSE;
  cursor->at += length;
  return TRUE;
}

static gboolean
take_mark (Cursor *cursor, char mark)
{
  if (!skip (cursor) || peek (cursor, 0) != mark)
    return FALSE;
  cursor->at++;
  return TRUE;
}

static gboolean
take_hex (Cursor *cursor, guint digits, gunichar *value)
{
  gunichar number = 0;

  for (guint i = 0; i < digits; i++)
    {
      int digit = g_ascii_xdigit_value (peek (cursor, i));

      if (digit < 0)
        return FALSE;
      number = number * 16 + (gunichar) digit;
    }
  cursor->at += digits;
  *value = number;
  return number != 0;
}

/* \uNNNN is a unit of UTF-16, so that two of them can be one character. */
static gboolean
take_unit (Cursor *cursor, GString *out)
{
  gunichar first = 0;
  gunichar second = 0;

  if (!take_hex (cursor, 4, &first))
    return FALSE;
  if (first >= FIRST_SURROGATE && first < AFTER_SURROGATES)
    {
      if (first >= SECOND_SURROGATE || peek (cursor, 0) != '\\' ||
          peek (cursor, 1) != 'u')
        return FALSE;
      cursor->at += 2;
      if (!take_hex (cursor, 4, &second) || second < SECOND_SURROGATE ||
          second >= AFTER_SURROGATES)
        return FALSE;
      first = 0x10000 + ((first - FIRST_SURROGATE) << 10) + (second - SECOND_SURROGATE);
    }
  g_string_append_unichar (out, first);
  return TRUE;
}

static gboolean
take_escape (Cursor *cursor, GString *out)
{
  gunichar value = 0;
  char byte = peek (cursor, 0);

  cursor->at++;
  switch (byte)
    {
    case '"':
    case '\'':
    case '\\':
      g_string_append_c (out, byte);
      return TRUE;
    case 'n':
      g_string_append_c (out, '\n');
      return TRUE;
    case 'r':
      g_string_append_c (out, '\r');
      return TRUE;
    case 'x':
      if (!take_hex (cursor, 2, &value))
        return FALSE;
      g_string_append_c (out, (char) value);
      return TRUE;
    case 'u':
      return take_unit (cursor, out);
    default:
      return FALSE;
    }
}

static char *
take_string (Cursor *cursor)
{
  g_autoptr (GString) out = g_string_new (NULL);
  char quote = peek (cursor, 0);

  if (quote != '"' && quote != '\'')
    return NULL;
  cursor->at++;
  while (!at_end (cursor))
    {
      char byte = take (cursor);

      if (byte == quote)
        return g_string_free (g_steal_pointer (&out), FALSE);
      if (byte != '\\')
        g_string_append_c (out, byte);
      else if (at_end (cursor) || !take_escape (cursor, out))
        return NULL;
    }
  return NULL;
}

static char *
take_number (Cursor *cursor)
{
  gsize length = peek (cursor, 0) == '-' || peek (cursor, 0) == '+' ? 1 : 0;
  g_autofree char *text = NULL;
  gint64 number = 0;

  if (!g_ascii_isdigit (peek (cursor, length)))
    return NULL;
  while (g_ascii_isdigit (peek (cursor, length)))
    length++;
  if (g_ascii_isalpha (peek (cursor, length)) || peek (cursor, length) == '_')
    return NULL;
  text = g_strndup (cursor->text + cursor->at, length);
  number = g_ascii_strtoll (text, NULL, 10);
  if (number < G_MININT32 || number > G_MAXINT32)
    return NULL;
  cursor->at += length;
  return g_strdup_printf ("%d", (int) number);
}

static gboolean
take_value (Cursor *cursor, Statement *statement)
{
  char first = peek (cursor, 0);

  statement->value_at = cursor->at;
  if (first == '"' || first == '\'')
    {
      statement->kind = KIND_STRING;
      statement->text = take_string (cursor);
    }
  else if (take_word (cursor, "true") || take_word (cursor, "false"))
    {
      statement->kind = KIND_BOOL;
      statement->text = g_strdup (first == 't' ? "true" : "false");
    }
  else
    {
      statement->kind = KIND_INT;
      statement->text = take_number (cursor);
    }
  statement->value_length = cursor->at - statement->value_at;
  return statement->text != NULL;
}

static Statement *
take_statement (Cursor *cursor)
{
  g_autoptr (Statement) statement = g_new0 (Statement, 1);

  if (!take_word (cursor, "user_pref") && !take_word (cursor, "pref") &&
      !take_word (cursor, "sticky_pref"))
    return NULL;
  if (!take_mark (cursor, '(') || !skip (cursor))
    return NULL;
  statement->name = take_string (cursor);
  if (statement->name == NULL || !take_mark (cursor, ',') || !skip (cursor))
    return NULL;
  statement->line = cursor->line;
  if (!take_value (cursor, statement))
    return NULL;
  if (!take_mark (cursor, ')') || !take_mark (cursor, ';'))
    return NULL;
  return g_steal_pointer (&statement);
}

static void
add_statement (BaruaPrefs *self, Statement *statement)
{
  g_ptr_array_add (self->statements, statement);
  g_hash_table_replace (self->last, statement->name, statement);
}

static gboolean
read_all (BaruaPrefs *self, guint *line)
{
  Cursor cursor = { .text = self->text, .length = self->length, .line = 1 };

  for (;;)
    {
      Statement *statement = NULL;
      gboolean blank = skip (&cursor);

      *line = cursor.line;
      if (!blank)
        return FALSE;
      if (at_end (&cursor))
        return TRUE;
      statement = take_statement (&cursor);
      *line = cursor.line;
      if (statement == NULL)
        return FALSE;
      add_statement (self, statement);
    }
}

BaruaPrefs *
barua_prefs_new (const char *text, gssize length, const char *name, GError **error)
{
  g_autoptr (BaruaPrefs) self = g_new0 (BaruaPrefs, 1);
  const char *first_end = NULL;
  guint line = 1;

  g_return_val_if_fail (name != NULL, NULL);

  if (text == NULL)
    text = "";
  self->length = length < 0 ? strlen (text) : (gsize) length;
  self->text = g_malloc (self->length + 1);
  memcpy (self->text, text, self->length);
  self->text[self->length] = '\0';
  first_end = memchr (self->text, '\n', self->length);
  self->line_end =
    first_end != NULL && first_end > self->text && first_end[-1] == '\r' ? "\r\n" : "\n";
  self->statements = g_ptr_array_new_with_free_func (statement_free);
  self->last = g_hash_table_new (g_str_hash, g_str_equal);
  if (read_all (self, &line))
    return g_steal_pointer (&self);
  g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE,
               /* Translators: the name of a file and the number of a line in it */
               _ ("“%s” has a mistake in line %u and is left alone. Mend that line, or "
                  "move the file aside."),
               name, line);
  return NULL;
}

void
barua_prefs_free (BaruaPrefs *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->last);
  g_ptr_array_unref (self->statements);
  g_free (self->text);
  g_free (self);
}

static Statement *
find (const BaruaPrefs *self, const char *name)
{
  return g_hash_table_lookup (self->last, name);
}

gboolean
barua_prefs_has (const BaruaPrefs *self, const char *name)
{
  return find (self, name) != NULL;
}

const char *
barua_prefs_get_text (const BaruaPrefs *self, const char *name)
{
  const Statement *statement = find (self, name);

  return statement != NULL ? statement->text : NULL;
}

const char *
barua_prefs_get_string (const BaruaPrefs *self, const char *name)
{
  const Statement *statement = find (self, name);

  return statement != NULL && statement->kind == KIND_STRING ? statement->text : NULL;
}

gboolean
barua_prefs_get_int (const BaruaPrefs *self, const char *name, int *value)
{
  const Statement *statement = find (self, name);

  if (statement == NULL || statement->kind != KIND_INT)
    return FALSE;
  *value = atoi (statement->text);
  return TRUE;
}

gboolean
barua_prefs_get_bool (const BaruaPrefs *self, const char *name, gboolean *value)
{
  const Statement *statement = find (self, name);

  if (statement == NULL || statement->kind != KIND_BOOL)
    return FALSE;
  *value = g_str_equal (statement->text, "true");
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
barua_prefs_list (const BaruaPrefs *self, const char *prefix)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter = { 0 };
  gpointer name = NULL;

  g_hash_table_iter_init (&iter, self->last);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, prefix))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

gboolean
barua_prefs_locate (const BaruaPrefs *self, const char *name, BaruaSpan *span)
{
  const Statement *statement = find (self, name);

  if (statement == NULL || statement->added)
    return FALSE;
  span->offset = statement->value_at;
  span->length = statement->value_length;
  span->line = statement->line;
  return TRUE;
}

/* @written is taken over. */
static void
set (BaruaPrefs *self, const char *name, Kind kind, const char *text, char *written)
{
  Statement *statement = find (self, name);

  if (statement != NULL && statement->kind == kind && g_str_equal (statement->text, text))
    {
      g_free (written);
      return;
    }
  if (statement == NULL)
    {
      statement = g_new0 (Statement, 1);
      statement->name = g_strdup (name);
      statement->added = TRUE;
      add_statement (self, statement);
    }
  g_free (statement->text);
  g_free (statement->written);
  statement->kind = kind;
  statement->text = g_strdup (text);
  statement->written = written;
}

void
barua_prefs_set_string (BaruaPrefs *self, const char *name, const char *value)
{
  set (self, name, KIND_STRING, value, barua_prefs_quote (value));
}

void
barua_prefs_set_int (BaruaPrefs *self, const char *name, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  set (self, name, KIND_INT, text, g_strdup (text));
}

void
barua_prefs_set_bool (BaruaPrefs *self, const char *name, gboolean value)
{
  const char *text = value ? "true" : "false";

  set (self, name, KIND_BOOL, text, g_strdup (text));
}

static void
append_added (const BaruaPrefs *self, GString *out, const Statement *statement)
{
  g_autofree char *name = barua_prefs_quote (statement->name);

  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append (out, self->line_end);
  g_string_append_printf (out, "user_pref(%s, %s);%s", name, statement->written,
                          self->line_end);
}

char *
barua_prefs_dup_text (const BaruaPrefs *self, gsize *length)
{
  GString *out = g_string_sized_new (self->length + 1);
  gsize at = 0;
  guint i = 0;

  /* What is added comes after all that was read. */
  for (; i < self->statements->len; i++)
    {
      const Statement *statement = self->statements->pdata[i];

      if (statement->added)
        break;
      if (statement->written == NULL)
        continue;
      g_string_append_len (out, self->text + at, (gssize) (statement->value_at - at));
      g_string_append (out, statement->written);
      at = statement->value_at + statement->value_length;
    }
  g_string_append_len (out, self->text + at, (gssize) (self->length - at));
  for (; i < self->statements->len; i++)
    append_added (self, out, self->statements->pdata[i]);
  if (length != NULL)
    *length = out->len;
  return g_string_free (out, FALSE);
}

char *
barua_prefs_quote (const char *text)
{
  GString *out = g_string_new ("\"");

  for (const char *byte = text; *byte != '\0'; byte++)
    switch (*byte)
      {
      case '"':
      case '\\':
        g_string_append_printf (out, "\\%c", *byte);
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      default:
        g_string_append_c (out, *byte);
        break;
      }
  g_string_append_c (out, '"');
  return g_string_free (out, FALSE);
}
