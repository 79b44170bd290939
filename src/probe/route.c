#include "config.h"

#include "probe/route.h"

/* Google's public name servers: addresses that any routing policy takes for the internet,
 * as it takes those of the mail servers. */
#define FAR_IPV4 "8.8.8.8"
#define FAR_IPV6 "2001:4860:4860::8888"
#define FAR_PORT 443

/* Sends nothing. Returns: (transfer full) (nullable): a socket that is connected there.
 */
static GSocket *
point_to (GSocketAddress *address)
{
  g_autoptr (GSocket) socket =
    g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_DATAGRAM,
                  G_SOCKET_PROTOCOL_UDP, NULL);

  if (socket == NULL || !g_socket_connect (socket, address, NULL, NULL))
    return NULL;
  return g_steal_pointer (&socket);
}

gboolean
barua_route_exists (GSocketFamily family)
{
  g_autoptr (GSocketAddress) far = g_inet_socket_address_new_from_string (
    family == G_SOCKET_FAMILY_IPV6 ? FAR_IPV6 : FAR_IPV4, FAR_PORT);
  g_autoptr (GSocketAddress) near = NULL;
  g_autoptr (GSocket) socket = point_to (far);
  GInetAddress *own = NULL;

  if (socket == NULL)
    return FALSE;
  near = g_socket_get_local_address (socket, NULL);
  if (near == NULL)
    return FALSE;
  /* Where there is no DHCP server a machine gives itself an address for its own link, and
   * a route to everywhere that leads nowhere (RFC 3927). */
  own = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (near));
  return !g_inet_address_get_is_link_local (own) && !g_inet_address_get_is_any (own) &&
         !g_inet_address_get_is_loopback (own);
}

gboolean
barua_route_leads_to (GInetAddress *address)
{
  g_autoptr (GSocketAddress) there = g_inet_socket_address_new (address, FAR_PORT);
  g_autoptr (GSocket) socket = point_to (there);

  /* A datagram may go to a group of hosts, a connection may not. */
  return socket != NULL && !g_inet_address_get_is_multicast (address);
}
