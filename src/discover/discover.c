#include "config.h"

#include "discover/discover.h"

#include "discover/known.h"
#include "discover/slips.h"

#include <glib/gi18n.h>

/* One look-up under way. @inner ends when the caller cancels and when time is up; @late
 * tells which. */
typedef struct
{
  BaruaAddress *address;
  BaruaDiscovery *found;
  GCancellable *inner;
  GCancellable *outer;
  gulong handler;
  GSource *deadline;
  gboolean late;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  barua_address_unref (work->address);
  g_clear_pointer (&work->found, barua_discovery_free);
  g_object_unref (work->inner);
  g_clear_object (&work->outer);
  g_clear_pointer (&work->deadline, g_source_unref);
  g_free (work);
}

static const BaruaProvider *
find_provider (BaruaHostKind kind)
{
  return kind == BARUA_HOST_OTHER ? NULL : barua_known_gmail ();
}

static void
free_discovery (gpointer data)
{
  barua_discovery_free (data);
}

static void
finish (GTask *task, BaruaHostKind kind)
{
  Work *work = g_task_get_task_data (task);

  if (work->deadline != NULL)
    g_source_destroy (work->deadline);
  if (work->handler != 0)
    g_cancellable_disconnect (work->outer, work->handler);
  work->handler = 0;
  work->found->kind = kind;
  work->found->provider = find_provider (kind);
  g_task_return_pointer (task, g_steal_pointer (&work->found), free_discovery);
}

/* A caller that has cancelled gets that from the task, whatever stands in the result. */
static void
finish_with_error (GTask *task, BaruaHostKind kind, GError *error)
{
  Work *work = g_task_get_task_data (task);

  if (work->late && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      error =
        g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                     /* Translators: %s is a domain, such as example.com. */
                     _ ("The network did not say in time who keeps the mail of %s."),
                     barua_address_get_domain_for_display (work->address));
    }
  work->found->error = error;
  finish (task, kind);
}

static void
on_addresses (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  GList *addresses =
    g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  BaruaHostKind kind = BARUA_HOST_UNKNOWN;

  if (error != NULL)
    {
      if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
        {
          kind = BARUA_HOST_OTHER;
          g_clear_error (&error);
          error = g_error_new (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                               /* Translators: %s is a domain, such as example.com. */
                               _ ("The domain %s does not exist, or it takes no mail."),
                               barua_address_get_domain_for_display (work->address));
        }
      finish_with_error (task, kind, error);
      return;
    }
  g_resolver_free_addresses (addresses);
  work->found->mx = g_new0 (BaruaMxAnswer, 1);
  work->found->mx->kind = BARUA_HOST_OTHER;
  work->found->mx->host = g_strdup (barua_address_get_domain (work->address));
  finish (task, BARUA_HOST_OTHER);
}

/* Without an MX record the domain itself takes its mail, if it has an address (RFC 5321,
 * 5.1). The final dot keeps this machine's own search list out. */
static void
look_up_addresses (GTask *task, GResolver *resolver)
{
  Work *work = g_task_get_task_data (task);
  g_autofree char *name =
    g_strconcat (barua_address_get_domain (work->address), ".", NULL);

  g_resolver_lookup_by_name_async (resolver, name, work->inner, on_addresses,
                                   g_object_ref (task));
}

static void
on_gmail_records (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (source), result, &error);

  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      error = g_error_new_literal (
        G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
        _ ("This network does not tell who keeps whose mail, not even Gmail’s."));
    }
  if (error != NULL)
    {
      finish_with_error (task, BARUA_HOST_UNKNOWN, error);
      return;
    }
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  look_up_addresses (task, G_RESOLVER (source));
}

/* Some networks deny that any name exists, lead every name to their sign-in page, or know
 * addresses only: a domain is blamed only where they tell who keeps Gmail's own mail. */
static void
look_up_gmail (GTask *task, GResolver *resolver)
{
  Work *work = g_task_get_task_data (task);

  g_resolver_lookup_records_async (resolver, "gmail.com", G_RESOLVER_RECORD_MX,
                                   work->inner, on_gmail_records, g_object_ref (task));
}

static void
on_records (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (source), result, &error);

  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      look_up_gmail (task, G_RESOLVER (source));
      return;
    }
  if (error != NULL)
    {
      finish_with_error (task, BARUA_HOST_UNKNOWN, error);
      return;
    }
  work->found->mx = barua_mx_judge (records);
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  finish (task, work->found->mx->kind);
}

static gboolean
on_deadline (gpointer user_data)
{
  Work *work = g_task_get_task_data (G_TASK (user_data));

  work->late = TRUE;
  g_cancellable_cancel (work->inner);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (G_GNUC_UNUSED GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static Work *
work_new (BaruaAddress *address, GCancellable *outer)
{
  Work *work = g_new0 (Work, 1);

  work->address = barua_address_ref (address);
  work->found = g_new0 (BaruaDiscovery, 1);
  work->found->suggestion = barua_slip_suggest (barua_address_get_domain (address));
  work->inner = g_cancellable_new ();
  g_set_object (&work->outer, outer);
  return work;
}

void
barua_discover_async (BaruaAddress *address,
                      guint timeout_ms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GResolver) resolver = NULL;
  Work *work = NULL;

  g_return_if_fail (address != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, barua_discover_async);
  work = work_new (address, cancellable);
  g_task_set_task_data (task, work, work_free);
  if (barua_known_provider (barua_address_get_domain (address)) != NULL)
    {
      finish (task, BARUA_HOST_GMAIL);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  work->deadline = g_timeout_source_new (timeout_ms);
  g_task_attach_source (task, work->deadline, on_deadline);
  if (cancellable != NULL)
    work->handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                           g_object_ref (work->inner), g_object_unref);
  resolver = g_resolver_get_default ();
  g_resolver_lookup_records_async (resolver, barua_address_get_domain (address),
                                   G_RESOLVER_RECORD_MX, work->inner, on_records,
                                   g_object_ref (task));
}

BaruaDiscovery *
barua_discover_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
barua_discovery_free (BaruaDiscovery *self)
{
  g_clear_pointer (&self->mx, barua_mx_answer_free);
  g_clear_error (&self->error);
  g_free (self);
}
