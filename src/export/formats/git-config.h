#pragma once

#include "export/formats/edits.h"
#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BaruaGitValue:
 * @section: "sendemail", in lower case
 * @part: (nullable): what stands in quotes behind it: "gmail-zoe"
 * @name: "smtpserver", in lower case
 * @written: the same as it is written there: "smtpServer"
 * @value: (nullable): its value, unquoted; %NULL where the name stands alone, for "true"
 * @span: where the value stands, quotes and all; where it could, if there is none
 * @offset: where the name begins
 * @line: where its line begins; the same as @offset where something stands before it
 * @after: where the line behind it begins
 *
 * One value of git's settings.
 */
typedef struct
{
  char *section;
  char *part;
  char *name;
  char *written;
  char *value;
  BaruaSpan span;
  gsize offset;
  gsize line;
  gsize after;
} BaruaGitValue;

/**
 * BaruaGitSection:
 * @section: its name, in lower case
 * @part: (nullable): what stands in quotes behind it
 * @end: behind its last line that says something
 *
 * One section of git's settings; one of a name may come several times.
 */
typedef struct
{
  char *section;
  char *part;
  gsize end;
} BaruaGitSection;

/**
 * BaruaGitConfig:
 * @values: (element-type BaruaGitValue): in order
 * @sections: (element-type BaruaGitSection): in order
 * @edits: what is changed
 * @begin: where they begin, behind a byte order mark
 * @length: how many bytes were read
 *
 * git's settings, git-config(1) "Syntax", while they are changed.
 */
typedef struct
{
  GPtrArray *values;
  GPtrArray *sections;
  BaruaEdits *edits;
  gsize begin;
  gsize length;
} BaruaGitConfig;

/**
 * barua_git_config_new:
 * @text: (nullable): what the file holds; must outlive this
 * @length: how many bytes
 *
 * Returns: (transfer full) (nullable): the settings; %NULL if git would not take them
 */
BaruaGitConfig *barua_git_config_new (const char *text, gsize length);

/**
 * barua_git_config_free:
 * @self: (transfer full): settings
 */
void barua_git_config_free (BaruaGitConfig *self);

/**
 * barua_git_config_find:
 * @self: settings
 * @section: a section, in lower case
 * @part: (nullable): what stands in quotes behind it
 * @name: a name, letter case aside
 *
 * Returns: (transfer none) (nullable): the last value of that name, which holds
 */
const BaruaGitValue *barua_git_config_find (const BaruaGitConfig *self,
                                            const char *section,
                                            const char *part,
                                            const char *name);

/**
 * barua_git_config_set:
 * @self: settings
 * @section: a section, in lower case
 * @part: (nullable): what stands in quotes behind it
 * @name: as it is written where it is new
 * @value: one line
 *
 * Changes the last value of that name in its place, or adds it. Once for each name.
 */
void barua_git_config_set (BaruaGitConfig *self,
                           const char *section,
                           const char *part,
                           const char *name,
                           const char *value);

/**
 * barua_git_config_add:
 * @self: settings
 * @section: a section, in lower case
 * @part: (nullable): what stands in quotes behind it
 * @name: as it is to be written
 * @value: one line
 *
 * Adds a value at the end of the last section of that name, or in a new section: before
 * what is included in some repositories only, else at the end of the file. Behind a new
 * section, none that was there may be added to.
 */
void barua_git_config_add (BaruaGitConfig *self,
                           const char *section,
                           const char *part,
                           const char *name,
                           const char *value);

/**
 * barua_git_config_remove:
 * @self: settings
 * @section: a section, in lower case
 * @part: (nullable): what stands in quotes behind it
 * @name: a name, letter case aside
 *
 * Takes out all values of that name.
 */
void barua_git_config_remove (BaruaGitConfig *self,
                              const char *section,
                              const char *part,
                              const char *name);

/**
 * barua_git_config_quote:
 * @value: one line
 *
 * Returns: (transfer full): @value as it is to stand in such a file
 */
char *barua_git_config_quote (const char *value);

/**
 * barua_git_config_quote_part:
 * @part: one line
 *
 * Returns: (transfer full): what stands behind a section's name, quotes and all
 */
char *barua_git_config_quote_part (const char *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaGitConfig, barua_git_config_free)

G_END_DECLS
