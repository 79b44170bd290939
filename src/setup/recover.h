#pragma once

#include "export/home.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_recover_async:
 * @home: whose
 * @cancellable: (nullable): ends it between two things that are taken back
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes back what a process that is no more has left half done: files, keyring items and
 * settings. To be called before anything is planned.
 */
void barua_recover_async (const BaruaHome *home,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/**
 * barua_recover_finish:
 * @result: what the callback was given
 * @left: (out) (optional) (nullable): %BARUA_CREDENTIALS_ERROR: why keyring items could
 *   not be taken back, as when the keyring stays locked. It is tried again next time;
 *   until then nobody is to change the keyring
 * @error: %G_FILE_ERROR, %BARUA_EXPORT_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type BaruaReceipt) (nullable): what was taken back,
 *   the latest first; no file is half done any more. %NULL with @error set
 */
GPtrArray *barua_recover_finish (GAsyncResult *result, GError **left, GError **error);

G_END_DECLS
