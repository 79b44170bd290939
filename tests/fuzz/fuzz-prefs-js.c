#include "fuzz/fuzz.h"

#include "export/formats/prefs-js.h"

#include <string.h>

/* What can be read is written back as it was, and still can be read when something was
   set; what was set is then what is read. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPrefs) prefs = NULL;
  g_autoptr (BaruaPrefs) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  gsize length = 0;
  int number = 0;

  fuzz_no_criticals ();
  prefs = barua_prefs_new ((const char *) data, (gssize) size, "prefs.js", &error);
  if (prefs == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }
  text = barua_prefs_dup_text (prefs, &length);
  g_assert_cmpmem (text, length, data, size);
  barua_prefs_set_string (prefs, "a", "q\"\\\n\xc3\xab");
  barua_prefs_set_int (prefs, "b.c", 993);
  changed = barua_prefs_dup_text (prefs, &length);
  again = barua_prefs_new (changed, (gssize) length, "prefs.js", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (barua_prefs_get_string (again, "a"), ==, "q\"\\\n\xc3\xab");
  g_assert_true (barua_prefs_get_int (again, "b.c", &number));
  g_assert_cmpint (number, ==, 993);
  return 0;
}
