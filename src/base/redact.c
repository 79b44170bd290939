#include "config.h"

#include "base/redact.h"

#include <string.h>

#define SHORTEST_SECRET 4
#define SHORTEST_BEARER 20
#define LONGEST_LINK 4096
#define LONGEST_MECHANISM 20
#define ALIGNMENTS 3

typedef struct
{
  BaruaSecret *plain;
  char *coded[ALIGNMENTS];
} Known;

struct _BaruaRedactor
{
  GPtrArray *known;
};

/* "auth=Bearer " in base64 at each alignment: a SASL message with anybody's token
 * (RFC 7628, 3.1, and Google's XOAUTH2). */
static const char *const BEARER_FIELD[ALIGNMENTS] = {
  "YXV0aD1CZWFyZXIg",
  "F1dGg9QmVhcmVyI",
  "hdXRoPUJlYXJlci",
};

/* The characters of @bytes in base64 that stay the same whatever comes before and after,
 * when as many bytes come before as @alignment says (RFC 4648, 4). */
static char *
encode_middle (const char *bytes, gsize length, guint alignment)
{
  static const gsize SKIPPED[ALIGNMENTS] = { 0, 2, 3 };
  g_autofree char *padded = g_malloc0 (length + alignment);
  gsize whole = (length + alignment) * 8 / 6;
  char *coded = NULL;
  char *middle = NULL;

  memcpy (padded + alignment, bytes, length);
  coded = g_base64_encode ((const guchar *) padded, length + alignment);
  middle = g_strndup (coded + SKIPPED[alignment], whole - SKIPPED[alignment]);
  barua_secret_free_text (coded);
  explicit_bzero (padded, length + alignment);
  return middle;
}

static void
known_free (gpointer data)
{
  Known *self = data;

  g_clear_pointer (&self->plain, barua_secret_unref);
  for (guint i = 0; i < ALIGNMENTS; i++)
    barua_secret_free_text (self->coded[i]);
  g_free (self);
}

BaruaRedactor *
barua_redactor_new (void)
{
  BaruaRedactor *self = g_new0 (BaruaRedactor, 1);

  self->known = g_ptr_array_new_with_free_func (known_free);
  return self;
}

void
barua_redactor_free (BaruaRedactor *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->known);
  g_free (self);
}

void
barua_redactor_add (BaruaRedactor *self, BaruaSecret *secret)
{
  Known *known = NULL;
  gsize length = 0;

  g_return_if_fail (self != NULL && secret != NULL);

  length = barua_secret_get_length (secret);
  if (length < SHORTEST_SECRET)
    return;
  known = g_new0 (Known, 1);
  known->plain = barua_secret_ref (secret);
  for (guint i = 0; i < ALIGNMENTS; i++)
    known->coded[i] = encode_middle (barua_secret_peek (secret), length, i);
  g_ptr_array_add (self->known, known);
}

/* base64 in either alphabet (RFC 4648, 4 and 5), with the letter case and the two
 * alphabets folded into one. */
static char
fold (char c)
{
  if (c == '-')
    return '+';
  if (c == '_')
    return '/';
  return g_ascii_tolower (c);
}

static gboolean
is_coded (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '/' || c == '-' || c == '_';
}

static gboolean
is_token (char c)
{
  return is_coded (c) || c == '.' || c == '~';
}

static gsize
count_run (const char *p, gboolean (*belongs) (char c))
{
  gsize length = 0;

  while (belongs (p[length]))
    length++;
  return length;
}

static gboolean
holds_folded (const char *run, gsize length, const char *needle)
{
  gsize size = strlen (needle);

  for (gsize start = 0; size > 0 && start + size <= length; start++)
    {
      gsize same = 0;

      while (same < size && fold (run[start + same]) == fold (needle[same]))
        same++;
      if (same == size)
        return TRUE;
    }
  return FALSE;
}

static gboolean
holds_any (const char *run, gsize length, char *const *needles)
{
  for (guint i = 0; i < ALIGNMENTS; i++)
    if (holds_folded (run, length, needles[i]))
      return TRUE;
  return FALSE;
}

/* A whole run of base64 with a secret anywhere in it: the rest of it would be the other
 * half of a SASL message. */
static gsize
match_coded (const BaruaRedactor *self, const char *text, const char *p)
{
  gsize length = 0;
  gboolean found = FALSE;

  if (p > text && is_coded (p[-1]))
    return 0;
  length = count_run (p, is_coded);
  if (length < SHORTEST_SECRET)
    return 0;
  found = holds_any (p, length, (char *const *) BEARER_FIELD);
  for (guint i = 0; self != NULL && i < self->known->len && !found; i++)
    {
      const Known *known = g_ptr_array_index (self->known, i);

      found = holds_any (p, length, known->coded);
    }
  if (!found)
    return 0;
  while (p[length] == '=')
    length++;
  return length;
}

static gboolean
is_same (char a, char b)
{
  return g_ascii_tolower (a) == g_ascii_tolower (b);
}

/* These say how many characters of @p stand for the byte @wanted: as it is; in a link or
 * form (RFC 3986, 2.1); in an IMAP string (RFC 9051, 4.3). */
static gsize
match_raw (const char *p, char wanted)
{
  return *p != '\0' && is_same (*p, wanted) ? 1 : 0;
}

static gsize
match_percent (const char *p, char wanted)
{
  if (*p == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
    return is_same (
             (char) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])),
             wanted)
             ? 3
             : 0;
  if (*p == '+' && wanted == ' ')
    return 1;
  return match_raw (p, wanted);
}

static gsize
match_quoted (const char *p, char wanted)
{
  if (wanted == '"' || wanted == '\\')
    return *p == '\\' && p[1] == wanted ? 2 : 0;
  return match_raw (p, wanted);
}

static gsize
match_written (const char *p,
               const BaruaSecret *secret,
               gsize (*match_byte) (const char *p, char wanted))
{
  const char *bytes = barua_secret_peek (secret);
  gsize size = barua_secret_get_length (secret);
  gsize length = 0;

  for (gsize i = 0; i < size; i++)
    {
      gsize step = match_byte (p + length, bytes[i]);

      if (step == 0)
        return 0;
      length += step;
    }
  return length;
}

static gsize
match_plain (const BaruaRedactor *self, const char *p)
{
  gsize longest = 0;

  for (guint i = 0; self != NULL && i < self->known->len; i++)
    {
      const Known *known = g_ptr_array_index (self->known, i);

      longest = MAX (longest, match_written (p, known->plain, match_raw));
      longest = MAX (longest, match_written (p, known->plain, match_percent));
      longest = MAX (longest, match_written (p, known->plain, match_quoted));
    }
  return longest;
}

static gboolean
stands_before (const char *text, const char *p, const char *word)
{
  gsize length = strlen (word);

  return (gsize) (p - text) >= length &&
         g_ascii_strncasecmp (p - length, word, length) == 0;
}

/* Whether the link that @p stands in begins with "<". */
static gboolean
is_bracketed (const char *text, const char *p)
{
  const char *start = (gsize) (p - text) > LONGEST_LINK ? p - LONGEST_LINK : text;

  while (p > start && strchr (" \t\r\n<>\"'", p[-1]) == NULL)
    p--;
  return p > start && p[-1] == '<';
}

/* What follows "ContinueSignIn" or "plt=" in a link of Google's 534-5.7.14: it signs
 * whoever opens it in. In a reply it is folded over several lines and ends with ">". */
static gsize
match_link (const char *text, const char *p)
{
  static const char *const marks[] = { "ContinueSignIn", "plt=" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gsize end = 0;

      if (!stands_before (text, p, marks[i]))
        continue;
      if (!is_bracketed (text, p))
        return strcspn (p, " \t\r\n<>\"')]");
      while (end < LONGEST_LINK && p[end] != '\0' && p[end] != '>')
        end++;
      return end;
    }
  return 0;
}

/* RFC 4422, 3.1: a list of mechanisms is no argument. */
static gboolean
is_mechanism (const char *p, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (p[i]) && !g_ascii_isdigit (p[i]) && p[i] != '-' && p[i] != '_')
      return FALSE;
  return length <= LONGEST_MECHANISM;
}

/* The initial response in "AUTH PLAIN AHpvZQ…" and "AUTHENTICATE XOAUTH2 dXNlc…". */
static gsize
match_argument (const char *text, const char *p)
{
  static const char *const commands[] = {
    "AUTH PLAIN ",           "AUTH LOGIN ",
    "AUTH XOAUTH2 ",         "AUTH OAUTHBEARER ",
    "AUTHENTICATE PLAIN ",   "AUTHENTICATE LOGIN ",
    "AUTHENTICATE XOAUTH2 ", "AUTHENTICATE OAUTHBEARER ",
  };
  gsize length = 0;

  if (p == text || p[-1] != ' ')
    return 0;
  length = count_run (p, is_coded);
  if (length < SHORTEST_SECRET || is_mechanism (p, length))
    return 0;
  while (p[length] == '=')
    length++;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (stands_before (text, p, commands[i]))
      return length;
  return 0;
}

/* Google's access tokens, its refresh tokens, and anything behind "Bearer". */
static gsize
match_token (const char *text, const char *p)
{
  gsize length = 0;

  if (p > text && is_token (p[-1]))
    return 0;
  length = count_run (p, is_token);
  if (g_ascii_strncasecmp (p, "ya29.", 5) == 0)
    return length;
  if (length < SHORTEST_BEARER)
    return 0;
  if (strncmp (p, "1//", 3) == 0 || stands_before (text, p, "Bearer "))
    return length;
  return 0;
}

static gsize
match (const BaruaRedactor *self, const char *text, const char *p)
{
  gsize length = match_link (text, p);

  if (length == 0)
    length = match_token (text, p);
  if (length == 0)
    length = match_argument (text, p);
  if (length == 0)
    length = match_coded (self, text, p);
  if (length == 0)
    length = match_plain (self, p);
  return length;
}

char *
barua_redactor_apply (const BaruaRedactor *self, const char *text)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0';)
    {
      gsize length = match (self, text, p);

      if (length > 0)
        g_string_append (out, BARUA_REDACTED);
      else
        g_string_append_c (out, *p);
      p += MAX (length, 1);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
