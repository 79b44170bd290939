#include "config.h"

#include "oauth/request.h"

#include "oauth/error.h"
#include "oauth/pkce.h"

#include <string.h>

/* A code of Google's has some 70 characters; nothing honest comes near this. */
#define QUERY_MAX 8192

struct _BaruaOauthRequest
{
  const BaruaOauthProvider *provider;
  BaruaOauthClient client;
  char *redirect_uri;
  BaruaSecret *state;
  BaruaSecret *verifier;
  char *uri;
};

static char *
build_uri (const BaruaOauthRequest *self, const char *login_hint)
{
  g_autofree char *challenge = barua_pkce_challenge (barua_secret_peek (self->verifier));
  const struct
  {
    const char *name;
    const char *value;
  } fields[] = {
    { "client_id", self->client.id },
    { "redirect_uri", self->redirect_uri },
    { "response_type", "code" },
    { "scope", self->provider->scopes },
    { "state", barua_secret_peek (self->state) },
    { "code_challenge", challenge },
    { "code_challenge_method", "S256" },
    /* Google gives a refresh token for "offline" only, and the second time only when the
     * person is asked again. */
    { "access_type", "offline" },
    { "prompt", "consent" },
    { "login_hint", login_hint },
  };
  g_autoptr (GString) uri = g_string_new (self->provider->authorization_uri);
  char separator = '?';

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = NULL;

      if (fields[i].value == NULL)
        continue;
      value = g_uri_escape_string (fields[i].value, NULL, FALSE);
      g_string_append_c (uri, separator);
      g_string_append_printf (uri, "%s=%s", fields[i].name, value);
      separator = '&';
    }
  return g_string_free (g_steal_pointer (&uri), FALSE);
}

static BaruaSecret *
random_secret (gsize n_bytes)
{
  char *text = barua_pkce_random (n_bytes);
  BaruaSecret *secret = text != NULL ? barua_secret_new (text, -1) : NULL;

  barua_secret_free_text (text);
  return secret;
}

BaruaOauthRequest *
barua_oauth_request_new (const BaruaOauthProvider *provider,
                         const BaruaOauthClient *client,
                         const char *redirect_uri,
                         const char *login_hint)
{
  g_autoptr (BaruaOauthRequest) self = NULL;

  g_return_val_if_fail (provider != NULL && client != NULL && redirect_uri != NULL, NULL);

  self = g_new0 (BaruaOauthRequest, 1);
  self->provider = provider;
  self->client.id = g_strdup (client->id);
  self->client.secret = g_strdup (client->secret);
  self->redirect_uri = g_strdup (redirect_uri);
  self->state = random_secret (32);
  self->verifier = random_secret (64);
  if (self->state == NULL || self->verifier == NULL)
    return NULL;
  self->uri = build_uri (self, login_hint);
  return g_steal_pointer (&self);
}

void
barua_oauth_request_free (BaruaOauthRequest *self)
{
  g_clear_pointer (&self->state, barua_secret_unref);
  g_clear_pointer (&self->verifier, barua_secret_unref);
  g_free ((char *) self->client.id);
  g_free ((char *) self->client.secret);
  g_free (self->redirect_uri);
  barua_secret_free_text (self->uri);
  g_free (self);
}

const char *
barua_oauth_request_get_uri (const BaruaOauthRequest *self)
{
  return self->uri;
}

const char *
barua_oauth_request_get_redirect_uri (const BaruaOauthRequest *self)
{
  return self->redirect_uri;
}

BaruaSecret *
barua_oauth_request_get_verifier (const BaruaOauthRequest *self)
{
  return self->verifier;
}

const BaruaOauthProvider *
barua_oauth_request_get_provider (const BaruaOauthRequest *self)
{
  return self->provider;
}

const BaruaOauthClient *
barua_oauth_request_get_client (const BaruaOauthRequest *self)
{
  return &self->client;
}

/* A field that stands there twice is nobody's honest answer: RFC 6749, 3.1. */
static GHashTable *
read_fields (const char *query)
{
  g_autoptr (GHashTable) fields = NULL;
  GUriParamsIter iter;
  char *name = NULL;
  char *value = NULL;

  if (query == NULL || strlen (query) > QUERY_MAX)
    return NULL;
  fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                  (GDestroyNotify) barua_secret_free_text);
  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, NULL))
    if (!g_hash_table_insert (fields, name, value))
      return NULL;
  return g_steal_pointer (&fields);
}

static gboolean
has_our_state (const BaruaOauthRequest *self, GHashTable *fields)
{
  const char *text = g_hash_table_lookup (fields, "state");
  g_autoptr (BaruaSecret) state = NULL;

  if (text == NULL)
    return FALSE;
  state = barua_secret_new (text, -1);
  return barua_secret_equal (state, self->state);
}

gboolean
barua_oauth_request_is_answer (const BaruaOauthRequest *self, const char *query)
{
  g_autoptr (GHashTable) fields = read_fields (query);

  return fields != NULL && has_our_state (self, fields) &&
         (g_hash_table_contains (fields, "code") ||
          g_hash_table_contains (fields, "error"));
}

BaruaSecret *
barua_oauth_request_take_code (const BaruaOauthRequest *self,
                               const char *query,
                               GError **error)
{
  g_autoptr (GHashTable) fields = read_fields (query);
  const char *issuer = NULL;
  const char *refusal = NULL;
  const char *code = NULL;

  if (fields == NULL || !has_our_state (self, fields))
    {
      g_set_error_literal (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_PASTE,
                           "not the answer to this request");
      return NULL;
    }
  issuer = g_hash_table_lookup (fields, "iss");
  refusal = g_hash_table_lookup (fields, "error");
  code = g_hash_table_lookup (fields, "code");
  if (issuer != NULL && strcmp (issuer, self->provider->issuer) != 0)
    g_set_error_literal (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_ANSWER,
                         "answered by another issuer");
  else if (refusal != NULL)
    g_propagate_error (
      error, barua_oauth_error_new_from_answer (
               refusal, g_hash_table_lookup (fields, "error_description"), FALSE));
  else if (code == NULL || *code == '\0')
    g_set_error_literal (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_ANSWER,
                         "neither a code nor an error");
  else
    return barua_secret_new (code, -1);
  return NULL;
}

BaruaSecret *
barua_oauth_request_take_pasted (const BaruaOauthRequest *self,
                                 const char *pasted,
                                 GError **error)
{
  char *text = g_strstrip (g_strdup (pasted));
  const char *mark = strchr (text, '?');
  BaruaSecret *code = NULL;

  text[strcspn (text, "#")] = '\0';
  code = barua_oauth_request_take_code (self, mark != NULL ? mark + 1 : text, error);
  barua_secret_free_text (text);
  return code;
}
