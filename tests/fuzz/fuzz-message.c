#include "fuzz/fuzz.h"

#include "probe/message.h"

#include <string.h>

#define LINE_MAX_BYTES 78

/* Whatever the names are: ASCII lines of a bounded length, each ended with CRLF, and not
   one header more. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *subject = g_strdelimit (g_strdup (valid), "\r\n", ' ');
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (1800000000);
  const BaruaMessage plain = { "zoe@gmail.com", NULL, "Hello", valid, date };
  const BaruaMessage message = { "zoe@gmail.com", valid, subject, valid, date };
  g_autofree char *built = NULL;
  g_autofree char *simple = NULL;
  const char *header_end = NULL;
  g_auto (GStrv) lines = NULL;
  guint headers[2] = { 0 };

  fuzz_no_criticals ();
  built = barua_message_build (&message, "<id@example.org>");
  simple = barua_message_build (&plain, "<id@example.org>");
  g_assert_true (g_str_is_ascii (built));
  for (const char *at = strchr (built, '\n'); at != NULL; at = strchr (at + 1, '\n'))
    g_assert_true (at > built && at[-1] == '\r');
  header_end = strstr (built, "\r\n\r\n");
  g_assert_nonnull (header_end);
  lines = g_strsplit (built, "\r\n", 0);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, LINE_MAX_BYTES);
      g_assert_null (strpbrk (lines[i], "\r\n"));
      g_assert_cmpint (lines[i][0], !=, '.');
    }
  for (gsize i = 0; *lines[i] != '\0'; i++)
    headers[0] += lines[i][0] != ' ' && lines[i][0] != '\t';
  g_clear_pointer (&lines, g_strfreev);
  lines = g_strsplit (simple, "\r\n", 0);
  for (gsize i = 0; *lines[i] != '\0'; i++)
    headers[1] += lines[i][0] != ' ' && lines[i][0] != '\t';
  /* Only what tells the encoding of the body may differ. */
  g_assert_cmpuint (headers[0], ==, headers[1]);
  return 0;
}
