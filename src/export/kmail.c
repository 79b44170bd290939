#include "config.h"

#include "export/exporters.h"

#include "export/error.h"

#include <glib/gi18n.h>
#include <string.h>

/* KMail's settings belong to Akonadi, which runs whenever somebody is signed in, keeps
 * them in four places, and takes no notice of what is written into its files. So nothing
 * is written: the person types what stands here. */

static const char *
describe_security (const BaruaService *service)
{
  return service->security == BARUA_SECURITY_TLS ? _ ("SSL/TLS") : _ ("STARTTLS");
}

static void
tell_incoming (BaruaPlan *plan, const BaruaService *service, const char *way)
{
  gboolean pop = service->protocol == BARUA_PROTOCOL_POP;
  g_autofree char *place = g_strdup_printf (
    /* Translators: tab and buttons are KMail's; the last is a kind of account */
    _ ("On the tab “Receiving”, choose Add → Custom Account → %s."),
    pop ? "POP3 E-Mail Server" : "IMAP E-Mail Server");
  g_autofree char *note = g_strdup_printf (
    /* Translators: IMAP or POP, a server, a port, an encryption, a way of signing in */
    _ ("Receiving (%1$s): server %2$s, port %3$u, encryption %4$s, authentication %5$s."),
    barua_protocol_get_name (service->protocol), service->host, service->port,
    describe_security (service), way);

  barua_plan_add_note (plan, place);
  barua_plan_add_note (plan, note);
  if (pop)
    barua_plan_add_note (plan, _ ("Switch “Leave fetched messages on the server” on, so "
                                  "that your mail stays at Gmail."));
}

static void
tell_outgoing (BaruaPlan *plan, const BaruaService *service, const char *way)
{
  g_autofree char *note = g_strdup_printf (
    /* Translators: a server, a port, an encryption, a way of signing in */
    _ ("Sending (SMTP): server %1$s, port %2$u, encryption %3$s, authentication %4$s."),
    service->host, service->port, describe_security (service), way);

  barua_plan_add_note (plan, _ ("On the tab “Sending”, choose Add, and switch “Server "
                                "requires authentication” on."));
  barua_plan_add_note (plan, note);
}

static void
tell_folders (BaruaPlan *plan, const BaruaExportRequest *request)
{
  g_autofree char *drafts = barua_export_request_dup_folder (request, "\\Drafts");
  g_autofree char *trash = barua_export_request_dup_folder (request, "\\Trash");
  g_autofree char *note = NULL;

  if (drafts == NULL || trash == NULL ||
      request->incoming->protocol != BARUA_PROTOCOL_IMAP)
    return;
  note = g_strdup_printf (
    /* Translators: two folders at Gmail: [Gmail]/Drafts, [Gmail]/Bin */
    _ ("Choose the folder “%1$s” for drafts and “%2$s” for the bin."), drafts, trash);
  barua_plan_add_note (plan, note);
}

/* Its POP has no way to sign in with a token. */
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
    "KMail");
  return FALSE;
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home G_GNUC_UNUSED,
      BaruaPlan *plan,
      GError **error)
{
  gboolean token = barua_export_request_uses_token (request);
  g_autofree char *user =
    g_strdup_printf (_ ("User name: %s"), request->account->address);
  g_autofree char *identity = g_strdup_printf (
    _ ("In the identity, type the address %s."), request->account->address);

  if (!can_sign_in (request, error))
    return FALSE;
  plan->by_hand = TRUE;
  barua_plan_add_question (
    plan, _ ("KMail keeps its settings in a service that lets no other program write "
             "them. Choose Settings → Configure KMail → Accounts, and type what stands "
             "here."));
  if (token)
    barua_plan_add_question (
      plan, _ ("KMail opens the browser once, so that you can allow it to read and send "
               "your mail."));
  else
    barua_plan_add_question (
      plan, _ ("KMail asks for the app password once for receiving, and once for "
               "sending."));
  barua_plan_add_note (plan, user);
  /* The same way has two names there. */
  tell_incoming (plan, request->incoming, token ? "Gmail" : "PLAIN");
  tell_outgoing (plan, request->outgoing, token ? "XOAUTH2" : "PLAIN");
  tell_folders (plan, request);
  barua_plan_add_note (plan, identity);
  barua_plan_add_note (plan, _ ("Switch saving a copy of sent messages off in the "
                                "identity: Gmail keeps one by itself."));
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = barua_home_dup_config_path (home, "emailidentities");
  g_autofree char *line = g_strdup_printf ("\nEmail Address=%s\n", address);
  g_autoptr (BaruaPlan) none = barua_plan_new ("kmail");
  g_autofree char *text = NULL;

  return barua_plan_read (none, path, &text, NULL, NULL) && text != NULL &&
         strstr (text, line) != NULL;
}

const BaruaExporter barua_exporter_kmail = {
  .id = "kmail",
  .name = "KMail",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_GRAPHICAL,
  .commands = (const char *const[]){ "kmail", NULL },
  .desktop_ids = (const char *const[]){ "org.kde.kmail2", NULL },
  .flatpaks = (const char *const[]){ "org.kde.kontact", NULL },
  .packages = (const char *const[]){ "kmail", NULL },
  .has_account = has_account,
  .plan = plan,
};
