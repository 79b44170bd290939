#include "config.h"

#include "base/environment.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_takes_out (void)
{
  const char *const *names = barua_environment_list_removed ();

  for (gsize i = 0; names[i] != NULL; i++)
    g_setenv (names[i], "/tmp/anything", TRUE);
  g_setenv ("BARUA_TEST_STAYS", "yes", TRUE);
  barua_environment_harden ();
  for (gsize i = 0; names[i] != NULL; i++)
    g_assert_null (g_getenv (names[i]));
  g_assert_cmpstr (g_getenv ("BARUA_TEST_STAYS"), ==, "yes");
}

static void
test_names (void)
{
  static const char *const WANTED[] = {
    "SSLKEYLOGFILE",      "G_TLS_GNUTLS_PRIORITY",
    "GIO_EXTRA_MODULES",  "GIO_MODULE_DIR",
    "GNUTLS_DEBUG_LEVEL", "GNUTLS_SYSTEM_PRIORITY_FILE",
    "G_MESSAGES_DEBUG",   "SSL_CERT_FILE",
    "SSL_CERT_DIR",       "https_proxy",
    "ALL_PROXY",          "GIO_USE_TLS",
    "G_DBUS_DEBUG",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (WANTED); i++)
    g_assert_true (g_strv_contains (barua_environment_list_removed (), WANTED[i]));
}

/* In a child process, since descriptors are closed: its exit status counts what is wrong.
 */
static int
count_faults_without (int fd)
{
  char byte = 'x';
  int faults = 0;
  int next = -1;

  (void) close (fd);
  barua_environment_fill_descriptors ();
  next = open ("/dev/null", O_RDWR | O_CLOEXEC);
  faults += next <= STDERR_FILENO;
  faults += fcntl (fd, F_GETFD) < 0;
  errno = 0;
  if (fd == STDIN_FILENO)
    faults += read (fd, &byte, 1) != -1 || errno != EBADF;
  else
    faults += write (fd, &byte, 1) != -1 || errno != EBADF;
  return faults;
}

static void
test_fills_descriptors (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      int status = -1;
      pid_t child = fork ();

      if (child == 0)
        _exit (count_faults_without (fd));
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/environment/takes-out", test_takes_out);
  g_test_add_func ("/base/environment/names", test_names);
  g_test_add_func ("/base/environment/descriptors", test_fills_descriptors);
  return g_test_run ();
}
