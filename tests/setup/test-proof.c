#include "config.h"

#include "setup/proof.h"

#include "support/certificates.h"
#include "support/clock.h"
#include "support/loop.h"
#include "support/resolver.h"
#include "support/server.h"

#include <string.h>

#define SMTP_START                                                                       \
  "Service: smtp tls\nLogin: plain zoe@gmail.com secretsecretsecr\nTLS\n"                \
  "S: 220 smtp.gmail.com ESMTP x - gsmtp\nC: EHLO *\n"                                   \
  "S: 250-smtp.gmail.com at your service\nS: 250-PIPELINING\nS: 250 AUTH PLAIN\n"        \
  "C: AUTH PLAIN $B64(\\0$USER\\0$SECRET)\nS: 235 2.7.0 Accepted\n"                      \
  "C: MAIL FROM:<$USER>\nC: RCPT TO:<$USER>\nS: 250 2.1.0 OK\nS: 250 2.1.5 OK\n"         \
  "C: DATA\n"
#define SMTP_ACCEPTS                                                                     \
  SMTP_START "S: 354 Go ahead\nSKIP: .\n"                                                \
             "S: 250 2.0.0 OK  1770000000 x - gsmtp\nC: QUIT\n"
#define IMAP_START                                                                       \
  "Service: imap tls\nLogin: plain zoe@gmail.com secretsecretsecr\nTLS\n"                \
  "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Gimap ready\n"                      \
  "C: $TAG AUTHENTICATE PLAIN *\n"
#define IMAP_OPENS                                                                       \
  IMAP_START "S: $TAG OK in\nC: $TAG CAPABILITY\nS: * CAPABILITY IMAP4rev1 MOVE\n"       \
             "S: $TAG OK\nC: $TAG LIST *\n"                                              \
             "S: * LIST () \"/\" INBOX\n"                                                \
             "S: * LIST (\\\\Junk) \"/\" \"[Gmail]/Ruslp&APM-stur\"\n"                   \
             "S: * LIST (\\\\Trash) \"/\" \"[Gmail]/Rusl\"\n"                            \
             "S: $TAG OK\nC: $TAG SELECT \"INBOX\"\nS: $TAG OK\n"
#define LOOKS(numbers)                                                                   \
  "C: $TAG UID SEARCH HEADER Message-ID *\nS: * SEARCH" numbers "\nS: $TAG OK\n"
#define MOVES "C: $TAG UID MOVE 7 \"[Gmail]/Rusl\"\nS: $TAG OK\nC: $TAG LOGOUT\n"
#define SPAM "C: $TAG SELECT \"[Gmail]/Ruslp&APM-stur\"\nS: $TAG OK\n"
#define NOOP "C: $TAG NOOP\nS: $TAG OK\n"

/* So short a time that there is one wait at most, which is cut to nothing. */
#define SHORT_MS 2200
#define LONG_MS 20000

/* A row that was given no time for so long is tried again, so often at most. */
#define DOUBTFUL_US (G_USEC_PER_SEC / 2)
#define TRIES 5

static const struct
{
  const char *description;
  const char *smtp;
  const char *imap;
  guint total_ms;
  BaruaProofOutcome outcome;
  const char *found_in;
  gboolean in_spam;
  const char *moved_to;
  const char *text;
} ROWS[] = {
  { "found at once", SMTP_ACCEPTS, IMAP_OPENS LOOKS (" 7") MOVES, LONG_MS,
    BARUA_PROOF_FOUND, "INBOX", FALSE, "[Gmail]/Rusl", "in the folder “INBOX”" },
  { "found at the third look", SMTP_ACCEPTS,
    IMAP_OPENS LOOKS ("") NOOP LOOKS ("") NOOP LOOKS (" 7") MOVES, LONG_MS,
    BARUA_PROOF_FOUND, "INBOX", FALSE, "[Gmail]/Rusl", "moved to “[Gmail]/Rusl”" },
  { "not moved", SMTP_ACCEPTS,
    IMAP_OPENS LOOKS (" 7") "C: $TAG UID MOVE *\nS: $TAG NO no\nC: $TAG LOGOUT\n",
    LONG_MS, BARUA_PROOF_FOUND, "INBOX", FALSE, NULL, "still lies there" },
  { "in spam, at the last look", SMTP_ACCEPTS,
    IMAP_OPENS LOOKS ("") NOOP LOOKS ("") SPAM LOOKS (" 7") MOVES, SHORT_MS,
    BARUA_PROOF_FOUND, "[Gmail]/Ruslpóstur", TRUE, "[Gmail]/Rusl", "Not spam" },
  { "not in time", SMTP_ACCEPTS,
    IMAP_OPENS LOOKS ("") NOOP LOOKS ("") SPAM LOOKS ("") "C: $TAG LOGOUT\n", SHORT_MS,
    BARUA_PROOF_LATE, NULL, FALSE, NULL, "“INBOX”, “[Gmail]/Ruslpóstur”" },
  { "not in time: the queue's words", SMTP_ACCEPTS,
    IMAP_OPENS LOOKS ("") NOOP LOOKS ("") SPAM LOOKS ("") "C: $TAG LOGOUT\n", SHORT_MS,
    BARUA_PROOF_LATE, NULL, FALSE, NULL, "250 2.0.0 OK  1770000000" },
  { "the mailbox is shut", SMTP_ACCEPTS,
    IMAP_START "S: $TAG NO [ALERT] Too many simultaneous connections.\nC: $TAG LOGOUT\n",
    LONG_MS, BARUA_PROOF_UNSEEN, NULL, FALSE, NULL, "could not look" },
  { "refused before the message",
    SMTP_START "S: 550 5.4.5 Daily user sending limit exceeded.\nC: QUIT\n",
    IMAP_OPENS "C: *\nHANG\n", LONG_MS, BARUA_PROOF_UNSENT, NULL, FALSE, NULL,
    "not accepted" },
};

static TestCertificates *certificates;

typedef struct
{
  TestResolver *resolver;
  Dialogue *dialogues[2];
  TestServer *servers[2];
  BaruaService services[2];
  GPtrArray *evidence;
} World;

static void
add_server (World *self, guint index, const char *text)
{
  const TestServerOptions options = { .families = TEST_IPV4,
                                      .certificates = certificates,
                                      .lenient = TRUE };
  g_autoptr (GError) error = NULL;
  BaruaEvidence *evidence = NULL;

  self->dialogues[index] = dialogue_parse (text, "proof", &error);
  g_assert_no_error (error);
  self->servers[index] = test_server_new (self->dialogues[index], &options);
  self->services[index] = *dialogue_get_service (self->dialogues[index]);
  self->services[index].port = test_server_get_port (self->servers[index]);
  test_resolver_add_address (self->resolver, self->services[index].host, "127.0.0.1");
  evidence = barua_evidence_new (&self->services[index]);
  barua_evidence_add_step (evidence, BARUA_STAGE_TLS, BARUA_OUTCOME_OK, 0);
  barua_evidence_add_step (evidence, BARUA_STAGE_SIGN_IN, BARUA_OUTCOME_OK, 0);
  g_ptr_array_add (self->evidence, evidence);
}

static World *
world_new (const char *smtp, const char *imap)
{
  World *self = g_new0 (World, 1);

  self->resolver = test_resolver_install ();
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_evidence_unref);
  add_server (self, 0, smtp);
  add_server (self, 1, imap);
  return self;
}

static void
world_free (World *self)
{
  test_loop_drain ();
  g_ptr_array_unref (self->evidence);
  for (gsize i = 0; i < G_N_ELEMENTS (self->servers); i++)
    {
      test_server_free (self->servers[i]);
      dialogue_free (self->dialogues[i]);
    }
  test_resolver_uninstall (self->resolver);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static BaruaProofSetup
setup_in (const World *world, guint total_ms)
{
  return (BaruaProofSetup){
    .evidence = world->evidence,
    .login = dialogue_get_login (world->dialogues[0]),
    .name = "Zoë",
    .trust = test_certificates_get_trust (certificates),
    .total_ms = total_ms,
  };
}

static BaruaProof *
prove (const BaruaProofSetup *setup)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BaruaProof *proof = NULL;

  barua_proof_async (setup, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  proof = barua_proof_finish (result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (proof);
  return proof;
}

/* Returns: whether this machine gave it the time for what came of it to mean something */
static gboolean
check_outcome (gsize i)
{
  const gint64 lost = test_clock_get_lost_us ();
  g_autoptr (World) world = world_new (ROWS[i].smtp, ROWS[i].imap);
  const BaruaProofSetup setup = setup_in (world, ROWS[i].total_ms);
  g_autoptr (BaruaProof) proof = prove (&setup);
  g_autofree char *text = barua_proof_dup_text (proof);
  const BaruaEvidence *receiving = g_ptr_array_index (world->evidence, 1);

  g_test_message ("%s: %s", ROWS[i].description, text);
  if (proof->outcome != ROWS[i].outcome && test_clock_get_lost_us () - lost > DOUBTFUL_US)
    return FALSE;
  g_assert_cmpint (proof->outcome, ==, ROWS[i].outcome);
  g_assert_cmpstr (proof->found_in, ==, ROWS[i].found_in);
  g_assert_cmpstr (proof->moved_to, ==, ROWS[i].moved_to);
  g_assert_cmpint (proof->in_spam, ==, ROWS[i].in_spam);
  g_assert_cmpint (proof->ms, >=, 0);
  g_assert_cmpint (proof->ms, <=, ROWS[i].total_ms);
  g_assert_nonnull (strstr (text, ROWS[i].text));
  g_assert_cmpint (receiving->found_in != NULL, ==, proof->found_in != NULL);
  return TRUE;
}

static void
test_outcomes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      guint tries = TRIES;

      while (!check_outcome (i))
        g_assert_cmpuint (--tries, >, 0);
    }
}

/* What could not be used is left as it was, and nothing is sent. */
static void
test_tries_what_works (void)
{
  for (guint broken = 0; broken < 2; broken++)
    {
      g_autoptr (World) world = world_new (SMTP_ACCEPTS, IMAP_OPENS);
      const BaruaProofSetup setup = setup_in (world, LONG_MS);
      g_autoptr (BaruaProof) proof = NULL;

      barua_evidence_add_step (g_ptr_array_index (world->evidence, broken),
                               BARUA_STAGE_REHEARSAL, BARUA_OUTCOME_REFUSED, 0);
      proof = prove (&setup);
      g_assert_cmpint (proof->outcome, ==, BARUA_PROOF_UNTRIED);
      g_assert_cmpuint (test_server_count_clients (world->servers[0]), ==, 0);
      g_assert_cmpuint (test_server_count_clients (world->servers[1]), ==, 0);
    }
}

typedef struct
{
  GCancellable *cancellable;
  BaruaProtocol protocol;
  BaruaStage stage;
} Stopping;

static void
on_step (const BaruaEvidence *evidence, const BaruaStep *step, gpointer user_data)
{
  const Stopping *stopping = user_data;

  if (evidence->service.protocol == stopping->protocol && step->stage == stopping->stage)
    g_cancellable_cancel (stopping->cancellable);
}

static gboolean
on_timer (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* Before, at once, after each side's steps, and in the middle of a wait. */
static void
test_cancelled (void)
{
  const Stopping moments[] = {
    { NULL, BARUA_PROTOCOL_SMTP, BARUA_STAGE_CONNECT },
    { NULL, BARUA_PROTOCOL_SMTP, BARUA_STAGE_TEST_MESSAGE },
    { NULL, BARUA_PROTOCOL_IMAP, BARUA_STAGE_SIGN_IN },
    { NULL, BARUA_PROTOCOL_IMAP, BARUA_STAGE_REHEARSAL },
    { NULL, BARUA_PROTOCOL_POP, BARUA_STAGE_RESOLVE },
    { NULL, BARUA_PROTOCOL_POP, BARUA_STAGE_CONNECT },
    { NULL, BARUA_PROTOCOL_POP, BARUA_STAGE_TLS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (World) world =
        world_new (SMTP_ACCEPTS, IMAP_OPENS LOOKS ("") "C: *\nHANG\n");
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      BaruaProofSetup setup = setup_in (world, LONG_MS);
      Stopping stopping = moments[i];

      stopping.cancellable = cancellable;
      setup.progress = on_step;
      setup.progress_data = &stopping;
      if (stopping.protocol == BARUA_PROTOCOL_POP && i == 4)
        g_cancellable_cancel (cancellable);
      barua_proof_async (&setup, cancellable, test_loop_store, &result);
      if (i == 5)
        g_cancellable_cancel (cancellable);
      if (i == 6)
        g_timeout_add (200, on_timer, cancellable);
      test_loop_until_set ((gpointer *) &result);
      g_assert_null (barua_proof_finish (result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  g_test_add_func ("/setup/proof/outcomes", test_outcomes);
  g_test_add_func ("/setup/proof/tries-what-works", test_tries_what_works);
  g_test_add_func ("/setup/proof/cancelled", test_cancelled);
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
