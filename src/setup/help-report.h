#pragma once

#include "account/address.h"
#include "setup/journey.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_help_report:
 * @check: (nullable): a finished check
 * @show_address: whether addresses are written out; they are masked otherwise
 *
 * Writes all that a helper needs into one text: the machine, the accounts, and the check
 * with its transcripts. Holds no secret.
 *
 * Returns: (transfer full): the report
 */
char *barua_help_report (const BaruaCheck *check, gboolean show_address);

G_END_DECLS
