#pragma once

#include "probe/probe.h"
#include "support/certificates.h"
#include "support/dialogue.h"
#include "support/resolver.h"
#include "support/server.h"

G_BEGIN_DECLS

/**
 * TestProber:
 * @certificates: what servers show, and what is trusted
 * @resolver: answers for Gmail's names; every test begins with an empty one
 * @setup: how the next probe goes: 5 s a step, 10 s in all, unless a test changes it
 * @options: how the next server behaves
 * @cancellable: given to each probe
 * @cancel_at: the stage after whose step, well or badly, @cancellable is cancelled; -1
 * for none
 * @hurry_after: a probe is made to hurry once the server has nothing more to say and this
 *   many steps are told: what is not there by then counts as out of time; 0 for none
 * @n_steps: how many steps the progress function was told about
 *
 * What tests that probe a server of their own share: one for each test.
 */
typedef struct
{
  TestCertificates *certificates;
  TestResolver *resolver;
  BaruaProbeSetup setup;
  TestServerOptions options;
  GCancellable *cancellable;
  int cancel_at;
  guint hurry_after;
  guint n_steps;
} TestProber;

/**
 * test_prober_new:
 * @certificates: must outlive the prober
 *
 * Returns: (transfer full): a prober, whose resolver is the default one of the process
 */
TestProber *test_prober_new (TestCertificates *certificates);

/**
 * test_prober_free:
 * @self: (transfer full): a prober
 */
void test_prober_free (TestProber *self);

/**
 * test_prober_answer:
 * @self: a prober
 * @host: a name
 *
 * Lets @host lead to the addresses on which servers with its options listen.
 */
void test_prober_answer (TestProber *self, const char *host);

/**
 * test_prober_run:
 * @self: a prober
 * @service: where to
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Probes, and turns the main context until it is over.
 *
 * Returns: (transfer full) (nullable): what was seen
 */
BaruaEvidence *
test_prober_run (TestProber *self, const BaruaService *service, GError **error);

/**
 * test_prober_play:
 * @self: a prober
 * @text: a dialogue
 * @name: what messages call it
 *
 * Starts a server that plays @text, probes it, waits until the server has seen the client
 * go, and checks the evidence against the dialogue.
 *
 * Returns: (transfer full): what was seen
 */
BaruaEvidence *test_prober_play (TestProber *self, const char *text, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestProber, test_prober_free)

G_END_DECLS
