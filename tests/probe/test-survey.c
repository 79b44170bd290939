#include "config.h"

#include "probe/survey.h"

#include "support/alone.h"
#include "support/clock.h"
#include "support/hole.h"
#include "support/loop.h"
#include "support/prober.h"

#define PAGE_HOST "connectivitycheck.gstatic.com"
#define SMTP_OFFERS "S: 250-smtp.gmail.com at your service\nS: 250 AUTH PLAIN XOAUTH2\n"
#define SMTP_GREETING "S: 220 smtp.gmail.com ESMTP - gsmtp\nC: EHLO *\n"

/* The four endpoints of Gmail, each with its own dialogue. */
static const char *const GMAIL[] = {
  "Service: smtp tls\nTLS\n" SMTP_GREETING SMTP_OFFERS "C: QUIT\n",
  "Service: smtp starttls\n" SMTP_GREETING
  "S: 250-smtp.gmail.com at your service\nS: 250 STARTTLS\nC: STARTTLS\n"
  "S: 220 2.0.0 Ready to start TLS\nTLS\nC: EHLO *\n" SMTP_OFFERS "C: QUIT\n",
  "Service: imap tls\nTLS\nS: * OK Gimap ready\nC: $TAG CAPABILITY\n"
  "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: $TAG OK done\nC: $TAG LOGOUT\n",
  "Service: pop tls\nTLS\nS: +OK Gpop ready\nC: CAPA\nS: +OK Capability list follows\n"
  "S: USER\nS: SASL PLAIN\nS: .\nC: QUIT\n",
};

/* How often each server speaks: a round trip each. */
static const guint GMAIL_TURNS[] = { 2, 4, 2, 2 };

static TestCertificates *certificates;

typedef struct
{
  TestProber *prober;
  GPtrArray *dialogues;
  GPtrArray *servers;
  GArray *services;
  BaruaSurveySetup setup;
  guint n_steps;
  guint cancel_after;
} Field;

static void
field_clear (Field *self)
{
  g_clear_pointer (&self->servers, g_ptr_array_unref);
  g_clear_pointer (&self->dialogues, g_ptr_array_unref);
  g_clear_pointer (&self->services, g_array_unref);
  g_clear_pointer (&self->prober, test_prober_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Field, field_clear)

static void
field_init (Field *self)
{
  self->prober = test_prober_new (certificates);
  self->dialogues = g_ptr_array_new_with_free_func ((GDestroyNotify) dialogue_free);
  self->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) test_server_free);
  self->services = g_array_new (FALSE, FALSE, sizeof (BaruaService));
  self->setup.goal = BARUA_GOAL_CAPABILITIES;
  self->setup.trust = test_certificates_get_trust (certificates);
  self->setup.step_ms = 5000;
  self->setup.total_ms = 10000;
}

static void
add_server (Field *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  Dialogue *dialogue = dialogue_parse (text, "survey", &error);
  TestServer *server = NULL;
  BaruaService service;

  g_assert_no_error (error);
  service = *dialogue_get_service (dialogue);
  server = test_server_new (dialogue, &self->prober->options);
  service.port = test_server_get_port (server);
  if (self->setup.login == NULL)
    self->setup.login = dialogue_get_login (dialogue);
  g_ptr_array_add (self->dialogues, dialogue);
  g_ptr_array_add (self->servers, server);
  g_array_append_val (self->services, service);
}

static void
answer_all (Field *self)
{
  test_prober_answer (self->prober, "smtp.gmail.com");
  test_prober_answer (self->prober, "imap.gmail.com");
  test_prober_answer (self->prober, "pop.gmail.com");
}

static void
add_gmail (Field *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (GMAIL); i++)
    add_server (self, GMAIL[i]);
  answer_all (self);
}

static void
on_step (const BaruaEvidence *evidence, const BaruaStep *step, gpointer user_data)
{
  Field *self = user_data;

  g_assert_nonnull (evidence);
  g_assert_nonnull (step);
  if (++self->n_steps == self->cancel_after)
    g_cancellable_cancel (self->prober->cancellable);
}

static BaruaSurvey *
run (Field *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BaruaSurveySetup setup = self->setup;

  setup.services = (const BaruaService *) (gpointer) self->services->data;
  setup.n_services = self->services->len;
  setup.progress = on_step;
  setup.progress_data = self;
  barua_survey_async (&setup, self->prober->cancellable, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_survey_finish (result, error);
}

static const BaruaEvidence *
get (const BaruaSurvey *survey, guint index)
{
  return g_ptr_array_index (survey->evidence, index);
}

/* Each server thinks for a tenth of a second before each reply. Side by side, the whole
 * takes as long as the longest, and nobody is asked once more than needed. */
static void
test_goes_side_by_side (void)
{
  g_auto (Field) field = { 0 };
  g_autoptr (BaruaSurvey) survey = NULL;
  gint64 started = 0;
  gint64 took = 0;
  gint64 longest = 0;

  field_init (&field);
  field.prober->options.delay_ms = 100;
  add_gmail (&field);
  started = test_clock_get_us ();
  survey = run (&field, NULL);
  took = (test_clock_get_us () - started) / G_TIME_SPAN_MILLISECOND;
  g_assert_cmpuint (survey->evidence->len, ==, G_N_ELEMENTS (GMAIL));
  for (guint i = 0; i < survey->evidence->len; i++)
    {
      const BaruaEvidence *evidence = get (survey, i);

      g_assert_null (barua_evidence_get_failure (evidence));
      g_assert_cmpuint (evidence->service.port, ==,
                        test_server_get_port (field.servers->pdata[i]));
      g_assert_cmpuint (test_server_count_turns (field.servers->pdata[i]), ==,
                        GMAIL_TURNS[i]);
      longest = MAX (longest, evidence->ms);
    }
  /* A busy machine may be slow enough to be looked into. */
  if (longest < 1500)
    g_assert_null (survey->surroundings);
  g_assert_cmpint (took, <=, longest + longest / 10 + 100);
}

static void
test_takes_six_at_once (void)
{
  g_auto (Field) field = { 0 };
  g_autoptr (BaruaSurvey) survey = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BaruaSurveySetup setup = { 0 };
  BaruaService services[8];

  field_init (&field);
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    services[i] =
      (BaruaService){ BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993, BARUA_SECURITY_TLS };
  test_resolver_set_delay (field.prober->resolver, "imap.gmail.com", TEST_QUESTION_IPV4,
                           TEST_RESOLVER_NEVER);
  setup = field.setup;
  setup.services = services;
  setup.n_services = G_N_ELEMENTS (services);
  barua_survey_async (&setup, NULL, test_loop_store, &result);
  test_loop_drain ();
  g_assert_cmpuint (test_resolver_count_waiting (field.prober->resolver), ==, 6);
  test_resolver_answer_waiting (field.prober->resolver);
  while (test_resolver_count (field.prober->resolver, "imap.gmail.com",
                              TEST_QUESTION_IPV4) < 8)
    g_main_context_iteration (NULL, TRUE);
  test_resolver_answer_waiting (field.prober->resolver);
  test_loop_until_set ((gpointer *) &result);
  survey = barua_survey_finish (result, NULL);
  g_assert_cmpuint (survey->evidence->len, ==, 8);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpint (barua_evidence_get_failure (get (survey, i))->stage, ==,
                     BARUA_STAGE_RESOLVE);
}

static void
test_surveys_nothing (void)
{
  g_auto (Field) field = { 0 };
  g_autoptr (BaruaSurvey) survey = NULL;

  field_init (&field);
  survey = run (&field, NULL);
  g_assert_cmpuint (survey->evidence->len, ==, 0);
  g_assert_null (survey->surroundings);
}

/* One that fails hides nothing of the others, and is reason to look around. */
static void
test_looks_around (void)
{
  const char *const reasons[] = {
    "Service: imap tls\nCLOSE\n",
    "Service: imap tls\nTLS\nRESET\n",
    "Service: imap tls\nTLS expired\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_auto (Field) field = { 0 };
      g_autoptr (BaruaSurvey) survey = NULL;

      field_init (&field);
      add_gmail (&field);
      add_server (&field, reasons[i]);
      survey = run (&field, NULL);
      g_assert_nonnull (survey->surroundings);
      g_assert_false (survey->surroundings->name_server_answers);
      for (guint j = 0; j < G_N_ELEMENTS (GMAIL); j++)
        g_assert_null (barua_evidence_get_failure (get (survey, j)));
      g_assert_nonnull (barua_evidence_get_failure (get (survey, G_N_ELEMENTS (GMAIL))));
    }
}

/* A wrong password has nothing to do with the network. */
static void
test_leaves_refusals_alone (void)
{
  g_auto (Field) field = { 0 };
  g_autoptr (BaruaSurvey) survey = NULL;

  field_init (&field);
  add_server (&field, "Service: smtp tls\nLogin: plain zoe@gmail.com secretsecretsecr\n"
                      "TLS\n" SMTP_GREETING SMTP_OFFERS "C: AUTH PLAIN *\n"
                      "S: 535 5.7.8 Username and Password not accepted.\nC: QUIT\n");
  test_prober_answer (field.prober, "smtp.gmail.com");
  field.setup.goal = BARUA_GOAL_SIGN_IN;
  survey = run (&field, NULL);
  g_assert_cmpint (barua_evidence_get_failure (get (survey, 0))->outcome, ==,
                   BARUA_OUTCOME_REFUSED);
  g_assert_null (survey->surroundings);
  g_assert_cmpuint (
    test_resolver_count (field.prober->resolver, PAGE_HOST, TEST_QUESTION_IPV4), ==, 0);
}

/* A handshake that takes long is looked into before it has failed; nobody waits for what
 * comes of it when all is well in the end. */
static void
test_looks_around_when_slow (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_auto (Field) field = { 0 };
      g_autoptr (BaruaSurvey) survey = NULL;
      gint64 started = test_clock_get_us ();

      field_init (&field);
      add_server (&field, "Service: smtp tls\nWAIT 2300\nTLS\n" SMTP_GREETING SMTP_OFFERS
                          "C: QUIT\n");
      test_prober_answer (field.prober, "smtp.gmail.com");
      if (i == 1)
        test_resolver_set_delay (field.prober->resolver, PAGE_HOST, TEST_QUESTION_IPV4,
                                 TEST_RESOLVER_NEVER);
      survey = run (&field, NULL);
      g_assert_null (barua_evidence_get_failure (get (survey, 0)));
      if (i == 0)
        g_assert_nonnull (survey->surroundings);
      g_assert_cmpint (test_clock_get_us () - started, <, 5 * G_TIME_SPAN_SECOND);
    }
}

/* None of these needs a handshake, which a busy machine may be too slow for. */
static void
test_ends_in_time (void)
{
  g_auto (Field) field = { 0 };
  g_autoptr (BaruaSurvey) survey = NULL;
  gint64 started = 0;

  field_init (&field);
  add_server (&field, "Service: smtp tls\nHANG\n");
  add_server (&field, "Service: smtp starttls\nHANG\n");
  add_server (&field, "Service: smtp starttls\nS: 554 no\nHANG\n");
  answer_all (&field);
  field.setup.total_ms = 1500;
  started = test_clock_get_us ();
  survey = run (&field, NULL);
  g_assert_cmpint (test_clock_get_us () - started, <, 3 * G_TIME_SPAN_SECOND);
  g_assert_true (get (survey, 0)->cut_short);
  g_assert_cmpint (barua_evidence_get_failure (get (survey, 0))->stage, ==,
                   BARUA_STAGE_TLS);
  g_assert_true (get (survey, 1)->cut_short);
  g_assert_cmpint (barua_evidence_get_failure (get (survey, 1))->stage, ==,
                   BARUA_STAGE_GREETING);
  g_assert_false (get (survey, 2)->cut_short);
  g_assert_cmpint (barua_evidence_get_failure (get (survey, 2))->outcome, ==,
                   BARUA_OUTCOME_REFUSED);
}

static void
test_is_cancelled (void)
{
  for (guint moment = 0; moment < 24; moment++)
    {
      g_auto (Field) field = { 0 };
      g_autoptr (BaruaSurvey) survey = NULL;
      g_autoptr (GError) error = NULL;
      gint64 started = test_clock_get_us ();

      field_init (&field);
      field.prober->options.lenient = TRUE;
      add_gmail (&field);
      if (moment == 0)
        g_cancellable_cancel (field.prober->cancellable);
      field.cancel_after = moment;
      survey = run (&field, &error);
      if (field.n_steps >= 22 && survey != NULL)
        {
          g_cancellable_cancel (field.prober->cancellable);
          continue;
        }
      g_assert_null (survey);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (test_clock_get_us () - started, <, 4 * G_TIME_SPAN_SECOND);
    }
}

/* Without a network: the real resolver, the real routes, and names that would never be
 * answered. */
static void
check_alone (TestResolver *resolver)
{
  const BaruaService services[] = {
    { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465, BARUA_SECURITY_TLS },
    { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587, BARUA_SECURITY_STARTTLS },
    { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993, BARUA_SECURITY_TLS },
    { BARUA_PROTOCOL_POP, "pop.gmail.com", 995, BARUA_SECURITY_TLS },
  };
  const BaruaSurveySetup setup = {
    .services = services,
    .n_services = G_N_ELEMENTS (services),
    .step_ms = 10000,
    .total_ms = 30000,
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaruaSurvey) survey = NULL;
  gint64 started = test_clock_get_us ();

  for (gsize i = 0; resolver != NULL && i < G_N_ELEMENTS (services); i++)
    test_resolver_set_delay (resolver, services[i].host, TEST_QUESTION_IPV4,
                             TEST_RESOLVER_NEVER);
  barua_survey_async (&setup, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  survey = barua_survey_finish (result, NULL);
  g_assert_cmpint (test_clock_get_us () - started, <, 5 * G_TIME_SPAN_SECOND);
  g_assert_nonnull (survey->surroundings);
  g_assert_false (survey->surroundings->route_ipv4);
  g_assert_false (survey->surroundings->route_ipv6);
  g_assert_cmpuint (survey->evidence->len, ==, G_N_ELEMENTS (services));
  for (guint i = 0; i < survey->evidence->len; i++)
    g_assert_cmpint (barua_evidence_get_failure (get (survey, i))->stage, ==,
                     BARUA_STAGE_RESOLVE);
}

static void
test_hurries_without_a_network (void)
{
  TestResolver *resolver = NULL;

  if (!test_alone_run ())
    return;
  check_alone (NULL);
  resolver = test_resolver_install ();
  check_alone (resolver);
  test_resolver_uninstall (resolver);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  test_alone_begin ();
  certificates = g_test_subprocess () ? NULL : test_certificates_new ();
  g_test_add_func ("/probe/survey/side-by-side", test_goes_side_by_side);
  g_test_add_func ("/probe/survey/six-at-once", test_takes_six_at_once);
  g_test_add_func ("/probe/survey/nothing", test_surveys_nothing);
  g_test_add_func ("/probe/survey/look", test_looks_around);
  g_test_add_func ("/probe/survey/refusal", test_leaves_refusals_alone);
  g_test_add_func ("/probe/survey/slow", test_looks_around_when_slow);
  g_test_add_func ("/probe/survey/in-time", test_ends_in_time);
  g_test_add_func ("/probe/survey/cancel", test_is_cancelled);
  g_test_add_func ("/probe/survey/no-network", test_hurries_without_a_network);
  status = g_test_run ();
  g_clear_pointer (&certificates, test_certificates_free);
  return status;
}
