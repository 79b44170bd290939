#pragma once

#include "export/request.h"
#include "export/thunderbird-settings.h"

G_BEGIN_DECLS

/**
 * BARUA_THUNDERBIRD_AUTH_PASSWORD:
 *
 * nsMsgAuthMethod: the password as it is, inside TLS.
 */
#define BARUA_THUNDERBIRD_AUTH_PASSWORD 3

/**
 * BARUA_THUNDERBIRD_AUTH_OAUTH:
 *
 * nsMsgAuthMethod: OAuth 2.0.
 */
#define BARUA_THUNDERBIRD_AUTH_OAUTH 10

/**
 * BARUA_THUNDERBIRD_SOCKET_STARTTLS:
 *
 * nsMsgSocketType: STARTTLS, and nothing without it.
 */
#define BARUA_THUNDERBIRD_SOCKET_STARTTLS 2

/**
 * BARUA_THUNDERBIRD_SOCKET_TLS:
 *
 * nsMsgSocketType: TLS from the first byte.
 */
#define BARUA_THUNDERBIRD_SOCKET_TLS 3

/**
 * BaruaThunderbirdLogin:
 * @incoming_host: the host that mail is fetched from, as it stands in the settings
 * @incoming_user: the user name there
 * @outgoing_host: the host that mail is sent through
 * @outgoing_user: the user name there
 * @oauth: whether mail is fetched with OAuth 2.0
 *
 * What the store of passwords has to know a password by.
 */
typedef struct
{
  char *incoming_host;
  char *incoming_user;
  char *outgoing_host;
  char *outgoing_user;
  gboolean oauth;
} BaruaThunderbirdLogin;

/**
 * barua_thunderbird_login_free:
 * @self: (transfer full): names
 */
void barua_thunderbird_login_free (BaruaThunderbirdLogin *self);

/**
 * barua_thunderbird_accounts_find:
 * @settings: a profile's settings
 * @address: a mail address
 * @type: (nullable): "imap" or "pop3"; %NULL for either
 *
 * Returns: (transfer full) (nullable): the key of the account that fetches this address's
 *   mail from Google, rightly set or not: "account2"
 */
char *barua_thunderbird_accounts_find (const BaruaThunderbirdSettings *settings,
                                       const char *address,
                                       const char *type);

/**
 * barua_thunderbird_accounts_set_up:
 * @settings: a profile's settings; changed
 * @request: what to set up
 *
 * Adds the account, with the local folders in a profile that has none, or brings the one
 * that is there for the address up to date. Another account stays the default.
 *
 * Returns: (transfer full): what its passwords are known by
 */
BaruaThunderbirdLogin *
barua_thunderbird_accounts_set_up (BaruaThunderbirdSettings *settings,
                                   const BaruaExportRequest *request);

/**
 * barua_thunderbird_accounts_look_up:
 * @settings: a profile's settings in which the account is set up
 * @request: what was set up
 *
 * Returns: (transfer full) (nullable): what its passwords are known by
 */
BaruaThunderbirdLogin *
barua_thunderbird_accounts_look_up (const BaruaThunderbirdSettings *settings,
                                    const BaruaExportRequest *request);

/**
 * barua_thunderbird_accounts_is_google:
 * @host: (nullable): a server's name
 *
 * Returns: whether that is one of Google's, right or wrong
 */
gboolean barua_thunderbird_accounts_is_google (const char *host);

/**
 * barua_thunderbird_accounts_saves_twice:
 * @settings: a profile's settings
 * @identity: an identity of an account at Google: "id1"
 *
 * Returns: whether what is sent as it goes through Gmail, which keeps it, and would be
 *   saved there once more
 */
gboolean barua_thunderbird_accounts_saves_twice (const BaruaThunderbirdSettings *settings,
                                                 const char *identity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaThunderbirdLogin, barua_thunderbird_login_free)

G_END_DECLS
