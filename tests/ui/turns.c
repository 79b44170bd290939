#include "config.h"

#include "ui/turns.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* When the loop woke up, by the clock of get_now(). */
static gint64 woke;

/* How long this turn has waited for the display, which is not ours to hurry. */
static gint64 waited;

static int display = -1;
static int statistics = -1;
static gint64 longest;

/* How long this thread was ready and had no processor: the second number of its
 * schedstat (proc(5)), in ns. */
static gint64
get_delay_us (void)
{
  char text[128] = { 0 };
  gint64 run_ns = 0;
  gint64 delay_ns = 0;

  if (statistics < 0 || pread (statistics, text, sizeof text - 1, 0) <= 0 ||
      sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &run_ns, &delay_ns) != 2)
    return 0;
  return delay_ns / 1000;
}

/* A clock that stands still while other programs have the processor. */
static gint64
get_now (void)
{
  return g_get_monotonic_time () - get_delay_us ();
}

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
  from = get_now ();
  ready = wait_for (fds, n_fds, timeout);
  waited += get_now () - from;
  return ready;
}

static int
measure_poll (GPollFD *fds, guint n_fds, int timeout)
{
  int ready = 0;

  if (woke > 0)
    longest = MAX (longest, get_now () - woke - waited);
  ready = wait_for ((struct pollfd *) (gpointer) fds, n_fds, timeout);
  woke = get_now ();
  waited = 0;
  return ready;
}

void
test_turns_watch (int display_fd)
{
  display = display_fd;
  statistics = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
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
