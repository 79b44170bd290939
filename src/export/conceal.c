#include "config.h"

#include "export/conceal.h"

#include "base/redact.h"

/* A setting's name ends like this: "password", "imap_pass", "my_pw", "auth.raw". */
#define NAME                                                                             \
  "(?i:pass(?:word|wd|phrase)?|[_-]pw|client[_-]secret|(?:access|refresh)[_-]token|"     \
  "(?<=\\.)raw)[\"']?"
/* What begins like this is a command, a variable or a switch, and no secret. */
#define VALUE                                                                            \
  "(?![\"']?(?:[`=:,]|\\$\\(|\\$my_|\\$p\\\\\"))"                                        \
  "(?!(?i:true|false|on|off|yes|no|[01])(?:[\\s;,)\"']|$))"                              \
  "(?:\"[^\"\n]+\"|'[^'\n]+'|\\S+)"

static const char *const PATTERNS[] = {
  /* set imap_pass="x", smtpPass = x */
  "(" NAME "\\s*[=:]\\s*)" VALUE,
  /* user_pref("mail.password", "x"), and no list of words, one of which is "password" */
  "((?<![\"'])" NAME "\\s*,\\s*)" VALUE,
  /* password x, as the first word of a line */
  "(^[-+ ]\\s*(?:set\\s+)?[\\w.-]*" NAME "\\s+)" VALUE,
  /* poll imap.gmail.com user zoe password "x" */
  "(\\s" NAME "\\s+)(?=[\"'])" VALUE,
  /* machine imap.gmail.com login zoe password x */
  "(\\slogin\\s+\\S+\\s+" NAME "\\s+)" VALUE,
  /* imaps://zoe%40gmail.com:x@imap.gmail.com */
  "(://[^/\\s:@\"']+:)[^@\\s/\"']+(?=@)",
  /* [smtp.gmail.com]:587 zoe@gmail.com:x */
  "(^[-+ ]\\[?[\\w.-]+\\]?(?::\\w+)?\\s+[^\\s:=]+@[^\\s:=]+:)\\S+$",
};

static char *
replace (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex =
    g_regex_new (pattern, G_REGEX_MULTILINE | G_REGEX_OPTIMIZE, 0, NULL);
  char *replaced = NULL;

  g_return_val_if_fail (regex != NULL, g_strdup (""));

  replaced = g_regex_replace (regex, text, -1, 0, "\\1" BARUA_REDACTED, 0, NULL);
  /* Too much for the matcher: rather nothing than a secret. */
  return replaced != NULL ? replaced : g_strdup ("");
}

char *
barua_conceal_passwords (const char *diff)
{
  g_autofree char *text = g_strdup (diff);

  g_return_val_if_fail (diff != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (PATTERNS); i++)
    {
      g_autofree char *before = g_steal_pointer (&text);

      text = replace (before, PATTERNS[i]);
    }
  return g_steal_pointer (&text);
}
