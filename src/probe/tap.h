#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BARUA_TAP_BYTES:
 *
 * How many of the first bytes a tap keeps.
 */
#define BARUA_TAP_BYTES 128

/**
 * BaruaTapSeen:
 * @BARUA_TAP_NOTHING: no byte came
 * @BARUA_TAP_HANDSHAKE: a TLS handshake message, as it should be
 * @BARUA_TAP_ALERT: a TLS alert: the peer speaks TLS and refuses
 * @BARUA_TAP_OTHER: something that is no TLS
 *
 * What the first bytes of a peer look like.
 */
typedef enum
{
  BARUA_TAP_NOTHING,
  BARUA_TAP_HANDSHAKE,
  BARUA_TAP_ALERT,
  BARUA_TAP_OTHER,
} BaruaTapSeen;

/**
 * BaruaTap:
 *
 * A stream around another one that keeps the first bytes read, and how reading ended.
 * GIO gives one error for a port that speaks no TLS, for one that hangs up and for one
 * that resets; what came on the wire tells them apart.
 */
#define BARUA_TYPE_TAP (barua_tap_get_type ())
G_DECLARE_FINAL_TYPE (BaruaTap, barua_tap, BARUA, TAP, GIOStream)

/**
 * barua_tap_new:
 * @base: a stream whose two sides can be polled; closed with the tap
 *
 * Returns: (transfer full): a tap that has seen nothing
 */
BaruaTap *barua_tap_new (GIOStream *base);

/**
 * barua_tap_get_seen:
 * @self: a tap nobody reads from at the moment
 *
 * Returns: what the first bytes look like
 */
BaruaTapSeen barua_tap_get_seen (BaruaTap *self);

/**
 * barua_tap_get_alert:
 * @self: a tap nobody reads from at the moment
 *
 * Returns: the description of the alert (RFC 8446, 6) that came first, else -1
 */
int barua_tap_get_alert (BaruaTap *self);

/**
 * barua_tap_dup_text:
 * @self: a tap nobody reads from at the moment
 *
 * Takes in what has come meanwhile, without waiting.
 *
 * Returns: (transfer full): the first bytes up to the end of the line; printable
 */
char *barua_tap_dup_text (BaruaTap *self);

/**
 * barua_tap_has_ended:
 * @self: a tap nobody reads from at the moment
 * @reset: (out): whether the peer reset the connection, and did not just close it;
 *   untouched when %FALSE is returned
 *
 * Returns: whether the peer ended the connection
 */
gboolean barua_tap_has_ended (BaruaTap *self, gboolean *reset);

G_END_DECLS
