#pragma once

#include "base/secret.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaPasswordPanel:
 *
 * Where an app password is typed or pasted, in any form. It is never shown, and lives in
 * memory that is not swapped out. Signals:
 *
 * - "changed": something was typed
 */
#define BARUA_TYPE_PASSWORD_PANEL (barua_password_panel_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaPasswordPanel, barua_password_panel, BARUA, PASSWORD_PANEL, AdwBin)

/**
 * barua_password_panel_is_empty:
 * @self: a panel
 *
 * Returns: whether nothing was typed
 */
gboolean barua_password_panel_is_empty (BaruaPasswordPanel *self);

/**
 * barua_password_panel_is_doubtful:
 * @self: a panel
 *
 * Returns: whether what was typed is plainly no app password
 */
gboolean barua_password_panel_is_doubtful (BaruaPasswordPanel *self);

/**
 * barua_password_panel_dup_secret:
 * @self: a panel
 *
 * Returns: (transfer full): what was typed, normalized
 */
BaruaSecret *barua_password_panel_dup_secret (BaruaPasswordPanel *self);

/**
 * barua_password_panel_forget:
 * @self: a panel
 *
 * Wipes what was typed.
 */
void barua_password_panel_forget (BaruaPasswordPanel *self);

/**
 * barua_password_panel_focus:
 * @self: a panel
 *
 * Moves the focus to where the password is typed.
 */
void barua_password_panel_focus (BaruaPasswordPanel *self);

G_END_DECLS
