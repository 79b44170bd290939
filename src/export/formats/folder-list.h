#pragma once

#include "export/formats/edits.h"

G_BEGIN_DECLS

/**
 * BaruaFolderTree:
 * @type: "mh", "imap"…
 * @name: what people call it
 * @path: (nullable): where it lies, for local ones
 * @account: the number of its account, or 0
 *
 * One mailbox with its folders.
 */
typedef struct
{
  char *type;
  char *name;
  char *path;
  guint account;
} BaruaFolderTree;

/**
 * BaruaFolderList:
 * @text: (nullable): the text that was read; not owned
 * @length: how many bytes
 * @trees: (element-type BaruaFolderTree): the mailboxes, in order
 * @first: where the first mailbox begins, or could: in bytes from the beginning
 * @end: where the list ends
 *
 * The "folderlist.xml" of Claws Mail and Sylpheed. Nothing is changed here: see
 * #BaruaEdits.
 */
typedef struct
{
  const char *text;
  gsize length;
  GPtrArray *trees;
  gsize first;
  gsize end;
} BaruaFolderList;

/**
 * barua_folder_list_new:
 * @text: (nullable): any text; %NULL for no file. Must outlive what is returned
 * @length: how many bytes
 * @error: %G_MARKUP_ERROR for what is no list of folders
 *
 * Returns: (transfer full) (nullable): what it says
 */
BaruaFolderList *barua_folder_list_new (const char *text, gsize length, GError **error);

/**
 * barua_folder_list_free:
 * @self: (transfer full): a list
 */
void barua_folder_list_free (BaruaFolderList *self);

/**
 * barua_folder_list_find:
 * @self: a list
 * @type: "mh", "imap"…
 * @account: the number of its account; 0 for any
 *
 * Returns: (nullable): the first such mailbox
 */
const BaruaFolderTree *
barua_folder_list_find (const BaruaFolderList *self, const char *type, guint account);

/**
 * barua_folder_list_add:
 * @self: a list that was read from a file
 * @edits: the changes of its text
 * @tree: a whole "folder" element, each of its lines with "\n"
 * @is_first: whether it stands before the others rather than behind them
 */
void barua_folder_list_add (const BaruaFolderList *self,
                            BaruaEdits *edits,
                            const char *tree,
                            gboolean is_first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaFolderList, barua_folder_list_free)

G_END_DECLS
