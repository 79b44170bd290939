#include "config.h"

#include "cli/window.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

/* As it was built, and as it was meant to be installed. */
static const char *const PLACES[] = {
  "../ui/barua-window",
  BARUA_LIBEXECDIR "/barua-window",
};

gboolean
barua_window_has_display (void)
{
  static const char *const NAMES[] = { "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY" };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      const char *value = g_getenv (NAMES[i]);

      if (value != NULL && *value != '\0')
        return TRUE;
    }
  return FALSE;
}

static char *
find_window (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup ("/");

  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *path = g_canonicalize_filename (PLACES[i], folder);

      if (access (path, X_OK) == 0)
        return g_steal_pointer (&path);
    }
  return NULL;
}

char *
barua_window_open (void)
{
  g_autofree char *program = find_window ();
  char *const words[] = { program, NULL };

  if (!barua_window_has_display ())
    return g_strdup (_ ("There is no display to open a window on."));
  if (program == NULL)
    return g_strdup (_ ("Barua’s window is not installed."));

  /* What is ignored stays so in the program that follows. */
  (void) signal (SIGPIPE, SIG_DFL);
  (void) execv (program, words);
  return g_strdup_printf (
    /* Translators: the placeholder is the system's reason */
    _ ("Barua’s window could not be started: %s."), g_strerror (errno));
}
