#pragma once

#include "export/plan.h"

G_BEGIN_DECLS

/**
 * barua_fetcher_write:
 * @plan: a plan
 * @path: the program's file
 * @text: (array length=length): what it will hold
 * @length: how many bytes
 * @request: what to set up
 * @program: the program's name
 *
 * Plans to write the settings. A new file is for the person alone; nothing in it is
 * secret, so that the mode of one that is there can stay.
 */
void barua_fetcher_write (BaruaPlan *plan,
                          const char *path,
                          const char *text,
                          gsize length,
                          const BaruaExportRequest *request,
                          const char *program);

/**
 * barua_fetcher_ask:
 * @plan: a plan
 * @program: the program's name
 *
 * Adds the question for the password.
 */
void barua_fetcher_ask (BaruaPlan *plan, const char *program);

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
 * @raw: whether as the server wrote them, in modified UTF-7; else as people read them
 *
 * Returns: (transfer full) (array zero-terminated=1): the folders that show messages of
 *   other folders once more: all mail, starred, important
 */
char **barua_fetcher_list_views (const BaruaExportRequest *request, gboolean raw);

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
