#pragma once

#include "probe/evidence.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_inspector_find:
 * @chain: (element-type BaruaCertificate): what a server showed
 *
 * Returns: (transfer none) (nullable): the certificate whose issuer is known to open
 *   sealed connections: a virus scanner, a firewall, a debugging proxy; %NULL if none is
 */
const BaruaCertificate *barua_inspector_find (const GPtrArray *chain);

/**
 * barua_authority_is_public:
 * @certificate: a certificate
 *
 * Returns: whether its issuer calls itself by the name of a public authority of the web,
 *   as Google's own does. Anybody can call himself so: this only tells why a chain may
 *   not be trusted, never that it may
 */
gboolean barua_authority_is_public (const BaruaCertificate *certificate);

G_END_DECLS
