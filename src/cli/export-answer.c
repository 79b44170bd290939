#include "config.h"

#include "cli/export-answer.h"

#include "base/text.h"
#include "cli/preview.h"
#include "export/qr.h"
#include "setup/trouble.h"

#include <glib/gi18n.h>

static const char *const KINDS[] = {
  [BARUA_CHANGE_FILE] = "file",       [BARUA_CHANGE_FOLDER] = "folder",
  [BARUA_CHANGE_KEYRING] = "keyring", [BARUA_CHANGE_SETTING] = "setting",
  [BARUA_CHANGE_COMMAND] = "command",
};

void
barua_export_answer_free (BaruaExportAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->plan, barua_plan_free);
  barua_secret_free_text (self->code);
  g_free (self->undo);
  g_clear_error (&self->error);
  g_free (self);
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
add_change_json (const BaruaChange *change, const BaruaHome *home, JsonBuilder *builder)
{
  g_autofree char *diff = barua_change_dup_diff (change, home);

  /* A folder that a file needs goes with the file. */
  if (change->summary == NULL)
    return;
  json_builder_begin_object (builder);
  add_member (builder, "kind", KINDS[change->kind]);
  if (change->path != NULL)
    add_member (builder, "path", change->path);
  add_member (builder, "summary", change->summary);
  if (diff != NULL)
    add_member (builder, "diff", diff);
  if (change->label != NULL)
    add_member (builder, "label", change->label);
  if (change->command != NULL)
    {
      add_member (builder, "command", change->command);
      json_builder_set_member_name (builder, "as_root");
      json_builder_add_boolean_value (builder, change->as_root);
    }
  json_builder_end_object (builder);
}

static void
add_sentences (JsonBuilder *builder,
               const char *name,
               const char *first,
               const GPtrArray *sentences)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  if (first != NULL)
    json_builder_add_string_value (builder, first);
  for (guint i = 0; sentences != NULL && i < sentences->len; i++)
    json_builder_add_string_value (builder, sentences->pdata[i]);
  json_builder_end_array (builder);
}

static void
add_error (JsonBuilder *builder, const GError *error)
{
  g_autofree char *message = barua_trouble_dup_message (error);

  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  add_member (builder, "id", barua_trouble_get_id (error));
  add_member (builder, "message", message);
  json_builder_end_object (builder);
}

void
barua_export_answer_add_json (const BaruaExportAnswer *self,
                              const BaruaHandOver *hand_over,
                              JsonBuilder *builder)
{
  const BaruaPlan *plan = self->plan;

  json_builder_begin_object (builder);
  add_member (builder, "client", self->exporter->id);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; plan != NULL && i < plan->changes->len; i++)
    add_change_json (plan->changes->pdata[i], hand_over->home, builder);
  json_builder_end_array (builder);
  add_sentences (builder, "questions", NULL, plan != NULL ? plan->questions : NULL);
  add_sentences (builder, "notes", hand_over->warning, plan != NULL ? plan->notes : NULL);
  json_builder_set_member_name (builder, "applied");
  json_builder_add_boolean_value (builder, self->applied);
  add_member (builder, "undo", self->undo);
  if (self->error != NULL)
    add_error (builder, self->error);
  json_builder_end_object (builder);
}

static void
add_command (BaruaOutput *output, const BaruaChange *change)
{
  g_autofree char *line =
    g_strconcat (change->as_root ? "# " : "$ ", change->command, NULL);

  barua_output_add_item (output, BARUA_STYLE_STRONG, 2, "•", change->summary);
  barua_output_add_line (output, 4, line);
}

static void
add_changes (const BaruaExportAnswer *self, const BaruaHome *home, BaruaOutput *output)
{
  /* Translators: what is changed; the same before and after it was done. */
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, _ ("Changes:"));
  barua_preview_add_changes (output, self->plan->changes, home, !self->applied);
}

static void
add_commands (const BaruaPlan *plan, BaruaOutput *output)
{
  gboolean any = FALSE;

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      if (change->kind != BARUA_CHANGE_COMMAND)
        continue;
      if (!any)
        {
          barua_output_add_gap (output);
          barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                                 /* Translators: commands for a shell follow, those that
                                    begin with “#” for root. */
                                 _ ("What is left for you to run:"));
        }
      any = TRUE;
      add_command (output, change);
    }
}

static void
add_list (BaruaOutput *output, const char *heading, const GPtrArray *sentences)
{
  if (sentences->len == 0)
    return;
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, heading);
  for (guint i = 0; i < sentences->len; i++)
    barua_output_add_item (output, BARUA_STYLE_STRONG, 2, "•", sentences->pdata[i]);
}

static void
add_code (const BaruaExportAnswer *self, BaruaOutput *output)
{
  g_autoptr (BaruaQr) code = barua_qr_new (self->code);
  char *coloured = code != NULL ? barua_qr_dup_terminal (code) : NULL;
  char *plain = code != NULL ? barua_qr_dup_blocks (code) : NULL;
  guint columns = code != NULL ? barua_qr_get_size (code) + 2 * BARUA_QR_QUIET : 0;

  if (code == NULL || !barua_output_add_drawing (output, coloured, plain, columns))
    barua_output_add_text (
      output, BARUA_STYLE_WARNING, 0,
      _ ("The QR code does not fit in here. Make the window of the terminal wider, or "
         "save the code as a picture with “--output FOLDER”."));
  barua_secret_free_text (coloured);
  barua_secret_free_text (plain);
}

void
barua_export_answer_add_text (const BaruaExportAnswer *self,
                              const BaruaHandOver *hand_over,
                              BaruaOutput *output)
{
  const BaruaPlan *plan = self->plan;

  g_return_if_fail (plan != NULL);

  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_STRONG, 0, _ (self->exporter->name));
  if (self->code != NULL)
    add_code (self, output);
  else if (barua_plan_is_empty (plan))
    barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                           barua_plan_describe_nothing (plan));
  else
    add_changes (self, hand_over->home, output);
  add_commands (plan, output);
  add_list (output, _ ("What it will still ask:"), plan->questions);
  add_list (output, _ ("Good to know:"), plan->notes);
}
