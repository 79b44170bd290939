#pragma once

#include "account/address.h"

G_BEGIN_DECLS

/**
 * barua_typed_address:
 * @word: what was given for an address, in the character set of the session
 * @error: %BARUA_ADDRESS_ERROR
 *
 * Returns: (transfer full) (nullable): the address; %NULL with @error set
 */
BaruaAddress *barua_typed_address (const char *word, GError **error);

G_END_DECLS
