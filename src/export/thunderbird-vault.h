#pragma once

#include "base/secret.h"
#include "export/plan.h"

G_BEGIN_DECLS

/**
 * BaruaVaultState:
 * @BARUA_VAULT_NEW: there is none yet; it can be made
 * @BARUA_VAULT_OPEN: it can be read and written
 * @BARUA_VAULT_LOCKED: it is protected with a primary password
 * @BARUA_VAULT_DAMAGED: it cannot be understood
 *
 * What a profile's store of passwords is like.
 */
typedef enum
{
  BARUA_VAULT_NEW,
  BARUA_VAULT_OPEN,
  BARUA_VAULT_LOCKED,
  BARUA_VAULT_DAMAGED,
} BaruaVaultState;

/**
 * BaruaVaultEntry:
 * @origin: where it is for, as Mozilla writes it: "imap://imap.gmail.com"
 * @user: the user name
 * @password: the password
 *
 * One password in the store.
 */
typedef struct
{
  const char *origin;
  const char *user;
  BaruaSecret *password;
} BaruaVaultEntry;

/**
 * barua_thunderbird_vault_look:
 * @folder: a profile's folder, there or not
 *
 * Looks at the store without changing it: logins.json, and key4.db, which has the key to
 * it (NSS) and is looked at as a copy in a private temporary folder. May be called in any
 * thread.
 *
 * Returns: what it is like
 */
BaruaVaultState barua_thunderbird_vault_look (const char *folder);

/**
 * BaruaVaultFiles:
 * @key: (nullable): what key4.db is to hold
 * @logins: (nullable): what logins.json is to hold
 *
 * The store of passwords as it should be. Starts as { 0 }, and ends with
 * barua_vault_files_clear().
 */
typedef struct
{
  GBytes *key;
  GBytes *logins;
} BaruaVaultFiles;

/**
 * barua_vault_files_clear:
 * @self: files
 */
void barua_vault_files_clear (BaruaVaultFiles *self);

/**
 * barua_thunderbird_vault_put:
 * @folder: a profile's folder, there or not
 * @entries: (array length=n_entries): the passwords; each takes the place of the one for
 *   the same origin and user
 * @n_entries: how many
 * @now: milliseconds since 1970
 * @files: gets the store with them in it; byte for byte the same as before if all are in
 *   it already
 * @error: %BARUA_EXPORT_ERROR_LOCKED, %BARUA_EXPORT_ERROR_STORE
 *
 * Puts passwords into the store, encrypted with its own key. Writes nothing but a copy of
 * key4.db in a private folder of the session, which is gone at the end. May be called in
 * any thread.
 *
 * Returns: whether it worked
 */
gboolean barua_thunderbird_vault_put (const char *folder,
                                      const BaruaVaultEntry *entries,
                                      gsize n_entries,
                                      gint64 now,
                                      BaruaVaultFiles *files,
                                      GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaruaVaultFiles, barua_vault_files_clear)

G_END_DECLS
