#pragma once

#include "export/record.h"

G_BEGIN_DECLS

/**
 * barua_undo_lock:
 * @home: whose
 * @error: %G_FILE_ERROR
 *
 * Makes sure that nobody else applies or undoes changes of this person at the same time.
 *
 * Returns: a descriptor to close(); -1 with @error set
 */
int barua_undo_lock (const BaruaHome *home, GError **error);

/**
 * barua_roll_back:
 * @record: something under way, or left half done
 *
 * Puts every file back, and takes away folders that were made.
 *
 * Returns: whether all is as it was before
 */
gboolean barua_roll_back (const BaruaRecord *record);

/**
 * barua_roll_forward:
 * @record: something whose receipt is in its place
 *
 * Takes away what is needed no more. For something undone it notes that keyring items
 * and settings, where there are any, are still to be taken back.
 */
void barua_roll_forward (const BaruaRecord *record);

/**
 * barua_unsettled_new:
 * @lock: (transfer full): what barua_undo_lock() gave
 *
 * Returns: (transfer full): nothing that was taken back yet
 */
BaruaUnsettled *barua_unsettled_new (int lock);

/**
 * barua_unsettled_add:
 * @self: what was taken back
 * @record: (transfer full): one more, whose files are
 */
void barua_unsettled_add (BaruaUnsettled *self, BaruaRecord *record);

/**
 * barua_unsettled_sort:
 * @self: what was taken back
 *
 * Puts the latest first.
 */
void barua_unsettled_sort (BaruaUnsettled *self);

G_END_DECLS
