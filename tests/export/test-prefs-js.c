#include "config.h"

#include "export/formats/prefs-js.h"

#include "export/error.h"

#include <string.h>

#define ROUNDS 20000

static const struct
{
  const char *description;
  const char *text;
  const char *value;
} READ[] = {
  { "a string", "user_pref(\"a\", \"b\");", "b" },
  { "single quotes", "user_pref('a', 'b\"c');", "b\"c" },
  { "a number", "user_pref(\"a\", -12);", "-12" },
  { "a number with a plus", "user_pref(\"a\", +012);", "12" },
  { "the smallest number", "user_pref(\"a\", -2147483648);", "-2147483648" },
  { "true", "user_pref(\"a\", true);", "true" },
  { "false", "user_pref(\"a\",false);", "false" },
  { "blanks everywhere", "\v\n user_pref \t(\r\n\"a\" , \n 1 ) \f;\n", "1" },
  { "comments everywhere",
    "# user_pref(\"a\", 1);\n// \"\n/* ' */user_pref/*\n*/(\"a\"//x\n,2#y\n)/**/;", "2" },
  { "comments of stars", "/***/user_pref(\"a\", 3);/* * / **/", "3" },
  { "what looks like a comment in a string", "user_pref(\"a\", \"/* # // */\");",
    "/* # // */" },
  { "what ends in a string", "user_pref(\"a\", \");\");", ");" },
  { "escapes", "user_pref(\"a\", \"\\\"\\'\\\\\\n\\r\");", "\"'\\\n\r" },
  { "a byte", "user_pref(\"a\", \"\\x5a\\xc3\\xab\");", "Z\xc3\xab" },
  { "a unit", "user_pref(\"a\", \"Zo\\u00eb\");", "Zoë" },
  { "a pair", "user_pref(\"a\", \"\\uD83D\\ude8c\");", "🚌" },
  { "a line end in a string", "user_pref(\"a\", \"b\nc\");", "b\nc" },
  { "the last one holds", "user_pref(\"a\", 1);user_pref(\"a\", 2);", "2" },
  { "the words of other files", "pref(\"b\", 1); sticky_pref(\"a\", 5);", "5" },
  { "a name with escapes", "user_pref(\"\\x61\", 6);", "6" },
  { "bytes that are no UTF-8", "user_pref(\"a\", \"\xff\");", "\xff" },
  { "it is not there", "user_pref(\"aa\", 1);", NULL },
  { "nothing at all", "", NULL },
  { "a comment without a line end", "// that is all", NULL },
};

static const struct
{
  const char *description;
  const char *text;
  guint line;
} REFUSED[] = {
  { "another word", "\nuser_prefs(\"a\", 1);", 2 },
  { "no word", "(\"a\", 1);", 1 },
  { "no bracket", "user_pref \"a\", 1;", 1 },
  { "no name", "user_pref(a, 1);", 1 },
  { "no comma", "user_pref(\"a\" 1);", 1 },
  { "no value", "user_pref(\"a\", );", 1 },
  { "another value", "user_pref(\"a\", nothing);", 1 },
  { "true and more", "user_pref(\"a\", trueish);", 1 },
  { "a number and letters", "user_pref(\"a\", 1a);", 1 },
  { "a fraction", "user_pref(\"a\", 1.5);", 1 },
  { "a number that is too large", "user_pref(\"a\", 2147483648);", 1 },
  { "a number that is far too large", "user_pref(\"a\", 99999999999999999999);", 1 },
  { "a sign alone", "user_pref(\"a\", -);", 1 },
  { "two values", "user_pref(\"a\", 1, 2);", 1 },
  { "no closing bracket", "user_pref(\"a\", 1;", 1 },
  { "no semicolon", "user_pref(\"a\", 1)\r\nuser_pref(\"b\", 2);", 2 },
  { "a string without an end", "user_pref(\"a\", \"b);\n\n", 3 },
  { "an escape of no meaning", "user_pref(\"a\", \"\\t\");", 1 },
  { "an escape without an end", "user_pref(\"a\", \"\\", 1 },
  { "NUL by its number", "user_pref(\"a\", \"\\x00\");", 1 },
  { "half a byte", "user_pref(\"a\", \"\\x4\");", 1 },
  { "half a pair", "user_pref(\"a\", \"\\ud83d\");", 1 },
  { "half a pair and no other", "user_pref(\"a\", \"\\ud83d\\u0041\");", 1 },
  { "the other half alone", "user_pref(\"a\", \"\\ude8c\");", 1 },
  { "a comment without an end", "user_pref(\"a\", 1); /* \r\r\n\n", 4 },
  { "a slash alone", "user_pref(\"a\", 1); /", 1 },
  { "a byte order mark", "\xef\xbb\xbfuser_pref(\"a\", 1);", 1 },
  { "a conflict of versions", "user_pref(\"a\", 1);\n<<<<<<< mine\n", 2 },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (READ); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaPrefs) prefs = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", READ[i].description);
      prefs = barua_prefs_new (READ[i].text, -1, "prefs.js", &error);
      g_assert_no_error (error);
      g_assert_cmpstr (barua_prefs_get_text (prefs, "a"), ==, READ[i].value);
      text = barua_prefs_dup_text (prefs, NULL);
      g_assert_cmpstr (text, ==, READ[i].text);
    }
}

static void
test_refuse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaPrefs) prefs = NULL;
      g_autofree char *line = g_strdup_printf ("in line %u ", REFUSED[i].line);

      g_test_message ("%s", REFUSED[i].description);
      prefs = barua_prefs_new (REFUSED[i].text, -1, "~/prefs.js", &error);
      g_assert_null (prefs);
      g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE);
      g_assert_nonnull (strstr (error->message, "~/prefs.js"));
      g_assert_nonnull (strstr (error->message, line));
    }
}

static void
test_refuse_nul (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPrefs) prefs =
    barua_prefs_new ("user_pref(\"a\", 1);\0", 19, "prefs.js", &error);

  g_assert_null (prefs);
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE);
}

static void
test_kinds (void)
{
  g_autoptr (BaruaPrefs) prefs = barua_prefs_new (
    "user_pref(\"s\", \"1\");user_pref(\"i\", 1);user_pref(\"b\", true);", -1, "", NULL);
  int number = 7;
  gboolean truth = FALSE;

  g_assert_cmpstr (barua_prefs_get_string (prefs, "s"), ==, "1");
  g_assert_null (barua_prefs_get_string (prefs, "i"));
  g_assert_false (barua_prefs_get_int (prefs, "s", &number));
  g_assert_cmpint (number, ==, 7);
  g_assert_true (barua_prefs_get_int (prefs, "i", &number));
  g_assert_cmpint (number, ==, 1);
  g_assert_false (barua_prefs_get_bool (prefs, "i", &truth));
  g_assert_true (barua_prefs_get_bool (prefs, "b", &truth));
  g_assert_true (truth);
  g_assert_false (barua_prefs_get_bool (prefs, "none", &truth));
}

static void
test_list (void)
{
  g_autoptr (BaruaPrefs) prefs =
    barua_prefs_new ("user_pref(\"x.b\", 1);user_pref(\"x.a\", 1);user_pref(\"y\", "
                     "1);user_pref(\"x.b\", 2);",
                     -1, "", NULL);
  g_auto (GStrv) names = barua_prefs_list (prefs, "x.");

  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "x.a");
  g_assert_cmpstr (names[1], ==, "x.b");
}

static void
test_locate (void)
{
  const char *text = "/*\n*/ user_pref(\"a\",\n  'b');\r\nuser_pref(\"c\", 12);";
  g_autoptr (BaruaPrefs) prefs = barua_prefs_new (text, -1, "", NULL);
  BaruaSpan span = { 0 };

  g_assert_true (barua_prefs_locate (prefs, "a", &span));
  g_assert_cmpmem (text + span.offset, span.length, "'b'", 3);
  g_assert_cmpuint (span.line, ==, 3);
  g_assert_true (barua_prefs_locate (prefs, "c", &span));
  g_assert_cmpmem (text + span.offset, span.length, "12", 2);
  g_assert_cmpuint (span.line, ==, 4);
  barua_prefs_set_int (prefs, "d", 1);
  g_assert_false (barua_prefs_locate (prefs, "d", &span));
}

static const struct
{
  const char *description;
  const char *before;
  const char *after;
} CHANGED[] = {
  { "added to nothing", NULL, "user_pref(\"n\", \"q\\\"\\\\\\n\");\n" },
  { "added at the end", "user_pref(\"a\", 1);\n",
    "user_pref(\"a\", 1);\nuser_pref(\"n\", \"q\\\"\\\\\\n\");\n" },
  { "no line end at the end", "// a", "// a\nuser_pref(\"n\", \"q\\\"\\\\\\n\");\n" },
  { "network line ends", "// a\r\n// b",
    "// a\r\n// b\r\nuser_pref(\"n\", \"q\\\"\\\\\\n\");\r\n" },
  { "in its place", "user_pref ( 'n' , 12 ) ; // c\nuser_pref(\"a\", 1);\n",
    "user_pref ( 'n' , \"q\\\"\\\\\\n\" ) ; // c\nuser_pref(\"a\", 1);\n" },
  { "the last one of two", "user_pref(\"n\", 1);user_pref(\"n\", 2);",
    "user_pref(\"n\", 1);user_pref(\"n\", \"q\\\"\\\\\\n\");" },
  { "the same in other words", "user_pref(\"n\", 'q\"\\\\\\n');",
    "user_pref(\"n\", 'q\"\\\\\\n');" },
};

static void
test_change (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CHANGED); i++)
    {
      g_autoptr (BaruaPrefs) prefs = barua_prefs_new (CHANGED[i].before, -1, "", NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      g_test_message ("%s", CHANGED[i].description);
      barua_prefs_set_string (prefs, "n", "q\"\\\n");
      g_assert_cmpstr (barua_prefs_get_string (prefs, "n"), ==, "q\"\\\n");
      text = barua_prefs_dup_text (prefs, &length);
      g_assert_cmpstr (text, ==, CHANGED[i].after);
      g_assert_cmpuint (length, ==, strlen (text));
    }
}

static void
test_change_kind (void)
{
  g_autoptr (BaruaPrefs) prefs = barua_prefs_new (
    "user_pref(\"a\", \"1\");\nuser_pref(\"b\", \"true\");\n", -1, "", NULL);
  g_autofree char *text = NULL;

  barua_prefs_set_int (prefs, "a", 1);
  barua_prefs_set_bool (prefs, "b", TRUE);
  barua_prefs_set_bool (prefs, "c", FALSE);
  barua_prefs_set_bool (prefs, "c", TRUE);
  text = barua_prefs_dup_text (prefs, NULL);
  g_assert_cmpstr (text, ==,
                   "user_pref(\"a\", 1);\nuser_pref(\"b\", true);\n"
                   "user_pref(\"c\", true);\n");
}

static char *
make_up (GRand *random)
{
  static const char *const PIECES[] = {
    "user_pref(\"a\", 1);",
    "user_pref(\"b\", \"\\u00eb\");",
    "user_pref('c', true);",
    "user_pref(\"a\",\"x\");",
    "\n",
    "\r\n",
    "// a comment",
    "/* another */",
    "# a third\n",
    " ",
    "\t",
    "user_pref(\"d\",-3) ;",
    "\"",
    "(",
    "\\",
  };
  GString *text = g_string_new (NULL);
  int count = g_rand_int_range (random, 0, 12);

  for (int i = 0; i < count; i++)
    g_string_append (text, PIECES[g_rand_int_range (random, 0, G_N_ELEMENTS (PIECES))]);
  return g_string_free (text, FALSE);
}

static void
change_at_random (BaruaPrefs *prefs, GRand *random)
{
  static const char *const NAMES[] = { "a", "b", "c", "d", "e\"f" };
  const char *name = NAMES[g_rand_int_range (random, 0, G_N_ELEMENTS (NAMES))];

  switch (g_rand_int_range (random, 0, 3))
    {
    case 0:
      barua_prefs_set_int (prefs, name, g_rand_int_range (random, -9, 9));
      break;
    case 1:
      barua_prefs_set_bool (prefs, name, g_rand_boolean (random));
      break;
    default:
      barua_prefs_set_string (prefs, name, g_rand_boolean (random) ? "\\\"\r\n" : "ë");
      break;
    }
}

static void
check_same (const BaruaPrefs *a, const BaruaPrefs *b)
{
  g_auto (GStrv) names = barua_prefs_list (a, "");
  g_auto (GStrv) others = barua_prefs_list (b, "");

  g_assert_cmpstrv (names, others);
  for (gsize i = 0; names[i] != NULL; i++)
    g_assert_cmpstr (barua_prefs_get_text (a, names[i]), ==,
                     barua_prefs_get_text (b, names[i]));
}

/* Whatever is changed in whatever can be read: what is written means what was set, and
 * once more changes nothing. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1122);
  guint read = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *before = make_up (random);
      g_autoptr (BaruaPrefs) prefs = barua_prefs_new (before, -1, "", NULL);
      g_autoptr (BaruaPrefs) again = NULL;
      g_autofree char *after = NULL;
      g_autofree char *once_more = NULL;
      int changes = g_rand_int_range (random, 0, 4);

      if (prefs == NULL)
        continue;
      read++;
      for (int i = 0; i < changes; i++)
        change_at_random (prefs, random);
      after = barua_prefs_dup_text (prefs, NULL);
      if (changes == 0)
        g_assert_cmpstr (after, ==, before);
      again = barua_prefs_new (after, -1, "", NULL);
      g_assert_nonnull (again);
      check_same (prefs, again);
      once_more = barua_prefs_dup_text (again, NULL);
      g_assert_cmpstr (once_more, ==, after);
    }
  g_assert_cmpuint (read, >, ROUNDS / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prefs-js/read", test_read);
  g_test_add_func ("/prefs-js/refuse", test_refuse);
  g_test_add_func ("/prefs-js/refuse-nul", test_refuse_nul);
  g_test_add_func ("/prefs-js/kinds", test_kinds);
  g_test_add_func ("/prefs-js/list", test_list);
  g_test_add_func ("/prefs-js/locate", test_locate);
  g_test_add_func ("/prefs-js/change", test_change);
  g_test_add_func ("/prefs-js/change-kind", test_change_kind);
  g_test_add_func ("/prefs-js/random", test_random);
  return g_test_run ();
}
