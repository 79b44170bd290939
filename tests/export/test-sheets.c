#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "export/formats/markup.h"
#include "support/export-case.h"

static const TestExportCase APPLE[] = {
  { .name = "password",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "pop-starttls",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .starttls = TRUE,
    .apart = TRUE },
  { .name = "oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "hostile-name",
    .incoming = BARUA_PROTOCOL_IMAP,
    .full_name = "</string>&<\"'\001\xff",
    .apart = TRUE },
  { .name = "no-place",
    .incoming = BARUA_PROTOCOL_IMAP,
    .error = BARUA_EXPORT_ERROR_NO_PLACE + 1 },
};

static const TestExportCase AUTOCONFIG[] = {
  { .name = "gmail", .incoming = BARUA_PROTOCOL_IMAP, .apart = TRUE },
  { .name = "workspace",
    .incoming = BARUA_PROTOCOL_POP,
    .starttls = TRUE,
    .address = "zoe@example.org",
    .apart = TRUE },
};

static const TestExportCase SETTINGS[] = {
  { .name = "imap",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "pop", .incoming = BARUA_PROTOCOL_POP, .starttls = TRUE, .apart = TRUE },
  { .name = "folders-unknown",
    .incoming = BARUA_PROTOCOL_IMAP,
    .no_folders = TRUE,
    .apart = TRUE },
};

static void
test_markup (void)
{
  static const struct
  {
    const char *what;
    const char *text;
    const char *expected;
  } rows[] = {
    { "plain", "zoe", "zoe" },
    { "markup", "<a&b>\"'", "&lt;a&amp;b&gt;&quot;&apos;" },
    { "a line end stays", "a\nb", "a\nb" },
    { "controls cannot be in XML", "a\001\033b\177", "ab" },
    { "no UTF-8", "a\xff", "a\xef\xbf\xbd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *escaped = barua_markup_escape (rows[i].text);

      g_test_message ("%s", rows[i].what);
      g_assert_cmpstr (escaped, ==, rows[i].expected);
    }
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  g_test_add_func ("/markup/escape", test_markup);
  test_export_case_add (&barua_exporter_apple, APPLE, G_N_ELEMENTS (APPLE));
  test_export_case_add (&barua_exporter_autoconfig, AUTOCONFIG,
                        G_N_ELEMENTS (AUTOCONFIG));
  test_export_case_add (&barua_exporter_settings, SETTINGS, G_N_ELEMENTS (SETTINGS));
  return g_test_run ();
}
