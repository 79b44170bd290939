#pragma once

#include "export/plan.h"

G_BEGIN_DECLS

/**
 * barua_msmtp_plan:
 * @request: what to set up
 * @home: where
 * @plan: gets the change of msmtp's settings, if one is needed, and what is to be said
 * @error: %BARUA_EXPORT_ERROR, %G_FILE_ERROR
 *
 * Plans an account of msmtp that sends for the request's address: for msmtp itself, and
 * for each mail program that sends through it. An account that sends for the address
 * already is brought up to date. It becomes msmtp's default only where there is none.
 * Notes that msmtp is to be installed where it is not here.
 *
 * Returns: (transfer full) (nullable): the account's name, "gmail-zoe": what "-a" takes;
 *   letters, digits and dashes but where the person named it; %NULL with @error set
 */
char *barua_msmtp_plan (const BaruaExportRequest *request,
                        const BaruaHome *home,
                        BaruaPlan *plan,
                        GError **error);

/**
 * barua_msmtp_dup_command:
 * @home: where
 * @account: an account's name, as barua_msmtp_plan() gave it
 *
 * Returns: (transfer full): the command line that sends with that account, without what
 *   says to whom ("-t", or addresses): "/usr/bin/msmtp -a gmail-zoe"; quoted for a shell
 */
char *barua_msmtp_dup_command (const BaruaHome *home, const char *account);

/**
 * barua_msmtp_dup_path:
 * @home: where
 *
 * Returns: (transfer full): the file that msmtp reads, or would
 */
char *barua_msmtp_dup_path (const BaruaHome *home);

/**
 * barua_msmtp_audit:
 * @home: where
 * @faults: (element-type BaruaFault): gets what is wrong in what is set up for Gmail
 */
void barua_msmtp_audit (const BaruaHome *home, GPtrArray *faults);

G_END_DECLS
