#include "config.h"

#include "probe/surroundings.h"

#include "base/text.h"
#include "probe/clock.h"
#include "probe/route.h"

#include <libsoup/soup.h>

/* Google's page for finding sign-in pages; over http, so that these can answer. */
#define PAGE "http://connectivitycheck.gstatic.com/generate_204"

#define HOST_CHARACTERS 253

typedef struct
{
  BaruaClock *clock;
  SoupSession *session;
  SoupMessage *message;
  BaruaSurroundings *seen;
  char first[1];
} Ask;

static void
ask_free (gpointer data)
{
  Ask *self = data;

  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_object_unref (self->message);
  g_clear_pointer (&self->seen, barua_surroundings_free);
  barua_clock_free (self->clock);
  g_free (self);
}

static char *
dup_host (const char *location)
{
  g_autoptr (GUri) uri = NULL;
  const char *host = NULL;

  if (location != NULL)
    uri = g_uri_parse (location, G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (uri != NULL)
    host = g_uri_get_host (uri);
  return host != NULL && *host != '\0' ? barua_text_one_line (host, -1, HOST_CHARACTERS)
                                       : NULL;
}

void
barua_surroundings_read_answer (BaruaSurroundings *surroundings,
                                guint status,
                                const char *location,
                                const char *date,
                                gboolean has_body,
                                gint64 now)
{
  g_autoptr (GDateTime) theirs = NULL;

  surroundings->name_server_answers = TRUE;
  /* Some proxies turn 204 into 200 and leave the body empty; Android takes that for open
   * as well. */
  if (status == SOUP_STATUS_NO_CONTENT || (status == SOUP_STATUS_OK && !has_body))
    surroundings->web = BARUA_WEB_OPEN;
  else if (SOUP_STATUS_IS_SUCCESSFUL (status) || SOUP_STATUS_IS_REDIRECTION (status) ||
           status == 511) /* RFC 6585, 6: Network Authentication Required */
    surroundings->web = BARUA_WEB_PORTAL;
  else
    surroundings->web = BARUA_WEB_UNKNOWN;
  if (surroundings->web == BARUA_WEB_PORTAL)
    surroundings->portal = dup_host (location);
  /* The clock of a box in a hotel's cellar says nothing about this machine's. */
  if (surroundings->web == BARUA_WEB_OPEN && date != NULL)
    theirs = soup_date_time_new_from_http_string (date);
  if (theirs == NULL)
    return;
  surroundings->clock_known = TRUE;
  surroundings->clock_offset = now - g_date_time_to_unix (theirs);
}

static void
take_answer (Ask *self, gboolean has_body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  barua_surroundings_read_answer (self->seen, soup_message_get_status (self->message),
                                  soup_message_headers_get_one (headers, "Location"),
                                  soup_message_headers_get_one (headers, "Date"),
                                  has_body, g_get_real_time () / G_USEC_PER_SEC);
}

/* What could not be found out stays unknown: only cancelling is an error. */
static void
finish (GTask *task)
{
  Ask *self = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (self->message, self->seen);
  if (g_task_return_error_if_cancelled (task))
    return;
  self->seen->ms = barua_clock_get_ms (self->clock);
  g_task_return_pointer (task, g_steal_pointer (&self->seen),
                         (GDestroyNotify) barua_surroundings_free);
}

static void
on_first_byte (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  take_answer (g_task_get_task_data (task), length > 0);
  finish (task);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) body =
    soup_session_send_finish (SOUP_SESSION (source), result, &error);
  Ask *self = g_task_get_task_data (task);

  if (body == NULL)
    {
      gboolean late = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

      if (self->seen->name_server_answers && !late)
        self->seen->web = BARUA_WEB_CLOSED;
      finish (task);
      return;
    }
  if (soup_message_get_status (self->message) != SOUP_STATUS_OK)
    {
      take_answer (self, FALSE);
      finish (task);
      return;
    }
  g_input_stream_read_async (body, self->first, sizeof self->first, G_PRIORITY_DEFAULT,
                             barua_clock_get_cancellable (self->clock), on_first_byte,
                             g_steal_pointer (&task));
}

static void
on_network_event (G_GNUC_UNUSED SoupMessage *message,
                  GSocketClientEvent event,
                  G_GNUC_UNUSED GIOStream *stream,
                  gpointer user_data)
{
  BaruaSurroundings *seen = user_data;

  if (event == G_SOCKET_CLIENT_RESOLVED)
    seen->name_server_answers = TRUE;
}

void
barua_surroundings_ask_async (const char *url,
                              guint timeout_ms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Ask *self = g_new0 (Ask, 1);

  g_task_set_source_tag (task, barua_surroundings_ask_async);
  g_task_set_task_data (task, self, ask_free);
  self->clock = barua_clock_new (timeout_ms, timeout_ms, cancellable, NULL);
  self->seen = g_new0 (BaruaSurroundings, 1);
  self->session = soup_session_new ();
  soup_session_set_proxy_resolver (self->session, NULL);
  self->message = soup_message_new (SOUP_METHOD_GET, url);
  soup_message_set_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  g_signal_connect (self->message, "network-event", G_CALLBACK (on_network_event),
                    self->seen);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT,
                           barua_clock_get_cancellable (self->clock), on_answer,
                           g_steal_pointer (&task));
}

BaruaSurroundings *
barua_surroundings_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_asked (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSurroundings) seen = barua_surroundings_ask_finish (result, &error);
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
  barua_surroundings_ask_async (PAGE, timeout_ms, cancellable, on_asked,
                                g_steal_pointer (&task));
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
