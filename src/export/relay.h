#pragma once

#include "export/plan.h"

G_BEGIN_DECLS

/**
 * BaruaRelay:
 * @name: the mail server's name: "Postfix"
 * @script: what the script that sets it up is called: "set-up-postfix.sh"
 * @packages: (nullable): what has to be installed first, divided by blanks
 * @body: what the script does once it has the password in $secret: lines of a POSIX
 *   shell
 *
 * A mail server of this computer that hands mail on to Gmail.
 */
typedef struct
{
  const char *name;
  const char *script;
  const char *packages;
  const char *body;
} BaruaRelay;

/**
 * barua_relay_plan:
 * @self: a mail server
 * @request: what to set up
 * @home: where it is saved
 * @plan: gets the script, the command that runs it, and what to know about it
 *
 * Plans a script that has to be run as root. It reads the app password from its standard
 * input, so that the password is in no argument, in no environment and in no file but the
 * mail server's own, which only root and the mail server can read.
 */
void barua_relay_plan (const BaruaRelay *self,
                       const BaruaExportRequest *request,
                       const BaruaHome *home,
                       BaruaPlan *plan);

G_END_DECLS
