#pragma once

#include "export/home.h"
#include "export/request.h"

G_BEGIN_DECLS

/**
 * barua_fetcher_is_login:
 * @host: (nullable): the server that a program is set to
 * @user: (nullable): the user name that it is set to, with or without its domain
 * @address: an address
 *
 * Returns: whether that is the mailbox of @address: at a server of Google's, or with the
 *   whole address as user name where no server is named
 */
gboolean
barua_fetcher_is_login (const char *host, const char *user, const char *address);

/**
 * barua_fetcher_find_authorities:
 * @home: whose machine
 *
 * Returns: (transfer full) (nullable): the file with all authorities that the system
 *   trusts, as files that are written call it; %NULL if it is not where it usually is
 */
char *barua_fetcher_find_authorities (const BaruaHome *home);

/**
 * barua_fetcher_has_plugin:
 * @home: whose machine
 * @word: a part of its name: "xoauth2"
 *
 * Returns: whether there is a plugin of that name for the library SASL
 */
gboolean barua_fetcher_has_plugin (const BaruaHome *home, const char *word);

/**
 * barua_fetcher_list_views:
 * @request: what to set up
 *
 * Returns: (transfer full) (array zero-terminated=1): the folders that show messages of
 *   other folders once more, as the server wrote them: all mail, starred, important
 */
char **barua_fetcher_list_views (const BaruaExportRequest *request);

/**
 * barua_fetcher_quote_python:
 * @text: any text
 *
 * Returns: (transfer full): @text as a string of Python, on one line
 */
char *barua_fetcher_quote_python (const char *text);

/**
 * barua_fetcher_double:
 * @text: (transfer full): any text
 * @mark: a character
 *
 * Returns: (transfer full): @text with each @mark written twice
 */
char *barua_fetcher_double (char *text, char mark);

G_END_DECLS
