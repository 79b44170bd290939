#include "config.h"

#include "export/formats/folder-list.h"

#include <string.h>

#define LIST(trees) "<?xml version=\"1.0\"?>\n<folderlist>\n" trees "</folderlist>\n"
#define MH "    <folder type=\"mh\" name=\"Here\" path=\"Mail\"/>\n"
#define IMAP                                                                             \
  "    <folder type=\"imap\" name=\"A &amp; B\" account_id=\"7\">\n"                     \
  "        <folderitem type=\"inbox\"/>\n    </folder>\n"
#define NEW "    <folder type=\"new\"/>\n"

static const struct
{
  const char *description;
  const char *before;
  const char *first;
  const char *last;
} ADDED[] = {
  { "none yet", LIST (""), LIST (NEW), LIST (NEW) },
  { "one", LIST (MH), LIST (NEW MH), LIST (MH NEW) },
  { "two", LIST (MH IMAP), LIST (NEW MH IMAP), LIST (MH IMAP NEW) },
  { "a comment that looks like one", LIST ("<!-- <folder> -->\n" MH),
    LIST ("<!-- <folder> -->\n" NEW MH), LIST ("<!-- <folder> -->\n" MH NEW) },
  { "a name that comes twice", LIST ("<folder name=\"a\" name=\"b\"/>\n"),
    LIST (NEW "<folder name=\"a\" name=\"b\"/>\n"),
    LIST ("<folder name=\"a\" name=\"b\"/>\n" NEW) },
  { "network line ends", "<folderlist>\r\n</folderlist>\r\n",
    "<folderlist>\r\n    <folder type=\"new\"/>\r\n</folderlist>\r\n",
    "<folderlist>\r\n    <folder type=\"new\"/>\r\n</folderlist>\r\n" },
  { "all on one line", "<folderlist><folder type=\"mh\"/></folderlist>",
    "<folderlist>" NEW "<folder type=\"mh\"/></folderlist>",
    "<folderlist><folder type=\"mh\"/>" NEW "</folderlist>" },
};

static const struct
{
  const char *description;
  const char *text;
} REFUSED[] = {
  { "nothing", "" },
  { "no XML", "folderlist" },
  { "something else", "<folders></folders>" },
  { "cut", "<folderlist>\n  <folder type=\"mh\">" },
  { "an empty element", "<folderlist/>" },
  { "two of them", "<folderlist></folderlist><folderlist></folderlist>" },
  { "an attribute without its end", "<folderlist><folder type=\"mh></folderlist>" },
  { "its end only in a comment", "<folderlist></folderlist ><!-- </folderlist> -->" },
  { "a declaration that is cut", "<!-- <folderlist> --><?x\n" },
  { "no UTF-8", "<folderlist><folder name=\"\xf6\"/></folderlist>" },
};

static void
test_reads (void)
{
  static const char TEXT[] = LIST (MH IMAP);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaFolderList) list = barua_folder_list_new (TEXT, strlen (TEXT), &error);
  g_autoptr (BaruaFolderList) none = barua_folder_list_new (NULL, 0, &error);
  const BaruaFolderTree *tree = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (list->trees->len, ==, 2);
  g_assert_cmpuint (none->trees->len, ==, 0);
  tree = barua_folder_list_find (list, "mh", 0);
  g_assert_cmpstr (tree->name, ==, "Here");
  g_assert_cmpstr (tree->path, ==, "Mail");
  tree = barua_folder_list_find (list, "imap", 7);
  g_assert_cmpstr (tree->name, ==, "A & B");
  g_assert_null (barua_folder_list_find (list, "imap", 8));
  g_assert_null (barua_folder_list_find (list, "inbox", 0));
}

static void
test_adds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ADDED); i++)
    for (guint first = 0; first < 2; first++)
      {
        gsize length = strlen (ADDED[i].before);
        g_autoptr (GError) error = NULL;
        g_autoptr (BaruaFolderList) list =
          barua_folder_list_new (ADDED[i].before, length, &error);
        g_autoptr (BaruaEdits) edits = barua_edits_new (ADDED[i].before, length);
        g_autofree char *after = NULL;

        g_test_message ("%s", ADDED[i].description);
        g_assert_no_error (error);
        barua_folder_list_add (list, edits, NEW, first);
        after = barua_edits_apply (edits, NULL);
        g_assert_cmpstr (after, ==, first ? ADDED[i].first : ADDED[i].last);
      }
}

static void
test_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", REFUSED[i].description);
      g_assert_null (
        barua_folder_list_new (REFUSED[i].text, strlen (REFUSED[i].text), &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, G_MARKUP_ERROR);
    }
}

/* Whatever became of a list: it is refused, or one more mailbox can be put into it. */
static void
test_random (void)
{
  static const char TEXT[] = LIST (MH IMAP);

  for (guint round = 0; round < 3000; round++)
    {
      g_autofree char *text = g_strdup (TEXT);
      g_autoptr (BaruaFolderList) list = NULL;
      g_autoptr (BaruaFolderList) again = NULL;
      g_autoptr (BaruaEdits) edits = NULL;
      g_autofree char *after = NULL;
      gsize length = strlen (TEXT);

      for (guint i = 0; i < 2; i++)
        text[g_test_rand_int_range (0, (gint32) length)] =
          "<>/\"= !-a&\n"[g_test_rand_int_range (0, 11)];
      list = barua_folder_list_new (text, length, NULL);
      if (list == NULL)
        continue;
      edits = barua_edits_new (text, length);
      barua_folder_list_add (list, edits, NEW, round % 2 == 0);
      after = barua_edits_apply (edits, &length);
      again = barua_folder_list_new (after, length, NULL);
      g_assert_nonnull (again);
      g_assert_cmpuint (again->trees->len, ==, list->trees->len + 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder-list/reads", test_reads);
  g_test_add_func ("/folder-list/adds", test_adds);
  g_test_add_func ("/folder-list/refuses", test_refuses);
  g_test_add_func ("/folder-list/random", test_random);
  return g_test_run ();
}
