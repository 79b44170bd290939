#include "config.h"

#include "credentials/error.h"

#include "base/text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <libsecret/secret.h>

G_DEFINE_QUARK (barua_credentials_error, barua_credentials_error)

/* The causes belong to the diagnosis, a layer above: a test there compares the words. */
static const struct
{
  const char *cause;
  const char *message;
} ERRORS[] = {
  [BARUA_CREDENTIALS_ERROR_NOT_FOUND] = {
    NULL,
    N_ ("Nothing is kept in the keyring for this address. Sign in first."),
  },
  [BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE] = {
    "keyring-unavailable",
    N_ ("There is no keyring in this session to keep passwords in. Install gnome-keyring, "
        "KWallet or KeePassXC, and sign in to the desktop again."),
  },
  [BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED] = {
    "keyring-locked",
    N_ ("The keyring is locked. Open it, for instance by signing in to the desktop with "
        "your password, and try again."),
  },
  [BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED] = {
    "keyring-locked",
    N_ ("The keyring stayed locked: its question for the password was closed, or could not "
        "be shown. Open the keyring, and try again."),
  },
  [BARUA_CREDENTIALS_ERROR_KEYRING_EMPTY] = {
    "keyring-unavailable",
    N_ ("The keyring has no default place for passwords, and none could be made. Make one "
        "in “Passwords and Keys”, and set it as the default."),
  },
  [BARUA_CREDENTIALS_ERROR_KEYRING_GONE] = {
    "keyring-unavailable",
    N_ ("The keyring stopped before it had answered. Try again."),
  },
  [BARUA_CREDENTIALS_ERROR_KEYRING_PLAIN] = {
    "keyring-unavailable",
    N_ ("The keyring of this session would pass passwords on unencrypted, so it is not "
        "used."),
  },
  [BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED] = {
    "keyring-unavailable",
    /* Translators: the keyring's own words follow in a sentence of their own. */
    N_ ("The keyring refused to do this."),
  },
  [BARUA_CREDENTIALS_ERROR_ONLINE_UNAVAILABLE] = {
    NULL,
    N_ ("This desktop has no GNOME Online Accounts."),
  },
  [BARUA_CREDENTIALS_ERROR_ONLINE_MISSING] = {
    NULL,
    N_ ("This address is not among the desktop’s online accounts. Add it in Settings, "
        "under “Online Accounts”."),
  },
  [BARUA_CREDENTIALS_ERROR_ONLINE_MAIL_OFF] = {
    "oauth-scope-missing",
    N_ ("Mail is switched off for this account in the desktop’s settings. Switch it on "
        "under “Online Accounts”."),
  },
  [BARUA_CREDENTIALS_ERROR_ONLINE_ATTENTION] = {
    "oauth-token-revoked",
    N_ ("The desktop has lost its access to this account. Sign in again in Settings, under "
        "“Online Accounts”."),
  },
  [BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED] = {
    NULL,
    /* Translators: the service's own words follow in a sentence of their own. */
    N_ ("The desktop’s online accounts gave no access."),
  },
};

const char *
barua_credentials_error_get_cause (const GError *error)
{
  if (error == NULL || error->domain != BARUA_CREDENTIALS_ERROR)
    return NULL;
  return ERRORS[error->code].cause;
}

GError *
barua_credentials_error_new (BaruaCredentialsError code)
{
  return g_error_new_literal (BARUA_CREDENTIALS_ERROR, (int) code,
                              _ (ERRORS[code].message));
}

static GError *
quote (BaruaCredentialsError code, const char *words)
{
  g_autofree char *shown = barua_text_one_line (words, -1, BARUA_TEXT_SERVER_MAX);

  return g_error_new (BARUA_CREDENTIALS_ERROR, (int) code, "%s “%s”",
                      _ (ERRORS[code].message), shown);
}

static gboolean
is_final (const GError *error)
{
  return error->domain == BARUA_CREDENTIALS_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Nobody answers to the name: the bus says so, or there is no bus. */
static gboolean
is_absent (const GError *error)
{
  if (error->domain == G_DBUS_ERROR)
    switch (error->code)
      {
      case G_DBUS_ERROR_SERVICE_UNKNOWN:
      case G_DBUS_ERROR_NAME_HAS_NO_OWNER:
      case G_DBUS_ERROR_ACCESS_DENIED:
      case G_DBUS_ERROR_NO_SERVER:
      case G_DBUS_ERROR_NO_NETWORK:
      case G_DBUS_ERROR_FILE_NOT_FOUND:
        return TRUE;
      default:
        return error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED &&
               error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY;
      }
  return error->domain == G_IO_ERROR && (error->code == G_IO_ERROR_NOT_FOUND ||
                                         error->code == G_IO_ERROR_CONNECTION_REFUSED ||
                                         error->code == G_IO_ERROR_PERMISSION_DENIED ||
                                         error->code == G_IO_ERROR_FAILED);
}

static gboolean
is_silence (const GError *error)
{
  if (error->domain == G_DBUS_ERROR)
    return error->code == G_DBUS_ERROR_NO_REPLY ||
           error->code == G_DBUS_ERROR_DISCONNECTED ||
           error->code == G_DBUS_ERROR_TIMEOUT || error->code == G_DBUS_ERROR_TIMED_OUT;
  return error->domain == G_IO_ERROR &&
         (error->code == G_IO_ERROR_CLOSED || error->code == G_IO_ERROR_TIMED_OUT ||
          error->code == G_IO_ERROR_BROKEN_PIPE);
}

GError *
barua_credentials_error_from_keyring (GError *error)
{
  g_autoptr (GError) given = error;
  g_autofree char *remote = NULL;

  if (is_final (given))
    return g_steal_pointer (&given);
  if (g_error_matches (given, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED);
  /* The latter two are what GDBus answers for an object that is not there (any more). */
  if (g_error_matches (given, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
      g_error_matches (given, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
      g_error_matches (given, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    return barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_NOT_FOUND);
  /* A session lives as long as the service: when it is unknown, that one restarted. */
  remote = g_dbus_error_get_remote_error (given);
  if (is_silence (given) ||
      g_strcmp0 (remote, "org.freedesktop.Secret.Error.NoSession") == 0)
    return barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_GONE);
  if (is_absent (given))
    return barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE);
  g_dbus_error_strip_remote_error (given);
  return quote (BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED, given->message);
}

GError *
barua_credentials_error_from_online (GError *error)
{
  g_autoptr (GError) given = error;
  g_autofree char *remote = NULL;

  if (is_final (given))
    return g_steal_pointer (&given);
  remote = g_dbus_error_get_remote_error (given);
  if (g_strcmp0 (remote, "org.gnome.OnlineAccounts.Error.NotAuthorized") == 0)
    return barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_ONLINE_ATTENTION);
  if (is_absent (given))
    return barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_ONLINE_UNAVAILABLE);
  g_dbus_error_strip_remote_error (given);
  return quote (BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED, given->message);
}
