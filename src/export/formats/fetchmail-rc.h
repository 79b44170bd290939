#pragma once

#include "export/formats/edits.h"
#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BaruaFetchmailToken:
 * @text: the word or the string, without quotes and escapes
 * @is_string: whether it stands in quotes, and so is no word of the language
 * @span: where it stands, quotes and all
 *
 * One word of fetchmail's configuration (fetchmail(1), "The Run Control File").
 */
typedef struct
{
  char *text;
  gboolean is_string;
  BaruaSpan span;
} BaruaFetchmailToken;

/**
 * BaruaFetchmailEntry:
 * @first: its first word, "poll", "skip" or "defaults", among the file's tokens
 * @user: the word "user" that ends what is about the server; @end if there is none
 * @end: where the next entry begins
 * @users: how many users it has
 *
 * One server with its users.
 */
typedef struct
{
  guint first;
  guint user;
  guint end;
  guint users;
} BaruaFetchmailEntry;

/**
 * BaruaFetchmailRc:
 * @tokens: (element-type BaruaFetchmailToken): all words, in order
 * @entries: (element-type BaruaFetchmailEntry): the servers, in order
 * @open: whether a quote never ends, so that fetchmail understands nothing
 *
 * The words of a file. Nothing is changed here: see #BaruaEdits.
 */
typedef struct
{
  GPtrArray *tokens;
  GPtrArray *entries;
  gboolean open;
} BaruaFetchmailRc;

/**
 * barua_fetchmail_rc_new:
 * @text: (nullable): any text
 * @length: how many bytes
 *
 * Returns: (transfer full): what it says
 */
BaruaFetchmailRc *barua_fetchmail_rc_new (const char *text, gsize length);

/**
 * barua_fetchmail_rc_free:
 * @self: (transfer full): a file
 */
void barua_fetchmail_rc_free (BaruaFetchmailRc *self);

/**
 * barua_fetchmail_rc_find:
 * @self: a file
 * @first: the token to begin with
 * @end: the token to end before
 * @names: (array zero-terminated=1): the ways to write one option
 *
 * Returns: the first token from @first on that is that option; @end if there is none
 */
guint barua_fetchmail_rc_find (const BaruaFetchmailRc *self,
                               guint first,
                               guint end,
                               const char *const *names);

/**
 * barua_fetchmail_rc_get:
 * @self: a file
 * @first: the token to begin with
 * @end: the token to end before
 * @names: (array zero-terminated=1): the ways to write one option
 *
 * Returns: (nullable): the value of that option
 */
const BaruaFetchmailToken *barua_fetchmail_rc_get (const BaruaFetchmailRc *self,
                                                   guint first,
                                                   guint end,
                                                   const char *const *names);

/**
 * barua_fetchmail_rc_get_host:
 * @self: a file
 * @entry: one of its servers
 *
 * Returns: (nullable): the server's name: what follows "via", else what it is called
 */
const BaruaFetchmailToken *barua_fetchmail_rc_get_host (const BaruaFetchmailRc *self,
                                                        const BaruaFetchmailEntry *entry);

/**
 * barua_fetchmail_rc_quote:
 * @text: any text
 *
 * Returns: (transfer full): @text as a string of fetchmail's
 */
char *barua_fetchmail_rc_quote (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaFetchmailRc, barua_fetchmail_rc_free)

G_END_DECLS
