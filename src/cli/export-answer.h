#pragma once

#include "cli/output.h"
#include "setup/hand-over.h"

G_BEGIN_DECLS

/**
 * BaruaExportAnswer:
 * @exporter: the mail program
 * @plan: (nullable): what was planned for it; %NULL with @error set
 * @code: (nullable): what the QR code says that is shown in place of files
 * @applied: whether it was done
 * @undo: (nullable): the id to undo it with
 * @error: (nullable): why it could not be planned or done
 *
 * What came of setting up one mail program.
 */
typedef struct
{
  const BaruaExporter *exporter;
  BaruaPlan *plan;
  char *code;
  gboolean applied;
  char *undo;
  GError *error;
} BaruaExportAnswer;

/**
 * barua_export_answer_free:
 * @self: (transfer full): an answer
 */
void barua_export_answer_free (BaruaExportAnswer *self);

/**
 * barua_export_answer_add_json:
 * @self: an answer
 * @hand_over: what it was done with
 * @builder: gets one object
 */
void barua_export_answer_add_json (const BaruaExportAnswer *self,
                                   const BaruaHandOver *hand_over,
                                   JsonBuilder *builder);

/**
 * barua_export_answer_add_text:
 * @self: an answer without an error
 * @hand_over: what it was done with
 * @output: gets what was done or, with the very changes, what would be
 */
void barua_export_answer_add_text (const BaruaExportAnswer *self,
                                   const BaruaHandOver *hand_over,
                                   BaruaOutput *output);

G_END_DECLS
