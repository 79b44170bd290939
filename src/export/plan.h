#pragma once

#include "export/home.h"
#include "export/request.h"

G_BEGIN_DECLS

/**
 * BARUA_EXPORT_FILE_MAX:
 *
 * The longest configuration file that is read, in bytes.
 */
#define BARUA_EXPORT_FILE_MAX (16 * 1024 * 1024)

/**
 * BaruaChangeKind:
 * @BARUA_CHANGE_FILE: a file is written
 * @BARUA_CHANGE_FOLDER: a folder is made
 * @BARUA_CHANGE_KEYRING: an item is put into the keyring
 * @BARUA_CHANGE_SETTING: a setting of the desktop (GSettings) is set
 * @BARUA_CHANGE_COMMAND: a command that the person is to run: it is only shown
 */
typedef enum
{
  BARUA_CHANGE_FILE,
  BARUA_CHANGE_FOLDER,
  BARUA_CHANGE_KEYRING,
  BARUA_CHANGE_SETTING,
  BARUA_CHANGE_COMMAND,
} BaruaChangeKind;

/**
 * BaruaKeyringItem:
 * @schema: the schema's name, as it stands in the attribute "xdg:schema"
 * @label: what the desktop's own programs for passwords call it
 * @attributes: "a{ss}", without the schema's name; nothing in them is secret
 * @wrap: (nullable): makes what the mail program expects out of the secrets; gives %NULL
 *   where they do not do. %NULL for the app password as it is
 *
 * A secret in the form in which a mail program looks for it by itself.
 */
typedef struct
{
  const char *schema;
  const char *label;
  GVariant *attributes;
  BaruaSecret *(*wrap) (const BaruaExportSecrets *secrets);
} BaruaKeyringItem;

/**
 * BaruaChange:
 * @kind: what is done; says which of the others are set
 * @summary: (nullable): a translated sentence on what is done; %NULL for a folder that
 *   only goes with its file
 * @path: (nullable): the file or folder
 * @before: (nullable): what the file holds; %NULL if there is none
 * @after: (nullable): what it will hold; %NULL while @sealed and the secrets are not
 * there
 * @mode: the permissions the file will have
 * @sealed: whether it holds the secret in the program's own store, and so is never shown
 * @schema: (nullable): the keyring item's, or the setting's, schema
 * @label: (nullable): of the keyring item
 * @attributes: (nullable): of the keyring item
 * @wrap: (nullable): of the keyring item
 * @key: (nullable): the setting's name
 * @value: (nullable): what it will be
 * @command: (nullable): what the person is to run, as typed in a shell
 * @as_root: whether the command has to be run as root
 * @former: (nullable): set when the item of a keyring is about to be overwritten: the
 *   name under which what it held is kept in the keyring meanwhile, to be given back;
 *   %NULL if there was no such item. Kept in the receipt
 * @value_before: (nullable): set when a setting is about to be set: what it was; %NULL if
 *   it was left at its default. Kept in the receipt
 *
 * One thing that is done to hand settings over.
 */
typedef struct
{
  BaruaChangeKind kind;
  char *summary;
  char *path;
  GBytes *before;
  GBytes *after;
  int mode;
  gboolean sealed;
  char *schema;
  char *label;
  GVariant *attributes;
  BaruaSecret *(*wrap) (const BaruaExportSecrets *secrets);
  char *key;
  GVariant *value;
  char *command;
  gboolean as_root;
  char *former;
  GVariant *value_before;
} BaruaChange;

/**
 * barua_change_free:
 * @self: (transfer full): a change
 */
void barua_change_free (BaruaChange *self);

/**
 * BaruaPlan:
 * @client: the mail program's id; constant
 * @changes: (element-type BaruaChange): what is done, in order; without what is there
 *   already, so that a second export changes nothing
 * @questions: (element-type utf8): what the mail program will still ask; translated
 * @notes: (element-type utf8): what the person should know; translated
 * @by_hand: whether the program lets no other write its settings: @changes is empty then,
 *   and @notes say what the person types
 *
 * All that is done to set up one mail program: can be shown before, and undone after.
 * Planning reads files and writes none.
 */
typedef struct
{
  const char *client;
  GPtrArray *changes;
  GPtrArray *questions;
  GPtrArray *notes;
  gboolean by_hand;
} BaruaPlan;

/**
 * barua_plan_new:
 * @client: the mail program's id; constant
 *
 * Returns: (transfer full): a plan that changes nothing
 */
BaruaPlan *barua_plan_new (const char *client);

/**
 * barua_plan_free:
 * @self: (transfer full): a plan
 */
void barua_plan_free (BaruaPlan *self);

/**
 * barua_plan_read:
 * @self: a plan
 * @path: a file
 * @text: (out) (transfer full) (nullable): what it will hold when the changes planned so
 *   far are made, with a NUL behind; %NULL if there is no such file
 * @length: (out) (optional): how many bytes
 * @error: %G_FILE_ERROR, or %BARUA_EXPORT_ERROR_UNREADABLE for what holds NUL bytes
 *
 * Reads a text file that may be changed. May hold any other bytes, valid UTF-8 or not.
 *
 * Returns: whether it was read, or is not there
 */
gboolean barua_plan_read (
  BaruaPlan *self, const char *path, char **text, gsize *length, GError **error);

/**
 * BaruaFilePrivacy:
 * @BARUA_FILE_ORDINARY: new files can be read by others (0644)
 * @BARUA_FILE_PRIVATE: new files are for the person alone (0600); what others may read
 *   of one that is there is taken away
 * @BARUA_FILE_PROGRAM: new files can be read and run by others (0755); one that is there
 *   can be run by whoever may read it
 *
 * Who may read a file.
 */
typedef enum
{
  BARUA_FILE_ORDINARY,
  BARUA_FILE_PRIVATE,
  BARUA_FILE_PROGRAM,
} BaruaFilePrivacy;

/**
 * barua_plan_write:
 * @self: a plan
 * @path: a file, there or not; the folders it lies in are made too
 * @text: (array length=length): what it will hold
 * @length: how many bytes, or -1 when @text ends with NUL
 * @privacy: who may read it. A file that is there keeps its mode but for that
 * @summary: a translated sentence on what is done
 *
 * Plans to write a file. Does nothing where it holds that already.
 */
void barua_plan_write (BaruaPlan *self,
                       const char *path,
                       const char *text,
                       gssize length,
                       BaruaFilePrivacy privacy,
                       const char *summary);

/**
 * barua_plan_seal:
 * @self: a plan
 * @path: a file
 * @summary: a translated sentence on what is done
 *
 * Plans to write a file that holds the secret in the program's own form: what it will
 * hold is given later with barua_plan_fill(), and never shown. New, it is for the person
 * alone.
 */
void barua_plan_seal (BaruaPlan *self, const char *path, const char *summary);

/**
 * barua_plan_fill:
 * @self: a plan
 * @path: a file that was planned with barua_plan_seal()
 * @bytes: what it will hold; the same as before for no change
 */
void barua_plan_fill (BaruaPlan *self, const char *path, GBytes *bytes);

/**
 * barua_plan_make_folder:
 * @self: a plan
 * @path: a folder; nothing is planned where it is there
 * @summary: a translated sentence on what is done
 */
void barua_plan_make_folder (BaruaPlan *self, const char *path, const char *summary);

/**
 * barua_plan_keep:
 * @self: a plan
 * @item: what is put into the keyring; copied
 * @summary: a translated sentence on what is done
 */
void barua_plan_keep (BaruaPlan *self, const BaruaKeyringItem *item, const char *summary);

/**
 * barua_plan_set:
 * @self: a plan
 * @schema: the id of a GSettings schema that is installed and has no path of its own
 * @key: a key of it
 * @value: (transfer floating): what it will be
 * @summary: a translated sentence on what is done
 */
void barua_plan_set (BaruaPlan *self,
                     const char *schema,
                     const char *key,
                     GVariant *value,
                     const char *summary);

/**
 * barua_plan_tell_command:
 * @self: a plan
 * @command: what the person is to run, as typed in a shell
 * @as_root: whether as root
 * @summary: a translated sentence on what it does
 */
void barua_plan_tell_command (BaruaPlan *self,
                              const char *command,
                              gboolean as_root,
                              const char *summary);

/**
 * barua_plan_add_question:
 * @self: a plan
 * @question: a translated sentence: what the mail program will still ask
 */
void barua_plan_add_question (BaruaPlan *self, const char *question);

/**
 * barua_plan_add_note:
 * @self: a plan
 * @note: a translated sentence that the person should know
 */
void barua_plan_add_note (BaruaPlan *self, const char *note);

/**
 * barua_plan_is_empty:
 * @self: a plan
 *
 * Returns: whether nothing is to be done: commands to be shown aside, all is there
 */
gboolean barua_plan_is_empty (const BaruaPlan *self);

/**
 * barua_plan_describe_nothing:
 * @self: a plan that is empty
 *
 * Returns: a translated sentence on why nothing is done
 */
const char *barua_plan_describe_nothing (const BaruaPlan *self);

/**
 * barua_change_dup_diff:
 * @self: a change of a file
 * @home: whose; shortens the names
 *
 * Returns: (transfer full) (nullable): the change as a unified diff with three lines
 *   around it, printable, without passwords; %NULL for what is no file, is no text, or is
 *   sealed
 */
char *barua_change_dup_diff (const BaruaChange *self, const BaruaHome *home);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaChange, barua_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaPlan, barua_plan_free)

G_END_DECLS
