#pragma once

#include "probe/evidence.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BARUA_TLS_CHAIN_MAX:
 *
 * The most certificates of a chain that are kept.
 */
#define BARUA_TLS_CHAIN_MAX 10

/**
 * BARUA_TLS_NAMES_MAX:
 *
 * The most DNS names of a certificate that are kept. All of them are looked at.
 */
#define BARUA_TLS_NAMES_MAX 100

/**
 * barua_tls_facts_new_from_connection:
 * @connection: a client's connection whose handshake has ended, well or badly
 * @host: the name that the certificate must carry
 *
 * Takes down what the server showed. %G_TLS_CERTIFICATE_BAD_IDENTITY is set where GIO or
 * barua_tls_names_match() says so, %G_TLS_CERTIFICATE_GENERIC_ERROR where GIO or
 * barua_key_purpose_is_server() does.
 *
 * Returns: (transfer full) (nullable): the facts; %NULL if it never came to a certificate
 */
BaruaTlsFacts *barua_tls_facts_new_from_connection (GTlsConnection *connection,
                                                    const char *host);

/**
 * barua_certificate_new:
 * @certificate: a certificate, of which nothing is believed
 *
 * Returns: (transfer full): what it says of itself
 */
BaruaCertificate *barua_certificate_new (GTlsCertificate *certificate);

/**
 * barua_tls_names_match:
 * @names: (element-type GBytes) (nullable): the DNS names of a certificate
 * @host: the name wanted; ASCII, no final dot
 *
 * RFC 9525, 6.3: whole names, letter case aside; "*" stands for exactly the whole
 * left-most label and for nothing else; a CN counts for nothing.
 *
 * Returns: whether the certificate is for @host
 */
gboolean barua_tls_names_match (const GPtrArray *names, const char *host);

/**
 * barua_tls_name_dup_part:
 * @name: a distinguished name as text (RFC 4514)
 * @type: which attribute: "CN", "O"
 *
 * Returns: (transfer full) (nullable): the value of the first (most specific) attribute
 *   of that type, unescaped and printable, in one line; %NULL if there is none
 */
char *barua_tls_name_dup_part (const char *name, const char *type);

/**
 * barua_tls_version_get_name:
 * @version: a protocol version
 *
 * Returns: (nullable): "TLS 1.3"; %NULL for none
 */
const char *barua_tls_version_get_name (GTlsProtocolVersion version);

G_END_DECLS
