#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_OAUTH_ERROR:
 *
 * Why signing in through the browser did not work. Failures of the network keep GIO's
 * domains. The messages are for logs: what a person reads is the cause, see
 * barua_oauth_error_get_cause().
 */
#define BARUA_OAUTH_ERROR (barua_oauth_error_quark ())
GQuark barua_oauth_error_quark (void);

/**
 * BaruaOauthError:
 * @BARUA_OAUTH_ERROR_DENIED: the person pressed Cancel, or is no tester of a program that
 * is still being tested; Google's answer is the same for both ("access_denied")
 * @BARUA_OAUTH_ERROR_CLIENT: Google does not accept this program: an unknown, deleted or
 *   disabled client id, a missing client secret, a wrong redirect address
 * @BARUA_OAUTH_ERROR_UNVERIFIED: Google has not verified this program for the scope
 * @BARUA_OAUTH_ERROR_ADMIN: the organisation's rules forbid it ("admin_policy_enforced",
 *   "org_internal")
 * @BARUA_OAUTH_ERROR_ADVANCED_PROTECTION: Google's own rules for this account forbid it
 *   ("policy_enforced")
 * @BARUA_OAUTH_ERROR_REVOKED: the refresh token is dead ("invalid_grant"): only a new
 *   sign-in helps
 * @BARUA_OAUTH_ERROR_CODE: the code from the browser was not accepted: used already, too
 *   old, or altered
 * @BARUA_OAUTH_ERROR_SCOPE: consent was given, but not to mail
 * @BARUA_OAUTH_ERROR_OTHER_ACCOUNT: another account than the one asked for consented
 * @BARUA_OAUTH_ERROR_TEMPORARY: Google's side has trouble: try again
 * @BARUA_OAUTH_ERROR_ANSWER: the answer makes no sense: no JSON, too long, no token in it
 * @BARUA_OAUTH_ERROR_TIMED_OUT: nobody answered in the browser in time
 * @BARUA_OAUTH_ERROR_PASTE: what was pasted is not the answer to this request
 * @BARUA_OAUTH_ERROR_OTHER_NAME: the server's certificate is made out to another name;
 *   nothing was sent, as with the three that follow
 * @BARUA_OAUTH_ERROR_OUT_OF_DATE: its certificate is not valid today
 * @BARUA_OAUTH_ERROR_UNTRUSTED: its certificate is vouched for by nobody known, or has
 *   another fault
 * @BARUA_OAUTH_ERROR_OLD_TLS: it speaks no TLS newer than 1.1
 */
typedef enum
{
  BARUA_OAUTH_ERROR_DENIED,
  BARUA_OAUTH_ERROR_CLIENT,
  BARUA_OAUTH_ERROR_UNVERIFIED,
  BARUA_OAUTH_ERROR_ADMIN,
  BARUA_OAUTH_ERROR_ADVANCED_PROTECTION,
  BARUA_OAUTH_ERROR_REVOKED,
  BARUA_OAUTH_ERROR_CODE,
  BARUA_OAUTH_ERROR_SCOPE,
  BARUA_OAUTH_ERROR_OTHER_ACCOUNT,
  BARUA_OAUTH_ERROR_TEMPORARY,
  BARUA_OAUTH_ERROR_ANSWER,
  BARUA_OAUTH_ERROR_TIMED_OUT,
  BARUA_OAUTH_ERROR_PASTE,
  BARUA_OAUTH_ERROR_OTHER_NAME,
  BARUA_OAUTH_ERROR_OUT_OF_DATE,
  BARUA_OAUTH_ERROR_UNTRUSTED,
  BARUA_OAUTH_ERROR_OLD_TLS,
} BaruaOauthError;

/**
 * barua_oauth_error_new_from_answer:
 * @error: the "error" of an authorization or token answer (RFC 6749, 4.1.2.1 and 5.2, and
 *   Google's own)
 * @description: (nullable): its "error_description"; made printable
 * @refreshing: whether a refresh token was sent, so that "invalid_grant" is about it
 *
 * Returns: (transfer full): the error that stands for it
 */
GError *barua_oauth_error_new_from_answer (const char *error,
                                           const char *description,
                                           gboolean refreshing);

/**
 * barua_oauth_error_get_cause:
 * @error: any error from this folder
 *
 * Returns: (nullable): the word of the vocabulary of causes, constant; %NULL for an error
 *   of GIO's, which is the network's and not Google's
 */
const char *barua_oauth_error_get_cause (const GError *error);

G_END_DECLS
