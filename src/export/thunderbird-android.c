#include "config.h"

#include "export/thunderbird-android.h"

#include "base/buffer.h"
#include "export/error.h"
#include "export/exporters.h"
#include "export/formats/markup.h"
#include "export/qr.h"

#include <glib/gi18n.h>

/* Thunderbird's QRExport.sys.mjs, and AccountData.kt of Thunderbird for Android. */
#define FETCH_IMAP 0
#define FETCH_POP 1
#define SEND_SMTP 0
#define SECURITY_STARTTLS 2
#define SECURITY_TLS 3
#define AUTH_PASSWORD 1
#define AUTH_OAUTH 6

/* The version of what is in a file of settings. Older ones are brought up to date by the
 * app, newer ones refused. */
#define SETTINGS_VERSION "99"

#define PIXELS 8

static void
add_unit (BaruaBuffer *out, guint unit)
{
  char escape[8] = { 0 };

  (void) g_snprintf (escape, sizeof escape, "\\u%04x", unit);
  barua_buffer_append (out, escape, -1);
}

/* In ASCII alone: a QR code does not say its encoding, and readers guess wrong. */
static void
add_character (BaruaBuffer *out, gunichar character)
{
  if (character == '"' || character == '\\')
    barua_buffer_append_c (out, '\\');
  if (character >= ' ' && character < 0x7f)
    barua_buffer_append_c (out, (char) character);
  else if (character < 0x10000)
    add_unit (out, character);
  else
    {
      add_unit (out, 0xd800 + ((character - 0x10000) >> 10));
      add_unit (out, 0xdc00 + ((character - 0x10000) & 0x3ff));
    }
}

static void
add_string (BaruaBuffer *out, const char *text)
{
  barua_buffer_append_c (out, '"');
  while (*text != '\0')
    {
      gunichar character = g_utf8_get_char_validated (text, -1);
      gboolean valid = character < (gunichar) -2;

      add_character (out, valid ? character : 0xfffd);
      text += valid ? g_utf8_skip[(guchar) *text] : 1;
    }
  barua_buffer_append_c (out, '"');
}

static void
add_server (BaruaBuffer *out,
            guint protocol,
            const BaruaService *service,
            const BaruaExportRequest *request)
{
  g_autofree char *numbers = g_strdup_printf (
    ",%u,%d,%d,", service->port,
    service->security == BARUA_SECURITY_STARTTLS ? SECURITY_STARTTLS : SECURITY_TLS,
    barua_export_request_uses_token (request) ? AUTH_OAUTH : AUTH_PASSWORD);
  g_autofree char *head = g_strdup_printf ("[%u,", protocol);

  barua_buffer_append (out, head, -1);
  add_string (out, service->host);
  barua_buffer_append (out, numbers, -1);
  add_string (out, request->account->address);
  barua_buffer_append_c (out, ',');
}

char *
barua_thunderbird_android_dup_code (const BaruaExportRequest *request,
                                    BaruaSecret *password)
{
  g_auto (BaruaBuffer) out = { 0 };
  g_autofree char *label = NULL;
  const char *secret = password != NULL ? barua_secret_peek (password) : "";
  gboolean pop = FALSE;

  g_return_val_if_fail (request != NULL, NULL);

  label = barua_export_request_dup_label (request);
  pop = request->incoming->protocol == BARUA_PROTOCOL_POP;
  barua_buffer_append (&out, "[1,[1,1],", -1);
  add_server (&out, pop ? FETCH_POP : FETCH_IMAP, request->incoming, request);
  add_string (&out, label);
  barua_buffer_append_c (&out, ',');
  add_string (&out, secret);
  barua_buffer_append (&out, "],[[", -1);
  add_server (&out, SEND_SMTP, request->outgoing, request);
  add_string (&out, secret);
  barua_buffer_append (&out, "],[", -1);
  add_string (&out, request->account->address);
  barua_buffer_append_c (&out, ',');
  add_string (&out, barua_export_request_get_name (request));
  barua_buffer_append (&out, "]]]]", -1);
  return barua_buffer_steal (&out);
}

static void
add_settings_server (GString *out,
                     const char *element,
                     const char *type,
                     const BaruaService *service,
                     const BaruaExportRequest *request)
{
  g_autofree char *port = g_strdup_printf ("%u", service->port);

  g_string_append_printf (out, "      <%s type=\"%s\">\n", element, type);
  barua_markup_add (out, 8, "host", service->host);
  barua_markup_add (out, 8, "port", port);
  barua_markup_add (out, 8, "connection-security",
                    service->security == BARUA_SECURITY_STARTTLS ? "STARTTLS_REQUIRED"
                                                                 : "SSL_TLS_REQUIRED");
  barua_markup_add (out, 8, "authentication-type",
                    barua_export_request_uses_token (request) ? "XOAUTH2" : "PLAIN");
  barua_markup_add (out, 8, "username", request->account->address);
  g_string_append_printf (out, "      </%s>\n", element);
}

/* What the app itself saves with “Export settings”. Other than the code it can say that
 * Gmail keeps what is sent by itself. */
static char *
write_settings (const BaruaExportRequest *request)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *upper = barua_export_request_dup_uuid (request, "thunderbird-android");
  g_autofree char *uuid = g_ascii_strdown (upper, -1);
  g_autofree char *label = barua_export_request_dup_label (request);
  gboolean pop = request->incoming->protocol == BARUA_PROTOCOL_POP;

  g_string_append_printf (out,
                          "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
                          "<k9settings version=\"" SETTINGS_VERSION "\" format=\"1\">\n"
                          "  <accounts>\n    <account uuid=\"%s\">\n",
                          uuid);
  barua_markup_add (out, 6, "name", label);
  add_settings_server (out, "incoming-server", pop ? "POP3" : "IMAP", request->incoming,
                       request);
  add_settings_server (out, "outgoing-server", "SMTP", request->outgoing, request);
  g_string_append (out, "      <settings>\n"
                        "        <value key=\"uploadSentMessages\">false</value>\n"
                        "      </settings>\n"
                        "      <identities>\n        <identity>\n");
  barua_markup_add (out, 10, "name", barua_export_request_get_name (request));
  barua_markup_add (out, 10, "email", request->account->address);
  g_string_append (out, "        </identity>\n      </identities>\n"
                        "    </account>\n  </accounts>\n</k9settings>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_path (const BaruaExportRequest *request, const BaruaHome *home, const char *ending)
{
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *name = g_strconcat ("thunderbird-android-", key, ending, NULL);

  return barua_home_dup_path (home, name);
}

static void
plan_pictures (const BaruaExportRequest *request,
               const BaruaHome *home,
               const BaruaQr *code,
               BaruaPlan *plan)
{
  g_autofree char *png_path = dup_path (request, home, ".png");
  g_autofree char *svg_path = dup_path (request, home, ".svg");
  g_autofree char *svg = barua_qr_dup_svg (code);
  g_autoptr (GBytes) png = barua_qr_dup_png (code, PIXELS);
  gsize length = 0;
  const char *bytes = g_bytes_get_data (png, &length);

  barua_plan_write (plan, png_path, bytes, (gssize) length, BARUA_FILE_ORDINARY,
                    _ ("Save a QR code that the phone reads with its camera."));
  barua_plan_write (plan, svg_path, svg, -1, BARUA_FILE_ORDINARY,
                    _ ("Save the same QR code as a picture of any size."));
}

static void
tell (const BaruaExportRequest *request, gboolean with_password, BaruaPlan *plan)
{
  if (barua_export_request_uses_token (request))
    barua_plan_add_question (
      plan, _ ("The phone opens Google’s page once and asks for your consent there."));
  else if (!with_password)
    barua_plan_add_question (plan, _ ("The phone asks for the app password once."));
  barua_plan_add_note (
    plan, _ ("On the phone, open Thunderbird or K-9 Mail, choose “Import settings” and "
             "“Scan QR code”, and hold the camera before the picture."));
  barua_plan_add_note (
    plan, _ ("After scanning, turn off “Upload sent messages” in the account’s settings "
             "on the phone: Gmail keeps what you send by itself. A file ending in .k9s "
             "has that in it already; it is for phones whose camera cannot be used."));
}

static gboolean
can_do (const BaruaExportRequest *request, GError **error)
{
  if (!barua_export_request_uses_token (request) ||
      request->incoming->protocol != BARUA_PROTOCOL_POP)
    return TRUE;
  g_set_error_literal (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
                       _ ("Thunderbird for Android cannot sign in to POP in the "
                          "browser. Choose IMAP, or an app password."));
  return FALSE;
}

static char *
give_code (const BaruaExportRequest *request,
           BaruaSecret *password,
           BaruaPlan *plan,
           GError **error)
{
  if (!can_do (request, error))
    return NULL;
  tell (request, password != NULL, plan);
  return barua_thunderbird_android_dup_code (request, password);
}

static gboolean
plan_files (const BaruaExportRequest *request,
            const BaruaHome *home,
            BaruaPlan *plan,
            GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *settings = NULL;
  g_autofree char *path = dup_path (request, home, ".k9s");
  g_autoptr (BaruaQr) code = NULL;

  if (!can_do (request, error))
    return FALSE;
  text = barua_thunderbird_android_dup_code (request, NULL);
  code = barua_qr_new (text);
  if (code != NULL)
    plan_pictures (request, home, code, plan);
  settings = write_settings (request);
  barua_plan_write (plan, path, settings, -1, BARUA_FILE_ORDINARY,
                    _ ("Save a file that the phone takes with “Import settings”."));
  tell (request, FALSE, plan);
  return TRUE;
}

const BaruaExporter barua_exporter_thunderbird_android = {
  .id = "thunderbird-android",
  .name = N_ ("Thunderbird for Android and K-9 Mail"),
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_TO_FOLDER,
  .plan = plan_files,
  .code = give_code,
};
