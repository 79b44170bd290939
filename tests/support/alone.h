#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * test_alone_begin:
 *
 * To be called by main() right after g_test_init(), before there is a second thread. In a
 * process that test_alone_run() started, takes it into a network of its own in which
 * nothing is up.
 */
void test_alone_begin (void);

/**
 * test_alone_run:
 *
 * Runs the test case that calls it once more, in a process of its own with a network of
 * its own; there it returns %TRUE, and the case goes on. Where the system does not allow
 * that, the case is skipped.
 *
 * Returns: whether this is that process; if not, the case has nothing more to do
 */
gboolean test_alone_run (void);

G_END_DECLS
