#include "fuzz/fuzz.h"

#include "export/formats/edits.h"

#include <string.h>

/* The first half says what is changed, three bytes at a time: how far further on, how
   many bytes, what stands there then. The second half is the text, which is cut and put
   together the plain way too. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data + size / 2;
  size_t length = size - size / 2;
  g_autoptr (BaruaEdits) edits = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *untouched = NULL;
  g_autofree char *changed = NULL;
  size_t at = 0;
  gsize got = 0;

  fuzz_no_criticals ();
  edits = barua_edits_new (text, length);
  g_assert_true (barua_edits_are_none (edits));
  untouched = barua_edits_apply (edits, &got);
  g_assert_cmpmem (untouched, got, text, length);
  for (size_t i = 0; i + 2 < size / 2; i += 3)
    {
      size_t from = at + data[i];
      size_t taken = data[i + 1] % 16;
      g_autofree char *put = g_strnfill (data[i + 2] % 8, 'x');

      if (from + taken > length)
        break;
      g_string_append_len (expected, text + at, (gssize) (from - at));
      g_string_append (expected, put);
      barua_edits_replace (edits, from, taken, put);
      at = from + taken;
    }
  g_string_append_len (expected, text + at, (gssize) (length - at));
  changed = barua_edits_apply (edits, &got);
  g_assert_cmpmem (changed, got, expected->str, expected->len);
  return 0;
}
