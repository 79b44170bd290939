#include "config.h"

#include "oauth/post.h"

#include "base/secret.h"
#include "oauth/error.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GInputStream *stream;
  GCancellable *internal;
  GCancellable *outer;
  gulong outer_id;
  GSource *deadline;
  gboolean late;
  gboolean old;
  gsize length;
  char *body;
} Post;

typedef struct
{
  char *text;
  gsize length;
} Wiped;

static void
wiped_free (gpointer data)
{
  Wiped *wiped = data;

  explicit_bzero (wiped->text, wiped->length);
  g_free (wiped->text);
  g_free (wiped);
}

static GBytes *
take_wiped (char *text, gsize length)
{
  Wiped *wiped = g_new (Wiped, 1);

  wiped->text = text;
  wiped->length = length;
  return g_bytes_new_with_free_func (text, length, wiped_free, wiped);
}

static void
post_free (gpointer data)
{
  Post *post = data;

  g_source_destroy (post->deadline);
  g_source_unref (post->deadline);
  if (post->outer_id != 0)
    g_cancellable_disconnect (post->outer, post->outer_id);
  g_clear_object (&post->outer);
  g_clear_object (&post->internal);
  g_clear_object (&post->stream);
  g_signal_handlers_disconnect_by_data (post->message, post);
  g_clear_object (&post->message);
  g_clear_object (&post->session);
  if (post->body != NULL)
    explicit_bzero (post->body, BARUA_POST_MAX + 1);
  g_free (post->body);
  g_free (post);
}

static gboolean
on_deadline (gpointer user_data)
{
  Post *post = user_data;

  post->late = TRUE;
  g_cancellable_cancel (post->internal);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer internal)
{
  (void) outer;
  g_cancellable_cancel (internal);
}

/* A buffer of the final size is never moved, so that no copy is left behind. */
static GBytes *
encode_form (const BaruaPostField *fields)
{
  gsize size = 1;
  GString *form = NULL;
  gsize length = 0;

  for (const BaruaPostField *field = fields; field->name != NULL; field++)
    if (field->value != NULL)
      size += strlen (field->name) + 3 * strlen (field->value) + 2;
  form = g_string_sized_new (size);
  for (const BaruaPostField *field = fields; field->name != NULL; field++)
    {
      if (field->value == NULL)
        continue;
      if (form->len > 0)
        g_string_append_c (form, '&');
      g_string_append (form, field->name);
      g_string_append_c (form, '=');
      g_string_append_uri_escaped (form, field->value, NULL, FALSE);
    }
  length = form->len;
  return take_wiped (g_string_free (form, FALSE), length);
}

/* GIO goes down to TLS 1.0. This comes after the handshake, and before the form. */
static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *stream,
                  gpointer user_data)
{
  Post *post = user_data;
  GTlsProtocolVersion version = G_TLS_PROTOCOL_VERSION_UNKNOWN;

  (void) message;
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED)
    return;
  version = g_tls_connection_get_protocol_version (G_TLS_CONNECTION (stream));
  post->old = version != G_TLS_PROTOCOL_VERSION_TLS_1_2 &&
              version != G_TLS_PROTOCOL_VERSION_TLS_1_3;
  if (post->old)
    g_cancellable_cancel (post->internal);
}

/* A name that is not Google's says the most, whoever vouches for it. */
static BaruaOauthError
judge_certificate (SoupMessage *message)
{
  GTlsCertificateFlags errors = soup_message_get_tls_peer_certificate_errors (message);

  if (errors & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return BARUA_OAUTH_ERROR_OTHER_NAME;
  if (errors & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return BARUA_OAUTH_ERROR_UNTRUSTED;
  if (errors & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    return BARUA_OAUTH_ERROR_OUT_OF_DATE;
  return BARUA_OAUTH_ERROR_UNTRUSTED;
}

static void
return_error (GTask *task, GError *error)
{
  Post *post = g_task_get_task_data (task);

  if (!post->late && !post->old &&
      !g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
  if (post->late)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer in time");
  else if (post->old)
    g_task_return_new_error (task, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_OLD_TLS,
                             "the server speaks no TLS newer than 1.1");
  else
    g_task_return_new_error (task, BARUA_OAUTH_ERROR, judge_certificate (post->message),
                             "the certificate is not one of this server");
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Post *post = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &post->length, &error);
  if (error != NULL)
    return_error (task, g_steal_pointer (&error));
  else if (post->length > BARUA_POST_MAX)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                             "the answer is too long");
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Post *post = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  post->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (error != NULL)
    {
      return_error (task, g_steal_pointer (&error));
      return;
    }
  post->body = g_malloc0 (BARUA_POST_MAX + 1);
  g_input_stream_read_all_async (post->stream, post->body, BARUA_POST_MAX + 1,
                                 G_PRIORITY_DEFAULT, post->internal, on_read,
                                 g_steal_pointer (&task));
}

void
barua_post_async (const char *uri,
                  const BaruaPostField *fields,
                  guint timeout_ms,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GBytes) form = encode_form (fields);
  Post *post = g_new0 (Post, 1);

  g_task_set_source_tag (task, barua_post_async);
  post->internal = g_cancellable_new ();
  post->deadline = g_timeout_source_new (timeout_ms);
  g_source_set_callback (post->deadline, on_deadline, post, NULL);
  g_source_attach (post->deadline, g_main_context_get_thread_default ());
  post->session = soup_session_new ();
  soup_session_remove_feature_by_type (post->session, SOUP_TYPE_CONTENT_DECODER);
  post->message = soup_message_new (SOUP_METHOD_POST, uri);
  soup_message_add_flags (post->message, SOUP_MESSAGE_NO_REDIRECT);
  g_signal_connect (post->message, "network-event", G_CALLBACK (on_network_event), post);
  soup_message_set_request_body_from_bytes (post->message,
                                            "application/x-www-form-urlencoded", form);
  if (cancellable != NULL)
    {
      post->outer = g_object_ref (cancellable);
      post->outer_id =
        g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                               g_object_ref (post->internal), g_object_unref);
    }
  g_task_set_task_data (task, post, post_free);
  soup_session_send_async (post->session, post->message, G_PRIORITY_DEFAULT,
                           post->internal, on_sent, g_steal_pointer (&task));
}

GBytes *
barua_post_finish (GAsyncResult *result, guint *status, GError **error)
{
  Post *post = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  post = g_task_get_task_data (G_TASK (result));
  *status = soup_message_get_status (post->message);
  return take_wiped (g_steal_pointer (&post->body), post->length);
}
