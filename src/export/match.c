#include "config.h"

#include "export/match.h"

#include "account/address.h"
#include "base/text.h"

#include <string.h>

gboolean
barua_match_host (const char *host)
{
  return host != NULL && (barua_text_host_in_domain (host, "gmail.com") ||
                          barua_text_host_in_domain (host, "googlemail.com") ||
                          barua_text_host_in_domain (host, "google.com"));
}

gboolean
barua_match_server (const char *host, const char *wanted)
{
  gsize label = 0;

  g_return_val_if_fail (wanted != NULL, FALSE);

  label = strcspn (wanted, ".");
  if (host == NULL)
    return FALSE;
  return g_ascii_strcasecmp (host, wanted) == 0 ||
         (g_ascii_strncasecmp (host, wanted, label) == 0 &&
          g_ascii_strcasecmp (host + label, ".googlemail.com") == 0);
}

gboolean
barua_match_login (const char *host, const char *user, const char *address)
{
  g_autoptr (BaruaAddress) there = NULL;
  g_autoptr (BaruaAddress) wanted = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  if (user == NULL || !barua_match_host (host))
    return FALSE;
  there = barua_address_new (user, NULL);
  wanted = barua_address_new (address, NULL);
  return there != NULL && wanted != NULL && barua_address_same_mailbox (there, wanted);
}
