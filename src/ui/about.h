#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * barua_about_show:
 * @parent: (nullable): the window that it belongs to
 *
 * Shows who made the program, its version and licence, and what a helper needs to know of
 * this machine.
 */
void barua_about_show (GtkWindow *parent);

G_END_DECLS
