#include "config.h"

#include "diagnose/text-escapes.h"

#include <string.h>

/* A tag longer than this is no tag. */
#define TAG_MAX 400

/* Lines of quoted-printable are broken after some 75 characters. */
#define SOFT_BREAK_COLUMN 60

/* A challenge is some 150 bytes long. */
#define CHALLENGE_MAX 2048

static void
set_text (BaruaEscape *escape, const char *text)
{
  escape->length = strlen (text);
  memcpy (escape->text, text, escape->length);
}

static gboolean
is_quotation_mark (gunichar c)
{
  return (c >= 0x2018 && c <= 0x201f) || c == 0x2032 || c == 0x2033 || c == 0xab ||
         c == 0xbb || c == 0x2039 || c == 0x203a || c == 0xb4 || c == '\'' || c == '"' ||
         c == '`';
}

static void
set_character (BaruaEscape *escape, gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (is_quotation_mark (c))
    escape->quote = TRUE;
  else if (g_unichar_isspace (c) || type == G_UNICODE_CONTROL)
    escape->blank = TRUE;
  else if (type == G_UNICODE_FORMAT || c == 0xfeff || c == 0)
    escape->length = 0;
  else if (type == G_UNICODE_DASH_PUNCTUATION || c == 0x2212)
    set_text (escape, "-");
  else if (c == 0x2026)
    set_text (escape, "...");
  else if (c == '<' || c == '>')
    escape->blank = TRUE;
  else
    escape->length = (gsize) g_unichar_to_utf8 (g_unichar_tolower (c), escape->text);
}

static gboolean
read_number (const char *digits, gsize length, guint base, gunichar *value)
{
  gunichar number = 0;

  if (length == 0 || length > 7)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value (digits[i]);

      if (digit < 0 || (guint) digit >= base)
        return FALSE;
      number = number * base + (guint) digit;
    }
  if (number > 0 && !g_unichar_validate (number))
    return FALSE;
  *value = number;
  return TRUE;
}

static gsize
take_backslash (const char *bytes, gsize length, BaruaEscape *escape)
{
  gunichar c = 0;

  if (length < 2)
    return 1;
  switch (bytes[1])
    {
    case 'n':
    case 'r':
    case 't':
      escape->blank = TRUE;
      return 2;
    case '"':
    case '\'':
      escape->quote = TRUE;
      return 2;
    case 'u':
      if (length >= 6 && read_number (bytes + 2, 4, 16, &c))
        {
          set_character (escape, c);
          return 6;
        }
      return 1;
    case 'x':
      /* Kept readable: "\xa0" in an error names the character that is in the way. */
    default:
      return 1;
    }
}

static gsize
take_entity (const char *bytes, gsize length, BaruaEscape *escape)
{
  static const struct
  {
    const char *name;
    gunichar c;
  } ENTITIES[] = {
    { "amp", '&' },       { "lt", '<' },       { "gt", '>' },       { "quot", '"' },
    { "apos", '\'' },     { "nbsp", 0xa0 },    { "rsquo", 0x2019 }, { "lsquo", 0x2018 },
    { "ldquo", 0x201c },  { "rdquo", 0x201d }, { "ndash", '-' },    { "mdash", '-' },
    { "hellip", 0x2026 }, { "shy", 0xad },
  };
  const char *end = memchr (bytes, ';', MIN (length, 12));
  gsize size = end != NULL ? (gsize) (end - bytes) - 1 : 0;
  gunichar c = 0;

  for (gsize i = 0; size > 0 && i < G_N_ELEMENTS (ENTITIES); i++)
    if (strlen (ENTITIES[i].name) == size &&
        memcmp (bytes + 1, ENTITIES[i].name, size) == 0)
      c = ENTITIES[i].c;
  if (c == 0 && size > 1 && bytes[1] == '#' && (bytes[2] == 'x' || bytes[2] == 'X'))
    (void) read_number (bytes + 3, size - 2, 16, &c);
  else if (c == 0 && size > 1 && bytes[1] == '#')
    (void) read_number (bytes + 2, size - 1, 10, &c);
  if (c == 0)
    {
      set_text (escape, "&");
      return 1;
    }
  set_character (escape, c);
  return size + 2;
}

static gboolean
is_in (const char *const *names, const char *name, gsize length)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (strlen (names[i]) == length && g_ascii_strncasecmp (names[i], name, length) == 0)
      return TRUE;
  return FALSE;
}

/* Known tags are taken out whole, but of a link what it leads to is kept. */
static gsize
take_tag (const char *bytes, gsize length, BaruaEscape *escape)
{
  static const char *const INLINE[] = { "b",    "i",   "em",   "strong", "span", "font",
                                        "code", "tt",  "u",    "small",  "wbr",  "kbd",
                                        "mark", "sup", "samp", NULL };
  static const char *const BLOCK[] = { "br",    "p",    "div",        "td", "tr",
                                       "th",    "li",   "ul",         "ol", "table",
                                       "html",  "body", "h1",         "h2", "h3",
                                       "h4",    "pre",  "hr",         "dd", "head",
                                       "title", "meta", "blockquote", NULL };
  gsize start = length > 1 && bytes[1] == '/' ? 2 : 1;
  gsize end = start;
  const char *close = NULL;
  gboolean is_inline = FALSE;

  escape->blank = TRUE;
  while (end < length && end < start + 12 && g_ascii_isalnum (bytes[end]))
    end++;
  if (end == start || end == length || strchr (" \t\r\n/>", bytes[end]) == NULL)
    return 1;
  if (end == start + 1 && g_ascii_tolower (bytes[start]) == 'a')
    return end;
  is_inline = is_in (INLINE, bytes + start, end - start);
  if (!is_inline && !is_in (BLOCK, bytes + start, end - start))
    return 1;
  close = memchr (bytes + end, '>', MIN (length - end, TAG_MAX));
  if (close == NULL)
    return 1;
  escape->blank = !is_inline;
  return (gsize) (close - bytes) + 1;
}

static gsize
take_quoted_printable (const char *bytes, gsize length, BaruaEscape *escape)
{
  if (length >= 2 && bytes[1] == '\n')
    return 2;
  if (length >= 3 && bytes[1] == '\r' && bytes[2] == '\n')
    return 3;
  if (length >= 3 && memcmp (bytes, "=20", 3) == 0)
    escape->blank = TRUE;
  else
    set_text (escape, "=");
  return 3;
}

/* rsyslog writes control characters as "#012". */
static gsize
take_hash (const char *bytes, gsize length, BaruaEscape *escape)
{
  if (length >= 4 && (memcmp (bytes, "#012", 4) == 0 || memcmp (bytes, "#015", 4) == 0 ||
                      memcmp (bytes, "#011", 4) == 0))
    {
      escape->blank = TRUE;
      return 4;
    }
  set_text (escape, "#");
  return 1;
}

/* ECMA-48, 5.4: ESC [, parameters, a final byte. */
static gsize
take_terminal (const char *bytes, gsize length)
{
  gsize end = 2;

  if (length < 2 || bytes[1] != '[')
    return 1;
  while (end < length && end < 32 && (bytes[end] < 0x40 || bytes[end] > 0x7e))
    end++;
  return MIN (end + 1, length);
}

static gsize
take_foreign (const char *bytes, gsize length, BaruaEscape *escape)
{
  gunichar c = g_utf8_get_char_validated (bytes, (gssize) MIN (length, 6));
  guchar byte = (guchar) bytes[0];

  if (c != (gunichar) -1 && c != (gunichar) -2)
    {
      set_character (escape, c);
      return (gsize) g_utf8_skip[byte];
    }
  /* Old logs are Latin-1, or Windows' kind of it. */
  if (byte >= 0xa0)
    set_character (escape, byte);
  else if (byte >= 0x91 && byte <= 0x94)
    escape->quote = TRUE;
  else
    escape->blank = TRUE;
  return 1;
}

gsize
barua_text_take_escape (const char *bytes, gsize length, BaruaEscape *escape)
{
  g_return_val_if_fail (bytes != NULL && length > 0 && escape != NULL, 1);

  switch (bytes[0])
    {
    case '\\':
      return take_backslash (bytes, length, escape);
    case '<':
      return take_tag (bytes, length, escape);
    case '&':
      return take_entity (bytes, length, escape);
    case '=':
      return take_quoted_printable (bytes, length, escape);
    case '#':
      return take_hash (bytes, length, escape);
    case 0x1b:
      return take_terminal (bytes, length);
    case '\0':
      return 1;
    default:
      return take_foreign (bytes, length, escape);
    }
}

gboolean
barua_text_is_soft_break (const char *bytes, gsize length, gsize column)
{
  g_return_val_if_fail (bytes != NULL, FALSE);

  if (length >= 3 && (memcmp (bytes, "=3D", 3) == 0 || memcmp (bytes, "=20", 3) == 0))
    return TRUE;
  if (column < SOFT_BREAK_COLUMN || length < 2)
    return FALSE;
  return bytes[1] == '\n' || (length >= 3 && bytes[1] == '\r' && bytes[2] == '\n');
}

/* Written as the normalizer writes JSON: lower case, no quotation marks; and without
 * blanks, which are not to be relied on. */
static char *
fold_json (const guchar *json, gsize length)
{
  GString *out = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      guchar c = json[i];

      if (c == '"' || c == '\\' || c == ' ' || c == '\n' || c == '\r' || c == '\t')
        continue;
      if (c < 0x20 || c >= 0x7f)
        {
          g_string_free (out, TRUE);
          return NULL;
        }
      g_string_append_c (out, g_ascii_tolower ((char) c));
    }
  return g_string_free (out, FALSE);
}

char *
barua_text_decode_run (const char *run, gsize length)
{
  g_autofree char *padded = NULL;
  g_autofree guchar *json = NULL;
  gsize size = 0;

  g_return_val_if_fail (run != NULL, NULL);

  if (length > CHALLENGE_MAX || length < 24)
    return NULL;
  if (memcmp (run, "dXNlcj", 6) == 0)
    return g_strdup ("xoauth2-response");
  if (memcmp (run, "eyJ", 3) != 0 && memcmp (run, "ewog", 4) != 0)
    return NULL;
  /* What was cut off in the middle is read as far as it goes. */
  padded = g_strndup (run, length - length % 4);
  json = g_base64_decode (padded, &size);
  if (size < 8 || json[0] != '{')
    return NULL;
  return fold_json (json, size);
}

gboolean
barua_text_is_base64 (const char *run, gsize length)
{
  gboolean lower = FALSE;
  gboolean upper = FALSE;
  gboolean digit = FALSE;

  g_return_val_if_fail (run != NULL, FALSE);

  for (gsize i = 0; i < length; i++)
    {
      lower |= g_ascii_islower (run[i]);
      upper |= g_ascii_isupper (run[i]);
      digit |= g_ascii_isdigit (run[i]);
      if (run[i] == '=' && i + 3 < length)
        return FALSE;
    }
  return lower && upper && digit;
}
