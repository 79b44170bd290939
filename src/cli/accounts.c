#include "config.h"

#include "cli/commands.h"

#include "diagnose/causes.h"
#include "setup/roster.h"
#include "setup/trouble.h"

#include <glib/gi18n.h>

#define COLUMNS 4

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) moment = time > 0 ? g_date_time_new_from_unix_utc (time) : NULL;

  return moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;
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
answer_json (BaruaOutput *output, GPtrArray *accounts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < accounts->len; i++)
    {
      const BaruaAccount *account = accounts->pdata[i];
      g_autofree char *last_check = format_time (account->last_check);

      json_builder_begin_object (builder);
      add_member (builder, "address", account->address);
      add_member (builder, "name", account->name);
      add_member (builder, "method", barua_method_get_id (account->method));
      add_member (builder, "last_check", last_check);
      add_member (builder, "last_cause", account->last_cause);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  barua_output_set_json (output, json_builder_get_root (builder));
}

static const char *
describe_method (BaruaMethod method)
{
  switch (method)
    {
    case BARUA_METHOD_APP_PASSWORD:
      return _ ("app password");
    case BARUA_METHOD_OAUTH:
      /* Translators: how an account was signed in to */
      return _ ("in the browser");
    case BARUA_METHOD_ONLINE_ACCOUNT:
      return _ ("this desktop’s account");
    case BARUA_METHOD_NONE:
    default:
      return _ ("not signed in");
    }
}

static char *
describe_check (const BaruaAccount *account)
{
  const BaruaCause *cause =
    account->last_cause != NULL ? barua_cause_find (account->last_cause) : NULL;
  g_autoptr (GDateTime) utc =
    account->last_check > 0 ? g_date_time_new_from_unix_utc (account->last_check) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time =
    /* Translators: day and time as people write them short; see strftime(3) */
    local != NULL ? g_date_time_format (local, _ ("%x %H:%M")) : NULL;

  if (time == NULL || cause == NULL)
    return g_strdup (_ ("not checked yet"));
  if (g_str_equal (cause->id, "ok"))
    /* Translators: a day and time */
    return g_strdup_printf (_ ("works, %s"), time);
  /* Translators: what is wrong, then a day and time */
  return g_strdup_printf (_ ("%s, %s"), _ (cause->title), time);
}

static void
answer_text (BaruaOutput *output, GPtrArray *accounts)
{
  g_autofree BaruaCell *cells = g_new0 (BaruaCell, accounts->len * COLUMNS);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < accounts->len; i++)
    {
      const BaruaAccount *account = accounts->pdata[i];
      BaruaCell *row = cells + i * COLUMNS;
      char *check = describe_check (account);

      g_ptr_array_add (owned, check);
      row[0].text = account->address;
      row[0].style = BARUA_STYLE_STRONG;
      row[1].text = account->name;
      row[2].text = describe_method (account->method);
      row[3].text = check;
    }
  barua_output_add_table (output, 0, cells, accounts->len, COLUMNS);
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  g_autoptr (GError) error = NULL;
  gboolean damaged = FALSE;
  g_autoptr (GPtrArray) accounts = barua_roster_load (&damaged, &error);

  if (accounts == NULL)
    return barua_command_failed (arguments, output, barua_trouble_get_id (error),
                                 error->message);
  if (damaged)
    barua_output_complain (
      _ ("Parts of the list of accounts are damaged and were left out. Nothing is lost: "
         "before it is written anew, the damaged list is put aside."));
  if (barua_arguments_has (arguments, "json"))
    answer_json (output, accounts);
  else if (accounts->len > 0)
    answer_text (output, accounts);
  else
    barua_output_add_text (
      output, BARUA_STYLE_PLAIN, 0,
      _ ("No account is set up yet. “barua sign-in zoe@gmail.com” does it."));
  return BARUA_STATUS_OK;
}

static const BaruaOption OPTIONS[] = {
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_accounts = {
  .name = "accounts",
  .usage = N_ ("[--json]"),
  .summary = N_ ("List the accounts that are set up"),
  .details = N_ ("Tells of each account how it is signed in to, and what its last check "
                 "came to."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .run = run,
};
