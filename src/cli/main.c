#include "config.h"

#include "base/environment.h"
#include "cli/quick.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "barua-commands"
#define STATUS_FAILED 3

/* Beside this one as it was built, else where it was installed. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside =
    folder != NULL ? g_build_filename (folder, PROGRAM, NULL) : NULL;

  if (beside != NULL && access (beside, X_OK) == 0)
    return g_steal_pointer (&beside);
  return g_build_filename (BARUA_LIBEXECDIR, PROGRAM, NULL);
}

/* The words come only now: looking for their language takes its time. */
static void
find_words (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BARUA_LOCALEDIR);
  textdomain (GETTEXT_PACKAGE);
}

static int
complain (char *message)
{
  (void) fprintf (stderr, "barua: %s\n", message);
  g_free (message);
  return STATUS_FAILED;
}

int
main (int argc, char *argv[])
{
  g_autofree char *program = NULL;
  int code = 0;

  barua_environment_harden ();
  barua_environment_fill_descriptors ();
  barua_environment_find_session ();
  (void) signal (SIGPIPE, SIG_IGN);
  switch (barua_quick_try (argc, argv))
    {
    case BARUA_QUICK_DONE:
      /* Nothing is left to be done, and the wait for the bus's threads costs time. */
      _exit (0);
    case BARUA_QUICK_UNWRITABLE:
      code = errno;
      find_words ();
      return complain (g_strdup_printf (
        _ ("The answer could not be written to standard output: %s."), strerror (code)));
    case BARUA_QUICK_MORE:
    default:
      break;
    }
  program = find_program ();
  (void) execv (program, argv);
  code = errno;
  find_words ();
  return complain (g_strdup_printf (
    /* Translators: the placeholder is the system's reason, as in “No such file” */
    _ ("A part of this program could not be started: %s."), strerror (code)));
}
