#pragma once

#include "cli/output.h"
#include "export/plan.h"

G_BEGIN_DECLS

/**
 * barua_preview_add_changes:
 * @output: gets a line or several for each thing that is done
 * @changes: (element-type BaruaChange): what is done; commands for the person are left
 * out
 * @home: whose
 * @with_diff: whether the very changes of files are shown
 */
void barua_preview_add_changes (BaruaOutput *output,
                                const GPtrArray *changes,
                                const BaruaHome *home,
                                gboolean with_diff);

G_END_DECLS
