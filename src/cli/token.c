#include "config.h"

#include "cli/commands.h"

#include "cli/hand-out.h"
#include "setup/tokens.h"

#include <glib/gi18n.h>

static void
ask (const char *address,
     const BaruaArguments *arguments,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  barua_tokens_get_async (address, barua_arguments_has (arguments, "refresh"),
                          cancellable, callback, user_data);
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  static const BaruaHandOut HAND_OUT = {
    &barua_command_token,
    ask,
    barua_tokens_get_finish,
  };

  return barua_hand_out_run (&HAND_OUT, arguments, output);
}

static const BaruaOption OPTIONS[] = {
  { "refresh", NULL, N_ ("Get a new one from Google though the kept one is valid") },
};

const BaruaCommand barua_command_token = {
  .name = "token",
  .usage = N_ ("ADDRESS [--refresh]"),
  .summary = N_ ("Print a valid access token, for a mail program"),
  .details = N_ ("Prints an access token that stays valid for five minutes at least, and "
                 "nothing else: "
                 "for a mail program’s “token command”. A new one is fetched when the "
                 "kept one is near "
                 "its end."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = 1,
  .run = run,
};
