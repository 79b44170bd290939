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
 * @error: %G_FILE_ERROR, %BARUA_EXPORT_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether no file is half done any more
 */
gboolean barua_recover_finish (GAsyncResult *result, GError **error);

G_END_DECLS
