#include "config.h"

#include "export/formats/toml.h"

#include <string.h>

static void
test_read (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *expected;
  } ROWS[] = {
    { "a text", "a = \"b\"\n", "a=b[\"b\"]" },
    { "a table", "[a.b]\nc = 'd'", "a/b/c=d['d']" },
    { "dots", "[a]\nb.c . \"d.e\" = 1 # one", "a/b/c/d.e=-[1]" },
    { "escapes", "a = \"\\\"\\\\\\t\\u00eb\"", "a=\"\\\të[\"\\\"\\\\\\t\\u00eb\"]" },
    { "no escapes", "a = 'b\\c'", "a=b\\c['b\\c']" },
    { "numbers and dates", "a = 1979-05-27 07:32:00 # x\nb = -1.5e3\nc=true\r\n",
      "a=-[1979-05-27 07:32:00] b=-[-1.5e3] c=-[true]" },
    { "a long text", "a = \"\"\"\n[b]\nc = 1 \\\"\"\" \"\"\"\"\nd = 2",
      "a=-[\"\"\"\n[b]\nc = 1 \\\"\"\" \"\"\"\"] d=-[2]" },
    { "a long text as it is", "a = '''\n[b]\\'''\nd = 2", "a=-['''\n[b]\\'''] d=-[2]" },
    { "an array", "a = [ \"]\", # ]\n [1], ']' ]\nb = 1",
      "a=-[[ \"]\", # ]\n [1], ']' ]] b=-[1]" },
    { "an inline table", "a = { b = \"}\", c = [1] }\nd = 1",
      "a=-[{ b = \"}\", c = [1] }] d=-[1]" },
    { "tables of one name", "[[a]]\nb = 1\n[[a]]\nb = 2", "a/b=-[1] a/b=-[2]" },
    { "quoted names", "[ \"a b\" . 'c' ]\n\"\" = 1", "a b/c/=-[1]" },
    { "a byte order mark", "\xef\xbb\xbf[a]\nb = 1\n", "a/b=-[1]" },
    { "nothing", "# only\n\n", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaToml) file = barua_toml_new (ROWS[i].text, strlen (ROWS[i].text));
      g_autoptr (GString) out = g_string_new (NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_nonnull (file);
      for (guint j = 0; j < file->values->len; j++)
        {
          const BaruaTomlValue *value = file->values->pdata[j];
          g_autofree char *path = g_strjoinv ("/", value->path);

          g_string_append_printf (out, "%s%s=%s[%.*s]", j > 0 ? " " : "", path,
                                  value->value != NULL ? value->value : "-",
                                  (int) value->length, ROWS[i].text + value->offset);
        }
      g_assert_cmpstr (out->str, ==, ROWS[i].expected);
    }
}

static void
test_refused (void)
{
  static const char *const TEXTS[] = {
    "a",           "a =",          "= 1",
    "[a",          "[a]]",         "[]",
    "a = \"b",     "a = \"\\x\"",  "a = [1",
    "a = {b",      "a = \"\"\"b",  "a b = 1",
    "a. = 1",      "a = \"b\nc\"", "[[a]\n",
    "a = 'b' 'c'", "a = 1\na = 2", "[a]\nb.c = 1\n[a.b]\nc = 2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_test_message ("%s", TEXTS[i]);
      g_assert_null (barua_toml_new (TEXTS[i], strlen (TEXTS[i])));
    }
}

/* In an array of tables each has its own. */
static void
test_several (void)
{
  static const char TEXT[] = "[[a]]\nb = 1\n[a.c]\nd = 1\n[[a]]\nb = 2\n[a.c]\nd = 2\n";
  g_autoptr (BaruaToml) toml = barua_toml_new (TEXT, strlen (TEXT));

  g_assert_nonnull (toml);
  g_assert_cmpuint (toml->values->len, ==, 4);
}

static void
test_set (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *key;
    const char *expected;
  } ROWS[] = {
    { "a value that is there", "[a.b]\nc = 1 # x\n", "c", "[a.b]\nc = 2 # x\n" },
    { "one with dots", "[a.b]\nc.d = 1\n", "c.d", "[a.b]\nc.d = 2\n" },
    { "one in a table of its own", "[a.b]\n[a.b.c]\nd = 1\n", "c.d",
      "[a.b]\n[a.b.c]\nd = 2\n" },
    { "a new one", "[a.b]\nx = 1\n\n[z]\n", "c", "[a.b]\nx = 1\nc = 2\n\n[z]\n" },
    { "a new one in a table of its own", "[a.b]\nx = 1\n[a.b.c]\ny = 1", "c.d.e",
      "[a.b]\nx = 1\n[a.b.c]\ny = 1\nd.e = 2\n" },
    { "network line ends", "[a.b]\r\n", "c", "[a.b]\r\nc = 2\r\n" },
  };
  static const char *const TABLE[] = { "a", "b", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      gsize length = strlen (ROWS[i].text);
      g_autoptr (BaruaToml) file = barua_toml_new (ROWS[i].text, length);
      g_autoptr (BaruaEdits) edits = barua_edits_new (ROWS[i].text, length);
      g_autofree char *text = NULL;

      g_test_message ("%s", ROWS[i].description);
      barua_toml_set (file, edits, TABLE, ROWS[i].key, "2");
      text = barua_edits_apply (edits, NULL);
      g_assert_cmpstr (text, ==, ROWS[i].expected);
    }
}

/* Before all tables, but never before a byte order mark. */
static void
test_set_at_top (void)
{
  static const char TEXT[] = "\xef\xbb\xbf [a]\nb = 1\n";
  static const char *const TOP[] = { NULL };
  g_autoptr (BaruaToml) file = barua_toml_new (TEXT, strlen (TEXT));
  g_autoptr (BaruaEdits) edits = barua_edits_new (TEXT, strlen (TEXT));
  g_autoptr (BaruaToml) again = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  barua_toml_set (file, edits, TOP, "c", "2");
  text = barua_edits_apply (edits, &length);
  again = barua_toml_new (text, length);
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbf"));
  g_assert_nonnull (again);
  g_assert_nonnull (barua_toml_find (again, TOP, "c"));
}

static void
test_blocked (void)
{
  static const char TEXT[] = "[a.b]\nc = { d = 1 }\ne.f = 1\n";
  static const char *const TABLE[] = { "a", "b", NULL };
  g_autoptr (BaruaToml) file = barua_toml_new (TEXT, strlen (TEXT));

  g_assert_true (barua_toml_is_blocked (file, TABLE, "c.d"));
  g_assert_true (barua_toml_is_blocked (file, TABLE, "e"));
  g_assert_false (barua_toml_is_blocked (file, TABLE, "e.f"));
  g_assert_false (barua_toml_is_blocked (file, TABLE, "e.g"));
  g_assert_false (barua_toml_is_blocked (file, TABLE, "g"));
}

static void
test_quote (void)
{
  static const char *const VALUES[] = { "", "Zoë \"Q\" O'Neil", "a\\b", "\x01\x7f\n\t" };

  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autofree char *quoted = barua_toml_quote (VALUES[i]);
      g_autofree char *text = g_strconcat ("a = ", quoted, NULL);
      g_autoptr (BaruaToml) file = barua_toml_new (text, strlen (text));

      g_assert_nonnull (file);
      g_assert_cmpstr (((const BaruaTomlValue *) file->values->pdata[0])->value, ==,
                       VALUES[i]);
    }
}

static void
test_random (void)
{
  static const char LETTERS[] = "ab.=[]{}\"'\\#\n\n\r ,1u";

  for (guint round = 0; round < 5000; round++)
    {
      char text[64];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autoptr (BaruaToml) file = NULL;

      for (gsize i = 0; i < length; i++)
        text[i] = LETTERS[g_test_rand_int_range (0, sizeof LETTERS - 1)];
      file = barua_toml_new (text, length);
      for (guint i = 0; file != NULL && i < file->values->len; i++)
        {
          const BaruaTomlValue *value = file->values->pdata[i];

          g_assert_cmpuint (value->offset + value->length, <=, value->after);
          g_assert_cmpuint (value->after, <=, length);
          g_assert_cmpuint (value->line, <, value->after);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/toml/read", test_read);
  g_test_add_func ("/toml/refused", test_refused);
  g_test_add_func ("/toml/several", test_several);
  g_test_add_func ("/toml/set", test_set);
  g_test_add_func ("/toml/set-at-top", test_set_at_top);
  g_test_add_func ("/toml/blocked", test_blocked);
  g_test_add_func ("/toml/quote", test_quote);
  g_test_add_func ("/toml/random", test_random);
  return g_test_run ();
}
