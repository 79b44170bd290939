#pragma once

#include "export/formats/edits.h"

G_BEGIN_DECLS

/**
 * BaruaTomlValue:
 * @path: where it is, with the table it stands in: "accounts", "gmail-zoe", "email"
 * @value: (nullable): its text, unquoted; %NULL if it is no plain text
 * @offset: where the value begins
 * @length: how many bytes it has
 * @line: where its line begins
 * @after: where the line behind it begins
 *
 * One key of a TOML file and its value.
 */
typedef struct
{
  char **path;
  char *value;
  gsize offset;
  gsize length;
  gsize line;
  gsize after;
} BaruaTomlValue;

/**
 * BaruaTomlTable:
 * @path: its name: "accounts", "gmail-zoe"; empty for what stands before the first
 * @end: behind its last line that says something
 *
 * One table of a TOML file.
 */
typedef struct
{
  char **path;
  gsize end;
} BaruaTomlTable;

/**
 * BaruaToml:
 * @values: (element-type BaruaTomlValue): in order
 * @tables: (element-type BaruaTomlTable): in order
 * @length: how many bytes were read
 *
 * A TOML file (toml.io, v1.0.0), as far as it takes to find keys and to add some. What
 * stands within inline tables is not looked at.
 */
typedef struct
{
  GPtrArray *values;
  GPtrArray *tables;
  gsize length;
} BaruaToml;

/**
 * barua_toml_new:
 * @text: (nullable): what the file holds
 * @length: how many bytes
 *
 * Returns: (transfer full) (nullable): the file; %NULL if it cannot be understood
 */
BaruaToml *barua_toml_new (const char *text, gsize length);

/**
 * barua_toml_free:
 * @self: (transfer full): a file
 */
void barua_toml_free (BaruaToml *self);

/**
 * barua_toml_find:
 * @self: a file
 * @table: (array zero-terminated=1): a table
 * @key: a key below it, bare parts divided by dots
 *
 * Returns: (transfer none) (nullable): the value, in whatever way its path is written
 */
const BaruaTomlValue *
barua_toml_find (const BaruaToml *self, const char *const *table, const char *key);

/**
 * barua_toml_set:
 * @self: a file
 * @edits: changes of the same text
 * @table: (array zero-terminated=1): a table that is there
 * @key: a key below it, bare parts divided by dots
 * @value: as it is to stand there
 *
 * Changes a value in its place, or adds it to the deepest table that is there for it.
 */
void barua_toml_set (const BaruaToml *self,
                     BaruaEdits *edits,
                     const char *const *table,
                     const char *key,
                     const char *value);

/**
 * barua_toml_is_blocked:
 * @self: a file
 * @table: (array zero-terminated=1): a table
 * @key: a key below it, bare parts divided by dots
 *
 * Returns: whether @key cannot be added: a part of its path has a value, such as an
 *   inline table
 */
gboolean
barua_toml_is_blocked (const BaruaToml *self, const char *const *table, const char *key);

/**
 * barua_toml_quote:
 * @text: UTF-8
 *
 * Returns: (transfer full): @text as a basic string
 */
char *barua_toml_quote (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaToml, barua_toml_free)

G_END_DECLS
