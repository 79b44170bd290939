#include "config.h"

#include "cli/commands.h"

#include "base/text.h"
#include "cli/hand-out.h"
#include "export/exporter.h"
#include "setup/hand-over.h"
#include "setup/trouble.h"

#include <glib/gi18n.h>

#define COLUMNS 4

static const char *const KINDS[] = {
  [BARUA_CHANGE_FILE] = "file",       [BARUA_CHANGE_FOLDER] = "folder",
  [BARUA_CHANGE_KEYRING] = "keyring", [BARUA_CHANGE_SETTING] = "setting",
  [BARUA_CHANGE_COMMAND] = "command",
};

typedef struct
{
  BaruaWaiter *waiter;
  BaruaReceipt *receipt;
  GError *error;
} Waiting;

static void
on_taken_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->receipt = barua_take_back_finish (result, &waiting->error);
  barua_waiter_stop (waiting->waiter);
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
add_changes_json (const BaruaReceipt *receipt, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < receipt->changes->len; i++)
    {
      const BaruaChange *change = receipt->changes->pdata[i];

      /* A folder that a file needs goes with the file. */
      if (change->summary == NULL)
        continue;
      json_builder_begin_object (builder);
      add_member (builder, "kind", KINDS[change->kind]);
      if (change->path != NULL)
        add_member (builder, "path", change->path);
      add_member (builder, "summary", change->summary);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_receipt_json (const BaruaReceipt *receipt, JsonBuilder *builder)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (receipt->when);
  g_autofree char *time = when != NULL ? g_date_time_format_iso8601 (when) : NULL;

  json_builder_begin_object (builder);
  add_member (builder, "id", receipt->id);
  add_member (builder, "client", receipt->client);
  add_member (builder, "address", receipt->address);
  add_member (builder, "when", time);
  json_builder_set_member_name (builder, "undone");
  json_builder_add_boolean_value (builder, receipt->undone);
  add_changes_json (receipt, builder);
  json_builder_end_object (builder);
}

static void
list_json (BaruaOutput *output, const GPtrArray *receipts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "receipts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < receipts->len; i++)
    add_receipt_json (receipts->pdata[i], builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  barua_output_set_json (output, json_builder_get_root (builder));
}

static const char *
name_of (const BaruaReceipt *receipt)
{
  const BaruaExporter *exporter = barua_exporter_find (receipt->client);

  return exporter != NULL ? _ (exporter->name) : receipt->client;
}

static char *
dup_time (const BaruaReceipt *receipt)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (receipt->when);

  /* Translators: day and time as people write them short; see strftime(3) */
  return when != NULL ? g_date_time_format (when, _ ("%x %H:%M")) : NULL;
}

static void
list_text (BaruaOutput *output, const GPtrArray *receipts)
{
  g_autofree BaruaCell *cells = g_new0 (BaruaCell, receipts->len * COLUMNS);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  if (receipts->len == 0)
    barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, _ ("There is nothing to undo."));
  for (guint i = 0; i < receipts->len; i++)
    {
      const BaruaReceipt *receipt = receipts->pdata[i];
      BaruaCell *row = cells + (gsize) i * COLUMNS;
      char *time = dup_time (receipt);

      g_ptr_array_add (owned, time);
      row[0].text = receipt->id;
      row[0].style = receipt->undone ? BARUA_STYLE_FAINT : BARUA_STYLE_STRONG;
      row[1].text = time;
      /* Translators: settings of a mail program were corrected, for no address */
      row[2].text = receipt->address != NULL ? receipt->address : _ ("repair");
      /* Translators: changes that were taken back */
      row[3].text = receipt->undone ? _ ("undone") : NULL;
    }
  barua_output_add_table (output, 0, cells, receipts->len, COLUMNS);
}

static int
list (const BaruaArguments *arguments, BaruaOutput *output)
{
  g_autoptr (BaruaHome) home = barua_home_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = barua_receipts_list (home, &error);

  if (receipts == NULL)
    return barua_command_failed (arguments, output, barua_trouble_get_id (error),
                                 error->message);
  if (barua_arguments_has (arguments, "json"))
    list_json (output, receipts);
  else
    list_text (output, receipts);
  return BARUA_STATUS_OK;
}

static void
answer_json (BaruaOutput *output, const BaruaReceipt *receipt)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  add_receipt_json (receipt, builder);
  barua_output_set_json (output, json_builder_get_root (builder));
}

static void
answer_text (BaruaOutput *output, const BaruaReceipt *receipt)
{
  g_autoptr (BaruaHome) home = barua_home_new ();
  g_autofree char *text =
    /* Translators: the name of a mail program */
    g_strdup_printf (_ ("%s is set as it was before."), name_of (receipt));

  barua_output_add_text (output, BARUA_STYLE_GOOD, 0, text);
  for (guint i = 0; i < receipt->changes->len; i++)
    {
      const BaruaChange *change = receipt->changes->pdata[i];
      g_autofree char *shown = NULL;

      if (change->kind != BARUA_CHANGE_FILE)
        continue;
      shown = barua_home_dup_shown (home, change->path);
      barua_output_add_line (output, 2, shown);
    }
}

static int
take_back (const BaruaArguments *arguments, BaruaOutput *output)
{
  g_autoptr (BaruaHome) home = barua_home_new ();
  g_autoptr (BaruaWaiter) waiter = barua_waiter_new ();
  Waiting waiting = { .waiter = waiter };
  int status = BARUA_STATUS_OK;

  barua_secret_protect_process ();
  barua_take_back_async (home, barua_arguments_get_word (arguments, 0),
                         barua_waiter_get_cancellable (waiter), on_taken_back, &waiting);
  (void) barua_waiter_run (waiter);
  if (waiting.receipt == NULL)
    status = barua_command_in_trouble (arguments, output, waiter, waiting.error);
  else if (barua_arguments_has (arguments, "json"))
    answer_json (output, waiting.receipt);
  else
    answer_text (output, waiting.receipt);
  g_clear_pointer (&waiting.receipt, barua_receipt_free);
  g_clear_error (&waiting.error);
  return status;
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  if (!barua_arguments_has (arguments, "list"))
    return take_back (arguments, output);
  if (barua_arguments_get_word (arguments, 0) != NULL)
    return barua_command_misused (&barua_command_undo,
                                  _ ("“--list” shows everything: name nothing besides."));
  return list (arguments, output);
}

static const BaruaOption OPTIONS[] = {
  { "list", NULL, N_ ("List what was done, the latest first, and undo nothing") },
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_undo = {
  .name = "undo",
  .usage = N_ ("[--list] [ID] [--json]"),
  .summary = N_ ("Take an export or a repair back"),
  .details =
    N_ ("Gives every file back what it held, byte for byte, and takes away what was "
        "made, in the keyring, too. Without an ID, that is the latest that was not "
        "undone yet. Where a file has been changed since, nothing is undone."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = 1,
  .run = run,
};
