#include "fuzz/fuzz.h"

#include "probe/reply.h"

#include <string.h>

/* The first byte chooses the protocol and how much comes at a time. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (BaruaReader) reader = NULL;
  size_t step = 0;

  fuzz_no_criticals ();
  if (size < 1)
    return 0;
  reader = barua_reader_new ((BaruaProtocol) (data[0] % 3));
  step = 1 + data[0] / 3 % 16;
  if (data[0] % 3 == BARUA_PROTOCOL_POP)
    barua_reader_expect_lines (reader, data[0] >= 128);
  for (size_t at = 1; at < size; at += step)
    {
      BaruaReply *reply = NULL;

      barua_reader_push (reader, (const char *) data + at, MIN (step, size - at));
      while ((reply = barua_reader_pop (reader)) != NULL)
        {
          for (guint i = 0; reply->lines[i] != NULL; i++)
            g_assert_cmpint (strcspn (reply->lines[i], "\r\n"), ==,
                             strlen (reply->lines[i]));
          barua_reply_free (reply);
        }
    }
  return 0;
}
