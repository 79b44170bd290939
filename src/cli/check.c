#include "config.h"

#include "cli/commands.h"

#include "cli/check-answer.h"
#include "cli/progress.h"
#include "cli/typed.h"
#include "setup/hosting.h"
#include "setup/journey.h"

#include <glib/gi18n.h>

/* What a test message needs. */
#define TEST_PROTOCOLS ((1u << BARUA_PROTOCOL_SMTP) | (1u << BARUA_PROTOCOL_IMAP))

/* A check that is being waited for. */
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
wait_for_check (BaruaAddress *address,
                const BaruaCheckOptions *options,
                BaruaWaiter *waiter)
{
  g_autoptr (BaruaJourney) journey = barua_journey_new (address);
  g_autoptr (BaruaProgressLines) lines =
    barua_progress_lines_new (journey, options->protocols);
  Waiting waiting = { .waiter = waiter };

  barua_journey_check_async (journey, options, barua_waiter_get_cancellable (waiter),
                             on_checked, &waiting);
  (void) barua_waiter_run (waiter);
  return waiting.check;
}

static gboolean
read_options (const BaruaArguments *arguments, BaruaCheckOptions *options, GError **error)
{
  const char *only = barua_arguments_get (arguments, "only");
  const char *timeout = barua_arguments_get (arguments, "timeout");

  options->kept_sign_in = !barua_arguments_has (arguments, "no-sign-in");
  if (only != NULL && !barua_options_parse_protocols (only, &options->protocols, error))
    return FALSE;
  if (timeout != NULL &&
      !barua_options_parse_seconds (timeout, &options->total_ms, error))
    return FALSE;
  options->send_test = barua_arguments_has (arguments, "send-test");
  if (!options->send_test)
    return TRUE;
  if (only != NULL && (options->protocols & TEST_PROTOCOLS) != TEST_PROTOCOLS)
    {
      g_set_error_literal (
        error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_VALUE,
        _ ("“--send-test” sends with SMTP and looks with IMAP: leave “--only” out, or "
           "name both, as in “--only smtp,imap”."));
      return FALSE;
    }
  if (barua_arguments_has (arguments, "no-sign-in"))
    {
      g_set_error_literal (
        error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_VALUE,
        _ ("“--send-test” and “--no-sign-in” do not go together: a test "
           "message can only be sent after signing in."));
      return FALSE;
    }
  if (barua_arguments_get_word (arguments, 0) == NULL)
    {
      g_set_error_literal (
        error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_VALUE,
        _ ("“--send-test” needs the address to send a message to: your "
           "own, as in “barua check zoe@gmail.com --send-test”."));
      return FALSE;
    }
  return TRUE;
}

static int
check (const BaruaArguments *arguments,
       BaruaOutput *output,
       BaruaAddress *address,
       const BaruaCheckOptions *options)
{
  g_autoptr (BaruaWaiter) waiter = barua_waiter_new ();
  g_autoptr (BaruaCheck) finished = NULL;
  int status = BARUA_STATUS_OK;

  barua_secret_protect_process ();
  finished = wait_for_check (address, options, waiter);
  if (finished == NULL)
    return barua_command_interrupted (arguments, output, waiter);
  status = barua_verdict_is (finished->diagnosis->verdict, "ok") ? BARUA_STATUS_OK
                                                                 : BARUA_STATUS_PROBLEM;
  if (barua_arguments_has (arguments, "json"))
    barua_check_answer_json (output, finished);
  else
    barua_check_answer_text (output, finished,
                             barua_arguments_has (arguments, "no-sign-in"));
  if (finished->proof != NULL && finished->proof->outcome != BARUA_PROOF_FOUND)
    return BARUA_STATUS_PROBLEM;
  if (!options->send_test || finished->proof != NULL || status != BARUA_STATUS_OK)
    return status;
  barua_output_complain (_ ("No test message was sent: nobody is signed in."));
  return BARUA_STATUS_FAILED;
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  const char *word = barua_arguments_get_word (arguments, 0);
  g_autoptr (BaruaAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  BaruaCheckOptions options = { 0 };

  if (word != NULL)
    address = barua_typed_address (word, &error);
  if (error != NULL || !read_options (arguments, &options, &error))
    return barua_command_misused (&barua_command_check, error->message);
  return check (arguments, output, address, &options);
}

static const BaruaOption OPTIONS[] = {
  { "only", N_ ("SERVICES"), N_ ("Check only these: smtp, imap, pop") },
  { "no-sign-in", NULL, N_ ("Check the connections only") },
  { "send-test", NULL, N_ ("Send a test message to your own address") },
  { "timeout", N_ ("SECONDS"), N_ ("How long it may take in all; 30 if not given") },
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_check = {
  .name = "check",
  .usage = N_ ("[ADDRESS] [--only SERVICES] [--no-sign-in] [--send-test] "
               "[--timeout SECONDS] [--json]"),
  .summary = N_ ("Check whether mail can be sent and received from here"),
  .details = N_ (
    "Connects to Gmail’s servers for sending (SMTP) and receiving (IMAP, POP), all at "
    "once, and says what the one thing is that stands in the way, and how to mend it. "
    "With an address of your own domain it first looks up whether Google keeps its "
    "mail."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = 1,
  .run = run,
};
