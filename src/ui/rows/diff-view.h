#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barua_diff_view_new:
 * @diff: a unified diff, printable
 *
 * Returns: (transfer floating): @diff in a monospace view that cannot be edited; what is
 *   added and taken away stands out by its sign and by a colour
 */
GtkWidget *barua_diff_view_new (const char *diff);

G_END_DECLS
