#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaProtocol:
 * @BARUA_PROTOCOL_SMTP: sending (RFC 5321, RFC 6409)
 * @BARUA_PROTOCOL_IMAP: reading, mail stays on the server (RFC 9051)
 * @BARUA_PROTOCOL_POP: fetching (RFC 1939)
 *
 * What is spoken with a mail server.
 */
typedef enum
{
  BARUA_PROTOCOL_SMTP,
  BARUA_PROTOCOL_IMAP,
  BARUA_PROTOCOL_POP,
} BaruaProtocol;

/**
 * BaruaSecurity:
 * @BARUA_SECURITY_TLS: TLS from the first byte (RFC 8314, 3)
 * @BARUA_SECURITY_STARTTLS: TLS after a command in the clear (RFC 3207)
 *
 * How a connection is protected. There is no value for "not at all".
 */
typedef enum
{
  BARUA_SECURITY_TLS,
  BARUA_SECURITY_STARTTLS,
} BaruaSecurity;

/**
 * BaruaService:
 * @protocol: what is spoken
 * @host: the server's name, the one its certificate must carry; ASCII
 * @port: the TCP port
 * @security: how the connection is protected
 *
 * One endpoint of a mail provider. The provider tables hold constant ones; nothing in
 * it ever comes from the network.
 */
typedef struct
{
  BaruaProtocol protocol;
  const char *host;
  guint16 port;
  BaruaSecurity security;
} BaruaService;

/**
 * BaruaProvider:
 * @id: the stable name, "gmail"
 * @name: what people call it; not translated
 * @services: (array length=n_services): its endpoints, the preferred one of each
 *   protocol first
 * @n_services: how many
 *
 * A mail provider that this program knows.
 */
typedef struct
{
  const char *id;
  const char *name;
  const BaruaService *services;
  gsize n_services;
} BaruaProvider;

/**
 * BaruaHostKind:
 * @BARUA_HOST_GMAIL: an address of gmail.com or googlemail.com
 * @BARUA_HOST_WORKSPACE: a domain of its own whose mail Google keeps
 * @BARUA_HOST_OTHER: a domain whose mail somebody else keeps
 * @BARUA_HOST_UNKNOWN: a mail filter hides it, or it could not be looked up
 *
 * Who keeps the mail of an address.
 */
typedef enum
{
  BARUA_HOST_GMAIL,
  BARUA_HOST_WORKSPACE,
  BARUA_HOST_OTHER,
  BARUA_HOST_UNKNOWN,
} BaruaHostKind;

/**
 * barua_protocol_get_id:
 * @protocol: a protocol
 *
 * Returns: the word that the command line and JSON use: "smtp", "imap", "pop"
 */
const char *barua_protocol_get_id (BaruaProtocol protocol);

/**
 * barua_protocol_get_name:
 * @protocol: a protocol
 *
 * Returns: what people read: "SMTP", "IMAP", "POP"; the same in every language
 */
const char *barua_protocol_get_name (BaruaProtocol protocol);

/**
 * barua_protocol_from_id:
 * @id: a word, letter case aside
 * @protocol: (out): the protocol; untouched when %FALSE is returned
 *
 * Returns: whether @id names a protocol
 */
gboolean barua_protocol_from_id (const char *id, BaruaProtocol *protocol);

/**
 * barua_security_get_id:
 * @security: a kind of protection
 *
 * Returns: "tls" or "starttls"
 */
const char *barua_security_get_id (BaruaSecurity security);

/**
 * barua_host_kind_get_id:
 * @kind: who keeps the mail
 *
 * Returns: "gmail", "workspace" or "other"; %BARUA_HOST_UNKNOWN is "other" there
 */
const char *barua_host_kind_get_id (BaruaHostKind kind);

G_END_DECLS
