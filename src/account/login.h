#pragma once

#include "base/secret.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BaruaMechanism:
 * @BARUA_MECHANISM_PASSWORD: any that sends a password: PLAIN (RFC 4616) where offered,
 *   else LOGIN or the protocol's own command
 * @BARUA_MECHANISM_TOKEN: any that sends an access token: XOAUTH2 where offered (Google's
 *   page "OAuth 2.0 Mechanism"), else OAUTHBEARER
 * @BARUA_MECHANISM_PLAIN: PLAIN alone
 * @BARUA_MECHANISM_LOGIN: LOGIN alone; for IMAP the LOGIN command, for POP USER and PASS
 * @BARUA_MECHANISM_XOAUTH2: XOAUTH2 alone
 * @BARUA_MECHANISM_OAUTHBEARER: OAUTHBEARER alone (RFC 7628)
 *
 * How to sign in. One attempt is made with one mechanism: there is no second one with
 * the same secret when the server refuses.
 */
typedef enum
{
  BARUA_MECHANISM_PASSWORD,
  BARUA_MECHANISM_TOKEN,
  BARUA_MECHANISM_PLAIN,
  BARUA_MECHANISM_LOGIN,
  BARUA_MECHANISM_XOAUTH2,
  BARUA_MECHANISM_OAUTHBEARER,
} BaruaMechanism;

/**
 * BaruaLogin:
 *
 * Whom to sign in as, and with what. Immutable; the secret is wiped with the last
 * reference.
 */
typedef struct _BaruaLogin BaruaLogin;

#define BARUA_TYPE_LOGIN (barua_login_get_type ())
GType barua_login_get_type (void);

/**
 * barua_login_new:
 * @mechanism: how
 * @user: the name, a whole address; free of control characters
 * @secret: the password or access token
 *
 * Returns: (transfer full): a login
 */
BaruaLogin *
barua_login_new (BaruaMechanism mechanism, const char *user, BaruaSecret *secret);

/**
 * barua_login_ref:
 * @self: a login
 *
 * Returns: (transfer full): @self
 */
BaruaLogin *barua_login_ref (BaruaLogin *self);

/**
 * barua_login_unref:
 * @self: (transfer full): a login
 */
void barua_login_unref (BaruaLogin *self);

/**
 * barua_login_get_mechanism:
 * @self: a login
 *
 * Returns: how to sign in
 */
BaruaMechanism barua_login_get_mechanism (const BaruaLogin *self);

/**
 * barua_login_get_user:
 * @self: a login
 *
 * Returns: the name to sign in as
 */
const char *barua_login_get_user (const BaruaLogin *self);

/**
 * barua_login_get_secret:
 * @self: a login
 *
 * Returns: (transfer none): the password or token
 */
BaruaSecret *barua_login_get_secret (const BaruaLogin *self);

/**
 * barua_login_is_sendable:
 * @self: a login
 *
 * Returns: whether neither the name nor the secret holds CR, LF, NUL or 0x01, which could
 *   end a command or a field of a SASL message early
 */
gboolean barua_login_is_sendable (const BaruaLogin *self);

/**
 * barua_login_uses_token:
 * @self: a login
 *
 * Returns: whether the secret is an access token and no password
 */
gboolean barua_login_uses_token (const BaruaLogin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaLogin, barua_login_unref)

G_END_DECLS
