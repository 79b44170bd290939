#pragma once

#include "export/formats/key-file.h"
#include "export/plan.h"

G_BEGIN_DECLS

/**
 * BaruaSylph:
 * @name: the program's name
 * @place: its folder below the home
 * @version: (nullable): the version of new settings, where they have one
 *
 * One of the mail programs that stem from Sylpheed, and keep their settings alike:
 * "accountrc" with a group for each account, "folderlist.xml" with the folders.
 */
typedef struct
{
  const char *name;
  const char *place;
  const char *version;
} BaruaSylph;

/**
 * BaruaSylphAccount:
 * @path: of "accountrc"
 * @file: (nullable): what it holds
 * @group: (nullable): the account's group: "Account: 1"
 * @number: that number
 * @is_there: whether it is there already
 * @is_first: whether there is no other account
 *
 * An account of such a program.
 */
typedef struct
{
  char *path;
  BaruaKeyFile *file;
  char *group;
  guint number;
  gboolean is_there;
  gboolean is_first;
} BaruaSylphAccount;

/**
 * BaruaSylphSetting:
 * @key: what it is called
 * @value: what it will be
 */
typedef struct
{
  const char *key;
  const char *value;
} BaruaSylphSetting;

/**
 * barua_sylph_account_open:
 * @self: an account with nothing in it
 * @kind: which program
 * @home: where
 * @plan: what it is read for
 * @address: whose
 * @error: %G_FILE_ERROR, %BARUA_EXPORT_ERROR
 *
 * Finds an account, or makes place for a new one.
 *
 * Returns: whether its file was read, or is not there
 */
gboolean barua_sylph_account_open (BaruaSylphAccount *self,
                                   const BaruaSylph *kind,
                                   const BaruaHome *home,
                                   BaruaPlan *plan,
                                   const char *address,
                                   GError **error);

/**
 * barua_sylph_account_clear:
 * @self: an account
 */
void barua_sylph_account_clear (BaruaSylphAccount *self);

/**
 * barua_sylph_account_put:
 * @self: an account
 * @settings: (array length=n_settings): what is set
 * @n_settings: how many
 */
void barua_sylph_account_put (BaruaSylphAccount *self,
                              const BaruaSylphSetting *settings,
                              gsize n_settings);

/**
 * barua_sylph_account_begin:
 * @self: an account
 * @request: what to set up
 *
 * Sets what both programs call alike: names, servers, ports and encryption.
 */
void barua_sylph_account_begin (BaruaSylphAccount *self,
                                const BaruaExportRequest *request);

/**
 * barua_sylph_account_write:
 * @self: an account
 * @kind: which program
 * @request: what to set up
 * @plan: gets the change
 */
void barua_sylph_account_write (const BaruaSylphAccount *self,
                                const BaruaSylph *kind,
                                const BaruaExportRequest *request,
                                BaruaPlan *plan);

/**
 * barua_sylph_plan_copies:
 * @self: an account
 * @kind: which program
 * @home: where
 * @plan: gets the change of the program's own settings
 * @file: where they are: "clawsrc"
 * @error: %G_FILE_ERROR, %BARUA_EXPORT_ERROR
 *
 * Keeps the program from saving sent mail at Gmail, which does that by itself: with other
 * accounts, copies of this one go to the local mailbox.
 *
 * Returns: whether it could be planned
 */
gboolean barua_sylph_plan_copies (BaruaSylphAccount *self,
                                  const BaruaSylph *kind,
                                  const BaruaHome *home,
                                  BaruaPlan *plan,
                                  const char *file,
                                  GError **error);

/**
 * barua_sylph_plan_folders:
 * @self: an account
 * @kind: which program
 * @request: what to set up
 * @home: where
 * @plan: gets the changes
 * @error: %G_FILE_ERROR, %BARUA_EXPORT_ERROR
 *
 * Plans the list of folders: a local mailbox, without which the program asks for one, and
 * the account's own folders, without which it makes some at the server.
 *
 * Returns: whether it could be planned
 */
gboolean barua_sylph_plan_folders (const BaruaSylphAccount *self,
                                   const BaruaSylph *kind,
                                   const BaruaExportRequest *request,
                                   const BaruaHome *home,
                                   BaruaPlan *plan,
                                   GError **error);

/**
 * barua_sylph_has_account:
 * @kind: which program
 * @home: where
 * @address: whose
 *
 * Returns: whether it is set up
 */
gboolean barua_sylph_has_account (const BaruaSylph *kind,
                                  const BaruaHome *home,
                                  const char *address);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaruaSylphAccount, barua_sylph_account_clear)

G_END_DECLS
