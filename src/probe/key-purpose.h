#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_key_purpose_is_server:
 * @der: (array length=length): a certificate (RFC 5280, 4.1), of which nothing is
 * believed
 * @length: how many bytes
 *
 * GIO takes a certificate that is meant for clients only from a server too, so this looks
 * at the extended key usage itself (RFC 5280, 4.2.1.12).
 *
 * Returns: whether it may be used by a server: it says so, says "any", or says nothing
 *   about it; %FALSE as well for what is no certificate
 */
gboolean barua_key_purpose_is_server (const guint8 *der, gsize length);

G_END_DECLS
