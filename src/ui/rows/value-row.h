#pragma once

#include "export/sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barua_value_row_new:
 * @row: a name and a value; copied
 *
 * Returns: (transfer floating): a row of a list that shows both, with a button that
 * copies the value where it is to be filled in letter by letter
 */
GtkWidget *barua_value_row_new (const BaruaSheetRow *row);

G_END_DECLS
