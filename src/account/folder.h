#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaFolder:
 * @name: its name as the server wrote it, and as it must be sent back: bytes, in modified
 *   UTF-7 (RFC 3501, 5.1.3) at Gmail; without control characters, never empty
 * @separator: what stands between the parts of @name; NUL where names have no parts
 * @attributes: (array zero-terminated=1): what the server says of it: "\\All", "\\Trash"
 *   (RFC 6154), "\\Noselect"…; printable
 *
 * One folder of a mailbox. Names differ by language, attributes do not.
 */
typedef struct
{
  char *name;
  char separator;
  char **attributes;
} BaruaFolder;

/**
 * barua_folder_parse:
 * @text: what came behind "* LIST " (RFC 9051, 7.3.1): attributes, separator, name;
 *   literals within it replaced with quoted strings
 *
 * Returns: (transfer full) (nullable): the folder; %NULL if @text is none, or has a name
 *   that no folder needs
 */
BaruaFolder *barua_folder_parse (const char *text);

/**
 * barua_folder_free:
 * @self: (transfer full): a folder
 */
void barua_folder_free (BaruaFolder *self);

/**
 * barua_folder_has:
 * @self: a folder
 * @attribute: with its backslash, letter case aside
 *
 * Returns: whether the server says that of it
 */
gboolean barua_folder_has (const BaruaFolder *self, const char *attribute);

/**
 * barua_folder_dup_title:
 * @name: the name of a folder as the server wrote it
 *
 * Returns: (transfer full): the name as people read it: one printable line of UTF-8, as
 *   it came where it is no modified UTF-7
 */
char *barua_folder_dup_title (const char *name);

/**
 * barua_folders_find:
 * @folders: (element-type BaruaFolder) (nullable): folders of one mailbox
 * @attribute: with its backslash: "\\All"
 *
 * Returns: (transfer none) (nullable): the first folder of which the server says that,
 *   and which can hold mail
 */
const BaruaFolder *barua_folders_find (const GPtrArray *folders, const char *attribute);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaFolder, barua_folder_free)

G_END_DECLS
