#pragma once

#include "setup/journey.h"

G_BEGIN_DECLS

/**
 * BaruaProgressLines:
 *
 * Shows on the terminal how far a check has come, one line for each service, and takes
 * the lines away again when it is over. Shows nothing where nobody sees it.
 */
typedef struct _BaruaProgressLines BaruaProgressLines;

/**
 * barua_progress_lines_new:
 * @journey: whose checks to follow; held
 * @protocols: which services are checked: bits, 1 << BARUA_PROTOCOL_SMTP…; 0 for all
 *
 * Returns: (transfer full): lines on standard error
 */
BaruaProgressLines *barua_progress_lines_new (BaruaJourney *journey, guint protocols);

/**
 * barua_progress_lines_free:
 * @self: (transfer full): lines; they are taken away
 */
void barua_progress_lines_free (BaruaProgressLines *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaProgressLines, barua_progress_lines_free)

G_END_DECLS
