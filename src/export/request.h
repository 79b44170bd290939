#pragma once

#include "account/account.h"
#include "account/service.h"
#include "base/secret.h"

G_BEGIN_DECLS

/**
 * BaruaExportRequest:
 * @account: whose mail: address, name, and how it is signed in to
 * @incoming: where mail is fetched: IMAP or POP; constant
 * @outgoing: where mail is sent: the one of SMTP's two ports that is open; constant
 * @folders: (element-type BaruaFolder) (nullable): the account's own folders, as IMAP
 *   listed them; %NULL if they are not known
 * @program: the path of this program, for mail programs that ask it for the secret
 * @client_secret: (nullable): what belongs to the account's OAuth client, for mail
 *   programs that get tokens with it themselves. Google does not treat it as a secret in
 *   programs on a desktop; %NULL if there is none
 *
 * What a mail program is to be set up with. Nothing in it is secret.
 */
typedef struct
{
  BaruaAccount *account;
  const BaruaService *incoming;
  const BaruaService *outgoing;
  GPtrArray *folders;
  char *program;
  char *client_secret;
} BaruaExportRequest;

/**
 * barua_export_request_new:
 * @account: whose mail; copied
 * @incoming: where mail is fetched; constant
 * @outgoing: where mail is sent; constant
 * @program: the path of this program
 *
 * Returns: (transfer full): a request without folders
 */
BaruaExportRequest *barua_export_request_new (const BaruaAccount *account,
                                              const BaruaService *incoming,
                                              const BaruaService *outgoing,
                                              const char *program);

/**
 * barua_export_request_free:
 * @self: (transfer full): a request
 */
void barua_export_request_free (BaruaExportRequest *self);

/**
 * barua_export_request_uses_password:
 * @self: a request
 *
 * Returns: whether an app password is kept that the mail program can use
 */
gboolean barua_export_request_uses_password (const BaruaExportRequest *self);

/**
 * barua_export_request_uses_token:
 * @self: a request
 *
 * Returns: whether there are access tokens: from the browser, or from GNOME Online
 *   Accounts
 */
gboolean barua_export_request_uses_token (const BaruaExportRequest *self);

/**
 * barua_export_request_get_name:
 * @self: a request
 *
 * Returns: the person's full name, or the address where it is not known; one line
 *   without control characters
 */
const char *barua_export_request_get_name (const BaruaExportRequest *self);

/**
 * barua_export_request_dup_key:
 * @self: a request
 *
 * Returns: (transfer full): a short name of the account for settings that need one, the
 *   same at every export: "gmail-zoe"; letters, digits and dashes of ASCII
 */
char *barua_export_request_dup_key (const BaruaExportRequest *self);

/**
 * barua_export_request_dup_uuid:
 * @self: a request
 * @part: what it is for: "profile"
 *
 * Returns: (transfer full): a UUID that is the same at every export of this account, so
 *   that importing it again replaces it; upper case
 */
char *barua_export_request_dup_uuid (const BaruaExportRequest *self, const char *part);

/**
 * barua_export_request_dup_label:
 * @self: a request
 *
 * Returns: (transfer full): what people read as the account's name in a mail program:
 *   its address
 */
char *barua_export_request_dup_label (const BaruaExportRequest *self);

/**
 * barua_export_request_dup_folder:
 * @self: a request
 * @attribute: with its backslash: "\\Drafts" (RFC 6154)
 *
 * Returns: (transfer full) (nullable): the account's own folder of that kind, as people
 *   read it: UTF-8, its parts divided by "/"; %NULL if it is not known
 */
char *barua_export_request_dup_folder (const BaruaExportRequest *self,
                                       const char *attribute);

/**
 * barua_export_request_dup_raw_folder:
 * @self: a request
 * @attribute: with its backslash: "\\Drafts"
 *
 * Returns: (transfer full) (nullable): the same in modified UTF-7 (RFC 3501, 5.1.3), as
 *   the server wrote it
 */
char *barua_export_request_dup_raw_folder (const BaruaExportRequest *self,
                                           const char *attribute);

/**
 * barua_export_request_dup_url_login:
 * @self: a request
 *
 * Returns: (transfer full): the address as it stands before the host in a URL:
 *   "zoe%40gmail.com"
 */
char *barua_export_request_dup_url_login (const BaruaExportRequest *self);

/**
 * barua_export_request_dup_command:
 * @self: a request
 *
 * Returns: (transfer full) (nullable): the command line that prints the app password or
 *   a valid token, quoted for a shell: "/usr/bin/barua password zoe@gmail.com"; %NULL if
 *   neither is kept
 */
char *barua_export_request_dup_command (const BaruaExportRequest *self);

/**
 * barua_export_request_list_command:
 * @self: a request
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the words of the same
 *   command
 */
char **barua_export_request_list_command (const BaruaExportRequest *self);

/**
 * barua_export_request_dup_tunnel:
 * @self: a request
 *
 * Returns: (transfer full) (nullable): the command line that opens the mailbox for a mail
 *   program which cannot sign in by itself, to be divided at blanks and given to no
 * shell:
 *   "/usr/bin/barua tunnel imap zoe@gmail.com"; %NULL with POP, where nothing is kept to
 *   sign in with, or where this program's path cannot be written like that
 */
char *barua_export_request_dup_tunnel (const BaruaExportRequest *self);

/**
 * BaruaExportSecrets:
 * @app_password: (nullable): the app password
 * @access_token: (nullable): a valid access token
 * @refresh_token: (nullable): what gets new ones
 * @expires: Unix time at which @access_token ends, or 0
 * @client_secret: (nullable): the secret of the OAuth client that the tokens belong to;
 *   its id is in the account
 *
 * What a program's own store of passwords is given. Held while it is written, no longer.
 */
typedef struct
{
  BaruaSecret *app_password;
  BaruaSecret *access_token;
  BaruaSecret *refresh_token;
  gint64 expires;
  BaruaSecret *client_secret;
} BaruaExportSecrets;

/**
 * barua_export_secrets_clear:
 * @self: secrets; their bytes are wiped with the last reference
 */
void barua_export_secrets_clear (BaruaExportSecrets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaExportRequest, barua_export_request_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaruaExportSecrets, barua_export_secrets_clear)

G_END_DECLS
