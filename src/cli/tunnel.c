#include "config.h"

#include "cli/commands.h"

#include "cli/hand-out.h"
#include "cli/quick.h"
#include "cli/stuck-parent.h"
#include "cli/typed.h"
#include "setup/relay.h"
#include "setup/trouble.h"
#include "setup/tunnel.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  BaruaWaiter *waiter;
  BaruaTunnel *tunnel;
  GError *error;
  gboolean over;
} Tunneling;

static void
on_opened (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Tunneling *self = user_data;

  self->tunnel = barua_tunnel_open_account_finish (result, &self->error);
  barua_waiter_stop (self->waiter);
}

static void
on_relayed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Tunneling *self = user_data;

  self->over = barua_relay_finish (result, &self->error);
  barua_waiter_stop (self->waiter);
}

/* What cannot be written any more need not be said either. */
static gboolean
greet (const char *line)
{
  return barua_quick_write (line, strlen (line));
}

static int
tell_verdict (const BaruaVerdict *verdict)
{
  const char *step = barua_verdict_get_n_steps (verdict) > 0
                       ? barua_verdict_get_step (verdict, 0, NULL)
                       : "";
  g_autofree char *message =
    /* Translators: what is wrong, without a full stop; then a sentence on what to do */
    g_strdup_printf (_ ("%s. %s"), barua_verdict_get_title (verdict), step);

  barua_output_complain (message);
  return BARUA_STATUS_PROBLEM;
}

static int
tell_loss (const BaruaArguments *arguments, BaruaOutput *output, const GError *error)
{
  g_autofree char *message =
    /* Translators: the system's own words, as in “Connection reset by peer” */
    g_strdup_printf (_ ("The connection to Gmail was lost: %s."), error->message);

  return barua_command_failed (arguments, output, "unreachable", message);
}

static int
relay (Tunneling *self, const BaruaArguments *arguments, BaruaOutput *output)
{
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) out = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  const BaruaRelay ends = { self->tunnel->stream, in, out, BARUA_RELAY_QUIET_MS };

  barua_relay_async (&ends, barua_waiter_get_cancellable (self->waiter), on_relayed,
                     self);
  (void) barua_waiter_run (self->waiter);
  if (self->over)
    return BARUA_STATUS_OK;
  if (barua_waiter_get_status (self->waiter) != 0)
    return barua_waiter_get_status (self->waiter);
  return tell_loss (arguments, output, self->error);
}

static int
answer (Tunneling *self, const BaruaArguments *arguments, BaruaOutput *output)
{
  g_autofree char *farewell = NULL;

  if (self->tunnel == NULL)
    {
      farewell = barua_tunnel_dup_farewell (
        self->error != NULL ? barua_trouble_get_id (self->error) : "interrupted");
      (void) greet (farewell);
      return barua_command_in_trouble (arguments, output, self->waiter, self->error);
    }
  if (!greet (self->tunnel->greeting) && self->tunnel->stream != NULL)
    return BARUA_STATUS_OK;
  if (self->tunnel->stream == NULL)
    return tell_verdict (self->tunnel->verdict);
  return relay (self, arguments, output);
}

static BaruaAddress *
take_address (const BaruaArguments *arguments, int *status)
{
  const char *word = barua_arguments_get_word (arguments, 1);
  g_autoptr (GError) error = NULL;
  BaruaAddress *address = NULL;

  if (g_strcmp0 (barua_arguments_get_word (arguments, 0), "imap") != 0 || word == NULL)
    {
      *status = barua_command_misused (
        &barua_command_tunnel,
        _ ("Say for which address: “barua tunnel imap zoe@gmail.com”."));
      return NULL;
    }
  address = barua_typed_address (word, &error);
  if (address == NULL)
    *status = barua_command_misused (&barua_command_tunnel, error->message);
  return address;
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  int status = BARUA_STATUS_USAGE;
  g_autoptr (BaruaAddress) address = take_address (arguments, &status);
  g_autoptr (BaruaWaiter) waiter = NULL;
  Tunneling self = { 0 };

  if (address == NULL)
    return status;
  barua_secret_protect_process ();
  (void) barua_stuck_parent_watch ();
  waiter = barua_waiter_new ();
  self.waiter = waiter;
  barua_tunnel_open_account_async (address, barua_waiter_get_cancellable (waiter),
                                   on_opened, &self);
  (void) barua_waiter_run (waiter);
  status = answer (&self, arguments, output);
  g_clear_pointer (&self.tunnel, barua_tunnel_free);
  g_clear_error (&self.error);
  return status;
}

const BaruaCommand barua_command_tunnel = {
  .name = "tunnel",
  .usage = N_ ("imap ADDRESS"),
  .summary = N_ ("Open the mailbox for a mail program that cannot sign in by itself"),
  .details = N_ ("Signs in to Gmail with IMAP and then passes on what is said, from "
                 "standard input and to standard output: for mail programs with no "
                 "password command and no OAuth of their own, such as fetchmail, Alpine "
                 "and Claws Mail, which start it themselves."),
  .max_words = 2,
  .run = run,
};
