#pragma once

#include "account/service.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_slip_suggest:
 * @domain: what stands after the "@", in any letter case
 *
 * Recognizes slips of the fingers in gmail.com and googlemail.com: gmial.com, gmail.con,
 * gmail.co, gmaill.com, qmail.com… Never answers for a domain that is somebody's own, as
 * mail.com, ymail.com and gmx.com are.
 *
 * Returns: (nullable): the domain that was most likely meant; %NULL when @domain is none
 */
const char *barua_slip_suggest (const char *domain);

/**
 * barua_slip_suggest_host:
 * @host: a server name out of a mail program's settings
 *
 * Returns: (nullable): the Gmail server that was most likely meant by a name that is
 * none, such as imap.google.com, smtp.gmial.com or gmail.com; %NULL when @host is right
 * (the googlemail.com names are) or is something else altogether. A name that does not
 * say what is spoken, as gmail.com, is taken for the IMAP server's; constant
 */
const char *barua_slip_suggest_host (const char *host);

/**
 * barua_slip_suggest_host_for:
 * @host: a server name out of a mail program's settings
 * @protocol: what the program speaks with it
 *
 * Like barua_slip_suggest_host(), where it is known what the name is for.
 *
 * Returns: (nullable): the Gmail server of @protocol, when @host is not it but was meant
 * to be one of Gmail's, also when it is Gmail's server of another protocol; %NULL when
 *   @host is right or is something else altogether; constant
 */
const char *barua_slip_suggest_host_for (const char *host, BaruaProtocol protocol);

G_END_DECLS
