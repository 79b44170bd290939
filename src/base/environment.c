#include "config.h"

#include "base/environment.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const REMOVED[] = {
  /* GnuTLS: would write the keys of each connection to a file. */
  "SSLKEYLOGFILE",
  /* GnuTLS: would let older versions and weaker ciphers in, or log what is sent. */
  "GNUTLS_SYSTEM_PRIORITY_FILE",
  "GNUTLS_DEBUG_LEVEL",
  "GNUTLS_SKIP_FIPS_INTEGRITY_CHECKS",
  "GNUTLS_NO_IMPLICIT_INIT",
  "GNUTLS_NO_EXPLICIT_INIT",
  /* glib-networking: the same, for either of its two backends. */
  "G_TLS_GNUTLS_PRIORITY",
  "G_TLS_OPENSSL_MAX_PROTO",
  "G_TLS_OPENSSL_CIPHER_LIST",
  "G_TLS_OPENSSL_CURVE_LIST",
  "G_TLS_OPENSSL_SIGNATURE_ALGORITHM_LIST",
  /* GIO: would load a TLS backend, resolver or proxy from anywhere, or choose one. */
  "GIO_EXTRA_MODULES",
  "GIO_MODULE_DIR",
  "GIO_USE_TLS",
  "GIO_USE_PROXY_RESOLVER",
  /* OpenSSL, and what follows it: would trust other authorities. */
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "OPENSSL_CONF",
  "OPENSSL_MODULES",
  "OPENSSL_ENGINES",
  /* GLib: would make libraries print what they send. */
  "G_MESSAGES_DEBUG",
  "G_DBUS_DEBUG",
  /* libsecret: would keep passwords in a file in place of the keyring. */
  "SECRET_BACKEND",
  "SECRET_FILE_TEST_PATH",
  "SECRET_FILE_TEST_PASSWORD",
  /* Mail goes straight to Google: what a proxy for the web does with it, nobody knows. */
  "http_proxy",
  "https_proxy",
  "ftp_proxy",
  "all_proxy",
  "no_proxy",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "FTP_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
  NULL,
};

void
barua_environment_harden (void)
{
  for (gsize i = 0; REMOVED[i] != NULL; i++)
    g_unsetenv (REMOVED[i]);
}

const char *const *
barua_environment_list_removed (void)
{
  return REMOVED;
}

void
barua_environment_fill_descriptors (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0)
      {
        /* The lowest free number is given out, so this one is filled. Opened the wrong
         * way round, so that nobody takes the null device for a full answer. */
        int filled = open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);

        if (filled != fd && filled >= 0)
          (void) close (filled);
      }
}

void
barua_environment_find_session (void)
{
  g_autofree char *folder = g_strdup_printf ("/run/user/%u", (guint) getuid ());
  struct stat facts;

  if (g_getenv ("XDG_RUNTIME_DIR") == NULL && stat (folder, &facts) == 0 &&
      S_ISDIR (facts.st_mode) && facts.st_uid == getuid ())
    g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
}
