#pragma once

#include "probe/surroundings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_page_ask_async:
 * @url: a page over http that answers "204 No Content"
 * @timeout_ms: how long it may take in all
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Asks for one page, directly: no proxy, no redirect, no cookie, no body.
 */
void barua_page_ask_async (const char *url,
                           guint timeout_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * barua_page_ask_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): surroundings in which all that the page tells is
 *   filled in
 */
BaruaSurroundings *barua_page_ask_finish (GAsyncResult *result, GError **error);

/**
 * barua_page_read_answer:
 * @surroundings: takes what the answer tells
 * @status: the status code
 * @location: (nullable): where a redirect leads
 * @date: (nullable): the Date header
 * @has_body: whether there is more than an empty body
 * @now: this machine's clock, in seconds since 1970
 *
 * What an answer means. Pure.
 */
void barua_page_read_answer (BaruaSurroundings *surroundings,
                             guint status,
                             const char *location,
                             const char *date,
                             gboolean has_body,
                             gint64 now);

G_END_DECLS
