#include "fuzz/fuzz.h"

#include "export/formats/elisp.h"

#include <string.h>

/* Reads a string as Emacs does: a backslash takes what is special from the next one. */
static char *
read_string (const char *quoted)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *at = quoted + 1;

  g_assert_cmpint (*quoted, ==, '"');
  for (; *at != '"'; at++)
    {
      at += *at == '\\';
      g_assert_cmpint (*at, !=, '\0');
      g_string_append_c (out, *at);
    }
  g_assert_cmpstr (at, ==, "\"");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Any text can be a string and a value; what stands on a line of its own is found. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const NAMES[] = { "user", NULL };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *quoted = NULL;
  g_autofree char *back = NULL;
  g_autofree char *filled = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *file = NULL;
  const char *values[] = { text, NULL };

  fuzz_no_criticals ();
  quoted = barua_elisp_quote (text);
  back = read_string (quoted);
  g_assert_cmpstr (back, ==, text);
  filled = barua_elisp_fill ("(a @user@ @b@ @user@)", NAMES, values);
  expected = g_strconcat ("(a ", text, " @b@ ", text, ")", NULL);
  g_assert_cmpstr (filled, ==, expected);
  (void) barua_elisp_has ((const char *) data, size, "(load \"barua\")");
  file = g_strconcat (text, "\n(load \"barua\")\n", NULL);
  g_assert_true (barua_elisp_has (file, strlen (file), "(load \"barua\")"));
  return 0;
}
