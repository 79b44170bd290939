#include "config.h"

#include "cli/hand-out.h"

#include "cli/quick.h"
#include "cli/typed.h"
#include "setup/trouble.h"

#include <errno.h>
#include <glib/gi18n.h>

typedef struct
{
  const BaruaHandOut *hand_out;
  BaruaWaiter *waiter;
  BaruaSecret *secret;
  GError *error;
} Waiting;

static void
on_secret (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->secret = waiting->hand_out->finish (result, &waiting->error);
  barua_waiter_stop (waiting->waiter);
}

int
barua_command_in_trouble (const BaruaArguments *arguments,
                          BaruaOutput *output,
                          const BaruaWaiter *waiter,
                          const GError *error)
{
  g_autofree char *message = NULL;

  if (barua_waiter_get_status (waiter) != 0)
    return barua_command_interrupted (arguments, output, waiter);
  message = barua_trouble_dup_message (error);
  (void) barua_command_failed (arguments, output, barua_trouble_get_id (error), message);
  return barua_trouble_is_problem (error) ? BARUA_STATUS_PROBLEM : BARUA_STATUS_FAILED;
}

BaruaAddress *
barua_command_take_address (const BaruaCommand *command,
                            const BaruaArguments *arguments,
                            int *status)
{
  const char *word = barua_arguments_get_word (arguments, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  BaruaAddress *address = NULL;

  if (word != NULL)
    address = barua_typed_address (word, &error);
  if (address != NULL)
    return address;
  if (error == NULL)
    /* Translators: a command, as in “barua password” */
    message = g_strdup_printf (_ ("Say for which address: “barua %s zoe@gmail.com”."),
                               command->name);
  *status = barua_command_misused (command, error != NULL ? error->message : message);
  return NULL;
}

static int
print (const BaruaArguments *arguments, BaruaOutput *output, const BaruaSecret *secret)
{
  g_autofree char *message = NULL;

  if (barua_quick_write (barua_secret_peek (secret), barua_secret_get_length (secret)) &&
      barua_quick_write ("\n", 1))
    return BARUA_STATUS_OK;
  message = g_strdup_printf (
    /* Translators: the placeholder is the system's reason, as in “No space left on
     * device” */
    _ ("The answer could not be written to standard output: %s."), g_strerror (errno));
  return barua_command_failed (arguments, output, "unwritable", message);
}

int
barua_hand_out_run (const BaruaHandOut *self,
                    const BaruaArguments *arguments,
                    BaruaOutput *output)
{
  int status = BARUA_STATUS_USAGE;
  g_autoptr (BaruaAddress) address =
    barua_command_take_address (self->command, arguments, &status);
  g_autoptr (BaruaWaiter) waiter = NULL;
  g_autofree char *login = NULL;
  Waiting waiting = { .hand_out = self };

  if (address == NULL)
    return status;
  barua_secret_protect_process ();
  login = barua_address_dup_login (address);
  waiter = barua_waiter_new ();
  waiting.waiter = waiter;
  self->ask (login, arguments, barua_waiter_get_cancellable (waiter), on_secret,
             &waiting);
  (void) barua_waiter_run (waiter);
  if (waiting.secret != NULL)
    status = print (arguments, output, waiting.secret);
  else
    status = barua_command_in_trouble (arguments, output, waiter, waiting.error);
  g_clear_pointer (&waiting.secret, barua_secret_unref);
  g_clear_error (&waiting.error);
  return status;
}
