#include "config.h"

#include "cli/signing-in.h"

#include "cli/card.h"
#include "cli/hand-out.h"
#include "cli/progress.h"
#include "cli/typing.h"
#include "diagnose/report.h"
#include "setup/journey.h"
#include "setup/acceptance.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  BaruaWaiter *waiter;
  BaruaCheck *check;
  gboolean kept;
  GError *error;
} Waiting;

void
barua_signing_in_say (const char *text)
{
  g_autofree char *shown = g_locale_from_utf8 (text, -1, NULL, NULL, NULL);
  const char *bytes = shown != NULL ? shown : text;

  if (write (STDERR_FILENO, bytes, strlen (bytes)) < 0)
    g_debug ("Nobody hears what is said");
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->check = barua_journey_check_finish (BARUA_JOURNEY (source), result, NULL);
  barua_waiter_stop (waiting->waiter);
}

static void
on_kept (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->kept = barua_keep_finish (result, &waiting->error);
  barua_waiter_stop (waiting->waiter);
}

gboolean
barua_signing_in_has_keyring (BaruaSigningIn *self, int *status)
{
  Waiting waiting = { .waiter = self->waiter };

  barua_keep_check_async (self->account->address,
                          barua_waiter_get_cancellable (self->waiter), on_kept, &waiting);
  if (!barua_waiter_run (self->waiter) || !waiting.kept)
    *status = barua_command_in_trouble (self->arguments, self->output, self->waiter,
                                        waiting.error);
  g_clear_error (&waiting.error);
  return waiting.kept && barua_waiter_get_status (self->waiter) == 0;
}

static BaruaCheck *
wait_for_check (BaruaSigningIn *self, BaruaLogin *login)
{
  g_autoptr (BaruaJourney) journey = barua_journey_new (self->address);
  g_autoptr (BaruaProgressLines) lines = barua_progress_lines_new (journey, 0);
  const BaruaCheckOptions options = { .login = login };
  Waiting waiting = { .waiter = self->waiter };

  barua_journey_check_async (
    journey, &options, barua_waiter_get_cancellable (self->waiter), on_checked, &waiting);
  (void) barua_waiter_run (self->waiter);
  return waiting.check;
}

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
answer_json (BaruaSigningIn *self, const BaruaVerdict *verdict, gboolean kept)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_member (builder, "address", self->account->address);
  add_member (builder, "name", self->account->name);
  add_member (builder, "method", barua_method_get_id (self->account->method));
  json_builder_set_member_name (builder, "kept");
  json_builder_add_boolean_value (builder, kept);
  json_builder_set_member_name (builder, "verdict");
  json_builder_add_value (builder, barua_report_verdict (verdict));
  json_builder_end_object (builder);
  barua_output_set_json (self->output, json_builder_get_root (builder));
}

static const char *
describe_keeping (BaruaMethod method, gboolean kept)
{
  if (!kept)
    return _ ("Nothing was kept.");
  switch (method)
    {
    case BARUA_METHOD_APP_PASSWORD:
      return _ ("The app password is kept in the keyring.");
    case BARUA_METHOD_OAUTH:
      return _ ("The access that Google gave is kept in the keyring.");
    case BARUA_METHOD_ONLINE_ACCOUNT:
    case BARUA_METHOD_NONE:
    default:
      return _ ("Access comes from this desktop’s account, so nothing is kept here.");
    }
}

/* @heading stands above what shows the verdict. */
static int
answer (BaruaSigningIn *self,
        const BaruaVerdict *verdict,
        const char *heading,
        gboolean kept)
{
  gboolean is_ok = kept && barua_verdict_is (verdict, "ok");
  g_autofree char *done = NULL;

  if (barua_arguments_has (self->arguments, "json"))
    answer_json (self, verdict, kept);
  else
    {
      if (is_ok)
        {
          done = g_strdup_printf (_ ("%s is signed in, and mail works."),
                                  self->account->address);
          barua_output_add_text (self->output, BARUA_STYLE_GOOD, 0, done);
        }
      else
        barua_card_add (self->output, verdict, heading);
      barua_output_add_gap (self->output);
      barua_output_add_text (self->output, BARUA_STYLE_PLAIN, 0,
                             describe_keeping (self->account->method, kept));
    }
  return is_ok ? BARUA_STATUS_OK : BARUA_STATUS_PROBLEM;
}

int
barua_signing_in_refuse (BaruaSigningIn *self, const char *cause_id, double sure)
{
  g_autoptr (BaruaVerdict) verdict = barua_verdict_new (cause_id, sure);

  return answer (self, verdict, NULL, FALSE);
}

static int
keep_and_answer (BaruaSigningIn *self, const BaruaKeep *keep, const BaruaVerdict *verdict)
{
  Waiting waiting = { .waiter = self->waiter };
  int status = BARUA_STATUS_OK;

  barua_keep_async (keep, barua_waiter_get_cancellable (self->waiter), on_kept, &waiting);
  if (!barua_waiter_run (self->waiter) || !waiting.kept)
    status = barua_command_in_trouble (self->arguments, self->output, self->waiter,
                                       waiting.error);
  else
    status = answer (self, verdict, _ ("What was seen:"), TRUE);
  g_clear_error (&waiting.error);
  return status;
}

/* An app password that no server was asked about is kept on request only. */
static gboolean
is_wanted_all_the_same (BaruaSigningIn *self, const BaruaVerdict *verdict)
{
  g_autofree char *text = NULL;

  if (self->account->method != BARUA_METHOD_APP_PASSWORD)
    return TRUE;
  if (barua_typing_has_person ())
    {
      /* Translators: what is wrong, without a full stop */
      text = g_strdup_printf (_ ("%s. So nobody knows yet whether the app password is "
                                 "right.\n"),
                              barua_verdict_get_title (verdict));
      barua_signing_in_say (text);
    }
  return barua_typing_confirm (self->waiter, _ ("Keep it in the keyring all the same?"));
}

int
barua_signing_in_prove_and_keep (BaruaSigningIn *self,
                                 BaruaLogin *login,
                                 const BaruaKeep *keep)
{
  g_autoptr (BaruaCheck) check = wait_for_check (self, login);
  const BaruaVerdict *verdict = NULL;
  BaruaAcceptance acceptance = BARUA_ACCEPTANCE_UNKNOWN;

  if (check == NULL)
    return barua_command_interrupted (self->arguments, self->output, self->waiter);
  verdict = check->diagnosis->verdict;
  acceptance = barua_acceptance_judge (check);
  if (acceptance == BARUA_ACCEPTANCE_NO)
    return answer (self, verdict, _ ("What the server said:"), FALSE);
  if (acceptance == BARUA_ACCEPTANCE_UNKNOWN && !is_wanted_all_the_same (self, verdict))
    return barua_waiter_get_status (self->waiter) != 0
             ? barua_command_interrupted (self->arguments, self->output, self->waiter)
             : answer (self, verdict, _ ("What was seen:"), FALSE);
  self->account->last_check = g_date_time_to_unix (check->started);
  g_free (self->account->last_cause);
  self->account->last_cause = g_strdup (verdict->cause->id);
  return keep_and_answer (self, keep, verdict);
}
