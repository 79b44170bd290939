#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_CREDENTIALS_ERROR:
 *
 * Why a secret could not be read, kept or forgotten. The message of such an error is a
 * translated sentence that says what to do.
 */
#define BARUA_CREDENTIALS_ERROR (barua_credentials_error_quark ())
GQuark barua_credentials_error_quark (void);

/**
 * BaruaCredentialsError:
 * @BARUA_CREDENTIALS_ERROR_NOT_FOUND: the keyring is open and holds nothing of the kind
 * @BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE: there is no session bus, or no Secret
 *   Service on it and none that can be started
 * @BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED: the keyring is locked, and there is no way to
 *   ask for it to be opened
 * @BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED: the person was asked to open or make the
 *   keyring, and did not
 * @BARUA_CREDENTIALS_ERROR_KEYRING_EMPTY: there is no default collection to keep anything
 *   in, and it could not be made
 * @BARUA_CREDENTIALS_ERROR_KEYRING_GONE: the keyring went away or fell silent mid-way
 * @BARUA_CREDENTIALS_ERROR_KEYRING_PLAIN: the keyring would send secrets over the bus
 *   without encrypting them; none was sent
 * @BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED: the keyring gave an answer that no other code
 *   stands for; the message quotes it
 * @BARUA_CREDENTIALS_ERROR_ONLINE_UNAVAILABLE: GNOME Online Accounts is not there
 * @BARUA_CREDENTIALS_ERROR_ONLINE_MISSING: it has no Google account of that name
 * @BARUA_CREDENTIALS_ERROR_ONLINE_MAIL_OFF: it has the account, with mail switched off
 * @BARUA_CREDENTIALS_ERROR_ONLINE_ATTENTION: the account has to be signed in to again in
 *   the desktop's settings
 * @BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED: it gave no token for another reason, such as
 * no network; the message quotes it
 *
 * The codes of %BARUA_CREDENTIALS_ERROR.
 */
typedef enum
{
  BARUA_CREDENTIALS_ERROR_NOT_FOUND,
  BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE,
  BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED,
  BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED,
  BARUA_CREDENTIALS_ERROR_KEYRING_EMPTY,
  BARUA_CREDENTIALS_ERROR_KEYRING_GONE,
  BARUA_CREDENTIALS_ERROR_KEYRING_PLAIN,
  BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED,
  BARUA_CREDENTIALS_ERROR_ONLINE_UNAVAILABLE,
  BARUA_CREDENTIALS_ERROR_ONLINE_MISSING,
  BARUA_CREDENTIALS_ERROR_ONLINE_MAIL_OFF,
  BARUA_CREDENTIALS_ERROR_ONLINE_ATTENTION,
  BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED,
} BaruaCredentialsError;

/**
 * barua_credentials_error_get_cause:
 * @error: any error
 *
 * Returns: (nullable): the word of the causes' vocabulary that @error stands for, such as
 *   "keyring-locked"; constant. %NULL for errors of other domains and for what is no
 *   trouble of the account, such as %BARUA_CREDENTIALS_ERROR_NOT_FOUND
 */
const char *barua_credentials_error_get_cause (const GError *error);

/**
 * barua_credentials_error_new:
 * @code: which one
 *
 * Returns: (transfer full): the error with its translated sentence
 */
GError *barua_credentials_error_new (BaruaCredentialsError code);

/**
 * barua_credentials_error_from_keyring:
 * @error: (transfer full): what a call to the Secret Service ended with
 *
 * Returns: (transfer full): the same trouble as %BARUA_CREDENTIALS_ERROR;
 *   %G_IO_ERROR_CANCELLED and errors of that domain unchanged
 */
GError *barua_credentials_error_from_keyring (GError *error);

/**
 * barua_credentials_error_from_online:
 * @error: (transfer full): what a call to GNOME Online Accounts ended with
 *
 * Returns: (transfer full): the same trouble as %BARUA_CREDENTIALS_ERROR;
 *   %G_IO_ERROR_CANCELLED and errors of that domain unchanged
 */
GError *barua_credentials_error_from_online (GError *error);

G_END_DECLS
