#include "fuzz/fuzz.h"

#include "export/formats/key-file.h"

#include <string.h>

/* Nothing may be lost: what is read and written back is the same, and a value that was
   set is the only thing that differs. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const BaruaKeyFileStyle *style = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  g_autofree char *changed = NULL;
  gsize length = 0;

  fuzz_no_criticals ();
  if (size < 1 || memchr (data, '\0', size) != NULL)
    return 0;
  style = data[0] & 1 ? &BARUA_KEY_FILE_PYTHON : &BARUA_KEY_FILE_GLIB;
  file = barua_key_file_new ((const char *) data + 1, (gssize) size - 1, style);
  text = barua_key_file_dup_text (file, &length);
  g_assert_cmpmem (text, length, data + 1, size - 1);
  barua_key_file_set (file, "Account", "login", "zoe@gmail.com");
  value = barua_key_file_dup (file, "Account", "login");
  g_assert_cmpstr (value, ==, "zoe@gmail.com");
  changed = barua_key_file_dup_text (file, &length);
  g_assert_cmpuint (length, ==, strlen (changed));
  return 0;
}
