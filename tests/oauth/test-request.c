#include "config.h"

#include "oauth/error.h"
#include "oauth/pkce.h"
#include "oauth/request.h"

#include <string.h>

static const BaruaOauthClient CLIENT = { "id.apps.example", "no secret" };

static BaruaOauthRequest *
new_request (void)
{
  return barua_oauth_request_new (barua_oauth_google (), &CLIENT,
                                  "http://127.0.0.1:40123", "zoë+x@gmail.com");
}

static char *
dup_field (const BaruaOauthRequest *request, const char *name)
{
  const char *query = strchr (barua_oauth_request_get_uri (request), '?') + 1;
  g_autoptr (GHashTable) fields =
    g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  return g_strdup (g_hash_table_lookup (fields, name));
}

static void
test_challenge (void)
{
  /* RFC 7636, appendix B. */
  g_autofree char *challenge =
    barua_pkce_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void
test_random (void)
{
  g_autofree char *one = barua_pkce_random (64);
  g_autofree char *other = barua_pkce_random (64);

  g_assert_cmpuint (strlen (one), ==, 86);
  g_assert_cmpuint (strspn (one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                 "0123456789-_"),
                    ==, 86);
  g_assert_cmpstr (one, !=, other);
}

static void
test_uri (void)
{
  static const struct
  {
    const char *name;
    const char *value;
  } rows[] = {
    { "client_id", "id.apps.example" },
    { "redirect_uri", "http://127.0.0.1:40123" },
    { "response_type", "code" },
    { "scope", "https://mail.google.com/ openid email" },
    { "code_challenge_method", "S256" },
    { "access_type", "offline" },
    { "prompt", "consent" },
    { "login_hint", "zoë+x@gmail.com" },
  };
  g_autoptr (BaruaOauthRequest) request = new_request ();
  g_autofree char *state = dup_field (request, "state");
  g_autofree char *challenge = dup_field (request, "code_challenge");
  g_autofree char *expected =
    barua_pkce_challenge (barua_secret_peek (barua_oauth_request_get_verifier (request)));

  g_assert_true (g_str_has_prefix (barua_oauth_request_get_uri (request),
                                   "https://accounts.google.com/o/oauth2/v2/auth?"));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *value = dup_field (request, rows[i].name);

      g_assert_cmpstr (value, ==, rows[i].value);
    }
  g_assert_cmpuint (strlen (state), >=, 43);
  g_assert_cmpstr (challenge, ==, expected);
  g_assert_null (strstr (barua_oauth_request_get_uri (request), "no%20secret"));
}

static void
test_new_each_time (void)
{
  g_autoptr (BaruaOauthRequest) one = new_request ();
  g_autoptr (BaruaOauthRequest) other = new_request ();

  g_assert_cmpstr (barua_oauth_request_get_uri (one), !=,
                   barua_oauth_request_get_uri (other));
  g_assert_false (barua_secret_equal (barua_oauth_request_get_verifier (one),
                                      barua_oauth_request_get_verifier (other)));
}

static const struct
{
  const char *what;
  const char *format;
  gboolean is_answer;
  int error;
  const char *code;
} ANSWERS[] = {
  { "a code", "code=4%%2F0Ab&state=%s", TRUE, -1, "4/0Ab" },
  { "a code and Google as issuer",
    "iss=https%%3A%%2F%%2Faccounts.google.com&code=c&state=%s", TRUE, -1, "c" },
  { "another issuer", "iss=https%%3A%%2F%%2Fevil.example&code=c&state=%s", TRUE,
    BARUA_OAUTH_ERROR_ANSWER, NULL },
  { "cancelled", "error=access_denied&state=%s", TRUE, BARUA_OAUTH_ERROR_DENIED, NULL },
  { "administrator", "error=admin_policy_enforced&error_description=no&state=%s", TRUE,
    BARUA_OAUTH_ERROR_ADMIN, NULL },
  { "another organisation", "error=org_internal&state=%s", TRUE, BARUA_OAUTH_ERROR_ADMIN,
    NULL },
  { "advanced protection", "error=policy_enforced&state=%s", TRUE,
    BARUA_OAUTH_ERROR_ADVANCED_PROTECTION, NULL },
  { "an error nobody knows", "error=%%1b%%5b31mred&state=%s", TRUE,
    BARUA_OAUTH_ERROR_ANSWER, NULL },
  { "an empty code", "code=&state=%s", TRUE, BARUA_OAUTH_ERROR_ANSWER, NULL },
  { "no code and no error", "state=%s", FALSE, BARUA_OAUTH_ERROR_ANSWER, NULL },
  { "two codes", "code=a&code=b&state=%s", FALSE, BARUA_OAUTH_ERROR_PASTE, NULL },
  { "two states", "code=a&state=x&state=%s", FALSE, BARUA_OAUTH_ERROR_PASTE, NULL },
  { "a longer state", "code=a&state=%sx", FALSE, BARUA_OAUTH_ERROR_PASTE, NULL },
  { "a broken escape", "code=%%zz&state=%s", FALSE, BARUA_OAUTH_ERROR_PASTE, NULL },
};

static void
test_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    {
      g_autoptr (BaruaOauthRequest) request = new_request ();
      g_autofree char *state = dup_field (request, "state");
      g_auto (GStrv) halves = g_strsplit (ANSWERS[i].format, "%s", 2);
      g_autofree char *joined = g_strjoinv (state, halves);
      g_auto (GStrv) percents = g_strsplit (joined, "%%", -1);
      g_autofree char *query = g_strjoinv ("%", percents);
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaSecret) code = NULL;

      g_test_message ("%s", ANSWERS[i].what);
      g_assert_cmpint (barua_oauth_request_is_answer (request, query), ==,
                       ANSWERS[i].is_answer);
      code = barua_oauth_request_take_code (request, query, &error);
      if (ANSWERS[i].error < 0)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (barua_secret_peek (code), ==, ANSWERS[i].code);
          continue;
        }
      g_assert_null (code);
      g_assert_error (error, BARUA_OAUTH_ERROR, ANSWERS[i].error);
      g_assert_null (strchr (error->message, '\033'));
    }
}

static void
test_wrong_state (void)
{
  g_autoptr (BaruaOauthRequest) request = new_request ();
  g_autofree char *huge = g_strnfill (20000, 'a');

  g_assert_false (barua_oauth_request_is_answer (request, NULL));
  g_assert_false (barua_oauth_request_is_answer (request, ""));
  g_assert_false (barua_oauth_request_is_answer (request, "code=a"));
  g_assert_false (barua_oauth_request_is_answer (request, "code=a&state="));
  g_assert_false (barua_oauth_request_is_answer (request, "code=a&state=other"));
  g_assert_false (barua_oauth_request_is_answer (request, huge));
}

static void
test_pasted (void)
{
  static const char *const forms[] = {
    "http://127.0.0.1:40123/?code=pasted&state=%s#frag",
    "  http://127.0.0.1:40123/?state=%s&code=pasted&scope=x\n",
    "code=pasted&state=%s",
    "127.0.0.1:40123/?code=pasted&state=%s",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (BaruaOauthRequest) request = new_request ();
      g_autofree char *state = dup_field (request, "state");
      g_auto (GStrv) halves = g_strsplit (forms[i], "%s", 2);
      g_autofree char *pasted = g_strjoinv (state, halves);
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaSecret) code =
        barua_oauth_request_take_pasted (request, pasted, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (barua_secret_peek (code), ==, "pasted");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/oauth/request/challenge", test_challenge);
  g_test_add_func ("/oauth/request/random", test_random);
  g_test_add_func ("/oauth/request/uri", test_uri);
  g_test_add_func ("/oauth/request/new-each-time", test_new_each_time);
  g_test_add_func ("/oauth/request/answers", test_answers);
  g_test_add_func ("/oauth/request/wrong-state", test_wrong_state);
  g_test_add_func ("/oauth/request/pasted", test_pasted);
  return g_test_run ();
}
