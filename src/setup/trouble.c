#include "config.h"

#include "setup/trouble.h"

#include "credentials/error.h"
#include "diagnose/verdict.h"
#include "export/error.h"
#include "oauth/error.h"
#include "setup/tokens.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

static const char *
get_cause (const GError *error)
{
  const char *cause = barua_credentials_error_get_cause (error);

  return cause != NULL ? cause : barua_oauth_error_get_cause (error);
}

static gboolean
is_not_there (const GError *error)
{
  if (error->domain == BARUA_TOKEN_ERROR)
    return TRUE;
  return g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                          BARUA_CREDENTIALS_ERROR_NOT_FOUND) ||
         g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                          BARUA_CREDENTIALS_ERROR_ONLINE_UNAVAILABLE) ||
         g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                          BARUA_CREDENTIALS_ERROR_ONLINE_MISSING);
}

const char *
barua_trouble_get_id (const GError *error)
{
  g_return_val_if_fail (error != NULL, "failed");

  if (g_error_matches (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_OTHER_ACCOUNT))
    return "other-account";
  if (get_cause (error) != NULL)
    return get_cause (error);
  if (is_not_there (error))
    return "not-signed-in";
  if (barua_export_error_get_id (error) != NULL)
    return barua_export_error_get_id (error);
  if (error->domain == G_FILE_ERROR)
    return "unreadable";
  if (error->domain == G_IO_ERROR || error->domain == G_RESOLVER_ERROR ||
      error->domain == G_TLS_ERROR)
    return "unreachable";
  return "failed";
}

/* The way to Google is not to be trusted at the moment. */
static gboolean
is_untrusted (const GError *error)
{
  return g_error_matches (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_OTHER_NAME) ||
         g_error_matches (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_OUT_OF_DATE) ||
         g_error_matches (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_UNTRUSTED) ||
         g_error_matches (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_OLD_TLS);
}

gboolean
barua_trouble_is_problem (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == BARUA_OAUTH_ERROR)
    return error->code != BARUA_OAUTH_ERROR_TIMED_OUT &&
           error->code != BARUA_OAUTH_ERROR_TEMPORARY &&
           error->code != BARUA_OAUTH_ERROR_ANSWER &&
           error->code != BARUA_OAUTH_ERROR_PASTE && !is_untrusted (error);
  return is_not_there (error) ||
         g_error_matches (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_ELSEWHERE) ||
         g_error_matches (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND) ||
         g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                          BARUA_CREDENTIALS_ERROR_ONLINE_MAIL_OFF) ||
         g_error_matches (error, BARUA_CREDENTIALS_ERROR,
                          BARUA_CREDENTIALS_ERROR_ONLINE_ATTENTION);
}

gboolean
barua_trouble_is_passing (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == BARUA_OAUTH_ERROR)
    return error->code == BARUA_OAUTH_ERROR_TIMED_OUT ||
           error->code == BARUA_OAUTH_ERROR_TEMPORARY ||
           error->code == BARUA_OAUTH_ERROR_ANSWER || is_untrusted (error);
  if (error->domain == BARUA_CREDENTIALS_ERROR)
    return error->code == BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED;
  return error->domain == G_IO_ERROR || error->domain == G_RESOLVER_ERROR ||
         error->domain == G_TLS_ERROR;
}

/* The messages of that domain are for logs. What is to be done about a certificate is
 * told for mail programs, whose settings have no part in this. */
static char *
dup_oauth_message (const GError *error)
{
  const char *cause = barua_oauth_error_get_cause (error);
  g_autoptr (BaruaVerdict) verdict = barua_verdict_new (cause, 1);
  g_autofree char *explanation = barua_verdict_dup_explanation (verdict);
  const char *rest = barua_verdict_get_n_steps (verdict) > 0
                       ? barua_verdict_get_step (verdict, 0, NULL)
                       : "";

  if (is_untrusted (error))
    rest = explanation;
  /* Translators: what is wrong, without a full stop; then a sentence on what to do */
  return g_strdup_printf (_ ("%s. %s"), barua_verdict_get_title (verdict), rest);
}

char *
barua_trouble_dup_message (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_OTHER_ACCOUNT))
    /* Translators: a mail address */
    return g_strdup_printf (_ ("In the browser another account was chosen: %s. Sign in "
                               "again, and choose the right one."),
                            error->message);
  if (g_error_matches (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_TIMED_OUT))
    return g_strdup (_ ("Nobody answered in the browser in time. Sign in again."));
  if (error->domain == BARUA_OAUTH_ERROR && barua_oauth_error_get_cause (error) != NULL)
    return dup_oauth_message (error);
  if (g_str_equal (barua_trouble_get_id (error), "unreachable"))
    /* Translators: the system's own words, as in “Connection refused” */
    return g_strdup_printf (
      _ ("Google could not be reached: %s. “barua check” tells why."), error->message);
  return g_strdup (error->message);
}
