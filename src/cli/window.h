#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_window_open:
 *
 * Becomes the window's program, if it is installed and there is a display to show it on.
 *
 * Returns: (transfer full): only when that cannot be: a whole sentence, why
 */
char *barua_window_open (void);

/**
 * barua_window_has_display:
 *
 * Returns: whether there is a display on which a window, or a browser, could be opened
 */
gboolean barua_window_has_display (void);

G_END_DECLS
