#include "config.h"

#include "ui/report.h"

#include "setup/help-report.h"
#include "ui/browse.h"

#include <glib/gi18n.h>

static void
write_report (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  (void) source;
  (void) cancellable;
  g_task_return_pointer (task, barua_help_report (data, FALSE), g_free);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *report = g_task_propagate_pointer (G_TASK (result), NULL);

  (void) user_data;
  if (report != NULL && gtk_widget_get_root (GTK_WIDGET (source)) != NULL)
    barua_browse_copy (GTK_WIDGET (source), report,
                       _ ("Report copied. It holds no secret"));
}

void
barua_report_copy (GtkWidget *from, BaruaCheck *check)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from));

  task = g_task_new (from, NULL, on_written, NULL);
  g_task_set_source_tag (task, barua_report_copy);
  if (check != NULL)
    g_task_set_task_data (task, barua_check_ref (check),
                          (GDestroyNotify) barua_check_unref);
  g_task_run_in_thread (task, write_report);
}
