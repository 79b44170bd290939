#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaPostField:
 * @name: the field; the one without a name ends a list
 * @value: (nullable): its value; %NULL leaves the field out
 */
typedef struct
{
  const char *name;
  const char *value;
} BaruaPostField;

/**
 * BARUA_POST_MAX:
 *
 * The longest answer taken, in bytes. Google's have some 2,000.
 */
#define BARUA_POST_MAX 65536

/**
 * barua_post_async:
 * @uri: an https address; http for tests that play the endpoint on loopback
 * @fields: (array zero-terminated=1): the form; wiped after use as far as it is copied
 * @timeout_ms: how long it may take in all
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Posts a form with secrets in it. No redirect is followed, since a 307 would carry the
 * body on; no cookie is kept and nothing is logged.
 */
void barua_post_async (const char *uri,
                       const BaruaPostField *fields,
                       guint timeout_ms,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

/**
 * barua_post_finish:
 * @result: what the callback was given
 * @status: (out): the HTTP status
 * @error: an error of GIO's: %G_IO_ERROR_TIMED_OUT when the time is over,
 *   %G_IO_ERROR_MESSAGE_TOO_LARGE when the answer is longer than %BARUA_POST_MAX; or of
 *   %BARUA_OAUTH_ERROR when the server is not to be trusted, and nothing was sent
 *
 * Returns: (transfer full) (nullable): the body; its bytes are wiped with the last
 * reference
 */
GBytes *barua_post_finish (GAsyncResult *result, guint *status, GError **error);

G_END_DECLS
