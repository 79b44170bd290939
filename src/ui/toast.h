#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * barua_toast_show:
 * @from: a widget in the window
 * @toast: (transfer full): a small confirmation
 *
 * Shows @toast in the window that @from is in.
 */
void barua_toast_show (GtkWidget *from, AdwToast *toast);

/**
 * barua_toast_say:
 * @from: a widget in the window
 * @text: a short translated sentence without a stop
 */
void barua_toast_say (GtkWidget *from, const char *text);

G_END_DECLS
