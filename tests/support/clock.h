#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * test_clock_get_us:
 *
 * A clock for what may take only so long, which stands still while the machine gives this
 * thread no time: while others have the processors, and while all of it is held. For that
 * a second thread sleeps for moments, and sees by how much it wakes up too late; it is
 * started by the first call.
 *
 * Returns: microseconds, of which only differences mean something
 */
gint64 test_clock_get_us (void);

/**
 * test_clock_get_lost_us:
 *
 * Returns: the microseconds by which test_clock_get_us() has fallen behind the monotonic
 *   clock
 */
gint64 test_clock_get_lost_us (void);

G_END_DECLS
