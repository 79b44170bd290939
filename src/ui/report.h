#pragma once

#include "setup/journey.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barua_report_copy:
 * @from: a widget in the window
 * @check: (nullable): a finished check; held meanwhile
 *
 * Copies all that a helper needs, with nothing secret in it. It is written in a thread,
 * since it looks for many programs.
 */
void barua_report_copy (GtkWidget *from, BaruaCheck *check);

G_END_DECLS
