#include "fuzz/fuzz.h"

#include "oauth/request.h"

/* What comes to the loopback address, or is pasted in place of it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const BaruaOauthProvider provider = {
    .issuer = "https://accounts.google.com",
    .authorization_uri = "https://accounts.google.com/o/oauth2/v2/auth",
    .token_uri = "https://oauth2.googleapis.com/token",
    .revocation_uri = "https://oauth2.googleapis.com/revoke",
    .scopes = "https://mail.google.com/",
  };
  static const BaruaOauthClient client = { "id.apps.googleusercontent.com", "secret" };
  g_autoptr (BaruaOauthRequest) request = barua_oauth_request_new (
    &provider, &client, "http://127.0.0.1:40123", "zoe@gmail.com");
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) paste_error = NULL;
  g_autoptr (BaruaSecret) code = NULL;
  g_autoptr (BaruaSecret) pasted = NULL;

  fuzz_no_criticals ();
  /* The state is of 128 random bits at least: nothing made up can be the answer. */
  g_assert_false (barua_oauth_request_is_answer (request, text));
  code = barua_oauth_request_take_code (request, text, &error);
  g_assert_null (code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  pasted = barua_oauth_request_take_pasted (request, text, &paste_error);
  g_assert_true ((pasted == NULL) == (paste_error != NULL));
  return 0;
}
