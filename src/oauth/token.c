#include "config.h"

#include "oauth/token.h"

#include "base/limits.h"
#include "oauth/error.h"
#include "oauth/post.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Google's own tokens end after an hour; one that says it lasts for years is none. */
#define EXPIRES_MAX (60 * 60 * 24 * 365)
#define EXPIRES_UNKNOWN 3599
#define TOKEN_MAX 16384
#define NESTING_MAX 16

void
barua_oauth_token_free (BaruaOauthToken *self)
{
  g_clear_pointer (&self->access, barua_secret_unref);
  g_clear_pointer (&self->refresh, barua_secret_unref);
  g_free (self->email);
  g_free (self);
}

static gboolean
is_too_deep (const char *json, gsize length)
{
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (json[i] == '{' || json[i] == '[')
        depth++;
      else if (json[i] == '}' || json[i] == ']')
        depth -= depth > 0;
      if (json[i] == '\0' || depth > NESTING_MAX)
        return TRUE;
    }
  return FALSE;
}

static JsonObject *
parse_object (JsonParser *parser, const char *json, gsize length)
{
  JsonNode *root = NULL;

  if (length == 0 || is_too_deep (json, length) ||
      !g_utf8_validate (json, (gssize) length, NULL) ||
      !json_parser_load_from_data (parser, json, (gssize) length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root)
                                                       : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gint64
get_seconds (JsonObject *object, const char *name, gint64 otherwise)
{
  JsonNode *node = json_object_get_member (object, name);
  gint64 seconds = 0;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return otherwise;
  seconds = json_node_get_int (node);
  return seconds >= 0 && seconds <= EXPIRES_MAX ? seconds : otherwise;
}

/* The parser's own copy is wiped where it lies: it is the last one in ordinary memory. */
static BaruaSecret *
take_secret (JsonObject *object, const char *name)
{
  const char *text = get_text (object, name);
  BaruaSecret *secret = NULL;

  if (text == NULL)
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return NULL;
  if (*text != '\0' && strlen (text) <= TOKEN_MAX)
    secret = barua_secret_new (text, -1);
  barua_secret_wipe ((char *) text);
  return secret;
}

/* It came over TLS straight from the issuer, so its signature proves nothing more: OpenID
 * Connect Core 1.0, 3.1.3.7, 6. */
static char *
read_email (const char *id_token)
{
  g_auto (GStrv) parts = id_token != NULL ? g_strsplit (id_token, ".", 4) : NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString) padded = NULL;
  g_autofree guchar *payload = NULL;
  JsonObject *claims = NULL;
  const char *email = NULL;
  gsize length = 0;

  if (parts == NULL || g_strv_length (parts) != 3)
    return NULL;
  padded = g_string_new (parts[1]);
  g_string_replace (padded, "-", "+", 0);
  g_string_replace (padded, "_", "/", 0);
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  payload = g_base64_decode (padded->str, &length);
  claims = parse_object (parser, (const char *) payload, length);
  email = claims != NULL ? get_text (claims, "email") : NULL;
  return email != NULL ? g_utf8_strdown (email, -1) : NULL;
}

static gboolean
holds_mail (const char *scopes)
{
  g_auto (GStrv) each = g_strsplit (scopes, " ", -1);

  return g_strv_contains ((const char *const *) each, BARUA_OAUTH_SCOPE_MAIL);
}

static gboolean
check_kind (JsonObject *object, gboolean refreshing, GError **error)
{
  const char *type = get_text (object, "token_type");
  const char *scopes = get_text (object, "scope");

  if (type == NULL || g_ascii_strcasecmp (type, "Bearer") != 0)
    {
      g_set_error_literal (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_ANSWER,
                           "the token is not of the type Bearer");
      return FALSE;
    }
  if (scopes == NULL ? refreshing : holds_mail (scopes))
    return TRUE;
  g_set_error_literal (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_SCOPE,
                       "consent was not given to mail");
  return FALSE;
}

static BaruaOauthToken *
read_token (JsonObject *object, gint64 now, gboolean refreshing, GError **error)
{
  g_autoptr (BaruaOauthToken) token = g_new0 (BaruaOauthToken, 1);
  gint64 refresh_seconds = get_seconds (object, "refresh_token_expires_in", 0);

  /* Both are taken first, so that they are wiped whatever else is wrong. */
  token->access = take_secret (object, "access_token");
  token->refresh = take_secret (object, "refresh_token");
  if (!check_kind (object, refreshing, error))
    return NULL;
  if (token->access == NULL)
    {
      g_set_error_literal (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_ANSWER,
                           "there is no access token in the answer");
      return NULL;
    }
  token->expires = now + get_seconds (object, "expires_in", EXPIRES_UNKNOWN);
  token->refresh_expires = refresh_seconds > 0 ? now + refresh_seconds : 0;
  token->email = read_email (get_text (object, "id_token"));
  return g_steal_pointer (&token);
}

BaruaOauthToken *
barua_oauth_token_parse (const char *json,
                         gsize length,
                         guint status,
                         gint64 now,
                         gboolean refreshing,
                         GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object =
    length <= BARUA_POST_MAX ? parse_object (parser, json, length) : NULL;
  const char *refusal = object != NULL ? get_text (object, "error") : NULL;

  if (refusal != NULL)
    g_propagate_error (error,
                       barua_oauth_error_new_from_answer (
                         refusal, get_text (object, "error_description"), refreshing));
  else if (status >= 500 || status == 429)
    g_set_error (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_TEMPORARY,
                 "the token endpoint answered %u", status);
  else if (status != 200 || object == NULL)
    g_set_error (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_ANSWER,
                 "the token endpoint answered %u and no token", status);
  else
    return read_token (object, now, refreshing, error);
  return NULL;
}

static void
on_token_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  guint status = 0;
  g_autoptr (GBytes) body = barua_post_finish (result, &status, &error);
  BaruaOauthToken *token = NULL;

  (void) source;
  if (body != NULL)
    {
      gsize length = 0;
      const char *json = g_bytes_get_data (body, &length);

      token = barua_oauth_token_parse (
        json, length, status, g_get_real_time () / G_USEC_PER_SEC,
        g_task_get_source_tag (task) == barua_oauth_refresh_async, &error);
    }
  if (token == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, token, (GDestroyNotify) barua_oauth_token_free);
}

void
barua_oauth_exchange_async (const BaruaOauthRequest *request,
                            BaruaSecret *code,
                            guint timeout_ms,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const BaruaOauthClient *client = barua_oauth_request_get_client (request);
  const BaruaPostField fields[] = {
    { "grant_type", "authorization_code" },
    { "code", barua_secret_peek (code) },
    { "redirect_uri", barua_oauth_request_get_redirect_uri (request) },
    { "client_id", client->id },
    { "client_secret", client->secret },
    { "code_verifier", barua_secret_peek (barua_oauth_request_get_verifier (request)) },
    { NULL, NULL },
  };

  g_task_set_source_tag (task, barua_oauth_exchange_async);
  barua_post_async (barua_oauth_request_get_provider (request)->token_uri, fields,
                    timeout_ms, cancellable, on_token_answer, g_steal_pointer (&task));
}

void
barua_oauth_refresh_async (const BaruaOauthProvider *provider,
                           const BaruaOauthClient *client,
                           BaruaSecret *refresh,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const BaruaPostField fields[] = {
    { "grant_type", "refresh_token" },
    { "refresh_token", barua_secret_peek (refresh) },
    { "client_id", client->id },
    { "client_secret", client->secret },
    { NULL, NULL },
  };

  g_task_set_source_tag (task, barua_oauth_refresh_async);
  barua_post_async (provider->token_uri, fields, BARUA_LIMIT_STEP_MS, cancellable,
                    on_token_answer, g_steal_pointer (&task));
}

BaruaOauthToken *
barua_oauth_token_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
says (GBytes *body, const char *word)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);

  return text != NULL && g_strstr_len (text, (gssize) length, word) != NULL;
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  guint status = 0;
  g_autoptr (GBytes) body = barua_post_finish (result, &status, &error);

  (void) source;
  if (body == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  /* Google answers that for one that it has forgotten already. */
  else if (status == 200 || (status == 400 && says (body, "invalid_token")))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_TEMPORARY,
                             "the revocation endpoint answered %u", status);
}

void
barua_oauth_revoke_async (const BaruaOauthProvider *provider,
                          BaruaSecret *token,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const BaruaPostField fields[] = {
    { "token", barua_secret_peek (token) },
    { NULL, NULL },
  };

  g_task_set_source_tag (task, barua_oauth_revoke_async);
  barua_post_async (provider->revocation_uri, fields, BARUA_LIMIT_STEP_MS, cancellable,
                    on_revoked, g_steal_pointer (&task));
}

gboolean
barua_oauth_revoke_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
