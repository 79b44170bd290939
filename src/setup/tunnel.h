#pragma once

#include "account/address.h"
#include "account/login.h"
#include "account/service.h"
#include "diagnose/verdict.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaTunnel:
 * @stream: (nullable): the connection inside TLS, signed in; %NULL if it did not come to
 *   that
 * @greeting: what a client is greeted with, with its line end: "* PREAUTH [CAPABILITY …]"
 *   (RFC 9051, 7.1.4), or "* BYE …" (7.1.5) where there is no @stream; English and ASCII
 * @verdict: (nullable): what is wrong where there is no @stream
 *
 * A mailbox that is open, or why it is not.
 */
typedef struct
{
  GIOStream *stream;
  char *greeting;
  BaruaVerdict *verdict;
} BaruaTunnel;

/**
 * BaruaTunnelSetup:
 * @service: where to: IMAP
 * @login: whom to sign in as
 * @trust: (nullable): the authorities to trust; %NULL for the system's
 */
typedef struct
{
  const BaruaService *service;
  BaruaLogin *login;
  GTlsDatabase *trust;
} BaruaTunnelSetup;

/**
 * barua_tunnel_open_async:
 * @setup: how; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Connects to a server with the checks of TLS that a probe makes, and signs in.
 */
void barua_tunnel_open_async (const BaruaTunnelSetup *setup,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * barua_tunnel_open_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): the mailbox, open or not
 */
BaruaTunnel *barua_tunnel_open_finish (GAsyncResult *result, GError **error);

/**
 * barua_tunnel_open_account_async:
 * @address: whose
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * The same with Gmail's IMAP, and with what is kept on this machine for an address.
 */
void barua_tunnel_open_account_async (BaruaAddress *address,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/**
 * barua_tunnel_open_account_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, %BARUA_CREDENTIALS_ERROR, %BARUA_OAUTH_ERROR,
 *   %BARUA_TOKEN_ERROR, GIO's: there is nothing to sign in with
 *
 * Returns: (transfer full) (nullable): the mailbox, open or not
 */
BaruaTunnel *barua_tunnel_open_account_finish (GAsyncResult *result, GError **error);

/**
 * barua_tunnel_free:
 * @self: (transfer full): a tunnel; the connection is dropped with its last reference
 */
void barua_tunnel_free (BaruaTunnel *self);

/**
 * barua_tunnel_dup_farewell:
 * @id: a stable word for why a mailbox could not be opened, as barua_trouble_get_id()
 *   gives it
 *
 * Returns: (transfer full): what a client is told instead of a greeting: "* BYE …", with
 *   its line end; ASCII
 */
char *barua_tunnel_dup_farewell (const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaTunnel, barua_tunnel_free)

G_END_DECLS
