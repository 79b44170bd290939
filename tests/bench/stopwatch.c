/* stopwatch COMMAND…: runs it, and says in a last line of standard error how long it took
 * by the clock and of the processor, in microseconds, and the most memory it had, in
 * kilobytes.
 *
 * Of a program that a large one starts, the system counts the starter's memory too: this
 * one is small. */

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long
read_clock (void)
{
  struct timespec now;

  (void) clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static long long
count_microseconds (const struct timeval *time)
{
  return time->tv_sec * 1000000LL + time->tv_usec;
}

int
main (int argc, char **argv)
{
  long long begun = read_clock ();
  long long taken = 0;
  struct rusage usage;
  int status = 0;
  int reason = 0;
  pid_t pid = 0;

  if (argc < 2)
    return 127;
  reason = posix_spawnp (&pid, argv[1], NULL, NULL, argv + 1, environ);
  if (reason != 0)
    {
      (void) fprintf (stderr, "%s: %s\n", argv[1], strerror (reason));
      return 127;
    }
  while (wait4 (pid, &status, 0, &usage) < 0)
    if (errno != EINTR)
      return 127;
  taken = read_clock () - begun;
  (void) fprintf (stderr, "\nstopwatch %lld %lld %ld\n", taken,
                  count_microseconds (&usage.ru_utime) +
                    count_microseconds (&usage.ru_stime),
                  usage.ru_maxrss);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
