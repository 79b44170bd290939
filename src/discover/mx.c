#include "config.h"

#include "discover/mx.h"

#include "base/text.h"

#include <string.h>

/* More records than any honest domain has. */
#define RECORDS_MAX 64
#define HOST_MAX 253

typedef struct
{
  const char *domain;
  const char *keeper;
} Keeper;

typedef enum
{
  ROLE_UNKNOWN,
  ROLE_GOOGLE,
  ROLE_FILTER,
  ROLE_KEEPER,
} Role;

typedef struct
{
  guint16 preference;
  char *host;
  Role role;
  const char *keeper;
} Exchanger;

/* https://support.google.com/a/answer/174125; hosts below these count too. */
static const char *const GOOGLE[] = {
  "aspmx.l.google.com",
  "gmail-smtp-in.l.google.com",
  "googlemail.com",
  "smtp.google.com",
};

/* Those who pass mail on, so that nobody outside sees where it is kept. */
static const Keeper FILTERS[] = {
  { "altospam.com", "Altospam" },
  { "antispamcloud.com", "SpamExperts" },
  { "antispameurope.com", "Hornetsecurity" },
  { "appriver.com", "Zix" },
  { "area1security.com", "Cloudflare Email Security" },
  { "arsmtp.com", "Zix" },
  { "barracudanetworks.com", "Barracuda" },
  { "duocircle.com", "DuoCircle" },
  { "electric.net", "VIPRE" },
  { "expurgate.de", "eXpurgate" },
  { "expurgate.net", "eXpurgate" },
  { "fireeyecloud.com", "Trellix" },
  { "fireeyegov.com", "Trellix" },
  { "forwardemail.net", "Forward Email" },
  { "fortimailcloud.com", "FortiMail Cloud" },
  { "gpphosted.com", "Proofpoint" },
  { "hornetsecurity.com", "Hornetsecurity" },
  { "improvmx.com", "ImprovMX" },
  { "iphmx.com", "Cisco Secure Email" },
  { "mailchannels.net", "MailChannels" },
  { "mailcontrol.com", "Forcepoint" },
  { "mailinblack.com", "Mailinblack" },
  { "mailroute.net", "MailRoute" },
  { "messagelabs.com", "Symantec Email Security" },
  { "mimecast-offshore.com", "Mimecast" },
  { "mimecast.co.za", "Mimecast" },
  { "mimecast.com", "Mimecast" },
  { "mx.cloudflare.net", "Cloudflare Email Routing" },
  { "mxguarddog.com", "MX Guarddog" },
  { "mxrecord.io", "Cloudflare Email Security" },
  { "mxrecord.mx", "Cloudflare Email Security" },
  { "ppe-hosted.com", "Proofpoint" },
  { "pphosted.com", "Proofpoint" },
  { "reflexion.net", "Sophos" },
  { "registrar-servers.com", "Namecheap Email Forwarding" },
  { "retarus.com", "Retarus" },
  { "securence.com", "Securence" },
  { "sophos.com", "Sophos" },
  { "spamexperts.com", "SpamExperts" },
  { "spamexperts.eu", "SpamExperts" },
  { "spamexperts.net", "SpamExperts" },
  { "spamhero.com", "SpamHero" },
  { "spamtitan.com", "SpamTitan" },
  { "trendmicro.com", "Trend Micro" },
  { "trendmicro.eu", "Trend Micro" },
  { "vadesecure.com", "Vade" },
};

static const Keeper KEEPERS[] = {
  { "1984.is", "1984" },
  { "1984hosting.com", "1984" },
  { "1and1.com", "IONOS" },
  { "dreamhost.com", "DreamHost" },
  { "emailsrvr.com", "Rackspace" },
  { "gandi.net", "Gandi" },
  { "gmx.net", "GMX" },
  { "hostedemail.com", "OpenSRS" },
  { "hostinger.com", "Hostinger" },
  { "hostpoint.ch", "Hostpoint" },
  { "infomaniak.ch", "Infomaniak" },
  { "infomaniak.com", "Infomaniak" },
  { "ionos.co.uk", "IONOS" },
  { "ionos.com", "IONOS" },
  { "ionos.de", "IONOS" },
  { "ionos.es", "IONOS" },
  { "ionos.fr", "IONOS" },
  { "ionos.it", "IONOS" },
  { "kundenserver.de", "IONOS" },
  { "loopia.se", "Loopia" },
  { "mail.icloud.com", "iCloud Mail" },
  { "mail.ru", "Mail.ru" },
  { "mailbox.org", "mailbox.org" },
  { "mailfence.com", "Mailfence" },
  { "messagingengine.com", "Fastmail" },
  { "migadu.com", "Migadu" },
  { "mx.microsoft", "Microsoft 365" },
  { "one.com", "one.com" },
  { "outlook.com", "Microsoft 365" },
  { "ovh.ca", "OVHcloud" },
  { "ovh.net", "OVHcloud" },
  { "posteo.de", "Posteo" },
  { "privateemail.com", "Namecheap Private Email" },
  { "protonmail.ch", "Proton Mail" },
  { "purelymail.com", "Purelymail" },
  { "qq.com", "Tencent" },
  { "runbox.com", "Runbox" },
  { "rzone.de", "STRATO" },
  { "secureserver.net", "GoDaddy" },
  { "siminn.is", "Síminn" },
  { "simnet.is", "Síminn" },
  { "snerpa.is", "Snerpa" },
  { "titan.email", "Titan" },
  { "tutanota.de", "Tuta Mail" },
  { "web.de", "WEB.DE" },
  { "yahoodns.net", "Yahoo Mail" },
  { "yandex.net", "Yandex" },
  { "yandex.ru", "Yandex" },
  { "zoho.com", "Zoho Mail" },
  { "zoho.com.au", "Zoho Mail" },
  { "zoho.eu", "Zoho Mail" },
  { "zoho.in", "Zoho Mail" },
  { "zohomail.com", "Zoho Mail" },
};

static void
exchanger_free (gpointer data)
{
  Exchanger *self = data;

  g_free (self->host);
  g_free (self);
}

static const char *
find_keeper (const Keeper *table, gsize length, const char *host)
{
  for (gsize i = 0; i < length; i++)
    if (barua_text_host_in_domain (host, table[i].domain))
      return table[i].keeper;
  return NULL;
}

static gboolean
is_google (const char *host)
{
  for (gsize i = 0; i < G_N_ELEMENTS (GOOGLE); i++)
    if (barua_text_host_in_domain (host, GOOGLE[i]))
      return TRUE;
  return FALSE;
}

static void
find_role (Exchanger *self)
{
  if (is_google (self->host))
    {
      self->role = ROLE_GOOGLE;
      return;
    }
  self->keeper = find_keeper (FILTERS, G_N_ELEMENTS (FILTERS), self->host);
  if (self->keeper != NULL)
    {
      self->role = ROLE_FILTER;
      return;
    }
  self->keeper = find_keeper (KEEPERS, G_N_ELEMENTS (KEEPERS), self->host);
  if (self->keeper != NULL)
    self->role = ROLE_KEEPER;
}

static gboolean
is_host (const char *host)
{
  gsize length = strlen (host);

  return length > 0 && length <= HOST_MAX && host[0] != '.' &&
         strstr (host, "..") == NULL &&
         strspn (host, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == length;
}

/* Returns NULL for a record that says nothing; a null MX (RFC 7505, 3) says so by
 * @is_null. */
static Exchanger *
read_record (GVariant *record, gboolean *is_null)
{
  g_autofree char *lower = NULL;
  const char *host = NULL;
  guint16 preference = 0;
  Exchanger *self = NULL;

  if (record == NULL || !g_variant_is_of_type (record, G_VARIANT_TYPE ("(qs)")))
    return NULL;
  g_variant_get (record, "(q&s)", &preference, &host);
  if (*host == '\0' || g_str_equal (host, "."))
    {
      *is_null = TRUE;
      return NULL;
    }
  if (strlen (host) > HOST_MAX + 1)
    return NULL;
  lower = g_ascii_strdown (host, -1);
  if (g_str_has_suffix (lower, "."))
    lower[strlen (lower) - 1] = '\0';
  /* One that only proves to Google who owns the domain, takes no mail. */
  if (!is_host (lower) || barua_text_host_in_domain (lower, "mx-verification.google.com"))
    return NULL;
  self = g_new0 (Exchanger, 1);
  self->preference = preference;
  self->host = g_steal_pointer (&lower);
  find_role (self);
  return self;
}

/* Records of equal preference are sorted by name, so that the answer does not depend on
 * the order in which a name server gives them. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const Exchanger *one = *(const Exchanger *const *) a;
  const Exchanger *other = *(const Exchanger *const *) b;

  if (one->preference != other->preference)
    return one->preference < other->preference ? -1 : 1;
  return g_strcmp0 (one->host, other->host);
}

static const Exchanger *
find_first (GPtrArray *exchangers, Role role, gboolean lowest_only)
{
  const Exchanger *lowest = g_ptr_array_index (exchangers, 0);

  for (guint i = 0; i < exchangers->len; i++)
    {
      const Exchanger *exchanger = g_ptr_array_index (exchangers, i);

      if (lowest_only && exchanger->preference != lowest->preference)
        return NULL;
      if (exchanger->role == role)
        return exchanger;
    }
  return NULL;
}

static void
tell (BaruaMxAnswer *answer, BaruaHostKind kind, const Exchanger *exchanger)
{
  answer->kind = kind;
  answer->host = g_strdup (exchanger->host);
  if (kind == BARUA_HOST_OTHER || exchanger->role == ROLE_FILTER)
    answer->keeper = exchanger->keeper;
}

/* Only the exchangers of the lowest preference get mail while they are up. Where Google
 * is one of two of them, or stands behind a host that nobody knows, the mail may be kept
 * at either place: that is left open. */
static void
judge (BaruaMxAnswer *answer, GPtrArray *exchangers)
{
  const Exchanger *google = find_first (exchangers, ROLE_GOOGLE, TRUE);
  const Exchanger *filter = find_first (exchangers, ROLE_FILTER, TRUE);
  const Exchanger *keeper = find_first (exchangers, ROLE_KEEPER, TRUE);
  const Exchanger *unknown = find_first (exchangers, ROLE_UNKNOWN, TRUE);

  if (google != NULL)
    tell (answer, keeper != NULL ? BARUA_HOST_UNKNOWN : BARUA_HOST_WORKSPACE, google);
  else if (filter != NULL)
    tell (answer, BARUA_HOST_UNKNOWN, filter);
  else if (keeper != NULL)
    tell (answer, BARUA_HOST_OTHER, keeper);
  else
    tell (answer,
          find_first (exchangers, ROLE_GOOGLE, FALSE) != NULL ? BARUA_HOST_UNKNOWN
                                                              : BARUA_HOST_OTHER,
          unknown);
}

BaruaMxAnswer *
barua_mx_judge (GList *records)
{
  g_autoptr (GPtrArray) exchangers = g_ptr_array_new_with_free_func (exchanger_free);
  BaruaMxAnswer *answer = g_new0 (BaruaMxAnswer, 1);
  gboolean is_null = FALSE;
  guint seen = 0;

  for (GList *l = records; l != NULL && seen < RECORDS_MAX; l = l->next, seen++)
    {
      Exchanger *exchanger = read_record (l->data, &is_null);

      if (exchanger != NULL)
        g_ptr_array_add (exchangers, exchanger);
    }
  g_ptr_array_sort (exchangers, compare);
  if (exchangers->len > 0)
    judge (answer, exchangers);
  else
    answer->kind = is_null ? BARUA_HOST_OTHER : BARUA_HOST_UNKNOWN;
  return answer;
}

void
barua_mx_answer_free (BaruaMxAnswer *self)
{
  g_free (self->host);
  g_free (self);
}
