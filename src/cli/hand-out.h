#pragma once

#include "account/address.h"
#include "base/secret.h"
#include "cli/commands.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaHandOut:
 * @command: which one
 * @ask: starts to get a secret of an address
 * @finish: gets it
 *
 * A command that prints one secret for a mail program.
 */
typedef struct
{
  const BaruaCommand *command;
  void (*ask) (const char *address,
               const BaruaArguments *arguments,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data);
  BaruaSecret *(*finish) (GAsyncResult *result, GError **error);
} BaruaHandOut;

/**
 * barua_hand_out_run:
 * @self: what to print
 * @arguments: what was said; the first word is the address
 * @output: gets an error, if JSON was asked for
 *
 * Prints the secret and a line end on standard output, and nothing else there, whatever
 * happens: a mail program takes all of it for the password.
 *
 * Returns: the exit status
 */
int barua_hand_out_run (const BaruaHandOut *self,
                        const BaruaArguments *arguments,
                        BaruaOutput *output);

/**
 * barua_command_in_trouble:
 * @arguments: what was said
 * @output: where to answer
 * @waiter: what it was waited with
 * @error: what getting or keeping a secret ended with
 *
 * Tells the person what is wrong.
 *
 * Returns: the exit status
 */
int barua_command_in_trouble (const BaruaArguments *arguments,
                              BaruaOutput *output,
                              const BaruaWaiter *waiter,
                              const GError *error);

/**
 * barua_command_take_address:
 * @command: which one
 * @arguments: what was said; the first word is the address
 * @status: (out): %BARUA_STATUS_USAGE, if there is none or it is none; the person was
 * told
 *
 * Returns: (transfer full) (nullable): the address
 */
BaruaAddress *barua_command_take_address (const BaruaCommand *command,
                                          const BaruaArguments *arguments,
                                          int *status);

G_END_DECLS
