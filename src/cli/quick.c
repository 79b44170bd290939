#include "config.h"

#include "cli/quick.h"

#include "account/address.h"
#include "setup/kept.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  GMainLoop *loop;
  BaruaSecret *secret;
} Waiting;

gboolean
barua_quick_write (const char *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = write (STDOUT_FILENO, bytes + done, length - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      done += n > 0 ? (gsize) n : 0;
    }
  return TRUE;
}

static void
on_secret (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->secret = barua_kept_finish (result);
  g_main_loop_quit (waiting->loop);
}

/* As a shell has it, and as the commands do that wait longer. */
static void
on_signal (int number)
{
  _exit (128 + number);
}

static void
end_at_once_on_signals (void)
{
  const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction action = { 0 };

      if (sigaction (numbers[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN)
        continue;
      action.sa_handler = on_signal;
      (void) sigaction (numbers[i], &action, NULL);
    }
}

static BaruaSecret *
wait_for_secret (gboolean is_token, const char *login)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { .loop = loop };

  end_at_once_on_signals ();
  barua_secret_protect_process ();
  if (is_token)
    barua_kept_token_async (login, NULL, on_secret, &waiting);
  else
    barua_kept_password_async (login, NULL, on_secret, &waiting);
  g_main_loop_run (loop);
  return waiting.secret;
}

BaruaQuick
barua_quick_try (int argc, char **argv)
{
  gboolean is_token = argc == 3 && strcmp (argv[1], "token") == 0;
  gboolean is_password = argc == 3 && strcmp (argv[1], "password") == 0;
  g_autoptr (BaruaAddress) address = NULL;
  g_autoptr (BaruaSecret) secret = NULL;
  g_autofree char *login = NULL;

  if ((!is_token && !is_password) || argv[2][0] == '-' ||
      !g_utf8_validate (argv[2], -1, NULL))
    return BARUA_QUICK_MORE;
  address = barua_address_new (argv[2], NULL);
  if (address == NULL)
    return BARUA_QUICK_MORE;
  login = barua_address_dup_login (address);
  secret = wait_for_secret (is_token, login);
  if (secret == NULL)
    return BARUA_QUICK_MORE;
  if (barua_quick_write (barua_secret_peek (secret), barua_secret_get_length (secret)) &&
      barua_quick_write ("\n", 1))
    return BARUA_QUICK_DONE;
  /* Half an answer cannot be taken back: it is not tried a second time. */
  return BARUA_QUICK_UNWRITABLE;
}
