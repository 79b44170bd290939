#include "config.h"

#include "diagnose/diagnose.h"

#include "diagnose/facts.h"

#include <string.h>

/* The most lines of evidence that a verdict over several services takes along. */
#define EVIDENCE_LINES 12

/* What no rule knows is said to be unknown, with what was seen; what never came to an end
 * had no time. */
static const BaruaRule UNEXPLAINED = { "unexplained", "unknown", NULL, NULL };
static const BaruaRule UNFINISHED = { "unfinished", "connection-timeout", NULL, NULL };

/* Causes that are never those of one service alone, even where only one was asked. */
static const char *const WHOLE_CAUSES[] = {
  "no-network",     "captive-portal", "clock-wrong", "keyring-unavailable",
  "keyring-locked", "ipv6-broken",    NULL
};

BaruaFinding *
barua_finding_new (BaruaVerdict *verdict, const BaruaEvidence *evidence)
{
  BaruaFinding *self = NULL;

  g_return_val_if_fail (verdict != NULL, NULL);

  self = g_new0 (BaruaFinding, 1);
  self->verdict = verdict;
  self->evidence = evidence;
  return self;
}

void
barua_finding_free (BaruaFinding *self)
{
  barua_verdict_unref (self->verdict);
  g_free (self);
}

static const BaruaFinding *
get_finding (const GPtrArray *findings, guint index)
{
  return g_ptr_array_index (findings, index);
}

static void
try_rules (const BaruaRule *rules,
           gsize n_rules,
           const BaruaCase *facts,
           GPtrArray *findings)
{
  for (gsize i = 0; i < n_rules; i++)
    {
      const guint before = findings->len;

      rules[i].matches (facts, findings);
      for (guint j = before; j < findings->len; j++)
        {
          BaruaFinding *finding = g_ptr_array_index (findings, j);

          finding->rule = &rules[i];
          finding->verdict->checked = TRUE;
        }
    }
}

static GPtrArray *
try_every_rule (const BaruaCase *facts)
{
  const BaruaRule *(*const areas[]) (gsize *) = {
    barua_rules_network,
    barua_rules_tls,
    barua_rules_sign_in,
    barua_rules_mail,
  };
  GPtrArray *findings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_finding_free);

  for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      gsize n_rules = 0;
      const BaruaRule *rules = areas[i](&n_rules);

      try_rules (rules, n_rules, facts, findings);
    }
  return findings;
}

static gboolean
hides (const BaruaFinding *a, const BaruaFinding *b)
{
  return a->rule->hides != NULL && (a->evidence == NULL || a->evidence == b->evidence) &&
         g_strv_contains (a->rule->hides, b->rule->id);
}

static gboolean
is_hidden (const GPtrArray *findings, const BaruaFinding *finding)
{
  for (guint i = 0; i < findings->len; i++)
    if (hides (get_finding (findings, i), finding))
      return TRUE;
  return FALSE;
}

/* What hides may itself be hidden: each is judged against all, so that the order in
 * which rules are tried says nothing. */
static GPtrArray *
take_visible (GPtrArray *findings)
{
  GPtrArray *visible =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_finding_free);

  for (guint i = 0; i < findings->len; i++)
    {
      const BaruaFinding *finding = get_finding (findings, i);
      BaruaFinding *copy = NULL;

      if (is_hidden (findings, finding))
        continue;
      copy = barua_finding_new (barua_verdict_ref (finding->verdict), finding->evidence);
      copy->rule = finding->rule;
      g_ptr_array_add (visible, copy);
    }
  return visible;
}

/* A service that works is never blamed, whatever a rule says of it, unless it is not
 * Google's at all. */
static gboolean
is_trouble (const BaruaFinding *finding)
{
  if (finding->evidence == NULL)
    return finding->verdict->severity == BARUA_SEVERITY_ERROR;
  return finding->rule->even_if_well || !barua_facts_works (finding->evidence);
}

static gboolean
has_trouble (const GPtrArray *findings, const BaruaEvidence *evidence)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const BaruaFinding *finding = get_finding (findings, i);

      if (is_trouble (finding) && finding->evidence == evidence)
        return TRUE;
    }
  return FALSE;
}

static void
add_fallback (GPtrArray *findings,
              const BaruaEvidence *evidence,
              const BaruaRule *rule,
              double sure)
{
  barua_facts_blame (findings, evidence, rule->cause, sure)->checked = TRUE;
  ((BaruaFinding *) g_ptr_array_index (findings, findings->len - 1))->rule = rule;
}

static void
explain_rest (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (barua_facts_works (evidence) || has_trouble (findings, evidence))
        continue;
      if (barua_evidence_get_failure (evidence) != NULL)
        add_fallback (findings, evidence, &UNEXPLAINED, 0.0);
      else
        add_fallback (findings, evidence, &UNFINISHED, 0.3);
    }
}

static gboolean
concerns_one_service (const GPtrArray *findings, const BaruaFinding *finding)
{
  const BaruaCause *cause = finding->verdict->cause;

  if (finding->evidence == NULL || g_strv_contains (WHOLE_CAUSES, cause->id))
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const BaruaFinding *other = get_finding (findings, i);

      if (other->verdict->cause != cause || !is_trouble (other))
        continue;
      if (other->evidence == NULL ||
          other->evidence->service.protocol != finding->evidence->service.protocol)
        return FALSE;
    }
  return TRUE;
}

static void
name_services (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const BaruaFinding *finding = get_finding (findings, i);

      if (is_trouble (finding) && concerns_one_service (findings, finding))
        barua_verdict_set_service (finding->verdict, finding->evidence->service.protocol);
    }
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const BaruaFinding *one = *(const BaruaFinding *const *) a;
  const BaruaFinding *other = *(const BaruaFinding *const *) b;

  return barua_verdict_compare (one->verdict, other->verdict);
}

static void
take_evidence (BaruaVerdict *verdict, const BaruaVerdict *from)
{
  for (guint i = 0; i < from->evidence->len; i++)
    {
      const char *line = g_ptr_array_index (from->evidence, i);

      if (verdict->evidence->len < EVIDENCE_LINES &&
          !g_ptr_array_find_with_equal_func (verdict->evidence, line, g_str_equal, NULL))
        barua_verdict_add_evidence (verdict, line);
    }
}

static void
merge (BaruaVerdict *verdict, const BaruaVerdict *from)
{
  verdict->severity = MAX (verdict->severity, from->severity);
  verdict->sure = MAX (verdict->sure, from->sure);
  if (g_strcmp0 (verdict->name, from->name) != 0)
    barua_verdict_set_name (verdict, NULL);
  if (verdict->advice == NULL)
    verdict->advice = from->advice;
  else if (from->advice != NULL && strcmp (verdict->advice, from->advice) != 0)
    verdict->advice = NULL;
  verdict->advice_suffices = verdict->advice_suffices && from->advice_suffices;
  take_evidence (verdict, from);
}

/* The graver of two services that fail alike comes first, and is told with its name only
 * where it holds for both, and with the advice of either unless the other has its own. */
static BaruaVerdict *
merge_cause (const GPtrArray *findings, const BaruaVerdict *first, gboolean trouble)
{
  BaruaVerdict *verdict = barua_verdict_new (first->cause->id, first->sure);

  verdict->severity = first->severity;
  verdict->advice = first->advice;
  verdict->advice_suffices = first->advice_suffices;
  verdict->checked = first->checked;
  barua_verdict_set_name (verdict, first->name);
  if (first->has_service)
    barua_verdict_set_service (verdict, first->service);
  for (guint i = 0; i < findings->len; i++)
    {
      const BaruaFinding *finding = get_finding (findings, i);

      if (finding->verdict->cause == first->cause && is_trouble (finding) == trouble)
        merge (verdict, finding->verdict);
    }
  return verdict;
}

static BaruaVerdict *
find_root (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const BaruaFinding *finding = get_finding (findings, i);

      if (is_trouble (finding))
        return merge_cause (findings, finding->verdict, TRUE);
    }
  return barua_verdict_new ("ok", 1.0);
}

static gboolean
is_told (const GPtrArray *verdicts, const BaruaVerdict *verdict)
{
  for (guint i = 0; i < verdicts->len; i++)
    if (((const BaruaVerdict *) g_ptr_array_index (verdicts, i))->cause == verdict->cause)
      return TRUE;
  return FALSE;
}

static GPtrArray *
collect_warnings (const GPtrArray *findings, const BaruaVerdict *root)
{
  GPtrArray *warnings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_verdict_unref);

  for (guint i = 0; i < findings->len; i++)
    {
      const BaruaFinding *finding = get_finding (findings, i);
      const BaruaVerdict *verdict = finding->verdict;

      if (verdict->severity == BARUA_SEVERITY_WARNING && verdict->cause != root->cause &&
          !is_told (warnings, verdict))
        g_ptr_array_add (warnings, merge_cause (findings, verdict, is_trouble (finding)));
    }
  return warnings;
}

static BaruaVerdict *
judge_service (const GPtrArray *findings, const BaruaEvidence *evidence)
{
  for (guint i = 0; i < findings->len; i++)
    if (get_finding (findings, i)->evidence == evidence &&
        is_trouble (get_finding (findings, i)))
      return barua_verdict_ref (get_finding (findings, i)->verdict);
  return barua_verdict_new ("ok", 1.0);
}

static void
service_free (gpointer data)
{
  BaruaServiceDiagnosis *self = data;

  barua_evidence_unref (self->evidence);
  barua_verdict_unref (self->verdict);
  g_free (self);
}

/* A test message that is late does not keep anybody from reading. */
static gboolean
is_usable (const BaruaEvidence *evidence, const BaruaVerdict *verdict)
{
  if (verdict->severity == BARUA_SEVERITY_WARNING)
    return barua_evidence_has_passed (evidence, BARUA_STAGE_SIGN_IN);
  return verdict->severity == BARUA_SEVERITY_OK;
}

static GPtrArray *
judge_services (const BaruaCase *facts, const GPtrArray *findings)
{
  GPtrArray *services = g_ptr_array_new_with_free_func (service_free);

  for (guint i = 0; i < facts->evidence->len; i++)
    {
      BaruaEvidence *evidence = g_ptr_array_index (facts->evidence, i);
      BaruaServiceDiagnosis *service = g_new0 (BaruaServiceDiagnosis, 1);

      service->evidence = barua_evidence_ref (evidence);
      service->verdict = judge_service (findings, evidence);
      service->usable = is_usable (evidence, service->verdict);
      g_ptr_array_add (services, service);
    }
  return services;
}

BaruaDiagnosis *
barua_diagnose (const BaruaCase *facts)
{
  BaruaDiagnosis *self = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (facts != NULL && facts->evidence != NULL, NULL);

  all = try_every_rule (facts);
  self = g_new0 (BaruaDiagnosis, 1);
  self->findings = take_visible (all);
  explain_rest (facts, self->findings);
  name_services (self->findings);
  g_ptr_array_sort (self->findings, compare_findings);
  self->verdict = find_root (self->findings);
  self->warnings = collect_warnings (self->findings, self->verdict);
  self->services = judge_services (facts, self->findings);
  return self;
}

void
barua_diagnosis_free (BaruaDiagnosis *self)
{
  barua_verdict_unref (self->verdict);
  g_ptr_array_unref (self->services);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->findings);
  g_free (self);
}
