#pragma once

#include "account/login.h"
#include "account/service.h"
#include "probe/engine.h"
#include "probe/evidence.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * A dialogue file is the script of one conversation, told from the server's side: what it
 * says, what it waits for, and what a probe that goes through it must have seen. The same
 * file is played to an engine in memory, to the probe over a real socket, and by a server
 * of its own for whole programs. UTF-8, one thing a line, in order:
 *
 *   # text                     a comment; empty lines are left out as well
 *
 * What the probe is told to do (once each, anywhere):
 *
 *   Service: smtp starttls     protocol and security; the host and port are Gmail's
 *   Login: MECHANISM USER SECRET
 *                              password, token, plain, login, xoauth2 or oauthbearer;
 *                              the secret goes to the end of the line. No such line: no
 *                              login
 *   Goal: rehearse             capabilities, sign-in, rehearse (if it is left out),
 * folders or test-message; see dialogue_get_errand()
 *
 * What the server does:
 *
 *   S: text                    sends a line; CR LF is added. Lines that follow one
 * another go out in one write RAW: text                  sends bytes, with nothing added
 *   TIMES n S: text            sends the same line n times
 *   FILL n c                   sends the character c n times, with nothing added
 *   SKIP: text                 takes lines of the client up to and with this one
 *   C: text                    waits for a line of the client and compares it. A "*" at
 *                              the end stands for anything: "C: EHLO *", "C: *". "$TAG"
 * at the start takes any one word and remembers it TLS [name]                 shakes
 * hands, with the certificate of that name. What is on TLS from the start has this line
 * first WAIT ms                    does nothing for so long DRIP ms from here on sends
 * one byte at a time, with so long between CLOSE                      closes the
 * connection in good order RESET                      drops it HANG is silent until the
 * client goes away (the end)                  waits for the client to go away, and takes
 * no line more
 *
 * In the text of S, RAW, C and Login: \r \n \t \0 \xHH \\ \$ \* \) are single bytes,
 * $USER and $SECRET what the login says, $TAG the word remembered, $B64(text) the base64
 * of the text in it: "C: AUTH PLAIN $B64(\0$USER\0$SECRET)". A blank at the end is
 * "\x20".
 *
 * What must have been seen in the end:
 *
 *   STEP stage outcome [code]  the steps, all of them, in order: "STEP sign-in refused
 *                              535"; resolve, connect and tls only where the file names
 *                              them. Outcomes: ok, refused, failed, timed-out, closed,
 *                              misbehaved, missing. No STEP line: nothing is compared
 *   WORDS text                 the words of the last step hold this
 *   CHALLENGE text             its challenge holds this
 *   DETAIL text                its detail holds this
 *   MECHANISM name             how it was signed in; "none" if it was not tried
 *   HAS word                   the capabilities hold this word
 *   LACKS word                 they do not
 *   FOLDER name                the folders hold this one
 *   FOUND name                 where the test message was found; "nowhere" if it was not
 *   MOVED name                 where to it was moved; "nowhere" if it was not
 *   HIDES text                 nothing in the evidence holds this, letter case aside. The
 *                              login's secret is looked for anyway
 */

/**
 * Dialogue:
 *
 * A dialogue that was read.
 */
typedef struct _Dialogue Dialogue;

/**
 * dialogue_load:
 * @path: a file
 * @error: of GFile, or G_FILE_ERROR_INVAL with the line that is no dialogue
 *
 * Returns: (transfer full) (nullable): the dialogue; %NULL with @error set
 */
Dialogue *dialogue_load (const char *path, GError **error);

/**
 * dialogue_parse:
 * @text: a whole dialogue
 * @name: what messages call it
 * @error: G_FILE_ERROR_INVAL with the line that is no dialogue
 *
 * Returns: (transfer full) (nullable): the dialogue; %NULL with @error set
 */
Dialogue *dialogue_parse (const char *text, const char *name, GError **error);

/**
 * dialogue_free:
 * @self: (transfer full): a dialogue
 */
void dialogue_free (Dialogue *self);

/**
 * dialogue_get_service:
 * @self: a dialogue
 *
 * Returns: (transfer none): protocol and security, with Gmail's host and port: copy it
 * and put others in to play it elsewhere
 */
const BaruaService *dialogue_get_service (const Dialogue *self);

/**
 * dialogue_get_login:
 * @self: a dialogue
 *
 * Returns: (transfer none) (nullable): whom to sign in as
 */
BaruaLogin *dialogue_get_login (const Dialogue *self);

/**
 * dialogue_get_goal:
 * @self: a dialogue
 *
 * Returns: how far the probe goes
 */
BaruaGoal dialogue_get_goal (const Dialogue *self);

/**
 * dialogue_get_errand:
 *
 * Returns: what the goal "test-message" is about: a message of four lines, of which one
 *   is a lone dot and one begins with two; its Message-ID is <letter@barua.invalid>; it
 *   is looked for three times
 */
const BaruaErrand *dialogue_get_errand (void);

/**
 * dialogue_check:
 * @self: a dialogue
 * @evidence: what was seen
 *
 * Ends the program with a message if @evidence is not what the dialogue says.
 */
void dialogue_check (const Dialogue *self, const BaruaEvidence *evidence);

/**
 * DialogueMoveKind:
 * @DIALOGUE_READ: read from the client, push what comes, and ask again
 * @DIALOGUE_SEND: send @bytes; one by one with @ms between where @ms is not 0
 * @DIALOGUE_TLS: shake hands with the certificate @name
 * @DIALOGUE_WAIT: do nothing for @ms
 * @DIALOGUE_CLOSE: close in good order, and stop
 * @DIALOGUE_RESET: drop the connection, and stop
 * @DIALOGUE_HANG: read until the client goes away, and stop
 * @DIALOGUE_END: the script is over; read until the client goes away. Anything that comes
 *   is wrong: push it and ask again
 * @DIALOGUE_WRONG: the client did not keep to it: see @name; stop
 */
typedef enum
{
  DIALOGUE_READ,
  DIALOGUE_SEND,
  DIALOGUE_TLS,
  DIALOGUE_WAIT,
  DIALOGUE_CLOSE,
  DIALOGUE_RESET,
  DIALOGUE_HANG,
  DIALOGUE_END,
  DIALOGUE_WRONG,
} DialogueMoveKind;

/**
 * DialogueMove:
 * @kind: what to do
 * @bytes: (array length=length): what to send
 * @length: how many bytes
 * @ms: how long
 * @name: (nullable): the certificate, or what went wrong
 *
 * What the server does next. Valid until the player is asked again.
 */
typedef struct
{
  DialogueMoveKind kind;
  const char *bytes;
  gsize length;
  guint ms;
  const char *name;
} DialogueMove;

/**
 * DialoguePlayer:
 *
 * The server's side of a dialogue, without I/O.
 */
typedef struct _DialoguePlayer DialoguePlayer;

/**
 * dialogue_player_new:
 * @dialogue: must outlive the player
 * @user: (nullable): what $USER stands for, if not what the dialogue says
 * @secret: (nullable): what $SECRET stands for, if not what the dialogue says
 *
 * Returns: (transfer full): a player at the start
 */
DialoguePlayer *
dialogue_player_new (const Dialogue *dialogue, const char *user, const char *secret);

/**
 * dialogue_player_free:
 * @self: (transfer full): a player
 */
void dialogue_player_free (DialoguePlayer *self);

/**
 * dialogue_player_push:
 * @self: a player
 * @bytes: (array length=length): what came from the client
 * @length: how many bytes
 */
void dialogue_player_push (DialoguePlayer *self, const char *bytes, gsize length);

/**
 * dialogue_player_next:
 * @self: a player
 *
 * Returns: (transfer none): what to do now
 */
const DialogueMove *dialogue_player_next (DialoguePlayer *self);

/**
 * dialogue_player_is_over:
 * @self: a player
 *
 * Returns: whether all that the script waits for has come, and all it says was said
 */
gboolean dialogue_player_is_over (const DialoguePlayer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Dialogue, dialogue_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialoguePlayer, dialogue_player_free)

G_END_DECLS
