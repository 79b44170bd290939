#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestHole:
 *
 * An address of this machine where nothing is ever answered, as behind a firewall that
 * drops packets: a socket whose queue is full.
 */
typedef struct _TestHole TestHole;

/**
 * test_hole_new:
 * @address: "127.0.0.1", "::1", "127.0.0.2"…
 * @port: which port, or 0 for any
 *
 * Returns: (transfer full): a hole
 */
TestHole *test_hole_new (const char *address, guint16 port);

/**
 * test_hole_free:
 * @self: (transfer full): a hole
 */
void test_hole_free (TestHole *self);

/**
 * test_hole_get_port:
 * @self: a hole
 *
 * Returns: its port
 */
guint16 test_hole_get_port (const TestHole *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestHole, test_hole_free)

G_END_DECLS
