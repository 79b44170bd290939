#pragma once

#include "export/audit.h"
#include "export/formats/key-file.h"
#include "export/plan.h"

G_BEGIN_DECLS

/* What the exporters of GNOME's mail programs share: settings in files as GKeyFile has
 * them, passwords in the keyring by attributes, an installation as a Flatpak. */

/**
 * BaruaGnomeSetting:
 * @group: the group
 * @key: the key
 * @value: (nullable): what it is to be, as a string, not yet escaped; %NULL to leave it
 *   as it is
 *
 * One setting to be written.
 */
typedef struct
{
  const char *group;
  const char *key;
  const char *value;
} BaruaGnomeSetting;

/**
 * barua_gnome_find_place:
 * @home: whose
 * @program: what the program is started as
 * @flatpak: its id as a Flatpak
 * @folder: its folder below the folder of settings
 * @is_flatpak: (out) (optional): whether it is the Flatpak's that is to be written
 *
 * Returns: (transfer full): the folder that is to be written: the one that is there; the
 *   Flatpak's too where the program is here as a Flatpak alone
 */
char *barua_gnome_find_place (const BaruaHome *home,
                              const char *program,
                              const char *flatpak,
                              const char *folder,
                              gboolean *is_flatpak);

/**
 * barua_gnome_read:
 * @plan: a plan
 * @path: a file
 * @error: as barua_plan_read()
 *
 * Returns: (transfer full) (nullable): the file as it will be; empty if there is none
 */
BaruaKeyFile *barua_gnome_read (BaruaPlan *plan, const char *path, GError **error);

/**
 * barua_gnome_look:
 * @path: a file
 *
 * Returns: (transfer full) (nullable): the file; %NULL if there is none that can be read
 */
BaruaKeyFile *barua_gnome_look (const char *path);

/**
 * barua_gnome_dup:
 * @file: a file
 * @group: a group
 * @key: a key
 *
 * Returns: (transfer full) (nullable): the string that stands there, unescaped; %NULL if
 *   there is none
 */
char *barua_gnome_dup (const BaruaKeyFile *file, const char *group, const char *key);

/**
 * barua_gnome_equals:
 * @file: a file
 * @group: a group
 * @key: a key
 * @text: a string
 *
 * Returns: whether that is what stands there
 */
gboolean barua_gnome_equals (const BaruaKeyFile *file,
                             const char *group,
                             const char *key,
                             const char *text);

/**
 * barua_gnome_put:
 * @file: a file
 * @settings: (array length=n_settings): what is to be written
 * @n_settings: how many
 *
 * Sets each, in its place where there is one.
 */
void
barua_gnome_put (BaruaKeyFile *file, const BaruaGnomeSetting *settings, gsize n_settings);

/**
 * barua_gnome_put_missing:
 * @file: a file
 * @settings: (array length=n_settings): what is to be written
 * @n_settings: how many
 *
 * Sets each that is not there.
 */
void barua_gnome_put_missing (BaruaKeyFile *file,
                              const BaruaGnomeSetting *settings,
                              gsize n_settings);

/**
 * barua_gnome_write:
 * @plan: a plan
 * @path: where
 * @file: what the file will hold
 * @privacy: who may read it
 * @summary: a translated sentence on what is done
 */
void barua_gnome_write (BaruaPlan *plan,
                        const char *path,
                        const BaruaKeyFile *file,
                        BaruaFilePrivacy privacy,
                        const char *summary);

/**
 * barua_gnome_same_mailbox:
 * @a: (nullable): a text that may be an address
 * @b: (nullable): another
 *
 * Returns: whether both are addresses of the same mailbox
 */
gboolean barua_gnome_same_mailbox (const char *a, const char *b);

/**
 * barua_gnome_keep_password:
 * @plan: a plan
 * @name: the mail program's name
 * @item: the item; floating attributes are taken
 *
 * Plans to put the secret where the program looks for it.
 */
void barua_gnome_keep_password (BaruaPlan *plan,
                                const char *name,
                                const BaruaKeyringItem *item);

/**
 * barua_gnome_attributes:
 * @first: the first attribute's name
 * @...: its value, then names and values, ended with %NULL
 *
 * Returns: (transfer floating): attributes of a keyring item
 */
GVariant *barua_gnome_attributes (const char *first, ...) G_GNUC_NULL_TERMINATED;

/**
 * barua_gnome_ask_password:
 * @plan: a plan
 * @name: the mail program's name
 *
 * Says that the program will ask for an app password, which is kept nowhere yet.
 */
void barua_gnome_ask_password (BaruaPlan *plan, const char *name);

/**
 * barua_gnome_ask_online_account:
 * @plan: a plan
 * @question: a translated sentence: what the person is to do in the desktop's settings
 *
 * Says that the person has to sign in to Google in the desktop's settings, and how these
 * are opened.
 */
void barua_gnome_ask_online_account (BaruaPlan *plan, const char *question);

/**
 * barua_gnome_value:
 * @file: a file that has not been changed since it was read
 * @group: a group
 * @key: a key; constant
 * @texts: (element-type utf8): keeps the text of the value
 *
 * Returns: what stands there and where, for barua_audit_server()
 */
BaruaValue barua_gnome_value (const BaruaKeyFile *file,
                              const char *group,
                              const char *key,
                              GPtrArray *texts);

/**
 * barua_gnome_add_unsigned:
 * @faults: (element-type BaruaFault): gets the fault
 * @client: the mail program's id; constant
 * @file: the file
 * @value: the setting that makes the program send without signing in
 * @expected: what it should be
 *
 * Adds that mail is sent without signing in.
 */
void barua_gnome_add_unsigned (GPtrArray *faults,
                               const char *client,
                               const char *file,
                               const BaruaValue *value,
                               const char *expected);

G_END_DECLS
