#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "export/thunderbird-accounts.h"
#include "export/thunderbird-audit.h"
#include "export/thunderbird-profile.h"
#include "export/thunderbird-vault.h"

#include <glib/gi18n.h>

#define KEY_FILE "key4.db"
#define LOGINS_FILE "logins.json"

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autoptr (GPtrArray) profiles = barua_thunderbird_profile_list (home);

  for (guint i = 0; i < profiles->len; i++)
    {
      const BaruaThunderbirdProfile *profile = profiles->pdata[i];
      g_autoptr (BaruaThunderbirdSettings) settings =
        barua_thunderbird_settings_read (profile->folder, home, NULL, NULL);
      g_autofree char *account =
        settings != NULL ? barua_thunderbird_accounts_find (settings, address, NULL)
                         : NULL;

      if (account != NULL)
        return TRUE;
    }
  return FALSE;
}

static char *
dup_vault_path (const BaruaThunderbirdProfile *profile, const char *name)
{
  return g_build_filename (profile->folder, name, NULL);
}

/* Both files at once: the passwords are of use only with the key they were made with. */
static void
plan_vault (const BaruaThunderbirdProfile *profile, BaruaPlan *plan)
{
  g_autofree char *key = dup_vault_path (profile, KEY_FILE);
  g_autofree char *logins = dup_vault_path (profile, LOGINS_FILE);

  barua_plan_seal (plan, key,
                   _ ("Keep the key to Thunderbird’s own store of passwords."));
  barua_plan_seal (plan, logins,
                   _ ("Put the app password, encrypted, into Thunderbird’s own store of "
                      "passwords."));
}

static void
plan_password (const BaruaThunderbirdProfile *profile, BaruaPlan *plan)
{
  switch (barua_thunderbird_vault_look (profile->folder))
    {
    case BARUA_VAULT_NEW:
    case BARUA_VAULT_OPEN:
      plan_vault (profile, plan);
      break;
    case BARUA_VAULT_LOCKED:
      barua_plan_add_question (
        plan, _ ("Thunderbird’s passwords are protected with a primary password, so it "
                 "asks for that, and then for the app password once."));
      break;
    case BARUA_VAULT_DAMAGED:
    default:
      barua_plan_add_question (
        plan, _ ("Thunderbird’s store of passwords cannot be read and is left alone, so "
                 "Thunderbird asks for the app password once."));
      break;
    }
}

static void
plan_sign_in (const BaruaThunderbirdProfile *profile,
              const BaruaThunderbirdLogin *login,
              const BaruaExportRequest *request,
              BaruaPlan *plan)
{
  if (barua_export_request_uses_password (request))
    plan_password (profile, plan);
  else if (barua_export_request_uses_token (request))
    barua_plan_add_question (
      plan, _ ("Thunderbird opens Google’s page in the browser once and asks for your "
               "consent there."));
  else if (!login->oauth)
    barua_plan_add_question (plan,
                             _ ("Thunderbird asks for the app password once. Let it "
                                "remember it."));
}

static void
tell_which (const BaruaThunderbirdProfile *profile,
            const BaruaHome *home,
            BaruaPlan *plan)
{
  g_autofree char *shown = barua_home_dup_shown (home, profile->root);
  g_autofree char *note = NULL;

  if (!profile->one_of_many)
    return;
  note = g_strdup_printf (
    /* Translators: a folder */
    _ ("More than one Thunderbird has settings here. The account goes into the one that "
       "keeps them in “%s”."),
    shown);
  barua_plan_add_note (plan, note);
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  g_autoptr (BaruaThunderbirdProfile) profile = barua_thunderbird_profile_find (home);
  g_autoptr (BaruaThunderbirdSettings) settings = NULL;
  g_autoptr (BaruaThunderbirdLogin) login = NULL;

  settings = barua_thunderbird_settings_read (profile->folder, home, plan, error);
  if (settings == NULL || !barua_thunderbird_profile_plan (profile, plan, error))
    return FALSE;
  login = barua_thunderbird_accounts_set_up (settings, request);
  barua_thunderbird_settings_plan (settings, plan);
  plan_sign_in (profile, login, request, plan);
  tell_which (profile, home, plan);
  return TRUE;
}

static gboolean
is_sealed (const BaruaPlan *plan, const char *path)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      if (change->kind == BARUA_CHANGE_FILE && change->sealed &&
          g_str_equal (change->path, path))
        return TRUE;
    }
  return FALSE;
}

static gboolean
fill (const BaruaThunderbirdProfile *profile,
      const BaruaThunderbirdLogin *login,
      const BaruaExportRequest *request,
      BaruaSecret *password,
      BaruaPlan *plan,
      GError **error)
{
  gboolean pop = request->incoming->protocol == BARUA_PROTOCOL_POP;
  g_autofree char *incoming =
    g_strconcat (pop ? "mailbox://" : "imap://", login->incoming_host, NULL);
  g_autofree char *outgoing = g_strconcat ("smtp://", login->outgoing_host, NULL);
  g_autofree char *key = dup_vault_path (profile, KEY_FILE);
  g_autofree char *logins = dup_vault_path (profile, LOGINS_FILE);
  const BaruaVaultEntry entries[] = {
    { incoming, login->incoming_user, password },
    { outgoing, login->outgoing_user, password },
  };
  g_auto (BaruaVaultFiles) files = { 0 };

  if (!barua_thunderbird_vault_put (profile->folder, entries, G_N_ELEMENTS (entries),
                                    g_get_real_time () / 1000, &files, error))
    return FALSE;
  barua_plan_fill (plan, key, files.key);
  barua_plan_fill (plan, logins, files.logins);
  return TRUE;
}

static gboolean
seal (BaruaPlan *plan,
      const BaruaExportRequest *request,
      const BaruaHome *home,
      const BaruaExportSecrets *secrets,
      GError **error)
{
  g_autoptr (BaruaThunderbirdProfile) profile = barua_thunderbird_profile_find (home);
  g_autoptr (BaruaThunderbirdSettings) settings = NULL;
  g_autoptr (BaruaThunderbirdLogin) login = NULL;
  g_autofree char *logins = dup_vault_path (profile, LOGINS_FILE);

  if (barua_thunderbird_profile_is_open (profile))
    {
      g_set_error_literal (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_RUNNING,
                           _ ("Thunderbird is running. Close it, and try again."));
      return FALSE;
    }
  if (!is_sealed (plan, logins))
    return TRUE;
  settings = barua_thunderbird_settings_read (profile->folder, home, plan, error);
  if (settings == NULL)
    return FALSE;
  login = barua_thunderbird_accounts_look_up (settings, request);
  if (login == NULL || secrets->app_password == NULL)
    {
      g_set_error_literal (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NO_SECRET,
                           _ ("There is no app password to hand over. Sign in first."));
      return FALSE;
    }
  return fill (profile, login, request, secrets->app_password, plan, error);
}

static const char *const COMMANDS[] = { "thunderbird", NULL };
static const char *const PROCESSES[] = { "thunderbird", "thunderbird-bin",
                                         "thunderbird-esr", "betterbird", NULL };
static const char *const DESKTOP_IDS[] = { "thunderbird",
                                           "net.thunderbird.Thunderbird",
                                           "org.mozilla.Thunderbird",
                                           "mozilla-thunderbird",
                                           "thunderbird_thunderbird",
                                           "eu.betterbird.Betterbird",
                                           NULL };
static const char *const FLATPAKS[] = { "org.mozilla.Thunderbird",
                                        "net.thunderbird.Thunderbird",
                                        "eu.betterbird.Betterbird", NULL };
static const char *const PACKAGES[] = { "thunderbird", NULL };

const BaruaExporter barua_exporter_thunderbird = {
  .id = "thunderbird",
  .name = "Thunderbird",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_CLOSED |
         BARUA_EXPORTS_GRAPHICAL,
  .commands = COMMANDS,
  .processes = PROCESSES,
  .desktop_ids = DESKTOP_IDS,
  .flatpaks = FLATPAKS,
  .snap = "thunderbird",
  .packages = PACKAGES,
  .has_account = has_account,
  .plan = plan_account,
  .seal = seal,
  .audit = barua_thunderbird_audit,
};
