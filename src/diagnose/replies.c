#include "config.h"

#include "diagnose/replies.h"

#include "diagnose/matcher.h"
#include "diagnose/normalizer.h"

#include <string.h>

/* Longer replies are cut: see limits.h for what a server may send. */
#define WORDS_MAX (64 * 1024)

static const BaruaWordRule *
pick (const char *text, gsize length)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (BaruaWordHit));
  const BaruaWordRule *best = NULL;

  barua_matcher_scan (text, length, 0, length, BARUA_MATCHER_REPLIES, hits);
  for (guint i = 0; i < hits->len; i++)
    {
      const BaruaWordRule *rule = g_array_index (hits, BaruaWordHit, i).rule;
      gboolean fine = strcmp (rule->cause, "ok") == 0;

      if (best == NULL)
        best = rule;
      else if (fine != (strcmp (best->cause, "ok") == 0))
        best = fine ? best : rule;
      else if (rule->weight > best->weight)
        best = rule;
    }
  return best;
}

/* The causes that one and the same refusal may have; only the context tells. */
static gboolean
is_open (const char *cause)
{
  static const char *const OPEN[] = { "bad-credentials", "oauth-token-expired", NULL };

  return g_strv_contains (OPEN, cause);
}

static gboolean
is_token_mechanism (const char *mechanism)
{
  return g_ascii_strcasecmp (mechanism, "XOAUTH2") == 0 ||
         g_ascii_strcasecmp (mechanism, "OAUTHBEARER") == 0;
}

static BaruaReplyMatch
judge_password (BaruaSecretShape shape, const BaruaReplyMatch *words)
{
  switch (shape)
    {
    case BARUA_SECRET_SHAPE_APP_PASSWORD:
      return (BaruaReplyMatch){ "bad-credentials", words->rule, 0.85 };
    case BARUA_SECRET_SHAPE_OTHER:
      return (BaruaReplyMatch){ "app-password-required", words->rule, 0.85 };
    case BARUA_SECRET_SHAPE_PHONE_CODE:
      return (BaruaReplyMatch){ "app-password-required", words->rule, 0.9 };
    case BARUA_SECRET_SHAPE_TOKEN:
      return (BaruaReplyMatch){ "auth-mechanism-mismatch", words->rule, 0.9 };
    case BARUA_SECRET_SHAPE_EMPTY:
      return (BaruaReplyMatch){ "auth-missing", words->rule, 0.9 };
    case BARUA_SECRET_SHAPE_UNKNOWN:
    default:
      return *words;
    }
}

static BaruaReplyMatch
judge_token (const BaruaReplyContext *context, const BaruaReplyMatch *words)
{
  const char *challenge = context->challenge != NULL ? context->challenge : "";

  switch (context->shape)
    {
    case BARUA_SECRET_SHAPE_APP_PASSWORD:
    case BARUA_SECRET_SHAPE_OTHER:
    case BARUA_SECRET_SHAPE_PHONE_CODE:
      return (BaruaReplyMatch){ "auth-mechanism-mismatch", words->rule, 0.9 };
    case BARUA_SECRET_SHAPE_EMPTY:
      return (BaruaReplyMatch){ "auth-missing", words->rule, 0.9 };
    case BARUA_SECRET_SHAPE_TOKEN:
    case BARUA_SECRET_SHAPE_UNKNOWN:
    default:
      break;
    }
  /* RFC 7628, 3.2.2; Google answers "400" in the place of its words. */
  if (strstr (challenge, "invalid_request") != NULL)
    return (BaruaReplyMatch){ "oauth-bad-sasl-string", words->rule, 0.85 };
  if (strstr (challenge, "insufficient") != NULL || strstr (challenge, "\"403\"") != NULL)
    return (BaruaReplyMatch){ "oauth-scope-missing", words->rule, 0.85 };
  return (BaruaReplyMatch){ "oauth-token-expired", words->rule, 0.7 };
}

static BaruaReplyMatch
judge_context (const BaruaReplyMatch *words, const BaruaReplyContext *context)
{
  if (!is_open (words->cause))
    return *words;
  if (context->mechanism != NULL)
    return is_token_mechanism (context->mechanism)
             ? judge_token (context, words)
             : judge_password (context->shape, words);
  if (context->challenge != NULL)
    return judge_token (context, words);
  return judge_password (context->shape, words);
}

BaruaReplyMatch
barua_replies_match (const char *words, const BaruaReplyContext *context)
{
  g_autoptr (BaruaNormalizer) normalizer = barua_normalizer_new ();
  BaruaReplyMatch match = { NULL, NULL, 0 };
  const BaruaWordRule *rule = NULL;
  const char *text = NULL;
  guint64 start = 0;
  gsize length = 0;

  g_return_val_if_fail (words != NULL, match);

  barua_normalizer_push (normalizer, words, strnlen (words, WORDS_MAX), TRUE);
  text = barua_normalizer_get_text (normalizer, &start, &length);
  rule = pick (text, length);
  /* "Something failed" is not a meaning. */
  if (rule == NULL || strcmp (rule->cause, "unknown") == 0)
    return match;
  match = (BaruaReplyMatch){ rule->cause, rule->id, (double) rule->sure / 100 };
  return context != NULL ? judge_context (&match, context) : match;
}
