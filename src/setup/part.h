#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_part_run:
 * @task: what is under way; kept until @callback is called
 * @function: what is done in a thread; given the task data of @task, which is nobody
 *   else's meanwhile
 * @callback: called in the thread-default main context; its user_data is a reference to
 *   @task, to be released
 *
 * Does a part of a task that blocks, such as writing files. It is not cancelled: what was
 * begun is brought to an end.
 */
void barua_part_run (GTask *task, GTaskThreadFunc function, GAsyncReadyCallback callback);

G_END_DECLS
