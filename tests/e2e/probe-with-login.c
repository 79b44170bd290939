#include "config.h"

#include "account/address.h"
#include "account/app-password.h"
#include "diagnose/report.h"
#include "setup/journey.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * Checks with a login what `barua check` checks without one: address, mechanism and
 * secret come as three lines on standard input, the answer of `barua check --json` goes
 * to standard output. With the argument "send-test" a test message is sent as well.
 * Nothing of the library is bent: names, ports and authorities are the real ones.
 */

typedef struct
{
  GMainLoop *loop;
  BaruaCheck *check;
} Waiting;

static const struct
{
  const char *name;
  BaruaMechanism mechanism;
} MECHANISMS[] = {
  { "password", BARUA_MECHANISM_PASSWORD },
  { "token", BARUA_MECHANISM_TOKEN },
  { "plain", BARUA_MECHANISM_PLAIN },
  { "login", BARUA_MECHANISM_LOGIN },
  { "xoauth2", BARUA_MECHANISM_XOAUTH2 },
  { "oauthbearer", BARUA_MECHANISM_OAUTHBEARER },
};

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;
  g_autoptr (GError) error = NULL;

  waiting->check = barua_journey_check_finish (BARUA_JOURNEY (source), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (waiting->loop);
}

static char *
read_line (void)
{
  char line[1024] = "";

  g_assert_nonnull (fgets (line, sizeof line, stdin));
  line[strcspn (line, "\n")] = '\0';
  return g_strdup (line);
}

static BaruaLogin *
read_login (BaruaAddress *address)
{
  g_autofree char *mechanism = read_line ();
  g_autofree char *typed = read_line ();
  g_autoptr (BaruaSecret) whole = barua_secret_new (typed, -1);
  g_autoptr (BaruaSecret) secret = barua_app_password_normalize (whole);
  g_autofree char *user = barua_address_dup_login (address);

  for (gsize i = 0; i < G_N_ELEMENTS (MECHANISMS); i++)
    if (g_str_equal (MECHANISMS[i].name, mechanism))
      return barua_login_new (MECHANISMS[i].mechanism, user, secret);
  g_error ("no mechanism is called “%s”", mechanism);
}

/* What stdio cannot write at once because of a signal, it loses. */
static void
say (const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  gsize length = strlen (line);

  for (gsize done = 0; done < length;)
    {
      gssize n = write (STDOUT_FILENO, line + done, length - done);

      g_assert_true (n >= 0 || errno == EINTR);
      done += n > 0 ? (gsize) n : 0;
    }
}

static void
print_check (const BaruaCheck *check)
{
  const BaruaCheckFacts facts = {
    .address = check->address,
    .kind = check->discovery != NULL ? check->discovery->kind : BARUA_HOST_GMAIL,
    .started = check->started,
    .ms = check->ms,
    .diagnosis = check->diagnosis,
  };
  g_autoptr (JsonNode) node = barua_report_check (&facts);
  g_autofree char *text = barua_report_to_text (node);

  say (text);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_line ();
  g_autoptr (BaruaAddress) address = barua_address_new (text, &error);
  g_autoptr (BaruaJourney) journey = NULL;
  g_autoptr (BaruaLogin) login = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  BaruaCheckOptions options = { 0 };
  Waiting waiting = { .loop = loop };
  gboolean ok = FALSE;

  g_assert_no_error (error);
  login = read_login (address);
  options.login = login;
  options.send_test = argc > 1 && g_str_equal (argv[1], "send-test");
  journey = barua_journey_new (address);
  barua_journey_check_async (journey, &options, NULL, on_checked, &waiting);
  g_main_loop_run (loop);
  print_check (waiting.check);
  ok = barua_verdict_is (waiting.check->diagnosis->verdict, "ok") &&
       (waiting.check->proof != NULL) == options.send_test;
  barua_check_unref (waiting.check);
  return ok ? 0 : 1;
}
