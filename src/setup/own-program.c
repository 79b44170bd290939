#include "config.h"

#include "setup/own-program.h"

#include "base/flatpak.h"

#include <unistd.h>

char *
barua_own_program_dup_path (void)
{
  /* Beside this one, or the window, as it was built; where libexec has a bin beside it;
   * and as it was meant to be installed. */
  static const char *const PLACES[] = {
    "barua",
    "../cli/barua",
    "../bin/barua",
    BARUA_BINDIR "/barua",
  };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  char *launcher = barua_flatpak_dup_launcher ("/");
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup ("/");

  /* What lies in the sandbox has no path outside. */
  if (launcher != NULL)
    return launcher;
  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *path = g_canonicalize_filename (PLACES[i], folder);

      if (access (path, X_OK) == 0)
        return g_steal_pointer (&path);
    }
  return g_strdup (BARUA_BINDIR "/barua");
}
