#include "config.h"

#include "base/secret.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <unistd.h>

#define FREED 4096

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

/* Nobody else of the same person may look into the process, and no file is made of it
 * when it dies. */
static void
test_protects_the_process (void)
{
  struct rlimit limit = { 1, 1 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  barua_secret_protect_process ();
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
  /* The leak checker of a sanitized build looks into the process at its end. */
  (void) prctl (PR_SET_DUMPABLE, 1);
}

/* Reads what the allocator has, as a debugger would. */
static gsize
count_letters (gsize address, char letter)
{
  char found[FREED] = { 0 };
  const struct iovec here = { found, sizeof found };
  const struct iovec there = { (void *) address, sizeof found };
  gsize letters = 0;

  g_assert_cmpint (process_vm_readv (getpid (), &here, 1, &there, 1, 0), ==, FREED);
  for (gsize i = 0; i < sizeof found; i++)
    letters += found[i] == letter;
  return letters;
}

/* What a library frees without a thought is gone then. */
static void
test_wipes_what_is_freed (void)
{
  char *text = NULL;
  char *behind = NULL;
  gsize address = 0;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  barua_secret_protect_process ();
  text = g_strnfill (FREED, 'q');
  /* So that the memory stays with the process. */
  behind = g_strnfill (FREED, 'b');
  address = (gsize) text;
  g_assert_cmpuint (count_letters (address, 'q'), ==, FREED);
  g_free (text);
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
  g_assert_cmpuint (count_letters (address, 'q'), ==, 0);
#endif
  g_free (behind);
  (void) prctl (PR_SET_DUMPABLE, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/secret/copy", test_holds_a_copy);
  g_test_add_func ("/base/secret/length", test_takes_any_length);
  g_test_add_func ("/base/secret/compare", test_compares);
  g_test_add_func ("/base/secret/process", test_protects_the_process);
  g_test_add_func ("/base/secret/freed", test_wipes_what_is_freed);
  return g_test_run ();
}
