#include "fuzz/fuzz.h"

#include "oauth/token.h"

/* The first byte chooses the status and whether a token was being renewed. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint statuses[] = { 200, 400, 401, 403, 500, 503, 302, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaOauthToken) token = NULL;

  fuzz_no_criticals ();
  if (size < 1)
    return 0;
  token =
    barua_oauth_token_parse ((const char *) data + 1, size - 1, statuses[data[0] % 8],
                             1800000000, data[0] & 8, &error);
  g_assert_true ((token == NULL) == (error != NULL));
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
  return 0;
}
