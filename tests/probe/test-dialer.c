#include "config.h"

#include "probe/dialer.h"

#include "support/clock.h"
#include "support/hole.h"
#include "support/loop.h"
#include "support/prober.h"

#include <string.h>

#define HOST "smtp.gmail.com"
#define HEALTHY                                                                          \
  "Service: smtp tls\nGoal: capabilities\nTLS\nS: 220 smtp.gmail.com ESMTP - gsmtp\n"    \
  "C: EHLO *\nS: 250-smtp.gmail.com\nS: 250 AUTH PLAIN\nC: QUIT\n"

/* Linux answers a TCP connection to a group of hosts with ENETUNREACH, route or not. */
#define UNREACHABLE_IPV4 "224.0.0.1"
#define UNREACHABLE_IPV6 "ff02::1"

static TestCertificates *certificates;

/* A prober, and perhaps a server or holes on one port. */
typedef struct
{
  TestProber *prober;
  Dialogue *dialogue;
  TestServer *server;
  BaruaService service;
} Place;

static void
place_clear (Place *self)
{
  g_clear_pointer (&self->server, test_server_free);
  g_clear_pointer (&self->dialogue, dialogue_free);
  g_clear_pointer (&self->prober, test_prober_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static Place
place_new (TestFamilies families)
{
  g_autoptr (GError) error = NULL;
  Place self = { 0 };

  self.prober = test_prober_new (certificates);
  self.dialogue = dialogue_parse (HEALTHY, "healthy", &error);
  g_assert_no_error (error);
  self.service = *dialogue_get_service (self.dialogue);
  if (families == 0)
    return self;
  self.prober->options.families = families;
  self.prober->options.lenient = TRUE;
  self.server = test_server_new (self.dialogue, &self.prober->options);
  self.service.port = test_server_get_port (self.server);
  return self;
}

static BaruaEvidence *
run (Place *self)
{
  g_autoptr (GError) error = NULL;
  BaruaEvidence *evidence = test_prober_run (self->prober, &self->service, &error);

  g_assert_no_error (error);
  return evidence;
}

static void
add_address (Place *self, const char *address)
{
  test_resolver_add_address (self->prober->resolver, HOST, address);
}

static const BaruaAttempt *
find_attempt (const BaruaEvidence *evidence, const char *address)
{
  g_autoptr (GInetAddress) wanted = g_inet_address_new_from_string (address);

  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      const BaruaAttempt *attempt = g_ptr_array_index (evidence->attempts, i);

      if (g_inet_address_equal (attempt->address, wanted))
        return attempt;
    }
  return NULL;
}

static void
check_attempt (const BaruaEvidence *evidence, const char *address, BaruaOutcome outcome)
{
  const BaruaAttempt *attempt = find_attempt (evidence, address);

  g_assert_nonnull (attempt);
  g_assert_cmpint (attempt->outcome, ==, outcome);
  g_assert_true ((attempt->error != NULL) == (outcome == BARUA_OUTCOME_FAILED));
}

static gboolean
lacks_ipv6 (void)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("::1", 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, NULL);

  if (socket != NULL && g_socket_bind (socket, address, FALSE, NULL))
    return FALSE;
  g_test_skip ("This machine has no ::1");
  return TRUE;
}

static void
test_judges_both_families (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (BaruaEvidence) evidence = NULL;

  if (lacks_ipv6 ())
    return;
  place = place_new (TEST_IPV4 | TEST_IPV6);
  add_address (&place, "127.0.0.1");
  add_address (&place, "::1");
  evidence = run (&place);
  g_assert_null (barua_evidence_get_failure (evidence));
  g_assert_cmpuint (evidence->attempts->len, ==, 2);
  check_attempt (evidence, "127.0.0.1", BARUA_OUTCOME_OK);
  check_attempt (evidence, "::1", BARUA_OUTCOME_OK);
  g_assert_cmpstr (barua_evidence_get_step (evidence, BARUA_STAGE_RESOLVE)->detail, ==,
                   "::1 127.0.0.1");
}

/* The check itself is not held up, and the dead family is given its grace. */
static void
check_dead_family (TestFamilies alive, const char *good, const char *dead)
{
  g_auto (Place) place = place_new (alive);
  g_autoptr (TestHole) hole = test_hole_new (dead, place.service.port);
  g_autoptr (BaruaEvidence) evidence = NULL;
  const BaruaStep *connect = NULL;
  gint64 before = test_clock_get_us ();
  gint64 lost = test_clock_get_lost_us ();
  gint64 took = 0;

  add_address (&place, good);
  add_address (&place, dead);
  evidence = run (&place);
  g_assert_null (barua_evidence_get_failure (evidence));
  g_assert_cmpstr (barua_evidence_get_step (evidence, BARUA_STAGE_CONNECT)->detail, ==,
                   good);
  check_attempt (evidence, good, BARUA_OUTCOME_OK);
  check_attempt (evidence, dead, BARUA_OUTCOME_TIMED_OUT);
  g_assert_cmpint (find_attempt (evidence, dead)->ms, >=, BARUA_DIALER_GRACE_MS - 20);
  connect = barua_evidence_get_step (evidence, BARUA_STAGE_CONNECT);
  lost = (test_clock_get_lost_us () - lost) / G_TIME_SPAN_MILLISECOND;
  g_assert_cmpint (connect->ms, <, BARUA_DIALER_GRACE_MS / 2 + lost);
  took = (test_clock_get_us () - before) / G_TIME_SPAN_MILLISECOND;
  g_assert_cmpint (took, <, MAX (evidence->ms, BARUA_DIALER_GRACE_MS) + 500);
}

static void
test_is_not_held_up (void)
{
  if (lacks_ipv6 ())
    return;
  check_dead_family (TEST_IPV4, "127.0.0.1", "::1");
  check_dead_family (TEST_IPV6, "::1", "127.0.0.1");
}

static void
test_goes_to_the_next_address (void)
{
  g_auto (Place) place = place_new (TEST_IPV4);
  g_autoptr (TestHole) hole = test_hole_new ("127.0.0.3", place.service.port);
  g_autoptr (BaruaEvidence) evidence = NULL;

  place.prober->setup.step_ms = 900;
  add_address (&place, "127.0.0.2");
  add_address (&place, "127.0.0.3");
  add_address (&place, "127.0.0.1");
  evidence = run (&place);
  g_assert_null (barua_evidence_get_failure (evidence));
  g_assert_cmpuint (evidence->attempts->len, ==, 3);
  check_attempt (evidence, "127.0.0.2", BARUA_OUTCOME_FAILED);
  check_attempt (evidence, "127.0.0.3", BARUA_OUTCOME_TIMED_OUT);
  check_attempt (evidence, "127.0.0.1", BARUA_OUTCOME_OK);
}

static void
test_takes_few_addresses (void)
{
  g_auto (Place) place = place_new (TEST_IPV4);
  g_autoptr (BaruaEvidence) evidence = NULL;

  for (guint i = 2; i < 100; i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.0.%u", i);

      add_address (&place, address);
    }
  add_address (&place, "127.0.0.1");
  evidence = run (&place);
  g_assert_cmpuint (evidence->attempts->len, ==, BARUA_DIALER_ADDRESSES);
  g_assert_cmpint (barua_evidence_get_failure (evidence)->stage, ==, BARUA_STAGE_CONNECT);
}

/* The step says what says most about why there is no connection. */
static const struct
{
  const char *description;
  const char *addresses[3];
  const char *hole;
  BaruaOutcome outcome;
  int code;
  const char *detail;
} WORST_ROWS[] = {
  { "refused",
    { "127.0.0.1" },
    NULL,
    BARUA_OUTCOME_FAILED,
    G_IO_ERROR_CONNECTION_REFUSED,
    "127.0.0.1" },
  { "silent", { "127.0.0.4" }, "127.0.0.4", BARUA_OUTCOME_TIMED_OUT, 0, "127.0.0.4" },
  { "no route",
    { UNREACHABLE_IPV4 },
    NULL,
    BARUA_OUTCOME_FAILED,
    G_IO_ERROR_NETWORK_UNREACHABLE,
    UNREACHABLE_IPV4 },
  { "refused goes before no route",
    { UNREACHABLE_IPV6, "127.0.0.1" },
    NULL,
    BARUA_OUTCOME_FAILED,
    G_IO_ERROR_CONNECTION_REFUSED,
    "127.0.0.1" },
  { "silent goes before no route",
    { UNREACHABLE_IPV6, "127.0.0.4" },
    "127.0.0.4",
    BARUA_OUTCOME_TIMED_OUT,
    0,
    "127.0.0.4" },
  { "refused goes before silent",
    { "127.0.0.4", "127.0.0.1" },
    "127.0.0.4",
    BARUA_OUTCOME_FAILED,
    G_IO_ERROR_CONNECTION_REFUSED,
    "127.0.0.1" },
};

static void
test_names_the_worst (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (WORST_ROWS); i++)
    {
      g_auto (Place) place = place_new (0);
      g_autoptr (TestHole) taken = test_hole_new ("127.0.0.9", 0);
      g_autoptr (TestHole) hole = NULL;
      g_autoptr (BaruaEvidence) evidence = NULL;
      const BaruaStep *failure = NULL;

      g_test_message ("%s", WORST_ROWS[i].description);
      place.service.port = test_hole_get_port (taken);
      place.prober->setup.step_ms = 300;
      if (WORST_ROWS[i].hole != NULL)
        hole = test_hole_new (WORST_ROWS[i].hole, place.service.port);
      for (gsize j = 0; WORST_ROWS[i].addresses[j] != NULL; j++)
        add_address (&place, WORST_ROWS[i].addresses[j]);
      evidence = run (&place);
      failure = barua_evidence_get_failure (evidence);
      g_assert_cmpint (failure->stage, ==, BARUA_STAGE_CONNECT);
      g_assert_cmpint (failure->outcome, ==, WORST_ROWS[i].outcome);
      if (WORST_ROWS[i].outcome == BARUA_OUTCOME_FAILED)
        g_assert_error (failure->error, G_IO_ERROR, WORST_ROWS[i].code);
      g_assert_cmpstr (failure->detail, ==, WORST_ROWS[i].detail);
      g_assert_null (evidence->tls);
    }
}

static void
test_tells_names_apart (void)
{
  const struct
  {
    GQuark domain;
    int code;
  } rows[] = {
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_INTERNAL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Place) place = place_new (0);
      g_autoptr (BaruaEvidence) evidence = NULL;
      const BaruaStep *failure = NULL;

      test_resolver_set_error (place.prober->resolver, HOST, TEST_QUESTION_IPV4,
                               rows[i].domain, rows[i].code);
      evidence = run (&place);
      failure = barua_evidence_get_failure (evidence);
      g_assert_cmpint (failure->stage, ==, BARUA_STAGE_RESOLVE);
      g_assert_cmpint (failure->outcome, ==, BARUA_OUTCOME_FAILED);
      g_assert_error (failure->error, rows[i].domain, rows[i].code);
      g_assert_cmpuint (evidence->attempts->len, ==, 0);
    }
}

static void
test_waits_for_no_name_for_ever (void)
{
  g_auto (Place) place = place_new (0);
  g_autoptr (BaruaEvidence) evidence = NULL;
  const BaruaStep *failure = NULL;

  test_resolver_set_delay (place.prober->resolver, HOST, TEST_QUESTION_IPV4,
                           TEST_RESOLVER_NEVER);
  place.prober->setup.step_ms = 100;
  evidence = run (&place);
  failure = barua_evidence_get_failure (evidence);
  g_assert_cmpint (failure->stage, ==, BARUA_STAGE_RESOLVE);
  g_assert_cmpint (failure->outcome, ==, BARUA_OUTCOME_TIMED_OUT);
  g_assert_null (failure->error);
  g_assert_false (evidence->cut_short);
}

static void
test_is_cut_short (void)
{
  g_auto (Place) place = place_new (0);
  g_autoptr (TestHole) hole = test_hole_new ("127.0.0.1", 0);
  g_autoptr (BaruaEvidence) evidence = NULL;

  place.service.port = test_hole_get_port (hole);
  place.prober->setup.total_ms = 900;
  add_address (&place, "127.0.0.1");
  evidence = run (&place);
  g_assert_true (evidence->cut_short);
  g_assert_cmpint (barua_evidence_get_failure (evidence)->stage, ==, BARUA_STAGE_CONNECT);
  check_attempt (evidence, "127.0.0.1", BARUA_OUTCOME_TIMED_OUT);
}

static gboolean
on_timeout (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* While a name, a connection, and the other family's grace are waited for: neither ends
 * by itself before. */
static void
test_is_cancelled (void)
{
  g_autoptr (TestHole) hole = test_hole_new ("127.0.0.5", 0);

  for (guint i = 0; i < 8; i++)
    {
      g_auto (Place) place = place_new (0);
      g_autoptr (GError) error = NULL;

      place.service.port = test_hole_get_port (hole);
      add_address (&place, "127.0.0.5");
      if (i % 2 == 0)
        test_resolver_set_delay (place.prober->resolver, HOST, TEST_QUESTION_IPV4,
                                 TEST_RESOLVER_NEVER);
      g_timeout_add (i / 2 * 10, on_timeout, place.prober->cancellable);
      g_assert_null (test_prober_run (place.prober, &place.service, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static gboolean
is_left_alone (gpointer user_data)
{
  return test_server_count_clients (user_data) > 0 &&
         test_server_count_open (user_data) == 0;
}

/* Once the server is left alone, only the grace is still waited for. */
static void
test_is_stopped_in_the_grace (void)
{
  if (lacks_ipv6 ())
    return;
  for (guint i = 0; i < 2; i++)
    {
      g_auto (Place) place = place_new (TEST_IPV4);
      g_autoptr (TestHole) hole = test_hole_new ("::1", place.service.port);
      g_autoptr (GCancellable) hurry = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (BaruaEvidence) evidence = NULL;
      g_autoptr (GError) error = NULL;
      BaruaProbeSetup setup = place.prober->setup;
      gint64 before = 0;

      setup.service = &place.service;
      setup.goal = BARUA_GOAL_CAPABILITIES;
      setup.hurry = hurry;
      add_address (&place, "127.0.0.1");
      add_address (&place, "::1");
      barua_probe_async (&setup, place.prober->cancellable, test_loop_store, &result);
      test_loop_until (is_left_alone, place.server);
      before = test_clock_get_us ();
      g_cancellable_cancel (i == 0 ? hurry : place.prober->cancellable);
      test_loop_until_set ((gpointer *) &result);
      evidence = barua_probe_finish (result, &error);
      g_assert_cmpint (test_clock_get_us () - before, <, G_TIME_SPAN_SECOND);
      if (i == 1)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          continue;
        }
      g_assert_null (barua_evidence_get_failure (evidence));
      g_assert_false (evidence->cut_short);
      check_attempt (evidence, "::1", BARUA_OUTCOME_TIMED_OUT);
    }
}

/* The dead family comes to an end of its own while only its grace is waited for: the
 * kernel asks once more after a second, and is refused. */
static void
test_settles_early (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (TestHole) hole = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaruaEvidence) evidence = NULL;
  BaruaProbeSetup setup = { 0 };

  if (lacks_ipv6 ())
    return;
  place = place_new (TEST_IPV4);
  hole = test_hole_new ("::1", place.service.port);
  setup = place.prober->setup;
  setup.service = &place.service;
  setup.goal = BARUA_GOAL_CAPABILITIES;
  add_address (&place, "127.0.0.1");
  add_address (&place, "::1");
  barua_probe_async (&setup, NULL, test_loop_store, &result);
  test_loop_until (is_left_alone, place.server);
  g_clear_pointer (&hole, test_hole_free);
  test_loop_until_set ((gpointer *) &result);
  evidence = barua_probe_finish (result, NULL);
  g_assert_null (barua_evidence_get_failure (evidence));
  check_attempt (evidence, "::1", BARUA_OUTCOME_FAILED);
  g_assert_error (find_attempt (evidence, "::1")->error, G_IO_ERROR,
                  G_IO_ERROR_CONNECTION_REFUSED);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  g_test_add_func ("/probe/dialer/both-families", test_judges_both_families);
  g_test_add_func ("/probe/dialer/dead-family", test_is_not_held_up);
  g_test_add_func ("/probe/dialer/next-address", test_goes_to_the_next_address);
  g_test_add_func ("/probe/dialer/few-addresses", test_takes_few_addresses);
  g_test_add_func ("/probe/dialer/worst", test_names_the_worst);
  g_test_add_func ("/probe/dialer/names", test_tells_names_apart);
  g_test_add_func ("/probe/dialer/no-name", test_waits_for_no_name_for_ever);
  g_test_add_func ("/probe/dialer/cut-short", test_is_cut_short);
  g_test_add_func ("/probe/dialer/cancel", test_is_cancelled);
  g_test_add_func ("/probe/dialer/grace", test_is_stopped_in_the_grace);
  g_test_add_func ("/probe/dialer/settles-early", test_settles_early);
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
