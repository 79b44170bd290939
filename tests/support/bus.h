#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * test_bus_connect:
 * @address: a bus
 *
 * Returns: (transfer full): a connection of its own
 */
GDBusConnection *test_bus_connect (const char *address);

/**
 * test_bus_take_name:
 * @connection: to a bus
 * @name: the name of a service, which nobody has
 *
 * Waits until @connection has that name.
 */
void test_bus_take_name (GDBusConnection *connection, const char *name);

G_END_DECLS
