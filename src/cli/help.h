#pragma once

#include "cli/commands.h"

G_BEGIN_DECLS

/**
 * barua_help_add_program:
 * @output: where to
 * @commands: (array zero-terminated=1): all subcommands
 * @options: (array length=n_options): the program's own options
 * @n_options: how many
 *
 * Tells how the program is used.
 */
void barua_help_add_program (BaruaOutput *output,
                             const BaruaCommand *const *commands,
                             const BaruaOption *options,
                             gsize n_options);

/**
 * barua_help_add_command:
 * @output: where to
 * @command: a subcommand
 *
 * Tells how @command is used.
 */
void barua_help_add_command (BaruaOutput *output, const BaruaCommand *command);

G_END_DECLS
