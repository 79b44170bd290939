#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * barua_claws_mail_audit:
 * @home: where
 * @faults: (element-type BaruaFault): gets what is wrong in what is set up for Gmail
 */
void barua_claws_mail_audit (const BaruaHome *home, GPtrArray *faults);

G_END_DECLS
