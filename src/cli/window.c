#include "config.h"

#include "cli/window.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#define PROGRAM BARUA_LIBEXECDIR "/barua-window"

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

char *
barua_window_open (void)
{
  char program[] = PROGRAM;
  char *const words[] = { program, NULL };

  if (!barua_window_has_display ())
    return g_strdup (_ ("There is no display to open a window on."));
  if (access (PROGRAM, X_OK) != 0)
    return g_strdup (_ ("Barua’s window is not installed."));

  /* What is ignored stays so in the program that follows. */
  (void) signal (SIGPIPE, SIG_DFL);
  (void) execv (PROGRAM, words);
  return g_strdup_printf (
    /* Translators: the placeholder is the system's reason */
    _ ("Barua’s window could not be started: %s."), g_strerror (errno));
}
