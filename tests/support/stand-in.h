#pragma once

#include <gio/gio.h>
#include <stdio.h>

G_BEGIN_DECLS

/*
 * The stand-in is a small Gmail: SMTP on 465 and 587, IMAP on 993, POP on 995, and the
 * few web pages of Google's that a mail program asks for. It behaves as Gmail does until
 * it is bent: "993:certificate=expired" is a bend, of the switch "certificate" on port
 * 993.
 */

/**
 * StandIn:
 * @certificates: what make-certificates made
 * @bends: (element-type utf8 utf8): "993:certificate" to "expired"
 * @log: where each round trip is written down; never with a secret in it
 * @lock: guards everything below, and @log
 * @start: monotonic time at which it began, in microseconds
 * @connections: how many there were
 * @passwords: (element-type utf8 utf8): "app-password" and the other secrets
 * @tokens: (element-type utf8 StandInToken): access tokens
 * @grants: (element-type utf8 StandInGrant): codes and refresh tokens
 * @messages: (element-type GBytes): what lies in the inbox
 * @forms: (element-type utf8): how a secret looks on the wire; none may come in clear
 */
typedef struct
{
  char *certificates;
  GHashTable *bends;
  FILE *log;
  GMutex lock;
  gint64 start;
  guint connections;
  GHashTable *passwords;
  GHashTable *tokens;
  GHashTable *grants;
  GPtrArray *messages;
  GPtrArray *forms;
} StandIn;

/**
 * StandInToken:
 * @scope: what it is good for
 * @user: whose it is
 * @expires: monotonic time, in microseconds
 */
typedef struct
{
  char *scope;
  char *user;
  gint64 expires;
} StandInToken;

/**
 * StandInPort:
 * @number: the TCP port
 * @protocol: "smtp", "imap" or "pop"
 * @implicit: whether TLS comes first
 */
typedef struct
{
  guint16 number;
  const char *protocol;
  gboolean implicit;
} StandInPort;

/**
 * StandInRefusal:
 * @name: what a bend calls it
 * @smtp: (nullable): its lines, "\n" between them, without a session's mark
 * @imap: (nullable): what comes after the tag
 * @pop: (nullable): one line
 * @late: POP says so only when the mailbox is looked at
 *
 * One way in which Gmail turns somebody away.
 */
typedef struct
{
  const char *name;
  const char *smtp;
  const char *imap;
  const char *pop;
  gboolean late;
} StandInRefusal;

/**
 * Wire:
 *
 * One connection, with the faults that it is to have.
 */
typedef struct
{
  StandIn *stand_in;
  const StandInPort *port;
  GSocketConnection *connection;
  GIOStream *stream;
  GString *unread;
  char *peer;
  guint number;
  guint replies;
  char asked[16];
  gboolean secure;
  gboolean dead;
} Wire;

/* stand-in.c */

const char *stand_in_bend (StandIn *self, const char *place, const char *what);
const char *stand_in_secret (StandIn *self, const char *name);
GTlsCertificate *stand_in_certificate (StandIn *self, const char *name);
void stand_in_note (StandIn *self, const char *who, const char *event, const char *text);
void stand_in_keep_token (
  StandIn *self, const char *token, const char *user, const char *scope, int seconds);
void stand_in_drop_token (StandIn *self, const char *token);

/* stand-in-wire.c */

/* The value of a switch of this connection's port, protocol, or of all; NULL if unbent.
 */
const char *wire_bend (Wire *self, const char *what);
gboolean wire_is_bent (Wire *self, const char *what, const char *value);
gboolean wire_shake_hands (Wire *self);
/* The same, with the certificate of that name; NULL for the one of the bend. */
gboolean wire_shake_hands_as (Wire *self, const char *name);
/* Sends one whole reply: lines without their ends, "\n" between them. */
void wire_reply (Wire *self, const char *text);
void wire_replyf (Wire *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Sends bytes as they are, counts no reply. */
void wire_send (Wire *self, const char *bytes, gsize length);
/* One line without its end; NULL when the peer is gone. It may hold a secret. */
char *wire_read (Wire *self);
char *wire_read_bytes (Wire *self, gsize length);
/* Writes down that something was asked: a verb, never an argument. */
void wire_note (Wire *self, const char *event, const char *text);
void wire_note_command (Wire *self, const char *verb);
void wire_reset (Wire *self);
/* Bytes as they come; writes down if there is a secret in them, in the clear. */
gssize wire_hear (Wire *self, char *bytes, gsize size);
/* Bytes as they are, at once; returns whether somebody took them. */
gboolean wire_write (Wire *self, const char *bytes, gsize length);
/* Says nothing more until the peer has gone. */
void wire_hang (Wire *self);

/* stand-in-spoil.c */

/* Does something else in place of the reply @text if it is bent to; returns whether. */
gboolean wire_spoil (Wire *self, const char *text);
/* The same in place of a handshake. */
gboolean wire_spoil_handshake (Wire *self);

/* stand-in-smtp.c, stand-in-imap.c, stand-in-pop.c: a whole conversation */

void serve_smtp (Wire *wire);
void serve_imap (Wire *wire);
void serve_pop (Wire *wire);

/* stand-in-play.c: the conversation of a dialogue file; see dialogue.h */

void serve_dialogue (Wire *wire, const char *path);

/* stand-in-sasl.c */

/**
 * SaslResult:
 * @refusal: (nullable): why not; %NULL for welcome
 * @cancelled: the client gave up
 * @malformed: what came is no message of the mechanism
 */
typedef struct
{
  const StandInRefusal *refusal;
  gboolean cancelled;
  gboolean malformed;
} SaslResult;

gboolean sasl_offers (Wire *wire, const char *mechanism);
/* @initial: what came with the command, "=" for empty, or NULL; @prompt: "334 " or "+ "
 */
SaslResult
sasl_run (Wire *wire, const char *mechanism, const char *initial, const char *prompt);
const StandInRefusal *sasl_judge (Wire *wire, const char *user, const char *password);
const char *sasl_mechanisms (Wire *wire);

/* stand-in-refusals.c */

const StandInRefusal *refusal_find (const char *name);
void refusals_list (void);

/* stand-in-web.c, stand-in-oauth.c */

void web_serve (StandIn *self, gboolean secure);
/* Returns whether @path is one of the sign-in's, and was answered. */
gboolean
oauth_answer (StandIn *self, gpointer message, const char *path, GHashTable *query);
void oauth_start (StandIn *self);

G_END_DECLS
