#pragma once

#include "export/formats/words.h"

G_BEGIN_DECLS

/**
 * BaruaMsmtpAccount:
 * @name: what it is called; %NULL for a block of defaults
 * @bases: (array zero-terminated=1): the accounts whose settings it takes over
 * @first: the index, in the file's words, of its first setting
 * @end: that of the first word behind it; @first for an account without settings
 * @after: where in the text a further setting is put
 *
 * One block of msmtp's settings.
 */
typedef struct
{
  char *name;
  char **bases;
  guint first;
  guint end;
  gsize after;
} BaruaMsmtpAccount;

/**
 * BaruaMsmtpFile:
 * @words: (element-type BaruaWord): its lines
 * @accounts: (element-type BaruaMsmtpAccount): its blocks, in order
 *
 * msmtp's settings, msmtp(1).
 */
typedef struct
{
  GPtrArray *words;
  GPtrArray *accounts;
} BaruaMsmtpFile;

/**
 * barua_msmtp_file_new:
 * @text: (nullable): what the file holds
 * @length: how many bytes
 *
 * Returns: (transfer full): the file
 */
BaruaMsmtpFile *barua_msmtp_file_new (const char *text, gsize length);

/**
 * barua_msmtp_file_free:
 * @self: (transfer full): a file
 */
void barua_msmtp_file_free (BaruaMsmtpFile *self);

/**
 * barua_msmtp_file_find:
 * @self: a file
 * @name: an account's name
 *
 * Returns: (transfer none) (nullable): the account
 */
const BaruaMsmtpAccount *barua_msmtp_file_find (const BaruaMsmtpFile *self,
                                                const char *name);

/**
 * barua_msmtp_file_find_login:
 * @self: a file
 * @address: an address
 *
 * Returns: (transfer none) (nullable): the first account that sends at Google as @address
 */
const BaruaMsmtpAccount *barua_msmtp_file_find_login (const BaruaMsmtpFile *self,
                                                      const char *address);

/**
 * barua_msmtp_file_look_up:
 * @self: a file
 * @account: an account of it
 * @name: a setting
 * @own: (out) (optional): whether it stands in the account itself
 *
 * Looks in the account, then in those it takes over, then in the defaults above it.
 *
 * Returns: (transfer none) (nullable): the line that holds
 */
const BaruaWord *barua_msmtp_file_look_up (const BaruaMsmtpFile *self,
                                           const BaruaMsmtpAccount *account,
                                           const char *name,
                                           gboolean *own);

/**
 * barua_msmtp_is_on:
 * @word: (nullable): a line with "on" or "off"; %NULL if there is none
 * @usual: what holds where there is none
 *
 * Returns: whether it is switched on
 */
gboolean barua_msmtp_is_on (const BaruaWord *word, gboolean usual);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaMsmtpFile, barua_msmtp_file_free)

G_END_DECLS
