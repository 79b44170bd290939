#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * barua_fault_dup_what:
 * @self: a fault
 *
 * Returns: (transfer full): what is wrong, as one translated sentence
 */
char *barua_fault_dup_what (const BaruaFault *self);

/**
 * barua_fault_dup_where:
 * @self: a fault
 * @home: whose
 *
 * Returns: (transfer full): the file, and the line if that says something; translated
 */
char *barua_fault_dup_where (const BaruaFault *self, const BaruaHome *home);

G_END_DECLS
