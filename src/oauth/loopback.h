#pragma once

#include "base/secret.h"
#include "oauth/request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BARUA_LOOPBACK_SECONDS:
 *
 * How long the answer of the browser is waited for, if nothing else is said.
 */
#define BARUA_LOOPBACK_SECONDS 600

/**
 * BaruaLoopback:
 *
 * Waits on 127.0.0.1 for the browser to bring the answer (RFC 8252, 7.3). It answers one
 * request, the honest one: others, with a wrong path, method, Host (DNS rebinding) or
 * state, are refused and change nothing.
 */
typedef struct _BaruaLoopback BaruaLoopback;

/**
 * barua_loopback_new:
 * @error: a %G_IO_ERROR when no port could be had
 *
 * Listens on 127.0.0.1, on a port that the system chooses, until it is freed.
 *
 * Returns: (transfer full) (nullable): a listener
 */
BaruaLoopback *barua_loopback_new (GError **error);

/**
 * barua_loopback_free:
 * @self: (transfer full): a listener; its port is closed
 */
void barua_loopback_free (BaruaLoopback *self);

/**
 * barua_loopback_get_redirect_uri:
 * @self: a listener
 *
 * Returns: the address for barua_oauth_request_new(): "http://127.0.0.1:40123"
 */
const char *barua_loopback_get_redirect_uri (const BaruaLoopback *self);

/**
 * barua_loopback_wait_async:
 * @self: a listener; used for one request only, must outlive the wait
 * @request: which answer is waited for; must outlive the wait
 * @seconds: how long
 * @cancellable: (nullable): ends the wait at once
 * @callback: called in the thread-default main context, when the browser has its page
 * @user_data: passed to @callback
 *
 * Waits for the answer to @request.
 */
void barua_loopback_wait_async (BaruaLoopback *self,
                                const BaruaOauthRequest *request,
                                guint seconds,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * barua_loopback_wait_finish:
 * @result: what the callback was given
 * @error: %BARUA_OAUTH_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the code, to be changed for a token
 */
BaruaSecret *barua_loopback_wait_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaLoopback, barua_loopback_free)

G_END_DECLS
