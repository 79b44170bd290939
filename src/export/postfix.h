#pragma once

#include "export/exporter.h"
#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BARUA_POSTFIX_MAIN:
 *
 * Where Postfix has its settings, below the system's root.
 */
#define BARUA_POSTFIX_MAIN "etc/postfix/main.cf"

/**
 * BARUA_POSTFIX_MAPS:
 *
 * Where Postfix finds the password, as it is handed over.
 */
#define BARUA_POSTFIX_MAPS "texthash:/etc/postfix/gmail_passwd"

/**
 * BARUA_POSTFIX_STYLE:
 *
 * How main.cf is written (postconf(5)): the last line of a name counts, and indented
 * lines go on with the one before. All of it stands before any group.
 */
extern const BaruaKeyFileStyle BARUA_POSTFIX_STYLE;

/**
 * barua_postfix_dup:
 * @file: main.cf
 * @name: a setting
 *
 * Returns: (transfer full) (nullable): what it is, on one line
 */
char *barua_postfix_dup (const BaruaKeyFile *file, const char *name);

/**
 * barua_postfix_dup_host:
 * @relay: what "relayhost" is: "[smtp.gmail.com]:465"
 *
 * Returns: (transfer full): the server's name
 */
char *barua_postfix_dup_host (const char *relay);

/**
 * barua_postfix_audit:
 * @home: whose machine
 * @faults: (element-type BaruaFault): gets what is set wrongly for Gmail
 *
 * Looks at how this computer's mail is handed on to Gmail, if it is. What only root can
 * mend is told with the command that does.
 */
void barua_postfix_audit (const BaruaHome *home, GPtrArray *faults);

G_END_DECLS
