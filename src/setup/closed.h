#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * barua_closed_check:
 * @exporter: a mail program
 * @home: whose files are to be written
 * @error: %BARUA_EXPORT_ERROR_RUNNING
 *
 * Returns: whether the program's files can be written: it is closed, or it need not be
 */
gboolean
barua_closed_check (const BaruaExporter *exporter, const BaruaHome *home, GError **error);

G_END_DECLS
