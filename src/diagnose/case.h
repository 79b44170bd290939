#pragma once

#include "account/address.h"
#include "account/app-password.h"
#include "discover/discover.h"
#include "probe/evidence.h"
#include "probe/surroundings.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaCase:
 * @address: (nullable): whose mail
 * @discovery: (nullable): who keeps it
 * @evidence: (element-type BaruaEvidence): every conversation, in the order of the
 *   provider's endpoints
 * @surroundings: (nullable): the network and clock, if they were looked at
 * @now: this machine's clock when the check began
 * @shape: what the secret looked like, if one was sent
 * @account_trouble: (nullable): a word of the vocabulary, constant: why there was no
 * secret to sign in with though there is an account: "keyring-locked",
 * "oauth-token-revoked"…
 *
 * All that was gathered about one account. Rules read nothing else.
 */
typedef struct
{
  BaruaAddress *address;
  const BaruaDiscovery *discovery;
  GPtrArray *evidence;
  const BaruaSurroundings *surroundings;
  GDateTime *now;
  BaruaSecretShape shape;
  const char *account_trouble;
} BaruaCase;

G_END_DECLS
