#include "config.h"

#include "export/audit-hosts.h"

#include "base/text.h"
#include "export/audit.h"
#include "export/match.h"

#include <gio/gio.h>
#include <string.h>

#define HOST_MAX 255

static const char *const RIGHT[][2] = {
  [BARUA_PROTOCOL_SMTP] = { "smtp.gmail.com", "smtp.googlemail.com" },
  [BARUA_PROTOCOL_IMAP] = { "imap.gmail.com", "imap.googlemail.com" },
  [BARUA_PROTOCOL_POP] = { "pop.gmail.com", "pop.googlemail.com" },
};

/* Where Google takes mail for its own people: the MX of gmail.com and of organisations.
 */
static const char *const DIRECT[] = {
  "gmail-smtp-in.l.google.com", "aspmx.l.google.com",    "aspmx2.googlemail.com",
  "aspmx3.googlemail.com",      "aspmx4.googlemail.com", "aspmx5.googlemail.com",
};

/* Services that send mail for others: people sign up there with the address they have. */
static const char *const ELSEWHERE[] = {
  "amazonaws.com",     "brevo.com",     "elasticemail.com", "mailersend.net",
  "mailgun.org",       "mailjet.com",   "mailtrap.io",      "mandrillapp.com",
  "mtasv.net",         "office365.com", "outlook.com",      "postmarkapp.com",
  "resend.com",        "sendgrid.net",  "sendinblue.com",   "smtp2go.com",
  "sparkpostmail.com", "zoho.com",      "zoho.eu",
};

/* The part of a domain that was meant to be "gmail" or "googlemail". */
static const char *const SLIPS[] = {
  "gmial",  "gmai",   "gmal",  "gamil", "gmaill", "gmali",      "gnail",     "gmil",
  "ggmail", "gmaiil", "gmaul", "gmsil", "gimail", "googlemial", "goglemail", "googlmail",
};

static gboolean
is_local (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address) ||
           g_inet_address_get_is_site_local (address) ||
           g_inet_address_get_is_link_local (address);
  return strchr (host, '.') == NULL || barua_text_host_in_domain (host, "localhost") ||
         barua_text_host_in_domain (host, "local") ||
         barua_text_host_in_domain (host, "lan");
}

/* What is written by the program itself, as a variable, says nothing to us. */
static gboolean
is_plain (const char *host)
{
  return *host != '\0' && strlen (host) <= HOST_MAX &&
         strpbrk (host, "$%`{}()<>\" \t") == NULL;
}

static gboolean
is_in (const char *host, const char *const *domains, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (barua_text_host_in_domain (host, domains[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_label (const char *domain, const char *word)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", 0);

  for (gsize i = 0; labels[i] != NULL; i++)
    if (g_ascii_strcasecmp (labels[i], word) == 0)
      return TRUE;
  return FALSE;
}

gboolean
barua_audit_is_gmail_domain (const char *domain)
{
  return domain != NULL && (g_ascii_strcasecmp (domain, "gmail.com") == 0 ||
                            g_ascii_strcasecmp (domain, "googlemail.com") == 0);
}

gboolean
barua_audit_is_slip (const char *domain)
{
  if (barua_audit_is_gmail_domain (domain))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (SLIPS); i++)
    if (has_label (domain, SLIPS[i]))
      return TRUE;
  return has_label (domain, "gmail") || has_label (domain, "googlemail");
}

static gboolean
is_gmail_user (const char *user)
{
  const char *at = user != NULL ? strrchr (user, '@') : NULL;

  return at != NULL && barua_audit_is_gmail_domain (at + 1);
}

static gboolean
is_direct (const char *host)
{
  return is_in (host, DIRECT, G_N_ELEMENTS (DIRECT));
}

/* "imap.gmail.com:993" and "mail.gmail.com" are in nobody's domain but Google's. */
static gboolean
is_meant (const char *host)
{
  g_autofree char *name = g_strndup (host, strcspn (host, ":/"));

  return barua_match_host (name) || barua_audit_is_slip (name);
}

static gboolean
is_right (const char *host, BaruaProtocol protocol)
{
  gsize length = strlen (host);
  g_autofree char *name = g_strdup (host);

  if (length > 0 && name[length - 1] == '.')
    name[length - 1] = '\0';
  return g_ascii_strcasecmp (name, RIGHT[protocol][0]) == 0 ||
         g_ascii_strcasecmp (name, RIGHT[protocol][1]) == 0;
}

BaruaHostVerdict
barua_audit_host (const char *host, const char *user, BaruaProtocol protocol)
{
  if (host == NULL || !is_plain (host))
    return BARUA_HOST_NOT_MEANT;
  if (is_right (host, protocol))
    return BARUA_HOST_RIGHT;
  if (protocol == BARUA_PROTOCOL_SMTP &&
      barua_text_host_in_domain (host, "smtp-relay.gmail.com"))
    return BARUA_HOST_RELAY;
  if (is_direct (host))
    return BARUA_HOST_DIRECT;
  if (is_meant (host))
    return BARUA_HOST_MISTAKEN;
  if (!is_gmail_user (user) || is_local (host) ||
      is_in (host, ELSEWHERE, G_N_ELEMENTS (ELSEWHERE)))
    return BARUA_HOST_NOT_MEANT;
  return BARUA_HOST_STRANGE;
}

const char *
barua_audit_right_host (const char *host, BaruaProtocol protocol)
{
  gboolean googlemail = host != NULL && has_label (host, "googlemail");

  return RIGHT[protocol][googlemail ? 1 : 0];
}

gboolean
barua_audit_is_gmail (const char *host, const char *user)
{
  if (host == NULL)
    return is_gmail_user (user);
  return barua_audit_host (host, user, BARUA_PROTOCOL_SMTP) != BARUA_HOST_NOT_MEANT;
}
