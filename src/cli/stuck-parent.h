#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_stuck_parent_watch:
 *
 * Claws Mail starts a tunnel from a process in between, which ends at once and is waited
 * for. It ends with exit(), from a copy of a program with several threads: where another
 * thread held the lock of the X display at that moment, it waits for ever, and Claws Mail
 * with it (seen with 4.1.1). If this process is such a tunnel and the one in between is
 * still there after a while, it is ended. Nothing is done to any other parent. To be
 * called before the main loop runs.
 *
 * Returns: the id of the source that looks after it; 0 where there is nothing to look
 *   after
 */
guint barua_stuck_parent_watch (void);

G_END_DECLS
