#include "fuzz/fuzz.h"

#include "export/conceal.h"
#include "export/diff.h"

#include <string.h>

/* Letters that are shown as they are, so that a difference can be applied. */
static char *
to_lines (const uint8_t *data, size_t size)
{
  static const char LETTERS[] = "a\nb\nc\ndef\n";
  char *text = g_malloc (size + 1);

  for (size_t i = 0; i < size; i++)
    text[i] = LETTERS[data[i] % (sizeof LETTERS - 1)];
  text[size] = '\0';
  return text;
}

static void
copy_lines (GString *out, const char **from, guint64 count)
{
  for (; count > 0; count--)
    {
      const char *end = strchr (*from, '\n');

      g_assert_nonnull (end);
      g_string_append_len (out, *from, end + 1 - *from);
      *from = end + 1;
    }
}

/* "-3,4": the line before which it begins, counted from 0. */
static guint64
read_range (const char *range)
{
  char *end = NULL;
  guint64 first = g_ascii_strtoull (range + 1, &end, 10);
  guint64 count = *end == ',' ? g_ascii_strtoull (end + 1, NULL, 10) : 1;

  return count > 0 ? first - 1 : first;
}

static void
take (GString *out, const char *line, gboolean ended)
{
  g_string_append (out, line + 1);
  if (ended)
    g_string_append_c (out, '\n');
}

/* Applies a difference to @text, from the side of @sign ('-' for forwards) to the other.
 */
static char *
apply (const char *text, const char *diff, char sign)
{
  g_auto (GStrv) lines = g_strsplit (diff, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  const char *at = text;
  guint64 done = 0;

  for (gsize i = 2; lines[0] != NULL && lines[1] != NULL && lines[i] != NULL; i++)
    {
      const char *line = lines[i];
      gboolean ended = lines[i + 1] == NULL || *lines[i + 1] != '\\';

      if (g_str_has_prefix (line, "@@ "))
        {
          guint64 first = read_range (strchr (line, sign));

          g_assert_cmpuint (first, >=, done);
          copy_lines (out, &at, first - done);
          done = first;
        }
      else if (*line != '\0' && *line != '\\')
        {
          g_string_truncate (seen, 0);
          take (seen, line, ended);
          if (*line == ' ' || *line == sign)
            {
              g_assert_cmpint (strncmp (at, seen->str, seen->len), ==, 0);
              at += seen->len;
              done++;
            }
          if (*line == ' ' || *line != sign)
            g_string_append_len (out, seen->str, (gssize) seen->len);
        }
    }
  g_string_append (out, at);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The first byte says how many lines are shown around, the second where the one text ends
   and the other begins. The difference applied to either gives the other. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  size_t middle = size > 2 ? (size - 2) * data[1] / 255 : 0;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *diff = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *concealed = NULL;
  g_autofree char *forwards = NULL;
  g_autofree char *backwards = NULL;
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;
  g_autoptr (GBytes) raw_a = NULL;
  g_autoptr (GBytes) raw_b = NULL;

  fuzz_no_criticals ();
  if (size < 2)
    return 0;
  raw_a = g_bytes_new (data + 2, middle);
  raw_b = g_bytes_new (data + 2 + middle, size - 2 - middle);
  shown = barua_diff_new ("~/.muttrc", raw_a, raw_b, data[0] % 5);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  concealed = barua_conceal_passwords (shown);
  g_assert_true (g_utf8_validate (concealed, -1, NULL));
  before = to_lines (data + 2, middle);
  after = to_lines (data + 2 + middle, size - 2 - middle);
  a = g_bytes_new (before, strlen (before));
  b = g_bytes_new (after, strlen (after));
  diff = barua_diff_new ("~/.muttrc", a, b, data[0] % 5);
  g_assert_true ((*diff == '\0') == g_str_equal (before, after));
  forwards = apply (before, diff, '-');
  g_assert_cmpstr (forwards, ==, after);
  backwards = apply (after, diff, '+');
  g_assert_cmpstr (backwards, ==, before);
  return 0;
}
