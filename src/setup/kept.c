#include "config.h"

#include "setup/kept.h"

#include "credentials/store.h"

static void
on_looked_up (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gint64 expires = 0;
  g_autoptr (BaruaSecret) secret = barua_store_lookup_finish (result, &expires, NULL);
  gboolean ends = g_task_get_source_tag (task) == barua_kept_token_async;

  if (secret != NULL && ends &&
      expires < g_get_real_time () / G_USEC_PER_SEC + BARUA_TOKEN_SPARE)
    g_clear_pointer (&secret, barua_secret_unref);
  g_task_return_pointer (task, g_steal_pointer (&secret),
                         (GDestroyNotify) barua_secret_unref);
}

void
barua_kept_password_async (const char *address,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_kept_password_async);
  barua_store_peek_async (address, BARUA_SECRET_KIND_APP_PASSWORD, cancellable,
                          on_looked_up, g_steal_pointer (&task));
}

void
barua_kept_token_async (const char *address,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_kept_token_async);
  barua_store_peek_async (address, BARUA_SECRET_KIND_ACCESS_TOKEN, cancellable,
                          on_looked_up, g_steal_pointer (&task));
}

BaruaSecret *
barua_kept_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
