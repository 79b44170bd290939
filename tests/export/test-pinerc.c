#include "config.h"

#include "export/formats/pinerc.h"

#include <string.h>

static const struct
{
  const char *description;
  const char *text;
  const char *value;
} VALUES[] = {
  { "not there", "", NULL },
  { "not set", "wanted=\n", NULL },
  { "blanks only", "wanted=  \n", NULL },
  { "empty on purpose", "wanted=\"\"\n", "\"\"" },
  { "a value", "wanted=a b\n", "a b" },
  { "no line end", "wanted=a", "a" },
  { "a network line end", "wanted=a\r\nx=b\r\n", "a" },
  { "a list on several lines", "wanted=a,\n\tb,\n  c\nx=y\n", "a,b,c" },
  { "a comment", "#wanted=a\n", NULL },
  { "another's name in front", "unwanted=a\n", NULL },
  { "another's name behind", "wanted-too=a\n", NULL },
  { "in another's list", "x=a,\n\twanted=b\n", NULL },
  { "the first counts", "wanted=a\nwanted=b\n", "a" },
  { "letter case", "Wanted=a\n", "a" },
  { "an equals sign", "wanted=a=b\n", "a=b" },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autoptr (BaruaPinerc) rc =
        barua_pinerc_new (VALUES[i].text, strlen (VALUES[i].text));

      g_test_message ("%s", VALUES[i].description);
      g_assert_cmpstr (barua_pinerc_get (rc, "wanted"), ==, VALUES[i].value);
    }
}

static void
test_lists (void)
{
  static const struct
  {
    const char *value;
    const char *items;
  } ROWS[] = {
    { NULL, "" },
    { "", "" },
    { "a", "a" },
    { "a,b, c", "a|b|c" },
    { "a,,b", "a|b" },
    { "\"a, b\" x,c", "\"a, b\" x|c" },
    { "\"a\\\", b\",c", "\"a\\\", b\"|c" },
    { "\"a, b", "\"a, b" },
    { "a\\", "a\\" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_auto (GStrv) items = barua_pinerc_list (ROWS[i].value);
      g_autofree char *joined = g_strjoinv ("|", items);

      g_assert_cmpstr (joined, ==, ROWS[i].items);
    }
}

static void
test_changes (void)
{
  static const struct
  {
    const char *description;
    const char *before;
    const char *set;
    const char *appended;
  } ROWS[] = {
    { "nothing at all", "", "x=1\n", "x=1\n" },
    { "another", "y=2", "y=2\nx=1\n", "y=2\nx=1\n" },
    { "not set", "# c\nx=\ny=2\n", "# c\nx=1\ny=2\n", "# c\nx=1\ny=2\n" },
    { "in place", "x=0\ny=2\n", "x=1\ny=2\n", "x=0,\n\t1\ny=2\n" },
    { "several lines", "x=a,\n\tb\ny=2\n", "x=1\ny=2\n", "x=a,\n\tb,\n\t1\ny=2\n" },
    { "network line ends", "y=2\r\nx=0\r\n", "y=2\r\nx=1\r\n", "y=2\r\nx=0,\r\n\t1\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      gsize length = strlen (ROWS[i].before);
      g_autoptr (BaruaPinerc) rc = barua_pinerc_new (ROWS[i].before, length);
      g_autoptr (BaruaEdits) set = barua_edits_new (ROWS[i].before, length);
      g_autoptr (BaruaEdits) append = barua_edits_new (ROWS[i].before, length);
      g_autofree char *after_set = NULL;
      g_autofree char *after_append = NULL;

      g_test_message ("%s", ROWS[i].description);
      barua_pinerc_set (rc, set, "x", "1");
      barua_pinerc_append (rc, append, "x", "1");
      after_set = barua_edits_apply (set, NULL);
      after_append = barua_edits_apply (append, NULL);
      g_assert_cmpstr (after_set, ==, ROWS[i].set);
      g_assert_cmpstr (after_append, ==, ROWS[i].appended);
    }
}

static void
test_escapes (void)
{
  g_autofree char *plain = barua_pinerc_escape ("Zoë O'Neil");
  g_autofree char *odd = barua_pinerc_escape ("$HOME\n$$");

  g_assert_cmpstr (plain, ==, "Zoë O'Neil");
  g_assert_cmpstr (odd, ==, "$$HOME $$$$");
}

/* Whatever there is: what is set is found again, and all else stays. */
static void
test_random (void)
{
  static const char ALPHABET[] = "x=yab,\"#\n\n\r\t -";

  for (guint round = 0; round < 3000; round++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 60);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (BaruaPinerc) rc = NULL;
      g_autoptr (BaruaPinerc) again = NULL;
      g_autoptr (BaruaEdits) edits = NULL;
      g_autofree char *after = NULL;

      for (gsize i = 0; i < length; i++)
        g_string_append_c (
          text, ALPHABET[g_test_rand_int_range (0, (gint32) strlen (ALPHABET))]);
      rc = barua_pinerc_new (text->str, text->len);
      edits = barua_edits_new (text->str, text->len);
      barua_pinerc_set (rc, edits, "x", "wanted value");
      after = barua_edits_apply (edits, &length);
      again = barua_pinerc_new (after, length);
      g_assert_cmpstr (barua_pinerc_get (again, "x"), ==, "wanted value");
      for (guint i = 0; i < rc->variables->len; i++)
        {
          const BaruaPinercVariable *was = rc->variables->pdata[i];
          const BaruaPinercVariable *is = again->variables->pdata[i];

          g_assert_cmpstr (was->name, ==, is->name);
          if (g_ascii_strcasecmp (was->name, "x") != 0)
            g_assert_cmpstr (was->value, ==, is->value);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pinerc/values", test_values);
  g_test_add_func ("/pinerc/lists", test_lists);
  g_test_add_func ("/pinerc/changes", test_changes);
  g_test_add_func ("/pinerc/escapes", test_escapes);
  g_test_add_func ("/pinerc/random", test_random);
  return g_test_run ();
}
