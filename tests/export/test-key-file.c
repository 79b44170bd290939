#include "config.h"

#include "export/formats/key-file.h"

#include <string.h>

#define EDITS 10000
#define LINES_MAX 40
#define LONG_LINES 200000

typedef struct
{
  const char *description;
  const BaruaKeyFileStyle *style;
  const char *text;
  const char *group;
  const char *key;
  const char *value;
} ReadRow;

#define GLIB &BARUA_KEY_FILE_GLIB
#define PYTHON &BARUA_KEY_FILE_PYTHON

static const ReadRow READ_ROWS[] = {
  { "plain", GLIB, "[a]\nk=v\n", "a", "k", "v" },
  { "no final line end", GLIB, "[a]\nk=v", "a", "k", "v" },
  { "network line ends", GLIB, "[a]\r\nk=v\r\n", "a", "k", "v" },
  { "a byte order mark", GLIB, "\xef\xbb\xbf[a]\nk=v\n", "a", "k", "v" },
  { "one that is none", GLIB, "[b]\n\xef\xbb\xbf[a]\nk=v\n", "a", "k", NULL },
  { "blanks", GLIB, "  [a]\n \tk  =  v w \n", "a", "k", "v w" },
  { "an empty value", GLIB, "[a]\nk=\n", "a", "k", "" },
  { "separators in the value", GLIB, "[a]\nk=v=w:x\n", "a", "k", "v=w:x" },
  { "a language's key", GLIB, "[a]\nk[de]=v\n", "a", "k[de]", "v" },
  { "the last one counts", GLIB, "[a]\nk=v\nk=w\n", "a", "k", "w" },
  { "a group that comes twice", GLIB, "[a]\nk=v\n[b]\nk=x\n[a]\nl=w\n", "a", "l", "w" },
  { "the last one in either", GLIB, "[a]\nk=v\n[b]\n[a]\nk=w\n", "a", "k", "w" },
  { "another group's", GLIB, "[a]\nl=v\n[b]\nk=w\n", "a", "k", NULL },
  { "before the first group", GLIB, "k=v\n[a]\nk=w\n", NULL, "k", "v" },
  { "not before the first group", GLIB, "[a]\nk=w\n", NULL, "k", NULL },
  { "a remark", GLIB, "[a]\n#k=v\n", "a", "k", NULL },
  { "an indented remark", GLIB, "[a]\n  # k=v\n", "a", "k", NULL },
  { "letter case", GLIB, "[a]\nK=v\n", "a", "k", NULL },
  { "an empty key", GLIB, "[a]\n=v\n", "a", "", NULL },
  { "no key at all", GLIB, "[a]\nkv\n", "a", "kv", NULL },
  { "a bracket in a group's name", GLIB, "[a [b]]\nk=v\n", "a [b]", "k", "v" },
  { "no group's name", GLIB, "[]\nk=v\n", NULL, "k", "v" },
  { "bytes that are no UTF-8", GLIB, "[a]\nk=\xff\xfe\n", "a", "k", "\xff\xfe" },
  { "an indented line is one of its own", GLIB, "[a]\nk=v\n l=w\n", "a", "l", "w" },
  { "nothing", GLIB, "", "a", "k", NULL },

  { "Python: a colon", PYTHON, "[a]\nk: v\n", "a", "k", "v" },
  { "Python: letter case", PYTHON, "[a]\nKey = v\n", "a", "key", "v" },
  { "Python: a group's letter case counts", PYTHON, "[A]\nk = v\n", "a", "k", NULL },
  { "Python: the other remark", PYTHON, "[a]\n; k = v\n", "a", "k", NULL },
  { "Python: a value of several lines", PYTHON, "[a]\nk = v\n  w = 1\n\tx\nl = y\n", "a",
    "k", "v\nw = 1\nx" },
  { "Python: which begins below", PYTHON, "[a]\nk =\n  v\n", "a", "k", "\nv" },
  { "Python: with a remark among it", PYTHON, "[a]\nk = v\n  # r\n  w\n", "a", "k",
    "v\nw" },
  { "Python: with an empty line among it", PYTHON, "[a]\nk = v\n\n  w\n", "a", "k",
    "v\nw" },
  { "Python: which ends at a group", PYTHON, "[a]\nk = v\n[b]\n  l = w\n", "b", "l",
    "w" },
};

static void
test_reads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (READ_ROWS); i++)
    {
      const ReadRow *row = &READ_ROWS[i];
      g_autoptr (BaruaKeyFile) file = barua_key_file_new (row->text, -1, row->style);
      g_autofree char *value = barua_key_file_dup (file, row->group, row->key);
      g_autofree char *again = barua_key_file_dup_text (file, NULL);
      BaruaSpan span = { 0 };

      g_test_message ("%s", row->description);
      g_assert_cmpstr (value, ==, row->value);
      g_assert_cmpstr (again, ==, row->text);
      g_assert_cmpint (barua_key_file_locate (file, row->group, row->key, &span), ==,
                       value != NULL);
      if (value != NULL && strchr (value, '\n') == NULL)
        g_assert_cmpmem (row->text + span.offset, span.length, value, strlen (value));
    }
}

typedef struct
{
  const char *description;
  const BaruaKeyFileStyle *style;
  const char *text;
  const char *group;
  const char *key;
  const char *value;
  const char *expected;
} EditRow;

/* Without a value, the key is removed; without a key, the group. */
static const EditRow EDIT_ROWS[] = {
  { "in its place", GLIB, "# r\n[a]\n k = v \nl=w\n", "a", "k", "new",
    "# r\n[a]\n k = new \nl=w\n" },
  { "the last one of two", GLIB, "[a]\nk=v\nk=w\n", "a", "k", "new",
    "[a]\nk=v\nk=new\n" },
  { "network line ends", GLIB, "[a]\r\nk=v\r\n", "a", "l", "w", "[a]\r\nk=v\r\nl=w\r\n" },
  { "no final line end stays so", GLIB, "[a]\nk=v", "a", "k", "w", "[a]\nk=w" },
  { "behind a last line without end", GLIB, "[a]\nk=v", "a", "l", "w",
    "[a]\nk=v\nl=w\n" },
  { "behind the last key", GLIB, "[a]\nk=v\n\n# of b\n[b]\nl=w\n", "a", "m", "x",
    "[a]\nk=v\nm=x\n\n# of b\n[b]\nl=w\n" },
  { "in a group without keys", GLIB, "[a]\n\n[b]\n", "a", "k", "v", "[a]\nk=v\n\n[b]\n" },
  { "in the second of two groups", GLIB, "[a]\nk=v\n[b]\n[a]\nl=w\n", "a", "m", "x",
    "[a]\nk=v\n[b]\n[a]\nl=w\nm=x\n" },
  { "a new group", GLIB, "[a]\nk=v\n", "b", "k", "w", "[a]\nk=v\n\n[b]\nk=w\n" },
  { "a new group behind an empty line", GLIB, "[a]\nk=v\n\n", "b", "k", "w",
    "[a]\nk=v\n\n[b]\nk=w\n" },
  { "in an empty file", GLIB, "", "a", "k", "v", "[a]\nk=v\n" },
  { "before the first group", GLIB, "# r\nk=v\n[a]\nl=w\n", NULL, "m", "x",
    "# r\nk=v\nm=x\n[a]\nl=w\n" },
  { "behind the remarks above", GLIB, "# r\n\n[a]\nl=w\n", NULL, "m", "x",
    "# r\nm=x\n\n[a]\nl=w\n" },
  { "bytes that are no UTF-8 stay", GLIB, "\xff\n[a]\n\xfe=\xfd\nk=v\n", "a", "k", "w",
    "\xff\n[a]\n\xfe=\xfd\nk=w\n" },
  { "Python: with its own separator", PYTHON, "[a]\nk: v\n", "a", "l", "w",
    "[a]\nk: v\nl = w\n" },
  { "Python: several lines become one", PYTHON, "[a]\nk = v\n  w\n  x\nl = y\n", "a", "k",
    "new", "[a]\nk = new\nl = y\n" },
  { "Python: a remark among them stays", PYTHON, "[a]\nk = v\n  # r\n  w\nl = y\n", "a",
    "k", "new", "[a]\nk = new\n  # r\nl = y\n" },
  { "Python: behind a value of several lines", PYTHON, "[a]\nk = v\n  w\n\n[b]\n", "a",
    "l", "x", "[a]\nk = v\n  w\nl = x\n\n[b]\n" },

  { "removes", GLIB, "[a]\nk=v\n# r\nl=w\n", "a", "k", NULL, "[a]\n# r\nl=w\n" },
  { "removes one that comes twice", GLIB, "[a]\nk=v\nl=w\nk=x\n[b]\nk=y\n", "a", "k",
    NULL, "[a]\nl=w\n[b]\nk=y\n" },
  { "Python: removes one that comes twice", PYTHON, "[a]\nk = v\n  w\nK: x\n", "a", "k",
    NULL, "[a]\n" },
  { "removes nothing", GLIB, "[a]\nk=v\n", "a", "l", NULL, "[a]\nk=v\n" },
  { "removes the last line", GLIB, "[a]\nk=v", "a", "k", NULL, "[a]\n" },
  { "Python: removes several lines", PYTHON, "[a]\nk = v\n  w\n  # r\n  x\nl = y\n", "a",
    "k", NULL, "[a]\n  # r\nl = y\n" },
  { "removes a group", GLIB, "[a]\nk=v\n\n# of b\n[b]\nl=w\n", "a", NULL, NULL,
    "\n# of b\n[b]\nl=w\n" },
  { "removes a group that comes twice", GLIB, "[a]\nk=v\n[b]\nl=w\n[a]\nm=x\n", "a", NULL,
    NULL, "[b]\nl=w\n" },
};

static void
edit (BaruaKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL)
    barua_key_file_set (file, group, key, value);
  else
    (void) barua_key_file_remove (file, group, key);
}

static void
test_edits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (EDIT_ROWS); i++)
    {
      const EditRow *row = &EDIT_ROWS[i];
      g_autoptr (BaruaKeyFile) file = barua_key_file_new (row->text, -1, row->style);
      g_autofree char *text = NULL;
      gsize length = 0;

      g_test_message ("%s", row->description);
      edit (file, row->group, row->key, row->value);
      text = barua_key_file_dup_text (file, &length);
      g_assert_cmpstr (text, ==, row->expected);
      g_assert_cmpuint (length, ==, strlen (text));
      /* Once more changes nothing more. */
      edit (file, row->group, row->key, row->value);
      g_free (text);
      text = barua_key_file_dup_text (file, NULL);
      g_assert_cmpstr (text, ==, row->expected);
    }
}

static void
test_lists (void)
{
  g_autoptr (BaruaKeyFile) file =
    barua_key_file_new ("o=1\n[b]\nk=v\n[a]\nl=w\n[b]\nm=x\nk=y\n", -1, GLIB);
  g_auto (GStrv) groups = barua_key_file_list_groups (file);
  g_auto (GStrv) keys = barua_key_file_list_keys (file, "b");
  g_auto (GStrv) first = barua_key_file_list_keys (file, NULL);
  g_autofree char *all_groups = g_strjoinv (" ", groups);
  g_autofree char *all_keys = g_strjoinv (" ", keys);
  g_autofree char *all_first = g_strjoinv (" ", first);

  g_assert_cmpstr (all_groups, ==, "b a b");
  g_assert_cmpstr (all_keys, ==, "k m k");
  g_assert_cmpstr (all_first, ==, "o");
  g_assert_true (barua_key_file_has_group (file, "a"));
  g_assert_false (barua_key_file_has_group (file, "c"));
}

static const char *const GROUPS[] = { NULL, "a", "b", "c d", "\xff" };
static const char *const KEYS[] = { "k", "Key", "l m", "\xfe", "n" };
static const char *const LINES[] = {
  "[a]",       "[b]",  "[c d]", "[\xff]",  "k=v",        "Key = v w ", "l m\t=\t",
  "\xfe=\xfd", "n: x", "# r",   "; k = r", "  more = 1", "\tmore",     "",
  "   ",       "odd",  "[",     "[]",      "=",          "k=v=w",      "  # r",
};

static char *
random_text (void)
{
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (0, 30);
  const char *end = g_test_rand_bit () ? "\n" : "\r\n";

  for (int i = 0; i < n; i++)
    {
      g_string_append (text, LINES[g_test_rand_int_range (0, G_N_ELEMENTS (LINES))]);
      if (i + 1 < n || g_test_rand_bit ())
        g_string_append (text, end);
    }
  return g_string_free (text, FALSE);
}

/* All values but one. */
static char *
describe (const BaruaKeyFile *file, const char *but_group, const char *but_key)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (GROUPS); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (KEYS); j++)
      {
        g_autofree char *value = barua_key_file_dup (file, GROUPS[i], KEYS[j]);

        if (g_strcmp0 (GROUPS[i], but_group) == 0 &&
            g_ascii_strcasecmp (KEYS[j], but_key) == 0)
          continue;
        g_string_append_printf (out, "%s/%s=%s\n", GROUPS[i], KEYS[j], value);
      }
  return g_string_free (out, FALSE);
}

static char **
split_lines (const char *text)
{
  char **lines = g_strsplit (text, "\n", 0);
  guint n = g_strv_length (lines);

  if (n > 0 && *lines[n - 1] == '\0')
    g_clear_pointer (&lines[n - 1], g_free);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_strchomp (lines[i]);
  return lines;
}

/* How many lines of @before are not in @after, in order. */
static guint
count_lost (const char *before, const char *after)
{
  g_auto (GStrv) old = split_lines (before);
  g_auto (GStrv) new = split_lines (after);
  guint kept[LINES_MAX + 1][LINES_MAX + 1] = { 0 };
  guint n = g_strv_length (old);
  guint m = g_strv_length (new);

  g_assert_cmpuint (MAX (n, m), <, LINES_MAX);
  for (guint i = n; i > 0; i--)
    for (guint j = m; j > 0; j--)
      {
        guint same = strcmp (old[i - 1], new[j - 1]) == 0 ? kept[i][j] + 1 : 0;

        kept[i - 1][j - 1] = MAX (same, MAX (kept[i][j - 1], kept[i - 1][j]));
      }
  return n - kept[0][0];
}

static guint
count_value_lines (const BaruaKeyFile *file, const char *group, const char *key)
{
  g_autofree char *value = barua_key_file_dup (file, group, key);
  guint lines = value != NULL ? 1 : 0;

  for (const char *at = value; at != NULL && *at != '\0'; at++)
    lines += *at == '\n';
  return lines;
}

/* Those of a key that comes several times, too: each time it is the last of a shorter
 * text. */
static guint
count_all_lines (const char *text,
                 const BaruaKeyFileStyle *style,
                 const char *group,
                 const char *key)
{
  gsize length = strlen (text);
  guint lines = 0;

  for (BaruaSpan span = { .offset = length }; span.offset > 0; length = span.offset)
    {
      g_autoptr (BaruaKeyFile) file = barua_key_file_new (text, (gssize) length, style);

      if (!barua_key_file_locate (file, group, key, &span))
        break;
      lines += count_value_lines (file, group, key);
      /* Without its separator it is a key no more. */
      while (strchr (style->separators, text[--span.offset]) == NULL)
        continue;
    }
  return lines;
}

static void
check_random (const BaruaKeyFileStyle *style)
{
  const char *group = GROUPS[g_test_rand_int_range (0, G_N_ELEMENTS (GROUPS))];
  const char *key = KEYS[g_test_rand_int_range (0, G_N_ELEMENTS (KEYS))];
  g_autofree char *before = random_text ();
  g_autoptr (BaruaKeyFile) file = barua_key_file_new (before, -1, style);
  g_autofree char *untouched = barua_key_file_dup_text (file, NULL);
  g_autofree char *others = describe (file, group, key);
  gboolean sets = g_test_rand_bit ();
  guint may_go = sets ? count_value_lines (file, group, key)
                      : count_all_lines (before, style, group, key);
  g_autofree char *after = NULL;
  g_autofree char *value = NULL;
  g_autofree char *others_after = NULL;
  g_autoptr (BaruaKeyFile) again = NULL;

  g_assert_cmpstr (untouched, ==, before);
  edit (file, group, key, sets ? "new value" : NULL);
  after = barua_key_file_dup_text (file, NULL);
  /* As somebody else reads it. */
  again = barua_key_file_new (after, -1, style);
  value = barua_key_file_dup (again, group, key);
  others_after = describe (again, group, key);
  if (sets)
    g_assert_cmpstr (value, ==, "new value");
  g_assert_cmpstr (others_after, ==, others);
  g_assert_cmpuint (count_lost (before, after), <=, may_go);
}

static void
test_random (void)
{
  for (guint i = 0; i < EDITS; i++)
    check_random (i % 2 == 0 ? GLIB : PYTHON);
}

/* Every byte outside the value that is replaced stays as it is. */
static void
test_random_bytes (void)
{
  guint checked = 0;

  for (guint i = 0; i < EDITS; i++)
    {
      const char *group = GROUPS[g_test_rand_int_range (0, G_N_ELEMENTS (GROUPS))];
      const char *key = KEYS[g_test_rand_int_range (0, G_N_ELEMENTS (KEYS))];
      g_autofree char *before = random_text ();
      g_autoptr (BaruaKeyFile) file = barua_key_file_new (before, -1, GLIB);
      g_autofree char *expected = NULL;
      g_autofree char *after = NULL;
      BaruaSpan span = { 0 };

      if (!barua_key_file_locate (file, group, key, &span))
        continue;
      expected = g_strdup_printf ("%.*snew%s", (int) span.offset, before,
                                  before + span.offset + span.length);
      barua_key_file_set (file, group, key, "new");
      after = barua_key_file_dup_text (file, NULL);
      g_assert_cmpstr (after, ==, expected);
      checked++;
    }
  g_assert_cmpuint (checked, >, EDITS / 20);
}

static void
test_escapes (void)
{
  static const char *const TEXTS[] = {
    "", "plain", " leading", "\t\tleading", "in side", "trailing ", "a\nb\rc\\d", "\\s",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autofree char *escaped = barua_key_file_escape (TEXTS[i]);
      g_autofree char *back = barua_key_file_unescape (escaped);
      g_autofree char *text = g_strdup_printf ("[a]\nk=%s\n", escaped);
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autofree char *theirs = NULL;

      g_assert_cmpstr (back, ==, TEXTS[i]);
      g_assert_true (g_key_file_load_from_data (file, text, strlen (text), 0, NULL));
      theirs = g_key_file_get_string (file, "a", "k", NULL);
      g_assert_cmpstr (theirs, ==, TEXTS[i]);
    }
}

/* In proportion to the length, whatever the lines are. */
static void
test_long (void)
{
  static const char *const REPEATED[] = { "\n", "# r\n", " more\n", "k=v\n", "[a]\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (REPEATED); i++)
    {
      g_autoptr (GString) text = g_string_new ("[a]\nk = v\n");
      gint64 start = g_get_monotonic_time ();
      g_autoptr (BaruaKeyFile) file = NULL;

      for (guint j = 0; j < LONG_LINES; j++)
        g_string_append (text, REPEATED[i]);
      file = barua_key_file_new (text->str, (gssize) text->len, PYTHON);
      barua_key_file_set (file, "a", "l", "w");
      g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
    }
}

/* Looking each group up in turn, too. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (BaruaKeyFile) file = NULL;
  g_auto (GStrv) groups = NULL;
  gint64 start = 0;
  guint found = 0;

  for (guint i = 0; i < LONG_LINES; i++)
    g_string_append_printf (text, "[Profile%u]\nPath=%u\n", i, i);
  start = g_get_monotonic_time ();
  file = barua_key_file_new (text->str, (gssize) text->len, GLIB);
  groups = barua_key_file_list_groups (file);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *path = barua_key_file_dup (file, groups[i], "Path");

      found += path != NULL && barua_key_file_has_group (file, groups[i]);
    }
  g_assert_cmpuint (found, ==, LONG_LINES);
  g_assert_false (barua_key_file_has_group (file, "Profile"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/key-file/read", test_reads);
  g_test_add_func ("/export/key-file/edit", test_edits);
  g_test_add_func ("/export/key-file/list", test_lists);
  g_test_add_func ("/export/key-file/random", test_random);
  g_test_add_func ("/export/key-file/random-bytes", test_random_bytes);
  g_test_add_func ("/export/key-file/escape", test_escapes);
  g_test_add_func ("/export/key-file/long", test_long);
  g_test_add_func ("/export/key-file/many", test_many);
  return g_test_run ();
}
