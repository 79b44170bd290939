#include "config.h"

#include "account/folder.h"

#include "base/text.h"

#include <string.h>

/* More than any server allows: Gmail ends at 225 characters. */
#define LONGEST_NAME 1000
#define MOST_ATTRIBUTES 32
#define LONGEST_ATTRIBUTE 60

/* The words between "(" and ")". */
static const char *
take_attributes (const char *p, BaruaFolder *self)
{
  const char *end = *p == '(' ? strchr (p, ')') : NULL;
  g_autofree char *list = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  if (end == NULL || end[1] != ' ')
    return NULL;
  list = g_strndup (p + 1, (gsize) (end - p - 1));
  words = g_strsplit (list, " ", MOST_ATTRIBUTES);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (kept, barua_text_one_line (words[i], -1, LONGEST_ATTRIBUTE));
  g_ptr_array_add (kept, NULL);
  self->attributes = (char **) g_ptr_array_free (g_steal_pointer (&kept), FALSE);
  return end + 2;
}

/* A quoted string, from its first quote; what follows it is returned. */
static const char *
take_quoted (const char *p, GString *out)
{
  for (p++; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (out, *p);
    }
  return *p == '"' ? p + 1 : NULL;
}

/* An atom or a quoted string. */
static const char *
take_word (const char *p, GString *out)
{
  gsize length = strcspn (p, " \"(){");

  if (*p == '"')
    return take_quoted (p, out);
  g_string_append_len (out, p, (gssize) length);
  return length > 0 ? p + length : NULL;
}

/* "/" in quotes, or NIL. */
static const char *
take_separator (const char *p, BaruaFolder *self)
{
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean quoted = p != NULL && *p == '"';

  p = p != NULL ? take_word (p, word) : NULL;
  if (p == NULL || *p != ' ')
    return NULL;
  if (quoted && word->len == 1)
    self->separator = word->str[0];
  else if (quoted || g_ascii_strcasecmp (word->str, "NIL") != 0)
    return NULL;
  return p + 1;
}

static gboolean
is_name (const GString *name)
{
  if (name->len == 0 || name->len > LONGEST_NAME || strlen (name->str) != name->len)
    return FALSE;
  for (gsize i = 0; i < name->len; i++)
    if (g_ascii_iscntrl (name->str[i]))
      return FALSE;
  return TRUE;
}

BaruaFolder *
barua_folder_parse (const char *text)
{
  g_autoptr (BaruaFolder) self = g_new0 (BaruaFolder, 1);
  g_autoptr (GString) name = g_string_new (NULL);
  const char *p = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  p = take_separator (take_attributes (text, self), self);
  p = p != NULL ? take_word (p, name) : NULL;
  /* Extended data may follow: RFC 5258, 5. */
  if (p == NULL || (*p != '\0' && *p != ' ') || !is_name (name))
    return NULL;
  self->name = g_string_free (g_steal_pointer (&name), FALSE);
  return g_steal_pointer (&self);
}

void
barua_folder_free (BaruaFolder *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_strfreev (self->attributes);
  g_free (self);
}

gboolean
barua_folder_has (const BaruaFolder *self, const char *attribute)
{
  for (guint i = 0; self->attributes[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->attributes[i], attribute) == 0)
      return TRUE;
  return FALSE;
}

const BaruaFolder *
barua_folders_find (const GPtrArray *folders, const char *attribute)
{
  for (guint i = 0; folders != NULL && i < folders->len; i++)
    {
      const BaruaFolder *folder = g_ptr_array_index (folders, i);

      if (barua_folder_has (folder, attribute) &&
          !barua_folder_has (folder, "\\Noselect") &&
          !barua_folder_has (folder, "\\NonExistent"))
        return folder;
    }
  return NULL;
}

/* What stands between "&" and "-": UTF-16 in base64 with "," in place of "/". */
static gboolean
append_shifted (GString *out, const char *coded, gsize length)
{
  g_autofree char *base64 = NULL;
  g_autofree guchar *bytes = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;

  if (length == 0)
    {
      g_string_append_c (out, '&');
      return TRUE;
    }
  base64 = g_strdup_printf ("%.*s%.*s", (int) length, coded, (int) ((4 - length % 4) % 4),
                            "===");
  bytes = g_base64_decode (g_strdelimit (base64, ",", '/'), &size);
  text = g_convert ((const char *) bytes, (gssize) size, "UTF-8", "UTF-16BE", NULL, NULL,
                    NULL);
  if (text == NULL || *text == '\0')
    return FALSE;
  g_string_append (out, text);
  return TRUE;
}

static gboolean
decode (const char *name, GString *out)
{
  while (*name != '\0')
    {
      gsize length = strcspn (name, "&");

      g_string_append_len (out, name, (gssize) length);
      name += length;
      if (*name == '\0')
        return TRUE;
      length = strcspn (++name, "-");
      if (name[length] != '-' || !append_shifted (out, name, length))
        return FALSE;
      name += length + 1;
    }
  return TRUE;
}

char *
barua_folder_dup_title (const char *name)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  if (decode (name, out))
    return barua_text_one_line (out->str, (gssize) out->len, LONGEST_NAME);
  return barua_text_one_line (name, -1, LONGEST_NAME);
}
