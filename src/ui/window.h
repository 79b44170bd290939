#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaWindow:
 *
 * The one window: it owns the pages, their order, and the buttons that lead back and on.
 * Its actions, for pages and menus:
 *
 * - "win.open" (path, address): begins a path of pages, for an address or for none ("").
 *   What was open stays behind it, and "win.back" leads there; for the same address,
 *   what was chosen there holds here too
 * - "win.next", "win.back", "win.home"
 * - "win.help": opens the help, at what tells of the page in view
 * - "win.menu": opens the primary menu
 */
#define BARUA_TYPE_WINDOW (barua_window_get_type ())
G_DECLARE_FINAL_TYPE (BaruaWindow, barua_window, BARUA, WINDOW, AdwApplicationWindow)

/**
 * barua_window_new:
 * @app: the application
 *
 * Returns: (transfer none): a window that shows the home page; the application holds it
 */
BaruaWindow *barua_window_new (AdwApplication *app);

G_END_DECLS
