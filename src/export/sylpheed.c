#include "config.h"

#include "export/exporters.h"

#include "account/app-password.h"
#include "export/error.h"
#include "export/sylph.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME "Sylpheed"

/* What Sylpheed starts for a token, by this name, with the address. */
#define HELPER ".local/bin/syl-auth-helper"
#define HELPERS_FOLDER ".local/bin"
#define LOG ".sylpheed-2.0/sylpheed.log"

static const BaruaSylph KIND = {
  .name = NAME,
  .place = ".sylpheed-2.0",
};

static gboolean
can_sign_in (const BaruaExportRequest *request, GError **error)
{
  if (request->incoming->protocol != BARUA_PROTOCOL_POP ||
      !barua_export_request_uses_token (request))
    return TRUE;
  g_set_error (
    error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
    /* Translators: the name of a mail program */
    _ ("%s can fetch with POP only with an app password, and you are signed in "
       "without one. Choose IMAP."),
    NAME);
  return FALSE;
}

/* Left to itself it takes a password for a token wherever the server takes tokens. */
static void
put_login (BaruaSylphAccount *account, const BaruaExportRequest *request)
{
  gboolean token = barua_export_request_uses_token (request);
  gboolean pop = request->incoming->protocol == BARUA_PROTOCOL_POP;
  const BaruaSylphSetting settings[] = {
    { "protocol", pop ? "0" : "3" },
    { "imap_auth_method", token ? "8" : "4" },
    { "smtp_auth_method", token ? "16" : "8" },
  };
  const BaruaSylphSetting inbox_only = { "imap_check_inbox_only", "1" };

  barua_sylph_account_put (account, settings, G_N_ELEMENTS (settings));
  if (!account->is_there && !pop)
    barua_sylph_account_put (account, &inbox_only, 1);
}

/* One that cannot be right would be sent each time, and no other asked for. */
static void
drop_wrong_password (BaruaSylphAccount *account, BaruaPlan *plan)
{
  g_autofree char *there = barua_key_file_dup (account->file, account->group, "password");
  g_autoptr (BaruaSecret) typed = barua_secret_new (there != NULL ? there : "", -1);
  g_autoptr (BaruaSecret) secret = barua_app_password_normalize (typed);
  const BaruaSylphSetting empty = { "password", "" };

  if (barua_secret_shape (secret) == BARUA_SECRET_SHAPE_APP_PASSWORD)
    return;
  if (there != NULL)
    barua_sylph_account_put (account, &empty, 1);
  barua_plan_add_question (
    plan, _ ("Sylpheed will ask for the password each time it is started."));
}

static gboolean
is_searched (const BaruaHome *home)
{
  g_autofree char *folder = g_build_filename (home->lives, HELPERS_FOLDER, NULL);

  return g_strv_contains ((const char *const *) home->search, folder);
}

static char *
write_helper (const BaruaExportRequest *request)
{
  g_autofree char *program = g_shell_quote (request->program);

  return g_strdup_printf ("#!/bin/sh\nexec %s token \"$1\"\n", program);
}

static gboolean
plan_helper (const BaruaExportRequest *request,
             const BaruaHome *home,
             BaruaPlan *plan,
             GError **error)
{
  g_autofree char *path = barua_home_dup_path (home, HELPER);
  g_autofree char *wanted = write_helper (request);
  g_autofree char *there = NULL;

  if (!barua_plan_read (plan, path, &there, NULL, error))
    return FALSE;
  if (there != NULL && strstr (there, " token \"$1\"\n") == NULL)
    {
      g_autofree char *shown = barua_home_dup_shown (home, path);

      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
                   _ ("Sylpheed gets its tokens from a program of yours, “%s”. Move it "
                      "aside to have Barua give them."),
                   shown);
      return FALSE;
    }
  barua_plan_write (plan, path, wanted, -1, BARUA_FILE_PROGRAM,
                    _ ("Make the little program that gives Sylpheed its tokens."));
  if (!is_searched (home))
    barua_plan_add_note (
      plan,
      _ ("Sign out of the desktop and in again before you start Sylpheed: only then "
         "are programs found in the folder “.local/bin”."));
  return TRUE;
}

/* Sylpheed shows all that it says to the server in its log, the token too. It goes on
 * without a log where that cannot be written. */
static gboolean
plan_no_log (const BaruaHome *home, BaruaPlan *plan, GError **error)
{
  g_autofree char *path = barua_home_dup_path (home, LOG);

  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *shown = barua_home_dup_shown (home, path);

      g_set_error (
        error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
        _ ("Sylpheed would write your access tokens into its log. Close it, "
           "delete “%s”, and try again: Barua then sees to it that there is no "
           "log."),
        shown);
      return FALSE;
    }
  barua_plan_make_folder (plan, path,
                          _ ("Keep Sylpheed from writing a log, which would hold access "
                             "tokens: a folder stands in its place."));
  return TRUE;
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  g_auto (BaruaSylphAccount) account = { 0 };

  if (!can_sign_in (request, error) ||
      !barua_sylph_account_open (&account, &KIND, home, plan, request->account->address,
                                 error))
    return FALSE;
  barua_sylph_account_begin (&account, request);
  put_login (&account, request);
  if (!barua_export_request_uses_token (request))
    drop_wrong_password (&account, plan);
  else if (!plan_helper (request, home, plan, error) || !plan_no_log (home, plan, error))
    return FALSE;
  if (!barua_sylph_plan_copies (&account, &KIND, home, plan, "sylpheedrc", error) ||
      !barua_sylph_plan_folders (&account, &KIND, request, home, plan, error))
    return FALSE;
  barua_sylph_account_write (&account, &KIND, request, plan);
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  return barua_sylph_has_account (&KIND, home, address);
}

const BaruaExporter barua_exporter_sylpheed = {
  .id = "sylpheed",
  .name = NAME,
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_CLOSED |
         BARUA_EXPORTS_GRAPHICAL,
  .commands = (const char *const[]){ "sylpheed", NULL },
  .desktop_ids = (const char *const[]){ "sylpheed", NULL },
  .packages = (const char *const[]){ "sylpheed", NULL },
  .has_account = has_account,
  .plan = plan_account,
};
