#include "config.h"

#include "setup/sandbox.h"

#include "base/flatpak.h"
#include "export/error.h"

#include <glib/gi18n.h>

char *
barua_sandbox_dup_note (const char *root)
{
  g_autofree char *launcher = NULL;
  const char *secret = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  if (!barua_flatpak_is_inside (root))
    return NULL;
  launcher = barua_flatpak_dup_launcher (root);
  secret =
    launcher != NULL
      ? _ ("Mail programs that ask Barua for the password start the Flatpak for that.")
      : _ (
          "Mail programs outside cannot ask Barua for the password: only those work that "
          "find it in the keyring, or in a store of their own.");
  return g_strconcat (
    _ ("Barua runs as a Flatpak, in a sandbox: it cannot see which mail programs are "
       "installed or running. Close them before you change their settings."),
    " ", secret, NULL);
}

gboolean
barua_sandbox_check (const char *root,
                     const BaruaHome *home,
                     const BaruaPlan *plan,
                     GError **error)
{
  g_return_val_if_fail (root != NULL && home != NULL && plan != NULL, FALSE);

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];
      g_autofree char *shown = NULL;

      if (change->path == NULL ||
          barua_flatpak_can_write (root, home->home, home->config, change->path))
        continue;
      shown = barua_home_dup_shown (home, change->path);
      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NO_PLACE,
                   /* Translators: the path of a file or folder */
                   _ ("As a Flatpak, Barua may not change “%s”. Save to a folder with "
                      "“--output FOLDER”, and copy it from there."),
                   shown);
      return FALSE;
    }
  return TRUE;
}
