#include "config.h"

#include "setup/explaining.h"

#include <string.h>

#define CHUNK (256 * 1024)

static void
free_explanation (gpointer explanation)
{
  barua_explanation_free (explanation);
}

static void
explain_stream (GTask *task, GInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (BaruaExplainer) explainer = barua_explainer_new ();
  g_autofree char *chunk = g_malloc (CHUNK);
  GError *error = NULL;
  gssize got = 0;

  while ((got = g_input_stream_read (stream, chunk, CHUNK, cancellable, &error)) > 0)
    barua_explainer_feed (explainer, chunk, (gsize) got);
  explicit_bzero (chunk, CHUNK);
  if (got < 0)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, barua_explainer_finish (explainer), free_explanation);
}

static void
explain_bytes (GTask *task,
               gpointer source G_GNUC_UNUSED,
               gpointer task_data,
               GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (task_data);

  explain_stream (task, stream, cancellable);
}

static void
explain_file (GTask *task,
              gpointer source G_GNUC_UNUSED,
              gpointer task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (task_data, cancellable, &error);

  if (stream == NULL)
    g_task_return_error (task, error);
  else
    explain_stream (task, G_INPUT_STREAM (stream), cancellable);
}

void
barua_explain_bytes_async (GBytes *bytes,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_explain_bytes_async);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, explain_bytes);
}

void
barua_explain_file_async (GFile *file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_explain_file_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, explain_file);
}

BaruaExplanation *
barua_explain_bytes_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
