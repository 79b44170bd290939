#pragma once

#include "export/formats/edits.h"
#include "export/formats/mutt-rc.h"
#include "export/plan.h"

G_BEGIN_DECLS

/**
 * BaruaMuttFile:
 * @path: where it is
 * @text: (nullable): what it holds; %NULL if there is none
 * @length: how many bytes
 * @commands: (element-type BaruaMuttCommand): its commands
 * @edits: what is changed in it
 * @open: whether it is being followed: then it cannot be once more
 *
 * One file of settings.
 */
typedef struct
{
  char *path;
  char *text;
  gsize length;
  GPtrArray *commands;
  BaruaEdits *edits;
  gboolean open;
} BaruaMuttFile;

/**
 * BaruaMuttEntry:
 * @file: the file it stands in
 * @command: the command
 * @expanded: (nullable): its value with those of other variables put in; %NULL where it
 *   names none, or one that is not known
 *
 * One command among all that the program reads.
 */
typedef struct
{
  BaruaMuttFile *file;
  const BaruaMuttCommand *command;
  char *expanded;
} BaruaMuttEntry;

/**
 * BaruaMuttSettings:
 * @files: (element-type BaruaMuttFile): the files, the first one first
 * @entries: (element-type BaruaMuttEntry): all that is set, in the order in which the
 *   program reads it
 *
 * All that mutt or NeoMutt reads when it starts with a file: that file, and those which
 * it names.
 */
typedef struct
{
  GPtrArray *files;
  GPtrArray *entries;
} BaruaMuttSettings;

/**
 * barua_mutt_settings_read:
 * @path: the first file, there or not
 * @home: whose
 * @plan: reads the files as they will be
 * @error: %BARUA_EXPORT_ERROR, %G_FILE_ERROR for the first file; others are left out
 *
 * Returns: (transfer full) (nullable): the settings
 */
BaruaMuttSettings *barua_mutt_settings_read (const char *path,
                                             const BaruaHome *home,
                                             BaruaPlan *plan,
                                             GError **error);

/**
 * barua_mutt_settings_free:
 * @self: (transfer full): settings
 */
void barua_mutt_settings_free (BaruaMuttSettings *self);

/**
 * barua_mutt_settings_find:
 * @self: settings
 * @name: a variable
 *
 * Returns: (transfer none) (nullable): what was said of it last
 */
const BaruaMuttEntry *barua_mutt_settings_find (const BaruaMuttSettings *self,
                                                const char *name);

/**
 * barua_mutt_settings_get:
 * @self: settings
 * @name: a variable
 *
 * Returns: (nullable): its value; %NULL where it has none, or an empty one
 */
const char *barua_mutt_settings_get (const BaruaMuttSettings *self, const char *name);

/**
 * barua_mutt_settings_list_later:
 * @self: settings
 * @home: whose
 *
 * Returns: (transfer full) (element-type utf8): the paths of other files that are read
 *   only in a hook or at the press of a key
 */
GPtrArray *barua_mutt_settings_list_later (const BaruaMuttSettings *self,
                                           const BaruaHome *home);

/**
 * barua_mutt_settings_contain:
 * @self: settings
 * @text: any text, ASCII
 *
 * Returns: whether one of the files holds it, letter case aside
 */
gboolean barua_mutt_settings_contain (const BaruaMuttSettings *self, const char *text);

/**
 * BaruaMuttOwner:
 * @BARUA_MUTT_OWNER_NOBODY: there is no account
 * @BARUA_MUTT_OWNER_SAME: the account asked for
 * @BARUA_MUTT_OWNER_OTHER: another account, or mail on this machine
 *
 * Whose mail the program opens when it starts.
 */
typedef enum
{
  BARUA_MUTT_OWNER_NOBODY,
  BARUA_MUTT_OWNER_SAME,
  BARUA_MUTT_OWNER_OTHER,
} BaruaMuttOwner;

/**
 * barua_mutt_settings_judge:
 * @self: settings
 * @address: an address
 *
 * Returns: whose they are
 */
BaruaMuttOwner barua_mutt_settings_judge (const BaruaMuttSettings *self,
                                          const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaMuttSettings, barua_mutt_settings_free)

G_END_DECLS
