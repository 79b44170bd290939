#include "config.h"

#include "diagnose/rule.h"

#include "diagnose/facts.h"

#include <glib/gi18n.h>

#include <string.h>

/* What ended the conversation, unless it was signing in: that has rules of its own. */
static const BaruaStep *
get_failure (const BaruaEvidence *evidence)
{
  const BaruaStep *failure = barua_evidence_get_failure (evidence);

  return failure != NULL && failure->stage != BARUA_STAGE_SIGN_IN ? failure : NULL;
}

static gboolean
is_known (const BaruaCase *facts, const BaruaEvidence *evidence, const BaruaStep *step)
{
  return barua_facts_match_words (facts, evidence, step).cause != NULL;
}

static void
match_said (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = get_failure (evidence);
      BaruaReplyMatch match = { NULL, NULL, 0.0 };

      if (step != NULL)
        match = barua_facts_match_words (facts, evidence, step);
      if (match.cause != NULL)
        barua_facts_blame (findings, evidence, match.cause, match.sure);
    }
}

/* RFC 5321, 4.2.1: the first digit says that it is worth trying again, whatever the words
 * are. This goes for signing in too: a refusal for now is never a wrong password. */
static void
match_temporary_code (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_evidence_get_failure (evidence);

      if (step != NULL && step->stage != BARUA_STAGE_STARTTLS &&
          step->stage != BARUA_STAGE_CAPABILITIES && step->code >= 400 &&
          step->code < 500 && !is_known (facts, evidence, step))
        barua_facts_blame (findings, evidence, "temporary-failure", 0.7);
    }
}

/* IMAP and POP have no codes: a server that takes leave before anything was asked of it
 * is not up to it now. */
static void
match_greeted_goodbye (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_GREETING);

      if (step != NULL && step->outcome == BARUA_OUTCOME_REFUSED && step->code == 0 &&
          !is_known (facts, evidence, step))
        barua_facts_blame (findings, evidence, "temporary-failure", 0.5);
    }
}

static void
match_not_welcome (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_GREETING);

      if (step != NULL && step->outcome == BARUA_OUTCOME_REFUSED && step->code >= 500 &&
          !is_known (facts, evidence, step))
        barua_facts_blame (findings, evidence, "wrong-server", 0.5);
    }
}

/* No mail server of this protocol greets so, or one greets as nobody may who is not
 * signed in yet (RFC 9051, 7.1.4). */
static void
match_other_greeting (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_GREETING);

      if (step != NULL && step->outcome == BARUA_OUTCOME_MISBEHAVED)
        barua_facts_blame (findings, evidence, "wrong-server", 0.8);
    }
}

/* Google also says "for now" (421) to a name that it does not like. */
static void
match_ehlo_refused (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_CAPABILITIES);

      if (step != NULL && evidence->service.protocol == BARUA_PROTOCOL_SMTP &&
          step->outcome == BARUA_OUTCOME_REFUSED && !is_known (facts, evidence, step))
        barua_facts_blame (findings, evidence, "ehlo-rejected",
                           step->code >= 500 ? 0.8 : 0.6);
    }
}

static void
match_garbled (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_evidence_get_failure (evidence);

      if (step != NULL && step->outcome == BARUA_OUTCOME_MISBEHAVED &&
          step->stage != BARUA_STAGE_GREETING && step->stage != BARUA_STAGE_SIGN_IN &&
          barua_facts_is_protected (evidence))
        {
          BaruaVerdict *verdict =
            barua_facts_blame (findings, evidence, "syntax-error", 0.6);

          verdict->advice = N_ ("The server’s answer made no sense. Try again after a "
                                "while, and in another network.");
          verdict->advice_suffices = TRUE;
        }
    }
}

/* What comes in the clear and makes no sense may be anybody's work: the way there is not
 * to be trusted. */
static void
match_garbled_in_clear (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_facts_failed_at (evidence, BARUA_STAGE_CAPABILITIES);

      if (step != NULL && step->outcome == BARUA_OUTCOME_MISBEHAVED &&
          !barua_facts_is_protected (evidence))
        barua_facts_blame (findings, evidence, "starttls-stripped", 0.6)->advice =
          barua_facts_get_other_port (facts, evidence);
    }
}

/* A message that was accepted and did not arrive in time. Why, only time tells; reading
 * and sending work. */
static void
match_message_late (const BaruaCase *facts, GPtrArray *findings)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      BaruaVerdict *verdict = NULL;

      if (evidence->looked_in == NULL)
        continue;
      verdict = barua_facts_blame (findings, evidence, "unknown", 0.0);
      verdict->severity = BARUA_SEVERITY_WARNING;
      verdict->advice =
        N_ ("The test message was accepted but has not arrived yet. Look in Gmail after "
            "some minutes, in the spam folder too, and check your filters.");
      verdict->advice_suffices = TRUE;
    }
}

/* What Gmail's servers say of themselves, and the mail server of web hosts does not. */
static gboolean
is_like_gmails (const char *words)
{
  return strstr (words, "gsmtp") != NULL || strstr (words, "gmail.com") != NULL ||
         strstr (words, "google.com") != NULL;
}

/* The host that greets with Exim's words: "220-cp12.hosting.example ESMTP Exim 4.96 #2".
 * Postfix and Dovecot say too little of themselves to be judged by it. */
static char *
dup_web_host (const BaruaCase *facts)
{
  for (guint i = 0; i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);
      const BaruaStep *step = barua_evidence_get_step (evidence, BARUA_STAGE_GREETING);
      g_auto (GStrv) parts = NULL;

      if (step == NULL || step->words == NULL || step->code != 220 ||
          strstr (step->words, " ESMTP Exim") == NULL || is_like_gmails (step->words))
        continue;
      parts = g_strsplit (step->words + 4, " ", 2);
      if (strchr (parts[0], '.') != NULL)
        return g_strdup (parts[0]);
    }
  return NULL;
}

static gboolean
calls_itself (const BaruaEvidence *evidence, const char *host)
{
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const BaruaStep *step = g_ptr_array_index (evidence->steps, i);

      if (step->words != NULL && strstr (step->words, host) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
match_web_host (const BaruaCase *facts, GPtrArray *findings)
{
  g_autofree char *host = dup_web_host (facts);

  for (guint i = 0; host != NULL && i < facts->evidence->len; i++)
    {
      const BaruaEvidence *evidence = barua_facts_get (facts, i);

      if (calls_itself (evidence, host) &&
          !barua_evidence_has_passed (evidence, BARUA_STAGE_SIGN_IN))
        barua_verdict_set_name (
          barua_facts_blame (findings, evidence, "wrong-server", 0.85), host);
    }
}

static const char *const LATE_HIDES[] = { "connection-timed-out", NULL };
static const char *const SAID_HIDES[] = { "connection-closed", NULL };

/* Whatever a stranger refuses, it is not to be mended there. */
static const char *const WEB_HOST_HIDES[] = {
  "server-said",         "temporary-code",
  "ehlo-refused",        "answer-garbled",
  "sign-in-refused",     "sign-in-refused-elsewhere",
  "sign-in-tokens-only", "sign-in-not-offered",
  "sign-in-withheld",    NULL
};

static const BaruaRule RULES[] = {
  { "greeting-of-web-host", "wrong-server", match_web_host, WEB_HOST_HIDES, TRUE },
  { "server-said", NULL, match_said, SAID_HIDES },
  { "message-late", "unknown", match_message_late, LATE_HIDES },
  { "temporary-code", "temporary-failure", match_temporary_code, SAID_HIDES },
  { "greeted-goodbye", "temporary-failure", match_greeted_goodbye, SAID_HIDES },
  { "greeting-refused", "wrong-server", match_not_welcome, NULL },
  { "greeting-strange", "wrong-server", match_other_greeting, NULL },
  { "ehlo-refused", "ehlo-rejected", match_ehlo_refused, NULL },
  { "answer-garbled", "syntax-error", match_garbled, NULL },
  { "answer-garbled-in-clear", "starttls-stripped", match_garbled_in_clear, NULL },
};

const BaruaRule *
barua_rules_mail (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
