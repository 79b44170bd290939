#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaOption:
 * @name: the word after the two dashes
 * @argument: (nullable): marked: what stands for its value in the help; %NULL for an
 *   option without one
 * @summary: marked: one line on what it does
 *
 * One option of a command.
 */
typedef struct
{
  const char *name;
  const char *argument;
  const char *summary;
} BaruaOption;

/**
 * BARUA_OPTIONS_ERROR:
 *
 * A command line that cannot be followed. The message is a whole translated sentence that
 * says what to do.
 */
#define BARUA_OPTIONS_ERROR (barua_options_error_quark ())
GQuark barua_options_error_quark (void);

/**
 * BaruaOptionsError:
 * @BARUA_OPTIONS_ERROR_UNKNOWN: there is no such option
 * @BARUA_OPTIONS_ERROR_VALUE: a value is missing, is one too many, or cannot be
 * @BARUA_OPTIONS_ERROR_TWICE: given more than once
 * @BARUA_OPTIONS_ERROR_TOO_MANY: more words than the command takes
 */
typedef enum
{
  BARUA_OPTIONS_ERROR_UNKNOWN,
  BARUA_OPTIONS_ERROR_VALUE,
  BARUA_OPTIONS_ERROR_TWICE,
  BARUA_OPTIONS_ERROR_TOO_MANY,
} BaruaOptionsError;

/**
 * BaruaArguments:
 *
 * A command line that was read: options and other words.
 */
typedef struct _BaruaArguments BaruaArguments;

/**
 * barua_arguments_parse:
 * @words: (array zero-terminated=1): what stands behind the command's name
 * @options: (array length=n_options): what the command knows; "--help" and "-h" are
 *   known to all. Must outlive the answer
 * @n_options: how many
 * @max_words: how many other words it takes
 * @error: %BARUA_OPTIONS_ERROR
 *
 * Reads a command line: "--option", "--option VALUE", "--option=VALUE"; options and words
 * in any order; behind "--" all are words; "-" is a word.
 *
 * Returns: (transfer full) (nullable): what was said; %NULL with @error set
 */
BaruaArguments *barua_arguments_parse (const char *const *words,
                                       const BaruaOption *options,
                                       gsize n_options,
                                       guint max_words,
                                       GError **error);

/**
 * barua_arguments_free:
 * @self: (transfer full): arguments
 */
void barua_arguments_free (BaruaArguments *self);

/**
 * barua_arguments_has:
 * @self: arguments
 * @name: an option's name
 *
 * Returns: whether it was given
 */
gboolean barua_arguments_has (const BaruaArguments *self, const char *name);

/**
 * barua_arguments_get:
 * @self: arguments
 * @name: the name of an option with a value
 *
 * Returns: (nullable): its value; %NULL if it was not given
 */
const char *barua_arguments_get (const BaruaArguments *self, const char *name);

/**
 * barua_arguments_get_word:
 * @self: arguments
 * @index: which one, from 0
 *
 * Returns: (nullable): the word that is no option; %NULL if there are fewer
 */
const char *barua_arguments_get_word (const BaruaArguments *self, guint index);

/**
 * barua_options_parse_seconds:
 * @text: what was given for a number of seconds: "30", "2.5"
 * @milliseconds: (out): the same in thousandths
 * @error: %BARUA_OPTIONS_ERROR_VALUE
 *
 * Returns: whether @text is a number from 0.1 to 3600
 */
gboolean
barua_options_parse_seconds (const char *text, guint *milliseconds, GError **error);

/**
 * barua_options_parse_protocols:
 * @text: "smtp", "imap,pop"…
 * @protocols: (out): bits, 1 << BARUA_PROTOCOL_SMTP…
 * @error: %BARUA_OPTIONS_ERROR_VALUE
 *
 * Returns: whether @text names one service or several
 */
gboolean
barua_options_parse_protocols (const char *text, guint *protocols, GError **error);

/**
 * barua_options_nearest:
 * @typed: a word that is unknown
 * @known: (array zero-terminated=1): the words that are
 *
 * Returns: (nullable): the one that was most likely meant: a slip or two away from
 * @typed, or beginning with it; %NULL when none is near
 */
const char *barua_options_nearest (const char *typed, const char *const *known);

/**
 * barua_options_quote:
 * @word: anything that was typed
 *
 * Returns: (transfer full): it, fit to be shown in a sentence: one line, no control
 *   characters, not too long
 */
char *barua_options_quote (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaArguments, barua_arguments_free)

G_END_DECLS
