#include "config.h"

#include "oauth/loopback.h"

#include "oauth/error.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

struct _BaruaLoopback
{
  SoupServer *server;
  char *redirect_uri;
  char *host;
  GTask *waiting;
  const BaruaOauthRequest *request;
  BaruaSecret *code;
  GError *refusal;
  gboolean answered;
  GSource *deadline;
  GCancellable *cancellable;
  gulong cancelled_id;
};

static void
stop (BaruaLoopback *self)
{
  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (self->cancellable, self->cancelled_id);
  self->cancelled_id = 0;
  g_clear_object (&self->cancellable);
  self->request = NULL;
}

static void
finish (BaruaLoopback *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

  if (task == NULL)
    return;
  stop (self);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->code != NULL)
    g_task_return_pointer (task, g_steal_pointer (&self->code),
                           (GDestroyNotify) barua_secret_unref);
  else if (self->refusal != NULL)
    g_task_return_error (task, g_steal_pointer (&self->refusal));
  else
    g_task_return_new_error (task, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_TIMED_OUT,
                             "no answer came from the browser");
}

static void
show_page (SoupServerMessage *message, guint status, const char *title, const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *language =
    g_strdelimit (g_strdup (g_get_language_names ()[0]), "_.@", '\0');
  g_autofree char *page = g_markup_printf_escaped (
    "<!DOCTYPE html><html lang=\"%s\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>%s</title></head>"
    "<body><main><h1>%s</h1><p>%s</p></main></body></html>",
    g_strcmp0 (language, "C") == 0 ? "en" : language, title, title, text);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY,
                                    page, strlen (page));
}

static void
refuse (SoupServerMessage *message, guint status)
{
  show_page (
    message, status, _ ("Nothing to see here"),
    _ ("This page is not the answer that Barua is waiting for. Go back to the page "
       "of Google that Barua opened."));
}

/* Whoever waits may take the server down: the message's own handler is to return first.
 */
static void
on_page_sent (SoupServerMessage *message, gpointer user_data)
{
  BaruaLoopback *self = user_data;

  (void) message;
  if (self->deadline != NULL)
    g_source_set_ready_time (self->deadline, 0);
}

static void
answer (BaruaLoopback *self, SoupServerMessage *message, const char *query)
{
  self->answered = TRUE;
  self->code = barua_oauth_request_take_code (self->request, query, &self->refusal);
  if (self->code != NULL)
    show_page (message, SOUP_STATUS_OK, _ ("Google has answered"),
               _ ("You can close this page and go back to Barua."));
  else
    show_page (message, SOUP_STATUS_OK, _ ("You are not signed in"),
               _ ("Go back to Barua: it says what happened and what you can do."));
  g_signal_connect (message, "finished", G_CALLBACK (on_page_sent), self);
}

/* A page of another name that has been pointed at 127.0.0.1 sends its own name here. */
static gboolean
is_for_us (BaruaLoopback *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return g_strcmp0 (soup_message_headers_get_one (headers, "Host"), self->host) == 0;
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *fields,
            gpointer user_data)
{
  BaruaLoopback *self = user_data;
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  (void) server;
  (void) fields;
  if (!is_for_us (self, message))
    refuse (message, SOUP_STATUS_FORBIDDEN);
  else if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    refuse (message, SOUP_STATUS_METHOD_NOT_ALLOWED);
  else if (g_strcmp0 (path, "/") != 0)
    refuse (message, SOUP_STATUS_NOT_FOUND);
  else if (self->answered || self->waiting == NULL)
    refuse (message, SOUP_STATUS_GONE);
  else if (!barua_oauth_request_is_answer (self->request, query))
    refuse (message, SOUP_STATUS_BAD_REQUEST);
  else
    answer (self, message, query);
}

static gboolean
has_body (SoupMessageHeaders *headers)
{
  switch (soup_message_headers_get_encoding (headers))
    {
    case SOUP_ENCODING_NONE:
      return FALSE;
    case SOUP_ENCODING_CONTENT_LENGTH:
      return soup_message_headers_get_content_length (headers) > 0;
    default:
      return TRUE;
    }
}

/* Nothing honest has a body; and while one comes as fast as it is read, libsoup does
 * nothing else. */
static void
on_headers (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *fields,
            gpointer user_data)
{
  (void) server;
  (void) path;
  (void) fields;
  (void) user_data;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message),
                                    FALSE);
  if (has_body (soup_server_message_get_request_headers (message)))
    g_socket_close (soup_server_message_get_socket (message), NULL);
}

BaruaLoopback *
barua_loopback_new (GError **error)
{
  g_autoptr (SoupServer) server =
    soup_server_new ("raw-paths", TRUE, "server-header", NULL, NULL);
  BaruaLoopback *self = NULL;
  GSList *uris = NULL;

  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  uris = soup_server_get_uris (server);
  self = g_new0 (BaruaLoopback, 1);
  self->server = g_steal_pointer (&server);
  self->host = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  self->redirect_uri = g_strdup_printf ("http://%s", self->host);
  soup_server_add_early_handler (self->server, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
barua_loopback_free (BaruaLoopback *self)
{
  g_return_if_fail (self->waiting == NULL);

  stop (self);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_clear_pointer (&self->code, barua_secret_unref);
  g_clear_error (&self->refusal);
  g_free (self->redirect_uri);
  g_free (self->host);
  g_free (self);
}

const char *
barua_loopback_get_redirect_uri (const BaruaLoopback *self)
{
  return self->redirect_uri;
}

static gboolean
on_deadline (gpointer user_data)
{
  finish (user_data);
  return G_SOURCE_REMOVE;
}

/* Cancelling may come from within a handler of ours: let that one return first. */
static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  BaruaLoopback *self = user_data;

  (void) cancellable;
  g_source_set_ready_time (self->deadline, 0);
}

void
barua_loopback_wait_async (BaruaLoopback *self,
                           const BaruaOauthRequest *request,
                           guint seconds,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (self->waiting == NULL && !self->answered);

  g_task_set_source_tag (task, barua_loopback_wait_async);
  self->request = request;
  self->deadline = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (self->deadline, on_deadline, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
  self->waiting = g_steal_pointer (&task);
  if (cancellable == NULL)
    return;
  self->cancellable = g_object_ref (cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    g_source_set_ready_time (self->deadline, 0);
  else
    self->cancelled_id =
      g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), self);
}

BaruaSecret *
barua_loopback_wait_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
