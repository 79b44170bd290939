#pragma once

#include "export/formats/prefs-js.h"
#include "export/plan.h"

G_BEGIN_DECLS

/**
 * BaruaThunderbirdSettings:
 * @path: the profile's prefs.js
 * @prefs: what it holds
 * @user_path: the profile's user.js
 * @user: what it holds: it goes before @prefs, whenever Thunderbird starts
 *
 * The settings of one profile.
 */
typedef struct
{
  char *path;
  BaruaPrefs *prefs;
  char *user_path;
  BaruaPrefs *user;
} BaruaThunderbirdSettings;

/**
 * barua_thunderbird_settings_read:
 * @folder: a profile's folder, there or not
 * @home: whose
 * @plan: (nullable): a plan in which they may be changed already
 * @error: %G_FILE_ERROR, %BARUA_EXPORT_ERROR_UNREADABLE
 *
 * Returns: (transfer full) (nullable): the settings
 */
BaruaThunderbirdSettings *barua_thunderbird_settings_read (const char *folder,
                                                           const BaruaHome *home,
                                                           BaruaPlan *plan,
                                                           GError **error);

/**
 * barua_thunderbird_settings_free:
 * @self: (transfer full): settings
 */
void barua_thunderbird_settings_free (BaruaThunderbirdSettings *self);

/**
 * barua_thunderbird_settings_dup_name:
 * @kind: "mail.server", "mail.identity", …
 * @key: which one: "server2"
 * @name: the setting's own name: "hostname"
 *
 * Returns: (transfer full): the whole name: "mail.server.server2.hostname"
 */
char *
barua_thunderbird_settings_dup_name (const char *kind, const char *key, const char *name);

/**
 * barua_thunderbird_settings_get:
 * @self: settings
 * @name: a setting
 *
 * Returns: (nullable): its value whatever its kind; valid until it is changed
 */
const char *barua_thunderbird_settings_get (const BaruaThunderbirdSettings *self,
                                            const char *name);

/**
 * barua_thunderbird_settings_get_of:
 * @self: settings
 * @kind: "mail.server", "mail.identity", …
 * @key: which one: "server2"
 * @name: the setting's own name
 *
 * Returns: (nullable): the same for one of a kind
 */
const char *barua_thunderbird_settings_get_of (const BaruaThunderbirdSettings *self,
                                               const char *kind,
                                               const char *key,
                                               const char *name);

/**
 * barua_thunderbird_settings_list:
 * @self: settings
 * @name: a setting whose value is keys with commas between: "account1,account2"
 *
 * Returns: (transfer full) (array zero-terminated=1): the keys, each once
 */
char **barua_thunderbird_settings_list (const BaruaThunderbirdSettings *self,
                                        const char *name);

/**
 * barua_thunderbird_settings_find_number:
 * @self: settings
 * @prefix: how the names of one kind begin: "mail.server.server"
 *
 * Returns: the first number after all that are in use, and so free
 */
guint barua_thunderbird_settings_find_number (const BaruaThunderbirdSettings *self,
                                              const char *prefix);

/**
 * barua_thunderbird_settings_set_string:
 * @self: settings
 * @name: a setting
 * @value: any text
 *
 * Sets a value, so that it holds when Thunderbird starts.
 */
void barua_thunderbird_settings_set_string (BaruaThunderbirdSettings *self,
                                            const char *name,
                                            const char *value);

/**
 * barua_thunderbird_settings_set_int:
 * @self: settings
 * @name: a setting
 * @value: a number
 *
 * The same for a number.
 */
void barua_thunderbird_settings_set_int (BaruaThunderbirdSettings *self,
                                         const char *name,
                                         int value);

/**
 * barua_thunderbird_settings_set_bool:
 * @self: settings
 * @name: a setting
 * @value: true or false
 *
 * The same for true and false.
 */
void barua_thunderbird_settings_set_bool (BaruaThunderbirdSettings *self,
                                          const char *name,
                                          gboolean value);

/**
 * barua_thunderbird_settings_append:
 * @self: settings
 * @name: a setting whose value is keys with commas between
 * @key: one that is to be among them
 *
 * Adds a key at the end, where it is not there yet.
 */
void barua_thunderbird_settings_append (BaruaThunderbirdSettings *self,
                                        const char *name,
                                        const char *key);

/**
 * barua_thunderbird_settings_plan:
 * @self: settings
 * @plan: gets the files that have changed
 */
void barua_thunderbird_settings_plan (const BaruaThunderbirdSettings *self,
                                      BaruaPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaThunderbirdSettings, barua_thunderbird_settings_free)

G_END_DECLS
