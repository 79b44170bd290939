#include "config.h"

#include "export/formats/markup.h"

static gboolean
is_allowed (gunichar letter)
{
  return letter == '\t' || letter == '\n' || letter == '\r' ||
         (letter >= 0x20 && letter != 0x7f && letter != 0xfffe && letter != 0xffff);
}

char *
barua_markup_escape (const char *text)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) kept = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    if (is_allowed (g_utf8_get_char (at)))
      g_string_append_unichar (kept, g_utf8_get_char (at));
  return g_markup_escape_text (kept->str, (gssize) kept->len);
}

void
barua_markup_add (GString *out, guint indent, const char *element, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (out != NULL && element != NULL);

  if (text == NULL)
    {
      g_string_append_printf (out, "%*s<%s/>\n", (int) indent, "", element);
      return;
    }
  escaped = barua_markup_escape (text);
  g_string_append_printf (out, "%*s<%s>%s</%s>\n", (int) indent, "", element, escaped,
                          element);
}
