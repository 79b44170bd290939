#include "config.h"

#include "support/prober.h"

#include "support/loop.h"

TestProber *
test_prober_new (TestCertificates *certificates)
{
  TestProber *self = g_new0 (TestProber, 1);

  self->certificates = certificates;
  self->resolver = test_resolver_install ();
  self->cancellable = g_cancellable_new ();
  self->cancel_at = -1;
  self->setup.trust = test_certificates_get_trust (certificates);
  self->setup.step_ms = 5000;
  self->setup.total_ms = 10000;
  self->options.certificates = certificates;
  self->options.families = TEST_IPV4;
  return self;
}

void
test_prober_free (TestProber *self)
{
  test_loop_drain ();
  g_object_unref (self->cancellable);
  test_resolver_uninstall (self->resolver);
  g_free (self);
}

void
test_prober_answer (TestProber *self, const char *host)
{
  if ((self->options.families & TEST_IPV4) != 0)
    test_resolver_add_address (self->resolver, host, "127.0.0.1");
  if ((self->options.families & TEST_IPV6) != 0)
    test_resolver_add_address (self->resolver, host, "::1");
}

static void
on_step (G_GNUC_UNUSED const BaruaEvidence *evidence,
         const BaruaStep *step,
         gpointer user_data)
{
  TestProber *self = user_data;

  self->n_steps++;
  if ((int) step->stage == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

/* What a client waits for in vain. */
typedef struct
{
  const TestProber *prober;
  TestServer *server;
} Silence;

static gboolean
is_silent (gpointer user_data)
{
  const Silence *self = user_data;

  return test_server_count_quiet (self->server) > 0 &&
         self->prober->n_steps >= self->prober->hurry_after;
}

static BaruaEvidence *
run (TestProber *self, const BaruaService *service, TestServer *server, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) hurry = g_cancellable_new ();
  Silence silence = { self, server };
  BaruaProbeSetup setup = self->setup;

  self->n_steps = 0;
  setup.service = service;
  setup.progress = on_step;
  setup.progress_data = self;
  if (self->hurry_after > 0)
    setup.hurry = hurry;
  barua_probe_async (&setup, self->cancellable, test_loop_store, &result);
  if (self->hurry_after > 0)
    test_loop_until (is_silent, &silence);
  g_cancellable_cancel (hurry);
  test_loop_until_set ((gpointer *) &result);
  return barua_probe_finish (result, error);
}

BaruaEvidence *
test_prober_run (TestProber *self, const BaruaService *service, GError **error)
{
  return run (self, service, NULL, error);
}

static gboolean
is_alone (gpointer user_data)
{
  return test_server_count_open (user_data) == 0;
}

BaruaEvidence *
test_prober_play (TestProber *self, const char *text, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Dialogue) dialogue = dialogue_parse (text, name, &error);
  g_autoptr (TestServer) server = NULL;
  BaruaService service;
  BaruaEvidence *evidence = NULL;

  g_assert_no_error (error);
  server = test_server_new (dialogue, &self->options);
  service = *dialogue_get_service (dialogue);
  service.port = test_server_get_port (server);
  test_prober_answer (self, service.host);
  self->setup.login = dialogue_get_login (dialogue);
  self->setup.goal = dialogue_get_goal (dialogue);
  self->setup.errand = dialogue_get_errand ();
  evidence = run (self, &service, server, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->n_steps, ==, evidence->steps->len);
  test_loop_until (is_alone, server);
  g_clear_pointer (&server, test_server_free);
  dialogue_check (dialogue, evidence);
  self->setup.login = NULL;
  return evidence;
}
