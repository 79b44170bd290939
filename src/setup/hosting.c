#include "config.h"

#include "setup/hosting.h"

#include "discover/slips.h"

#include <glib/gi18n.h>

typedef enum
{
  SITUATION_PLAIN,
  SITUATION_WORKSPACE,
  SITUATION_FILTERED,
  SITUATION_UNSEEN,
  SITUATION_LIKELY_SLIP,
  SITUATION_SLIP,
  SITUATION_FIRM,
  SITUATION_HOST,
  SITUATION_NOBODY,
  SITUATION_NOT_FOUND,
} Situation;

static gboolean
is_not_found (const BaruaDiscovery *discovery)
{
  return g_error_matches (discovery->error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
}

static Situation
situation_unknown (const BaruaDiscovery *discovery)
{
  if (discovery->suggestion != NULL)
    return SITUATION_LIKELY_SLIP;
  return discovery->mx != NULL && discovery->mx->keeper != NULL ? SITUATION_FILTERED
                                                                : SITUATION_UNSEEN;
}

static Situation
situation_of (const BaruaDiscovery *discovery)
{
  if (discovery == NULL || discovery->kind == BARUA_HOST_GMAIL)
    return SITUATION_PLAIN;
  if (discovery->kind == BARUA_HOST_WORKSPACE)
    return SITUATION_WORKSPACE;
  if (discovery->kind == BARUA_HOST_UNKNOWN && !is_not_found (discovery))
    return situation_unknown (discovery);
  if (discovery->suggestion != NULL)
    return SITUATION_SLIP;
  if (is_not_found (discovery))
    return SITUATION_NOT_FOUND;
  if (discovery->mx != NULL && discovery->mx->keeper != NULL)
    return SITUATION_FIRM;
  return discovery->mx != NULL && discovery->mx->host != NULL ? SITUATION_HOST
                                                              : SITUATION_NOBODY;
}

gboolean
barua_hosting_is_google (const BaruaDiscovery *discovery)
{
  return situation_of (discovery) < SITUATION_SLIP;
}

char *
barua_hosting_dup_suggestion (const BaruaAddress *address,
                              const BaruaDiscovery *discovery)
{
  g_return_val_if_fail (address != NULL, NULL);

  if (situation_of (discovery) != SITUATION_SLIP &&
      situation_of (discovery) != SITUATION_LIKELY_SLIP)
    return NULL;
  return g_strdup_printf ("%s@%s", barua_address_get_local_part (address),
                          discovery->suggestion);
}

char *
barua_hosting_dup_slip (const BaruaAddress *address)
{
  const char *meant = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  meant = barua_slip_suggest (barua_address_get_domain (address));
  return meant != NULL
           ? g_strdup_printf ("%s@%s", barua_address_get_local_part (address), meant)
           : NULL;
}

char *
barua_hosting_dup_title (const BaruaAddress *address, const BaruaDiscovery *discovery)
{
  const char *domain = NULL;
  g_autofree char *suggestion = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  domain = barua_address_get_domain_for_display (address);
  suggestion = barua_hosting_dup_suggestion (address, discovery);
  switch (situation_of (discovery))
    {
    case SITUATION_WORKSPACE:
      return g_strdup_printf (_ ("Google keeps the mail of %s (Google Workspace)."),
                              domain);
    case SITUATION_FILTERED:
      /* Translators: a domain, and the name of a mail filter such as “Proofpoint” */
      return g_strdup_printf (_ ("The mail of %s passes through a mail filter, %s."),
                              domain, discovery->mx->keeper);
    case SITUATION_UNSEEN:
      return g_strdup_printf (_ ("It could not be found out who keeps the mail of %s."),
                              domain);
    case SITUATION_LIKELY_SLIP:
    case SITUATION_SLIP:
      return g_strdup_printf (_ ("Did you mean %s?"), suggestion);
    case SITUATION_FIRM:
      /* Translators: a domain, and the name of a firm such as “Microsoft 365” */
      return g_strdup_printf (_ ("The mail of %s is kept by %s and not by Google."),
                              domain, discovery->mx->keeper);
    case SITUATION_HOST:
      return g_strdup_printf (_ ("The mail of %s is not kept by Google."), domain);
    case SITUATION_NOBODY:
      return g_strdup_printf (_ ("%s takes no mail."), domain);
    case SITUATION_NOT_FOUND:
      return g_strdup_printf (_ ("Nobody keeps mail for %s."), domain);
    case SITUATION_PLAIN:
    default:
      return NULL;
    }
}

char *
barua_hosting_dup_text (const BaruaAddress *address, const BaruaDiscovery *discovery)
{
  const char *domain = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  domain = barua_address_get_domain_for_display (address);
  switch (situation_of (discovery))
    {
    case SITUATION_FILTERED:
      return g_strdup (
        _ ("From outside it cannot be seen whether Google keeps the mail "
           "behind that filter. Barua goes on as if it did; if not, whoever "
           "gave you the address knows its servers."));
    case SITUATION_UNSEEN:
      return g_strdup (_ ("Its mail servers could not be looked up. Barua goes on as if "
                          "Google kept it."));
    case SITUATION_LIKELY_SLIP:
      return g_strdup_printf (_ ("“%s” looks like a slip of the fingers. Nobody could be "
                                 "asked, so Barua goes on as if it were right."),
                              domain);
    case SITUATION_SLIP:
      return g_strdup_printf (
        _ ("“%s” looks like a slip of the fingers, so Barua stopped "
           "there."),
        domain);
    case SITUATION_FIRM:
      return g_strdup_printf (
        _ ("Barua sets up Gmail and Google Workspace, so there is nothing that it can do "
           "here. The right servers for this address stand in the help of %s."),
        discovery->mx->keeper);
    case SITUATION_HOST:
      return g_strdup_printf (
        _ ("Its mail server is %s. Barua sets up Gmail and Google Workspace, so there is "
           "nothing that it can do here. Whoever gave you the address knows the right "
           "servers."),
        discovery->mx->host);
    case SITUATION_NOBODY:
      return g_strdup (
        _ ("Its owner says that no mail is kept there at all. Check how the "
           "address is spelled."));
    case SITUATION_NOT_FOUND:
      return g_strdup (_ ("There is no such name on the internet, or no mail server for "
                          "it. Check how the address is spelled."));
    case SITUATION_PLAIN:
    case SITUATION_WORKSPACE:
    default:
      return NULL;
    }
}
