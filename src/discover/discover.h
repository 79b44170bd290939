#pragma once

#include "account/address.h"
#include "account/service.h"
#include "discover/mx.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaDiscovery:
 * @kind: who keeps the mail of the address
 * @provider: (nullable): the provider whose endpoints serve it: Gmail for
 *   %BARUA_HOST_GMAIL, %BARUA_HOST_WORKSPACE and %BARUA_HOST_UNKNOWN, %NULL for
 *   %BARUA_HOST_OTHER
 * @mx: (nullable): what the mail exchangers said, if they were asked and there was an
 *   answer. A domain without any, but with an address, takes its mail itself (RFC 5321,
 *   5.1): then @mx names the domain as the host
 * @error: (nullable): why they could not be asked: a %G_RESOLVER_ERROR, or
 *   %G_IO_ERROR_TIMED_OUT; @kind is then %BARUA_HOST_UNKNOWN. With
 *   %G_RESOLVER_ERROR_NOT_FOUND they could, and there is no such domain, or nothing in it
 *   that takes mail; @kind is then %BARUA_HOST_OTHER
 * @suggestion: (nullable): the domain that was most likely meant, for a slip; constant
 *
 * What is known about where the mail of an address is kept.
 */
typedef struct
{
  BaruaHostKind kind;
  const BaruaProvider *provider;
  BaruaMxAnswer *mx;
  GError *error;
  const char *suggestion;
} BaruaDiscovery;

/**
 * barua_discover_async:
 * @address: whose mail
 * @timeout_ms: how long the names may take to be looked up
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Finds out who keeps the mail of @address. gmail.com and googlemail.com are known; for
 * any other domain its mail exchangers (MX) are looked up with the default GResolver.
 * Nothing is fetched, and no host named in an answer is ever contacted. Where a domain
 * has no record and gmail.com neither, the fault is the network's: the kind is then
 * unknown.
 */
void barua_discover_async (BaruaAddress *address,
                           guint timeout_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * barua_discover_finish:
 * @result: what @callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): what was found; free with barua_discovery_free()
 */
BaruaDiscovery *barua_discover_finish (GAsyncResult *result, GError **error);

/**
 * barua_discovery_free:
 * @self: (transfer full): a discovery
 */
void barua_discovery_free (BaruaDiscovery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaDiscovery, barua_discovery_free)

G_END_DECLS
