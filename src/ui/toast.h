#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * barua_toast_new:
 * @from: a widget in the window that will show it
 * @text: what is confirmed, translated; plain text, of any length
 * @button: (nullable): what its button says, translated, with its mnemonic
 *
 * Returns: (transfer full): a toast that shows the whole of @text, however narrow the
 *   window is and however large its letters are
 */
AdwToast *barua_toast_new (GtkWidget *from, const char *text, const char *button);

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
 * @text: a short translated sentence without a stop, or why something failed
 *
 * Shows @text for a moment in the window that @from is in.
 */
void barua_toast_say (GtkWidget *from, const char *text);

G_END_DECLS
