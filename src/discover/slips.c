#include "config.h"

#include "discover/slips.h"

#include "base/text.h"

#include <string.h>

/* Longer names are no slip of these. */
#define TYPED_MAX 253

/* One slip away from "gmail", but names of their own. */
static const char *const OTHER_LABELS[] = {
  "mail", "email", "ymail", "gail", "grail", "gmall", "gmx", NULL,
};

/* Mail domains of others that would else be taken for slips: a Polish circle of poets and
 * an old Russian mail service. */
static const char *const OTHER_DOMAINS[] = { "gmail.pl", "gmail.ru", NULL };

/* More than one slip away, or not by the neighbouring key, and still often typed. */
static const struct
{
  const char *typed;
  const char *meant;
} LABELS[] = {
  { "gemail", "gmail" },
  { "gimail", "gmail" },
  { "gmails", "gmail" },
  { "gmila", "gmail" },
  { "gmlia", "gmail" },
  { "gmeil", "gmail" },
  { "gimeil", "gmail" },
  { "gmailcom", "gmail" },
  { "googlemailcom", "googlemail" },
  { "googelmial", "googlemail" },
};

/* The keys around one, and letters that look like it. Around "g" only those whose domain
 * is not known as a mail service: ymail.com and others are. */
static const struct
{
  char key;
  const char *around;
} NEIGHBOURS[] = {
  { 'a', "sqwz" },     { 'c', "xvdf" },  { 'e', "wrds" }, { 'g', "fhq" },
  { 'i', "uojk1l89" }, { 'l', "kopi1" }, { 'm', "njk" },  { 'o', "ipkl09" },
  { 'p', "ol0" },      { 's', "adwxz" }, { 't', "ryfg" }, { '3', "24we" },
};

static const struct
{
  BaruaProtocol protocol;
  const char *name;
} ROLES[] = {
  { BARUA_PROTOCOL_IMAP, "imap" },       { BARUA_PROTOCOL_IMAP, "imaps" },
  { BARUA_PROTOCOL_IMAP, "imap4" },      { BARUA_PROTOCOL_IMAP, "incoming" },
  { BARUA_PROTOCOL_IMAP, "inbox" },      { BARUA_PROTOCOL_IMAP, "gmail-imap" },
  { BARUA_PROTOCOL_SMTP, "smtp" },       { BARUA_PROTOCOL_SMTP, "smtps" },
  { BARUA_PROTOCOL_SMTP, "outgoing" },   { BARUA_PROTOCOL_SMTP, "msa" },
  { BARUA_PROTOCOL_SMTP, "smpt" },       { BARUA_PROTOCOL_SMTP, "stmp" },
  { BARUA_PROTOCOL_SMTP, "gmail-smtp" }, { BARUA_PROTOCOL_SMTP, "gmail-smtp-msa" },
  { BARUA_PROTOCOL_POP, "pop" },         { BARUA_PROTOCOL_POP, "pop3" },
  { BARUA_PROTOCOL_POP, "pops" },        { BARUA_PROTOCOL_POP, "pop3s" },
  { BARUA_PROTOCOL_POP, "gmail-pop" },
};

static const char *const SERVERS[] = {
  [BARUA_PROTOCOL_SMTP] = "smtp.gmail.com",
  [BARUA_PROTOCOL_IMAP] = "imap.gmail.com",
  [BARUA_PROTOCOL_POP] = "pop.gmail.com",
};

static const char *const OTHER_NAMES[] = {
  [BARUA_PROTOCOL_SMTP] = "smtp.googlemail.com",
  [BARUA_PROTOCOL_IMAP] = "imap.googlemail.com",
  [BARUA_PROTOCOL_POP] = "pop.googlemail.com",
};

static gboolean
is_neighbour (char meant, char typed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NEIGHBOURS); i++)
    if (NEIGHBOURS[i].key == meant)
      return strchr (NEIGHBOURS[i].around, typed) != NULL;
  return FALSE;
}

/* A key hit twice, or one beside it hit along with it, or a hyphen. @typed is the extra
 * character and what follows, @before what stood before it. */
static gboolean
is_extra (const char *typed, const char *meant, char before)
{
  return *typed == '-' || *typed == before || *typed == *meant ||
         is_neighbour (before, *typed) || is_neighbour (*meant, *typed);
}

/* Whether @typed is @meant with two letters swapped, one missing, one too many, or one
 * neighbouring key: a distance of one, of the kinds that fingers make. */
static gboolean
is_one_slip (const char *typed, const char *meant)
{
  gsize same = 0;
  char before = '\0';

  while (typed[same] != '\0' && typed[same] == meant[same])
    same++;
  before = same > 0 ? typed[same - 1] : '\0';
  typed += same;
  meant += same;
  if (*typed == '\0' && *meant == '\0')
    return FALSE;
  if (*meant != '\0' && g_str_equal (typed, meant + 1))
    return TRUE;
  if (*typed != '\0' && g_str_equal (typed + 1, meant))
    return is_extra (typed, meant, before);
  if (*typed == '\0' || *meant == '\0')
    return FALSE;
  if (typed[0] == meant[1] && typed[1] == meant[0] && typed[1] != '\0')
    return g_str_equal (typed + 2, meant + 2);
  return g_str_equal (typed + 1, meant + 1) && is_neighbour (*meant, *typed);
}

/* "gmail" or "googlemail", when @label is a slip in it; NULL for the right names too. */
static const char *
mend_label (const char *label)
{
  if (g_strv_contains (OTHER_LABELS, label))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (LABELS); i++)
    if (g_str_equal (label, LABELS[i].typed))
      return LABELS[i].meant;
  if (is_one_slip (label, "gmail"))
    return "gmail";
  if (is_one_slip (label, "googlemail"))
    return "googlemail";
  return NULL;
}

/* Lower case, without a final dot; letters with accents, which a domain may have since it
 * is internationalized, without them: "gmaíl" is a slip as any. */
static char *
normalize (const char *name)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *readable = NULL;
  g_autofree char *plain = NULL;

  if (strlen (name) > TYPED_MAX || !g_utf8_validate (name, -1, NULL))
    return NULL;
  trimmed = g_strstrip (g_strdup (name));
  if (g_str_has_suffix (trimmed, "."))
    trimmed[strlen (trimmed) - 1] = '\0';
  readable = g_hostname_to_unicode (trimmed);
  plain = g_str_to_ascii (readable != NULL ? readable : trimmed, "C");
  return g_ascii_strdown (plain, -1);
}

static gboolean
is_nearly_com (const char *ending)
{
  return g_str_equal (ending, "com") || is_one_slip (ending, "com");
}

/* Whether @ending is one that a registry gives names below, so that "gmail" would be all
 * of the name: "is", "con", "co.tz". "example.com" is not: "gmail.example.com" may well
 * be somebody's own. */
static gboolean
is_registry (const char *ending)
{
  const char *dot = strchr (ending, '.');
  gsize length = dot != NULL ? (gsize) (dot - ending) : 0;

  if (dot == NULL)
    return *ending != '\0';
  return length >= 2 && length <= 3 && dot[1] != '\0' && strlen (dot + 1) <= 3 &&
         strchr (dot + 1, '.') == NULL;
}

static const char *
mend_domain (const char *domain)
{
  const char *dot = strchr (domain, '.');
  g_autofree char *label =
    dot != NULL ? g_strndup (domain, (gsize) (dot - domain)) : g_strdup (domain);
  const char *meant = NULL;

  if ((g_str_equal (label, "gmail") || g_str_equal (label, "googlemail")) &&
      (dot == NULL || is_registry (dot + 1)))
    return label[1] == 'm' ? "gmail.com" : "googlemail.com";
  if (dot == NULL || is_nearly_com (dot + 1))
    meant = mend_label (label);
  if (meant == NULL)
    return NULL;
  return meant[1] == 'm' ? "gmail.com" : "googlemail.com";
}

/* Looks at what was typed itself: with its accents taken away, "gmaíl.com" would pass. */
static gboolean
is_right (const char *domain)
{
  return (barua_text_host_in_domain (domain, "gmail.com") &&
          strlen (domain) <= strlen ("gmail.com.")) ||
         (barua_text_host_in_domain (domain, "googlemail.com") &&
          strlen (domain) <= strlen ("googlemail.com."));
}

const char *
barua_slip_suggest (const char *domain)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (domain != NULL, NULL);

  plain = normalize (domain);
  if (plain == NULL || is_right (domain) || g_strv_contains (OTHER_DOMAINS, plain))
    return NULL;
  if (barua_text_host_in_domain (plain, "gmail.com") ||
      g_str_equal (plain, "mail.google.com"))
    return "gmail.com";
  if (barua_text_host_in_domain (plain, "googlemail.com"))
    return "googlemail.com";
  return mend_domain (plain);
}

static gboolean
find_role (const char *label, BaruaProtocol *protocol)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (g_str_equal (label, ROLES[i].name))
      {
        *protocol = ROLES[i].protocol;
        return TRUE;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (is_one_slip (label, ROLES[i].name))
      {
        *protocol = ROLES[i].protocol;
        return TRUE;
      }
  return FALSE;
}

/* "smtpgmail.com", "imap-gmail.com", "pop,gmail.com". */
static gboolean
find_glued_role (const char *host, BaruaProtocol *protocol)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROLES); i++)
    {
      const char *rest = NULL;

      if (!g_str_has_prefix (host, ROLES[i].name))
        continue;
      rest = host + strlen (ROLES[i].name);
      rest += strspn (rest, "-_,");
      if (!g_str_equal (rest, "gmail.com") && !g_str_equal (rest, "googlemail.com"))
        continue;
      *protocol = ROLES[i].protocol;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_gmail_domain (const char *domain)
{
  return g_str_equal (domain, "gmail.com") || g_str_equal (domain, "googlemail.com") ||
         barua_slip_suggest (domain) != NULL;
}

/* Google's mail exchangers take mail from strangers, not from mail programs. */
static gboolean
is_exchanger (const char *host)
{
  return barua_text_host_in_domain (host, "aspmx.l.google.com") ||
         barua_text_host_in_domain (host, "gmail-smtp-in.l.google.com");
}

/* Whether @host was meant to be one of Gmail's servers. What it is for goes to @protocol,
 * which stays as it was where the name does not tell. */
static gboolean
find_meaning (const char *host, BaruaProtocol *protocol)
{
  const char *dot = strchr (host, '.');
  g_autofree char *label = NULL;

  if (find_glued_role (host, protocol))
    return TRUE;
  if (is_exchanger (host))
    {
      *protocol = BARUA_PROTOCOL_SMTP;
      return TRUE;
    }
  if (dot == NULL || is_gmail_domain (host))
    {
      label = dot != NULL ? g_strndup (host, (gsize) (dot - host)) : g_strdup (host);
      if (dot != NULL && is_gmail_domain (dot + 1))
        (void) find_role (label, protocol);
      return is_gmail_domain (host);
    }
  label = g_strndup (host, (gsize) (dot - host));
  if (is_gmail_domain (dot + 1))
    return find_role (label, protocol) || g_str_equal (label, "mail");
  if (g_str_equal (dot + 1, "google.com") || g_str_equal (dot + 1, "l.google.com"))
    return find_role (label, protocol) || g_str_equal (label, "gmail");
  return FALSE;
}

static gboolean
is_server (const char *host, BaruaProtocol protocol)
{
  return g_str_equal (host, SERVERS[protocol]) ||
         g_str_equal (host, OTHER_NAMES[protocol]) ||
         (protocol == BARUA_PROTOCOL_SMTP && g_str_equal (host, "smtp-relay.gmail.com"));
}

/* The host as it stands, and not with accents taken away: only ASCII can be right. */
static gboolean
is_any_server (const char *host)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SERVERS); i++)
    if (is_server (host, (BaruaProtocol) i))
      return TRUE;
  return FALSE;
}

const char *
barua_slip_suggest_host (const char *host)
{
  g_autofree char *plain = NULL;
  BaruaProtocol protocol = BARUA_PROTOCOL_IMAP;

  g_return_val_if_fail (host != NULL, NULL);

  plain = normalize (host);
  if (plain == NULL || is_any_server (plain) || !find_meaning (plain, &protocol))
    return NULL;
  return SERVERS[protocol];
}

const char *
barua_slip_suggest_host_for (const char *host, BaruaProtocol protocol)
{
  g_autofree char *plain = NULL;
  BaruaProtocol ignored = protocol;

  g_return_val_if_fail (host != NULL, NULL);

  plain = normalize (host);
  if (plain == NULL || is_server (plain, protocol))
    return NULL;
  if (!is_any_server (plain) && !find_meaning (plain, &ignored))
    return NULL;
  return SERVERS[protocol];
}
