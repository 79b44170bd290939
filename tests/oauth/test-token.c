#include "config.h"

#include "oauth/error.h"
#include "oauth/post.h"
#include "oauth/token.h"

#include <libsoup/soup.h>
#include <string.h>

#define GOOD                                                                             \
  "{\"access_token\":\"ya29.abc\",\"expires_in\":3599,\"token_type\":\"Bearer\","        \
  "\"refresh_token\":\"1//xyz\",\"scope\":\"openid https://mail.google.com/\"}"

static const struct
{
  const char *what;
  const char *json;
  guint status;
  gboolean refreshing;
  int error;
} ROWS[] = {
  { "all well", GOOD, 200, FALSE, -1 },
  { "a refresh names no scope",
    "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":10}", 200, TRUE,
    -1 },
  { "an exchange must name it",
    "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":10}", 200, FALSE,
    BARUA_OAUTH_ERROR_SCOPE },
  { "mail left unticked",
    "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"scope\":\"openid email\"}", 200,
    FALSE, BARUA_OAUTH_ERROR_SCOPE },
  { "a scope that only begins like mail",
    "{\"access_token\":\"a\",\"token_type\":\"Bearer\","
    "\"scope\":\"https://mail.google.com/x\"}",
    200, FALSE, BARUA_OAUTH_ERROR_SCOPE },
  { "another type",
    "{\"access_token\":\"a\",\"token_type\":\"mac\",\"scope\":\"https://mail.google.com/"
    "\"}",
    200, FALSE, BARUA_OAUTH_ERROR_ANSWER },
  { "no token", "{\"token_type\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}", 200,
    FALSE, BARUA_OAUTH_ERROR_ANSWER },
  { "a token with a line end",
    "{\"access_token\":\"a\\r\\nb\",\"token_type\":\"Bearer\","
    "\"scope\":\"https://mail.google.com/\"}",
    200, FALSE, BARUA_OAUTH_ERROR_ANSWER },
  { "a token that is a number",
    "{\"access_token\":5,\"token_type\":\"Bearer\",\"scope\":\"https://mail.google.com/"
    "\"}",
    200, FALSE, BARUA_OAUTH_ERROR_ANSWER },
  { "not JSON", "<html>", 200, FALSE, BARUA_OAUTH_ERROR_ANSWER },
  { "nothing", "", 200, FALSE, BARUA_OAUTH_ERROR_ANSWER },
  { "an array", "[1]", 200, FALSE, BARUA_OAUTH_ERROR_ANSWER },
  { "nested too deep",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", 200, FALSE,
    BARUA_OAUTH_ERROR_ANSWER },
  { "a redirect", "", 307, FALSE, BARUA_OAUTH_ERROR_ANSWER },
  { "Google's trouble", "", 503, FALSE, BARUA_OAUTH_ERROR_TEMPORARY },
  { "a dead refresh token",
    "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been revoked.\"}",
    400, TRUE, BARUA_OAUTH_ERROR_REVOKED },
  { "a code used twice", "{\"error\":\"invalid_grant\"}", 400, FALSE,
    BARUA_OAUTH_ERROR_CODE },
  { "an unknown client", "{\"error\":\"invalid_client\"}", 401, FALSE,
    BARUA_OAUTH_ERROR_CLIENT },
  { "a deleted client", "{\"error\":\"deleted_client\"}", 401, TRUE,
    BARUA_OAUTH_ERROR_CLIENT },
  { "a missing client secret",
    "{\"error\":\"invalid_request\",\"error_description\":\"client_secret is missing.\"}",
    400, FALSE, BARUA_OAUTH_ERROR_CLIENT },
  { "an administrator", "{\"error\":\"admin_policy_enforced\"}", 400, TRUE,
    BARUA_OAUTH_ERROR_ADMIN },
  { "an unverified program", "{\"error\":\"restricted_client\"}", 403, FALSE,
    BARUA_OAUTH_ERROR_UNVERIFIED },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaOauthToken) token = NULL;

      g_test_message ("%s", ROWS[i].what);
      token = barua_oauth_token_parse (ROWS[i].json, strlen (ROWS[i].json),
                                       ROWS[i].status, 1000, ROWS[i].refreshing, &error);
      if (ROWS[i].error >= 0)
        g_assert_error (error, BARUA_OAUTH_ERROR, ROWS[i].error);
      else
        g_assert_no_error (error);
      g_assert_true ((token != NULL) == (ROWS[i].error < 0));
    }
}

static void
test_fields (void)
{
  /* {"email":"Zoe@Gmail.com"} between a header and a signature that nobody looks at. */
  const char *json =
    "{\"access_token\":\"ya29.abc\",\"expires_in\":3599,\"token_type\":\"Bearer\","
    "\"refresh_token\":\"1//xyz\",\"refresh_token_expires_in\":604799,"
    "\"scope\":\"https://mail.google.com/\","
    "\"id_token\":\"e30.eyJlbWFpbCI6IlpvZUBHbWFpbC5jb20ifQ.c2ln\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaOauthToken) token =
    barua_oauth_token_parse (json, strlen (json), 200, 1000, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (barua_secret_peek (token->access), ==, "ya29.abc");
  g_assert_cmpstr (barua_secret_peek (token->refresh), ==, "1//xyz");
  g_assert_cmpint (token->expires, ==, 4599);
  g_assert_cmpint (token->refresh_expires, ==, 605799);
  g_assert_cmpstr (token->email, ==, "zoe@gmail.com");
}

typedef struct
{
  SoupServer *server;
  char *uri;
  guint requests;
  char *form;
  guint status;
  const char *body;
  gsize body_length;
  gboolean silent;
  BaruaOauthToken *token;
  gboolean revoked;
  GError *error;
  gboolean done;
} Fixture;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *fields,
            gpointer user_data)
{
  Fixture *fixture = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  (void) server;
  (void) path;
  (void) fields;
  fixture->requests++;
  g_free (fixture->form);
  fixture->form = g_strndup (body->data, (gsize) body->length);
  if (fixture->silent)
    {
      soup_server_message_pause (message);
      return;
    }
  soup_server_message_set_status (message, fixture->status, NULL);
  if (fixture->status == 307)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Location", fixture->uri);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                    fixture->body, fixture->body_length);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GSList *uris = NULL;

  (void) data;
  fixture->server = soup_server_new (NULL, NULL);
  g_assert_true (
    soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (fixture->server);
  fixture->uri = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  fixture->status = 200;
  fixture->body = GOOD;
  fixture->body_length = strlen (GOOD);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void) data;
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_free (fixture->uri);
  g_free (fixture->form);
  g_clear_pointer (&fixture->token, barua_oauth_token_free);
  g_clear_error (&fixture->error);
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) source;
  fixture->token = barua_oauth_token_finish (result, &fixture->error);
  fixture->done = TRUE;
}

static void
refresh (Fixture *fixture, GCancellable *cancellable)
{
  const BaruaOauthProvider provider = { .token_uri = fixture->uri };
  const BaruaOauthClient client = { "id", "sec&ret" };
  g_autoptr (BaruaSecret) token = barua_secret_new ("1//a+b", -1);

  barua_oauth_refresh_async (&provider, &client, token, cancellable, on_token, fixture);
}

static void
wait_until_done (Fixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  (void) data;
  refresh (fixture, NULL);
  wait_until_done (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->form, ==,
                   "grant_type=refresh_token&refresh_token=1%2F%2Fa%2Bb&client_id=id"
                   "&client_secret=sec%26ret");
}

static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  const BaruaOauthProvider provider = { .token_uri = fixture->uri,
                                        .authorization_uri = "https://example.com/",
                                        .scopes = BARUA_OAUTH_SCOPE_MAIL };
  const BaruaOauthClient client = { "id", NULL };
  g_autoptr (BaruaOauthRequest) request =
    barua_oauth_request_new (&provider, &client, "http://127.0.0.1:1", NULL);
  g_autoptr (BaruaSecret) code = barua_secret_new ("4/c", -1);
  g_autofree char *expected =
    g_strconcat ("grant_type=authorization_code&code=4%2Fc"
                 "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1&client_id=id&code_verifier=",
                 barua_secret_peek (barua_oauth_request_get_verifier (request)), NULL);

  (void) data;
  barua_oauth_exchange_async (request, code, 10000, NULL, on_token, fixture);
  wait_until_done (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (barua_secret_peek (fixture->token->access), ==, "ya29.abc");
  g_assert_cmpstr (fixture->form, ==, expected);
}

static void
test_follows_no_redirect (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->status = 307;
  refresh (fixture, NULL);
  wait_until_done (fixture);
  g_assert_error (fixture->error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_ANSWER);
  g_assert_cmpuint (fixture->requests, ==, 1);
}

static void
test_endless_answer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (10 * 1024 * 1024, ' ');

  (void) data;
  fixture->body = endless;
  fixture->body_length = 10 * 1024 * 1024;
  refresh (fixture, NULL);
  wait_until_done (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void
on_post (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  guint status = 0;
  g_autoptr (GBytes) body = barua_post_finish (result, &status, &fixture->error);

  (void) source;
  g_assert_null (body);
  fixture->done = TRUE;
}

static void
test_silence (Fixture *fixture, gconstpointer data)
{
  const BaruaPostField fields[] = { { "a", "b" }, { NULL, NULL } };

  (void) data;
  fixture->silent = TRUE;
  barua_post_async (fixture->uri, fields, 50, NULL, on_post, fixture);
  wait_until_done (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static gboolean
on_cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *when = data;

  fixture->silent = TRUE;
  if (g_str_equal (when, "before"))
    g_cancellable_cancel (cancellable);
  refresh (fixture, cancellable);
  if (g_str_equal (when, "at once"))
    g_cancellable_cancel (cancellable);
  else if (g_str_equal (when, "later"))
    g_timeout_add (20, on_cancel, cancellable);
  wait_until_done (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) source;
  fixture->revoked = barua_oauth_revoke_finish (result, &fixture->error);
  fixture->done = TRUE;
}

typedef struct
{
  guint status;
  const char *body;
  gboolean revoked;
} Revocation;

static const Revocation REVOKED = { 200, "", TRUE };
static const Revocation UNKNOWN = { 400, "{\"error\":\"invalid_token\"}", TRUE };
static const Revocation ODD = { 400, "{\"error\":\"invalid_request\"}", FALSE };
static const Revocation TROUBLE = { 503, "", FALSE };

static void
test_revoke (Fixture *fixture, gconstpointer data)
{
  const BaruaOauthProvider provider = { .revocation_uri = fixture->uri };
  const Revocation *row = data;
  g_autoptr (BaruaSecret) token = barua_secret_new ("1//t", -1);

  fixture->status = row->status;
  fixture->body = row->body;
  fixture->body_length = strlen (row->body);
  barua_oauth_revoke_async (&provider, token, NULL, on_revoked, fixture);
  wait_until_done (fixture);
  g_assert_cmpstr (fixture->form, ==, "token=1%2F%2Ft");
  g_assert_cmpint (fixture->revoked, ==, row->revoked);
  if (!row->revoked)
    g_assert_error (fixture->error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_TEMPORARY);
}

#define ADD(name, data, function)                                                        \
  g_test_add ("/oauth/token/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/oauth/token/parse", test_parse);
  g_test_add_func ("/oauth/token/fields", test_fields);
  ADD ("refresh", NULL, test_refresh);
  ADD ("exchange", NULL, test_exchange);
  ADD ("follows-no-redirect", NULL, test_follows_no_redirect);
  ADD ("endless-answer", NULL, test_endless_answer);
  ADD ("silence", NULL, test_silence);
  ADD ("cancelled-before", "before", test_cancelled);
  ADD ("cancelled-at-once", "at once", test_cancelled);
  ADD ("cancelled-mid-way", "later", test_cancelled);
  ADD ("revoke", &REVOKED, test_revoke);
  ADD ("revoke-unknown", &UNKNOWN, test_revoke);
  ADD ("revoke-odd", &ODD, test_revoke);
  ADD ("revoke-trouble", &TROUBLE, test_revoke);
  return g_test_run ();
}
