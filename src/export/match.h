#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_match_host:
 * @host: (nullable): a server's name as a mail program has it
 *
 * Returns: whether it is one of Google's, right or wrong: "imap.googlemail.com",
 *   "smtp.google.com"
 */
gboolean barua_match_host (const char *host);

/**
 * barua_match_server:
 * @host: (nullable): a server's name as a mail program has it
 * @wanted: one of Gmail's: "imap.gmail.com"
 *
 * Returns: whether @host is that server, be it by its other name: "imap.googlemail.com"
 */
gboolean barua_match_server (const char *host, const char *wanted);

/**
 * barua_match_login:
 * @host: (nullable): the server that a mail program is set to
 * @user: (nullable): the user name that it is set to, with or without its domain
 * @address: an address
 *
 * Returns: whether that is the mailbox of @address at Google. For gmail.com dots, letter
 *   case and tags make no difference
 */
gboolean barua_match_login (const char *host, const char *user, const char *address);

G_END_DECLS
