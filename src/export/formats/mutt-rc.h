#pragma once

#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BaruaMuttKind:
 * @BARUA_MUTT_SET: a variable is given a value
 * @BARUA_MUTT_UNSET: a variable is emptied, or switched off
 * @BARUA_MUTT_SOURCE: another file is read at this point
 *
 * What a command of mutt does, as far as it is understood here.
 */
typedef enum
{
  BARUA_MUTT_SET,
  BARUA_MUTT_UNSET,
  BARUA_MUTT_SOURCE,
} BaruaMuttKind;

/**
 * BaruaMuttCommand:
 * @kind: what it does
 * @name: (nullable): the variable; of NeoMutt's two names for some of them the one that
 *   mutt knows too
 * @value: (nullable): its value, unquoted: "yes" where it is switched on; the path of a
 *   file to be read; %NULL where it is unset
 * @computed: whether the value comes from a command or another variable, which are not
 *   run or looked up
 * @span: where the value stands, quotes and all; nothing where none does
 * @verbatim: whether @value stands in the file as it is, behind at most one quote
 * @after: where the line behind it begins
 *
 * One command of a file of mutt or NeoMutt, "2. Syntax of Initialization Files" of its
 * manual.
 */
typedef struct
{
  BaruaMuttKind kind;
  char *name;
  char *value;
  gboolean computed;
  BaruaSpan span;
  gboolean verbatim;
  gsize after;
} BaruaMuttCommand;

/**
 * barua_mutt_rc_read:
 * @text: (nullable): any text
 * @length: how many bytes
 *
 * Reads all that sets variables or reads other files. What stands within hooks and macros
 * is not looked at.
 *
 * Returns: (transfer full) (element-type BaruaMuttCommand): the commands, in order
 */
GPtrArray *barua_mutt_rc_read (const char *text, gsize length);

/**
 * barua_mutt_rc_quote:
 * @value: one line
 *
 * Returns: (transfer full): @value as it is to stand in such a file
 */
char *barua_mutt_rc_quote (const char *value);

/**
 * barua_mutt_rc_quote_command:
 * @command: a command line for a shell, special characters in single quotes
 *
 * Returns: (transfer full) (nullable): what is to stand in such a file to get what
 *   @command prints; %NULL if it holds a backtick or a backslash, which mutt and NeoMutt
 *   read differently
 */
char *barua_mutt_rc_quote_command (const char *command);

G_END_DECLS
