#pragma once

#include "ui/programs.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaProgramRow:
 *
 * One mail program that can be chosen: its icon, its state, a switch, and, when it is
 * opened, all that would be done. Properties:
 *
 * - "chosen": whether it is to be set up
 */
#define BARUA_TYPE_PROGRAM_ROW (barua_program_row_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaProgramRow, barua_program_row, BARUA, PROGRAM_ROW, AdwExpanderRow)

/**
 * barua_program_row_new:
 * @exporter: the mail program
 *
 * Returns: (transfer floating): a row that knows nothing yet
 */
BaruaProgramRow *barua_program_row_new (const BaruaExporter *exporter);

/**
 * barua_program_row_get_exporter:
 * @self: a row
 *
 * Returns: the mail program
 */
const BaruaExporter *barua_program_row_get_exporter (BaruaProgramRow *self);

/**
 * barua_program_row_get_program:
 * @self: a row
 *
 * Returns: (nullable): what is known of it
 */
const BaruaProgram *barua_program_row_get_program (BaruaProgramRow *self);

/**
 * barua_program_row_set_program:
 * @self: a row
 * @program: (transfer full): what is known of it now
 * @hand_over: (nullable): what its plan was made with
 */
void barua_program_row_set_program (BaruaProgramRow *self,
                                    BaruaProgram *program,
                                    BaruaHandOver *hand_over);

/**
 * barua_program_row_get_chosen:
 * @self: a row
 *
 * Returns: whether it is to be set up
 */
gboolean barua_program_row_get_chosen (BaruaProgramRow *self);

/**
 * barua_program_row_set_chosen:
 * @self: a row
 * @chosen: whether it is to be set up
 */
void barua_program_row_set_chosen (BaruaProgramRow *self, gboolean chosen);

/**
 * barua_program_row_set_busy:
 * @self: a row
 * @busy: whether it is being set up
 */
void barua_program_row_set_busy (BaruaProgramRow *self, gboolean busy);

G_END_DECLS
