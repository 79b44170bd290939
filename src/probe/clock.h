#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaClockState:
 * @BARUA_CLOCK_RUNNING: there is time
 * @BARUA_CLOCK_STEP_OVER: the step took too long
 * @BARUA_CLOCK_ALL_OVER: everything together took too long, or was told to hurry
 * @BARUA_CLOCK_CANCELLED: the person ended it
 *
 * Whether there is still time.
 */
typedef enum
{
  BARUA_CLOCK_RUNNING,
  BARUA_CLOCK_STEP_OVER,
  BARUA_CLOCK_ALL_OVER,
  BARUA_CLOCK_CANCELLED,
} BaruaClockState;

/**
 * BaruaClock:
 *
 * Two deadlines, for a step and for the whole, and the caller's own cancelling, in one
 * cancellable: who waits for I/O needs to watch nothing else, and asks afterwards what it
 * was.
 */
typedef struct _BaruaClock BaruaClock;

/**
 * barua_clock_new:
 * @step_ms: the longest a step may take
 * @total_ms: the longest everything may take
 * @cancellable: (nullable): the caller's
 * @hurry: (nullable): ends it as if @total_ms were over
 *
 * Starts the clock for the whole in the thread-default main context. The clock for steps
 * stands until barua_clock_start_step().
 *
 * Returns: (transfer full): a running clock
 */
BaruaClock *barua_clock_new (guint step_ms,
                             guint total_ms,
                             GCancellable *cancellable,
                             GCancellable *hurry);

/**
 * barua_clock_free:
 * @self: (transfer full): a clock
 */
void barua_clock_free (BaruaClock *self);

/**
 * barua_clock_get_cancellable:
 * @self: a clock
 *
 * Returns: (transfer none): what is cancelled as soon as the state is not
 *   %BARUA_CLOCK_RUNNING any more
 */
GCancellable *barua_clock_get_cancellable (const BaruaClock *self);

/**
 * barua_clock_get_state:
 * @self: a clock
 *
 * Returns: whether there is still time; the first cause that ended it stays, but that the
 *   caller cancelled goes before all
 */
BaruaClockState barua_clock_get_state (const BaruaClock *self);

/**
 * barua_clock_start_step:
 * @self: a clock
 *
 * Begins a step, with the whole of a step's time.
 */
void barua_clock_start_step (BaruaClock *self);

/**
 * barua_clock_stop_step:
 * @self: a clock
 *
 * Lets the clock for steps stand.
 */
void barua_clock_stop_step (BaruaClock *self);

/**
 * barua_clock_get_step_ms:
 * @self: a clock
 *
 * Returns: how long ago the step began, in milliseconds
 */
gint64 barua_clock_get_step_ms (const BaruaClock *self);

/**
 * barua_clock_get_ms:
 * @self: a clock
 *
 * Returns: how long ago @self was made, in milliseconds
 */
gint64 barua_clock_get_ms (const BaruaClock *self);

/**
 * barua_clock_get_remaining_ms:
 * @self: a clock
 *
 * Returns: how much is left of the time for everything, in milliseconds
 */
guint barua_clock_get_remaining_ms (const BaruaClock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaClock, barua_clock_free)

G_END_DECLS
