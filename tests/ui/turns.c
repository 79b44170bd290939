#include "config.h"

#include "ui/turns.h"

#include "support/clock.h"

#include <poll.h>

/* When the loop woke up, by the tests' clock, which stands still while other programs
 * have the processor. */
static gint64 woke;

/* How long this turn has waited for the display, which is not ours to hurry. */
static gint64 waited;

static int display = -1;
static gint64 longest;

static int
wait_for (struct pollfd *fds, nfds_t n_fds, int timeout)
{
  struct timespec time = { timeout / 1000, (long) (timeout % 1000) * 1000000 };

  return ppoll (fds, n_fds, timeout < 0 ? NULL : &time, NULL);
}

int display_poll (struct pollfd *fds, nfds_t n_fds, int timeout) __asm__("poll");

/* Takes the C library's place for all of the program, as the library that speaks with the
 * display is part of it. */
int
display_poll (struct pollfd *fds, nfds_t n_fds, int timeout)
{
  gint64 from = 0;
  int ready = 0;

  if (n_fds != 1 || fds[0].fd != display)
    return wait_for (fds, n_fds, timeout);
  from = test_clock_get_us ();
  ready = wait_for (fds, n_fds, timeout);
  waited += test_clock_get_us () - from;
  return ready;
}

static int
measure_poll (GPollFD *fds, guint n_fds, int timeout)
{
  int ready = 0;

  if (woke > 0)
    longest = MAX (longest, test_clock_get_us () - woke - waited);
  ready = wait_for ((struct pollfd *) (gpointer) fds, n_fds, timeout);
  woke = test_clock_get_us ();
  waited = 0;
  return ready;
}

void
test_turns_watch (int display_fd)
{
  display = display_fd;
  g_main_context_set_poll_func (NULL, measure_poll);
}

void
test_turns_reset (void)
{
  longest = 0;
  woke = 0;
}

double
test_turns_get_longest_ms (void)
{
  return (double) longest / 1000;
}
