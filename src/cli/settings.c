#include "config.h"

#include "cli/commands.h"

#include "cli/card.h"
#include "cli/typed.h"
#include "diagnose/report.h"
#include "export/sheet.h"
#include "setup/hosting.h"
#include "setup/journey.h"

#include <glib/gi18n.h>

#define APP_PASSWORDS "https://myaccount.google.com/apppasswords"

/* What is being asked about an address. */
typedef struct
{
  BaruaWaiter *waiter;
  BaruaDiscovery *discovery;
} Asking;

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *self = user_data;

  /* It fails only when it was interrupted, which the waiter knows. */
  self->discovery = barua_journey_discover_finish (BARUA_JOURNEY (source), result, NULL);
  barua_waiter_stop (self->waiter);
}

static void
add_group (BaruaOutput *output, const BaruaSheetGroup *group)
{
  g_autofree BaruaCell *cells = g_new0 (BaruaCell, group->rows->len * 2);

  for (guint i = 0; i < group->rows->len; i++)
    {
      const BaruaSheetRow *row = group->rows->pdata[i];

      cells[i * 2].text = row->name;
      cells[i * 2].style = BARUA_STYLE_FAINT;
      cells[i * 2 + 1].text = row->value;
    }
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_STRONG, 0, group->title);
  barua_output_add_table (output, 2, cells, group->rows->len, 2);
  if (group->note != NULL)
    barua_output_add_text (output, BARUA_STYLE_PLAIN, 2, group->note);
}

static void
add_settings (BaruaOutput *output, const BaruaProvider *provider, const char *username)
{
  g_autoptr (GPtrArray) groups =
    barua_sheet_new (provider->services, provider->n_services, username);

  for (guint i = 0; i < groups->len; i++)
    add_group (output, groups->pdata[i]);
  barua_output_add_gap (output);
  barua_output_add_text (
    output, BARUA_STYLE_PLAIN, 0,
    _ ("The ordinary Google password does not work in mail programs. "
       "Where a program cannot sign in in the browser, make an app "
       "password for it:"));
  barua_output_add_line (output, 0, APP_PASSWORDS);
}

static JsonNode *
settings_of_nobody (void)
{
  static const BaruaProvider NOBODY = { .id = "none", .name = "" };

  return barua_report_settings (&NOBODY, NULL);
}

static int
settings_for (const BaruaArguments *arguments, BaruaOutput *output, BaruaAddress *address)
{
  g_autoptr (BaruaWaiter) waiter = barua_waiter_new ();
  g_autoptr (BaruaJourney) journey = barua_journey_new (address);
  g_autoptr (BaruaDiscovery) discovery = NULL;
  g_autofree char *username = barua_address_dup_login (address);
  const BaruaProvider *provider = barua_journey_get_provider (journey);
  gboolean json = barua_arguments_has (arguments, "json");
  gboolean is_google = FALSE;
  Asking asking = { .waiter = waiter };

  barua_journey_discover_async (journey, barua_waiter_get_cancellable (waiter),
                                on_discovered, &asking);
  (void) barua_waiter_run (waiter);
  discovery = g_steal_pointer (&asking.discovery);
  if (discovery == NULL)
    return barua_command_interrupted (arguments, output, waiter);

  is_google = barua_hosting_is_google (discovery);
  if (json)
    barua_output_set_json (output, is_google ? barua_report_settings (provider, username)
                                             : settings_of_nobody ());
  else
    {
      barua_card_add_hosting (output, address, discovery);
      if (is_google)
        add_settings (output, provider, username);
    }
  return is_google ? BARUA_STATUS_OK : BARUA_STATUS_PROBLEM;
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  const char *word = barua_arguments_get_word (arguments, 0);
  g_autoptr (BaruaAddress) address = NULL;
  g_autoptr (BaruaJourney) journey = NULL;
  g_autoptr (GError) error = NULL;

  if (word != NULL)
    {
      address = barua_typed_address (word, &error);
      if (address == NULL)
        return barua_command_misused (&barua_command_settings, error->message);
      return settings_for (arguments, output, address);
    }
  journey = barua_journey_new (NULL);
  if (barua_arguments_has (arguments, "json"))
    barua_output_set_json (
      output, barua_report_settings (barua_journey_get_provider (journey), NULL));
  else
    add_settings (output, barua_journey_get_provider (journey), NULL);
  return BARUA_STATUS_OK;
}

static const BaruaOption OPTIONS[] = {
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_settings = {
  .name = "settings",
  .usage = N_ ("[ADDRESS] [--json]"),
  .summary = N_ ("Show the server settings that mail programs ask for"),
  .details =
    N_ ("Shows the servers, ports and kinds of encryption for sending and receiving "
        "mail with Gmail, for one address or in general. For an address of your own "
        "domain it looks up whether Google keeps its mail."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = 1,
  .run = run,
};
