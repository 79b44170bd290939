#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestCondition:
 * @user_data: what was given with the function
 *
 * Returns: whether what is waited for has happened
 */
typedef gboolean (*TestCondition) (gpointer user_data);

/**
 * test_loop_until:
 * @condition: what is waited for; looked at after each turn of the main context
 * @user_data: passed to @condition
 *
 * Turns the default main context until @condition holds. Ends the program with a message
 * after a minute. A condition that another thread brings about needs that thread to
 * call g_main_context_wakeup().
 */
void test_loop_until (TestCondition condition, gpointer user_data);

/**
 * test_loop_until_set:
 * @pointer: where something will be stored
 *
 * Turns the default main context until *@pointer is not %NULL.
 */
void test_loop_until_set (gpointer *pointer);

/**
 * test_loop_store:
 * @source: (nullable): not used
 * @result: the result
 * @user_data: a GAsyncResult **
 *
 * A GAsyncReadyCallback that keeps @result, for test_loop_until_set(). Fails if there is
 * one already: a callback comes once.
 */
void test_loop_store (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * test_loop_drain:
 *
 * Turns the default main context until nothing is ready any more.
 */
void test_loop_drain (void);

G_END_DECLS
