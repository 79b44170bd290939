#include "config.h"

#include "diagnose/explain-excerpt.h"

#include "base/redact.h"
#include "base/text.h"

#include <string.h>

typedef struct
{
  const char *pattern;
  const char *replacement;
} Redaction;

/* An app password as Google shows it: four groups of four letters. */
#define GROUPS "[A-Za-z]{4}(?:[ \\x{a0}-][A-Za-z]{4}){3}"

/* What stands in front is kept, since it says what was there. */
static const Redaction REDACTIONS[] = {
  { "(?i)(pass(?:wor[dt]|wd|phrase)?(?:\\s+(?:is|was))?[\"'“‘\\s:=>]{1,5})" GROUPS
    "(?![\\p{L}\\p{N}])",
    "\\1" BARUA_REDACTED },
  { "([\"'“‘`])(?:" GROUPS "|[a-z]{16})(?=[\"'”’`])", "\\1" BARUA_REDACTED },
  { "(?i)\\b(login\\s*\\(\\s*[\"'][^\"'\\n]*[\"']\\s*,\\s*[\"'])[^\"'\\n]+",
    "\\1" BARUA_REDACTED },
  { "(?i)\\b(login\\s+\\S+\\s+password\\s+)\\S+", "\\1" BARUA_REDACTED },
  { "(?i)(\\b[a-z][a-z0-9+]*://)[^/\\s@]+@", "\\1" BARUA_REDACTED "@" },
  { "(@[\\p{L}\\p{N}][\\p{L}\\p{N}.-]*\\p{L}:)[^\\s:/\"'<>]{4,}", "\\1" BARUA_REDACTED },
  { "(?i)\\b(LOGIN\\s+)(?:\"[^\"\\n]*\"|\\S+@\\S+)\\s+" GROUPS "(?![\\p{L}\\p{N}])",
    "\\1" BARUA_REDACTED },
  { "https?://accounts\\.google\\.com/[^\\s<>\"'\\\\]*",
    "https://accounts.google.com/…" },
  { "(?i)(WEBALERT\\s+)[^\\s\\]]+", "\\1" BARUA_REDACTED },
  { "(?i)((?:\\b(?:code|state|id_token|code_verifier|assertion|plt|login_hint)|token|"
    "secret|pass(?:wor[dt]|wd|phrase)?|kennwort)"
    "(?:[\"'\\\\]{0,3}\\s*(?:=>|=|:)\\s*[\"'\\\\]{0,3}))(?!\\s)[^\\s&\"',;)}<>]+",
    "\\1" BARUA_REDACTED },
  { "(?i)\\b(LOGIN\\s+)(?:\"[^\"\\n]*\"|\\S+@\\S+)\\s+(?:\"[^\"\\n]*\"|\\S+)",
    "\\1" BARUA_REDACTED },
  { "(?i)\\b(AUTH(?:ENTICATE)?\\s+(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|PLAIN-CLIENTTOKEN)"
    "\\s+)[A-Za-z0-9+/=_-]{4,}",
    "\\1" BARUA_REDACTED },
  { "(?m)(^|[>\\s])(PASS\\s+)\\S+", "\\1\\2" BARUA_REDACTED },
  { "ya29\\.[A-Za-z0-9._~+/-]+", BARUA_REDACTED },
  { "1//0[A-Za-z0-9._~+/-]{10,}", BARUA_REDACTED },
  { "GOCSPX-[A-Za-z0-9_-]+", BARUA_REDACTED },
  { "(?<![A-Za-z0-9+/=_.-])(?=[A-Za-z0-9+/_-]*[A-Z])(?=[A-Za-z0-9+/_-]*[a-z])"
    "(?=[A-Za-z0-9+/_-]*[0-9])[A-Za-z0-9+/_-]{40,}={0,2}",
    BARUA_REDACTED },
  { "[\\p{L}\\p{N}.!#$%&*+/=?^_{|}~-]+@[\\p{L}\\p{N}][\\p{L}\\p{N}.-]*\\p{L}",
    BARUA_REDACTED },
  { "(/home/|/Users/|\\\\Users\\\\)[^/\\\\\\s:\"']+", "\\1" BARUA_REDACTED },
  { "(?<![\\d.])(?!127\\.)(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?"
    "\\d?"
    "\\d)){3}(?![\\d.]*\\d)",
    BARUA_REDACTED },
  { "(?i)(?<![0-9a-f:.])(?:[0-9a-f]{1,4}:){3,7}(?:[0-9a-f]{1,4}|:)(?![0-9a-f:])",
    BARUA_REDACTED },
  { "(?i)(?<![0-9a-f:.])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![0-9a-f:])",
    BARUA_REDACTED },
};

static char *
replace (const char *text, const Redaction *redaction)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new (redaction->pattern, 0, 0, &error);
  char *replaced = NULL;

  if (regex != NULL)
    replaced = g_regex_replace (regex, text, -1, 0, redaction->replacement, 0, &error);
  /* Rather nothing than a secret. */
  return replaced != NULL ? replaced : g_strdup (BARUA_REDACTED);
}

char *
barua_excerpt_redact (const char *text)
{
  g_autofree char *printable = NULL;
  g_autofree char *redacted = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  printable = barua_text_printable (text, -1, 0);
  redacted = barua_redactor_apply (NULL, printable);
  for (gsize i = 0; i < G_N_ELEMENTS (REDACTIONS); i++)
    {
      char *next = replace (redacted, &REDACTIONS[i]);

      g_free (redacted);
      redacted = next;
    }
  return g_steal_pointer (&redacted);
}

#define HOST "([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+)"

/* The first group is the name. */
static const struct
{
  const char *cause;
  const char *pattern;
} NAMES[] = {
  { "dns-failure",
    "(?i)(?:enotfound|eai_again|lookup|resolve host:?|resolve|resolving|name=|hostname:|"
    "unknownhostexception:|locate host|unknown host)[\\s:\"'“‘]*" HOST },
  { "wrong-server",
    "(?i)\\b((?:imap|pop|pop3|smtp|mail)\\.google\\.com|smtps\\.gmail\\.com|"
    "pop3\\.gmail\\.com|mail\\.gmail\\.com)\\b" },
  { "wrong-server", "(?i)\\b220[ -]" HOST },
  { "wrong-server",
    "(?i)(?:enotfound|lookup|resolve host:?|connect to)[\\s:\"'“‘]*" HOST },
  { "wrong-port", "(?i)\\b([a-z0-9.-]*gmail\\.com:\\d{2,5})\\b" },
  { "port-blocked", "(?i)\\b([a-z0-9.-]+\\.(?:gmail|google)\\.com:\\d{2,5})\\b" },
  { "direct-delivery-refused",
    "(?i)\\b((?:[a-z0-9-]+\\.)*(?:gmail-smtp-in|aspmx)\\.l\\.google"
    "\\.com)\\b" },
  { "tls-hostname",
    "(?i)(?:CN=|valid for|belongs to)[\\s`'\"“]*(\\*?[a-z0-9.-]+\\.[a-z]+)" },
  { "tls-intercepted", "(?i)issuer[^\\n]*?(?:\\bO|\\bCN)\\s*=\\s*\"?([^,/\"\\n]+)" },
  { "tls-untrusted", "(?i)issuer[^\\n]*?(?:\\bO|\\bCN)\\s*=\\s*\"?([^,/\"\\n]+)" },
  { "folder-missing", "(?i)unknown mailbox:?\\s+([^\\n(\"]+?)\\s*(?:\\(|\"|'|$)" },
  { "disabled-by-admin", "(?i)administrator (?:for|of) " HOST },
  { "oauth-blocked-by-admin", "(?i)administrator (?:for|of|at) " HOST },
  { "sender-unauthenticated", "(?i)(?:email from|administrator of) " HOST },
  { "captive-portal", "(?i)https?://" HOST },
};

char *
barua_excerpt_dup_name (const char *cause, const char *text)
{
  g_autofree char *printable = NULL;

  g_return_val_if_fail (cause != NULL && text != NULL, NULL);

  printable = barua_text_printable (text, -1, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (GRegex) regex = NULL;
      g_autoptr (GMatchInfo) match = NULL;

      if (strcmp (NAMES[i].cause, cause) != 0)
        continue;
      regex = g_regex_new (NAMES[i].pattern, 0, 0, NULL);
      if (regex != NULL && g_regex_match (regex, printable, 0, &match))
        return g_match_info_fetch (match, 1);
    }
  return NULL;
}
