#pragma once

#include "export/presence.h"
#include "setup/hand-over.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaProgram:
 * @presence: what is known of the mail program on this machine
 * @plan: (nullable): what sets it up; %NULL while that is not known
 * @error: (nullable): why it cannot be set up
 *
 * One mail program that can be chosen.
 */
typedef struct
{
  BaruaPresence *presence;
  BaruaPlan *plan;
  GError *error;
} BaruaProgram;

/**
 * barua_program_free:
 * @self: (transfer full): a program
 */
void barua_program_free (BaruaProgram *self);

/**
 * barua_programs_look_async:
 * @address: (nullable): whether it is set up in them
 * @hand_over: (nullable): what to plan with; %NULL looks only what is here
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Looks for all mail programs, and plans what sets each of them up, in a thread: that
 * reads the files of many programs.
 */
void barua_programs_look_async (const char *address,
                                BaruaHandOver *hand_over,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * barua_programs_look_finish:
 * @result: what the callback was given
 * @hand_over: (out) (transfer full) (nullable): what it was planned with; %NULL if
 * nothing was
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (element-type BaruaProgram) (nullable): one for each exporter,
 *   in their order
 */
GPtrArray *barua_programs_look_finish (GAsyncResult *result,
                                       BaruaHandOver **hand_over,
                                       GError **error);

/**
 * barua_programs_set_up_async:
 * @hand_over: what to set up with
 * @exporter: the mail program
 * @cancellable: (nullable): ends it while nothing is written yet
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Plans afresh, since files may have changed, and does it.
 */
void barua_programs_set_up_async (BaruaHandOver *hand_over,
                                  const BaruaExporter *exporter,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * barua_programs_set_up_finish:
 * @result: what the callback was given
 * @undo: (out) (transfer full) (nullable): what takes it back; %NULL if there was nothing
 *   to do
 * @error: as barua_hand_over_plan() and barua_hand_over_apply_finish() give it
 *
 * Returns: whether the program is set up
 */
gboolean barua_programs_set_up_finish (GAsyncResult *result, char **undo, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaProgram, barua_program_free)

G_END_DECLS
