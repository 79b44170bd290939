#include "config.h"

#include "export/exporters.h"

#include "export/formats/markup.h"

#include <glib/gi18n.h>

/* Apple, Device Management, "Mail" and "Google Account" payloads; property lists. */

#define DOCTYPE                                                                          \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                         \
  "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "                              \
  "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"                                \
  "<plist version=\"1.0\">\n"

static void
add_text (GString *out, guint indent, const char *key, const char *value)
{
  barua_markup_add (out, indent, "key", key);
  barua_markup_add (out, indent, "string", value);
}

static void
add_number (GString *out, guint indent, const char *key, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  barua_markup_add (out, indent, "key", key);
  barua_markup_add (out, indent, "integer", text);
}

static void
add_true (GString *out, guint indent, const char *key)
{
  barua_markup_add (out, indent, "key", key);
  barua_markup_add (out, indent, "true", NULL);
}

static void
add_identity (GString *out,
              guint indent,
              const BaruaExportRequest *request,
              const char *type,
              const char *part)
{
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *identifier = g_strdup_printf (BARUA_APP_ID ".%s.%s", key, part);
  g_autofree char *uuid = barua_export_request_dup_uuid (request, part);

  add_text (out, indent, "PayloadType", type);
  add_number (out, indent, "PayloadVersion", 1);
  add_text (out, indent, "PayloadIdentifier", identifier);
  add_text (out, indent, "PayloadUUID", uuid);
}

typedef struct
{
  const char *host;
  const char *user;
  const char *authentication;
  const char *port;
  const char *tls;
} ServerKeys;

static const ServerKeys INCOMING = {
  "IncomingMailServerHostName",       "IncomingMailServerUsername",
  "IncomingMailServerAuthentication", "IncomingMailServerPortNumber",
  "IncomingMailServerUseSSL",
};

static const ServerKeys OUTGOING = {
  "OutgoingMailServerHostName",       "OutgoingMailServerUsername",
  "OutgoingMailServerAuthentication", "OutgoingMailServerPortNumber",
  "OutgoingMailServerUseSSL",
};

static void
add_server (GString *out,
            const ServerKeys *keys,
            const BaruaService *service,
            const char *user)
{
  add_text (out, 6, keys->host, service->host);
  add_text (out, 6, keys->user, user);
  add_text (out, 6, keys->authentication, "EmailAuthPassword");
  add_number (out, 6, keys->port, service->port);
  add_true (out, 6, keys->tls);
}

static void
add_mail (GString *out, const BaruaExportRequest *request)
{
  const char *address = request->account->address;
  gboolean pop = request->incoming->protocol == BARUA_PROTOCOL_POP;

  add_identity (out, 6, request, "com.apple.mail.managed", "account");
  add_text (out, 6, "EmailAccountType", pop ? "EmailTypePOP" : "EmailTypeIMAP");
  add_text (out, 6, "EmailAccountDescription", address);
  add_text (out, 6, "EmailAccountName", barua_export_request_get_name (request));
  add_text (out, 6, "EmailAddress", address);
  add_server (out, &INCOMING, request->incoming, address);
  add_server (out, &OUTGOING, request->outgoing, address);
  add_true (out, 6, "OutgoingPasswordSameAsIncomingPassword");
}

static void
add_google (GString *out, const BaruaExportRequest *request)
{
  const char *address = request->account->address;

  add_identity (out, 6, request, "com.apple.google-oauth", "account");
  add_text (out, 6, "AccountDescription", address);
  add_text (out, 6, "AccountName", barua_export_request_get_name (request));
  add_text (out, 6, "EmailAddress", address);
}

static char *
write_profile (const BaruaExportRequest *request)
{
  g_autoptr (GString) out = g_string_new (DOCTYPE "  <dict>\n");
  g_autofree char *title = g_strdup_printf ("Gmail %s", request->account->address);

  add_identity (out, 4, request, "Configuration", "profile");
  add_text (out, 4, "PayloadDisplayName", title);
  g_string_append (out, "    <key>PayloadContent</key>\n    <array><dict>\n");
  if (barua_export_request_uses_token (request))
    add_google (out, request);
  else
    add_mail (out, request);
  g_string_append (out, "    </dict></array>\n  </dict>\n</plist>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error G_GNUC_UNUSED)
{
  g_autofree char *text = write_profile (request);
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *name = g_strconcat (key, ".mobileconfig", NULL);
  g_autofree char *path = barua_home_dup_path (home, name);

  barua_plan_write (plan, path, text, -1, BARUA_FILE_ORDINARY,
                    _ ("Write a profile for iPhone, iPad and Mac."));
  if (barua_export_request_uses_token (request))
    barua_plan_add_question (plan, _ ("The device asks you to sign in to Google once."));
  else
    barua_plan_add_question (
      plan, _ ("The device asks for the app password when the profile is installed."));
  barua_plan_add_note (
    plan,
    _ ("Send the file to the device and open it there. It is shown as “Not verified”, "
       "because nobody has signed it; there is no password in it."));
  return TRUE;
}

const BaruaExporter barua_exporter_apple = {
  .id = "apple",
  .name = N_ ("iPhone, iPad and Mac"),
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_TO_FOLDER,
  .plan = plan,
};
