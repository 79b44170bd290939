#include "config.h"

#include "diagnose/rule.h"

#include "base/text.h"
#include "diagnose/facts.h"
#include "diagnose/inspectors.h"

#include <string.h>

/* How far a clock may be off before it is blamed, in seconds. */
#define CLOCK_SLACK 3600

/* The most names of a certificate that a person is told. */
#define NAMES_TOLD 3

#define DATES (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)
#define FLAWS                                                                            \
  (G_TLS_CERTIFICATE_REVOKED | G_TLS_CERTIFICATE_INSECURE |                              \
   G_TLS_CERTIFICATE_GENERIC_ERROR)

/* What the server showed, if the conversation ended over it. */
static const BaruaTlsFacts *
get_refused (const BaruaEvidence *evidence)
{
  if (barua_facts_failed_at (evidence, BARUA_STAGE_TLS) == NULL ||
      barua_facts_get_leaf (evidence) == NULL || evidence->tls->errors == 0)
    return NULL;
  return evidence->tls;
}

static gboolean
has_flaw (const BaruaEvidence *evidence, GTlsCertificateFlags flag)
{
  const BaruaTlsFacts *tls = get_refused (evidence);

  return tls != NULL && (tls->errors & flag) != 0;
}

static const char *
get_issuer (const BaruaCertificate *certificate)
{
  return certificate->issuer_name != NULL ? certificate->issuer_name
                                          : certificate->issuer;
}

static char *
dup_date (GDateTime *date)
{
  return date == NULL ? g_strdup ("?") : g_date_time_format (date, "%Y-%m-%d");
}

static void
add_certificate (BaruaVerdict *verdict, const BaruaCertificate *certificate)
{
  g_autofree char *from = dup_date (certificate->not_before);
  g_autofree char *until = dup_date (certificate->not_after);
  g_autofree char *line = g_strdup_printf (
    "%s, issued by %s, valid from %s to %s",
    certificate->subject != NULL ? certificate->subject : "?",
    certificate->issuer != NULL ? certificate->issuer : "?", from, until);

  barua_verdict_add_evidence (verdict, line);
}

static BaruaVerdict *
blame_certificate (GPtrArray *findings,
                   const BaruaEvidence *evidence,
                   const char *cause_id,
                   double sure)
{
  BaruaVerdict *verdict = barua_facts_blame (findings, evidence, cause_id, sure);

  add_certificate (verdict, barua_facts_get_leaf (evidence));
  return verdict;
}

static char *
dup_names (const BaruaCertificate *certificate)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (certificate->names == NULL || certificate->names[0] == NULL)
    return g_strdup (certificate->subject_name);
  for (guint i = 0; i < NAMES_TOLD && certificate->names[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", certificate->names[i]);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
is_google_name (const char *name)
{
  const char *const domains[] = { "google.com", "gmail.com", "googlemail.com" };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    if (barua_text_host_in_domain (name, domains[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_google_name (const BaruaCertificate *certificate)
{
  for (guint i = 0; certificate->names != NULL && certificate->names[i] != NULL; i++)
    if (is_google_name (certificate->names[i]))
      return TRUE;
  return certificate->subject_name != NULL && is_google_name (certificate->subject_name);
}

static gboolean
is_outside (const BaruaCertificate *certificate, GDateTime *when)
{
  return (certificate->not_before != NULL &&
          g_date_time_compare (when, certificate->not_before) < 0) ||
         (certificate->not_after != NULL &&
          g_date_time_compare (when, certificate->not_after) > 0);
}

static void
match_clock_off (const BaruaCase *facts, GPtrArray *findings)
{
  g_autoptr (GDateTime) true_time = barua_facts_dup_true_time (facts);

  if (true_time == NULL || ABS (facts->surroundings->clock_offset) <= CLOCK_SLACK)
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      g_autofree char *here = g_date_time_format_iso8601 (facts->now);
      g_autofree char *there = g_date_time_format_iso8601 (true_time);
      g_autofree char *line = g_strdup_printf ("%s, but %s elsewhere", here, there);

      if (has_flaw (evidence, DATES) &&
          !is_outside (barua_facts_get_leaf (evidence), true_time))
        barua_verdict_add_evidence (
          blame_certificate (findings, evidence, "clock-wrong", 0.98), line);
    }
}

/* Google renews in good time, and nobody's certificates begin in the future: without
 * another clock it is most likely this machine's that is behind, if it says so of all. */
static void
match_dates_ahead (const BaruaCase *facts, GPtrArray *findings)
{
  g_autoptr (GDateTime) true_time = barua_facts_dup_true_time (facts);

  if (true_time != NULL || barua_facts_any_in_tls (facts))
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (has_flaw (evidence, G_TLS_CERTIFICATE_NOT_ACTIVATED))
        blame_certificate (findings, evidence, "clock-wrong", 0.7);
    }
}

static void
match_out_of_date (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (has_flaw (evidence, DATES))
        barua_verdict_set_name (
          blame_certificate (findings, evidence, "tls-expired", 0.85),
          barua_facts_get_leaf (evidence)->subject_name);
    }
}

/* Google's answer to a handshake without a server name. */
static void
match_no_server_name (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaTlsFacts *tls = get_refused (evidence);
      const BaruaCertificate *leaf = barua_facts_get_leaf (evidence);

      if (tls != NULL && leaf->subject != NULL &&
          strstr (leaf->subject, "invalid2.invalid") != NULL)
        blame_certificate (findings, evidence, "tls-no-sni", 0.95);
    }
}

static void
match_other_name (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (has_flaw (evidence, G_TLS_CERTIFICATE_BAD_IDENTITY))
        {
          g_autofree char *names = dup_names (barua_facts_get_leaf (evidence));

          barua_verdict_set_name (
            blame_certificate (findings, evidence, "tls-hostname", 0.9), names);
        }
    }
}

/* A server that greets like none of Google's and then has another name: a web host that
 * leads its customers' mail to a server of its own. */
static const BaruaCertificate *
find_redirect (const BaruaCase *facts)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *greeting =
        barua_evidence_get_step (evidence, BARUA_STAGE_GREETING);

      if (has_flaw (evidence, G_TLS_CERTIFICATE_BAD_IDENTITY) && greeting != NULL &&
          g_strcmp0 (greeting->detail, BARUA_DETAIL_STRANGE_GREETING) == 0)
        return barua_facts_get_leaf (evidence);
    }
  return NULL;
}

/* At the ports without a greeting in the clear it is known by the same name, so that
 * every port says the same. */
static void
match_redirect (const BaruaCase *facts, GPtrArray *findings)
{
  const BaruaCertificate *redirect = find_redirect (facts);
  g_autofree char *names = redirect == NULL ? NULL : dup_names (redirect);

  if (redirect == NULL || has_google_name (redirect))
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      g_autofree char *other = NULL;

      if (!has_flaw (evidence, G_TLS_CERTIFICATE_BAD_IDENTITY))
        continue;
      other = dup_names (barua_facts_get_leaf (evidence));
      if (g_strcmp0 (names, other) == 0)
        barua_verdict_set_name (
          blame_certificate (findings, evidence, "wrong-server", 0.85), names);
    }
}

/* Neither Google's name nor an authority that anybody knows: a router's own page, a
 * hijacked name. */
static void
match_stranger (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaCertificate *leaf = barua_facts_get_leaf (evidence);

      if (has_flaw (evidence, G_TLS_CERTIFICATE_BAD_IDENTITY) &&
          has_flaw (evidence, G_TLS_CERTIFICATE_UNKNOWN_CA) && !has_google_name (leaf))
        {
          g_autofree char *names = dup_names (leaf);

          barua_verdict_set_name (
            blame_certificate (findings, evidence, "wrong-server", 0.8), names);
        }
    }
}

static void
match_known_inspector (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaTlsFacts *tls = get_refused (evidence);
      const BaruaCertificate *found =
        tls == NULL ? NULL : barua_inspector_find (tls->chain);

      if (found != NULL)
        barua_verdict_set_name (
          blame_certificate (findings, evidence, "tls-intercepted", 0.97),
          get_issuer (found));
    }
}

/* This machine was told to trust the one who opens the connections, so mail works. */
static void
match_trusted_inspector (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaCertificate *found = NULL;
      g_autoptr (BaruaVerdict) verdict = NULL;

      if (barua_facts_is_protected (evidence) && evidence->tls != NULL)
        found = barua_inspector_find (evidence->tls->chain);
      if (found == NULL)
        continue;
      verdict = barua_verdict_new ("tls-intercepted", 0.95);
      verdict->severity = BARUA_SEVERITY_WARNING;
      barua_verdict_set_name (verdict, get_issuer (found));
      add_certificate (verdict, found);
      g_ptr_array_add (findings, barua_finding_new (g_steal_pointer (&verdict), NULL));
      return;
    }
}

/* Whether another server was trusted by way of the same authority: then it is not the
 * authority that is unknown, but a link of the chain that is missing. */
static gboolean
is_trusted_elsewhere (const BaruaCase *facts, const BaruaCertificate *leaf)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (!barua_facts_is_protected (evidence) || evidence->tls == NULL)
        continue;
      for (guint j = 0; j < evidence->tls->chain->len; j++)
        {
          const BaruaCertificate *other = g_ptr_array_index (evidence->tls->chain, j);

          if (g_strcmp0 (other->issuer, leaf->issuer) == 0 ||
              g_strcmp0 (other->issuer_name, leaf->issuer_name) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
any_public_authority (const GPtrArray *chain)
{
  for (guint i = 0; i < chain->len; i++)
    if (barua_authority_is_public (g_ptr_array_index (chain, i)))
      return TRUE;
  return FALSE;
}

/* For Google's own name, by an authority that is none of the public ones: nobody but
 * somebody in between makes such certificates. */
static void
match_unknown_issuer (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaCertificate *leaf = barua_facts_get_leaf (evidence);

      if (has_flaw (evidence, G_TLS_CERTIFICATE_UNKNOWN_CA) && !leaf->self_issued &&
          !any_public_authority (evidence->tls->chain) &&
          !is_trusted_elsewhere (facts, leaf))
        barua_verdict_set_name (
          blame_certificate (findings, evidence, "tls-intercepted", 0.75),
          get_issuer (leaf));
    }
}

static void
match_self_signed (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (has_flaw (evidence, G_TLS_CERTIFICATE_UNKNOWN_CA) &&
          barua_facts_get_leaf (evidence)->self_issued)
        barua_verdict_set_name (
          blame_certificate (findings, evidence, "tls-untrusted", 0.9),
          get_issuer (barua_facts_get_leaf (evidence)));
    }
}

/* The authority has a good name, but this machine does not know it, or cannot find the
 * way up to it. */
static void
match_authority_missing (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaCertificate *leaf = barua_facts_get_leaf (evidence);

      if (has_flaw (evidence, G_TLS_CERTIFICATE_UNKNOWN_CA) && !leaf->self_issued &&
          (any_public_authority (evidence->tls->chain) ||
           is_trusted_elsewhere (facts, leaf)))
        barua_verdict_set_name (
          blame_certificate (findings, evidence, "tls-untrusted", 0.85),
          get_issuer (leaf));
    }
}

static void
match_flawed_chain (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_TLS);

      if (has_flaw (evidence, FLAWS))
        blame_certificate (findings, evidence, "tls-untrusted", 0.8);
      else if (step != NULL && get_refused (evidence) == NULL &&
               g_error_matches (step->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
        barua_facts_blame (findings, evidence, "tls-untrusted", 0.6);
    }
}

static gboolean
is_not_tls (const BaruaEvidence *evidence, const BaruaStep *step)
{
  return barua_facts_get_leaf (evidence) == NULL &&
         (step->outcome == BARUA_OUTCOME_MISBEHAVED ||
          g_error_matches (step->error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS));
}

static void
match_handshake (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_TLS);

      if (step != NULL && get_refused (evidence) == NULL &&
          !is_not_tls (evidence, step) && step->outcome != BARUA_OUTCOME_TIMED_OUT &&
          !barua_facts_is_closed (step, NULL) &&
          !g_error_matches (step->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
        barua_facts_blame (findings, evidence, "tls-handshake", 0.85);
    }
}

static void
match_plain_answer (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_TLS);

      if (step != NULL && is_not_tls (evidence, step) &&
          evidence->service.security == BARUA_SECURITY_TLS)
        barua_facts_blame (findings, evidence, "tls-wrong-mode", 0.8);
    }
}

/* What other services say first, or to a handshake that they do not understand. */
static gboolean
is_other_service (const char *words)
{
  const char *const beginnings[] = { "HTTP/", "SSH-", "<", "220-FTP", "RFB " };

  for (gsize i = 0; words != NULL && i < G_N_ELEMENTS (beginnings); i++)
    if (g_ascii_strncasecmp (words, beginnings[i], strlen (beginnings[i])) == 0)
      return TRUE;
  return FALSE;
}

static void
match_other_service (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_TLS);

      if (step != NULL && is_not_tls (evidence, step) && is_other_service (step->detail))
        barua_facts_blame (findings, evidence, "wrong-server", 0.85);
    }
}

/* The offer is gone, the switch is refused, words are slipped in behind the consent, or
 * something else than a handshake follows: all are done to keep a connection readable
 * (RFC 3207, 6). */
static void
match_starttls_taken (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *starttls = barua_facts_failed_at (evidence, BARUA_STAGE_STARTTLS);
      const BaruaStep *tls = barua_facts_failed_at (evidence, BARUA_STAGE_TLS);
      const char *advice = barua_facts_get_other_port (facts, evidence);

      if (evidence->service.security != BARUA_SECURITY_STARTTLS)
        continue;
      if (starttls != NULL && (starttls->outcome == BARUA_OUTCOME_MISSING ||
                               starttls->outcome == BARUA_OUTCOME_REFUSED ||
                               starttls->outcome == BARUA_OUTCOME_MISBEHAVED))
        barua_facts_blame (findings, evidence, "starttls-stripped", 0.9)->advice = advice;
      else if (tls != NULL && is_not_tls (evidence, tls))
        barua_facts_blame (findings, evidence, "starttls-stripped", 0.75)->advice =
          advice;
    }
}

static const char *const CLOCK_HIDES[] = { "certificate-out-of-date",
                                           "certificate-dates-ahead",
                                           "certificate-other-name",
                                           "certificate-stranger",
                                           "certificate-redirect",
                                           "inspector-known",
                                           "issuer-unknown",
                                           "certificate-self-signed",
                                           "authority-missing",
                                           "certificate-flawed",
                                           NULL };
static const char *const DATES_AHEAD_HIDES[] = { "certificate-out-of-date",
                                                 "certificate-flawed", NULL };
static const char *const NO_SERVER_NAME_HIDES[] = {
  "certificate-out-of-date", "certificate-dates-ahead", "certificate-other-name",
  "certificate-stranger",    "certificate-redirect",    "issuer-unknown",
  "certificate-self-signed", "certificate-flawed",      NULL
};
static const char *const INSPECTOR_HIDES[] = {
  "certificate-out-of-date", "certificate-dates-ahead",
  "certificate-other-name",  "certificate-stranger",
  "certificate-redirect",    "issuer-unknown",
  "certificate-self-signed", "authority-missing",
  "certificate-flawed",      NULL
};
static const char *const STRANGER_HIDES[] = { "certificate-other-name", NULL };
static const char *const OTHER_NAME_HIDES[] = { "certificate-out-of-date",
                                                "certificate-dates-ahead",
                                                "issuer-unknown",
                                                "certificate-self-signed",
                                                "authority-missing",
                                                "certificate-flawed",
                                                NULL };
static const char *const ISSUER_HIDES[] = { "certificate-out-of-date",
                                            "certificate-dates-ahead",
                                            "certificate-flawed", NULL };
static const char *const OUT_OF_DATE_HIDES[] = { "certificate-flawed", NULL };

static const char *const OTHER_SERVICE_HIDES[] = { "plain-answer", "starttls-taken",
                                                   NULL };

static const BaruaRule RULES[] = {
  { "clock-against-another", "clock-wrong", match_clock_off, CLOCK_HIDES },
  { "certificate-dates-ahead", "clock-wrong", match_dates_ahead, DATES_AHEAD_HIDES },
  { "certificate-out-of-date", "tls-expired", match_out_of_date, OUT_OF_DATE_HIDES },
  { "no-server-name", "tls-no-sni", match_no_server_name, NO_SERVER_NAME_HIDES },
  { "inspector-known", "tls-intercepted", match_known_inspector, INSPECTOR_HIDES },
  { "inspector-trusted", "tls-intercepted", match_trusted_inspector, NULL },
  { "certificate-redirect", "wrong-server", match_redirect, STRANGER_HIDES },
  { "certificate-stranger", "wrong-server", match_stranger, STRANGER_HIDES },
  { "certificate-other-name", "tls-hostname", match_other_name, OTHER_NAME_HIDES },
  { "issuer-unknown", "tls-intercepted", match_unknown_issuer, ISSUER_HIDES },
  { "certificate-self-signed", "tls-untrusted", match_self_signed, ISSUER_HIDES },
  { "authority-missing", "tls-untrusted", match_authority_missing, ISSUER_HIDES },
  { "certificate-flawed", "tls-untrusted", match_flawed_chain, NULL },
  { "handshake-failed", "tls-handshake", match_handshake, NULL },
  { "other-service", "wrong-server", match_other_service, OTHER_SERVICE_HIDES },
  { "plain-answer", "tls-wrong-mode", match_plain_answer, NULL },
  { "starttls-taken", "starttls-stripped", match_starttls_taken, NULL },
};

const BaruaRule *
barua_rules_tls (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
