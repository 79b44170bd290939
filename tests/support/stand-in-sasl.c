#include "config.h"

#include "support/stand-in.h"

#include <string.h>

#define MAIL_SCOPE "https://mail.google.com/"

const char *
sasl_mechanisms (Wire *wire)
{
  const char *bent = wire_bend (wire, "mechanisms");
  if (bent != NULL)
    return bent;
  return g_str_equal (wire->port->protocol, "smtp")
           ? "LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH"
           : "XOAUTH2 PLAIN PLAIN-CLIENTTOKEN OAUTHBEARER";
}

gboolean
sasl_offers (Wire *wire, const char *mechanism)
{
  g_auto (GStrv) words = g_strsplit (sasl_mechanisms (wire), " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], mechanism) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_user (Wire *wire, const char *user)
{
  const char *own = stand_in_bend (wire->stand_in, "account", "user");
  if (own == NULL)
    own = "zoe@gmail.com";
  return user != NULL && g_ascii_strcasecmp (user, own) == 0;
}

const StandInRefusal *
sasl_judge (Wire *wire, const char *user, const char *password)
{
  const StandInRefusal *refusal = refusal_find (wire_bend (wire, "refuse"));
  if (refusal != NULL)
    return refusal;
  g_auto (GStrv) groups = g_strsplit (password, " ", -1);
  g_autofree char *joined = g_strjoinv ("", groups);
  if (!is_user (wire, user))
    return refusal_find ("bad-credentials");
  if (g_strcmp0 (joined, stand_in_secret (wire->stand_in, "app-password")) == 0)
    return NULL;
  if (g_strcmp0 (password, stand_in_secret (wire->stand_in, "main-password")) == 0 &&
      stand_in_bend (wire->stand_in, "account", "no-second-factor") == NULL)
    return refusal_find ("second-factor");
  return refusal_find ("bad-credentials");
}

static const StandInRefusal *
judge_token (Wire *wire, const char *user, const char *token)
{
  const StandInRefusal *refusal = refusal_find (wire_bend (wire, "refuse"));
  if (refusal != NULL)
    return refusal;
  g_mutex_lock (&wire->stand_in->lock);
  StandInToken *known = g_hash_table_lookup (wire->stand_in->tokens, token);
  gboolean good = known != NULL && known->expires > g_get_monotonic_time () &&
                  strstr (known->scope, MAIL_SCOPE) != NULL &&
                  g_ascii_strcasecmp (known->user, user) == 0;
  g_mutex_unlock (&wire->stand_in->lock);
  return good ? NULL : refusal_find ("bad-credentials");
}

/* Asks for one more line; NULL when the client gave up or left. */
static char *
ask (Wire *wire, const char *prompt, const char *text, SaslResult *result)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));
  wire_replyf (wire, "%s%s", prompt, encoded);
  g_autofree char *line = wire_read (wire);
  wire_note (wire, "command", "(answer)");
  if (line == NULL || g_str_equal (line, "*"))
    {
      result->cancelled = TRUE;
      return NULL;
    }
  return g_steal_pointer (&line);
}

static char *
decode (const char *text, gsize *length)
{
  if (g_str_equal (text, "="))
    text = "";
  if (strspn (text,
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") !=
        strlen (text) ||
      strlen (text) % 4 != 0)
    return NULL;
  g_autofree guchar *bytes = g_base64_decode (text, length);
  /* One more, so that what came can be read as text too. */
  return g_strndup ((const char *) bytes, *length);
}

static char *
dup_part (const char *bytes, gsize length, gsize start)
{
  const char *end = start < length ? memchr (bytes + start, 0, length - start) : NULL;
  gsize size = start >= length ? 0
               : end != NULL   ? (gsize) (end - bytes) - start
                               : length - start;
  return g_strndup (bytes + MIN (start, length), size);
}

static SaslResult
run_plain (Wire *wire, const char *initial, const char *prompt)
{
  SaslResult result = { 0 };
  gsize length = 0;
  g_autofree char *asked = initial == NULL ? ask (wire, prompt, "", &result) : NULL;
  if (result.cancelled)
    return result;
  g_autofree guchar *bytes = g_base64_decode (initial != NULL ? initial : asked, &length);
  const char *whole = (const char *) bytes;
  /* authorization identity, NUL, name, NUL, password (RFC 4616) */
  g_autofree char *identity = dup_part (whole, length, 0);
  gsize at = strlen (identity) + 1;
  g_autofree char *user = dup_part (whole, length, at);
  at += strlen (user) + 1;
  g_autofree char *password = dup_part (whole, length, at);
  if (*user == '\0' || *password == '\0')
    result.malformed = TRUE;
  else
    result.refusal = sasl_judge (wire, user, password);
  return result;
}

static SaslResult
run_login (Wire *wire, const char *initial, const char *prompt)
{
  SaslResult result = { 0 };
  gsize length = 0;
  g_autofree char *first =
    initial != NULL ? g_strdup (initial) : ask (wire, prompt, "Username:", &result);
  g_autofree char *second =
    first != NULL ? ask (wire, prompt, "Password:", &result) : NULL;
  if (result.cancelled)
    return result;
  g_autofree char *user = decode (first, &length);
  g_autofree char *password = decode (second, &length);
  if (user == NULL || password == NULL)
    result.malformed = TRUE;
  else
    result.refusal = sasl_judge (wire, user, password);
  return result;
}

/* The value of a field, from behind @key up to 0x01. */
static char *
dup_field (const char *message, const char *key, const char *ends)
{
  const char *found = strstr (message, key);
  if (found == NULL)
    return NULL;
  found += strlen (key);
  return g_strndup (found, strcspn (found, ends));
}

static SaslResult
run_token (Wire *wire, gboolean bearer, const char *initial, const char *prompt)
{
  SaslResult result = { 0 };
  gsize length = 0;
  g_autofree char *asked = initial == NULL ? ask (wire, prompt, "", &result) : NULL;
  if (result.cancelled)
    return result;
  g_autofree char *message = decode (initial != NULL ? initial : asked, &length);
  g_autofree char *user = NULL;
  g_autofree char *token = NULL;
  if (message != NULL)
    {
      user = bearer ? dup_field (message, "a=", ",\001")
                    : dup_field (message, "user=", "\001");
      token = dup_field (message, "auth=Bearer ", "\001");
    }
  if (user == NULL || token == NULL || !g_str_has_suffix (message, "\001\001"))
    {
      result.malformed = TRUE;
      return result;
    }
  result.refusal = judge_token (wire, user, token);
  if (result.refusal != NULL && g_str_equal (result.refusal->name, "bad-credentials"))
    {
      /* The client is told why, has to answer, and is refused only then. */
      g_autofree char *answer =
        ask (wire, prompt,
             bearer ? "{\"status\":\"invalid_request\",\"scope\":\"" MAIL_SCOPE "\"}"
                    : "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"" MAIL_SCOPE
                      "\"}",
             &result);
      result.cancelled = FALSE;
    }
  return result;
}

SaslResult
sasl_run (Wire *wire, const char *mechanism, const char *initial, const char *prompt)
{
  const char *loop = wire_bend (wire, "challenge");
  for (int i = 0; loop != NULL && g_str_equal (loop, "endless") && i < 10000; i++)
    {
      SaslResult result = { 0 };
      g_autofree char *answer = ask (wire, prompt, "again", &result);
      if (answer == NULL)
        return result;
    }
  if (g_ascii_strcasecmp (mechanism, "PLAIN") == 0)
    return run_plain (wire, initial, prompt);
  if (g_ascii_strcasecmp (mechanism, "LOGIN") == 0)
    return run_login (wire, initial, prompt);
  return run_token (wire, g_ascii_strcasecmp (mechanism, "OAUTHBEARER") == 0, initial,
                    prompt);
}
