#pragma once

#include "export/apply.h"
#include "export/swap.h"

G_BEGIN_DECLS

/**
 * BARUA_RECORD_RECEIPT:
 *
 * The file, in a receipt's folder, that says what was done. It is there when all is done.
 */
#define BARUA_RECORD_RECEIPT "receipt"

/**
 * BARUA_RECORD_NEXT:
 *
 * The file that will take the receipt's place when all is done.
 */
#define BARUA_RECORD_NEXT "next"

/**
 * BARUA_RECORD_WORK:
 *
 * The file that is there while something is under way, or was left half done.
 */
#define BARUA_RECORD_WORK "work"

/**
 * BARUA_RECORD_REST:
 *
 * The file that is there, in place of the former, while all files are taken back, but
 * keyring items and settings may not be.
 */
#define BARUA_RECORD_REST "rest"

/**
 * BaruaRecordFile:
 * @change: of the receipt; owned by it
 * @target: the file itself, no symbolic link, when it was last written
 * @before: (nullable): the SHA-256 of what it held; %NULL if there was none
 * @after: (nullable): the SHA-256 of what was written, or of what is there when it is
 *   undone
 * @mode_before: the permissions it had
 *
 * What a record says of one file.
 */
typedef struct
{
  BaruaChange *change;
  char *target;
  char *before;
  char *after;
  int mode_before;
} BaruaRecordFile;

/**
 * BaruaRecord:
 * @receipt: what others see of it
 * @folder: where it is kept, with the copies
 * @order: microseconds: which of two came first
 * @undoing: whether it is taken back, or was
 * @token: the word in the names of the files beside the changed ones
 * @files: (element-type BaruaRecordFile): the receipt's files, in order
 * @made: (element-type filename): the folders that are made, the outer ones first
 *
 * All that is noted of one set of changes, in a file as GKeyFile has it.
 */
typedef struct
{
  BaruaReceipt *receipt;
  char *folder;
  gint64 order;
  gboolean undoing;
  char *token;
  GPtrArray *files;
  GPtrArray *made;
} BaruaRecord;

/**
 * barua_record_new:
 * @folder: where it will be kept
 * @client: the mail program's id
 * @address: (nullable): whose account
 *
 * Returns: (transfer full): a record of now without changes
 */
BaruaRecord *
barua_record_new (const char *folder, const char *client, const char *address);

/**
 * barua_record_free:
 * @self: (transfer full): a record
 */
void barua_record_free (BaruaRecord *self);

/**
 * barua_record_add:
 * @self: a record
 * @change: what is done; copied without what the file holds
 *
 * Returns: (transfer none): the receipt's own
 */
BaruaChange *barua_record_add (BaruaRecord *self, const BaruaChange *change);

/**
 * barua_record_add_file:
 * @self: a record
 * @change: of its receipt
 *
 * Returns: (transfer none): what is to be filled
 */
BaruaRecordFile *barua_record_add_file (BaruaRecord *self, BaruaChange *change);

/**
 * barua_record_renew_token:
 * @self: a record
 *
 * Makes new names for the files beside the changed ones.
 */
void barua_record_renew_token (BaruaRecord *self);

/**
 * barua_record_dup_copy_path:
 * @self: a record
 * @index: of one of its files
 *
 * Returns: (transfer full): where a copy of what that file held is kept
 */
char *barua_record_dup_copy_path (const BaruaRecord *self, guint index);

/**
 * barua_record_list_swaps:
 * @self: a record
 *
 * Returns: (transfer full) (element-type BaruaSwap): what is done to its files, or undone
 *   as @undoing says
 */
GPtrArray *barua_record_list_swaps (const BaruaRecord *self);

/**
 * barua_record_load:
 * @folder: a receipt's folder
 * @name: which file of it
 * @error: %BARUA_EXPORT_ERROR_DAMAGED, %G_FILE_ERROR
 *
 * Returns: (transfer full) (nullable): the record
 */
BaruaRecord *barua_record_load (const char *folder, const char *name, GError **error);

/**
 * barua_record_save:
 * @self: a record
 * @name: (nullable): which file of its folder; %NULL for the next receipt, which
 *   barua_record_publish() puts in its place
 * @error: %G_FILE_ERROR
 *
 * Returns: whether it is there, whole
 */
gboolean barua_record_save (const BaruaRecord *self, const char *name, GError **error);

/**
 * barua_record_publish:
 * @self: a record
 * @error: %G_FILE_ERROR
 *
 * Puts the next receipt in its place: the one moment in which all is done.
 *
 * Returns: whether it is
 */
gboolean barua_record_publish (const BaruaRecord *self, GError **error);

/**
 * barua_record_has_more:
 * @self: a record
 *
 * Returns: whether there are keyring items or settings among its changes
 */
gboolean barua_record_has_more (const BaruaRecord *self);

/**
 * barua_record_owe_rest:
 * @folder: a receipt's folder
 *
 * Notes that all files are taken back, and the rest is not.
 */
void barua_record_owe_rest (const char *folder);

/**
 * barua_record_forget_rest:
 * @folder: a receipt's folder
 *
 * Notes that the rest is taken back, too.
 */
void barua_record_forget_rest (const char *folder);

/**
 * barua_record_forget_work:
 * @folder: a receipt's folder
 *
 * Takes away what stands for something under way.
 */
void barua_record_forget_work (const char *folder);

/**
 * barua_record_forget_copies:
 * @folder: a receipt's folder
 *
 * Takes away the copies of files.
 */
void barua_record_forget_copies (const char *folder);

/**
 * barua_record_discard:
 * @folder: a receipt's folder
 *
 * Takes it away with all that is in it.
 */
void barua_record_discard (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaRecord, barua_record_free)

G_END_DECLS
