#pragma once

#include "diagnose/case.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TEST_NOW:
 *
 * When the checks that tests build begin (ISO 8601).
 */
#define TEST_NOW "2026-10-01T12:00:00Z"

/**
 * TEST_GOOD_ISSUER:
 *
 * What issues the certificates of conversations that go well.
 */
#define TEST_GOOD_ISSUER "CN=WR2,O=Google Trust Services,C=US"

/**
 * TestCase:
 * @facts: what rules are given; points into the rest
 * @surroundings: what @facts.surroundings points to, once a script looks around
 * @discovery: the same for @facts.discovery
 * @mx: the same for @discovery.mx
 *
 * A case built by hand.
 */
typedef struct
{
  BaruaCase facts;
  BaruaSurroundings surroundings;
  BaruaDiscovery discovery;
  BaruaMxAnswer mx;
} TestCase;

/**
 * test_case_new:
 * @script: (nullable): what was seen: commands with ";" between them
 *
 * Builds a case. Words about the machine:
 *
 * - "web open", "web portal HOST", "web closed", "web unknown": somebody looked around,
 *   found a way out over both families, and that
 * - "route none", "route ipv4": but no way out, or only that one
 * - "clock SECONDS": this machine's clock is so much ahead
 * - "shape app-password", "shape other", "shape token", "shape empty"
 * - "trouble CAUSE": why there is no secret
 * - "kept KEEPER HOST", "kept-nowhere", "gone", "unasked", "slip DOMAIN": what discovery
 *   said; "-" for a keeper who is not known
 *
 * Words about conversations begin with endpoints, "465", "587,993" or "all", or "rest"
 * for those without a step yet:
 *
 * - "good", "signed", "rehearsed": it goes well up to what is offered, or so far
 * - "unnamed HOW", "unreached HOW": no name, or no connection; HOW is "timed-out" or a
 *   word of TEST_ERRORS
 * - "tried ADDRESS HOW MS": one more try to connect, before the rest is said; "ok" too
 * - "over ADDRESS": the connection that is made next is to that address
 * - "STAGE OUTCOME WORDS…": it ends there, so, with the server's words
 * - "broken STAGE ERROR": it ends there with an error of TEST_ERRORS
 * - "distrusted NAME|ISSUER|FLAWS": it ends over a certificate; FLAWS are letters:
 *   u(nknown authority), n(ame), e(xpired), f(uture), r(evoked), w(eak)
 * - "trusted NAME|ISSUER": the certificate of the handshake that goes well next
 * - "detail TEXT", "code NUMBER", "challenge TEXT": of the last step
 * - "offers WORD WORD…", "mechanism WORD", "looked-in FOLDER,FOLDER…", "cut-short"
 *
 * Returns: (transfer full): the case
 */
TestCase *test_case_new (const char *script);

/**
 * test_case_free:
 * @self: (transfer full): a case
 */
void test_case_free (TestCase *self);

/**
 * test_case_get:
 * @self: a case
 * @port: the port of an endpoint
 *
 * Returns: (transfer none) (nullable): the conversation with it
 */
BaruaEvidence *test_case_get (const TestCase *self, guint port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCase, test_case_free)

G_END_DECLS
