#pragma once

#include "setup/journey.h"

G_BEGIN_DECLS

/**
 * BaruaAcceptance:
 * @BARUA_ACCEPTANCE_YES: at least one server took the secret: it is right
 * @BARUA_ACCEPTANCE_NO: no server took it, and at least one said no
 * @BARUA_ACCEPTANCE_UNKNOWN: no server could be asked
 *
 * What a check says about the secret that was signed in with.
 */
typedef enum
{
  BARUA_ACCEPTANCE_YES,
  BARUA_ACCEPTANCE_NO,
  BARUA_ACCEPTANCE_UNKNOWN,
} BaruaAcceptance;

/**
 * barua_acceptance_judge:
 * @check: a finished check with a login
 *
 * Returns: what it says about the secret
 */
BaruaAcceptance barua_acceptance_judge (const BaruaCheck *check);

G_END_DECLS
