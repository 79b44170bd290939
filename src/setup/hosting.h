#pragma once

#include "account/address.h"
#include "discover/discover.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_hosting_is_google:
 * @discovery: (nullable): who keeps the mail of an address
 *
 * Returns: whether to go on with Google's servers: they keep the mail, or it cannot be
 *   ruled out. %FALSE when somebody else keeps it, when nobody does, or when the domain
 * is a slip of the fingers
 */
gboolean barua_hosting_is_google (const BaruaDiscovery *discovery);

/**
 * barua_hosting_dup_title:
 * @address: whose mail
 * @discovery: (nullable): who keeps it
 *
 * Returns: (transfer full) (nullable): what is to be said about who keeps the mail, one
 *   translated sentence; %NULL when it goes without saying, as for gmail.com
 */
char *barua_hosting_dup_title (const BaruaAddress *address,
                               const BaruaDiscovery *discovery);

/**
 * barua_hosting_dup_text:
 * @address: whose mail
 * @discovery: (nullable): who keeps it
 *
 * Returns: (transfer full) (nullable): what that means and what to do, one translated
 *   paragraph; %NULL when the title says it all
 */
char *barua_hosting_dup_text (const BaruaAddress *address,
                              const BaruaDiscovery *discovery);

/**
 * barua_hosting_dup_suggestion:
 * @address: whose mail
 * @discovery: (nullable): who keeps it
 *
 * Returns: (transfer full) (nullable): the address that was most likely meant, when the
 *   domain is a slip of the fingers; else %NULL
 */
char *barua_hosting_dup_suggestion (const BaruaAddress *address,
                                    const BaruaDiscovery *discovery);

/**
 * barua_hosting_dup_slip:
 * @address: whose mail
 *
 * Looks for a slip of the fingers while an address is being typed, and asks nobody.
 *
 * Returns: (transfer full) (nullable): the address that was most likely meant, when the
 *   domain looks like a slip; else %NULL
 */
char *barua_hosting_dup_slip (const BaruaAddress *address);

G_END_DECLS
