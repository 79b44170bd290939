#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * barua_git_list_files:
 * @home: where
 *
 * Returns: (transfer full) (element-type utf8): the person's files of settings, there or
 *   not: the two that git looks for, the one that holds first; then those which they
 *   include in every repository
 */
GPtrArray *barua_git_list_files (const BaruaHome *home);

/**
 * barua_git_audit:
 * @home: where
 * @faults: (element-type BaruaFault): gets what is wrong in what is set up for Gmail
 *
 * Looks through what git sends patches with.
 */
void barua_git_audit (const BaruaHome *home, GPtrArray *faults);

G_END_DECLS
