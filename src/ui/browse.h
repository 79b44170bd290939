#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barua_browse_open:
 * @from: a widget in the window
 * @uri: a page
 *
 * Opens a page in the person's browser. Where there is none, the page's address is
 * copied, and the person is told.
 */
void barua_browse_open (GtkWidget *from, const char *uri);

/**
 * barua_browse_copy:
 * @from: a widget in the window
 * @text: what to copy
 * @said: a short translated sentence without a stop, for the toast
 */
void barua_browse_copy (GtkWidget *from, const char *text, const char *said);

G_END_DECLS
