#include "config.h"

#include "probe/surroundings.h"

#include "probe/route.h"
#include "support/alone.h"
#include "support/hole.h"
#include "support/loop.h"
#include "support/resolver.h"

#include <libsoup/soup.h>

#define PAGE_HOST "connectivitycheck.gstatic.com"

/* 22 November 2026, 03:00:00, and how the page says it. */
#define NOW 1795316400
#define DATE "Sun, 22 Nov 2026 03:00:00 GMT"

static const struct
{
  const char *description;
  guint status;
  const char *location;
  const char *date;
  gboolean has_body;
  gint64 now;
  BaruaWeb web;
  const char *portal;
  gboolean clock_known;
  gint64 clock_offset;
} ANSWER_ROWS[] = {
  { "open", 204, NULL, DATE, FALSE, NOW, BARUA_WEB_OPEN, NULL, TRUE, 0 },
  { "ahead", 204, NULL, DATE, FALSE, NOW + 90, BARUA_WEB_OPEN, NULL, TRUE, 90 },
  { "behind", 204, NULL, DATE, FALSE, 0, BARUA_WEB_OPEN, NULL, TRUE, -NOW },
  { "no date", 204, NULL, NULL, FALSE, NOW, BARUA_WEB_OPEN, NULL, FALSE, 0 },
  { "no date at all", 204, NULL, "soon", FALSE, NOW, BARUA_WEB_OPEN, NULL, FALSE, 0 },
  { "a proxy's empty 200", 200, NULL, DATE, FALSE, NOW, BARUA_WEB_OPEN, NULL, TRUE, 0 },
  { "a page", 200, NULL, DATE, TRUE, NOW, BARUA_WEB_PORTAL, NULL, FALSE, 0 },
  { "a redirect", 302, "https://login.hotel.example/?url=x", DATE, FALSE, NOW,
    BARUA_WEB_PORTAL, "login.hotel.example", FALSE, 0 },
  { "a redirect to an address", 307, "http://[fe80::1]:8080/", NULL, FALSE, NOW,
    BARUA_WEB_PORTAL, "fe80::1", FALSE, 0 },
  { "a redirect to the same host", 302, "/login", NULL, FALSE, NOW, BARUA_WEB_PORTAL,
    NULL, FALSE, 0 },
  { "a redirect to nowhere", 302, NULL, NULL, FALSE, NOW, BARUA_WEB_PORTAL, NULL, FALSE,
    0 },
  { "a redirect to nonsense", 302, "http://[", NULL, FALSE, NOW, BARUA_WEB_PORTAL, NULL,
    FALSE, 0 },
  { "RFC 6585", 511, NULL, NULL, TRUE, NOW, BARUA_WEB_PORTAL, NULL, FALSE, 0 },
  { "a filter's refusal", 403, NULL, NULL, TRUE, NOW, BARUA_WEB_UNKNOWN, NULL, FALSE, 0 },
  { "a proxy's trouble", 503, NULL, DATE, TRUE, NOW, BARUA_WEB_UNKNOWN, NULL, FALSE, 0 },
};

static void
test_reads_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ANSWER_ROWS); i++)
    {
      g_autoptr (BaruaSurroundings) seen = g_new0 (BaruaSurroundings, 1);

      g_test_message ("%s", ANSWER_ROWS[i].description);
      barua_surroundings_read_answer (seen, ANSWER_ROWS[i].status,
                                      ANSWER_ROWS[i].location, ANSWER_ROWS[i].date,
                                      ANSWER_ROWS[i].has_body, ANSWER_ROWS[i].now);
      g_assert_true (seen->name_server_answers);
      g_assert_cmpint (seen->web, ==, ANSWER_ROWS[i].web);
      g_assert_cmpstr (seen->portal, ==, ANSWER_ROWS[i].portal);
      g_assert_cmpint (seen->clock_known, ==, ANSWER_ROWS[i].clock_known);
      g_assert_cmpint (seen->clock_offset, ==, ANSWER_ROWS[i].clock_offset);
    }
}

/* What the page answers, and how often and how it was asked. */
typedef struct
{
  guint status;
  const char *location;
  const char *body;
  gsize body_length;
  guint asked;
  gboolean had_cookie;
} Page;

static void
on_request (G_GNUC_UNUSED SoupServer *server,
            SoupServerMessage *message,
            G_GNUC_UNUSED const char *path,
            G_GNUC_UNUSED GHashTable *query,
            gpointer user_data)
{
  Page *page = user_data;
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);

  page->asked++;
  page->had_cookie |= soup_message_headers_get_one (request, "Cookie") != NULL;
  soup_server_message_set_status (message, page->status, NULL);
  soup_message_headers_append (response, "Set-Cookie", "who=you; path=/");
  if (page->location != NULL)
    soup_message_headers_replace (response, "Location", page->location);
  if (page->body != NULL)
    soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC,
                                      page->body, page->body_length);
}

static SoupServer *
serve (Page *page, guint *port)
{
  g_autoptr (GError) error = NULL;
  SoupServer *server = soup_server_new (NULL, NULL);
  GSList *uris = NULL;

  soup_server_add_handler (server, NULL, on_request, page, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  *port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return server;
}

static BaruaSurroundings *
ask (guint port, guint timeout_ms)
{
  g_autofree char *url = g_strdup_printf ("http://" PAGE_HOST ":%u/generate_204", port);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BaruaSurroundings *seen = NULL;

  barua_surroundings_ask_async (url, timeout_ms, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  seen = barua_surroundings_ask_finish (result, &error);
  g_assert_no_error (error);
  return seen;
}

static void
test_asks_a_page (void)
{
  g_autofree char *long_body = g_strnfill (10 * 1024 * 1024, 'x');
  const struct
  {
    Page page;
    BaruaWeb web;
    const char *portal;
    gboolean clock_known;
  } rows[] = {
    { { .status = 204 }, BARUA_WEB_OPEN, NULL, TRUE },
    { { .status = 200 }, BARUA_WEB_OPEN, NULL, TRUE },
    { { .status = 200, .body = "<html>", .body_length = 6 },
      BARUA_WEB_PORTAL,
      NULL,
      FALSE },
    { { .status = 200, .body = long_body, .body_length = 10 * 1024 * 1024 },
      BARUA_WEB_PORTAL,
      NULL,
      FALSE },
    { { .status = 302, .location = "http://" PAGE_HOST "/elsewhere" },
      BARUA_WEB_PORTAL,
      PAGE_HOST,
      FALSE },
    { { .status = 511, .body = "<html>", .body_length = 6 },
      BARUA_WEB_PORTAL,
      NULL,
      FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TestResolver *resolver = test_resolver_install ();
      Page page = rows[i].page;
      guint port = 0;
      g_autoptr (SoupServer) server = serve (&page, &port);

      test_resolver_add_address (resolver, PAGE_HOST, "127.0.0.1");
      for (guint time = 1; time <= 2; time++)
        {
          g_autoptr (BaruaSurroundings) seen = ask (port, 5000);

          g_assert_cmpint (seen->web, ==, rows[i].web);
          g_assert_cmpstr (seen->portal, ==, rows[i].portal);
          g_assert_true (seen->name_server_answers);
          g_assert_cmpint (seen->clock_known, ==, rows[i].clock_known);
          g_assert_cmpint (ABS (seen->clock_offset), <, 20);
          g_assert_cmpuint (page.asked, ==, time);
          g_assert_false (page.had_cookie);
        }
      soup_server_disconnect (server);
      test_loop_drain ();
      test_resolver_uninstall (resolver);
    }
}

static void
test_tells_silence_apart (void)
{
  TestResolver *resolver = test_resolver_install ();
  g_autoptr (TestHole) hole = test_hole_new ("127.0.0.1", 0);
  g_autoptr (BaruaSurroundings) silent = NULL;
  g_autoptr (BaruaSurroundings) refused = NULL;
  g_autoptr (BaruaSurroundings) nameless = NULL;
  g_autoptr (BaruaSurroundings) unanswered = NULL;

  nameless = ask (test_hole_get_port (hole), 5000);
  g_assert_false (nameless->name_server_answers);
  g_assert_cmpint (nameless->web, ==, BARUA_WEB_UNKNOWN);
  test_resolver_add_address (resolver, PAGE_HOST, "127.0.0.1");
  silent = ask (test_hole_get_port (hole), 100);
  g_assert_true (silent->name_server_answers);
  g_assert_cmpint (silent->web, ==, BARUA_WEB_UNKNOWN);
  refused = ask (1, 5000);
  g_assert_true (refused->name_server_answers);
  g_assert_cmpint (refused->web, ==, BARUA_WEB_CLOSED);
  test_resolver_set_delay (resolver, PAGE_HOST, TEST_QUESTION_IPV4, TEST_RESOLVER_NEVER);
  unanswered = ask (test_hole_get_port (hole), 100);
  g_assert_false (unanswered->name_server_answers);
  g_assert_cmpint (unanswered->web, ==, BARUA_WEB_UNKNOWN);
  test_loop_drain ();
  test_resolver_uninstall (resolver);
}

static gboolean
on_timeout (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_is_cancelled (void)
{
  TestResolver *resolver = test_resolver_install ();
  g_autoptr (TestHole) hole = test_hole_new ("127.0.0.1", 0);
  g_autofree char *url =
    g_strdup_printf ("http://" PAGE_HOST ":%u/generate_204", test_hole_get_port (hole));

  test_resolver_add_address (resolver, PAGE_HOST, "127.0.0.1");
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      barua_surroundings_ask_async (url, 15000, cancellable, test_loop_store, &result);
      if (i == 1)
        g_cancellable_cancel (cancellable);
      if (i > 1)
        g_timeout_add (i * 5, on_timeout, cancellable);
      test_loop_until_set ((gpointer *) &result);
      g_assert_null (barua_surroundings_ask_finish (result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  test_loop_drain ();
  test_resolver_uninstall (resolver);
}

/* Whatever this machine's network is like: it says what the kernel says, and asks nobody
 * but the page. */
static void
test_looks_around (void)
{
  TestResolver *resolver = test_resolver_install ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaruaSurroundings) seen = NULL;
  g_autoptr (GError) error = NULL;

  barua_surroundings_look_async (5000, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  seen = barua_surroundings_look_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seen->route_ipv4, ==, barua_route_exists (G_SOCKET_FAMILY_IPV4));
  g_assert_cmpint (seen->route_ipv6, ==, barua_route_exists (G_SOCKET_FAMILY_IPV6));
  g_assert_false (seen->name_server_answers);
  g_assert_cmpint (seen->web, ==, BARUA_WEB_UNKNOWN);
  g_assert_cmpuint (test_resolver_count (resolver, PAGE_HOST, TEST_QUESTION_IPV4), <=, 2);
  test_loop_drain ();
  test_resolver_uninstall (resolver);
}

static void
test_sees_no_way_out (void)
{
  TestResolver *resolver = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaruaSurroundings) seen = NULL;

  if (!test_alone_run ())
    return;
  resolver = test_resolver_install ();
  barua_surroundings_look_async (15000, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  seen = barua_surroundings_look_finish (result, NULL);
  g_assert_false (seen->route_ipv4);
  g_assert_false (seen->route_ipv6);
  g_assert_cmpint (seen->web, ==, BARUA_WEB_UNKNOWN);
  g_assert_cmpuint (test_resolver_count (resolver, PAGE_HOST, TEST_QUESTION_IPV4), ==, 0);
  test_resolver_uninstall (resolver);
}

int
main (int argc, char *argv[])
{
  /* A proxy would stand between, and answer in place of what is there. */
  g_setenv ("http_proxy", "http://127.0.0.1:9", TRUE);
  g_test_init (&argc, &argv, NULL);
  test_alone_begin ();
  g_test_add_func ("/probe/surroundings/answers", test_reads_answers);
  g_test_add_func ("/probe/surroundings/page", test_asks_a_page);
  g_test_add_func ("/probe/surroundings/silence", test_tells_silence_apart);
  g_test_add_func ("/probe/surroundings/cancel", test_is_cancelled);
  g_test_add_func ("/probe/surroundings/look", test_looks_around);
  g_test_add_func ("/probe/surroundings/no-way-out", test_sees_no_way_out);
  return g_test_run ();
}
