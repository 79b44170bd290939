#include "config.h"

#include "export/exporters.h"

#include "export/claws-mail-audit.h"
#include "export/error.h"
#include "export/msmtp.h"
#include "export/sylph.h"

#include <glib/gi18n.h>

#define NAME "Claws Mail"
#define VERSION "4"

static const BaruaSylph KIND = {
  .name = NAME,
  .place = ".claws-mail",
  .version = VERSION,
};

static gboolean
can_sign_in (const BaruaExportRequest *request, GError **error)
{
  g_autofree char *tunnel = barua_export_request_dup_tunnel (request);

  if (tunnel != NULL || !barua_export_request_uses_token (request))
    return TRUE;
  g_set_error (
    error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
    /* Translators: the name of a mail program */
    _ ("%s can fetch with POP only with an app password, and you are signed in "
       "without one. Choose IMAP."),
    NAME);
  return FALSE;
}

/* The numbers of the protocols were others before accounts had a version. */
static void
put_protocol (BaruaSylphAccount *account, const BaruaExportRequest *request)
{
  g_autofree char *version =
    barua_key_file_dup (account->file, account->group, "config_version");
  const BaruaSylphSetting new_one[] = {
    { "config_version", VERSION },
    { "imap_subsonly", "0" },
    { "recv_at_getall", "1" },
  };
  const BaruaSylphSetting protocol = {
    "protocol", request->incoming->protocol == BARUA_PROTOCOL_POP ? "0" : "1"
  };

  if (!account->is_there)
    barua_sylph_account_put (account, new_one, G_N_ELEMENTS (new_one));
  if (!account->is_there || version != NULL)
    barua_sylph_account_put (account, &protocol, 1);
}

/* A shell runs it, and is not to stand between. */
static char *
dup_tunnel (const BaruaExportRequest *request)
{
  g_autofree char *tunnel = barua_export_request_dup_tunnel (request);
  g_autofree char *address = g_shell_quote (request->account->address);

  return tunnel != NULL
           ? g_strdup_printf ("exec %s tunnel imap %s", request->program, address)
           : NULL;
}

static void
put_fetching (BaruaSylphAccount *account,
              const BaruaExportRequest *request,
              BaruaPlan *plan)
{
  g_autofree char *tunnel = dup_tunnel (request);
  const BaruaSylphSetting tunneled[] = {
    { "set_tunnelcmd", "1" },
    { "tunnelcmd", tunnel },
  };
  /* It asks about each new certificate, valid or not, unless it may accept the valid. */
  const BaruaSylphSetting direct[] = {
    { "ssl_certs_auto_accept", "1" },
    { "set_tunnelcmd", "0" },
  };

  put_protocol (account, request);
  if (tunnel != NULL)
    {
      barua_sylph_account_put (account, tunneled, G_N_ELEMENTS (tunneled));
      return;
    }
  barua_sylph_account_put (account, direct, G_N_ELEMENTS (direct));
  barua_plan_add_question (
    plan,
    _ ("Claws Mail will ask for the password. It can remember it, but not safely."));
}

static gboolean
put_sending (BaruaSylphAccount *account,
             const BaruaExportRequest *request,
             const BaruaHome *home,
             BaruaPlan *plan,
             GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *command = NULL;
  g_autofree char *line = NULL;
  const BaruaSylphSetting itself[] = {
    { "ssl_certs_auto_accept", "1" },
    { "smtp_auth_method", "0" },
    { "use_mail_command", "0" },
  };

  if (request->account->method == BARUA_METHOD_NONE)
    {
      barua_sylph_account_put (account, itself, G_N_ELEMENTS (itself));
      return TRUE;
    }
  name = barua_msmtp_plan (request, home, plan, error);
  if (name == NULL)
    return FALSE;
  command = barua_msmtp_dup_command (home, name);
  line = g_strconcat (command, " -t -oi", NULL);
  barua_sylph_account_put (account,
                           (const BaruaSylphSetting[]){
                             { "use_mail_command", "1" },
                             { "mail_command", line },
                           },
                           2);
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
  put_fetching (&account, request, plan);
  if (!put_sending (&account, request, home, plan, error) ||
      !barua_sylph_plan_copies (&account, &KIND, home, plan, "clawsrc", error) ||
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

const BaruaExporter barua_exporter_claws_mail = {
  .id = "claws-mail",
  .name = NAME,
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_CLOSED |
         BARUA_EXPORTS_GRAPHICAL,
  .commands = (const char *const[]){ "claws-mail", NULL },
  .desktop_ids = (const char *const[]){ "claws-mail", NULL },
  .packages = (const char *const[]){ "claws-mail", NULL },
  .has_account = has_account,
  .plan = plan_account,
  .audit = barua_claws_mail_audit,
};
