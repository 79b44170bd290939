#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * barua_isync_old_words:
 *
 * (array zero-terminated=1): how encryption was set before SSLType. mbsync 1.4 refuses a
 * file that has any of them beside it, and without it speaks no version of TLS that is
 * not given.
 */
extern const char *const barua_isync_old_words[];

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
