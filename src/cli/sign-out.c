#include "config.h"

#include "cli/commands.h"

#include "cli/hand-out.h"
#include "setup/sign-out.h"

#include <glib/gi18n.h>

typedef struct
{
  BaruaWaiter *waiter;
  BaruaSignedOut *out;
  GError *error;
} Waiting;

static void
on_signed_out (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->out = barua_sign_out_finish (result, &waiting->error);
  barua_waiter_stop (waiting->waiter);
}

static int
answer (BaruaOutput *output, const BaruaSignedOut *out, const char *address)
{
  g_autofree char *text = NULL;

  if (!out->known)
    {
      text = g_strdup_printf (_ ("%s is not signed in here: there is nothing to forget."),
                              address);
      barua_output_complain (text);
      return BARUA_STATUS_PROBLEM;
    }
  text =
    g_strdup_printf (_ ("%s is signed out: nothing of it is kept any more."), address);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, text);
  if (out->revoked)
    barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                           _ ("Access was given back to Google."));
  if (out->not_revoked == NULL)
    return BARUA_STATUS_OK;
  barua_output_complain (_ (
    "Access could not be given back to Google, because it was not reached. Take it away "
    "at https://myaccount.google.com/connections."));
  return BARUA_STATUS_FAILED;
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  int status = BARUA_STATUS_USAGE;
  g_autoptr (BaruaAddress) address =
    barua_command_take_address (&barua_command_sign_out, arguments, &status);
  g_autoptr (BaruaWaiter) waiter = NULL;
  g_autofree char *login = NULL;
  Waiting waiting = { 0 };

  if (address == NULL)
    return status;
  barua_secret_protect_process ();
  login = barua_address_dup_login (address);
  waiter = barua_waiter_new ();
  waiting.waiter = waiter;
  barua_sign_out_async (login, barua_waiter_get_cancellable (waiter), on_signed_out,
                        &waiting);
  (void) barua_waiter_run (waiter);
  if (waiting.out != NULL)
    status = answer (output, waiting.out, login);
  else
    status = barua_command_in_trouble (arguments, output, waiter, waiting.error);
  g_clear_pointer (&waiting.out, barua_signed_out_free);
  g_clear_error (&waiting.error);
  return status;
}

const BaruaCommand barua_command_sign_out = {
  .name = "sign-out",
  .usage = N_ ("ADDRESS"),
  .summary = N_ ("Delete the password or tokens kept for an address"),
  .details =
    N_ ("Takes the app password or the tokens out of the keyring, forgets the account, "
        "and, if "
        "it was signed in to in the browser, gives the access back to Google. An app "
        "password "
        "stays valid until it is deleted at https://myaccount.google.com/apppasswords."),
  .max_words = 1,
  .run = run,
};
