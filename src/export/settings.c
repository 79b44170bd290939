#include "config.h"

#include "export/exporters.h"

#include "export/formats/markup.h"

#include <glib/gi18n.h>

/* A line of the sheet: a heading if there is no value. */
typedef struct
{
  char *name;
  char *value;
} Row;

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->value);
}

static void
add_row (GArray *rows, const char *name, const char *value)
{
  Row row = { g_strdup (name), g_strdup (value) };

  g_array_append_val (rows, row);
}

static const char *
describe_protocol (BaruaProtocol protocol)
{
  switch (protocol)
    {
    case BARUA_PROTOCOL_SMTP:
      return _ ("Sending mail (SMTP)");
    case BARUA_PROTOCOL_IMAP:
      return _ ("Receiving mail (IMAP): it stays at Google, every device sees the same");
    case BARUA_PROTOCOL_POP:
    default:
      return _ ("Receiving mail (POP): it is fetched to this one computer");
    }
}

static void
add_service (GArray *rows, const BaruaService *service, const char *user)
{
  g_autofree char *port = g_strdup_printf ("%u", service->port);

  add_row (rows, describe_protocol (service->protocol), NULL);
  add_row (rows, _ ("Server"), service->host);
  add_row (rows, _ ("Port"), port);
  add_row (rows, _ ("Encryption"),
           service->security == BARUA_SECURITY_TLS ? _ ("SSL/TLS") : _ ("STARTTLS"));
  add_row (rows, _ ("User name"), user);
  add_row (rows, _ ("Password"),
           _ ("an app password, or sign-in in the browser (OAuth2)"));
}

static void
add_folders (GArray *rows, const BaruaExportRequest *request)
{
  static const struct
  {
    const char *attribute;
    const char *title;
  } kinds[] = {
    /* Translators: the folder of messages that are not finished */
    { "\\Drafts", N_ ("Drafts") },
    /* Translators: the folder of messages that were sent */
    { "\\Sent", N_ ("Sent messages") },
    { "\\Trash", N_ ("Bin") },
    { "\\Junk", N_ ("Spam") },
    { "\\All", N_ ("All messages") },
  };
  gboolean titled = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *folder =
        barua_export_request_dup_folder (request, kinds[i].attribute);

      if (folder == NULL)
        continue;
      if (!titled)
        add_row (rows, _ ("Folders of this account"), NULL);
      titled = TRUE;
      add_row (rows, _ (kinds[i].title), folder);
    }
}

static GArray *
list_rows (const BaruaExportRequest *request)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, row_clear);
  add_service (rows, request->outgoing, request->account->address);
  add_service (rows, request->incoming, request->account->address);
  if (request->incoming->protocol == BARUA_PROTOCOL_IMAP)
    add_folders (rows, request);
  return rows;
}

static const char *
describe_rest (void)
{
  return _ (
    "An app password has 16 letters; leave the blanks out. Switch saving a copy of "
    "sent messages off in the mail program: Gmail keeps one by itself.");
}

static char *
make_title (const BaruaExportRequest *request)
{
  /* Translators: the address of a person */
  return g_strdup_printf (_ ("Gmail settings for %s"), request->account->address);
}

static long
measure (const GArray *rows)
{
  long widest = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      if (row->value != NULL)
        widest = MAX (widest, g_utf8_strlen (row->name, -1));
    }
  return widest;
}

static char *
write_text (const BaruaExportRequest *request, const GArray *rows)
{
  g_autofree char *title = make_title (request);
  g_autoptr (GString) out = g_string_new (title);
  long widest = measure (rows);

  g_string_append_c (out, '\n');
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      if (row->value == NULL)
        g_string_append_printf (out, "\n%s\n", row->name);
      else
        g_string_append_printf (out, "  %s%*s  %s\n", row->name,
                                (int) (widest - g_utf8_strlen (row->name, -1)), "",
                                row->value);
    }
  g_string_append_printf (out, "\n%s\nhttps://myaccount.google.com/apppasswords\n",
                          describe_rest ());
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_page_row (GString *out, const Row *row)
{
  g_autofree char *name = barua_markup_escape (row->name);
  g_autofree char *value = row->value != NULL ? barua_markup_escape (row->value) : NULL;

  if (value == NULL)
    g_string_append_printf (out, "<tr><th colspan=\"2\">%s</th></tr>\n", name);
  else
    g_string_append_printf (out, "<tr><td>%s</td><td><code>%s</code></td></tr>\n", name,
                            value);
}

static char *
write_page (const BaruaExportRequest *request, const GArray *rows)
{
  g_autofree char *title = make_title (request);
  g_autofree char *escaped = barua_markup_escape (title);
  g_autofree char *rest = barua_markup_escape (describe_rest ());
  /* Translators: the code of the language you translate into, as in HTML: "is", "sw" */
  const char *language = C_ ("code of this language", "en");
  g_autoptr (GString) out = g_string_new ("<!DOCTYPE html>\n");

  g_string_append_printf (
    out,
    "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
    "<style>body { font-family: sans-serif; margin: 2em auto; max-width: 40em; "
    "padding: 0 1em; } th { text-align: start; padding-top: 1.2em; } "
    "td { padding: 0.2em 1.5em 0.2em 0; vertical-align: top; }</style>\n"
    "</head>\n<body>\n<h1>%s</h1>\n<table>\n",
    language, escaped, escaped);
  for (guint i = 0; i < rows->len; i++)
    add_page_row (out, &g_array_index (rows, Row, i));
  g_string_append_printf (
    out,
    "</table>\n<p>%s</p>\n<p><a href=\"https://myaccount.google.com/apppasswords\">"
    "https://myaccount.google.com/apppasswords</a></p>\n</body>\n</html>\n",
    rest);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error G_GNUC_UNUSED)
{
  g_autoptr (GArray) rows = list_rows (request);
  g_autofree char *text = write_text (request, rows);
  g_autofree char *page = write_page (request, rows);
  g_autofree char *text_path = barua_home_dup_path (home, "gmail-settings.txt");
  g_autofree char *page_path = barua_home_dup_path (home, "gmail-settings.html");

  barua_plan_write (plan, text_path, text, -1, BARUA_FILE_ORDINARY,
                    _ ("Write the settings as a sheet of text"));
  barua_plan_write (plan, page_path, page, -1, BARUA_FILE_ORDINARY,
                    _ ("Write the settings as a page for the browser, to read or print"));
  barua_plan_add_note (
    plan,
    _ ("There is no password in it, so it can be given to somebody who helps you."));
  return TRUE;
}

const BaruaExporter barua_exporter_settings = {
  .id = "settings",
  .name = N_ ("A sheet with the settings"),
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_TO_FOLDER,
  .plan = plan,
};
