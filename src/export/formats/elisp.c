#include "config.h"

#include "export/formats/elisp.h"

#include <string.h>

char *
barua_elisp_quote (const char *text)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *at);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static const char *
find_value (const char *name,
            gsize length,
            const char *const *names,
            const char *const *values)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (strlen (names[i]) == length && strncmp (names[i], name, length) == 0)
      return values[i];
  return NULL;
}

char *
barua_elisp_fill (const char *form, const char *const *names, const char *const *values)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (form != NULL && names != NULL && values != NULL, NULL);

  for (const char *at = form; *at != '\0';)
    {
      const char *end = *at == '@' ? strchr (at + 1, '@') : NULL;
      const char *value =
        end != NULL ? find_value (at + 1, (gsize) (end - at) - 1, names, values) : NULL;

      if (value != NULL)
        {
          g_string_append (out, value);
          at = end + 1;
        }
      else
        g_string_append_c (out, *at++);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
barua_elisp_has (const char *text, gsize length, const char *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  for (gsize at = 0; text != NULL && at < length;)
    {
      const char *end = memchr (text + at, '\n', length - at);
      gsize taken = end != NULL ? (gsize) (end - text) + 1 - at : length - at;
      const char *comment = memchr (text + at, ';', taken);
      const char *found =
        memmem (text + at, comment != NULL ? (gsize) (comment - text) - at : taken, code,
                strlen (code));

      if (found != NULL)
        return TRUE;
      at += taken;
    }
  return FALSE;
}
