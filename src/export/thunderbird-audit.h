#pragma once

#include "export/home.h"

G_BEGIN_DECLS

/**
 * barua_thunderbird_audit:
 * @home: whose
 * @faults: (element-type BaruaFault): gets what is wrong with the Gmail accounts in
 *   Thunderbird: servers to fetch from and to send through, and copies of what is sent
 *
 * Looks at the profile in use of each Thunderbird that ever ran here.
 */
void barua_thunderbird_audit (const BaruaHome *home, GPtrArray *faults);

G_END_DECLS
