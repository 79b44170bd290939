#pragma once

#include "export/plan.h"

G_BEGIN_DECLS

/**
 * BaruaReceipt:
 * @id: its stable name, as `barua undo` takes it: "20261122-061500-msmtp"
 * @client: the mail program's id
 * @address: (nullable): whose account; %NULL for a repair
 * @when: Unix time
 * @undone: whether it was taken back
 * @changes: (element-type BaruaChange): what was done: paths, modes, what the files held
 *   before (read from its copies when needed, so @before is %NULL here), keyring items
 *   (schema, label, attributes, @former) and settings (schema, key, @value,
 *   @value_before); without what was only shown
 *
 * What is kept of each thing that was applied, so that it can be taken back. Nothing in
 * it is secret; the copies of files are as private as a private file.
 */
typedef struct
{
  char *id;
  char *client;
  char *address;
  gint64 when;
  gboolean undone;
  GPtrArray *changes;
} BaruaReceipt;

/**
 * barua_receipt_free:
 * @self: (transfer full): a receipt
 */
void barua_receipt_free (BaruaReceipt *self);

/**
 * BaruaTransaction:
 *
 * A plan under way. All of its files are changed or none, whatever happens in between: a
 * full disk, a refused write, a process that is killed. What was begun by a process that
 * is no more is taken back by barua_apply_recover().
 */
typedef struct _BaruaTransaction BaruaTransaction;

/**
 * barua_transaction_begin:
 * @plan: a plan, its sealed files filled
 * @home: whose
 * @address: (nullable): whose account
 * @error: %BARUA_EXPORT_ERROR_CHANGED when a file is no longer what was planned with,
 *   %G_FILE_ERROR when something cannot be written; nothing is changed then
 *
 * Takes copies of all files that will be changed, and notes what will be done, so that it
 * is taken back should this process end. Until the end of the transaction no other one
 * can begin, here or elsewhere: after two seconds that is %G_FILE_ERROR_AGAIN.
 *
 * Returns: (transfer full) (nullable): the transaction; ended with commit or abort
 */
BaruaTransaction *barua_transaction_begin (BaruaPlan *plan,
                                           const BaruaHome *home,
                                           const char *address,
                                           GError **error);

/**
 * barua_transaction_get_id:
 * @self: a transaction
 *
 * Returns: the id of its receipt
 */
const char *barua_transaction_get_id (const BaruaTransaction *self);

/**
 * barua_transaction_commit:
 * @self: (transfer full): a transaction
 * @error: %G_FILE_ERROR; every file is as it was before then, and keyring items and
 *   settings are left to barua_apply_recover()
 *
 * Makes the folders and writes the files.
 *
 * Returns: whether all is done; the receipt is there then
 */
gboolean barua_transaction_commit (BaruaTransaction *self, GError **error);

/**
 * barua_transaction_abort:
 * @self: (transfer full): a transaction
 *
 * Leaves everything as it is, and forgets the copies.
 */
void barua_transaction_abort (BaruaTransaction *self);

/**
 * barua_transaction_leave:
 * @self: (transfer full): a transaction
 *
 * Ends it as if the process had ended: barua_apply_recover() takes it back.
 */
void barua_transaction_leave (BaruaTransaction *self);

/**
 * BaruaUnsettled:
 *
 * What was taken back as far as files go: its keyring items and settings are still to be.
 * While it is held no transaction can begin, here or elsewhere. What is not settled then
 * is there again at the next barua_apply_recover(), however this process ends.
 */
typedef struct _BaruaUnsettled BaruaUnsettled;

/**
 * barua_unsettled_get_receipts:
 * @self: (nullable): what was taken back
 *
 * Returns: (transfer none) (element-type BaruaReceipt) (nullable): what it was, the
 *   latest first, also where there was nothing but files; %NULL for %NULL
 */
const GPtrArray *barua_unsettled_get_receipts (const BaruaUnsettled *self);

/**
 * barua_unsettled_settle:
 * @self: what was taken back
 * @index: which one: its keyring items and settings are taken back, too
 */
void barua_unsettled_settle (BaruaUnsettled *self, guint index);

/**
 * barua_unsettled_steal_receipts:
 * @self: what was taken back; only to be freed afterwards
 *
 * Returns: (transfer full) (element-type BaruaReceipt): what it was, the latest first
 */
GPtrArray *barua_unsettled_steal_receipts (BaruaUnsettled *self);

/**
 * barua_unsettled_free:
 * @self: (transfer full): what was taken back
 */
void barua_unsettled_free (BaruaUnsettled *self);

/**
 * barua_apply_recover:
 * @home: whose
 * @unsettled: (out) (optional) (nullable): what was taken back, %NULL for nothing. If it
 *   is not asked for, keyring items and settings are never taken back
 * @error: %G_FILE_ERROR
 *
 * Takes back what a process that is no more has left half done. To be called before
 * anything is planned.
 *
 * Returns: whether no file is half done any more
 */
gboolean
barua_apply_recover (const BaruaHome *home, BaruaUnsettled **unsettled, GError **error);

/**
 * barua_receipts_list:
 * @home: whose
 * @error: %G_FILE_ERROR
 *
 * Returns: (transfer full) (element-type BaruaReceipt) (nullable): what was applied, the
 *   latest first; what cannot be understood is left out
 */
GPtrArray *barua_receipts_list (const BaruaHome *home, GError **error);

/**
 * barua_undo:
 * @home: whose
 * @id: (nullable): the receipt's id; %NULL for the latest that was not undone
 * @error: %BARUA_EXPORT_ERROR_NOT_FOUND, %BARUA_EXPORT_ERROR_CHANGED when a file has
 *   changed since: nothing is changed then, and the message names the file;
 *   %G_FILE_ERROR
 *
 * Gives every file the content and mode it had, byte for byte, takes away files and
 * folders that were made (a folder only if it is empty), all or nothing. Of what was
 * undone, the latest twenty receipts are kept; of what was not, all.
 *
 * Returns: (transfer full) (nullable): the receipt: its keyring items and settings are
 *   the caller's to take back
 */
BaruaReceipt *barua_undo (const BaruaHome *home, const char *id, GError **error);

/**
 * barua_undo_files:
 * @home: whose
 * @id: (nullable): as for barua_undo()
 * @error: as for barua_undo()
 *
 * Like barua_undo(), and remembers that keyring items and settings are still to be taken
 * back.
 *
 * Returns: (transfer full) (nullable): the one that was undone
 */
BaruaUnsettled *barua_undo_files (const BaruaHome *home, const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaReceipt, barua_receipt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaUnsettled, barua_unsettled_free)

G_END_DECLS
