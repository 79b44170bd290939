#include "fuzz/fuzz.h"

#include "export/formats/mail-url.h"

#include <string.h>

/* The parts stand where it is said that they do. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *user = NULL;
  g_autoptr (BaruaMailUrl) url = NULL;
  size_t length = strlen (text);

  fuzz_no_criticals ();
  url = barua_mail_url_parse (text);
  if (url == NULL)
    return 0;
  g_assert_cmpint (g_ascii_strncasecmp (text, url->scheme, strlen (url->scheme)), ==, 0);
  g_assert_cmpuint (url->host_at + strlen (url->host), <=, length);
  g_assert_true (strncmp (text + url->host_at, url->host, strlen (url->host)) == 0 ||
                 text[url->host_at] == '[');
  g_assert_cmpuint (url->user_at + url->user_length, <=, url->host_at);
  g_assert_cmpuint (url->password_at + url->password_length, <=, url->host_at);
  if (url->port != NULL)
    g_assert_true (g_str_has_prefix (text + url->port_at, url->port));
  g_assert_true (g_str_has_suffix (text, url->path));
  user = g_strndup (text + url->user_at, url->user_length);
  if (url->user != NULL && strchr (user, '%') == NULL)
    g_assert_cmpstr (user, ==, url->user);
  return 0;
}
