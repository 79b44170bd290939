#include "config.h"

#include "export/exporters.h"

#include "export/formats/markup.h"
#include "export/sheet.h"

#include <glib/gi18n.h>

#define APP_PASSWORDS "https://myaccount.google.com/apppasswords"

static void
add_folders (GPtrArray *groups, const BaruaExportRequest *request)
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
  g_autoptr (BaruaSheetGroup) group =
    barua_sheet_group_new (_ ("Folders of this account"));

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *folder =
        barua_export_request_dup_folder (request, kinds[i].attribute);

      if (folder != NULL)
        barua_sheet_group_add (group, _ (kinds[i].title), folder, TRUE);
    }
  if (group->rows->len > 0)
    g_ptr_array_add (groups, g_steal_pointer (&group));
}

static GPtrArray *
list_groups (const BaruaExportRequest *request)
{
  const BaruaService services[] = { *request->outgoing, *request->incoming };
  GPtrArray *groups =
    barua_sheet_new (services, G_N_ELEMENTS (services), request->account->address);

  if (request->incoming->protocol == BARUA_PROTOCOL_IMAP)
    add_folders (groups, request);
  return groups;
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
measure (const GPtrArray *groups)
{
  long widest = 0;

  for (guint i = 0; i < groups->len; i++)
    {
      const BaruaSheetGroup *group = groups->pdata[i];

      for (guint j = 0; j < group->rows->len; j++)
        {
          const BaruaSheetRow *row = group->rows->pdata[j];

          widest = MAX (widest, g_utf8_strlen (row->name, -1));
        }
    }
  return widest;
}

static void
add_text_group (GString *out, const BaruaSheetGroup *group, long widest)
{
  g_string_append_printf (out, "\n%s\n", group->title);
  for (guint i = 0; i < group->rows->len; i++)
    {
      const BaruaSheetRow *row = group->rows->pdata[i];
      int blanks = (int) (widest - g_utf8_strlen (row->name, -1));

      g_string_append_printf (out, "  %s%*s  %s\n", row->name, blanks, "", row->value);
    }
}

static char *
write_text (const BaruaExportRequest *request, const GPtrArray *groups)
{
  g_autofree char *title = make_title (request);
  g_autoptr (GString) out = g_string_new (title);
  long widest = measure (groups);

  g_string_append_c (out, '\n');
  for (guint i = 0; i < groups->len; i++)
    add_text_group (out, groups->pdata[i], widest);
  g_string_append_printf (out, "\n%s\n" APP_PASSWORDS "\n", describe_rest ());
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_page_group (GString *out, const BaruaSheetGroup *group)
{
  g_autofree char *title = barua_markup_escape (group->title);

  g_string_append_printf (out, "<tr><th colspan=\"2\">%s</th></tr>\n", title);
  for (guint i = 0; i < group->rows->len; i++)
    {
      const BaruaSheetRow *row = group->rows->pdata[i];
      const char *element = row->is_exact ? "code" : "span";
      g_autofree char *name = barua_markup_escape (row->name);
      g_autofree char *value = barua_markup_escape (row->value);

      g_string_append_printf (out, "<tr><td>%s</td><td><%s>%s</%s></td></tr>\n", name,
                              element, value, element);
    }
}

static char *
write_page (const BaruaExportRequest *request, const GPtrArray *groups)
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
  for (guint i = 0; i < groups->len; i++)
    add_page_group (out, groups->pdata[i]);
  g_string_append_printf (out,
                          "</table>\n<p>%s</p>\n<p><a href=\"" APP_PASSWORDS
                          "\">" APP_PASSWORDS "</a></p>\n</body>\n</html>\n",
                          rest);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) groups = list_groups (request);
  g_autofree char *text = write_text (request, groups);
  g_autofree char *page = write_page (request, groups);
  g_autofree char *text_path = barua_home_dup_path (home, "gmail-settings.txt");
  g_autofree char *page_path = barua_home_dup_path (home, "gmail-settings.html");

  barua_plan_write (plan, text_path, text, -1, BARUA_FILE_ORDINARY,
                    _ ("Write the settings as a sheet of text."));
  barua_plan_write (
    plan, page_path, page, -1, BARUA_FILE_ORDINARY,
    _ ("Write the settings as a page for the browser, to read or print."));
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
