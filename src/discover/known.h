#pragma once

#include "account/service.h"

G_BEGIN_DECLS

/**
 * barua_known_gmail:
 *
 * Gmail's endpoints, the same for gmail.com and for Google Workspace: SMTP 465 (TLS),
 * SMTP 587 (STARTTLS), IMAP 993, POP 995. Source:
 * https://developers.google.com/workspace/gmail/imap/imap-smtp and
 * https://support.google.com/mail/answer/7104828
 *
 * Returns: the provider; constant
 */
const BaruaProvider *barua_known_gmail (void);

/**
 * barua_known_provider:
 * @domain: a domain in ASCII and lower case
 *
 * Returns: (nullable): the provider of @domain as far as it is known without asking the
 *   network; %NULL for every domain but gmail.com and googlemail.com
 */
const BaruaProvider *barua_known_provider (const char *domain);

G_END_DECLS
