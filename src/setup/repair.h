#pragma once

#include "export/apply.h"
#include "export/exporter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaRepair:
 * @exporter: the mail program
 * @faults: (element-type BaruaFault): what is wrong in its settings, in the order of file
 *   and line; there is at least one
 * @plan: (nullable): what mends all that can be mended; %NULL with @error set
 * @error: (nullable): why that could not be planned
 *
 * What was found in the settings of one mail program.
 */
typedef struct
{
  const BaruaExporter *exporter;
  GPtrArray *faults;
  BaruaPlan *plan;
  GError *error;
} BaruaRepair;

/**
 * barua_repair_free:
 * @self: (transfer full): a repair
 */
void barua_repair_free (BaruaRepair *self);

/**
 * barua_repair_can_look:
 * @exporter: a mail program
 *
 * Returns: whether its settings can be looked through
 */
gboolean barua_repair_can_look (const BaruaExporter *exporter);

/**
 * barua_repair_look_async:
 * @home: whose settings
 * @exporters: (nullable) (element-type BaruaExporter): which mail programs; %NULL for all
 *   whose settings can be looked through
 * @cancellable: (nullable): ends it
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Looks through what is set for Gmail in mail programs. Takes back first what an earlier
 * run left half done, and changes nothing else.
 */
void barua_repair_look_async (const BaruaHome *home,
                              const GPtrArray *exporters,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * barua_repair_look_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, %G_FILE_ERROR, %BARUA_EXPORT_ERROR
 *
 * Returns: (transfer full) (element-type BaruaRepair) (nullable): the mail programs in
 *   whose settings something is wrong; empty if all is well
 */
GPtrArray *barua_repair_look_finish (GAsyncResult *result, GError **error);

/**
 * barua_repair_apply_async:
 * @home: whose settings
 * @repair: what is mended; its plan is not to be used until the end, nor is it to be
 *   freed
 * @cancellable: (nullable): ends it before it begins; then it is done to the end
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Mends what can be mended, all or nothing. Can be undone.
 */
void barua_repair_apply_async (const BaruaHome *home,
                               BaruaRepair *repair,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_repair_apply_finish:
 * @result: what the callback was given
 * @left: (out): how many faults there still are
 * @error: %G_IO_ERROR_CANCELLED, %BARUA_EXPORT_ERROR, %G_FILE_ERROR; nothing was changed
 *   then
 *
 * Returns: (transfer full) (nullable): the id to undo it with; %NULL with @error set, or
 *   without where nothing can be mended
 */
char *barua_repair_apply_finish (GAsyncResult *result, guint *left, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaRepair, barua_repair_free)

G_END_DECLS
