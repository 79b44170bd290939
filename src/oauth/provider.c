#include "config.h"

#include "oauth/provider.h"

const BaruaOauthProvider *
barua_oauth_google (void)
{
  /* "openid email" is what makes Google say which account has consented. */
  static const BaruaOauthProvider google = {
    .issuer = "https://accounts.google.com",
    .authorization_uri = "https://accounts.google.com/o/oauth2/v2/auth",
    .token_uri = "https://oauth2.googleapis.com/token",
    .revocation_uri = "https://oauth2.googleapis.com/revoke",
    .scopes = BARUA_OAUTH_SCOPE_MAIL " openid email",
  };

  return &google;
}
