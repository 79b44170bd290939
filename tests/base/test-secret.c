#include "config.h"

#include "base/secret.h"

#include <string.h>

static void
test_holds_a_copy (void)
{
  char typed[] = "abcdefghijklmnop";
  g_autoptr (BaruaSecret) secret = barua_secret_new (typed, -1);

  barua_secret_wipe (typed);
  g_assert_cmpuint (barua_secret_get_length (secret), ==, 16);
  g_assert_cmpstr (barua_secret_peek (secret), ==, "abcdefghijklmnop");
  g_assert_cmpuint (typed[0], ==, 0);
  g_assert_cmpuint (typed[15], ==, 0);
}

static void
test_takes_any_length (void)
{
  const gsize lengths[] = { 0, 1, 4095, 4096, 4097, 10000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *bytes = g_strnfill (lengths[i], 'x');
      g_autoptr (BaruaSecret) secret = barua_secret_new (bytes, (gssize) lengths[i]);

      g_assert_cmpuint (barua_secret_get_length (secret), ==, lengths[i]);
      g_assert_cmpuint (strlen (barua_secret_peek (secret)), ==, lengths[i]);
    }
}

static void
test_compares (void)
{
  g_autoptr (BaruaSecret) a = barua_secret_new ("one", -1);
  g_autoptr (BaruaSecret) same = barua_secret_new ("one!", 3);
  g_autoptr (BaruaSecret) other = barua_secret_new ("onf", -1);
  g_autoptr (BaruaSecret) longer = barua_secret_new ("ones", -1);

  g_assert_true (barua_secret_equal (a, same));
  g_assert_false (barua_secret_equal (a, other));
  g_assert_false (barua_secret_equal (a, longer));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/secret/copy", test_holds_a_copy);
  g_test_add_func ("/base/secret/length", test_takes_any_length);
  g_test_add_func ("/base/secret/compare", test_compares);
  return g_test_run ();
}
