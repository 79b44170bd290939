#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barua_focus_keep_visible:
 * @window: a window
 *
 * Lets the focus be seen for as long as somebody works with the keyboard: GTK hides it
 * three seconds after the last key. With the pointer it is hidden as everywhere.
 */
void barua_focus_keep_visible (GtkWindow *window);

G_END_DECLS
