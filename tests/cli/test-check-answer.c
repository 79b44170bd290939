#include "config.h"

#include "cli/check-answer.h"

#include "diagnose/report.h"

#include <string.h>

static const BaruaService SERVICES[] = {
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587, BARUA_SECURITY_STARTTLS },
  { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_POP, "pop.gmail.com", 995, BARUA_SECURITY_TLS },
};

/* A finished check that is put together by hand. */
typedef struct
{
  BaruaCheck check;
  BaruaDiagnosis diagnosis;
  BaruaMxAnswer mx;
  BaruaDiscovery discovery;
} Sample;

static void
service_free (gpointer data)
{
  BaruaServiceDiagnosis *self = data;

  barua_evidence_unref (self->evidence);
  barua_verdict_unref (self->verdict);
  g_free (self);
}

static void
sample_init (Sample *self, const char *address)
{
  *self = (Sample){ 0 };
  if (address != NULL)
    self->check.address = barua_address_new (address, NULL);
  self->check.started = g_date_time_new_utc (2026, 11, 22, 12, 0, 0);
  self->check.diagnosis = &self->diagnosis;
  self->diagnosis.verdict = barua_verdict_new ("ok", 1.0);
  self->diagnosis.services = g_ptr_array_new_with_free_func (service_free);
  self->diagnosis.warnings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_verdict_unref);
  self->diagnosis.findings = g_ptr_array_new ();
}

static void
sample_clear (Sample *self)
{
  g_clear_pointer (&self->check.address, barua_address_unref);
  g_date_time_unref (self->check.started);
  barua_verdict_unref (self->diagnosis.verdict);
  g_ptr_array_unref (self->diagnosis.services);
  g_ptr_array_unref (self->diagnosis.warnings);
  g_ptr_array_unref (self->diagnosis.findings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

static BaruaServiceDiagnosis *
add_service (Sample *self, gsize index, BaruaStage last, BaruaOutcome outcome)
{
  BaruaServiceDiagnosis *service = g_new0 (BaruaServiceDiagnosis, 1);

  service->evidence = barua_evidence_new (&SERVICES[index]);
  service->evidence->ms = index == 3 ? 12345 : 100 + (gint64) index;
  for (int stage = BARUA_STAGE_RESOLVE; stage < (int) last; stage++)
    barua_evidence_add_step (service->evidence, (BaruaStage) stage, BARUA_OUTCOME_OK, 1);
  barua_evidence_add_step (service->evidence, last, outcome, 1);
  service->usable = outcome == BARUA_OUTCOME_OK;
  service->verdict = barua_verdict_new ("ok", 1.0);
  g_ptr_array_add (self->diagnosis.services, service);
  return service;
}

static void
set_root (Sample *self, BaruaVerdict *verdict)
{
  barua_verdict_unref (self->diagnosis.verdict);
  self->diagnosis.verdict = verdict;
}

static void
blame (BaruaServiceDiagnosis *service, const char *cause)
{
  barua_verdict_unref (service->verdict);
  service->verdict = barua_verdict_new (cause, 1.0);
}

static char *
text_of (const Sample *self, guint width, gboolean unasked)
{
  const BaruaTerminal terminal = { .fd = -1, .width = width, .columns = width };
  g_autoptr (BaruaOutput) output = barua_output_new (&terminal);

  barua_check_answer_text (output, &self->check, unasked);
  return barua_output_dup_text (output);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static void
assert_lacks (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("“%s” is in:\n%s", part, text);
}

static void
test_all_is_well (void)
{
  g_auto (Sample) sample = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *unasked = NULL;

  sample_init (&sample, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (SERVICES); i++)
    add_service (&sample, i, BARUA_STAGE_CAPABILITIES, BARUA_OUTCOME_OK);
  text = text_of (&sample, 80, FALSE);
  assert_has (text, "  SMTP  smtp.gmail.com  465  SSL/TLS   answers  100 ms\n");
  assert_has (text, "  SMTP  smtp.gmail.com  587  STARTTLS  answers  101 ms\n");
  assert_has (text, "  POP   pop.gmail.com   995  SSL/TLS   answers  12.3 s\n");
  assert_has (text, "Only the connections were checked");
  assert_lacks (text, "What ");
  unasked = text_of (&sample, 80, TRUE);
  assert_lacks (unasked, "Only the connections were checked");
}

static void
test_signed_in (void)
{
  g_auto (Sample) sample = { 0 };
  g_autofree char *text = NULL;

  sample_init (&sample, "zoe@gmail.com");
  add_service (&sample, 2, BARUA_STAGE_SIGN_IN, BARUA_OUTCOME_OK);
  sample.check.facts.shape = BARUA_SECRET_SHAPE_APP_PASSWORD;
  text = text_of (&sample, 80, FALSE);
  assert_has (text, "  IMAP  imap.gmail.com  993  SSL/TLS  works  102 ms\n");
  assert_lacks (text, "Only the connections were checked");
}

static void
test_server_said (void)
{
  g_auto (Sample) sample = { 0 };
  BaruaServiceDiagnosis *service = NULL;
  g_autofree char *text = NULL;

  sample_init (&sample, NULL);
  service = add_service (&sample, 0, BARUA_STAGE_CAPABILITIES, BARUA_OUTCOME_REFUSED);
  ((BaruaStep *) barua_evidence_get_failure (service->evidence))->words =
    g_strdup ("421 4.7.0 Try again later, closing connection. (EHLO)");
  set_root (&sample, barua_verdict_new ("temporary-failure", 1.0));
  barua_verdict_add_evidence (sample.diagnosis.verdict,
                              "421 4.7.0 Try again later, closing connection. (EHLO)");
  blame (service, "temporary-failure");
  text = text_of (&sample, 80, FALSE);
  assert_has (text, "  1. ");
  assert_has (text, "  What the server said:\n    421 4.7.0 Try again later");
  assert_has (text, "does not work");
}

static void
test_not_reached (void)
{
  g_auto (Sample) sample = { 0 };
  g_autofree char *text = NULL;

  sample_init (&sample, NULL);
  blame (add_service (&sample, 0, BARUA_STAGE_CONNECT, BARUA_OUTCOME_TIMED_OUT),
         "port-blocked");
  set_root (&sample, barua_verdict_new ("port-blocked", 1.0));
  barua_verdict_add_evidence (sample.diagnosis.verdict, "no answer (192.0.2.25)");
  barua_verdict_add_evidence (sample.diagnosis.verdict, "no answer (2001:db8::25)");
  text = text_of (&sample, 80, FALSE);
  assert_has (text, "  What was seen:\n    • no answer (192.0.2.25)\n");
  assert_has (text, "not reached");
}

static void
test_much_was_seen (void)
{
  g_auto (Sample) sample = { 0 };
  g_autofree char *five = NULL;
  g_autofree char *six = NULL;

  sample_init (&sample, NULL);
  set_root (&sample, barua_verdict_new ("no-network", 1.0));
  for (int i = 1; i <= 5; i++)
    {
      g_autofree char *line = g_strdup_printf ("line %d", i);

      barua_verdict_add_evidence (sample.diagnosis.verdict, line);
    }
  five = text_of (&sample, 80, FALSE);
  assert_has (five, "    • line 4\n    • line 5\n");
  barua_verdict_add_evidence (sample.diagnosis.verdict, "line 6");
  six = text_of (&sample, 80, FALSE);
  assert_has (six, "    • line 4\n    … and 2 more like it\n");
}

static void
test_own_trouble (void)
{
  g_auto (Sample) sample = { 0 };
  g_autofree char *text = NULL;

  sample_init (&sample, NULL);
  blame (add_service (&sample, 2, BARUA_STAGE_TLS, BARUA_OUTCOME_FAILED), "tls-expired");
  blame (add_service (&sample, 3, BARUA_STAGE_CONNECT, BARUA_OUTCOME_TIMED_OUT),
         "port-blocked");
  set_root (&sample, barua_verdict_new ("tls-expired", 1.0));
  g_ptr_array_add (sample.diagnosis.warnings, barua_verdict_new ("ipv6-broken", 1.0));
  text = text_of (&sample, 80, FALSE);
  assert_has (text, "\nPOP 995: ");
  assert_lacks (text, "\nIMAP 993: ");
  assert_has (text, barua_cause_find ("ipv6-broken")->title);
  assert_has (text, "\n  → ");
}

static void
test_elsewhere (void)
{
  g_auto (Sample) sample = { 0 };
  g_autofree char *text = NULL;

  sample_init (&sample, "zoe@example.com");
  sample.mx.keeper = "Microsoft 365";
  sample.discovery.kind = BARUA_HOST_OTHER;
  sample.discovery.mx = &sample.mx;
  sample.check.discovery = &sample.discovery;
  set_root (&sample, barua_verdict_new ("service-not-enabled", 1.0));
  text = text_of (&sample, 80, FALSE);
  assert_has (text, "The mail of example.com is kept by Microsoft 365");
  assert_lacks (text, "Only the connections were checked");
  assert_lacks (text, "1.");
}

/* Nobody can be asked where there is no network: that is the one thing to tell. */
static void
test_unseen (void)
{
  g_auto (Sample) sample = { 0 };
  g_autofree char *fine = NULL;
  g_autofree char *offline = NULL;

  sample_init (&sample, "zoe@example.com");
  sample.discovery.kind = BARUA_HOST_UNKNOWN;
  sample.check.discovery = &sample.discovery;
  fine = text_of (&sample, 80, FALSE);
  assert_has (fine, "It could not be found out");
  set_root (&sample, barua_verdict_new ("no-network", 1.0));
  offline = text_of (&sample, 80, FALSE);
  assert_lacks (offline, "It could not be found out");
}

static void
test_narrow (void)
{
  g_auto (Sample) sample = { 0 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  sample_init (&sample, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (SERVICES); i++)
    add_service (&sample, i, BARUA_STAGE_CAPABILITIES, BARUA_OUTCOME_OK);
  text = text_of (&sample, 30, FALSE);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 30);
  assert_has (text, "  SMTP smtp.gmail.com 465");
}

static void
test_json (void)
{
  const BaruaTerminal terminal = { .fd = -1, .width = 80, .columns = 80 };
  g_autoptr (BaruaOutput) output = barua_output_new (&terminal);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_auto (Sample) sample = { 0 };

  sample_init (&sample, "zoe@gmial.com");
  sample.discovery.kind = BARUA_HOST_OTHER;
  sample.discovery.suggestion = "gmail.com";
  sample.check.discovery = &sample.discovery;
  barua_check_answer_json (output, &sample.check);
  g_assert_true (barua_output_has_json (output));
  text = barua_output_dup_text (output);
  node = json_from_string (text, NULL);
  g_assert_nonnull (node);
  g_assert_cmpstr (
    json_object_get_string_member (json_node_get_object (node), "suggestion"), ==,
    "zoe@gmail.com");
  g_assert_cmpstr (
    json_object_get_string_member (json_node_get_object (node), "host_kind"), ==,
    "other");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/check-answer/all-is-well", test_all_is_well);
  g_test_add_func ("/cli/check-answer/signed-in", test_signed_in);
  g_test_add_func ("/cli/check-answer/server-said", test_server_said);
  g_test_add_func ("/cli/check-answer/not-reached", test_not_reached);
  g_test_add_func ("/cli/check-answer/much-was-seen", test_much_was_seen);
  g_test_add_func ("/cli/check-answer/own-trouble", test_own_trouble);
  g_test_add_func ("/cli/check-answer/elsewhere", test_elsewhere);
  g_test_add_func ("/cli/check-answer/unseen", test_unseen);
  g_test_add_func ("/cli/check-answer/narrow", test_narrow);
  g_test_add_func ("/cli/check-answer/json", test_json);
  return g_test_run ();
}
