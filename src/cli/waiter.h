#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaWaiter:
 *
 * Runs the main loop while a command waits for its answer, and ends the wait when the
 * person presses Ctrl-C, or the process is told to end.
 */
typedef struct _BaruaWaiter BaruaWaiter;

/**
 * barua_waiter_new:
 *
 * Returns: (transfer full): a waiter; from now on SIGINT, SIGTERM and SIGHUP (unless
 *   ignored, as nohup has it) end its wait and nothing else
 */
BaruaWaiter *barua_waiter_new (void);

/**
 * barua_waiter_free:
 * @self: (transfer full): a waiter; the signals do again what they did before
 */
void barua_waiter_free (BaruaWaiter *self);

/**
 * barua_waiter_get_cancellable:
 * @self: a waiter
 *
 * Returns: (transfer none): what is cancelled when the wait is to end
 */
GCancellable *barua_waiter_get_cancellable (BaruaWaiter *self);

/**
 * barua_waiter_run:
 * @self: a waiter
 *
 * Waits until barua_waiter_stop() is called. After a signal what is under way is given
 * half a second to end in order; a second signal ends the wait at once. May be called
 * again for something else, and returns at once once a signal came: nothing new is to be
 * started then.
 *
 * Returns: whether it was waited to the end; %FALSE when a signal came
 */
gboolean barua_waiter_run (BaruaWaiter *self);

/**
 * barua_waiter_stop:
 * @self: a waiter
 *
 * Says that what was waited for has come; to be called from its callback.
 */
void barua_waiter_stop (BaruaWaiter *self);

/**
 * barua_waiter_get_status:
 * @self: a waiter
 *
 * Returns: what the program is to exit with after a signal: 128 and its number, which is
 *   130 for Ctrl-C; 0 if none came
 */
int barua_waiter_get_status (const BaruaWaiter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaWaiter, barua_waiter_free)

G_END_DECLS
