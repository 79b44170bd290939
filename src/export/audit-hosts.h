#pragma once

#include "account/service.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaHostVerdict:
 * @BARUA_HOST_RIGHT: it is Gmail's for this protocol
 * @BARUA_HOST_RELAY: it is the relay of organisations, which has rules of its own
 * @BARUA_HOST_MISTAKEN: it is meant for Gmail, and is not Gmail's for this protocol
 * @BARUA_HOST_DIRECT: it is where Google takes mail from other mail services
 * @BARUA_HOST_STRANGE: it is somebody else's, for the user name of a Gmail account
 * @BARUA_HOST_NOT_MEANT: it is not meant for Gmail
 *
 * What a host in a mail program's settings is.
 */
typedef enum
{
  BARUA_HOST_RIGHT,
  BARUA_HOST_RELAY,
  BARUA_HOST_MISTAKEN,
  BARUA_HOST_DIRECT,
  BARUA_HOST_STRANGE,
  BARUA_HOST_NOT_MEANT,
} BaruaHostVerdict;

/**
 * barua_audit_host:
 * @host: (nullable): a server's name as a mail program has it
 * @user: (nullable): the user name
 * @protocol: what is spoken there
 *
 * Returns: what it is
 */
BaruaHostVerdict
barua_audit_host (const char *host, const char *user, BaruaProtocol protocol);

/**
 * barua_audit_right_host:
 * @host: (nullable): a server's name as a mail program has it
 * @protocol: what is spoken there
 *
 * Returns: the host that Gmail has for @protocol; googlemail.com's where @host is there
 */
const char *barua_audit_right_host (const char *host, BaruaProtocol protocol);

/**
 * barua_audit_is_gmail_domain:
 * @domain: (nullable): what stands behind the @ of an address
 *
 * Returns: whether that is gmail.com or googlemail.com
 */
gboolean barua_audit_is_gmail_domain (const char *domain);

/**
 * barua_audit_is_slip:
 * @domain: a domain
 *
 * Returns: whether gmail.com or googlemail.com was meant and mistyped
 */
gboolean barua_audit_is_slip (const char *domain);

G_END_DECLS
