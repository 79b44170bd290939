#include "config.h"

#include "diagnose/facts.h"

#include <glib/gi18n.h>

/* The least wait for a connection whose end means something: one lost packet and its
 * successor. */
#define PATIENCE_MS 2000

static const char *const DOORS[] = {
  [BARUA_DOOR_UNTRIED] = "failed",    [BARUA_DOOR_OPEN] = "open",
  [BARUA_DOOR_NO_ROUTE] = "no route", [BARUA_DOOR_UNREACHABLE] = "unreachable",
  [BARUA_DOOR_DROPPED] = "no answer", [BARUA_DOOR_REFUSED] = "refused",
  [BARUA_DOOR_RESET] = "reset",       [BARUA_DOOR_CLOSED] = "closed",
  [BARUA_DOOR_SILENT] = "silent",
};

static const struct
{
  int code;
  BaruaDoor door;
} IO_ERRORS[] = {
  { G_IO_ERROR_NETWORK_UNREACHABLE, BARUA_DOOR_NO_ROUTE },
  { G_IO_ERROR_HOST_UNREACHABLE, BARUA_DOOR_UNREACHABLE },
  { G_IO_ERROR_CONNECTION_REFUSED, BARUA_DOOR_REFUSED },
  /* What a packet filter of this machine itself answers. */
  { G_IO_ERROR_PERMISSION_DENIED, BARUA_DOOR_REFUSED },
  { G_IO_ERROR_CONNECTION_CLOSED, BARUA_DOOR_RESET },
  { G_IO_ERROR_TIMED_OUT, BARUA_DOOR_DROPPED },
};

static BaruaDoor
door_of_outcome (BaruaOutcome outcome, const GError *error)
{
  if (outcome == BARUA_OUTCOME_OK)
    return BARUA_DOOR_OPEN;
  if (outcome == BARUA_OUTCOME_TIMED_OUT)
    return BARUA_DOOR_DROPPED;
  if (error == NULL || error->domain != G_IO_ERROR)
    return outcome == BARUA_OUTCOME_CLOSED ? BARUA_DOOR_RESET : BARUA_DOOR_UNTRIED;
  for (gsize i = 0; i < G_N_ELEMENTS (IO_ERRORS); i++)
    if (error->code == IO_ERRORS[i].code)
      return IO_ERRORS[i].door;
  return BARUA_DOOR_UNTRIED;
}

BaruaDoor
barua_door_of_attempt (const BaruaAttempt *attempt)
{
  return door_of_outcome (attempt->outcome, attempt->error);
}

/* A family without any way out says nothing about the port; one that is not there
 * neither. */
static BaruaDoor
door_of_family (const BaruaEvidence *evidence, GSocketFamily family)
{
  BaruaDoor worst = BARUA_DOOR_UNTRIED;

  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      const BaruaAttempt *attempt = g_ptr_array_index (evidence->attempts, i);

      if (g_inet_address_get_family (attempt->address) == family)
        worst = MAX (worst, barua_door_of_attempt (attempt));
    }
  return worst;
}

static BaruaDoor
door_before_connection (const BaruaEvidence *evidence, const BaruaStep *connect)
{
  BaruaDoor ipv4 = door_of_family (evidence, G_SOCKET_FAMILY_IPV4);
  BaruaDoor ipv6 = door_of_family (evidence, G_SOCKET_FAMILY_IPV6);

  if (ipv4 > BARUA_DOOR_NO_ROUTE)
    return ipv4;
  if (ipv6 > BARUA_DOOR_NO_ROUTE)
    return ipv6;
  if (ipv4 == BARUA_DOOR_NO_ROUTE || ipv6 == BARUA_DOOR_NO_ROUTE)
    return BARUA_DOOR_NO_ROUTE;
  return door_of_outcome (connect->outcome, connect->error);
}

/* A firewall that looks inside lets the greeting of a plain port through, and cuts the
 * connection when the program answers. */
static gboolean
is_cut_before_tls (const BaruaEvidence *evidence)
{
  gboolean reset = FALSE;

  return barua_facts_get_leaf (evidence) == NULL &&
         !barua_evidence_has_passed (evidence, BARUA_STAGE_TLS) &&
         barua_facts_is_closed (barua_evidence_get_failure (evidence), &reset) && reset;
}

static BaruaDoor
door_after_connection (const BaruaEvidence *evidence)
{
  const gboolean starttls = evidence->service.security == BARUA_SECURITY_STARTTLS;
  const BaruaStep *first =
    barua_evidence_get_step (evidence, starttls ? BARUA_STAGE_GREETING : BARUA_STAGE_TLS);

  if (first == NULL)
    return BARUA_DOOR_UNTRIED;
  if (is_cut_before_tls (evidence))
    return BARUA_DOOR_RESET;
  if (first->outcome == BARUA_OUTCOME_OK || barua_facts_get_leaf (evidence) != NULL)
    return BARUA_DOOR_OPEN;
  if (first->outcome == BARUA_OUTCOME_TIMED_OUT)
    return BARUA_DOOR_SILENT;
  return barua_facts_is_closed (first, NULL) ? BARUA_DOOR_CLOSED : BARUA_DOOR_OPEN;
}

/* A check that was given hardly any time says nothing about a firewall. */
static gboolean
is_hurried (const BaruaEvidence *evidence, const BaruaStep *connect)
{
  return connect->outcome == BARUA_OUTCOME_TIMED_OUT && evidence->cut_short &&
         connect->ms < PATIENCE_MS;
}

BaruaDoor
barua_door_of (const BaruaEvidence *evidence)
{
  const BaruaStep *connect = barua_evidence_get_step (evidence, BARUA_STAGE_CONNECT);

  if (connect == NULL || is_hurried (evidence, connect))
    return BARUA_DOOR_UNTRIED;
  if (connect->outcome == BARUA_OUTCOME_OK)
    return door_after_connection (evidence);
  return door_before_connection (evidence, connect);
}

gboolean
barua_door_is_blocked (BaruaDoor door)
{
  return door >= BARUA_DOOR_NO_ROUTE && door <= BARUA_DOOR_RESET;
}

const BaruaEvidence *
barua_facts_get (const BaruaCase *facts, guint index)
{
  return g_ptr_array_index (facts->evidence, index);
}

BaruaWeb
barua_facts_get_web (const BaruaCase *facts)
{
  return facts->surroundings == NULL ? BARUA_WEB_UNKNOWN : facts->surroundings->web;
}

gboolean
barua_facts_works (const BaruaEvidence *evidence)
{
  return evidence->steps->len > 0 && barua_evidence_get_failure (evidence) == NULL &&
         barua_evidence_has_passed (evidence, BARUA_STAGE_TLS);
}

gboolean
barua_facts_any_in_tls (const BaruaCase *facts)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    if (barua_evidence_has_passed (barua_facts_get (facts, i), BARUA_STAGE_TLS))
      return TRUE;
  return FALSE;
}

gboolean
barua_facts_is_closed (const BaruaStep *step, gboolean *reset)
{
  gboolean broken = FALSE;

  if (step == NULL || step->outcome == BARUA_OUTCOME_OK)
    return FALSE;
  broken = g_error_matches (step->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  if (step->outcome != BARUA_OUTCOME_CLOSED && !broken &&
      !g_error_matches (step->error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return FALSE;
  if (reset != NULL)
    *reset = broken;
  return TRUE;
}

const BaruaStep *
barua_facts_failed_at (const BaruaEvidence *evidence, BaruaStage stage)
{
  const BaruaStep *failure = barua_evidence_get_failure (evidence);

  return failure != NULL && failure->stage == stage ? failure : NULL;
}

gboolean
barua_facts_is_protected (const BaruaEvidence *evidence)
{
  return barua_evidence_has_passed (evidence, BARUA_STAGE_TLS);
}

const BaruaCertificate *
barua_facts_get_leaf (const BaruaEvidence *evidence)
{
  if (evidence->tls == NULL || evidence->tls->chain->len == 0)
    return NULL;
  return g_ptr_array_index (evidence->tls->chain, 0);
}

GDateTime *
barua_facts_dup_true_time (const BaruaCase *facts)
{
  if (facts->surroundings == NULL || !facts->surroundings->clock_known)
    return NULL;
  if (ABS (facts->surroundings->clock_offset) > G_MAXINT64 / G_TIME_SPAN_SECOND)
    return NULL;
  return g_date_time_add (facts->now,
                          -facts->surroundings->clock_offset * G_TIME_SPAN_SECOND);
}

BaruaReplyMatch
barua_facts_match_words (const BaruaCase *facts,
                         const BaruaEvidence *evidence,
                         const BaruaStep *step)
{
  const BaruaReplyContext context = {
    .has_protocol = TRUE,
    .protocol = evidence->service.protocol,
    .mechanism = evidence->mechanism,
    .shape = facts->shape,
    .challenge = step->challenge,
  };

  BaruaReplyMatch match = { NULL, NULL, 0.0 };

  if (step->words == NULL || step->outcome == BARUA_OUTCOME_OK)
    return match;
  match = barua_replies_match (step->words, &context);
  /* Kind words that break off do not tell why they did. */
  if (g_strcmp0 (match.cause, "ok") == 0 || g_strcmp0 (match.cause, "unknown") == 0)
    return (BaruaReplyMatch){ NULL, NULL, 0.0 };
  return match;
}

/* Another port of the same protocol leads inside: mail works over that one. */
static gboolean
has_other_way (const BaruaCase *facts, const BaruaEvidence *evidence)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *other = barua_facts_get (facts, i);

      if (other->service.protocol == evidence->service.protocol &&
          other->service.port != evidence->service.port &&
          barua_facts_is_protected (other))
        return TRUE;
    }
  return FALSE;
}

const char *
barua_facts_get_other_port (const BaruaCase *facts, const BaruaEvidence *evidence)
{
  if (evidence->service.protocol != BARUA_PROTOCOL_SMTP ||
      !has_other_way (facts, evidence))
    return NULL;
  if (evidence->service.security == BARUA_SECURITY_STARTTLS)
    return N_ (
      "For sending, use port 465 with TLS (“SSL/TLS”) in your mail program. That "
      "port is open here.");
  return N_ ("For sending, use port 587 with STARTTLS in your mail program. That port is "
             "open here.");
}

static char *
dup_outcome (const BaruaStep *step)
{
  switch (step->outcome)
    {
    case BARUA_OUTCOME_TIMED_OUT:
      if (step->stage == BARUA_STAGE_TEST_MESSAGE && step->detail != NULL)
        return g_strdup_printf ("not there after %" G_GINT64_FORMAT " ms", step->ms);
      return g_strdup_printf ("no answer in %" G_GINT64_FORMAT " ms", step->ms);
    case BARUA_OUTCOME_CLOSED:
      return g_strdup (step->error == NULL ? "connection closed" : step->error->message);
    case BARUA_OUTCOME_MISSING:
      return g_strdup ("not offered");
    case BARUA_OUTCOME_MISBEHAVED:
      return g_strdup ("not as the protocol says");
    case BARUA_OUTCOME_REFUSED:
      return step->code > 0 ? g_strdup_printf ("refused with %u", step->code)
                            : g_strdup ("refused");
    case BARUA_OUTCOME_FAILED:
      return g_strdup (step->error == NULL ? "failed" : step->error->message);
    case BARUA_OUTCOME_OK:
    default:
      return g_strdup ("ok");
    }
}

char *
barua_facts_dup_outcome (const BaruaStep *step)
{
  g_autofree char *outcome = dup_outcome (step);

  if (step->detail == NULL || *step->detail == '\0')
    return g_steal_pointer (&outcome);
  return g_strdup_printf ("%s (%s)", outcome, step->detail);
}

char *
barua_facts_dup_step (const BaruaEvidence *evidence, const BaruaStep *step)
{
  const BaruaService *service = &evidence->service;
  g_autofree char *outcome = NULL;

  if (step == NULL)
    return g_strdup_printf ("%s:%u", service->host, service->port);
  outcome = barua_facts_dup_outcome (step);
  return g_strdup_printf ("%s:%u %s: %s", service->host, service->port,
                          barua_stage_get_id (step->stage), outcome);
}

char *
barua_facts_dup_attempt (const BaruaEvidence *evidence, const BaruaAttempt *attempt)
{
  g_autofree char *address = g_inet_address_to_string (attempt->address);

  return g_strdup_printf ("%s %s port %u: %s, %" G_GINT64_FORMAT " ms",
                          evidence->service.host, address, evidence->service.port,
                          DOORS[barua_door_of_attempt (attempt)], attempt->ms);
}

static void
add_attempts (BaruaVerdict *verdict, const BaruaEvidence *evidence)
{
  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      g_autofree char *line =
        barua_facts_dup_attempt (evidence, g_ptr_array_index (evidence->attempts, i));

      barua_verdict_add_evidence (verdict, line);
    }
}

BaruaVerdict *
barua_facts_blame (GPtrArray *findings,
                   const BaruaEvidence *evidence,
                   const char *cause_id,
                   double sure)
{
  BaruaVerdict *verdict = barua_verdict_new (cause_id, sure);
  const BaruaStep *failure = barua_evidence_get_failure (evidence);
  g_autofree char *line = barua_facts_dup_step (evidence, failure);

  if (failure != NULL && failure->words != NULL && *failure->words != '\0')
    barua_verdict_add_evidence (verdict, failure->words);
  else
    barua_verdict_add_evidence (verdict, line);
  if (failure != NULL && failure->challenge != NULL)
    barua_verdict_add_evidence (verdict, failure->challenge);
  if (failure != NULL && failure->stage == BARUA_STAGE_CONNECT)
    add_attempts (verdict, evidence);
  g_ptr_array_add (findings, barua_finding_new (verdict, evidence));
  return verdict;
}
