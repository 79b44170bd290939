#include "config.h"

#include "account/folder.h"

static const struct
{
  const char *description;
  const char *text;
  const char *name;
  char separator;
  const char *attribute;
  const char *title;
} ROWS[] = {
  { "Gmail's bin in Britain", "(\\HasNoChildren \\Trash) \"/\" \"[Gmail]/Bin\"",
    "[Gmail]/Bin", '/', "\\trash", "[Gmail]/Bin" },
  { "an atom", "() \".\" INBOX", "INBOX", '.', NULL, "INBOX" },
  { "no separator", "(\\Noinferiors) NIL INBOX", "INBOX", '\0', "\\NoInferiors",
    "INBOX" },
  { "a separator that is quoted", "() \"\\\\\" \"a\\\\b\"", "a\\b", '\\', NULL, "a\\b" },
  { "quotes within", "() \"/\" \"a\\\"b\"", "a\"b", '/', NULL, "a\"b" },
  { "extended data", "() \"/\" \"foo\" (\"CHILDINFO\" (\"SUBSCRIBED\"))", "foo", '/',
    NULL, "foo" },
  { "German", "() \"/\" \"[Gmail]/Entw&APw-rfe\"", "[Gmail]/Entw&APw-rfe", '/', NULL,
    "[Gmail]/Entwürfe" },
  { "Japanese", "() \"/\" \"&ZeVnLIqe-\"", "&ZeVnLIqe-", '/', NULL, "日本語" },
  { "beyond the first plane", "() \"/\" \"&2D3ejA-\"", "&2D3ejA-", '/', NULL, "🚌" },
  { "a comma within", "() \"/\" \"&,yE-\"", "&,yE-", '/', NULL, "Ａ" },
  { "an ampersand", "() \"/\" \"Q&-A\"", "Q&-A", '/', NULL, "Q&A" },
  { "no end of what is shifted", "() \"/\" \"a&APw\"", "a&APw", '/', NULL, "a&APw" },
  { "half a character", "() \"/\" \"a&AP-\"", "a&AP-", '/', NULL, "a&AP-" },
  { "half a pair", "() \"/\" \"a&2D0-\"", "a&2D0-", '/', NULL, "a&2D0-" },
  { "no base64", "() \"/\" \"a&!!-\"", "a&!!-", '/', NULL, "a&!!-" },
  { "eight bits as they are", "() \"/\" \"p\xc3\xb3stur\"", "p\xc3\xb3stur", '/', NULL,
    "póstur" },
  { "no UTF-8", "() \"/\" \"p\xf3st\"", "p\xf3st", '/', NULL, "p\xef\xbf\xbdst" },
  { "a direction mark, shifted", "() \"/\" \"a&IC4-b\"", "a&IC4-b", '/', NULL,
    "a\xef\xbf\xbd"
    "b" },
  { "an empty name", "() \"/\" \"\"", NULL, '\0', NULL, NULL },
  { "no name", "() \"/\" ", NULL, '\0', NULL, NULL },
  { "a name without an end", "() \"/\" \"abc", NULL, '\0', NULL, NULL },
  { "a list as a name", "() \"/\" (abc)", NULL, '\0', NULL, NULL },
  { "no attributes", "\"/\" INBOX", NULL, '\0', NULL, NULL },
  { "attributes without an end", "(\\All \"/\" INBOX", NULL, '\0', NULL, NULL },
  { "a long separator", "() \"//\" INBOX", NULL, '\0', NULL, NULL },
  { "an atom as a separator", "() / INBOX", NULL, '\0', NULL, NULL },
  { "a control character", "() \"/\" \"a\tb\"", NULL, '\0', NULL, NULL },
  { "nothing", "", NULL, '\0', NULL, NULL },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaFolder) folder = barua_folder_parse (ROWS[i].text);
      g_autofree char *title = NULL;

      g_test_message ("%s", ROWS[i].description);
      if (ROWS[i].name == NULL)
        {
          g_assert_null (folder);
          continue;
        }
      g_assert_nonnull (folder);
      g_assert_cmpstr (folder->name, ==, ROWS[i].name);
      g_assert_cmpint (folder->separator, ==, ROWS[i].separator);
      if (ROWS[i].attribute != NULL)
        g_assert_true (barua_folder_has (folder, ROWS[i].attribute));
      g_assert_false (barua_folder_has (folder, "\\Has"));
      title = barua_folder_dup_title (folder->name);
      g_assert_cmpstr (title, ==, ROWS[i].title);
    }
}

static void
test_bounds (void)
{
  g_autofree char *longest = g_strnfill (1000, 'x');
  g_autofree char *fits = g_strdup_printf ("() \"/\" \"%s\"", longest);
  g_autofree char *too_long = g_strdup_printf ("() \"/\" \"%sx\"", longest);
  g_autoptr (GString) many = g_string_new ("(");
  g_autoptr (BaruaFolder) folder = barua_folder_parse (fits);
  g_autoptr (BaruaFolder) flooded = NULL;

  g_assert_nonnull (folder);
  g_assert_null (barua_folder_parse (too_long));
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (many, "\\X%u ", i);
  g_string_append (many, ") NIL INBOX");
  flooded = barua_folder_parse (many->str);
  g_assert_cmpuint (g_strv_length (flooded->attributes), <=, 32);
}

static void
test_find (void)
{
  const char *const lines[] = {
    "(\\Noselect \\All) \"/\" \"[Gmail]\"",
    "(\\NonExistent \\All) \"/\" gone",
    "(\\HasNoChildren \\All) \"/\" \"[Gmail]/All Mail\"",
    "(\\All) \"/\" other",
  };
  g_autoptr (GPtrArray) folders =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_folder_free);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    g_ptr_array_add (folders, barua_folder_parse (lines[i]));
  g_assert_cmpstr (barua_folders_find (folders, "\\All")->name, ==, "[Gmail]/All Mail");
  g_assert_null (barua_folders_find (folders, "\\Trash"));
  g_assert_null (barua_folders_find (NULL, "\\All"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/folder/parse", test_parse);
  g_test_add_func ("/account/folder/bounds", test_bounds);
  g_test_add_func ("/account/folder/find", test_find);
  return g_test_run ();
}
