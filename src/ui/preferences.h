#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaPreferences:
 *
 * What a person can choose: the Google client for signing in in the browser, and how long
 * a check may take. Everything is kept as soon as it is typed.
 */
#define BARUA_TYPE_PREFERENCES (barua_preferences_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaPreferences, barua_preferences, BARUA, PREFERENCES, AdwPreferencesWindow)

/**
 * barua_preferences_new:
 * @parent: the window that it belongs to
 *
 * Returns: (transfer full): the window
 */
BaruaPreferences *barua_preferences_new (GtkWindow *parent);

/**
 * barua_preferences_get_time_limit_ms:
 *
 * Returns: the longest a check may take, in milliseconds, as the person chose; 0 for the
 *   usual
 */
guint barua_preferences_get_time_limit_ms (void);

G_END_DECLS
