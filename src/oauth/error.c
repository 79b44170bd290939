#include "config.h"

#include "oauth/error.h"

#include "base/text.h"

#include <string.h>

G_DEFINE_QUARK (barua_oauth_error, barua_oauth_error)

/* https://developers.google.com/identity/protocols/oauth2/native-app and RFC 6749. */
static const struct
{
  const char *word;
  const char *description;
  BaruaOauthError code;
} ANSWERS[] = {
  { "access_denied", NULL, BARUA_OAUTH_ERROR_DENIED },
  { "admin_policy_enforced", NULL, BARUA_OAUTH_ERROR_ADMIN },
  { "org_internal", NULL, BARUA_OAUTH_ERROR_ADMIN },
  { "policy_enforced", NULL, BARUA_OAUTH_ERROR_ADVANCED_PROTECTION },
  { "restricted_client", NULL, BARUA_OAUTH_ERROR_UNVERIFIED },
  { "unverified_app", NULL, BARUA_OAUTH_ERROR_UNVERIFIED },
  { "disabled_client", NULL, BARUA_OAUTH_ERROR_CLIENT },
  { "deleted_client", NULL, BARUA_OAUTH_ERROR_CLIENT },
  { "invalid_client", NULL, BARUA_OAUTH_ERROR_CLIENT },
  { "unauthorized_client", NULL, BARUA_OAUTH_ERROR_CLIENT },
  { "redirect_uri_mismatch", NULL, BARUA_OAUTH_ERROR_CLIENT },
  { "unsupported_response_type", NULL, BARUA_OAUTH_ERROR_CLIENT },
  { "unsupported_grant_type", NULL, BARUA_OAUTH_ERROR_CLIENT },
  { "invalid_request", "code_verifier", BARUA_OAUTH_ERROR_CODE },
  /* Without the client's secret Google calls the request invalid, and not the client. */
  { "invalid_request", NULL, BARUA_OAUTH_ERROR_CLIENT },
  { "invalid_scope", NULL, BARUA_OAUTH_ERROR_SCOPE },
  { "invalid_grant", NULL, BARUA_OAUTH_ERROR_CODE },
  { "server_error", NULL, BARUA_OAUTH_ERROR_TEMPORARY },
  { "temporarily_unavailable", NULL, BARUA_OAUTH_ERROR_TEMPORARY },
  { "internal_failure", NULL, BARUA_OAUTH_ERROR_TEMPORARY },
  { "rate_limit_exceeded", NULL, BARUA_OAUTH_ERROR_TEMPORARY },
};

static const char *const CAUSES[] = {
  [BARUA_OAUTH_ERROR_DENIED] = "oauth-user-denied",
  [BARUA_OAUTH_ERROR_CLIENT] = "oauth-client-invalid",
  [BARUA_OAUTH_ERROR_UNVERIFIED] = "oauth-app-unverified",
  [BARUA_OAUTH_ERROR_ADMIN] = "oauth-blocked-by-admin",
  [BARUA_OAUTH_ERROR_ADVANCED_PROTECTION] = "advanced-protection",
  [BARUA_OAUTH_ERROR_REVOKED] = "oauth-token-revoked",
  [BARUA_OAUTH_ERROR_CODE] = "oauth-token-expired",
  [BARUA_OAUTH_ERROR_SCOPE] = "oauth-scope-missing",
  [BARUA_OAUTH_ERROR_OTHER_ACCOUNT] = "wrong-username",
  [BARUA_OAUTH_ERROR_TEMPORARY] = "temporary-failure",
  [BARUA_OAUTH_ERROR_ANSWER] = "unknown",
  [BARUA_OAUTH_ERROR_TIMED_OUT] = "oauth-user-denied",
  [BARUA_OAUTH_ERROR_PASTE] = "unknown",
  [BARUA_OAUTH_ERROR_OTHER_NAME] = "tls-hostname",
  [BARUA_OAUTH_ERROR_OUT_OF_DATE] = "tls-expired",
  [BARUA_OAUTH_ERROR_UNTRUSTED] = "tls-untrusted",
  [BARUA_OAUTH_ERROR_OLD_TLS] = "tls-handshake",
};

GError *
barua_oauth_error_new_from_answer (const char *error,
                                   const char *description,
                                   gboolean refreshing)
{
  BaruaOauthError code = BARUA_OAUTH_ERROR_ANSWER;
  g_autofree char *word = barua_text_one_line (error, -1, 80);
  g_autofree char *more =
    description != NULL ? barua_text_one_line (description, -1, 300) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    if (strcmp (error, ANSWERS[i].word) == 0 &&
        (ANSWERS[i].description == NULL ||
         (more != NULL && strstr (more, ANSWERS[i].description) != NULL)))
      {
        code = ANSWERS[i].code;
        break;
      }
  if (refreshing && strcmp (error, "invalid_grant") == 0)
    code = BARUA_OAUTH_ERROR_REVOKED;
  if (more != NULL)
    return g_error_new (BARUA_OAUTH_ERROR, (int) code, "%s: %s", word, more);
  return g_error_new_literal (BARUA_OAUTH_ERROR, (int) code, word);
}

const char *
barua_oauth_error_get_cause (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != BARUA_OAUTH_ERROR || error->code < 0 ||
      error->code >= (int) G_N_ELEMENTS (CAUSES))
    return NULL;
  return CAUSES[error->code];
}
