#include "config.h"

#include "cli/commands.h"

#include "cli/hand-out.h"
#include "setup/password.h"

#include <glib/gi18n.h>

static void
ask (const char *address,
     const BaruaArguments *arguments G_GNUC_UNUSED,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  barua_password_get_async (address, cancellable, callback, user_data);
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  static const BaruaHandOut HAND_OUT = {
    &barua_command_password,
    ask,
    barua_password_get_finish,
  };

  return barua_hand_out_run (&HAND_OUT, arguments, output);
}

const BaruaCommand barua_command_password = {
  .name = "password",
  .usage = N_ ("ADDRESS"),
  .summary = N_ ("Print the app password, for a mail program"),
  .details = N_ ("Prints the app password that the keyring holds for the address, and "
                 "nothing else: for "
                 "a mail program’s “password command”."),
  .max_words = 1,
  .run = run,
};
