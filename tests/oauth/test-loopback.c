#include "config.h"

#include "oauth/error.h"
#include "oauth/loopback.h"
#include "support/loop.h"
#include "support/memory.h"

#include <libsoup/soup.h>
#include <string.h>

/* How much each may say, most of it to the kernel, and the most that all may cost, in
 * KiB: a buffer for each, and their own words on this side of the wire. */
#define MEBIBYTE (1024 * 1024)
#define POURED_MEBIBYTES 16
#define GROWTH_MAX (48 * 1024 + TEST_MEMORY_HELD_BACK)

static const BaruaOauthClient CLIENT = { "id", NULL };

typedef struct
{
  BaruaLoopback *loopback;
  BaruaOauthRequest *request;
  char *state;
  BaruaSecret *code;
  GError *error;
  gboolean done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *uri = NULL;
  g_autoptr (GHashTable) fields = NULL;

  (void) data;
  fixture->loopback = barua_loopback_new (NULL);
  g_assert_nonnull (fixture->loopback);
  fixture->request =
    barua_oauth_request_new (barua_oauth_google (), &CLIENT,
                             barua_loopback_get_redirect_uri (fixture->loopback), NULL);
  uri = barua_oauth_request_get_uri (fixture->request);
  fields =
    g_uri_parse_params (strchr (uri, '?') + 1, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  fixture->state = g_strdup (g_hash_table_lookup (fields, "state"));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_clear_pointer (&fixture->loopback, barua_loopback_free);
  barua_oauth_request_free (fixture->request);
  g_clear_pointer (&fixture->code, barua_secret_unref);
  g_clear_error (&fixture->error);
  g_free (fixture->state);
}

static void
on_waited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) source;
  fixture->code = barua_loopback_wait_finish (result, &fixture->error);
  fixture->done = TRUE;
}

typedef struct
{
  guint status;
  char *body;
  char *policy;
  char *caching;
  gboolean done;
} Page;

static void
page_clear (Page *page)
{
  g_free (page->body);
  g_free (page->policy);
  g_free (page->caching);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Page *page = user_data;
  g_autoptr (GBytes) body =
    soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  if (body != NULL)
    page->body = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  page->done = TRUE;
}

static void
fetch (
  Fixture *fixture, const char *method, const char *rest, const char *host, Page *page)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri =
    g_strconcat (barua_loopback_get_redirect_uri (fixture->loopback), rest, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  SoupMessageHeaders *headers = NULL;

  if (host != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Host",
                                  host);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL,
                                    on_fetched, page);
  while (!page->done)
    g_main_context_iteration (NULL, TRUE);
  headers = soup_message_get_response_headers (message);
  page->status = soup_message_get_status (message);
  page->policy =
    g_strdup (soup_message_headers_get_one (headers, "Content-Security-Policy"));
  page->caching = g_strdup (soup_message_headers_get_one (headers, "Cache-Control"));
  g_assert_null (soup_message_headers_get_one (headers, "Access-Control-Allow-Origin"));
}

static void
wait_until_done (Fixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_answers_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *honest =
    g_strconcat ("/?code=secretcode&state=", fixture->state, NULL);
  g_auto (Page) page = { 0 };
  g_auto (Page) again = { 0 };

  (void) data;
  barua_loopback_wait_async (fixture->loopback, fixture->request, 20, NULL, on_waited,
                             fixture);
  fetch (fixture, "GET", honest, NULL, &page);
  wait_until_done (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (barua_secret_peek (fixture->code), ==, "secretcode");
  g_assert_cmpuint (page.status, ==, 200);
  g_assert_cmpstr (page.policy, ==, "default-src 'none'");
  g_assert_cmpstr (page.caching, ==, "no-store");
  g_assert_null (strstr (page.body, "secretcode"));
  g_assert_null (strstr (page.body, fixture->state));
  fetch (fixture, "GET", honest, NULL, &again);
  g_assert_cmpuint (again.status, ==, 410);
}

static void
test_refuses_others (Fixture *fixture, gconstpointer data)
{
  g_autofree char *honest = g_strconcat ("/?code=good&state=", fixture->state, NULL);
  g_autofree char *elsewhere = g_strconcat ("/other?code=x&state=", fixture->state, NULL);
  const struct
  {
    const char *method;
    const char *rest;
    const char *host;
    guint status;
  } rows[] = {
    { "GET", "/favicon.ico", NULL, 404 },
    { "GET", elsewhere, NULL, 404 },
    { "GET", "/?code=x&state=wrong", NULL, 400 },
    { "GET", "/?error=access_denied&state=wrong", NULL, 400 },
    { "GET", "/", NULL, 400 },
    { "POST", honest, NULL, 405 },
    { "GET", honest, "evil.example", 403 },
    { "GET", honest, "localhost", 403 },
  };
  g_auto (Page) last = { 0 };

  (void) data;
  barua_loopback_wait_async (fixture->loopback, fixture->request, 20, NULL, on_waited,
                             fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Page) page = { 0 };

      fetch (fixture, rows[i].method, rows[i].rest, rows[i].host, &page);
      g_assert_cmpuint (page.status, ==, rows[i].status);
      g_assert_false (fixture->done);
    }
  fetch (fixture, "GET", honest, NULL, &last);
  wait_until_done (fixture);
  g_assert_cmpstr (barua_secret_peek (fixture->code), ==, "good");
}

static void
test_idle_connections (Fixture *fixture, gconstpointer data)
{
  g_autofree char *honest = g_strconcat ("/?code=good&state=", fixture->state, NULL);
  g_autoptr (GUri) uri = g_uri_parse (barua_loopback_get_redirect_uri (fixture->loopback),
                                      G_URI_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) idle = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (Page) page = { 0 };

  (void) data;
  barua_loopback_wait_async (fixture->loopback, fixture->request, 20, NULL, on_waited,
                             fixture);
  for (int i = 0; i < 20; i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      GSocketConnection *connection = g_socket_client_connect_to_host (
        client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, NULL);

      g_assert_nonnull (connection);
      g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             "GET /?code=", i % 2 == 0 ? 11 : 3, NULL, NULL);
      g_ptr_array_add (idle, connection);
      /* The listener's queue is short, and it is served by this very thread. */
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }
  fetch (fixture, "GET", honest, NULL, &page);
  wait_until_done (fixture);
  g_assert_cmpstr (barua_secret_peek (fixture->code), ==, "good");
}

/* A client that talks without end: @opens once, then @goes_on. */
typedef struct
{
  const char *name;
  const char *opens;
  const char *goes_on;
} Flood;

#define OPENS "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
#define CHUNKED OPENS "Transfer-Encoding: chunked\r\n\r\n"

static const Flood FLOODS[] = {
  { "a method", "", "GET" },
  { "an address", "GET /?code=", "xxxxxxxxxxxxxxxx" },
  { "a line of a header", "GET / HTTP/1.1\r\nCookie: ", "xxxxxxxxxxxxxxxx" },
  { "one header in many lines", "GET / HTTP/1.1\r\nCookie: x", "\r\n xxxxxxxxxxxxxx" },
  { "headers", "GET / HTTP/1.1\r\n", "Cookie: x\r\n" },
  { "empty lines", "", "\r\n" },
  { "a body", OPENS "Content-Length: 99999999999999\r\n\r\n", "xxxxxxxxxxxxxxxx" },
  { "a body in pieces", CHUNKED, "a\r\nxxxxxxxxxx\r\n" },
  { "the length of a piece", CHUNKED "1;", "xxxxxxxxxxxxxxxx" },
  { "words behind the last piece", CHUNKED "0\r\n", "Cookie: x\r\n" },
  { "requests", "", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" },
  { "bytes of nothing", "", "\x80\x81\x82\x83" },
};

typedef struct
{
  const Flood *flood;
  GSocketConnection *connection;
  GThread *thread;
  int mebibytes;
  gboolean ended;
} Flooder;

static gpointer
pour (gpointer data)
{
  Flooder *self = data;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_autoptr (GString) bytes = g_string_new (NULL);
  gboolean well = g_output_stream_write_all (
    out, self->flood->opens, strlen (self->flood->opens), NULL, NULL, NULL);

  while (bytes->len < MEBIBYTE)
    g_string_append (bytes, self->flood->goes_on);
  while (well)
    {
      well = g_output_stream_write_all (out, bytes->str, bytes->len, NULL, NULL, NULL);
      self->mebibytes += well;
    }
  g_atomic_int_set (&self->ended, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
connect_flooder (Flooder *self, const Flood *flood, guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;

  self->flood = flood;
  self->connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  /* The listener's queue is short, and it is served by this very thread. */
  test_loop_drain ();
}

static gboolean
are_gone (gpointer data)
{
  Flooder *flooders = data;

  for (gsize i = 0; i < G_N_ELEMENTS (FLOODS); i++)
    if (!g_atomic_int_get (&flooders[i].ended))
      return FALSE;
  return TRUE;
}

/* Each is shown the door before it has said much, and the honest answer gets through. */
static void
test_floods (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *honest = g_strconcat ("/?code=good&state=", fixture->state, NULL);
  g_autoptr (GUri) uri = g_uri_parse (barua_loopback_get_redirect_uri (fixture->loopback),
                                      G_URI_FLAGS_NONE, NULL);
  Flooder flooders[G_N_ELEMENTS (FLOODS)] = { 0 };
  g_auto (Page) page = { 0 };
  guint64 mark = test_memory_mark ();
  guint64 growth = 0;

  barua_loopback_wait_async (fixture->loopback, fixture->request, 60, NULL, on_waited,
                             fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (FLOODS); i++)
    connect_flooder (&flooders[i], &FLOODS[i], (guint16) g_uri_get_port (uri));
  for (gsize i = 0; i < G_N_ELEMENTS (FLOODS); i++)
    flooders[i].thread = g_thread_new ("flooder", pour, &flooders[i]);
  test_loop_until (are_gone, flooders);
  fetch (fixture, "GET", honest, NULL, &page);
  wait_until_done (fixture);
  g_assert_cmpstr (barua_secret_peek (fixture->code), ==, "good");
  growth = test_memory_get_growth (mark);
  g_clear_pointer (&fixture->loopback, barua_loopback_free);
  for (gsize i = 0; i < G_N_ELEMENTS (FLOODS); i++)
    {
      g_test_message ("%s: %d MiB", FLOODS[i].name, flooders[i].mebibytes);
      g_assert_cmpint (flooders[i].mebibytes, <, POURED_MEBIBYTES);
      g_thread_join (flooders[i].thread);
      g_object_unref (flooders[i].connection);
    }
  g_test_message ("%" G_GUINT64_FORMAT " KiB", growth);
  g_assert_cmpuint (growth, <, GROWTH_MAX);
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer =
    g_strconcat ("/?error=access_denied&state=", fixture->state, NULL);
  g_auto (Page) page = { 0 };

  (void) data;
  barua_loopback_wait_async (fixture->loopback, fixture->request, 20, NULL, on_waited,
                             fixture);
  fetch (fixture, "GET", answer, NULL, &page);
  wait_until_done (fixture);
  g_assert_error (fixture->error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_DENIED);
  g_assert_cmpstr (barua_oauth_error_get_cause (fixture->error), ==, "oauth-user-denied");
}

static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  (void) data;
  barua_loopback_wait_async (fixture->loopback, fixture->request, 0, NULL, on_waited,
                             fixture);
  wait_until_done (fixture);
  g_assert_error (fixture->error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_TIMED_OUT);
}

static gboolean
on_idle_cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *when = data;

  if (g_str_equal (when, "before"))
    g_cancellable_cancel (cancellable);
  barua_loopback_wait_async (fixture->loopback, fixture->request, 20, cancellable,
                             on_waited, fixture);
  if (g_str_equal (when, "at once"))
    g_cancellable_cancel (cancellable);
  else if (g_str_equal (when, "later"))
    g_timeout_add (20, on_idle_cancel, cancellable);
  wait_until_done (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_cancelled_after (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *honest = g_strconcat ("/?code=good&state=", fixture->state, NULL);
  g_auto (Page) page = { 0 };

  (void) data;
  barua_loopback_wait_async (fixture->loopback, fixture->request, 20, cancellable,
                             on_waited, fixture);
  fetch (fixture, "GET", honest, NULL, &page);
  wait_until_done (fixture);
  g_cancellable_cancel (cancellable);
  g_assert_cmpstr (barua_secret_peek (fixture->code), ==, "good");
}

static gboolean
can_connect (const char *address, guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, address, port, NULL, NULL);

  return connection != NULL;
}

/* Every address of 127/8 is this computer's; of them only the one that was asked for is
 * listened on, and only as long as the answer may come. */
static void
test_port_is_shut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GUri) uri = g_uri_parse (barua_loopback_get_redirect_uri (fixture->loopback),
                                      G_URI_FLAGS_NONE, NULL);
  guint16 port = (guint16) g_uri_get_port (uri);

  (void) data;
  g_assert_cmpstr (g_uri_get_host (uri), ==, "127.0.0.1");
  g_assert_true (can_connect ("127.0.0.1", port));
  g_assert_false (can_connect ("127.0.0.2", port));
  g_clear_pointer (&fixture->loopback, barua_loopback_free);
  g_assert_false (can_connect ("127.0.0.1", port));
}

#define ADD(name, data, function)                                                        \
  g_test_add ("/oauth/loopback/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("answers-once", NULL, test_answers_once);
  ADD ("refuses-others", NULL, test_refuses_others);
  ADD ("idle-connections", NULL, test_idle_connections);
  ADD ("floods", NULL, test_floods);
  ADD ("port-is-shut", NULL, test_port_is_shut);
  ADD ("denied", NULL, test_denied);
  ADD ("deadline", NULL, test_deadline);
  ADD ("cancelled-before", "before", test_cancelled);
  ADD ("cancelled-at-once", "at once", test_cancelled);
  ADD ("cancelled-mid-way", "later", test_cancelled);
  ADD ("cancelled-after", NULL, test_cancelled_after);
  return g_test_run ();
}
