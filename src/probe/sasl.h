#pragma once

#include "account/login.h"
#include "account/service.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaSasl:
 *
 * The client's side of one attempt to sign in with a SASL mechanism (RFC 4422). Pure.
 */
typedef struct _BaruaSasl BaruaSasl;

/**
 * barua_sasl_choose:
 * @wanted: what the login asks for
 * @offered: (array zero-terminated=1): what the server offers inside TLS: a mechanism is
 *   "AUTH=PLAIN" there, whatever the protocol
 *
 * Compares whole words, letter case aside: "PLAIN-CLIENTTOKEN" is not "PLAIN".
 *
 * Returns: (nullable): the mechanism's name, constant: "PLAIN", "LOGIN", "XOAUTH2" or
 *   "OAUTHBEARER"; %NULL when nothing suitable is offered
 */
const char *barua_sasl_choose (BaruaMechanism wanted, const char *const *offered);

/**
 * barua_sasl_new:
 * @name: a mechanism, from barua_sasl_choose()
 * @login: whom to sign in as
 * @service: where; OAUTHBEARER names its host and port (RFC 7628, 3.1)
 *
 * Returns: (transfer full): an attempt that has not begun
 */
BaruaSasl *
barua_sasl_new (const char *name, BaruaLogin *login, const BaruaService *service);

/**
 * barua_sasl_free:
 * @self: (transfer full): an attempt
 */
void barua_sasl_free (BaruaSasl *self);

/**
 * barua_sasl_get_name:
 * @self: an attempt
 *
 * Returns: the mechanism's name, constant
 */
const char *barua_sasl_get_name (const BaruaSasl *self);

/**
 * barua_sasl_dup_initial:
 * @self: an attempt
 * @room: the most characters that the command has room for
 *
 * To be asked for once: the mechanism begins with it (RFC 4422, 3.3). What has no room
 * there is the answer to an empty challenge.
 *
 * Returns: (transfer full) (nullable): the initial response in base64, to be freed with
 *   barua_secret_free_text(); %NULL when it is longer than @room, and for LOGIN, which
 *   has none
 */
char *barua_sasl_dup_initial (BaruaSasl *self, gsize room);

/**
 * barua_sasl_answer:
 * @self: an attempt
 * @challenge: what the server sent, in base64 if it keeps to the rules
 *
 * Answers a challenge. The refusal that XOAUTH2 and OAUTHBEARER send as a challenge is
 * answered with an empty line and with 0x01 (Google's page "OAuth 2.0 Mechanism"; RFC
 * 7628, 3.2.3); anything that is not expected cancels the attempt.
 *
 * Returns: (transfer full): the line to send, without its end; "*" when the attempt is
 *   cancelled (RFC 4954, 4; RFC 9051, 6.2.2; RFC 5034, 4). Free with
 *   barua_secret_free_text()
 */
char *barua_sasl_answer (BaruaSasl *self, const char *challenge);

/**
 * barua_sasl_is_cancelled:
 * @self: an attempt
 *
 * Returns: whether "*" was answered: whatever the server says then is no success
 */
gboolean barua_sasl_is_cancelled (const BaruaSasl *self);

/**
 * barua_sasl_is_exhausted:
 * @self: an attempt
 *
 * Returns: whether no further challenge is to be answered, not even with "*"
 */
gboolean barua_sasl_is_exhausted (const BaruaSasl *self);

/**
 * barua_sasl_get_refusal:
 * @self: an attempt
 *
 * Returns: (nullable): what the challenge said with which the server refused a token,
 *   decoded; as it came, perhaps not UTF-8
 */
const char *barua_sasl_get_refusal (const BaruaSasl *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaSasl, barua_sasl_free)

G_END_DECLS
