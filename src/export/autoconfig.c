#include "config.h"

#include "export/exporters.h"

#include "export/formats/markup.h"

#include <glib/gi18n.h>
#include <string.h>

/* https://www.bucksch.org/1/projects/thunderbird/autoconfiguration/config-file-format.html
 */

static void
add_server (GString *out,
            const char *element,
            const char *type,
            const BaruaService *service)
{
  g_autofree char *port = g_strdup_printf ("%u", service->port);

  g_string_append_printf (out, "    <%s type=\"%s\">\n", element, type);
  barua_markup_add (out, 6, "hostname", service->host);
  barua_markup_add (out, 6, "port", port);
  barua_markup_add (out, 6, "socketType",
                    service->security == BARUA_SECURITY_TLS ? "SSL" : "STARTTLS");
  barua_markup_add (out, 6, "username", "%EMAILADDRESS%");
  barua_markup_add (out, 6, "authentication", "OAuth2");
  barua_markup_add (out, 6, "authentication", "password-cleartext");
  if (service->protocol == BARUA_PROTOCOL_POP)
    g_string_append (out, "      <pop3>\n"
                          "        <leaveMessagesOnServer>true</leaveMessagesOnServer>\n"
                          "      </pop3>\n");
  g_string_append_printf (out, "    </%s>\n", element);
}

static char *
write_file (const BaruaExportRequest *request, const char *domain)
{
  const char *incoming =
    request->incoming->protocol == BARUA_PROTOCOL_POP ? "pop3" : "imap";
  g_autoptr (GString) out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                          "<clientConfig version=\"1.1\">\n");
  g_autofree char *id = g_markup_escape_text (domain, -1);

  g_string_append_printf (out, "  <emailProvider id=\"%s\">\n", id);
  barua_markup_add (out, 4, "domain", domain);
  barua_markup_add (out, 4, "displayName",
                    strcmp (domain, "gmail.com") == 0 ? "Gmail" : "Google Workspace");
  barua_markup_add (out, 4, "displayShortName", "Gmail");
  add_server (out, "incomingServer", incoming, request->incoming);
  add_server (out, "outgoingServer", "smtp", request->outgoing);
  g_string_append (out, "  </emailProvider>\n</clientConfig>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error G_GNUC_UNUSED)
{
  const char *at = strrchr (request->account->address, '@');
  const char *domain = at != NULL ? at + 1 : "gmail.com";
  g_autofree char *text = write_file (request, domain);
  g_autofree char *path = barua_home_dup_path (home, "config-v1.1.xml");
  g_autofree char *note = NULL;

  barua_plan_write (
    plan, path, text, -1, BARUA_FILE_ORDINARY,
    _ ("Write the settings as mail programs read them from a web server."));
  if (strcmp (domain, "gmail.com") == 0)
    note = g_strdup (_ ("Mail programs know gmail.com already: this file is of use for "
                        "addresses of a domain of your own."));
  else
    note = g_strdup_printf (
      /* Translators: %1$s is a domain such as example.org */
      _ ("Put the file at https://autoconfig.%1$s/mail/config-v1.1.xml. Mail programs "
         "then "
         "set up every address of %1$s by themselves."),
      domain);
  barua_plan_add_note (plan, note);
  return TRUE;
}

const BaruaExporter barua_exporter_autoconfig = {
  .id = "autoconfig",
  .name = N_ ("Settings for a web server (Autoconfig)"),
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_TO_FOLDER,
  .plan = plan,
};
