#include "config.h"

#include "export/thunderbird-android.h"

#include "export/error.h"
#include "export/exporters.h"
#include "support/export-case.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define PASSWORD "abcdefghijklmnop"

static const TestExportCase CASES[] = {
  { .name = "password", .method = BARUA_METHOD_APP_PASSWORD, .apart = TRUE },
  { .name = "none", .apart = TRUE },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH, .apart = TRUE },
  { .name = "starttls",
    .method = BARUA_METHOD_APP_PASSWORD,
    .starttls = TRUE,
    .apart = TRUE },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .apart = TRUE },
  { .name = "markup",
    .method = BARUA_METHOD_APP_PASSWORD,
    .full_name = "Zoë <\"&'\\> Ọlá 🚌",
    .address = "o'neil&sons@workspace.example",
    .apart = TRUE },
  { .name = "pop-oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_POP,
    .apart = TRUE,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
  { .name = "home",
    .method = BARUA_METHOD_APP_PASSWORD,
    .error = BARUA_EXPORT_ERROR_NO_PLACE + 1 },
};

static const struct
{
  const char *description;
  TestExportCase wish;
  const char *password;
  const char *code;
} CODES[] = {
  { "an app password that the phone asks for",
    { .method = BARUA_METHOD_APP_PASSWORD, .full_name = "Zoë" },
    NULL,
    "[1,[1,1],[0,\"imap.gmail.com\",993,3,1,\"zoe@gmail.com\",\"zoe@gmail.com\",\"\"],"
    "[[[0,\"smtp.gmail.com\",465,3,1,\"zoe@gmail.com\",\"\"],"
    "[\"zoe@gmail.com\",\"Zo\\u00eb\"]]]]" },
  { "an app password in it",
    { .method = BARUA_METHOD_APP_PASSWORD },
    PASSWORD,
    "[1,[1,1],[0,\"imap.gmail.com\",993,3,1,\"zoe@gmail.com\",\"zoe@gmail.com\","
    "\"" PASSWORD "\"],[[[0,\"smtp.gmail.com\",465,3,1,\"zoe@gmail.com\",\"" PASSWORD
    "\"],[\"zoe@gmail.com\",\"Zo\\u00eb \\\"Q\\\" O'Neil\"]]]]" },
  { "a character beyond the first plane",
    { .method = BARUA_METHOD_APP_PASSWORD, .full_name = "🚌~" },
    NULL,
    "[1,[1,1],[0,\"imap.gmail.com\",993,3,1,\"zoe@gmail.com\",\"zoe@gmail.com\",\"\"],"
    "[[[0,\"smtp.gmail.com\",465,3,1,\"zoe@gmail.com\",\"\"],"
    "[\"zoe@gmail.com\",\"\\ud83d\\ude8c~\"]]]]" },
  { "OAuth, port 587",
    { .method = BARUA_METHOD_OAUTH, .starttls = TRUE, .full_name = "\\" },
    NULL,
    "[1,[1,1],[0,\"imap.gmail.com\",993,3,6,\"zoe@gmail.com\",\"zoe@gmail.com\",\"\"],"
    "[[[0,\"smtp.gmail.com\",587,2,6,\"zoe@gmail.com\",\"\"],"
    "[\"zoe@gmail.com\",\"\\\\\"]]]]" },
  { "POP",
    { .incoming = BARUA_PROTOCOL_POP, .full_name = "Z" },
    NULL,
    "[1,[1,1],[1,\"pop.gmail.com\",995,3,1,\"zoe@gmail.com\",\"zoe@gmail.com\",\"\"],"
    "[[[0,\"smtp.gmail.com\",465,3,1,\"zoe@gmail.com\",\"\"],"
    "[\"zoe@gmail.com\",\"Z\"]]]]" },
};

static void
test_codes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CODES); i++)
    {
      g_autoptr (BaruaExportRequest) request = test_export_request_new (&CODES[i].wish);
      g_autoptr (BaruaSecret) password =
        CODES[i].password != NULL ? barua_secret_new (CODES[i].password, -1) : NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();
      char *code = barua_thunderbird_android_dup_code (request, password);

      g_test_message ("%s", CODES[i].description);
      g_assert_cmpstr (code, ==, CODES[i].code);
      g_assert_true (json_parser_load_from_data (parser, code, -1, NULL));
      g_assert_null (strstr (code, "null"));
      barua_secret_free_text (code);
    }
}

static void
test_shown (void)
{
  const TestExportCase imap = { .method = BARUA_METHOD_APP_PASSWORD };
  const TestExportCase pop = { .method = BARUA_METHOD_OAUTH,
                               .incoming = BARUA_PROTOCOL_POP };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&imap);
  g_autoptr (BaruaExportRequest) refused = test_export_request_new (&pop);
  g_autoptr (BaruaSecret) password = barua_secret_new (PASSWORD, -1);
  g_autoptr (BaruaPlan) asking = barua_plan_new ("thunderbird-android");
  g_autoptr (BaruaPlan) silent = barua_plan_new ("thunderbird-android");
  g_autoptr (GError) error = NULL;
  char *code = barua_exporter_thunderbird_android.code (request, NULL, asking, &error);

  g_assert_no_error (error);
  g_assert_null (strstr (code, PASSWORD));
  g_assert_cmpuint (asking->questions->len, ==, 1);
  barua_secret_free_text (code);
  code = barua_exporter_thunderbird_android.code (request, password, silent, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (code, PASSWORD));
  g_assert_cmpuint (silent->questions->len, ==, 0);
  barua_secret_free_text (code);
  g_assert_null (barua_exporter_thunderbird_android.code (refused, NULL, silent, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_thunderbird_android, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/thunderbird-android/codes", test_codes);
  g_test_add_func ("/thunderbird-android/shown", test_shown);
  return g_test_run ();
}
