#include "config.h"

#include "diagnose/rule.h"

#include "diagnose/facts.h"

#include <glib/gi18n.h>

#include <string.h>

/* Causes that are the account's and not one service's: where one service says it plainly
 * and another only says no, the plain word holds for both. */
static const char *const ACCOUNT_CAUSES[] = {
  "bad-credentials",
  "app-password-required",
  "web-login-required",
  "less-secure-blocked",
  "oauth-required",
  "wrong-username",
  "auth-mechanism-mismatch",
  "advanced-protection",
  "account-disabled",
  "oauth-token-expired",
  "oauth-token-revoked",
  "oauth-scope-missing",
  NULL,
};

/* Refusals that cannot be meant as they sound when another service has just taken the
 * same name and secret. */
static const char *const SECRET_CAUSES[] = {
  "bad-credentials",
  "app-password-required",
  "less-secure-blocked",
  "wrong-username",
  "oauth-token-expired",
  "oauth-token-revoked",
  NULL,
};

/* What the last step of signing in says, if it ended the conversation with words. */
static BaruaReplyMatch
match_refusal (const BaruaCase *facts, const BaruaEvidence *evidence)
{
  const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_SIGN_IN);
  BaruaReplyMatch match = { NULL, NULL, 0.0 };

  if (step == NULL || step->outcome == BARUA_OUTCOME_MISSING)
    return match;
  /* What is said to our giving up says nothing about the secret. */
  if (step->outcome == BARUA_OUTCOME_MISBEHAVED && step->challenge == NULL)
    return match;
  match = barua_facts_match_words (facts, evidence, step);
  /* Nobody is written to yet: whoever is disabled is the one who signs in. */
  if (g_strcmp0 (match.cause, "recipient-disabled") == 0)
    match.cause = "account-disabled";
  /* To OAUTHBEARER Google says "invalid_request" for whatever is wrong with a token, and
   * our own message is in order. */
  if (g_strcmp0 (match.cause, "oauth-bad-sasl-string") == 0 && step->challenge != NULL &&
      g_strcmp0 (evidence->mechanism, "OAUTHBEARER") == 0)
    return (BaruaReplyMatch){ "oauth-token-expired", match.rule, 0.7 };
  return match;
}

static gboolean
any_signed_in (const BaruaCase *facts)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    if (barua_evidence_has_passed (barua_facts_get (facts, i), BARUA_STAGE_SIGN_IN))
      return TRUE;
  return FALSE;
}

/* POP is switched off until somebody wants it, and nobody needs it beside IMAP. */
static gboolean
is_needless (const BaruaCase *facts, const char *cause)
{
  if (strcmp (cause, "pop-disabled") != 0)
    return FALSE;
  for (guint i = 0; i < facts->evidence->len; i++)
    if (barua_facts_get (facts, i)->service.protocol == BARUA_PROTOCOL_IMAP)
      return TRUE;
  return FALSE;
}

static void
match_sign_in_refused (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaReplyMatch match = match_refusal (facts, evidence);
      BaruaVerdict *verdict = NULL;
      double sure = match.sure;

      if (match.cause == NULL)
        continue;
      if (g_strv_contains (SECRET_CAUSES, match.cause) && any_signed_in (facts))
        sure *= 0.5;
      verdict = barua_facts_blame (findings, evidence, match.cause, sure);
      if (is_needless (facts, match.cause))
        verdict->severity = BARUA_SEVERITY_WARNING;
    }
}

/* The surest of what the services say about the account. */
static BaruaReplyMatch
find_plainest (const BaruaCase *facts)
{
  BaruaReplyMatch best = { NULL, NULL, 0.0 };

  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaReplyMatch match = match_refusal (facts, barua_facts_get (facts, i));

      if (match.cause != NULL && match.sure > best.sure &&
          g_strv_contains (ACCOUNT_CAUSES, match.cause))
        best = match;
    }
  return best;
}

static void
match_refused_elsewhere (const BaruaCase *facts, GPtrArray *findings)
{
  const BaruaReplyMatch plainest = find_plainest (facts);

  if (plainest.cause == NULL || any_signed_in (facts))
    return;
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaReplyMatch match = match_refusal (facts, evidence);

      if (match.cause != NULL && g_strv_contains (ACCOUNT_CAUSES, match.cause) &&
          strcmp (match.cause, plainest.cause) != 0 && match.sure < plainest.sure)
        barua_facts_blame (findings, evidence, plainest.cause, plainest.sure);
    }
}

static gboolean
offers_tokens (const BaruaEvidence *evidence)
{
  return barua_evidence_has_capability (evidence, "AUTH=XOAUTH2") ||
         barua_evidence_has_capability (evidence, "AUTH=OAUTHBEARER");
}

static gboolean
is_unoffered (const BaruaStep *step)
{
  return step != NULL && step->outcome == BARUA_OUTCOME_MISSING &&
         (step->detail == NULL || g_str_has_prefix (step->detail, "offered:"));
}

/* The probe itself declined to send anything to a server that is not Gmail's. */
static gboolean
is_withheld (const BaruaStep *step)
{
  return step->outcome == BARUA_OUTCOME_MISSING &&
         g_strcmp0 (step->detail, BARUA_DETAIL_WITHHELD) == 0;
}

/* The same, of what could end a command early. */
static gboolean
is_unsendable (const BaruaStep *step)
{
  return step->outcome == BARUA_OUTCOME_MISSING && !is_unoffered (step) &&
         !is_withheld (step);
}

static void
match_withheld (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_SIGN_IN);

      if (step != NULL && is_withheld (step))
        barua_facts_blame (findings, evidence, "wrong-server", 0.8);
    }
}

static void
match_unsendable (const BaruaCase *facts, GPtrArray *findings)
{
  const gboolean empty = facts->shape == BARUA_SECRET_SHAPE_EMPTY;

  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_SIGN_IN);

      if (step != NULL && is_unsendable (step))
        barua_facts_blame (findings, evidence, empty ? "auth-missing" : "bad-credentials",
                           0.8);
    }
}

/* Only the browser's way is open to one who came with a password. */
static void
match_tokens_only (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (is_unoffered (barua_facts_failed_at (evidence, BARUA_STAGE_SIGN_IN)) &&
          facts->shape != BARUA_SECRET_SHAPE_TOKEN && offers_tokens (evidence))
        barua_facts_blame (findings, evidence, "oauth-required", 0.6);
    }
}

static void
match_not_offered (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (is_unoffered (barua_facts_failed_at (evidence, BARUA_STAGE_SIGN_IN)))
        barua_facts_blame (findings, evidence, "auth-mechanism-mismatch", 0.6);
    }
}

/* What is signed in with is no address, so that no message could be rehearsed with it. */
static void
match_name_no_address (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_REHEARSAL);

      if (step != NULL && step->outcome == BARUA_OUTCOME_MISSING)
        barua_facts_blame (findings, evidence, "wrong-username", 0.6);
    }
}

/* The connections were looked at all the same; they are not to blame. */
static void
match_account_trouble (const BaruaCase *facts, GPtrArray *findings)
{
  if (facts->account_trouble != NULL && barua_cause_find (facts->account_trouble) != NULL)
    g_ptr_array_add (findings, barua_finding_new (
                                 barua_verdict_new (facts->account_trouble, 1.0), NULL));
}

static gboolean
has_no_mail (const BaruaDiscovery *discovery)
{
  if (g_error_matches (discovery->error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    return TRUE;
  return discovery->kind == BARUA_HOST_OTHER && discovery->mx != NULL &&
         discovery->mx->host == NULL;
}

/* @cause_id for an address that is not Gmail's. */
static BaruaVerdict *
blame_address (GPtrArray *findings, const char *cause_id, double sure, const char *name)
{
  BaruaVerdict *verdict = barua_verdict_new (cause_id, sure);

  barua_verdict_set_name (verdict, name);
  g_ptr_array_add (findings, barua_finding_new (verdict, NULL));
  return verdict;
}

static const char *
get_address (const BaruaCase *facts)
{
  return facts->address == NULL ? NULL : barua_address_get_text (facts->address);
}

static void
match_domain_slip (const BaruaCase *facts, GPtrArray *findings)
{
  const BaruaDiscovery *discovery = facts->discovery;

  if (discovery == NULL || discovery->suggestion == NULL || any_signed_in (facts))
    return;
  if (discovery->kind != BARUA_HOST_OTHER && !has_no_mail (discovery))
    return;
  blame_address (findings, "wrong-username", 0.85, get_address (facts))->advice =
    strcmp (discovery->suggestion, "gmail.com") == 0
      ? N_ ("Look at what stands after the “@”: most likely it should be “gmail.com”.")
      : N_ ("Look at what stands after the “@”: it is not spelt right.");
}

static void
match_domain_without_mail (const BaruaCase *facts, GPtrArray *findings)
{
  const BaruaDiscovery *discovery = facts->discovery;

  if (discovery == NULL || any_signed_in (facts) || !has_no_mail (discovery))
    return;
  blame_address (findings, "wrong-username", 0.8, get_address (facts))->advice =
    N_ ("Look at what stands after the “@”: no mail can be sent to such an address.");
}

static void
match_kept_elsewhere (const BaruaCase *facts, GPtrArray *findings)
{
  const BaruaDiscovery *discovery = facts->discovery;
  BaruaVerdict *verdict = NULL;
  const char *keeper = NULL;

  if (discovery == NULL || discovery->kind != BARUA_HOST_OTHER || any_signed_in (facts))
    return;
  if (discovery->mx != NULL)
    keeper = discovery->mx->keeper != NULL ? discovery->mx->keeper : discovery->mx->host;
  verdict = blame_address (findings, "service-not-enabled", 0.9, keeper);
  verdict->advice = N_ ("Barua sets up Gmail only. Ask the firm that keeps your mail for "
                        "the settings of its own servers.");
  verdict->advice_suffices = TRUE;
  if (discovery->mx != NULL)
    barua_verdict_add_evidence (verdict, discovery->mx->host);
}

/* A farewell in the server's own words tells more than the closing does. */
static const char *const REFUSED_HIDES[] = { "connection-closed", NULL };
static const char *const ELSEWHERE_HIDES[] = { "sign-in-refused", NULL };
static const char *const TOKENS_ONLY_HIDES[] = { "sign-in-not-offered", NULL };
static const char *const SLIP_HIDES[] = { "domain-without-mail", "mail-kept-elsewhere",
                                          NULL };
static const char *const NO_MAIL_HIDES[] = { "mail-kept-elsewhere", NULL };

static const BaruaRule RULES[] = {
  { "sign-in-refused", NULL, match_sign_in_refused, REFUSED_HIDES },
  { "sign-in-refused-elsewhere", NULL, match_refused_elsewhere, ELSEWHERE_HIDES },
  { "sign-in-withheld", "wrong-server", match_withheld, NULL },
  { "sign-in-unsendable", NULL, match_unsendable, NULL },
  { "sign-in-tokens-only", "oauth-required", match_tokens_only, TOKENS_ONLY_HIDES },
  { "sign-in-not-offered", "auth-mechanism-mismatch", match_not_offered, NULL },
  { "name-no-address", "wrong-username", match_name_no_address, NULL },
  { "account-trouble", NULL, match_account_trouble, NULL },
  { "domain-slip", "wrong-username", match_domain_slip, SLIP_HIDES },
  { "domain-without-mail", "wrong-username", match_domain_without_mail, NO_MAIL_HIDES },
  { "mail-kept-elsewhere", "service-not-enabled", match_kept_elsewhere, NULL },
};

const BaruaRule *
barua_rules_sign_in (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
