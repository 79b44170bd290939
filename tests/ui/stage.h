#pragma once

#include "support/resolver.h"
#include "ui/application.h"

G_BEGIN_DECLS

/**
 * TestStage:
 * @app: the program
 * @resolver: whoever is asked for names
 * @window: its window, open
 *
 * A whole program on the display of the test, without a network.
 */
typedef struct
{
  BaruaApplication *app;
  TestResolver *resolver;
  GtkWidget *window;
} TestStage;

/**
 * test_stage_open:
 * @self: a stage
 * @width: of the window in pixels, -1 for as wide as it likes
 * @height: the same of its height
 *
 * Starts the program and opens its window.
 */
void test_stage_open (TestStage *self, int width, int height);

/**
 * test_stage_close:
 * @self: an open stage
 *
 * Ends the program, and waits until its window is gone.
 */
void test_stage_close (TestStage *self);

/**
 * test_stage_watch:
 * @ms: how long, in milliseconds
 *
 * Lets the main loop run, for what shows by itself. What the machine gives to others, or
 * to nobody, is not counted.
 */
void test_stage_watch (guint ms);

/**
 * test_stage_find:
 * @from: where to look
 * @type: what for
 *
 * Returns: (transfer none) (nullable): the first widget of that type that can be seen
 */
GtkWidget *test_stage_find (GtkWidget *from, GType type);

/**
 * test_stage_is_gone:
 * @pointer: (type gpointer*): a weak pointer
 *
 * For test_loop_until().
 *
 * Returns: whether what it pointed to is gone
 */
gboolean test_stage_is_gone (gpointer pointer);

G_END_DECLS
