#include "config.h"

#include "support/memory.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static guint64
read_status (const char *what)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, what);
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen (what), NULL, 10);
}

guint64
test_memory_mark (void)
{
  /* proc(5): 5 sets the peak to what is taken now. */
  int fd = open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "5", 1), ==, 1);
  (void) close (fd);
  return read_status ("VmRSS:");
}

guint64
test_memory_get_growth (guint64 mark)
{
  guint64 peak = read_status ("VmHWM:");

  return peak > mark ? peak - mark : 0;
}
