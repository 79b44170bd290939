#pragma once

#include "diagnose/explain.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_explain_bytes_async:
 * @bytes: any text
 * @cancellable: (nullable): ends it soon
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Says what a text means, in a thread of its own.
 */
void barua_explain_bytes_async (GBytes *bytes,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * barua_explain_file_async:
 * @file: a file with any text, of any length; read in parts
 * @cancellable: (nullable): ends it soon
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Says what the text in a file means, in a thread of its own. Ended by
 * barua_explain_bytes_finish().
 */
void barua_explain_file_async (GFile *file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_explain_bytes_finish:
 * @result: what the callback was given
 * @error: a %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what the text says
 */
BaruaExplanation *barua_explain_bytes_finish (GAsyncResult *result, GError **error);

G_END_DECLS
