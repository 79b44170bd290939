#pragma once

#include "account/address.h"
#include "oauth/token.h"
#include "setup/oauth-client.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaBrowserSignIn:
 *
 * One attempt to sign in at Google in the browser: a page to open, and an answer that
 * comes either over the loopback or by the person's hand. Used once.
 */
typedef struct _BaruaBrowserSignIn BaruaBrowserSignIn;

/**
 * barua_browser_sign_in_new:
 * @address: who signs in
 * @client: the registration to sign in with; copied
 * @error: a %G_IO_ERROR when no port of this machine could be had
 *
 * Listens for the answer from now on.
 *
 * Returns: (transfer full) (nullable): an attempt
 */
BaruaBrowserSignIn *barua_browser_sign_in_new (BaruaAddress *address,
                                               const BaruaClient *client,
                                               GError **error);

/**
 * barua_browser_sign_in_free:
 * @self: (transfer full): an attempt that is not waiting
 */
void barua_browser_sign_in_free (BaruaBrowserSignIn *self);

/**
 * barua_browser_sign_in_get_uri:
 * @self: an attempt
 *
 * Returns: the page of Google's to open; not for logs
 */
const char *barua_browser_sign_in_get_uri (const BaruaBrowserSignIn *self);

/**
 * barua_browser_sign_in_wait_async:
 * @self: an attempt; must outlive the wait
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Waits for the answer, ten minutes at most, changes it for tokens, and compares the
 * account that consented with the one that signs in.
 */
void barua_browser_sign_in_wait_async (BaruaBrowserSignIn *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/**
 * barua_browser_sign_in_wait_finish:
 * @result: what the callback was given
 * @error: %BARUA_OAUTH_ERROR, %G_IO_ERROR_CANCELLED, or an error of GIO's when Google
 * cannot be reached. The message of %BARUA_OAUTH_ERROR_OTHER_ACCOUNT is the other
 * account's address
 *
 * Returns: (transfer full) (nullable): the tokens, with a refresh token among them
 */
BaruaOauthToken *barua_browser_sign_in_wait_finish (GAsyncResult *result, GError **error);

/**
 * barua_browser_sign_in_paste:
 * @self: an attempt that was begun
 * @pasted: what a person copied from the browser's address line
 * @error: %BARUA_OAUTH_ERROR_PASTE when it is not the answer: the wait goes on
 *
 * Gives the answer by hand, where the browser runs on another machine. It has no effect
 * when there was an answer already.
 *
 * Returns: whether it was the answer, or came too late; the wait ends with what the first
 *   one says
 */
gboolean barua_browser_sign_in_paste (BaruaBrowserSignIn *self,
                                      const char *pasted,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaBrowserSignIn, barua_browser_sign_in_free)

G_END_DECLS
