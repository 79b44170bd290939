#include "config.h"

#include "setup/acceptance.h"

BaruaAcceptance
barua_acceptance_judge (const BaruaCheck *check)
{
  GPtrArray *all = check->facts.evidence;
  BaruaAcceptance acceptance = BARUA_ACCEPTANCE_UNKNOWN;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const BaruaStep *step =
        barua_evidence_get_step (g_ptr_array_index (all, i), BARUA_STAGE_SIGN_IN);

      if (step != NULL && step->outcome == BARUA_OUTCOME_OK)
        return BARUA_ACCEPTANCE_YES;
      if (step != NULL && step->outcome == BARUA_OUTCOME_REFUSED)
        acceptance = BARUA_ACCEPTANCE_NO;
    }
  return acceptance;
}
