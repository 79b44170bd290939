#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_OAUTH_SCOPE_MAIL:
 *
 * The one scope that IMAP, POP and SMTP accept.
 * Source: https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
 */
#define BARUA_OAUTH_SCOPE_MAIL "https://mail.google.com/"

/**
 * BaruaOauthProvider:
 * @issuer: what "iss" in an answer must be when it is there (RFC 9207)
 * @authorization_uri: what the browser opens
 * @token_uri: where a code or refresh token is changed for an access token
 * @revocation_uri: where a token is given back (RFC 7009)
 * @scopes: what is asked for, blanks between
 *
 * Where and for what to ask. Google's is the only one in the program; tests play another.
 */
typedef struct
{
  const char *issuer;
  const char *authorization_uri;
  const char *token_uri;
  const char *revocation_uri;
  const char *scopes;
} BaruaOauthProvider;

/**
 * BaruaOauthClient:
 * @id: the client id, of Google's type "Desktop app"
 * @secret: (nullable): its secret, which in a desktop program is none; Google's token
 *   endpoint asks for it all the same
 *
 * Who asks. Strings are borrowed.
 */
typedef struct
{
  const char *id;
  const char *secret;
} BaruaOauthClient;

/**
 * barua_oauth_google:
 *
 * Source: https://developers.google.com/identity/protocols/oauth2/native-app
 *
 * Returns: Google's endpoints; constant
 */
const BaruaOauthProvider *barua_oauth_google (void);

G_END_DECLS
