#pragma once

#include "export/exporter.h"
#include "ui/trip.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaSaveRow:
 *
 * A kind of file that is saved to a folder of the person's choice, to be taken to another
 * machine.
 */
#define BARUA_TYPE_SAVE_ROW (barua_save_row_get_type ())
G_DECLARE_FINAL_TYPE (BaruaSaveRow, barua_save_row, BARUA, SAVE_ROW, AdwActionRow)

/**
 * barua_save_row_new:
 * @exporter: what is saved
 * @trip: whose account it is, and what was chosen for it when the row is pressed
 *
 * Returns: (transfer floating): a row
 */
BaruaSaveRow *barua_save_row_new (const BaruaExporter *exporter, BaruaTrip *trip);

G_END_DECLS
