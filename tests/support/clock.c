#include "config.h"

#include "support/clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define TICK_US 20000

static GMutex mutex;
static gint64 asleep;
static gint64 held;
static int statistics = -1;

/* What of a sleep is more than it should be, and more than a processor may be late. */
static gint64
get_late (gint64 now)
{
  gint64 late = now - asleep - TICK_US;

  return late > TICK_US ? late : 0;
}

static gpointer
tick (G_GNUC_UNUSED gpointer user_data)
{
  for (;;)
    {
      g_usleep (TICK_US);
      g_mutex_lock (&mutex);
      {
        gint64 now = g_get_monotonic_time ();

        held += get_late (now);
        asleep = now;
      }
      g_mutex_unlock (&mutex);
    }
  return NULL;
}

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

gint64
test_clock_get_lost_us (void)
{
  static gsize started = 0;
  gint64 lost = 0;

  if (g_once_init_enter (&started))
    {
      asleep = g_get_monotonic_time ();
      statistics = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
      g_thread_unref (g_thread_new ("tick", tick, NULL));
      g_once_init_leave (&started, 1);
    }
  g_mutex_lock (&mutex);
  lost = held + get_late (g_get_monotonic_time ()) + get_delay_us ();
  g_mutex_unlock (&mutex);
  return lost;
}

gint64
test_clock_get_us (void)
{
  return g_get_monotonic_time () - test_clock_get_lost_us ();
}
