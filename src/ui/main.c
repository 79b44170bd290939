#include "config.h"

#include "base/environment.h"
#include "ui/application.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

int
main (int argc, char *argv[])
{
  g_autoptr (BaruaApplication) app = NULL;

  barua_environment_harden ();
  barua_environment_fill_descriptors ();
  (void) signal (SIGPIPE, SIG_IGN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BARUA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* Translators: the program's name, which is the same everywhere; where letters differ,
   * it may be written with them */
  g_set_application_name (_ ("Barua"));
  app = barua_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
