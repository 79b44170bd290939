#include "config.h"

#include "account/pasted.h"

#include "base/text.h"

#include <string.h>

#define MAILTO "mailto:"
#define NAME_MAX_CHARACTERS 200

/* What sticks to an address that was copied out of a sentence. */
#define OPENING " <(\"'“”„‘’‚«»‹›`"
#define CLOSING " >)\"'“”„‘’‚«»‹›`"
#define PUNCTUATION ".,;:!?。，；"

static gboolean
is_invisible (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_FORMAT || (c >= 0xfe00 && c <= 0xfe0f);
}

/* The signs that hold an address together, as an East Asian keyboard writes them. */
static gunichar
to_plain_sign (gunichar c)
{
  switch (c)
    {
    case 0xff20:
    case 0xfe6b:
      return '@';
    case 0xff1c:
      return '<';
    case 0xff1e:
      return '>';
    case 0xff0c:
      return ',';
    case 0xff1b:
      return ';';
    default:
      return g_unichar_isspace (c) ? ' ' : c;
    }
}

/* Takes out what is not seen, and makes blanks of all white space. */
static char *
clean (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_invisible (c))
        g_string_append_unichar (out, to_plain_sign (c));
    }
  return g_strstrip (g_string_free (out, FALSE));
}

/* Full-width letters and ideographic full stops (RFC 3490, 3.1) as ASCII. */
static char *
to_narrow (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0xff01 && c <= 0xff5e)
        c = c - 0xff01 + '!';
      else if (c == 0x3002 || c == 0xff61)
        c = '.';
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_one_of (gunichar c, const char *set)
{
  return c != 0 && g_utf8_strchr (set, -1, c) != NULL;
}

/* Takes from both ends of @text, in place, the characters of @before and @after. */
static char *
trim (char *text, const char *before, const char *after)
{
  char *start = text;
  char *end = text + strlen (text);

  while (is_one_of (g_utf8_get_char (start), before))
    start = g_utf8_next_char (start);
  while (end > start)
    {
      char *last = g_utf8_prev_char (end);

      if (!is_one_of (g_utf8_get_char (last), after))
        break;
      end = last;
    }
  *end = '\0';
  memmove (text, start, (gsize) (end - start) + 1);
  return text;
}

static char *
read_name (const char *start, gsize length)
{
  g_autofree char *raw = g_strndup (start, length);
  g_autofree char *name = NULL;
  g_auto (GStrv) pieces = NULL;

  trim (raw, " \"'“”„‘’", " \"'“”„‘’");
  pieces = g_strsplit (raw, "\\", -1);
  g_free (raw);
  raw = g_strjoinv ("", pieces);
  name = barua_text_one_line (raw, -1, NAME_MAX_CHARACTERS);
  /* An encoded word (RFC 2047) out of a message's source is nobody's name as it is. */
  if (*name == '\0' || g_str_has_prefix (name, "=?") || strchr (name, '@') != NULL)
    return NULL;
  return g_steal_pointer (&name);
}

/* Splits "Zoë <zoe@gmail.com>" and "zoe@gmail.com (Zoë)". Returns FALSE when there is a
 * second address behind the first. */
static gboolean
split_name (const char *text, char **name, char **address)
{
  const char *open = strrchr (text, '<');
  const char *close = NULL;
  const char *at = strchr (text, '@');

  if (open != NULL)
    {
      close = strchr (open, '>');
      if ((at != NULL && at < open && strpbrk (at, ",;>") != NULL &&
           strpbrk (at, ",;>") < open) ||
          (close != NULL && strchr (close, '@') != NULL))
        return FALSE;
      *name = read_name (text, (gsize) (open - text));
      *address = close != NULL ? g_strndup (open + 1, (gsize) (close - open - 1))
                               : g_strdup (open + 1);
      return TRUE;
    }
  open = strstr (text, " (");
  if (open != NULL && g_str_has_suffix (text, ")") && at != NULL && at < open &&
      strchr (open, '@') == NULL)
    {
      *name = read_name (open + 2, strlen (open) - 3);
      *address = g_strndup (text, (gsize) (open - text));
      return TRUE;
    }
  *address = g_strdup (text);
  return TRUE;
}

/* RFC 6068: the address may be percent-encoded, and fields follow a "?". */
static char *
read_mailto (const char *text)
{
  const char *start = text + strlen (MAILTO);
  gsize length = 0;
  g_autofree char *decoded = NULL;

  start += strspn (start, "/ ");
  length = strcspn (start, "?");
  decoded = g_uri_unescape_segment (start, start + length, NULL);
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    return g_strndup (start, length);
  return clean (decoded);
}

/* Blanks that a keyboard put in by itself, beside "@" and after a dot of the domain, are
 * no part of the address. */
static char *
join (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *at = strchr (text, '@');

  for (const char *p = text; *p != '\0'; p++)
    {
      const char *next = p + strspn (p, " ");
      char before = out->len > 0 ? out->str[out->len - 1] : '\0';
      gboolean in_domain = at != NULL && p > at;

      if (next > p && (*next == '@' || before == '@' ||
                       (in_domain && (*next == '.' || before == '.'))))
        p = next;
      g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

/* "gmail,com" is one key beside "gmail.com"; "gmail.com,anna" is not. */
static void
mend_comma (char *text)
{
  char *at = strchr (text, '@');
  char *comma = at != NULL ? strpbrk (at, ",.;") : NULL;

  if (comma != NULL && *comma == ',' && g_ascii_isalpha (comma[1]) &&
      strpbrk (comma + 1, ",;@ ") == NULL)
    *comma = '.';
}

char *
barua_pasted_address (const char *text, char **name)
{
  g_autofree char *cleaned = NULL;
  g_autofree char *part = NULL;
  g_autofree char *narrow = NULL;
  g_autofree char *own_name = NULL;
  char *joined = NULL;

  g_return_val_if_fail (text != NULL && name != NULL, NULL);

  cleaned = clean (text);
  if (!split_name (cleaned, &own_name, &part))
    return NULL;
  /* The colon of "mailto:" may be all that is there: it goes last. */
  trim (part, OPENING, CLOSING);
  if (g_ascii_strncasecmp (part, MAILTO, strlen (MAILTO)) == 0)
    {
      g_autofree char *link = g_steal_pointer (&part);

      part = read_mailto (link);
    }
  trim (part, OPENING, CLOSING PUNCTUATION);
  narrow = to_narrow (part);
  joined = join (narrow);
  mend_comma (joined);
  *name = g_steal_pointer (&own_name);
  return joined;
}
