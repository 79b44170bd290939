#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * barua_isync_find_file:
 * @home: whose
 *
 * Returns: (transfer full): mbsync's configuration, there or not
 */
char *barua_isync_find_file (const BaruaHome *home);

/**
 * barua_isync_audit:
 * @home: whose
 * @faults: (element-type BaruaFault): gets what is set wrongly for Gmail
 *
 * Looks at every account.
 */
void barua_isync_audit (const BaruaHome *home, GPtrArray *faults);

G_END_DECLS
