#include "config.h"

#include "ui/about.h"

#include "setup/machine.h"

#include <glib/gi18n.h>

void
barua_about_show (GtkWindow *parent)
{
  g_autofree char *machine = barua_machine_describe ();
  const char *const developers[] = { _ ("The authors of Barua"), NULL };

  adw_show_about_window (
    parent, "application-name", _ ("Barua"), "application-icon", BARUA_APP_ID, "version",
    BARUA_VERSION, "developer-name", _ ("The authors of Barua"), "developers", developers,
    "license-type", GTK_LICENSE_GPL_3_0, "comments",
    _ ("Sets up Gmail in your mail programs, and finds out why mail does not work. Barua "
       "is "
       "Swahili for “letter”."),
    /* Translators: your name, maybe with an address; one line for each translator */
    "translator-credits", _ ("translator-credits"), "debug-info", machine,
    "debug-info-filename", "barua-machine.txt", NULL);
}
