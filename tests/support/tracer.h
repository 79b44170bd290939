#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TestTracerWork:
 * @user_data: what was given with the function
 *
 * Returns: whether it could do what it was to do
 */
typedef gboolean (*TestTracerWork) (gpointer user_data);

/**
 * TestTracerDeed:
 * @TEST_TRACER_KILL: ends the process
 * @TEST_TRACER_FAIL: lets the system call fail, as with a full disk
 *
 * What is done to a process in the middle of its work.
 */
typedef enum
{
  TEST_TRACER_KILL,
  TEST_TRACER_FAIL,
} TestTracerDeed;

/**
 * TestTracerEnd:
 * @TEST_TRACER_DONE: it did its work
 * @TEST_TRACER_REFUSED: it could not, and said so
 * @TEST_TRACER_DEAD: it came to its end in between
 * @TEST_TRACER_UNTOUCHED: it did its work before the moment came
 * @TEST_TRACER_FORBIDDEN: the system does not allow processes to be traced
 *
 * How a process ended.
 */
typedef enum
{
  TEST_TRACER_DONE,
  TEST_TRACER_REFUSED,
  TEST_TRACER_DEAD,
  TEST_TRACER_UNTOUCHED,
  TEST_TRACER_FORBIDDEN,
} TestTracerEnd;

/**
 * test_tracer_can_fail:
 *
 * Returns: whether %TEST_TRACER_FAIL is known for this kind of processor
 */
gboolean test_tracer_can_fail (void);

/**
 * test_tracer_run:
 * @work: run in a process of its own
 * @user_data: passed to @work
 * @deed: what is done to it
 * @moment: when: before which system call, counted from 0. For %TEST_TRACER_KILL only
 *   those count that may change files: between two of these all is the same
 *
 * Runs some work and disturbs it at one moment.
 *
 * Returns: how it ended
 */
TestTracerEnd test_tracer_run (TestTracerWork work,
                               gpointer user_data,
                               TestTracerDeed deed,
                               guint moment);

G_END_DECLS
