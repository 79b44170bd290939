#include "config.h"

#include "export/formats/git-config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  const char *description;
  const char *text;
  const char *expected;
} ReadRow;

static const ReadRow READ[] = {
  { "a value", "[user]\n\tname = Zoë\n", "user - name = Zoë [Zoë] 2\n" },
  { "letter case", "[User]\n\tNaMe=Z\n", "user - name = Z [Z] 2\n" },
  { "a part", "[Credential \"smtp://A b\"]\nhelper=x",
    "credential smtp://A b helper = x [x] 2\n" },
  { "a part with quotes", "[a \"b\\\"c\\\\d\"]\ne=f\n", "a b\"c\\d e = f [f] 2\n" },
  { "the older way", "[a.b.c]\nd=e\n", "a b.c d = e [e] 2\n" },
  { "in one line", "[a] b = c ; d\n", "a - b = c [c] 1\n" },
  { "alone", "[a]\nb\nc # d\n", "a - b = - [] 2\na - c = - [] 3\n" },
  { "an empty value", "[a]\nb =\nc = \"\"\n", "a - b =  [] 2\na - c =  [\"\"] 3\n" },
  { "blanks", "[a]\n  b  =  c  d  \n", "a - b = c  d [c  d] 2\n" },
  { "quoted blanks", "[a]\nb = \" c \" \n", "a - b =  c  [\" c \"] 2\n" },
  { "comments", "# x\n[a] ; y\n; z\nb = c#d\ne = \"f#g\"\n",
    "a - b = c [c] 4\na - e = f#g [\"f#g\"] 5\n" },
  { "escapes", "[a]\nb = c\\\"d\\\\e\\tf\\n\n",
    "a - b = c\"d\\e\tf\n [c\\\"d\\\\e\\tf\\n] 2\n" },
  { "a line that goes on", "[a]\nb = c\\\n  d\ne=f\n",
    "a - b = c  d [c\\\n  d] 2\na - e = f [f] 4\n" },
  { "network line ends", "[a]\r\nb = c\r\nd\r\n", "a - b = c [c] 2\na - d = - [] 3\n" },
  { "a byte order mark", "\xef\xbb\xbf[a]\nb=c\n", "a - b = c [c] 2\n" },
  { "quotes in the middle", "[a]\nb = c\" d \"e\n", "a - b = c d e [c\" d \"e] 2\n" },
  { "nothing", "", "" },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (READ); i++)
    {
      g_autoptr (BaruaGitConfig) config =
        barua_git_config_new (READ[i].text, strlen (READ[i].text));
      g_autoptr (GString) out = g_string_new (NULL);

      g_test_message ("%s", READ[i].description);
      g_assert_nonnull (config);
      for (guint j = 0; j < config->values->len; j++)
        {
          const BaruaGitValue *value = config->values->pdata[j];

          g_string_append_printf (out, "%s %s %s = %s [%.*s] %u\n", value->section,
                                  value->part != NULL ? value->part : "-", value->name,
                                  value->value != NULL ? value->value : "-",
                                  (int) value->span.length,
                                  READ[i].text + value->span.offset, value->span.line);
        }
      g_assert_cmpstr (out->str, ==, READ[i].expected);
    }
}

static void
test_refused (void)
{
  static const char *const TEXTS[] = { "a = b\n", "[a\nb=c\n", "[a]\nb = \"c\n",
                                       "[a]\nb = \\x\n", "[]\nb=c\n", "[a]\n1=2\n",
                                       "[a \"b\n\"]\n", "[a]\nb c = d\n", "[a]\n=b\n",
                                       /* What is added would become a part of it. */
                                       "[a]\nb = c\\\n", "[a]\nb = c\\\r\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_test_message ("%s", TEXTS[i]);
      g_assert_null (barua_git_config_new (TEXTS[i], strlen (TEXTS[i])));
    }
}

static void
test_change (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *part;
    const char *expected;
  } ROWS[] = {
    { "a new section", "[user]\n\tname = Z", NULL,
      "[user]\n\tname = Z\n[s]\n\tKey = \"a;b\"\n" },
    { "a new part", "", "p \"q\"", "[s \"p \\\"q\\\"\"]\n\tKey = \"a;b\"\n" },
    { "a section that is there", "[s]\n\tother = 1\n# end\n\n[t]\n\tz = 1\n", NULL,
      "[s]\n\tother = 1\n\tKey = \"a;b\"\n# end\n\n[t]\n\tz = 1\n" },
    { "a value that is there", "[s]\n\tkey = old ; why\n", NULL,
      "[s]\n\tkey = \"a;b\" ; why\n" },
    { "the last of two", "[s]\n\tkey = x\n\tKEY = y\n", NULL,
      "[s]\n\tkey = x\n\tKEY = \"a;b\"\n" },
    { "one that stands alone", "[s]\n\tkey\n", NULL, "[s]\n\tkey = \"a;b\"\n" },
    { "network line ends", "[s]\r\n\tx = 1\r\n", NULL,
      "[s]\r\n\tx = 1\r\n\tKey = \"a;b\"\r\n" },
    { "a new section before what is included at times",
      "[u]\n\tx = 1\n\n# y\n[includeIf \"gitdir:z\"]\n\tpath = p\n", NULL,
      "[u]\n\tx = 1\n[s]\n\tKey = \"a;b\"\n\n# y\n[includeIf \"gitdir:z\"]\n"
      "\tpath = p\n" },
    { "the same, where that comes first, behind a byte order mark",
      "\xef\xbb\xbf[includeIf \"x\"]\n\tpath = p\n", NULL,
      "\xef\xbb\xbf[s]\n\tKey = \"a;b\"\n[includeIf \"x\"]\n\tpath = p\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaGitConfig) config =
        barua_git_config_new (ROWS[i].text, strlen (ROWS[i].text));
      g_autofree char *text = NULL;

      g_test_message ("%s", ROWS[i].description);
      barua_git_config_set (config, "s", ROWS[i].part, "Key", "a;b");
      text = barua_edits_apply (config->edits, NULL);
      g_assert_cmpstr (text, ==, ROWS[i].expected);
    }
}

static void
test_remove (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } ROWS[] = {
    { "[s]\n\tkey = x\n\ty = 1\n\tKEY = z\n", "[s]\n\ty = 1\n" },
    { "[s] key = x # why\n\ty = 1\n", "[s]  # why\n\ty = 1\n" },
    { "[s \"p\"]\n\tkey = x\n", "[s \"p\"]\n\tkey = x\n" },
    { "[s]\n\tkey = a\\\nb\n[t]\n", "[s]\n[t]\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaGitConfig) config =
        barua_git_config_new (ROWS[i].text, strlen (ROWS[i].text));
      g_autofree char *text = NULL;

      barua_git_config_remove (config, "s", NULL, "key");
      text = barua_edits_apply (config->edits, NULL);
      g_assert_cmpstr (text, ==, ROWS[i].expected);
    }
}

/* What is written, git reads. */
static void
test_program (void)
{
  static const char *const VALUES[] = {
    "",
    "zoe",
    " a ",
    "a;b#c",
    "\"a\"",
    "\\",
    "a\\\\",
    "Zoë \"Q\" O'Neil <zoe@gmail.com>",
    "!f() { test \"$1\" = get && p=$(a 'b') && echo \"password=$p\"; }; f",
  };
  g_autofree char *git = g_find_program_in_path ("git");
  g_autofree char *folder = g_dir_make_tmp ("barua-git-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "config", NULL);

  for (gsize i = 0; git != NULL && i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autoptr (BaruaGitConfig) config = barua_git_config_new (NULL, 0);
      g_autofree char *text = NULL;
      g_autofree char *out = NULL;
      g_autofree char *expected = g_strdup_printf ("%s\n", VALUES[i]);
      const char *command[] = { git, "config", "-f", path, "s.p \"q\\.key", NULL };
      g_autoptr (GError) error = NULL;

      barua_git_config_set (config, "s", "p \"q\\", "key", VALUES[i]);
      text = barua_edits_apply (config->edits, NULL);
      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      g_assert_true (g_spawn_sync (folder, (char **) command, NULL, G_SPAWN_DEFAULT, NULL,
                                   NULL, &out, NULL, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (out, ==, expected);
    }
  (void) g_remove (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  if (git == NULL)
    g_test_skip ("git is not installed");
}

static void
test_random (void)
{
  static const char LETTERS[] = "[a]b=\"\\#;\n\n\r \t";

  for (guint round = 0; round < 5000; round++)
    {
      char text[64] = "[a]\n";
      gsize length = (gsize) g_test_rand_int_range (4, sizeof text);
      g_autoptr (BaruaGitConfig) config = NULL;

      for (gsize i = 4; i < length; i++)
        text[i] = LETTERS[g_test_rand_int_range (0, sizeof LETTERS - 1)];
      config = barua_git_config_new (text, length);
      for (guint i = 0; config != NULL && i < config->values->len; i++)
        {
          const BaruaGitValue *value = config->values->pdata[i];

          g_assert_cmpuint (value->span.offset + value->span.length, <=, length);
          g_assert_cmpuint (value->after, <=, length);
          g_assert_cmpuint (value->after, >, value->line);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/git-config/read", test_read);
  g_test_add_func ("/git-config/refused", test_refused);
  g_test_add_func ("/git-config/change", test_change);
  g_test_add_func ("/git-config/remove", test_remove);
  g_test_add_func ("/git-config/program", test_program);
  g_test_add_func ("/git-config/random", test_random);
  return g_test_run ();
}
