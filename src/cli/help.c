#include "config.h"

#include "cli/help.h"

#include <glib/gi18n.h>

static char *
option_label (const BaruaOption *option)
{
  if (option->argument == NULL)
    return g_strdup_printf ("--%s", option->name);
  return g_strdup_printf ("--%s %s", option->name, _ (option->argument));
}

static void
add_options (BaruaOutput *output, const BaruaOption *options, gsize n_options)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree BaruaCell *cells = g_new0 (BaruaCell, n_options * 2);

  for (gsize i = 0; i < n_options; i++)
    {
      g_ptr_array_add (labels, option_label (&options[i]));
      cells[i * 2].text = g_ptr_array_index (labels, i);
      cells[i * 2].style = BARUA_STYLE_STRONG;
      cells[i * 2 + 1].text = _ (options[i].summary);
    }
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, _ ("Options:"));
  barua_output_add_table (output, 2, cells, n_options, 2);
}

static void
add_exit_status (BaruaOutput *output)
{
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, _ ("Exit status:"));
  barua_output_add_item (output, BARUA_STYLE_STRONG, 2, "0", _ ("All is well."));
  barua_output_add_item (output, BARUA_STYLE_STRONG, 2, "1",
                         _ ("A problem was found, or what was asked for is not there."));
  barua_output_add_item (output, BARUA_STYLE_STRONG, 2, "2",
                         _ ("The command was not understood."));
  barua_output_add_item (output, BARUA_STYLE_STRONG, 2, "3", _ ("It could not be done."));
}

void
barua_help_add_program (BaruaOutput *output,
                        const BaruaCommand *const *commands,
                        const BaruaOption *options,
                        gsize n_options)
{
  g_autofree BaruaCell *cells = NULL;
  gsize n_commands = 0;

  g_return_if_fail (output != NULL && commands != NULL);

  while (commands[n_commands] != NULL)
    n_commands++;
  cells = g_new0 (BaruaCell, n_commands * 2);
  for (gsize i = 0; i < n_commands; i++)
    {
      cells[i * 2].text = commands[i]->name;
      cells[i * 2].style = BARUA_STYLE_STRONG;
      cells[i * 2 + 1].text = _ (commands[i]->summary);
    }
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, _ ("Usage: barua [COMMAND]"));
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                         _ ("Sets up Gmail on this computer, and finds the one cause why "
                            "mail cannot be sent or fetched. Without a command it opens "
                            "its window."));
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, _ ("Commands:"));
  barua_output_add_table (output, 2, cells, n_commands, 2);
  add_options (output, options, n_options);
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                         _ ("“barua COMMAND --help” tells more about a command."));
}

void
barua_help_add_command (BaruaOutput *output, const BaruaCommand *command)
{
  static const BaruaOption HELP = { "help", NULL, N_ ("Show this help") };
  g_autofree BaruaOption *options = NULL;
  g_autofree char *usage = NULL;

  g_return_if_fail (output != NULL && command != NULL);

  options = g_new0 (BaruaOption, command->n_options + 1);
  for (gsize i = 0; i < command->n_options; i++)
    options[i] = command->options[i];
  options[command->n_options] = HELP;
  /* Translators: a command's name; the words and options that it takes follow */
  usage = g_strdup_printf (_ ("Usage: barua %s"), command->name);
  barua_output_add_item (output, BARUA_STYLE_PLAIN, 0, usage, _ (command->usage));
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, _ (command->details));
  add_options (output, options, command->n_options + 1);
  add_exit_status (output);
}
