#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_session_guard_add:
 * @connection: to the bus
 *
 * Sees to it that libsecret, which takes the public key in the answer to OpenSession for
 * bytes without looking, is given bytes: none for anything else, which it refuses.
 *
 * Returns: what barua_session_guard_remove() takes
 */
guint barua_session_guard_add (GDBusConnection *connection);

/**
 * barua_session_guard_remove:
 * @connection: to the bus
 * @guard: what barua_session_guard_add() gave
 */
void barua_session_guard_remove (GDBusConnection *connection, guint guard);

G_END_DECLS
