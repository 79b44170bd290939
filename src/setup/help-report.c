#include "config.h"

#include "setup/help-report.h"

#include "base/redact.h"
#include "credentials/accounts.h"
#include "diagnose/report.h"
#include "setup/machine.h"

static void
add_title (GString *out, const char *title)
{
  g_string_append_printf (out, "\n## %s\n\n", title);
}

static GPtrArray *
list_accounts (void)
{
  g_autofree char *path = barua_accounts_dup_path ();
  g_autoptr (BaruaAccounts) accounts = barua_accounts_load (path, NULL);

  return accounts != NULL
           ? barua_accounts_list (accounts)
           : g_ptr_array_new_with_free_func ((GDestroyNotify) barua_account_free);
}

static void
add_accounts (GString *out, GPtrArray *accounts)
{
  add_title (out, "Accounts");
  if (accounts->len == 0)
    g_string_append (out, "none is set up\n");
  for (guint i = 0; i < accounts->len; i++)
    {
      const BaruaAccount *account = g_ptr_array_index (accounts, i);

      g_string_append_printf (out, "%s: %s, last check: %s\n", account->address,
                              barua_method_get_id (account->method),
                              account->last_cause != NULL ? account->last_cause
                                                          : "never");
    }
}

static void
add_check (GString *out, const BaruaCheck *check)
{
  const BaruaCheckFacts facts = {
    .address = check->address,
    .kind = check->discovery != NULL ? check->discovery->kind : BARUA_HOST_GMAIL,
    .started = check->started,
    .ms = check->ms,
    .diagnosis = check->diagnosis,
  };
  g_autoptr (JsonNode) node = barua_report_check (&facts);
  g_autofree char *text = barua_report_to_text (node);

  add_title (out, "Check");
  g_string_append_printf (out, "%s\n", text);
}

static char *
mask (char *text, const char *address)
{
  g_autoptr (BaruaAddress) parsed = barua_address_new (address, NULL);
  g_autofree char *old = text;
  g_autofree char *masked = NULL;
  g_autofree char *pattern = NULL;
  g_autoptr (GRegex) regex = NULL;

  if (parsed == NULL)
    return g_steal_pointer (&old);
  masked = barua_address_dup_masked (parsed);
  pattern = g_regex_escape_string (address, -1);
  regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  return g_regex_replace_literal (regex, old, -1, 0, masked, 0, NULL);
}

static char *
mask_all (char *text, const BaruaCheck *check, GPtrArray *accounts)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      const BaruaAccount *account = g_ptr_array_index (accounts, i);

      text = mask (text, account->address);
    }
  if (check != NULL && check->address != NULL)
    {
      g_autofree char *login = barua_address_dup_login (check->address);

      text = mask (text, barua_address_get_text (check->address));
      text = mask (text, login);
    }
  return text;
}

char *
barua_help_report (const BaruaCheck *check, gboolean show_address)
{
  g_autoptr (GString) out = g_string_new ("# Barua report\n");
  g_autoptr (GPtrArray) accounts = list_accounts ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *written = g_date_time_format_iso8601 (now);
  g_autofree char *machine = barua_machine_describe ();
  g_autofree char *text = NULL;

  g_string_append_printf (out, "\nWritten: %s\n", written);
  add_title (out, "Machine");
  g_string_append (out, machine);
  add_accounts (out, accounts);
  if (check != NULL)
    add_check (out, check);
  /* Each part was redacted when it was recorded; once more costs nothing. */
  text = barua_redactor_apply (NULL, out->str);
  if (!show_address)
    text = mask_all (g_steal_pointer (&text), check, accounts);
  return g_steal_pointer (&text);
}
