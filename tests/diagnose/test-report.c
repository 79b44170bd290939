#include "config.h"

#include "diagnose/report.h"
#include "support/evidence-builder.h"

#include <string.h>

static const char *const CHECK_KEYS[] = { "address",  "host_kind", "verdict", "services",
                                          "warnings", "started",   "ms",      NULL };
static const char *const VERDICT_KEYS[] = { "cause", "severity", "service",
                                            "title", "sure",     "explanation",
                                            "steps", "evidence", NULL };
static const char *const SERVICE_KEYS[] = { "service",      "host",       "port",
                                            "security",     "usable",     "verdict",
                                            "stages",       "tls",        "addresses",
                                            "capabilities", "transcript", NULL };
static const char *const STAGE_KEYS[] = { "stage", "ok", "ms", "detail", NULL };
static const char *const TLS_KEYS[] = { "version", "cipher", "issuer", "subject",
                                        "expires", "errors", NULL };
static const char *const ENDPOINT_KEYS[] = { "host",     "port", "security",
                                             "username", "auth", NULL };

static void
assert_keys (JsonObject *object, const char *const *keys)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *item = members; item != NULL; item = item->next)
    {
      g_test_message ("key %s", (const char *) item->data);
      g_assert_true (g_strv_contains (keys, item->data));
    }
  g_assert_cmpuint (g_list_length (members), ==, g_strv_length ((char **) keys));
}

static void
assert_verdict (JsonObject *verdict)
{
  JsonArray *steps = NULL;

  assert_keys (verdict, VERDICT_KEYS);
  g_assert_nonnull (barua_cause_find (json_object_get_string_member (verdict, "cause")));
  g_assert_cmpfloat (json_object_get_double_member (verdict, "sure"), <=, 1.0);
  g_assert_cmpstr (json_object_get_string_member (verdict, "title"), !=, "");
  steps = json_object_get_array_member (verdict, "steps");
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      g_assert_nonnull (json_object_get_string_member (step, "text"));
      if (json_object_has_member (step, "url"))
        g_assert_true (
          g_str_has_prefix (json_object_get_string_member (step, "url"), "https://"));
    }
}

static void
assert_service (JsonObject *service)
{
  JsonArray *stages = json_object_get_array_member (service, "stages");
  JsonNode *tls = json_object_get_member (service, "tls");

  assert_keys (service, SERVICE_KEYS);
  assert_verdict (json_object_get_object_member (service, "verdict"));
  for (guint i = 0; i < json_array_get_length (stages); i++)
    assert_keys (json_array_get_object_element (stages, i), STAGE_KEYS);
  if (!JSON_NODE_HOLDS_NULL (tls))
    assert_keys (json_node_get_object (tls), TLS_KEYS);
}

/* No byte may act on a terminal or a line reader, whatever a server sent. */
static void
assert_harmless (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      g_assert_true (
        c == '\n' || (c >= 0x20 && c < 0x7f) ||
        (c > 0x9f && !(c >= 0x2028 && c <= 0x202e) && !(c >= 0xe0000 && c <= 0xe007f)));
    }
}

static JsonNode *
read_back (JsonNode *node)
{
  g_autofree char *text = barua_report_to_text (node);
  g_autoptr (GError) error = NULL;
  JsonNode *read = NULL;

  assert_harmless (text);
  g_assert_true (g_str_has_suffix (text, "\n"));
  read = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_nonnull (read);
  json_node_unref (node);
  return read;
}

static JsonNode *
report (TestCase *test_case)
{
  g_autoptr (BaruaDiagnosis) diagnosis = barua_diagnose (&test_case->facts);
  const BaruaCheckFacts facts = {
    .address = test_case->facts.address,
    .kind = test_case->discovery.kind,
    .started = test_case->facts.now,
    .ms = 1234,
    .diagnosis = diagnosis,
  };

  return read_back (barua_report_check (&facts));
}

static JsonObject *
get_service (JsonNode *check, guint index)
{
  return json_array_get_object_element (
    json_object_get_array_member (json_node_get_object (check), "services"), index);
}

static void
test_check_keys (void)
{
  const char *const scripts[] = {
    "",
    "all good",
    "web open; all tried 2a00::1 timed-out 1500; 587 unreached timed-out; rest signed",
    "993 sign-in refused NO [AUTHENTICATIONFAILED] Invalid credentials; rest signed",
    "all distrusted imap.gmail.com|CN=Root,O=Contoso Ltd|u",
    "all unnamed no-answer",
    "kept Fastmail in1.example",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (TestCase) test_case = test_case_new (scripts[i]);
      g_autoptr (JsonNode) node = report (test_case);
      JsonObject *check = json_node_get_object (node);
      JsonArray *warnings = json_object_get_array_member (check, "warnings");

      g_test_message ("%s", scripts[i]);
      assert_keys (check, CHECK_KEYS);
      assert_verdict (json_object_get_object_member (check, "verdict"));
      for (guint j = 0; j < test_case->facts.evidence->len; j++)
        assert_service (get_service (node, j));
      for (guint j = 0; j < json_array_get_length (warnings); j++)
        assert_verdict (json_array_get_object_element (warnings, j));
      g_assert_cmpint (json_object_get_int_member (check, "ms"), ==, 1234);
      g_assert_cmpstr (json_object_get_string_member (check, "started"), ==, TEST_NOW);
      g_assert_true (json_object_get_null_member (check, "address"));
    }
}

static void
test_check_values (void)
{
  g_autoptr (TestCase) test_case =
    test_case_new ("web open; 587 unreached timed-out; rest good");
  g_autoptr (JsonNode) node = report (test_case);
  JsonObject *check = json_node_get_object (node);
  JsonObject *verdict = json_object_get_object_member (check, "verdict");
  JsonObject *shut = get_service (node, 0);
  JsonObject *open = get_service (node, 1);
  JsonObject *tls = json_object_get_object_member (open, "tls");
  JsonObject *connect = NULL;

  g_assert_cmpstr (json_object_get_string_member (check, "host_kind"), ==, "gmail");
  g_assert_cmpstr (json_object_get_string_member (verdict, "cause"), ==, "port-blocked");
  g_assert_cmpstr (json_object_get_string_member (verdict, "severity"), ==, "warning");
  g_assert_cmpstr (json_object_get_string_member (verdict, "service"), ==, "smtp");
  g_assert_cmpint (json_object_get_int_member (shut, "port"), ==, 587);
  g_assert_cmpstr (json_object_get_string_member (shut, "security"), ==, "starttls");
  g_assert_false (json_object_get_boolean_member (shut, "usable"));
  g_assert_true (json_object_get_null_member (shut, "tls"));
  g_assert_true (json_object_get_boolean_member (open, "usable"));
  g_assert_cmpstr (json_object_get_string_member (tls, "version"), ==, "TLS 1.3");
  g_assert_cmpstr (json_object_get_string_member (tls, "issuer"), ==, TEST_GOOD_ISSUER);
  g_assert_cmpstr (json_object_get_string_member (tls, "expires"), ==,
                   "2028-09-30T00:00:00Z");
  connect =
    json_array_get_object_element (json_object_get_array_member (shut, "stages"), 1);
  g_assert_cmpstr (json_object_get_string_member (connect, "stage"), ==, "connect");
  g_assert_false (json_object_get_boolean_member (connect, "ok"));
  g_assert_cmpstr (json_object_get_string_member (connect, "detail"), ==,
                   "no answer in 30 ms");
}

static void
test_tls_errors (void)
{
  const struct
  {
    const char *flaws;
    const char *words;
  } rows[] = {
    { "u", "unknown-ca" },    { "un", "unknown-ca bad-identity" },
    { "f", "not-activated" }, { "e", "expired" },
    { "r", "revoked" },       { "w", "insecure" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *script =
        g_strdup_printf ("993 distrusted a.example|CN=b|%s", rows[i].flaws);
      g_autoptr (TestCase) test_case = test_case_new (script);
      g_autoptr (JsonNode) node = report (test_case);
      JsonArray *errors = json_object_get_array_member (
        json_object_get_object_member (get_service (node, 0), "tls"), "errors");
      g_autoptr (GString) words = g_string_new (NULL);

      for (guint j = 0; j < json_array_get_length (errors); j++)
        g_string_append_printf (words, "%s%s", j > 0 ? " " : "",
                                json_array_get_string_element (errors, j));
      g_assert_cmpstr (words->str, ==, rows[i].words);
    }
}

static void
test_addresses_are_told_once (void)
{
  g_autoptr (TestCase) test_case =
    test_case_new ("993 resolve ok; 993 detail 2a00::1 142.250.27.109 evil.example; 993 "
                   "tried 2a00::1 timed-out 1500; 993 good");
  g_autoptr (JsonNode) node = report (test_case);
  JsonArray *addresses =
    json_object_get_array_member (get_service (node, 0), "addresses");

  g_assert_cmpuint (json_array_get_length (addresses), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (addresses, 0), ==, "2a00::1");
  g_assert_cmpstr (json_array_get_string_element (addresses, 1), ==, "142.250.27.109");
}

/* The layers below make text printable; this one must hold if they did not. */
static void
test_hostile_text (void)
{
  const char *const texts[] = {
    "\x1b]52;c;ZXZpbA==\x07 \x1b[2J",
    "quote \" backslash \\ slash / \t tab \r return",
    "lines\nand\nlines",
    "\xff\xfe not UTF-8 \xc0\x80 \xed\xa0\x80",
    "\u2028 \u2029 \u202e \u200b \ufeff \xc2\x85 \xc2\x9b",
    "\U000e0041\U000e007f \U0001f4ec",
    "\x01\x02\x1f\x7f",
    "</script><b>&amp;",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TestCase) test_case =
        test_case_new ("993 sign-in refused NO; rest good");
      BaruaEvidence *evidence = test_case_get (test_case, 993);
      BaruaStep *step = g_ptr_array_index (evidence->steps, evidence->steps->len - 1);
      g_autofree char *valid = g_utf8_make_valid (texts[i], -1);
      g_autoptr (JsonNode) node = NULL;
      JsonArray *transcript = NULL;

      g_free (step->words);
      step->words = g_strdup (texts[i]);
      step->detail = g_strdup (texts[i]);
      g_strfreev (evidence->transcript);
      evidence->transcript = g_strsplit (texts[i], "|", -1);
      g_strfreev (evidence->capabilities);
      evidence->capabilities = g_strsplit (texts[i], "|", -1);
      g_free (evidence->tls->version);
      evidence->tls->version = g_strdup (texts[i]);
      node = report (test_case);
      transcript = json_object_get_array_member (get_service (node, 0), "transcript");
      g_assert_cmpstr (json_array_get_string_element (transcript, 0), ==, valid);
    }
}

static void
test_explanation (void)
{
  const BaruaExplanationMatch matches[] = {
    { 3, "bad-credentials" },
    { 17, "app-password-required" },
  };
  g_autoptr (BaruaVerdict) verdict = barua_verdict_new ("app-password-required", 0.9);
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (BaruaExplanationMatch));
  const BaruaExplanation explanation = { verdict, array };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = NULL;
  JsonObject *second = NULL;

  g_array_append_vals (array, matches, G_N_ELEMENTS (matches));
  node = read_back (barua_report_explanation (&explanation));
  object = json_node_get_object (node);
  assert_keys (object, (const char *const[]){ "verdict", "matches", NULL });
  assert_verdict (json_object_get_object_member (object, "verdict"));
  second =
    json_array_get_object_element (json_object_get_array_member (object, "matches"), 1);
  assert_keys (second, (const char *const[]){ "line", "cause", NULL });
  g_assert_cmpint (json_object_get_int_member (second, "line"), ==, 17);
  g_assert_cmpstr (json_object_get_string_member (second, "cause"), ==,
                   "app-password-required");
}

static void
test_settings (void)
{
  static const BaruaService services[] = {
    { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465, BARUA_SECURITY_TLS },
    { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587, BARUA_SECURITY_STARTTLS },
    { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993, BARUA_SECURITY_TLS },
  };
  const BaruaProvider provider = { "gmail", "Gmail", services, G_N_ELEMENTS (services) };
  g_autoptr (JsonNode) node =
    read_back (barua_report_settings (&provider, "zoe@gmail.com"));
  JsonObject *object = json_node_get_object (node);
  JsonArray *smtp = json_object_get_array_member (object, "smtp");
  JsonObject *second = json_array_get_object_element (smtp, 1);
  g_autoptr (JsonNode) general = read_back (barua_report_settings (&provider, NULL));

  assert_keys (object, (const char *const[]){ "smtp", "imap", "pop", NULL });
  g_assert_cmpuint (json_array_get_length (smtp), ==, 2);
  assert_keys (second, ENDPOINT_KEYS);
  g_assert_cmpint (json_object_get_int_member (second, "port"), ==, 587);
  g_assert_cmpstr (json_object_get_string_member (second, "security"), ==, "starttls");
  g_assert_cmpstr (json_object_get_string_member (second, "username"), ==,
                   "zoe@gmail.com");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (second, "auth")),
                    ==, 2);
  smtp = json_object_get_array_member (json_node_get_object (general), "smtp");
  g_assert_true (
    json_object_get_null_member (json_array_get_object_element (smtp, 0), "username"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "pop")),
                    ==, 0);
}

static void
test_verdict (void)
{
  g_autoptr (BaruaVerdict) verdict = barua_verdict_new ("port-blocked", 0.95);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = NULL;
  JsonArray *steps = NULL;

  verdict->advice = "Use port 465.";
  barua_verdict_set_service (verdict, BARUA_PROTOCOL_SMTP);
  barua_verdict_add_evidence (verdict, "smtp.gmail.com:587 connect: refused");
  node = read_back (barua_report_verdict (verdict));
  object = json_node_get_object (node);
  assert_verdict (object);
  steps = json_object_get_array_member (object, "steps");
  g_assert_cmpstr (
    json_object_get_string_member (json_array_get_object_element (steps, 0), "text"), ==,
    "Use port 465.");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "sure"), 0.95,
                                  0.0001);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/report/check-keys", test_check_keys);
  g_test_add_func ("/diagnose/report/check-values", test_check_values);
  g_test_add_func ("/diagnose/report/tls-errors", test_tls_errors);
  g_test_add_func ("/diagnose/report/addresses", test_addresses_are_told_once);
  g_test_add_func ("/diagnose/report/hostile", test_hostile_text);
  g_test_add_func ("/diagnose/report/explanation", test_explanation);
  g_test_add_func ("/diagnose/report/settings", test_settings);
  g_test_add_func ("/diagnose/report/verdict", test_verdict);
  return g_test_run ();
}
