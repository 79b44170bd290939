#include "config.h"

#include "cli/commands.h"

#include "export/exporter.h"
#include "export/presence.h"
#include "setup/roster.h"
#include "setup/sandbox.h"
#include "setup/trouble.h"

#include <glib/gi18n.h>

#define COLUMNS 4

static gboolean
has_any_account (const BaruaExporter *exporter,
                 const BaruaHome *home,
                 const GPtrArray *accounts)
{
  for (guint i = 0; exporter->has_account != NULL && i < accounts->len; i++)
    if (exporter->has_account (home,
                               ((const BaruaAccount *) accounts->pdata[i])->address))
      return TRUE;
  return FALSE;
}

static GPtrArray *
look (const GPtrArray *accounts)
{
  GPtrArray *found =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_presence_free);
  const BaruaExporter *const *exporters = barua_exporters ();
  g_autoptr (BaruaHome) home = barua_home_new ();

  for (gsize i = 0; exporters[i] != NULL; i++)
    {
      BaruaPresence *presence = barua_presence_look (exporters[i], home, NULL);

      presence->has_account = has_any_account (exporters[i], home, accounts);
      g_ptr_array_add (found, presence);
    }
  return found;
}

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
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
answer_json (BaruaOutput *output, const GPtrArray *found)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "clients");
  json_builder_begin_array (builder);
  for (guint i = 0; i < found->len; i++)
    {
      const BaruaPresence *presence = found->pdata[i];

      json_builder_begin_object (builder);
      add_member (builder, "id", presence->exporter->id);
      add_member (builder, "name", _ (presence->exporter->name));
      add_flag (builder, "installed", presence->kind != BARUA_PRESENCE_NONE);
      add_member (builder, "version", presence->version);
      add_member (builder, "kind", barua_presence_kind_get_id (presence->kind));
      add_flag (builder, "has_account", presence->has_account);
      add_flag (builder, "running", presence->running);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  barua_output_set_json (output, json_builder_get_root (builder));
}

static char *
describe_kind (const BaruaPresence *presence)
{
  const char *version = presence->version != NULL ? presence->version : "";

  switch (presence->kind)
    {
    case BARUA_PRESENCE_FLATPAK:
      return g_strstrip (g_strdup_printf ("%s (Flatpak)", version));
    case BARUA_PRESENCE_SNAP:
      return g_strstrip (g_strdup_printf ("%s (Snap)", version));
    case BARUA_PRESENCE_NATIVE:
    case BARUA_PRESENCE_NONE:
    default:
      return g_strdup (version);
    }
}

static const char *
describe_state (const BaruaPresence *presence)
{
  if (presence->has_account && presence->running)
    /* Translators: of a mail program */
    return _ ("set up, running");
  if (presence->has_account)
    /* Translators: of a mail program: the account is in it */
    return _ ("set up");
  if (presence->running)
    /* Translators: of a mail program */
    return _ ("running");
  return "";
}

static guint
add_those (BaruaOutput *output,
           const GPtrArray *found,
           gboolean here,
           const char *heading)
{
  g_autofree BaruaCell *cells = g_new0 (BaruaCell, found->len * COLUMNS);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  guint n_rows = 0;

  for (guint i = 0; i < found->len; i++)
    {
      const BaruaPresence *presence = found->pdata[i];
      BaruaCell *row = cells + (gsize) n_rows * COLUMNS;

      if ((presence->kind != BARUA_PRESENCE_NONE) != here)
        continue;
      row[0].text = presence->exporter->id;
      row[0].style = BARUA_STYLE_STRONG;
      row[1].text = _ (presence->exporter->name);
      row[2].text = describe_kind (presence);
      g_ptr_array_add (owned, (char *) row[2].text);
      row[3].text = describe_state (presence);
      n_rows++;
    }
  if (n_rows == 0)
    return 0;
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, heading);
  barua_output_add_table (output, 2, cells, n_rows, COLUMNS);
  return n_rows;
}

static void
answer_text (BaruaOutput *output, const GPtrArray *found)
{
  g_autofree char *note = barua_sandbox_dup_note ("/");

  if (add_those (output, found, TRUE, _ ("On this computer:")) == 0)
    barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                           _ ("None of the mail programs that Barua knows is here."));
  (void) add_those (output, found, FALSE, _ ("These can be set up, too:"));
  if (note != NULL)
    {
      barua_output_add_gap (output);
      barua_output_add_text (output, BARUA_STYLE_WARNING, 0, note);
    }
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0,
                         _ ("“barua export zoe@gmail.com --to NAME” shows what would be "
                            "done to set one up."));
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = barua_roster_load (NULL, &error);
  g_autoptr (GPtrArray) found = NULL;

  if (accounts == NULL)
    return barua_command_failed (arguments, output, barua_trouble_get_id (error),
                                 error->message);
  found = look (accounts);
  if (barua_arguments_has (arguments, "json"))
    answer_json (output, found);
  else
    answer_text (output, found);
  return BARUA_STATUS_OK;
}

static const BaruaOption OPTIONS[] = {
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_clients = {
  .name = "clients",
  .usage = N_ ("[--json]"),
  .summary = N_ ("List the mail programs that can be set up"),
  .details = N_ ("Tells which mail programs are on this computer, whether they are "
                 "running, and whether an account of yours is set up in them. Nothing is "
                 "started for that."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .run = run,
};
