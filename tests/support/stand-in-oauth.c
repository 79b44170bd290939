#include "config.h"

#include "support/stand-in.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#define MAIL_SCOPE "https://mail.google.com/"
#define LIFE 3599

/**
 * StandInGrant:
 * @client: whom it was given to
 * @scope: for what
 * @redirect: (nullable): a code's; %NULL for a refresh token
 * @challenge: (nullable): a code's (RFC 7636)
 *
 * What can be turned into an access token.
 */
typedef struct
{
  char *client;
  char *scope;
  char *redirect;
  char *challenge;
} StandInGrant;

static void
grant_free (gpointer data)
{
  StandInGrant *grant = data;
  g_free (grant->client);
  g_free (grant->scope);
  g_free (grant->redirect);
  g_free (grant->challenge);
  g_free (grant);
}

static const char *
field (GHashTable *form, const char *name)
{
  const char *found = form != NULL ? g_hash_table_lookup (form, name) : NULL;
  return found != NULL ? found : "";
}

static char *
make_secret (const char *start)
{
  g_autoptr (GString) text = g_string_new (start);
  for (int i = 0; i < 8; i++)
    g_string_append_printf (text, "%08x", g_random_int ());
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
answer_json (SoupServerMessage *message, guint status, const char *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8",
                                    SOUP_MEMORY_COPY, json, strlen (json));
}

static void
answer_error (SoupServerMessage *message, const char *error, const char *description)
{
  gboolean client = g_str_equal (error, "invalid_client");
  g_autofree char *json = g_strdup_printf (
    "{\n  \"error\": \"%s\",\n  \"error_description\": \"%s\"\n}", error, description);
  answer_json (message, client ? SOUP_STATUS_UNAUTHORIZED : SOUP_STATUS_BAD_REQUEST,
               json);
}

/* A page of Google's own, from which there is no way back to the program. */
static void
answer_page (SoupServerMessage *message, guint status, const char *error)
{
  g_autofree char *page =
    g_strdup_printf ("<!DOCTYPE html><title>Error %u: %s</title><h1>Access blocked: "
                     "Authorization Error</h1>"
                     "<p>Error %u: %s</p>",
                     status, error, status, error);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY,
                                    page, strlen (page));
}

static gboolean
is_loopback (const char *redirect)
{
  g_autoptr (GUri) uri = g_uri_parse (redirect, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  return host != NULL && g_str_equal (g_uri_get_scheme (uri), "http") &&
         (g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1") ||
          g_str_equal (host, "localhost"));
}

/* What is wrong with a request, as Google's page would call it; NULL for nothing. */
static const char *
fault_of_request (GHashTable *query)
{
  if (!g_str_has_suffix (field (query, "client_id"), ".apps.googleusercontent.com"))
    return "invalid_client";
  if (!g_str_equal (field (query, "response_type"), "code"))
    return "invalid_request";
  if (!is_loopback (field (query, "redirect_uri")))
    return "redirect_uri_mismatch";
  if (*field (query, "scope") == '\0')
    return "invalid_scope";
  return NULL;
}

static void
answer_consent (StandIn *self, SoupServerMessage *message, GHashTable *query)
{
  const char *page = stand_in_bend (self, "oauth", "page");
  const char *error = stand_in_bend (self, "oauth", "auth");
  const char *scope = stand_in_bend (self, "oauth", "scope");
  const char *state = stand_in_bend (self, "oauth", "state");
  const char *issuer = stand_in_bend (self, "oauth", "iss");
  if (page == NULL)
    page = fault_of_request (query);
  if (page != NULL)
    {
      answer_page (message, g_str_equal (page, "invalid_client") ? 401 : 400, page);
      return;
    }
  g_autofree char *code = make_secret ("4/0room");
  StandInGrant *grant = g_new0 (StandInGrant, 1);
  grant->client = g_strdup (field (query, "client_id"));
  grant->scope = g_strdup (scope != NULL ? scope : field (query, "scope"));
  grant->redirect = g_strdup (field (query, "redirect_uri"));
  if (g_str_equal (field (query, "code_challenge_method"), "S256"))
    grant->challenge = g_strdup (field (query, "code_challenge"));
  if (state == NULL)
    state = field (query, "state");
  g_autofree char *form =
    error != NULL
      ? soup_form_encode ("error", error, "state", state, NULL)
      : soup_form_encode ("state", state, "iss",
                          issuer != NULL ? issuer : "https://accounts.google.com", "code",
                          code, "scope", grant->scope, NULL);
  g_autofree char *target = g_strconcat (grant->redirect, "?", form, NULL);
  g_hash_table_replace (self->grants, g_steal_pointer (&code), grant);
  soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, target);
}

static gboolean
verifier_fits (const StandInGrant *grant, const char *verifier)
{
  if (grant->challenge == NULL)
    return *verifier == '\0';
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_checksum_update (sum, (const guchar *) verifier, -1);
  g_checksum_get_digest (sum, digest, &length);
  g_autofree char *text = g_base64_encode (digest, length);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  return g_str_equal (text, grant->challenge);
}

static const char *
bent_expiry (StandIn *self)
{
  const char *bent = stand_in_bend (self, "oauth", "expires");
  return bent != NULL ? bent : G_STRINGIFY (LIFE);
}

static void
answer_token (StandIn *self,
              SoupServerMessage *message,
              const StandInGrant *grant,
              gboolean first)
{
  const char *bent_user = stand_in_bend (self, "account", "user");
  const char *expires = bent_expiry (self);
  g_autofree char *token = make_secret ("ya29.room");
  g_autofree char *refresh = make_secret ("1//room");
  g_autoptr (GString) json = g_string_new ("{\n");
  stand_in_keep_token (self, token, bent_user != NULL ? bent_user : "zoe@gmail.com",
                       grant->scope, g_ascii_strtoull (expires, NULL, 10));
  g_string_append_printf (json, "  \"access_token\": \"%s\",\n  \"expires_in\": %s,\n",
                          token, expires);
  if (first && stand_in_bend (self, "oauth", "no-refresh-token") == NULL)
    {
      StandInGrant *kept = g_new0 (StandInGrant, 1);
      kept->client = g_strdup (grant->client);
      kept->scope = g_strdup (grant->scope);
      g_string_append_printf (json, "  \"refresh_token\": \"%s\",\n", refresh);
      g_hash_table_replace (self->grants, g_steal_pointer (&refresh), kept);
    }
  g_string_append_printf (json, "  \"scope\": \"%s\",\n  \"token_type\": \"Bearer\"\n}",
                          grant->scope);
  answer_json (message, SOUP_STATUS_OK, json->str);
}

static void
answer_exchange (StandIn *self, SoupServerMessage *message, GHashTable *form)
{
  gboolean first = g_str_equal (field (form, "grant_type"), "authorization_code");
  gboolean again = g_str_equal (field (form, "grant_type"), "refresh_token");
  const char *bent = stand_in_bend (self, "oauth", first ? "token" : "refresh");
  const char *key = field (form, first ? "code" : "refresh_token");
  StandInGrant *grant = g_hash_table_lookup (self->grants, key);
  if (bent != NULL)
    answer_error (message, bent,
                  g_str_equal (bent, "invalid_grant")
                    ? "Token has been expired or revoked."
                    : "Refused.");
  else if (!first && !again)
    answer_error (message, "unsupported_grant_type", "Invalid grant_type");
  else if (stand_in_bend (self, "oauth", "need-secret") != NULL &&
           *field (form, "client_secret") == '\0')
    answer_error (message, "invalid_request", "client_secret is missing.");
  else if (grant == NULL || (grant->redirect != NULL) != first)
    answer_error (message, "invalid_grant", "Bad Request");
  else if (grant->client != NULL &&
           !g_str_equal (grant->client, field (form, "client_id")))
    answer_error (message, "unauthorized_client", "Unauthorized");
  else if (first && !g_str_equal (grant->redirect, field (form, "redirect_uri")))
    answer_error (message, "redirect_uri_mismatch", "Bad Request");
  else if (first && !verifier_fits (grant, field (form, "code_verifier")))
    answer_error (message, "invalid_grant", "Invalid code verifier.");
  else
    answer_token (self, message, grant, first);
  /* A code is good for one try, whatever came of it. */
  if (first)
    g_hash_table_remove (self->grants, key);
}

static void
answer_revocation (StandIn *self, SoupServerMessage *message, GHashTable *form)
{
  const char *bent = stand_in_bend (self, "oauth", "revoke");
  const char *token = field (form, "token");
  g_mutex_lock (&self->lock);
  gboolean known = g_hash_table_contains (self->tokens, token) ||
                   g_hash_table_contains (self->grants, token);
  g_mutex_unlock (&self->lock);
  if (bent != NULL || !known)
    {
      answer_error (message, bent != NULL ? bent : "invalid_token",
                    "Token expired or revoked");
      return;
    }
  g_hash_table_remove (self->grants, token);
  stand_in_drop_token (self, token);
  answer_json (message, SOUP_STATUS_OK, "{}");
}

/* What Dovecot asks about a token that somebody signs in with. */
static void
answer_token_info (StandIn *self, SoupServerMessage *message, GHashTable *query)
{
  g_autofree char *json = NULL;
  g_mutex_lock (&self->lock);
  StandInToken *token = g_hash_table_lookup (self->tokens, field (query, "access_token"));
  if (token != NULL && token->expires > g_get_monotonic_time () &&
      strstr (token->scope, MAIL_SCOPE) != NULL)
    json =
      g_strdup_printf ("{\"email\": \"%s\", \"scope\": \"%s\", \"expires_in\": \"%d\"}",
                       token->user, token->scope, LIFE);
  g_mutex_unlock (&self->lock);
  if (json != NULL)
    answer_json (message, SOUP_STATUS_OK, json);
  else
    answer_error (message, "invalid_token", "Invalid Value");
}

void
oauth_start (StandIn *self)
{
  self->grants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, grant_free);
  const char *refresh = stand_in_secret (self, "refresh-token");
  if (refresh == NULL)
    return;
  StandInGrant *grant = g_new0 (StandInGrant, 1);
  grant->scope = g_strdup (MAIL_SCOPE);
  g_hash_table_replace (self->grants, g_strdup (refresh), grant);
}

gboolean
oauth_answer (StandIn *self, gpointer message, const char *path, GHashTable *query)
{
  gboolean post =
    g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_POST);
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text =
    g_strndup (g_bytes_get_size (body) > 0 ? g_bytes_get_data (body, NULL) : "",
               g_bytes_get_size (body));
  g_autoptr (GHashTable) form = soup_form_decode (text);

  if (g_str_equal (path, "/o/oauth2/v2/auth") || g_str_equal (path, "/o/oauth2/auth"))
    answer_consent (self, message, query);
  else if (g_str_equal (path, "/tokeninfo"))
    answer_token_info (self, message, query);
  else if (post &&
           (g_str_equal (path, "/token") || g_str_equal (path, "/oauth2/v3/token")))
    answer_exchange (self, message, form);
  else if (post && g_str_equal (path, "/revoke"))
    answer_revocation (self, message, form);
  else
    return FALSE;
  return TRUE;
}
