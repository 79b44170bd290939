#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * barua_git_audit:
 * @home: where
 * @faults: (element-type BaruaFault): gets what is wrong in what is set up for Gmail
 *
 * Looks through what git sends patches with.
 */
void barua_git_audit (const BaruaHome *home, GPtrArray *faults);

G_END_DECLS
