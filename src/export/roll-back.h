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
 * Takes away what is needed no more.
 */
void barua_roll_forward (const BaruaRecord *record);

G_END_DECLS
