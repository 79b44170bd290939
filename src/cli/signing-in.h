#pragma once

#include "account/account.h"
#include "account/address.h"
#include "account/login.h"
#include "cli/commands.h"
#include "setup/keep.h"

G_BEGIN_DECLS

/**
 * BaruaSigningIn:
 * @arguments: what was said
 * @output: where to answer
 * @waiter: what it is waited with
 * @address: who signs in
 * @account: what will be remembered
 *
 * A "barua sign-in" under way.
 */
typedef struct
{
  const BaruaArguments *arguments;
  BaruaOutput *output;
  BaruaWaiter *waiter;
  BaruaAddress *address;
  BaruaAccount *account;
} BaruaSigningIn;

/**
 * barua_signing_in_with_password:
 * @self: a sign-in
 *
 * Has an app password typed, proves it, and keeps it.
 *
 * Returns: the exit status
 */
int barua_signing_in_with_password (BaruaSigningIn *self);

/**
 * barua_signing_in_in_browser:
 * @self: a sign-in
 *
 * Has the person consent in the browser, proves what came of it, and keeps it.
 *
 * Returns: the exit status
 */
int barua_signing_in_in_browser (BaruaSigningIn *self);

/**
 * barua_signing_in_online:
 * @self: a sign-in
 *
 * Takes the account of the desktop's, and proves that it is good for mail.
 *
 * Returns: the exit status
 */
int barua_signing_in_online (BaruaSigningIn *self);

/**
 * barua_signing_in_has_keyring:
 * @self: a sign-in
 * @status: (out): the exit status if there is none
 *
 * Looks for a keyring that can keep the secret, before the person is asked for anything
 * and Google grants anything. Says what is wrong if there is none.
 *
 * Returns: whether to go on
 */
gboolean barua_signing_in_has_keyring (BaruaSigningIn *self, int *status);

/**
 * barua_signing_in_prove_and_keep:
 * @self: a sign-in
 * @login: what to prove
 * @keep: what to keep then
 *
 * Signs in to all servers. Keeps what one of them takes, nothing that is refused; what no
 * server could be asked about only if Google vouches for it, or the person wants it kept.
 *
 * Returns: the exit status
 */
int barua_signing_in_prove_and_keep (BaruaSigningIn *self,
                                     BaruaLogin *login,
                                     const BaruaKeep *keep);

/**
 * barua_signing_in_refuse:
 * @self: a sign-in
 * @cause_id: a word of the causes' vocabulary
 * @sure: from 0 to 1
 *
 * Answers that nothing was kept, and why.
 *
 * Returns: the exit status
 */
int barua_signing_in_refuse (BaruaSigningIn *self, const char *cause_id, double sure);

/**
 * barua_signing_in_say:
 * @text: lines for the person, ended by line feeds; nothing that is the answer
 *
 * Tells the person something on standard error while it goes on.
 */
void barua_signing_in_say (const char *text);

G_END_DECLS
