#pragma once

#include "base/secret.h"
#include "cli/waiter.h"

G_BEGIN_DECLS

/**
 * BARUA_TYPING_ERROR:
 *
 * Why nothing useful was typed. The message is a whole translated sentence.
 */
#define BARUA_TYPING_ERROR (barua_typing_error_quark ())
GQuark barua_typing_error_quark (void);

/**
 * BaruaTypingError:
 * @BARUA_TYPING_ERROR_INTERRUPTED: the wait was ended; the waiter knows by what
 * @BARUA_TYPING_ERROR_UNREADABLE: standard input could not be read
 * @BARUA_TYPING_ERROR_TOO_LONG: more came than any secret is long
 */
typedef enum
{
  BARUA_TYPING_ERROR_INTERRUPTED,
  BARUA_TYPING_ERROR_UNREADABLE,
  BARUA_TYPING_ERROR_TOO_LONG,
} BaruaTypingError;

/**
 * BARUA_TYPING_MAX:
 *
 * The most bytes taken from standard input.
 */
#define BARUA_TYPING_MAX 4096

/**
 * barua_typing_has_person:
 *
 * Returns: whether somebody at a terminal can be asked: standard input and standard error
 *   are one
 */
gboolean barua_typing_has_person (void);

/**
 * barua_typing_read_secret:
 * @waiter: ends the wait
 * @prompt: what to ask; not shown where nobody sees it
 * @error: %BARUA_TYPING_ERROR
 *
 * Reads a secret: from a terminal one line, which is not shown; else all of standard
 * input. A line end behind it is not part of it.
 *
 * Returns: (transfer full) (nullable): what was typed, maybe nothing; %NULL with @error
 *   set
 */
BaruaSecret *
barua_typing_read_secret (BaruaWaiter *waiter, const char *prompt, GError **error);

/**
 * barua_typing_confirm:
 * @waiter: ends the wait
 * @question: a whole question
 *
 * Asks the person at the terminal.
 *
 * Returns: whether the answer is yes; not, too, when nobody can be asked
 */
gboolean barua_typing_confirm (BaruaWaiter *waiter, const char *question);

G_END_DECLS
