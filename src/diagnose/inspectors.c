#include "config.h"

#include "diagnose/inspectors.h"

#include <string.h>

/* Names that stand in the issuers that virus scanners, firewalls and debugging proxies
 * make for themselves; whole words, letter case aside; a "*" at the end takes any rest of
 * the word. Source: the makers' own manuals on how to install their authority. */
static const char *const INSPECTORS[] = {
  "avast!",
  "avast*",
  "AVG",
  "Avira*",
  "Bitdefender*",
  "BullGuard*",
  "Dr.Web*",
  "Emsisoft",
  "ESET",
  "F-Secure",
  "G DATA",
  "Kaspersky*",
  "McAfee*",
  "Norton*",
  "Panda Security",
  "Quick Heal",
  "Symantec Web Security*",
  "Trend Micro*",
  "Web/Mail Shield*",
  "WithSecure",
  "A10 Networks",
  "Barracuda*",
  "Blue Coat",
  "BlueCoat*",
  "Check Point",
  "Cisco Secure*",
  "Cisco Umbrella*",
  "ContentKeeper*",
  "Cyberoam*",
  "Endian*",
  "Forcepoint*",
  "Fortinet*",
  "FortiGate*",
  "GoGuardian*",
  "iboss*",
  "IPFire*",
  "Lightspeed*",
  "Menlo Security*",
  "NetSpark*",
  "Netskope*",
  "OPNsense*",
  "OpenDNS*",
  "Palo Alto Networks*",
  "pfSense*",
  "Qustodio*",
  "Sangfor*",
  "Securly*",
  "Smoothwall*",
  "SonicWALL*",
  "Sophos*",
  "Squid*",
  "Stormshield*",
  "Untangle*",
  "WatchGuard*",
  "Websense*",
  "Zscaler*",
  "AdGuard*",
  "Burp Suite*",
  "Charles Proxy*",
  "DO_NOT_TRUST*",
  "Fiddler*",
  "HTTP Toolkit*",
  "mitmproxy*",
  "OWASP*",
  "PortSwigger*",
  "Privoxy*",
  "Proxyman*",
  "ZAP Root*",
};

/* As they stand in the issuers of certificates for Google's names, now and before, and of
 * the other authorities that systems trust. */
static const char *const AUTHORITIES[] = {
  "Google Trust Services*",
  "GTS*",
  "Google Internet Authority*",
  "GlobalSign*",
  "GeoTrust",
  "DigiCert*",
  "Equifax*",
  "Entrust*",
  "Let's Encrypt",
  "Internet Security Research Group",
  "Sectigo*",
  "USERTRUST*",
  "COMODO*",
  "Amazon Root*",
  "Amazon",
  "Certum*",
  "Starfield Technologies*",
  "GoDaddy*",
  "IdenTrust*",
};

static gboolean
is_word_byte (char byte)
{
  return g_ascii_isalnum (byte) || (guchar) byte >= 0x80;
}

/* Whether @word stands in @text, which is lower case already, between the ends of
 * words. */
static gboolean
has_word (const char *text, const char *word)
{
  const gboolean open = g_str_has_suffix (word, "*");
  g_autofree char *wanted =
    g_ascii_strdown (word, (gssize) strlen (word) - (open ? 1 : 0));
  const gsize length = strlen (wanted);

  for (const char *at = strstr (text, wanted); at != NULL; at = strstr (at + 1, wanted))
    if ((at == text || !is_word_byte (at[-1])) && (open || !is_word_byte (at[length])))
      return TRUE;
  return FALSE;
}

static gboolean
has_any_word (const char *name, const char *const *words, gsize n_words)
{
  g_autofree char *text = NULL;

  if (name == NULL)
    return FALSE;
  text = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < n_words; i++)
    if (has_word (text, words[i]))
      return TRUE;
  return FALSE;
}

const BaruaCertificate *
barua_inspector_find (const GPtrArray *chain)
{
  for (guint i = 0; i < chain->len; i++)
    {
      const BaruaCertificate *certificate = g_ptr_array_index (chain, i);

      if (has_any_word (certificate->issuer, INSPECTORS, G_N_ELEMENTS (INSPECTORS)))
        return certificate;
    }
  return NULL;
}

gboolean
barua_authority_is_public (const BaruaCertificate *certificate)
{
  return has_any_word (certificate->issuer, AUTHORITIES, G_N_ELEMENTS (AUTHORITIES));
}
