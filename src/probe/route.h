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

/**
 * barua_route_leads_to:
 * @address: where to
 *
 * Returns: whether the kernel itself knows a way for a connection to @address; whoever
 *   then says that there is none is somebody on the way
 */
gboolean barua_route_leads_to (GInetAddress *address);

G_END_DECLS
