#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TEST_MEMORY_HELD_BACK:
 *
 * How many KiB more than asked for may be taken at worst because the address sanitizer
 * keeps back what was freed; 0 without it.
 */
#ifdef __SANITIZE_ADDRESS__
#define TEST_MEMORY_HELD_BACK (448 * 1024)
#else
#define TEST_MEMORY_HELD_BACK 0
#endif

/**
 * test_memory_mark:
 *
 * Forgets how much memory this process ever took, as the kernel counts it.
 *
 * Returns: how much it takes now, in KiB; for test_memory_get_growth()
 */
guint64 test_memory_mark (void);

/**
 * test_memory_get_growth:
 * @mark: what test_memory_mark() returned
 *
 * Returns: how much more it took since, at its most, in KiB
 */
guint64 test_memory_get_growth (guint64 mark);

G_END_DECLS
