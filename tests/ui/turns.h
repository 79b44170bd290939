#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * test_turns_watch:
 * @display_fd: the connection to the display
 *
 * From now on measures how long each turn of the default main context holds the loop:
 * from when it wakes up to when it waits again. Costs nothing while it waits.
 */
void test_turns_watch (int display_fd);

/**
 * test_turns_reset:
 *
 * Forgets what was measured so far.
 */
void test_turns_reset (void);

/**
 * test_turns_get_longest_ms:
 *
 * Returns: the longest turn since, in milliseconds. What the machine gave to other
 *   programs meanwhile does not count, nor the wait for the display; any other wait does
 */
double test_turns_get_longest_ms (void);

G_END_DECLS
