#include "config.h"

#include "setup/part.h"

void
barua_part_run (GTask *task, GTaskThreadFunc function, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) part = NULL;

  g_return_if_fail (G_IS_TASK (task) && function != NULL);

  part = g_task_new (NULL, NULL, callback, g_object_ref (task));
  g_task_set_source_tag (part, barua_part_run);
  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, function);
}
