#pragma once

#include "export/exporter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barua_program_icon_set:
 * @image: where to
 * @icon: (nullable): the name of an icon, or the path of one
 * @can: what the mail program can do
 *
 * Shows a mail program's own icon; where there is none, one for programs with a window,
 * or for those of the terminal.
 */
void barua_program_icon_set (GtkImage *image, const char *icon, BaruaExports can);

G_END_DECLS
