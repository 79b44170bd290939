#pragma once

#include "export/plan.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barua_plan_rows_new:
 * @plan: what sets a mail program up
 * @home: whose files
 *
 * Returns: (transfer full) (element-type GtkWidget): rows of a list, floating: each
 * change with its difference, keyring items, commands, what will still be asked, and
 * notes
 */
GPtrArray *barua_plan_rows_new (const BaruaPlan *plan, const BaruaHome *home);

G_END_DECLS
