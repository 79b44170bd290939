#pragma once

#include "account/address.h"
#include "setup/keep.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaBrowserPanel:
 *
 * Signing in at Google in the browser: asks for a client where none is known, opens the
 * page, waits for the answer, and takes it by hand where the browser runs elsewhere.
 * Signals:
 *
 * - "changed": something was typed
 */
#define BARUA_TYPE_BROWSER_PANEL (barua_browser_panel_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaBrowserPanel, barua_browser_panel, BARUA, BROWSER_PANEL, AdwBin)

/**
 * barua_browser_panel_look:
 * @self: a panel
 *
 * Looks whether a Google client is known, and shows what is to be done.
 *
 * Returns: whether one is known
 */
gboolean barua_browser_panel_look (BaruaBrowserPanel *self);

/**
 * barua_browser_panel_is_ready:
 * @self: a panel
 *
 * Returns: whether there is a client, known or typed in
 */
gboolean barua_browser_panel_is_ready (BaruaBrowserPanel *self);

/**
 * barua_browser_panel_get_client_id:
 * @self: a panel that has signed in
 *
 * Returns: (nullable): the client that the tokens were given to
 */
const char *barua_browser_panel_get_client_id (BaruaBrowserPanel *self);

/**
 * barua_browser_panel_sign_in_async:
 * @self: a panel that is ready
 * @address: who signs in
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Opens Google's page, and waits for the answer. A client that was typed in is
 * remembered.
 */
void barua_browser_panel_sign_in_async (BaruaBrowserPanel *self,
                                        BaruaAddress *address,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * barua_browser_panel_sign_in_finish:
 * @self: a panel
 * @result: what the callback was given
 * @error: as barua_browser_sign_in_wait_finish() and barua_client_save() give it
 *
 * Returns: (transfer full) (nullable): the tokens
 */
BaruaOauthToken *barua_browser_panel_sign_in_finish (BaruaBrowserPanel *self,
                                                     GAsyncResult *result,
                                                     GError **error);

G_END_DECLS
