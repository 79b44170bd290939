#pragma once

#include "setup/journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaServiceRow:
 *
 * One endpoint of Gmail's while it is probed and after: what is going on, what came out,
 * and all details when the row is opened.
 */
#define BARUA_TYPE_SERVICE_ROW (barua_service_row_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaServiceRow, barua_service_row, BARUA, SERVICE_ROW, AdwExpanderRow)

/**
 * barua_service_row_new:
 * @service: the endpoint; constant
 *
 * Returns: (transfer floating): a row that waits
 */
BaruaServiceRow *barua_service_row_new (const BaruaService *service);

/**
 * barua_service_row_is_for:
 * @self: a row
 * @service: an endpoint
 *
 * Returns: whether the row is for that endpoint
 */
gboolean barua_service_row_is_for (BaruaServiceRow *self, const BaruaService *service);

/**
 * barua_service_row_begin:
 * @self: a row
 *
 * Says that the endpoint is being probed from now on.
 */
void barua_service_row_begin (BaruaServiceRow *self);

/**
 * barua_service_row_step:
 * @self: a row
 * @evidence: what was seen so far
 * @step: the step that has just ended
 */
void barua_service_row_step (BaruaServiceRow *self,
                             const BaruaEvidence *evidence,
                             const BaruaStep *step);

/**
 * barua_service_row_stop:
 * @self: a row
 *
 * Says that it was not waited for the end.
 */
void barua_service_row_stop (BaruaServiceRow *self);

/**
 * barua_service_row_finish:
 * @self: a row
 * @check: the finished check; held
 *
 * Shows what came out for the endpoint, if the check has it.
 */
void barua_service_row_finish (BaruaServiceRow *self, BaruaCheck *check);

G_END_DECLS
