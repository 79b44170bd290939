#include "config.h"

#include "base/buffer.h"
#include "base/secret.h"

#include <string.h>

static void
test_grows (void)
{
  g_auto (BaruaBuffer) buffer = { 0 };
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    {
      barua_buffer_append (&buffer, "abc", 2);
      barua_buffer_append_c (&buffer, '\0');
      barua_buffer_append (&buffer, "de", -1);
      barua_buffer_append (&buffer, NULL, 0);
      g_string_append_len (expected, "ab\0de", 5);
      g_assert_cmpmem (buffer.bytes, buffer.length, expected->str, expected->len);
      g_assert_cmpint (buffer.bytes[buffer.length], ==, 0);
    }
}

static void
test_empties_and_overwrites (void)
{
  g_auto (BaruaBuffer) buffer = { 0 };

  barua_buffer_empty (&buffer);
  barua_buffer_append (&buffer, "secret", -1);
  barua_buffer_empty (&buffer);
  g_assert_cmpuint (buffer.length, ==, 0);
  g_assert_cmpmem (buffer.bytes, 7, "\0\0\0\0\0\0", 7);
  barua_buffer_append (&buffer, "x", -1);
  g_assert_cmpstr (buffer.bytes, ==, "x");
}

static void
test_hands_over (void)
{
  g_auto (BaruaBuffer) buffer = { 0 };
  char *empty = barua_buffer_steal (&buffer);
  char *text = NULL;

  g_assert_cmpstr (empty, ==, "");
  barua_secret_free_text (empty);
  barua_buffer_append (&buffer, "secret", -1);
  text = barua_buffer_steal (&buffer);
  g_assert_cmpstr (text, ==, "secret");
  g_assert_cmpuint (buffer.length, ==, 0);
  g_assert_null (buffer.bytes);
  barua_secret_free_text (text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/buffer/grows", test_grows);
  g_test_add_func ("/base/buffer/empties", test_empties_and_overwrites);
  g_test_add_func ("/base/buffer/steal", test_hands_over);
  return g_test_run ();
}
