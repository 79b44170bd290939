#pragma once

#include "cli/options.h"
#include "cli/output.h"
#include "cli/waiter.h"

G_BEGIN_DECLS

/**
 * BaruaStatus:
 * @BARUA_STATUS_OK: all is well
 * @BARUA_STATUS_PROBLEM: a problem was found, or what was asked for is not there
 * @BARUA_STATUS_USAGE: the command line cannot be followed
 * @BARUA_STATUS_FAILED: it could not be done
 *
 * What the program exits with. After a signal it is 128 and the signal's number.
 */
typedef enum
{
  BARUA_STATUS_OK = 0,
  BARUA_STATUS_PROBLEM = 1,
  BARUA_STATUS_USAGE = 2,
  BARUA_STATUS_FAILED = 3,
} BaruaStatus;

/**
 * BaruaCommand:
 * @name: the word after "barua"
 * @usage: marked: its words and options, as in "[ADDRESS]"
 * @summary: marked: one line on what it does
 * @details: marked: a paragraph or several for its help
 * @options: (array length=n_options): its options
 * @n_options: how many
 * @max_words: how many words it takes besides
 * @run: does it: takes what was said and where to answer, gives the exit status
 *
 * One subcommand. Each lives in a file of its own and is listed in commands.c.
 */
typedef struct
{
  const char *name;
  const char *usage;
  const char *summary;
  const char *details;
  const BaruaOption *options;
  gsize n_options;
  guint max_words;
  int (*run) (const BaruaArguments *arguments, BaruaOutput *output);
} BaruaCommand;

extern const BaruaCommand barua_command_accounts;
extern const BaruaCommand barua_command_check;
extern const BaruaCommand barua_command_clients;
extern const BaruaCommand barua_command_explain;
extern const BaruaCommand barua_command_export;
extern const BaruaCommand barua_command_password;
extern const BaruaCommand barua_command_repair;
extern const BaruaCommand barua_command_report;
extern const BaruaCommand barua_command_settings;
extern const BaruaCommand barua_command_sign_in;
extern const BaruaCommand barua_command_sign_out;
extern const BaruaCommand barua_command_token;
extern const BaruaCommand barua_command_tunnel;
extern const BaruaCommand barua_command_undo;

/**
 * barua_commands_run:
 * @argc: how many words
 * @argv: (array length=argc): the whole command line, the program's name first
 *
 * Finds the subcommand, runs it, and writes its answer.
 *
 * Returns: the exit status
 */
int barua_commands_run (int argc, char **argv);

/**
 * barua_command_misused:
 * @command: (nullable): the command; %NULL for the program as a whole
 * @message: a whole sentence
 *
 * Tells the person what is wrong with the command line, and where its help is.
 *
 * Returns: %BARUA_STATUS_USAGE
 */
int barua_command_misused (const BaruaCommand *command, const char *message);

/**
 * barua_command_failed:
 * @arguments: what was said
 * @output: where to answer; gets {"error": {"id", "message"}} when JSON was asked for
 * @id: a stable word for the failure: "unreadable"…
 * @message: a whole sentence
 *
 * Tells the person why it could not be done.
 *
 * Returns: %BARUA_STATUS_FAILED
 */
int barua_command_failed (const BaruaArguments *arguments,
                          BaruaOutput *output,
                          const char *id,
                          const char *message);

/**
 * barua_command_interrupted:
 * @arguments: what was said
 * @output: where to answer; gets an error of id "interrupted" when JSON was asked for
 * @waiter: what was interrupted
 *
 * Returns: the exit status
 */
int barua_command_interrupted (const BaruaArguments *arguments,
                               BaruaOutput *output,
                               const BaruaWaiter *waiter);

G_END_DECLS
