#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaKeyFile:
 *
 * A file of groups, "[Name]", and of keys with a value, as many programs have it, each
 * with rules of its own on quoting. Everything that is not changed stays byte for byte:
 * comments, order, blanks, line ends, what cannot be understood. Values are taken and
 * given as they stand in the file; quoting is the caller's.
 */
typedef struct _BaruaKeyFile BaruaKeyFile;

/**
 * BaruaKeyFileStyle:
 * @comments: the characters that begin a comment at the beginning of a line: "#;"
 * @separator: what is written between a new key and its value: "=" or " = "
 * @separators: the characters one of which stands between key and value: "=" or "=:"
 * @fold_case: whether the letter case of keys says nothing (Python's ConfigParser)
 * @continues: whether an indented line goes on with the value above it (the same)
 *
 * How one program writes such files.
 */
typedef struct
{
  const char *comments;
  const char *separator;
  const char *separators;
  gboolean fold_case;
  gboolean continues;
} BaruaKeyFileStyle;

/**
 * BARUA_KEY_FILE_GLIB:
 *
 * As GKeyFile reads it: Evolution, Geary, GNOME Online Accounts, Balsa, Claws Mail.
 */
extern const BaruaKeyFileStyle BARUA_KEY_FILE_GLIB;

/**
 * BARUA_KEY_FILE_PYTHON:
 *
 * As Python's ConfigParser reads it: getmail, OfflineIMAP.
 */
extern const BaruaKeyFileStyle BARUA_KEY_FILE_PYTHON;

/**
 * BaruaSpan:
 * @offset: where it begins, in bytes from the beginning of the text that was read
 * @length: how many bytes
 * @line: the line, counted from 1
 *
 * A place in a text.
 */
typedef struct
{
  gsize offset;
  gsize length;
  guint line;
} BaruaSpan;

/**
 * barua_key_file_new:
 * @text: (nullable): any text; %NULL for an empty one
 * @length: how many bytes, or -1 when @text ends with NUL
 * @style: how it is written; constant
 *
 * Returns: (transfer full): the file
 */
BaruaKeyFile *
barua_key_file_new (const char *text, gssize length, const BaruaKeyFileStyle *style);

/**
 * barua_key_file_free:
 * @self: (transfer full): a file
 */
void barua_key_file_free (BaruaKeyFile *self);

/**
 * barua_key_file_list_groups:
 * @self: a file
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of its groups, in order;
 *   one that comes twice stands twice
 */
char **barua_key_file_list_groups (const BaruaKeyFile *self);

/**
 * barua_key_file_list_keys:
 * @self: a file
 * @group: (nullable): a group; %NULL for what stands before the first
 *
 * Returns: (transfer full) (array zero-terminated=1): its keys, in order
 */
char **barua_key_file_list_keys (const BaruaKeyFile *self, const char *group);

/**
 * barua_key_file_has_group:
 * @self: a file
 * @group: a group
 *
 * Returns: whether it is there
 */
gboolean barua_key_file_has_group (const BaruaKeyFile *self, const char *group);

/**
 * barua_key_file_dup:
 * @self: a file
 * @group: (nullable): a group
 * @key: a key
 *
 * Returns: (transfer full) (nullable): the value as it stands there, without the blanks
 *   around it, lines that go on joined by line feeds; the last one where it comes twice
 */
char *barua_key_file_dup (const BaruaKeyFile *self, const char *group, const char *key);

/**
 * barua_key_file_locate:
 * @self: a file that has not been changed since it was read
 * @group: (nullable): a group
 * @key: a key
 * @span: (out): where its value stands
 *
 * Returns: whether it is there
 */
gboolean barua_key_file_locate (const BaruaKeyFile *self,
                                const char *group,
                                const char *key,
                                BaruaSpan *span);

/**
 * barua_key_file_set:
 * @self: a file
 * @group: (nullable): a group; made at the end where it is not there
 * @key: a key; put behind the last one of the group where it is not there
 * @value: one line, as it is to stand there
 *
 * Sets a value, in its place where there is one.
 */
void barua_key_file_set (BaruaKeyFile *self,
                         const char *group,
                         const char *key,
                         const char *value);

/**
 * barua_key_file_remove:
 * @self: a file
 * @group: (nullable): a group
 * @key: (nullable): a key; %NULL for the whole group, up to its last key
 *
 * Takes a value, or a group, out, also where it comes twice: what is left would hold in
 * its place.
 *
 * Returns: whether it was there
 */
gboolean barua_key_file_remove (BaruaKeyFile *self, const char *group, const char *key);

/**
 * barua_key_file_dup_text:
 * @self: a file
 * @length: (out) (optional): how many bytes
 *
 * Returns: (transfer full): the whole file
 */
char *barua_key_file_dup_text (const BaruaKeyFile *self, gsize *length);

/**
 * barua_key_file_escape:
 * @text: any text
 *
 * Returns: (transfer full): @text as GKeyFile writes the value of a string
 */
char *barua_key_file_escape (const char *text);

/**
 * barua_key_file_unescape:
 * @value: a value as it stands in a file
 *
 * Returns: (transfer full): what GKeyFile takes it for
 */
char *barua_key_file_unescape (const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaKeyFile, barua_key_file_free)

G_END_DECLS
