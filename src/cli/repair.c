#include "config.h"

#include "cli/commands.h"

#include "base/text.h"
#include "cli/hand-out.h"
#include "cli/preview.h"
#include "setup/fault-text.h"
#include "setup/repair.h"
#include "setup/trouble.h"

#include <glib/gi18n.h>

#define WORDS_MAX 100

/* What came of mending one program: @left faults, the id to undo it with, or why not. */
typedef struct
{
  BaruaRepair *repair;
  gboolean tried;
  char *undo;
  guint left;
  GError *error;
} Mended;

typedef struct
{
  BaruaWaiter *waiter;
  const BaruaHome *home;
  GPtrArray *repairs;
  Mended *current;
  GError *error;
} Repairing;

static void
mended_free (gpointer data)
{
  Mended *self = data;

  g_free (self->undo);
  g_clear_error (&self->error);
  g_free (self);
}

static void
on_looked (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Repairing *self = user_data;

  self->repairs = barua_repair_look_finish (result, &self->error);
  barua_waiter_stop (self->waiter);
}

static void
on_applied (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Repairing *self = user_data;
  Mended *mended = self->current;

  mended->undo = barua_repair_apply_finish (result, &mended->left, &mended->error);
  self->current = NULL;
  barua_waiter_stop (self->waiter);
}

static Mended *
mend (Repairing *self, BaruaRepair *repair, gboolean apply)
{
  Mended *mended = g_new0 (Mended, 1);

  mended->repair = repair;
  mended->left = repair->faults->len;
  mended->tried = apply;
  if (repair->error != NULL)
    mended->error = g_error_copy (repair->error);
  if (!apply || repair->plan == NULL)
    return mended;
  self->current = mended;
  barua_repair_apply_async (
    self->home, repair, barua_waiter_get_cancellable (self->waiter), on_applied, self);
  (void) barua_waiter_run (self->waiter);
  return mended;
}

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  g_autofree char *safe = text != NULL ? barua_text_printable (text, -1, 0) : NULL;

  json_builder_set_member_name (builder, name);
  if (safe != NULL)
    json_builder_add_string_value (builder, safe);
  else
    json_builder_add_null_value (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

static void
add_fault_json (const BaruaFault *fault, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_member (builder, "client", fault->client);
  add_member (builder, "file", fault->file);
  json_builder_set_member_name (builder, "line");
  if (fault->line > 0)
    json_builder_add_int_value (builder, fault->line);
  else
    json_builder_add_null_value (builder);
  add_member (builder, "key", fault->key);
  add_member (builder, "value", fault->value);
  add_member (builder, "expected", fault->expected);
  add_member (builder, "cause", fault->cause);
  add_member (builder, "why", fault->why);
  add_flag (builder, "fixable", fault->fixable);
  json_builder_end_object (builder);
}

static void
add_mended_json (const Mended *mended, JsonBuilder *builder)
{
  g_autofree char *message =
    mended->error != NULL ? barua_trouble_dup_message (mended->error) : NULL;

  json_builder_begin_object (builder);
  add_member (builder, "client", mended->repair->exporter->id);
  add_flag (builder, "applied", mended->undo != NULL);
  add_member (builder, "undo", mended->undo);
  json_builder_set_member_name (builder, "left");
  json_builder_add_int_value (builder, mended->left);
  if (message != NULL)
    {
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      add_member (builder, "id", barua_trouble_get_id (mended->error));
      add_member (builder, "message", message);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
answer_json (BaruaOutput *output, const GPtrArray *all)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const GPtrArray *faults = ((const Mended *) all->pdata[i])->repair->faults;

      for (guint j = 0; j < faults->len; j++)
        add_fault_json (faults->pdata[j], builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "repairs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    add_mended_json (all->pdata[i], builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  barua_output_set_json (output, json_builder_get_root (builder));
}

static void
add_fault_text (const BaruaFault *fault, const BaruaHome *home, BaruaOutput *output)
{
  g_autofree char *what = barua_fault_dup_what (fault);
  g_autofree char *where = barua_fault_dup_where (fault, home);

  barua_output_add_item (output, BARUA_STYLE_WARNING, 2, "•", what);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 4, fault->why);
  if (!fault->fixable)
    barua_output_add_text (output, BARUA_STYLE_PLAIN, 4,
                           _ ("Barua cannot correct this by itself."));
  barua_output_add_styled_line (output, BARUA_STYLE_FAINT, 4, where);
}

static void
add_mended_text (const Mended *mended, const BaruaHome *home, BaruaOutput *output)
{
  const BaruaRepair *repair = mended->repair;
  g_autofree char *undo = NULL;

  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_STRONG, 0, _ (repair->exporter->name));
  for (guint i = 0; i < repair->faults->len; i++)
    add_fault_text (repair->faults->pdata[i], home, output);
  if (mended->error != NULL || repair->plan == NULL || barua_plan_is_empty (repair->plan))
    return;
  barua_output_add_gap (output);
  /* Translators: what is changed; the same before and after it was done. */
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, _ ("Changes:"));
  barua_preview_add_changes (output, repair->plan->changes, home, TRUE);
  if (mended->undo == NULL)
    return;
  undo = g_strdup_printf (_ ("“barua undo %s” takes it back."), mended->undo);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, undo);
}

static gboolean
can_mend (const Mended *mended)
{
  return !mended->tried && mended->repair->plan != NULL &&
         !barua_plan_is_empty (mended->repair->plan);
}

static void
answer_text (BaruaOutput *output, const GPtrArray *all, const BaruaHome *home)
{
  gboolean mendable = FALSE;

  if (all->len == 0)
    barua_output_add_text (
      output, BARUA_STYLE_GOOD, 0,
      _ ("What is set for Gmail in the mail programs here is as it should be."));
  for (guint i = 0; i < all->len; i++)
    {
      add_mended_text (all->pdata[i], home, output);
      mendable = mendable || can_mend (all->pdata[i]);
    }
  if (!mendable)
    return;
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                         _ ("Nothing was changed. “barua repair --apply” does all that, "
                            "and it can be undone."));
}

static int
judge (const GPtrArray *all)
{
  int status = BARUA_STATUS_OK;

  for (guint i = 0; i < all->len; i++)
    {
      const Mended *mended = all->pdata[i];
      g_autofree char *message =
        mended->error != NULL ? barua_trouble_dup_message (mended->error) : NULL;

      if (message != NULL)
        {
          barua_output_complain (message);
          status = BARUA_STATUS_FAILED;
        }
      else if (mended->left > 0 && status == BARUA_STATUS_OK)
        status = BARUA_STATUS_PROBLEM;
    }
  return status;
}

static int
repair_all (Repairing *self, const BaruaArguments *arguments, BaruaOutput *output)
{
  gboolean apply = barua_arguments_has (arguments, "apply");
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (mended_free);

  for (guint i = 0; i < self->repairs->len; i++)
    {
      Mended *mended = mend (self, self->repairs->pdata[i], apply);

      if (self->current != NULL)
        {
          /* A thread may be at it until the process ends. */
          g_ptr_array_set_free_func (all, NULL);
          self->repairs = NULL;
          return barua_command_interrupted (arguments, output, self->waiter);
        }
      g_ptr_array_add (all, mended);
    }
  if (barua_arguments_has (arguments, "json"))
    answer_json (output, all);
  else
    answer_text (output, all, self->home);
  return judge (all);
}

static GPtrArray *
read_clients (const BaruaArguments *arguments, char **message)
{
  g_autoptr (GPtrArray) exporters = g_ptr_array_new ();
  const char *word = NULL;

  for (guint i = 0; (word = barua_arguments_get_word (arguments, i)) != NULL; i++)
    {
      const BaruaExporter *exporter = barua_exporter_find (word);

      if (exporter == NULL || !barua_repair_can_look (exporter))
        {
          g_autofree char *shown = barua_options_quote (word);

          *message = g_strdup_printf (
            /* Translators: what was typed */
            _ ("“%s” is no mail program whose settings Barua can look through."), shown);
          return NULL;
        }
      g_ptr_array_add (exporters, (gpointer) exporter);
    }
  return g_steal_pointer (&exporters);
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  g_autofree char *message = NULL;
  g_autoptr (GPtrArray) exporters = read_clients (arguments, &message);
  g_autoptr (BaruaHome) home = barua_home_new ();
  g_autoptr (BaruaWaiter) waiter = NULL;
  Repairing self = { .home = home };
  int status = BARUA_STATUS_OK;

  if (exporters == NULL)
    return barua_command_misused (&barua_command_repair, message);
  waiter = barua_waiter_new ();
  self.waiter = waiter;
  barua_repair_look_async (home, exporters->len > 0 ? exporters : NULL,
                           barua_waiter_get_cancellable (waiter), on_looked, &self);
  (void) barua_waiter_run (waiter);
  if (self.repairs == NULL)
    status = barua_command_in_trouble (arguments, output, waiter, self.error);
  else
    status = repair_all (&self, arguments, output);
  g_clear_pointer (&self.repairs, g_ptr_array_unref);
  g_clear_error (&self.error);
  return status;
}

static const BaruaOption OPTIONS[] = {
  { "apply", NULL, N_ ("Correct what is wrong; without this, it is only shown") },
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_repair = {
  .name = "repair",
  .usage = N_ ("[PROGRAM…] [--apply] [--json]"),
  .summary = N_ ("Find and correct what is set wrongly in mail programs"),
  .details =
    N_ ("Reads what is set for Gmail in the mail programs of this computer, or in those "
        "that are named, and lists each wrong value: where it stands, what it should be, "
        "and why. With “--apply” they are corrected, and “barua undo” takes that back."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = WORDS_MAX,
  .run = run,
};
