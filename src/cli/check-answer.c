#include "config.h"

#include "cli/check-answer.h"

#include "cli/card.h"
#include "diagnose/report.h"
#include "setup/hosting.h"

#include <glib/gi18n.h>
#include <string.h>

#define COLUMNS 6

static gboolean
is_ok (const BaruaVerdict *verdict)
{
  return barua_verdict_is (verdict, "ok");
}

static const BaruaServiceDiagnosis *
service_at (const BaruaCheck *check, guint index)
{
  return g_ptr_array_index (check->diagnosis->services, index);
}

/* Why nobody could be asked who keeps the mail is told by the root cause. */
static gboolean
goes_without_saying (const BaruaCheck *check)
{
  return check->discovery->kind == BARUA_HOST_UNKNOWN && check->discovery->mx == NULL &&
         check->discovery->suggestion == NULL && !is_ok (check->diagnosis->verdict);
}

/* Whether what shows a verdict are words that came from a server. */
static gboolean
are_words (const BaruaCheck *check, const BaruaVerdict *verdict)
{
  for (guint i = 0; i < check->diagnosis->services->len; i++)
    {
      const BaruaStep *step =
        barua_evidence_get_failure (service_at (check, i)->evidence);

      if (step == NULL || step->words == NULL)
        continue;
      for (guint j = 0; j < verdict->evidence->len; j++)
        if (strstr (g_ptr_array_index (verdict->evidence, j), step->words) != NULL ||
            strstr (step->words, g_ptr_array_index (verdict->evidence, j)) != NULL)
          return TRUE;
    }
  return FALSE;
}

static char *
format_duration (gint64 ms)
{
  if (ms < 10000)
    /* Translators: thousandths of a second */
    return g_strdup_printf (_ ("%d ms"), (int) ms);
  /* Translators: seconds, as in “12.3 s” */
  return g_strdup_printf (_ ("%.1f s"), (double) ms / 1000);
}

static const char *
describe_state (const BaruaServiceDiagnosis *service)
{
  const BaruaEvidence *evidence = service->evidence;

  if (evidence->looked_in != NULL)
    return _ ("message not there");
  if (!service->usable)
    return barua_evidence_has_passed (service->evidence, BARUA_STAGE_CONNECT)
             ? _ ("does not work")
             : _ ("not reached");
  return barua_evidence_has_passed (service->evidence, BARUA_STAGE_SIGN_IN)
           ? _ ("works")
           :
           /* Translators: of a server: it does */
           _ ("answers");
}

static void
fill_row (BaruaCell *row, const BaruaServiceDiagnosis *service, GPtrArray *owned)
{
  const BaruaService *at = &service->evidence->service;
  char *port = g_strdup_printf ("%u", at->port);
  char *duration = format_duration (service->evidence->ms);

  g_ptr_array_add (owned, port);
  g_ptr_array_add (owned, duration);
  row[0].text = barua_protocol_get_name (at->protocol);
  row[0].style = BARUA_STYLE_STRONG;
  row[1].text = at->host;
  row[2].text = port;
  row[2].right = TRUE;
  row[3].text = at->security == BARUA_SECURITY_TLS ? _ ("SSL/TLS") : _ ("STARTTLS");
  row[4].text = describe_state (service);
  row[4].style = service->usable ? BARUA_STYLE_GOOD : BARUA_STYLE_BAD;
  row[5].text = duration;
  row[5].style = BARUA_STYLE_FAINT;
  row[5].right = TRUE;
}

static void
add_services (BaruaOutput *output, const BaruaCheck *check)
{
  guint n_services = check->diagnosis->services->len;
  g_autofree BaruaCell *cells = g_new0 (BaruaCell, n_services * COLUMNS);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_services; i++)
    fill_row (cells + i * COLUMNS, service_at (check, i), owned);
  barua_output_add_gap (output);
  barua_output_add_table (output, 2, cells, n_services, COLUMNS);
}

static gboolean
is_same_cause (const BaruaVerdict *a, const BaruaVerdict *b)
{
  return a->cause == b->cause;
}

static gboolean
is_among_warnings (const BaruaCheck *check, const BaruaVerdict *verdict)
{
  for (guint i = 0; i < check->diagnosis->warnings->len; i++)
    if (is_same_cause (g_ptr_array_index (check->diagnosis->warnings, i), verdict))
      return TRUE;
  return FALSE;
}

/* A service with a trouble of its own, which the root cause does not tell. */
static void
add_own_troubles (BaruaOutput *output, const BaruaCheck *check)
{
  for (guint i = 0; i < check->diagnosis->services->len; i++)
    {
      const BaruaServiceDiagnosis *service = service_at (check, i);
      const BaruaService *at = &service->evidence->service;
      g_autofree char *label = NULL;

      if (is_ok (service->verdict) ||
          is_same_cause (service->verdict, check->diagnosis->verdict) ||
          is_among_warnings (check, service->verdict))
        continue;
      label = g_strdup_printf ("%s %u", barua_protocol_get_name (at->protocol), at->port);
      barua_card_add_short (output, label, service->verdict);
    }
}

static void
add_warnings (BaruaOutput *output, const BaruaCheck *check)
{
  for (guint i = 0; i < check->diagnosis->warnings->len; i++)
    {
      const BaruaVerdict *warning = g_ptr_array_index (check->diagnosis->warnings, i);

      barua_card_add_short (
        output, warning->has_service ? barua_protocol_get_name (warning->service) : NULL,
        warning);
    }
}

static void
add_proof (BaruaOutput *output, const BaruaProof *proof)
{
  g_autofree char *text = barua_proof_dup_text (proof);
  gboolean is_good = proof->outcome == BARUA_PROOF_FOUND && !proof->in_spam;

  barua_output_add_gap (output);
  barua_output_add_text (output, is_good ? BARUA_STYLE_GOOD : BARUA_STYLE_WARNING, 0,
                         text);
}

void
barua_check_answer_text (BaruaOutput *output, const BaruaCheck *check, gboolean unasked)
{
  const BaruaVerdict *verdict = NULL;

  g_return_if_fail (output != NULL && check != NULL);

  verdict = check->diagnosis->verdict;
  if (check->discovery != NULL && !goes_without_saying (check))
    barua_card_add_hosting (output, check->address, check->discovery);
  if (!barua_hosting_is_google (check->discovery))
    return;
  barua_card_add (output, verdict,
                  are_words (check, verdict) ? _ ("What the server said:")
                                             : _ ("What was seen:"));
  add_services (output, check);
  add_own_troubles (output, check);
  add_warnings (output, check);
  if (check->proof != NULL)
    add_proof (output, check->proof);
  if (unasked || check->facts.shape != BARUA_SECRET_SHAPE_UNKNOWN)
    return;
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                         _ ("Only the connections were checked: nobody is signed in."));
}

void
barua_check_answer_json (BaruaOutput *output, const BaruaCheck *check)
{
  BaruaCheckFacts facts = { 0 };
  JsonNode *node = NULL;

  g_return_if_fail (output != NULL && check != NULL);

  facts.address = check->address;
  facts.kind = check->discovery != NULL ? check->discovery->kind : BARUA_HOST_GMAIL;
  facts.started = check->started;
  facts.ms = check->ms;
  facts.diagnosis = check->diagnosis;
  node = barua_report_check (&facts);
  if (!barua_hosting_is_google (check->discovery))
    {
      g_autofree char *suggestion =
        barua_hosting_dup_suggestion (check->address, check->discovery);

      json_object_set_string_member (json_node_get_object (node), "suggestion",
                                     suggestion);
    }
  barua_output_set_json (output, node);
}
