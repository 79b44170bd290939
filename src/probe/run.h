#pragma once

#include "base/redact.h"
#include "probe/clock.h"
#include "probe/evidence.h"
#include "probe/probe.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaRun:
 * @setup: what to try; its login, trust and hurry are references of its own, its errand a
 *   copy
 * @cancellable: (nullable): the caller's
 * @clock: keeps the time of the conversation
 * @redactor: knows the login's secret
 * @evidence: what has been seen so far
 * @errand: what @setup's errand points to
 * @kept: (nullable): the connection that was signed in, where it was to be kept
 * @told: how many steps the caller has been told about
 *
 * What the parts of one probe share. Reference counted.
 */
typedef struct
{
  BaruaProbeSetup setup;
  GCancellable *cancellable;
  BaruaClock *clock;
  BaruaRedactor *redactor;
  BaruaEvidence *evidence;
  BaruaErrand errand;
  GIOStream *kept;
  guint told;
} BaruaRun;

/**
 * barua_run_new:
 * @setup: what to try
 * @cancellable: (nullable): the caller's
 *
 * Returns: (transfer full): a run whose clock runs
 */
BaruaRun *barua_run_new (const BaruaProbeSetup *setup, GCancellable *cancellable);

/**
 * barua_run_ref:
 * @self: a run
 *
 * Returns: (transfer full): @self
 */
BaruaRun *barua_run_ref (BaruaRun *self);

/**
 * barua_run_unref:
 * @self: (transfer full): a run
 */
void barua_run_unref (BaruaRun *self);

/**
 * barua_run_add_step:
 * @self: a run
 * @stage: which part
 * @outcome: how it ended
 *
 * Records a step that took as long as the clock says.
 *
 * Returns: (transfer none): the step, to be filled further before it is told
 */
BaruaStep *barua_run_add_step (BaruaRun *self, BaruaStage stage, BaruaOutcome outcome);

/**
 * barua_run_add_failure:
 * @self: a run
 * @stage: which part
 * @error: (nullable): what GIO said; %NULL for the end of the stream
 *
 * Records a step that I/O ended: as out of time, closed or failed, whichever clock and
 * @error say. A run that the caller cancelled records nothing.
 *
 * Returns: (transfer none) (nullable): the step, to be filled further before it is told
 */
BaruaStep *barua_run_add_failure (BaruaRun *self, BaruaStage stage, const GError *error);

/**
 * barua_run_tell:
 * @self: a run
 *
 * Tells the caller about each step that is not yet told.
 */
void barua_run_tell (BaruaRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaRun, barua_run_unref)

G_END_DECLS
