#include "config.h"

#include "cli/commands.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/typed.h"
#include "setup/help-report.h"
#include "setup/journey.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  BaruaWaiter *waiter;
  BaruaCheck *check;
} Waiting;

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *self = user_data;

  /* It fails only when it was interrupted, which the waiter knows. */
  self->check = barua_journey_check_finish (BARUA_JOURNEY (source), result, NULL);
  barua_waiter_stop (self->waiter);
}

static BaruaCheck *
check (BaruaAddress *address, BaruaWaiter *waiter)
{
  g_autoptr (BaruaJourney) journey = barua_journey_new (address);
  const BaruaCheckOptions options = { .kept_sign_in = address != NULL };
  Waiting waiting = { .waiter = waiter };

  barua_secret_protect_process ();
  barua_journey_check_async (journey, &options, barua_waiter_get_cancellable (waiter),
                             on_checked, &waiting);
  (void) barua_waiter_run (waiter);
  return waiting.check;
}

static int
answer (const BaruaArguments *arguments, BaruaOutput *output, const char *report)
{
  const char *path = barua_arguments_get (arguments, "output");
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *message = NULL;

  if (path == NULL)
    {
      g_auto (GStrv) lines = g_strsplit (report, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        barua_output_add_line (output, 0, lines[i]);
      return BARUA_STATUS_OK;
    }
  if (!barua_file_write (path, report, strlen (report), 0600, &error))
    return barua_command_failed (arguments, output, "unwritable", error->message);
  shown = barua_text_one_line (path, -1, 0);
  message = g_strdup_printf (_ ("The report is in “%s”. It holds no secret."), shown);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, message);
  return BARUA_STATUS_OK;
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  const char *word = barua_arguments_get_word (arguments, 0);
  g_autoptr (BaruaAddress) address = NULL;
  g_autoptr (BaruaWaiter) waiter = NULL;
  g_autoptr (BaruaCheck) finished = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  if (word != NULL)
    address = barua_typed_address (word, &error);
  if (error != NULL)
    return barua_command_misused (&barua_command_report, error->message);
  waiter = barua_waiter_new ();
  finished = check (address, waiter);
  if (finished == NULL)
    return barua_command_interrupted (arguments, output, waiter);
  report = barua_help_report (finished, barua_arguments_has (arguments, "show-address"));
  return answer (arguments, output, report);
}

static const BaruaOption OPTIONS[] = {
  { "output", N_ ("FILE"), N_ ("Write it into a file") },
  { "show-address", NULL, N_ ("Write your address out, which is masked otherwise") },
};

const BaruaCommand barua_command_report = {
  .name = "report",
  .usage = N_ ("[ADDRESS] [--output FILE] [--show-address]"),
  .summary = N_ ("Write down all that a helper needs, with nothing secret in it"),
  .details = N_ (
    "Checks the connection, and the sign-in if one is kept for the address, and writes "
    "one "
    "text for whoever helps you: this machine, its mail programs, its accounts, and the "
    "check with everything that was said. Passwords and tokens are not in it, and "
    "addresses are masked."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = 1,
  .run = run,
};
