#include "config.h"

#include "cli/commands.h"

#include "cli/export-answer.h"
#include "cli/hand-out.h"
#include "setup/trouble.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* One command line, and what is being waited for. */
typedef struct
{
  const BaruaArguments *arguments;
  BaruaOutput *output;
  const char *word;
  BaruaWaiter *waiter;
  BaruaHandOver *hand_over;
  GPtrArray *exporters;
  gboolean writes;
  gboolean is_over;
  char *id;
  GError *error;
} Exporting;

static char *
list_ids (void)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  const BaruaExporter *const *exporters = barua_exporters ();

  for (gsize i = 0; exporters[i] != NULL; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", exporters[i]->id);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static char *
describe_unknown (const char *word)
{
  g_autofree char *shown = barua_options_quote (word);
  g_autofree char *ids = list_ids ();

  return g_strdup_printf (
    /* Translators: what was typed, then a list of words: “thunderbird, evolution” */
    _ ("There is no mail program “%s” among those that Barua knows: %s."), shown, ids);
}

/* In place of files; a picture is nothing for programs, and nothing to be applied. */
static gboolean
shows_code (const Exporting *self, const BaruaExporter *exporter)
{
  return exporter->code != NULL &&
         barua_arguments_get (self->arguments, "output") == NULL &&
         !barua_arguments_has (self->arguments, "apply") &&
         !barua_arguments_has (self->arguments, "json");
}

static gboolean
take_exporter (Exporting *self, const char *id, char **message)
{
  const BaruaExporter *exporter = barua_exporter_find (id);

  if (exporter == NULL)
    {
      *message = describe_unknown (id);
      return FALSE;
    }
  if ((exporter->can & BARUA_EXPORTS_TO_FOLDER) != 0 &&
      barua_arguments_get (self->arguments, "output") == NULL &&
      !shows_code (self, exporter))
    {
      *message = g_strdup_printf (
        /* Translators: the name of a mail program or of a kind of file */
        _ (
          "The settings for %s are saved to a folder: say which with “--output FOLDER”."),
        _ (exporter->name));
      return FALSE;
    }
  if (!g_ptr_array_find (self->exporters, exporter, NULL))
    g_ptr_array_add (self->exporters, (gpointer) exporter);
  return TRUE;
}

static gboolean
read_clients (Exporting *self, char **message)
{
  const char *to = barua_arguments_get (self->arguments, "to");
  g_auto (GStrv) words = to != NULL ? g_strsplit (to, ",", -1) : NULL;

  if (words == NULL)
    {
      *message = g_strdup (_ ("Say which mail program, as in “--to thunderbird”. “barua "
                              "clients” lists them."));
      return FALSE;
    }
  for (gsize i = 0; words[i] != NULL; i++)
    if (!take_exporter (self, g_strstrip (words[i]), message))
      return FALSE;
  return TRUE;
}

static gboolean
read_incoming (const char *text, BaruaProtocol *protocol)
{
  *protocol = BARUA_PROTOCOL_IMAP;
  return text == NULL ||
         (barua_protocol_from_id (text, protocol) && *protocol != BARUA_PROTOCOL_SMTP);
}

static gboolean
read_options (Exporting *self, BaruaHandOverOptions *options, char **message)
{
  const char *incoming = barua_arguments_get (self->arguments, "incoming");

  options->output = barua_arguments_get (self->arguments, "output");
  self->writes =
    (barua_arguments_has (self->arguments, "apply") || options->output != NULL) &&
    !barua_arguments_has (self->arguments, "dry-run");
  if (!read_incoming (incoming, &options->incoming))
    {
      g_autofree char *shown = barua_options_quote (incoming);

      *message = g_strdup_printf (
        _ ("“%s” is no way to fetch mail. Say “--incoming imap” or “--incoming pop”."),
        shown);
      return FALSE;
    }
  if (barua_arguments_has (self->arguments, "apply") && options->output != NULL)
    {
      *message = g_strdup (_ ("“--apply” and “--output” do not go together: say whether "
                              "to change your own files or to save to a folder."));
      return FALSE;
    }
  return read_clients (self, message);
}

static void
on_prepared (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Exporting *self = user_data;

  self->hand_over = barua_hand_over_prepare_finish (result, &self->error);
  barua_waiter_stop (self->waiter);
}

static void
on_applied (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Exporting *self = user_data;

  self->is_over = TRUE;
  self->id = barua_hand_over_apply_finish (result, &self->error);
  barua_waiter_stop (self->waiter);
}

static void
on_compared (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Exporting *self = user_data;

  /* It fails only when it was interrupted, which the waiter knows. */
  (void) barua_hand_over_compare_finish (result, NULL);
  self->is_over = TRUE;
  barua_waiter_stop (self->waiter);
}

static void
compare_or_apply (Exporting *self, const BaruaExporter *exporter, BaruaPlan *plan)
{
  GCancellable *cancellable = barua_waiter_get_cancellable (self->waiter);

  self->is_over = FALSE;
  if (self->writes)
    barua_hand_over_apply_async (self->hand_over, exporter, plan, cancellable, on_applied,
                                 self);
  else
    barua_hand_over_compare_async (self->hand_over, exporter, plan, cancellable,
                                   on_compared, self);
  (void) barua_waiter_run (self->waiter);
}

static BaruaExportAnswer *
set_up (Exporting *self, const BaruaExporter *exporter)
{
  BaruaExportAnswer *answer = g_new0 (BaruaExportAnswer, 1);

  answer->exporter = exporter;
  if (shows_code (self, exporter))
    {
      answer->plan = barua_plan_new (exporter->id);
      answer->code =
        exporter->code (self->hand_over->request, NULL, answer->plan, &answer->error);
      return answer;
    }
  answer->plan = barua_hand_over_plan (self->hand_over, exporter, &answer->error);
  if (answer->plan == NULL)
    return answer;
  compare_or_apply (self, exporter, answer->plan);
  answer->applied = self->writes && self->is_over && self->error == NULL;
  if (!self->is_over)
    /* A thread may be at it until the process ends. */
    answer->plan = NULL;
  answer->undo = g_steal_pointer (&self->id);
  answer->error = g_steal_pointer (&self->error);
  return answer;
}

static void
answer_json (Exporting *self, const GPtrArray *answers)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (self->exporters->len == 1)
    barua_export_answer_add_json (answers->pdata[0], self->hand_over, builder);
  else
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "exports");
      json_builder_begin_array (builder);
      for (guint i = 0; i < answers->len; i++)
        barua_export_answer_add_json (answers->pdata[i], self->hand_over, builder);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  barua_output_set_json (self->output, json_builder_get_root (builder));
}

static void
add_how_to_apply (Exporting *self, const GPtrArray *answers)
{
  g_autofree char *text = NULL;
  gboolean all_there = TRUE;

  for (guint i = 0; i < answers->len; i++)
    {
      const BaruaExportAnswer *answer = answers->pdata[i];

      all_there = all_there && answer->plan != NULL && barua_plan_is_empty (answer->plan);
    }
  if (self->writes || all_there || self->hand_over->home->apart)
    return;
  barua_output_add_gap (self->output);
  /* Translators: an address, then names of mail programs as they were typed */
  text = g_strdup_printf (
    _ ("Nothing was changed. “barua export %s --to %s --apply” does all that."),
    self->word, barua_arguments_get (self->arguments, "to"));
  barua_output_add_text (self->output, BARUA_STYLE_PLAIN, 0, text);
}

static void
answer_text (Exporting *self, const GPtrArray *answers)
{
  if (self->hand_over->warning != NULL)
    barua_output_add_text (self->output, BARUA_STYLE_WARNING, 0,
                           self->hand_over->warning);
  for (guint i = 0; i < answers->len; i++)
    {
      const BaruaExportAnswer *answer = answers->pdata[i];
      g_autofree char *undo = NULL;

      if (answer->error == NULL)
        barua_export_answer_add_text (answer, self->hand_over, self->output);
      if (answer->undo == NULL)
        continue;
      undo = g_strdup_printf (_ ("“barua undo %s” takes it back."), answer->undo);
      barua_output_add_gap (self->output);
      barua_output_add_text (self->output, BARUA_STYLE_PLAIN, 0, undo);
    }
  add_how_to_apply (self, answers);
}

static int
judge (const GPtrArray *answers)
{
  int status = BARUA_STATUS_OK;

  for (guint i = 0; i < answers->len; i++)
    {
      const BaruaExportAnswer *answer = answers->pdata[i];
      g_autofree char *message =
        answer->error != NULL ? barua_trouble_dup_message (answer->error) : NULL;

      if (message == NULL)
        continue;
      barua_output_complain (message);
      if (status != BARUA_STATUS_FAILED)
        status = barua_trouble_is_problem (answer->error) ? BARUA_STATUS_PROBLEM
                                                          : BARUA_STATUS_FAILED;
    }
  return status;
}

/* After Ctrl-C: what is set up already is told of all the same, to be undone. */
static gboolean
is_worth_telling (GPtrArray *answers)
{
  const BaruaExportAnswer *last = answers->pdata[answers->len - 1];
  gboolean worth = FALSE;

  if (!last->applied)
    g_ptr_array_remove_index (answers, answers->len - 1);
  for (guint i = 0; i < answers->len; i++)
    worth = worth || ((const BaruaExportAnswer *) answers->pdata[i])->applied;
  return worth;
}

static int
export_all (Exporting *self)
{
  g_autoptr (GPtrArray) answers =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_export_answer_free);
  const BaruaExportAnswer *first = NULL;
  int status = BARUA_STATUS_OK;

  for (guint i = 0; i < self->exporters->len; i++)
    {
      g_ptr_array_add (answers, set_up (self, self->exporters->pdata[i]));
      if (barua_waiter_get_status (self->waiter) != 0)
        break;
    }
  if (barua_waiter_get_status (self->waiter) != 0 && !is_worth_telling (answers))
    return barua_command_interrupted (self->arguments, self->output, self->waiter);
  first = answers->pdata[0];
  if (self->exporters->len == 1 && first->error != NULL)
    return barua_command_in_trouble (self->arguments, self->output, self->waiter,
                                     first->error);
  if (barua_arguments_has (self->arguments, "json"))
    answer_json (self, answers);
  else
    answer_text (self, answers);
  status = judge (answers);
  return answers->len < self->exporters->len ? barua_waiter_get_status (self->waiter)
                                             : status;
}

/* A network that is slow takes a while to be seen through. */
static void
wait_visibly (BaruaWaiter *waiter)
{
  BaruaTerminal terminal = barua_terminal_look (STDERR_FILENO);

  if (terminal.moves)
    g_printerr ("%s", _ ("Asking Gmail’s servers…"));
  (void) barua_waiter_run (waiter);
  if (terminal.moves)
    g_printerr ("\r\033[K");
}

static int
export_for (Exporting *self, BaruaAddress *address, const BaruaHandOverOptions *options)
{
  g_autoptr (BaruaWaiter) waiter = barua_waiter_new ();
  int status = BARUA_STATUS_OK;

  barua_secret_protect_process ();
  self->waiter = waiter;
  barua_hand_over_prepare_async (address, options, barua_waiter_get_cancellable (waiter),
                                 on_prepared, self);
  wait_visibly (waiter);
  if (self->hand_over == NULL)
    status =
      barua_command_in_trouble (self->arguments, self->output, waiter, self->error);
  else
    status = export_all (self);
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
  g_clear_error (&self->error);
  return status;
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  int status = BARUA_STATUS_USAGE;
  g_autoptr (GPtrArray) exporters = g_ptr_array_new ();
  g_autoptr (BaruaAddress) address =
    barua_command_take_address (&barua_command_export, arguments, &status);
  g_autofree char *login = address != NULL ? barua_address_dup_login (address) : NULL;
  g_autofree char *message = NULL;
  BaruaHandOverOptions options = { 0 };
  Exporting exporting = {
    .arguments = arguments, .output = output, .word = login, .exporters = exporters
  };

  if (address == NULL)
    return status;
  if (!read_options (&exporting, &options, &message))
    return barua_command_misused (&barua_command_export, message);
  return export_for (&exporting, address, &options);
}

static const BaruaOption OPTIONS[] = {
  { "to", N_ ("PROGRAMS"), N_ ("Which mail programs, as “barua clients” names them") },
  { "apply", NULL, N_ ("Do it; without this, it is only shown") },
  { "output", N_ ("FOLDER"), N_ ("Save the files to a folder, in place of your own") },
  { "incoming", N_ ("WAY"), N_ ("How mail is fetched: imap or pop; imap if not given") },
  { "dry-run", NULL, N_ ("Show what would be done, and change nothing") },
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_export = {
  .name = "export",
  .usage = N_ ("ADDRESS --to PROGRAMS [--output FOLDER | --apply] "
               "[--incoming WAY] [--dry-run] [--json]"),
  .summary = N_ ("Set up mail programs for an address"),
  .details =
    N_ ("Shows what sets a mail program up: each file with its changes, what goes into "
        "the keyring, and what the program will still ask. With “--apply” it is done, "
        "and “barua undo” takes it back. What is there already stays: other accounts, "
        "your own lines, comments."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = 1,
  .run = run,
};
