#include "config.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

static const BaruaCause CAUSES[] = {
  {
    .id = "keyring-unavailable",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 690,
    .title = N_ ("The place where passwords are kept is missing"),
    .explanation =
      N_ ("Mail programs keep your sign-in in the desktop’s keyring. On this computer no "
          "keyring answers, or it has not been made yet, so the sign-in cannot be stored or "
          "read."),
    .steps = {
      { N_ ("Install and start a keyring: GNOME Keyring, or KWallet on KDE.") },
      { N_ ("Log out and in again with your password, not with automatic login: the keyring "
            "is made and opened then.") },
      { N_ ("In the program “Passwords and Keys”, see whether there is a keyring named "
            "“Login”; if not, make one and set it as the default.") },
      { N_ ("Then sign in again in the mail program.") },
    },
  },
  {
    .id = "keyring-locked",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 695,
    .title = N_ ("The keyring is locked"),
    .explanation =
      N_ ("Your sign-in is kept in the desktop’s keyring, and that is locked at the moment. "
          "It opens with your login password; after an automatic login, or after that "
          "password was changed, it stays closed until you open it."),
    .steps = {
      { N_ ("When the desktop asks for the keyring’s password, type it: most often it is "
            "your login password, or the one before it.") },
      { N_ ("In the program “Passwords and Keys”, choose the keyring “Login” and unlock "
            "it.") },
      { N_ ("Then try again.") },
    },
  },
  {
    .id = "client-lacks-feature",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 680,
    .title = N_ ("The mail program lacks a part that Gmail needs"),
    .explanation =
      N_ ("The program was built or installed without the part for encryption (TLS) or for "
          "signing in (SASL). Without it, it cannot use Gmail, however right its settings "
          "are."),
    .named =
      /* Translators: %s is the name of a program or of the missing part. */
      N_ ("The program was built or installed without a part that Gmail needs: %s. Without "
          "it, it cannot use Gmail, however right its settings are."),
    .steps = {
      { N_ ("Install the program from your distribution, in its full version.") },
      { N_ ("Install the missing part. On Debian and Ubuntu these are libsasl2-modules for "
            "mutt, mbsync and Postfix, and libauthen-sasl-perl with libio-socket-ssl-perl "
            "for git.") },
      { N_ ("Or use a mail program that has everything, such as Thunderbird, Evolution or "
            "Geary.") },
    },
  },
};

const BaruaCause *
barua_causes_here (gsize *n_causes)
{
  *n_causes = G_N_ELEMENTS (CAUSES);
  return CAUSES;
}
