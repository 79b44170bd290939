#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_diff_new:
 * @name: what both files are called
 * @before: (nullable): what the file holds; %NULL if there is none
 * @after: (nullable): what it will hold; %NULL if it goes
 * @context: how many lines are shown around each change
 *
 * Compares two texts line by line. Takes time and memory in proportion to their length
 * and the number of lines that differ; where nearly all differ, the whole text is shown
 * as replaced.
 *
 * Returns: (transfer full): a unified diff (POSIX, diff -u) in printable UTF-8, empty
 *   where nothing differs. Line ends other than "\n" are shown as such
 */
char *barua_diff_new (const char *name, GBytes *before, GBytes *after, guint context);

G_END_DECLS
