#include "fuzz/fuzz.h"

#include "export/formats/folder-list.h"
#include "export/formats/markup.h"

#include <string.h>

#define TREE                                                                             \
  "    <folder type=\"imap\" name=\"zoe@gmail.com\" account_id=\"93\">\n"                \
  "    </folder>\n"

static void
check_add (const BaruaFolderList *list, const char *text, size_t size, gboolean is_first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaEdits) edits = barua_edits_new (text, size);
  g_autofree char *changed = NULL;
  g_autoptr (BaruaFolderList) again = NULL;
  const BaruaFolderTree *tree = NULL;
  gsize length = 0;

  barua_folder_list_add (list, edits, TREE, is_first);
  changed = barua_edits_apply (edits, &length);
  again = barua_folder_list_new (changed, length, &error);
  /* GMarkup takes "<?" in an attribute, which is no XML: that is refused later, with
     nothing lost. */
  if (again == NULL &&
      (memmem (text, size, "<?", 2) != NULL || memmem (text, size, "<!", 2) != NULL))
    return;
  g_assert_no_error (error);
  g_assert_cmpuint (again->trees->len, ==, list->trees->len + 1);
  tree = again->trees->pdata[is_first ? 0 : again->trees->len - 1];
  g_assert_cmpstr (tree->name, ==, "zoe@gmail.com");
  g_assert_cmpuint (tree->account, ==, 93);
  g_assert_nonnull (barua_folder_list_find (again, "imap", 93));
}

/* Whatever it was, it can be an attribute. */
static void
check_markup (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *escaped = barua_markup_escape (text);
  g_autofree char *xml = g_strconcat ("<folderlist><folder type=\"mh\" name=\"", escaped,
                                      "\"/></folderlist>", NULL);
  g_autoptr (BaruaFolderList) list = barua_folder_list_new (xml, strlen (xml), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->trees->len, ==, 1);
}

/* What is a list stays one when a mailbox was added, which is then where it was put. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaFolderList) list = NULL;
  g_autofree char *any = g_strndup (text, size);

  fuzz_no_criticals ();
  check_markup (any);
  if (memchr (data, '\0', size) != NULL)
    return 0;
  list = barua_folder_list_new (text, size, &error);
  g_assert_true ((list == NULL) == (error != NULL));
  if (list == NULL)
    return 0;
  g_assert_cmpuint (list->first, <=, list->end);
  g_assert_cmpuint (list->end, <=, size);
  if (size > 0)
    {
      check_add (list, text, size, TRUE);
      check_add (list, text, size, FALSE);
    }
  return 0;
}
