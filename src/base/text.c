#include "config.h"

#include "base/text.h"

#include <string.h>

/* No writing system needs more on one letter; piles of them cover the lines around. */
#define MARKS_MAX 4

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
  /* These count as marks and letters, and show nothing: joiners, fillers, selectors. */
  return c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 ||
         (c >= 0x180b && c <= 0x180f) || c == 0x2800 || c == 0x3164 || c == 0xffa0 ||
         (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

/* Whether @c, a mark, would stand on nothing or on too high a pile. @marks counts those
 * since the last character that carries one, and is kept by this. */
static gboolean
is_flood (gunichar c, guint *marks)
{
  if (g_unichar_ismark (c))
    return (*marks)++ >= MARKS_MAX;
  *marks = c == '\n' || c == '\t' ? MARKS_MAX : 0;
  return FALSE;
}

char *
barua_text_printable (const char *bytes, gssize length, gsize characters)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  gsize kept = 0;
  guint marks = MARKS_MAX;

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
      g_string_append_unichar (out, is_hidden (c) || is_flood (c, &marks) ? 0xfffd : c);
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
