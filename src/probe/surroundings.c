#include "config.h"

#include "probe/surroundings.h"

#include "probe/page.h"
#include "probe/route.h"

/* Google's page for finding sign-in pages; over http, so that these can answer. */
#define PAGE "http://connectivitycheck.gstatic.com/generate_204"

static void
on_asked (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSurroundings) seen = barua_page_ask_finish (result, &error);
  const BaruaSurroundings *routes = g_task_get_task_data (task);

  if (seen == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  seen->route_ipv4 = routes->route_ipv4;
  seen->route_ipv6 = routes->route_ipv6;
  g_task_return_pointer (task, g_steal_pointer (&seen),
                         (GDestroyNotify) barua_surroundings_free);
}

void
barua_surroundings_look_async (guint timeout_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (BaruaSurroundings) seen = g_new0 (BaruaSurroundings, 1);

  g_task_set_source_tag (task, barua_surroundings_look_async);
  seen->route_ipv4 = barua_route_exists (G_SOCKET_FAMILY_IPV4);
  seen->route_ipv6 = barua_route_exists (G_SOCKET_FAMILY_IPV6);
  if (!seen->route_ipv4 && !seen->route_ipv6)
    {
      g_task_return_pointer (task, g_steal_pointer (&seen),
                             (GDestroyNotify) barua_surroundings_free);
      return;
    }
  g_task_set_task_data (task, g_steal_pointer (&seen),
                        (GDestroyNotify) barua_surroundings_free);
  barua_page_ask_async (PAGE, timeout_ms, cancellable, on_asked, g_steal_pointer (&task));
}

BaruaSurroundings *
barua_surroundings_look_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
barua_surroundings_free (BaruaSurroundings *self)
{
  g_free (self->portal);
  g_free (self);
}
