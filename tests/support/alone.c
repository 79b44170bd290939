#include "config.h"

#include "support/alone.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

static gboolean
leave (void)
{
  return unshare (CLONE_NEWNET) == 0 || unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0;
}

/* Tried in a child, since there is no way back. */
static gboolean
is_allowed (void)
{
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (leave () ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

void
test_alone_begin (void)
{
  if (g_test_subprocess ())
    g_assert_true (leave ());
}

gboolean
test_alone_run (void)
{
  if (g_test_subprocess ())
    return TRUE;
  if (!is_allowed ())
    {
      g_test_skip ("The system does not allow a network of its own");
      return FALSE;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  return FALSE;
}
