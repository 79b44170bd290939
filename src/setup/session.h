#pragma once

#include "account/account.h"
#include "account/address.h"
#include "account/login.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaSession:
 * @account: (nullable): what is remembered of the address; %NULL if it was never set up
 * @login: (nullable): what to sign in with; %NULL if there is nothing
 * @trouble: (nullable): a word of the causes' vocabulary, constant: why there is no
 * @login though there is an account
 * @error: (nullable): the same for logs and messages; also set when the reason is the
 * network, for which a check finds the cause by itself
 *
 * What an address is signed in to with, as it is kept on this machine.
 */
typedef struct
{
  BaruaAccount *account;
  BaruaLogin *login;
  const char *trouble;
  GError *error;
} BaruaSession;

/**
 * barua_session_open_async:
 * @address: whose
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Looks up what is remembered of an address, and takes its app password or a valid token
 * out of where it is kept. A locked keyring asks the person.
 */
void barua_session_open_async (BaruaAddress *address,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_session_open_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): what there is
 */
BaruaSession *barua_session_open_finish (GAsyncResult *result, GError **error);

/**
 * barua_session_note_check:
 * @self: a session
 * @cause: what a check of it came to: a word of the causes' vocabulary
 *
 * Remembers when the account was last checked and what came out; silently, since a check
 * is worth something without it.
 */
void barua_session_note_check (const BaruaSession *self, const char *cause);

/**
 * barua_session_free:
 * @self: (nullable) (transfer full): a session; its secret is wiped with the last
 * reference
 */
void barua_session_free (BaruaSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaSession, barua_session_free)

G_END_DECLS
