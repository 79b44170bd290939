#include "config.h"

#include "setup/closed.h"

#include "export/error.h"
#include "export/presence.h"

#include <glib/gi18n.h>

gboolean
barua_closed_check (const BaruaExporter *exporter, const BaruaHome *home, GError **error)
{
  g_return_val_if_fail (exporter != NULL && home != NULL, FALSE);

  if (home->apart || (exporter->can & BARUA_EXPORTS_CLOSED) == 0 ||
      !barua_presence_is_running (exporter, home))
    return TRUE;
  g_set_error (
    error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_RUNNING,
    /* Translators: the name of a mail program */
    _ ("%s is running, and would overwrite its settings. Close it, and try again."),
    _ (exporter->name));
  return FALSE;
}
