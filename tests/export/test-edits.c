#include "config.h"

#include "export/formats/edits.h"

#include <string.h>

static void
test_lines (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *expected;
  } ROWS[] = {
    { "an empty text", "", "new\n" },
    { "a text with an end", "old\n", "old\nnew\n" },
    { "a text without one", "old", "old\nnew\n" },
    { "network line ends", "old\r\n", "old\r\nnew\r\n" },
    { "network line ends, the last one missing", "a\r\nold", "a\r\nold\r\nnew\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      gsize length = strlen (ROWS[i].text);
      g_autoptr (BaruaEdits) edits = barua_edits_new (ROWS[i].text, length);
      g_autofree char *text = NULL;

      g_test_message ("%s", ROWS[i].description);
      barua_edits_insert_lines (edits, length, "new\n");
      text = barua_edits_apply (edits, NULL);
      g_assert_cmpstr (text, ==, ROWS[i].expected);
    }
}

static void
test_paragraph (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *expected;
  } ROWS[] = {
    { "an empty text", "", "new\n\nlast\n" },
    { "a text with an end", "old\n", "old\n\nnew\n\nlast\n" },
    { "a text without one", "old", "old\n\nnew\n\nlast\n" },
    { "an empty line is there", "old\n\n", "old\n\nnew\n\nlast\n" },
    { "only an empty line", "\n", "\nnew\n\nlast\n" },
    { "network line ends", "old\r\n\r\n", "old\r\n\r\nnew\r\n\r\nlast\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaEdits) edits =
        barua_edits_new (ROWS[i].text, strlen (ROWS[i].text));
      g_autofree char *text = NULL;

      g_test_message ("%s", ROWS[i].description);
      barua_edits_append_paragraph (edits, "new\n");
      barua_edits_append_paragraph (edits, "last\n");
      text = barua_edits_apply (edits, NULL);
      g_assert_cmpstr (text, ==, ROWS[i].expected);
    }
}

static void
test_order (void)
{
  g_autoptr (BaruaEdits) edits = barua_edits_new ("0123456789", 10);
  g_autofree char *text = NULL;
  gsize length = 0;

  g_assert_true (barua_edits_are_none (edits));
  barua_edits_replace (edits, 7, 2, "");
  barua_edits_replace (edits, 7, 2, "");
  barua_edits_replace (edits, 0, 0, "a");
  barua_edits_replace (edits, 0, 0, "b");
  barua_edits_replace (edits, 3, 1, "three");
  g_assert_false (barua_edits_are_none (edits));
  text = barua_edits_apply (edits, &length);
  g_assert_cmpstr (text, ==, "ab012three4569");
  g_assert_cmpuint (length, ==, strlen (text));
}

/* The last line has no end, and is added to when lines stand below it already. */
static void
test_last_line (void)
{
  g_autoptr (BaruaEdits) edits = barua_edits_new ("a=\nb=", 5);
  g_autofree char *text = NULL;

  barua_edits_insert_lines (edits, 5, "c=3\n");
  barua_edits_replace (edits, 5, 0, "2");
  barua_edits_insert_lines (edits, 5, "d=4\n");
  barua_edits_replace (edits, 2, 0, "1");
  text = barua_edits_apply (edits, NULL);
  g_assert_cmpstr (text, ==, "a=1\nb=2\nc=3\nd=4\n");
}

static void
test_nothing (void)
{
  g_autoptr (BaruaEdits) edits = barua_edits_new (NULL, 0);
  g_autoptr (BaruaEdits) odd = barua_edits_new ("\xff\r\n\x01 no end", 11);
  g_autofree char *text = barua_edits_apply (edits, NULL);
  g_autofree char *same = barua_edits_apply (odd, NULL);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (same, ==, "\xff\r\n\x01 no end");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edits/lines", test_lines);
  g_test_add_func ("/edits/paragraph", test_paragraph);
  g_test_add_func ("/edits/order", test_order);
  g_test_add_func ("/edits/last-line", test_last_line);
  g_test_add_func ("/edits/nothing", test_nothing);
  return g_test_run ();
}
