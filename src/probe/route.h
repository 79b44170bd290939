#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_route_exists:
 * @family: IPv4 or IPv6
 *
 * Looks whether the kernel knows a way to the internet in that family, with a source
 * address that is good for more than this link. A UDP socket is connected for it, which
 * sends nothing.
 *
 * Returns: whether there is a way out
 */
gboolean barua_route_exists (GSocketFamily family);

G_END_DECLS
