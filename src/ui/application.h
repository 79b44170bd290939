#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaApplication:
 *
 * The window's program: one for each session, which the desktop may start over D-Bus.
 */
#define BARUA_TYPE_APPLICATION (barua_application_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaApplication, barua_application, BARUA, APPLICATION, AdwApplication)

/**
 * barua_application_new:
 *
 * Returns: (transfer full): the application, not running yet
 */
BaruaApplication *barua_application_new (void);

G_END_DECLS
