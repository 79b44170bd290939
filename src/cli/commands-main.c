#include "config.h"

#include "base/environment.h"
#include "cli/commands.h"

#include <libintl.h>
#include <locale.h>
#include <signal.h>

int
main (int argc, char *argv[])
{
  barua_environment_harden ();
  barua_environment_fill_descriptors ();
  barua_environment_find_session ();
  (void) signal (SIGPIPE, SIG_IGN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BARUA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return barua_commands_run (argc, argv);
}
