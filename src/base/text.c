#include "config.h"

#include "base/text.h"

#include <string.h>

static gboolean
is_hidden (gunichar c)
{
  if (c == '\n' || c == '\t')
    return FALSE;
  if (g_unichar_iscntrl (c))
    return TRUE;
  switch (g_unichar_type (c))
    {
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      break;
    }
  /* Variation selectors and Hangul fillers count as marks and letters, and show nothing.
   */
  return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) || c == 0x115f ||
         c == 0x1160 || c == 0x3164 || c == 0xffa0;
}

char *
barua_text_printable (const char *bytes, gssize length, gsize characters)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  gsize kept = 0;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  valid = g_utf8_make_valid (bytes != NULL ? bytes : "", length);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;
      if (characters > 0 && kept == characters)
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (out, is_hidden (c) ? 0xfffd : c);
      kept++;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
barua_text_one_line (const char *bytes, gssize length, gsize characters)
{
  g_autofree char *text = barua_text_printable (bytes, length, 0);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean blank = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          blank = out->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (out, ' ');
      blank = FALSE;
      g_string_append_unichar (out, c);
    }
  return barua_text_printable (out->str, (gssize) out->len, characters);
}

gboolean
barua_text_host_in_domain (const char *host, const char *domain)
{
  gsize host_length = 0;
  gsize domain_length = 0;

  g_return_val_if_fail (host != NULL && domain != NULL, FALSE);

  host_length = strlen (host);
  domain_length = strlen (domain);
  if (host_length > 0 && host[host_length - 1] == '.')
    host_length--;
  if (host_length < domain_length)
    return FALSE;
  if (g_ascii_strncasecmp (host + host_length - domain_length, domain, domain_length) !=
      0)
    return FALSE;
  return host_length == domain_length || host[host_length - domain_length - 1] == '.';
}
