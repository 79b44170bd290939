#pragma once

#include "export/plan.h"

G_BEGIN_DECLS

/**
 * barua_geary_prepare_online_account:
 * @plan: a plan
 * @request: what is set up
 * @home: whose
 * @id: the account's id in GNOME Online Accounts
 * @error: as barua_plan_read()
 *
 * Sees to it that Geary, which takes an account of GNOME Online Accounts over by itself,
 * does not save sent mail a second time. Does nothing where Geary is not here.
 *
 * Returns: whether it was planned, or is not needed
 */
gboolean barua_geary_prepare_online_account (BaruaPlan *plan,
                                             const BaruaExportRequest *request,
                                             const BaruaHome *home,
                                             const char *id,
                                             GError **error);

/**
 * barua_geary_has_own:
 * @home: whose
 * @address: whose account
 *
 * Returns: whether Geary has the account itself, and not from GNOME Online Accounts
 */
gboolean barua_geary_has_own (const BaruaHome *home, const char *address);

/**
 * barua_geary_audit:
 * @home: whose
 * @faults: (element-type BaruaFault): gets what is wrong
 *
 * See #BaruaExporter.
 */
void barua_geary_audit (const BaruaHome *home, GPtrArray *faults);

G_END_DECLS
