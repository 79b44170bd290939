#include "config.h"

#include "cli/commands.h"

#include "cli/help.h"
#include "cli/window.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static const BaruaCommand *const COMMANDS[] = {
  /* The formatter would set them in columns. */
  /* clang-format off */
  &barua_command_check,
  &barua_command_explain,
  &barua_command_settings,
  &barua_command_sign_in,
  &barua_command_sign_out,
  &barua_command_accounts,
  &barua_command_password,
  &barua_command_token,
  &barua_command_tunnel,
  &barua_command_clients,
  &barua_command_export,
  &barua_command_undo,
  &barua_command_repair,
  &barua_command_report,
  NULL,
  /* clang-format on */
};

static const BaruaOption PROGRAM_OPTIONS[] = {
  { "help", NULL, N_ ("Show this help") },
  { "version", NULL, N_ ("Show the version") },
};

static const BaruaCommand *
find_command (const char *name)
{
  for (gsize i = 0; COMMANDS[i] != NULL; i++)
    if (strcmp (COMMANDS[i]->name, name) == 0)
      return COMMANDS[i];
  return NULL;
}

int
barua_command_misused (const BaruaCommand *command, const char *message)
{
  g_autofree char *hint = NULL;
  g_autofree char *both = NULL;

  g_return_val_if_fail (message != NULL, BARUA_STATUS_USAGE);

  if (command != NULL)
    hint = g_strdup_printf (_ ("“barua %s --help” tells more."), command->name);
  else
    hint = g_strdup (_ ("“barua --help” tells more."));
  /* Translators: two whole sentences, one after the other */
  both = g_strdup_printf (_ ("%s %s"), message, hint);
  barua_output_complain (both);
  return BARUA_STATUS_USAGE;
}

static void
answer_error (const BaruaArguments *arguments,
              BaruaOutput *output,
              const char *id,
              const char *message)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!barua_arguments_has (arguments, "json"))
    return;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  barua_output_set_json (output, json_builder_get_root (builder));
}

int
barua_command_failed (const BaruaArguments *arguments,
                      BaruaOutput *output,
                      const char *id,
                      const char *message)
{
  g_return_val_if_fail (arguments != NULL && output != NULL, BARUA_STATUS_FAILED);
  g_return_val_if_fail (id != NULL && message != NULL, BARUA_STATUS_FAILED);

  answer_error (arguments, output, id, message);
  barua_output_complain (message);
  return BARUA_STATUS_FAILED;
}

int
barua_command_interrupted (const BaruaArguments *arguments,
                           BaruaOutput *output,
                           const BaruaWaiter *waiter)
{
  g_return_val_if_fail (arguments != NULL && output != NULL, BARUA_STATUS_FAILED);

  answer_error (arguments, output, "interrupted", _ ("It was stopped before its end."));
  return barua_waiter_get_status (waiter);
}

static int
write_answer (BaruaOutput *output, int status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (barua_output_write (output, &error))
    return status;
  message = g_strdup_printf (
    /* Translators: the placeholder is the system's reason, as in “No space left on
     * device” */
    _ ("The answer could not be written to standard output: %s."), error->message);
  barua_output_complain (message);
  return BARUA_STATUS_FAILED;
}

static int
run_command (const BaruaCommand *command, const char *const *words)
{
  BaruaTerminal terminal = barua_terminal_look (STDOUT_FILENO);
  g_autoptr (BaruaOutput) output = barua_output_new (&terminal);
  g_autoptr (BaruaArguments) arguments = NULL;
  g_autoptr (GError) error = NULL;
  int status = BARUA_STATUS_OK;

  arguments = barua_arguments_parse (words, command->options, command->n_options,
                                     command->max_words, &error);
  if (arguments == NULL)
    return barua_command_misused (command, error->message);
  if (barua_arguments_has (arguments, "help"))
    barua_help_add_command (output, command);
  else
    status = command->run (arguments, output);
  return status == BARUA_STATUS_USAGE ? status : write_answer (output, status);
}

static int
complain_of_command (const char *typed)
{
  g_autofree char *shown = barua_options_quote (typed);
  g_autofree char *message = NULL;
  const char *names[G_N_ELEMENTS (COMMANDS)] = { NULL };
  const char *nearest = NULL;

  for (gsize i = 0; COMMANDS[i] != NULL; i++)
    names[i] = COMMANDS[i]->name;
  nearest = barua_options_nearest (typed, names);
  if (strchr (typed, '@') != NULL)
    message = g_strdup_printf (
      _ ("“%s” is no command. To check that address, say “barua check %s”."), shown,
      shown);
  else if (nearest != NULL)
    message = g_strdup_printf (_ ("There is no command “%s”. Did you mean “barua %s”?"),
                               shown, nearest);
  else
    message = g_strdup_printf (_ ("There is no command “%s”."), shown);
  return barua_command_misused (NULL, message);
}

static int
open_window (void)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *reason = barua_window_open ();
  g_autofree char *message = NULL;

  for (gsize i = 0; COMMANDS[i] != NULL; i++)
    g_string_append_printf (names, "%sbarua %s", names->len > 0 ? ", " : "",
                            COMMANDS[i]->name);
  message =
    /* Translators: the first is a whole sentence, why no window can be opened; the second
     * a list, as in “barua check, barua explain” */
    g_strdup_printf (_ ("%s The commands do the same without one: %s."), reason,
                     names->str);
  return barua_command_misused (NULL, message);
}

static int
run_program (const char *const *words)
{
  BaruaTerminal terminal = barua_terminal_look (STDOUT_FILENO);
  g_autoptr (BaruaOutput) output = barua_output_new (&terminal);
  g_autoptr (BaruaArguments) arguments = NULL;
  g_autoptr (GError) error = NULL;

  arguments = barua_arguments_parse (words, PROGRAM_OPTIONS,
                                     G_N_ELEMENTS (PROGRAM_OPTIONS), 0, &error);
  if (arguments == NULL)
    return barua_command_misused (NULL, error->message);
  if (barua_arguments_has (arguments, "version"))
    barua_output_add_line (output, 0, "Barua " BARUA_VERSION);
  else
    barua_help_add_program (output, COMMANDS, PROGRAM_OPTIONS,
                            G_N_ELEMENTS (PROGRAM_OPTIONS));
  return write_answer (output, BARUA_STATUS_OK);
}

int
barua_commands_run (int argc, char **argv)
{
  const char *const *words = (const char *const *) argv + 1;
  const BaruaCommand *command = NULL;

  g_return_val_if_fail (argv != NULL, BARUA_STATUS_USAGE);

  if (argc < 2)
    return open_window ();
  if (*words[0] == '-')
    return run_program (words);
  command = find_command (words[0]);
  return command != NULL ? run_command (command, words + 1)
                         : complain_of_command (words[0]);
}
