#include "fuzz/fuzz.h"

#include "base/redact.h"
#include "base/text.h"

#include <string.h>

#define WORD "qwertyuiopasdfgh"

/* What servers and files say, on its way to a person: printable, and without the secret.
 */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (BaruaSecret) secret = barua_secret_new (WORD, -1);
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();
  g_autofree char *shown = NULL;
  g_autofree char *line = NULL;
  g_autofree char *redacted = NULL;

  fuzz_no_criticals ();
  shown = barua_text_printable ((const char *) data, (gssize) size, 0);
  line = barua_text_one_line ((const char *) data, (gssize) size, 80);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_null (strpbrk (line, "\n\r\033"));
  /* What was cut off is marked. */
  g_assert_cmpint (g_utf8_strlen (line, -1), <=, 81);
  barua_redactor_add (redactor, secret);
  redacted = barua_redactor_apply (redactor, shown);
  g_assert_null (strstr (redacted, WORD));
  return 0;
}
