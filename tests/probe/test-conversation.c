#include "config.h"

#include "probe/conversation.h"

#include "support/clock.h"
#include "support/loop.h"
#include "support/prober.h"

#include <string.h>

#define OFFERS                                                                           \
  "S: 250-smtp.gmail.com at your service, [127.0.0.1]\n"                                 \
  "S: 250-SIZE 35882577\n"                                                               \
  "S: 250-AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER\n"                      \
  "S: 250 ENHANCEDSTATUSCODES\n"
#define GREETING "S: 220 smtp.gmail.com ESMTP 5b1f17b1804b1 - gsmtp\n"
#define HEALTHY "TLS\n" GREETING "C: EHLO *\n" OFFERS "C: QUIT\n"
#define TLS_SERVICE "Service: smtp tls\nGoal: capabilities\n"
#define STARTTLS_SERVICE "Service: smtp starttls\nGoal: capabilities\n"
#define SIGNING                                                                          \
  "Service: smtp tls\nGoal: sign-in\nLogin: plain zoe@gmail.com secretsecretsecr\n"
#define IN_CLEAR                                                                         \
  GREETING "C: EHLO *\nS: 250-smtp.gmail.com at your service\nS: 250 STARTTLS\n"         \
           "C: STARTTLS\n"
#define CONNECTED "STEP resolve ok\nSTEP connect ok\n"

typedef struct
{
  const char *name;
  const char *text;
} Row;

static TestCertificates *certificates;

static const Row HEALTHY_ROWS[] = {
  { "implicit TLS", TLS_SERVICE HEALTHY CONNECTED
    "STEP tls ok\nSTEP greeting ok 220\nSTEP capabilities ok 250\nMECHANISM none\n"
    "HAS AUTH=XOAUTH2\n" },
  { "STARTTLS", STARTTLS_SERVICE IN_CLEAR
    "S: 220 2.0.0 Ready to start TLS\n"
    "TLS\nC: EHLO *\n" OFFERS "C: QUIT\n" CONNECTED
    "STEP greeting ok 220\nSTEP capabilities ok 250\nSTEP starttls ok 220\nSTEP tls ok\n"
    "STEP capabilities ok 250\nHIDES at your service\\n\nHAS SIZE 35882577\n" },
  { "signed in", SIGNING
    "TLS\n" GREETING "C: EHLO *\n" OFFERS
    "C: AUTH PLAIN $B64(\\0$USER\\0$SECRET)\nS: 235 2.7.0 Accepted\nC: QUIT\n" CONNECTED
    "STEP tls ok\nSTEP greeting ok\nSTEP capabilities ok\nSTEP sign-in ok 235\n"
    "MECHANISM PLAIN\n" },
  { "one byte at a time",
    TLS_SERVICE "TLS\nDRIP 1\n" GREETING "C: EHLO *\n" OFFERS "C: QUIT\n" CONNECTED
                "STEP tls ok\nSTEP greeting ok\nSTEP capabilities ok\n" },
  { "a wildcard for the whole left-most label",
    TLS_SERVICE "TLS wildcard\n" GREETING "C: EHLO *\n" OFFERS "C: QUIT\n" CONNECTED
                "STEP tls ok\nSTEP greeting ok\nSTEP capabilities ok\n" },
  { "nobody answers the farewell", TLS_SERVICE HEALTHY
    "HANG\n" CONNECTED "STEP tls ok\nSTEP greeting ok\nSTEP capabilities ok\n" },
  { "the farewell is answered with a reset", TLS_SERVICE HEALTHY
    "RESET\n" CONNECTED "STEP tls ok\nSTEP greeting ok\nSTEP capabilities ok\n" },
  { "IMAP",
    "Service: imap tls\nGoal: sign-in\nLogin: plain zoe@gmail.com secretsecretsecr\n"
    "TLS\nS: * OK Gimap ready for requests from 127.0.0.1 a1mb1\nC: $TAG CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2\nS: $TAG OK Thats all\n"
    "C: $TAG AUTHENTICATE PLAIN $B64(\\0$USER\\0$SECRET)\n"
    "S: * CAPABILITY IMAP4rev1 IDLE\nS: $TAG OK zoe@gmail.com authenticated (Success)\n"
    "C: $TAG LOGOUT\n" CONNECTED
    "STEP tls ok\nSTEP greeting ok\nSTEP capabilities ok\nSTEP sign-in ok\n" },
};

/* Where it ends, and how. */
static const Row FAULTY_ROWS[] = {
  { "hangs up before TLS",
    TLS_SERVICE "CLOSE\n" CONNECTED "STEP tls closed\nDETAIL closed\n" },
  { "resets before TLS",
    TLS_SERVICE "WAIT 20\nRESET\n" CONNECTED "STEP tls closed\nDETAIL reset\n" },
  { "plain text where TLS should be",
    TLS_SERVICE "S: 220-host.example ESMTP Exim 4.94\nHANG\n" CONNECTED
                "STEP tls failed\nDETAIL 220-host.example ESMTP Exim 4.94\n" },
  { "a web server where TLS should be",
    TLS_SERVICE "S: HTTP/1.1 400 Bad Request\nS: \nCLOSE\n" CONNECTED
                "STEP tls failed\nDETAIL HTTP/1.1 400 Bad Request\n" },
  { "an alert", TLS_SERVICE "RAW: \\x15\\x03\\x03\\0\\x02\\x02\\x28\nCLOSE\n" CONNECTED
                            "STEP tls failed\nDETAIL alert 40\n" },
  { "half a handshake message",
    TLS_SERVICE "RAW: \\x16\\x03\\x03\\0\\x40\\x02\nCLOSE\n" CONNECTED
                "STEP tls closed\nDETAIL closed\n" },
  { "hangs up before the greeting", TLS_SERVICE
    "TLS\nCLOSE\n" CONNECTED "STEP tls ok\nSTEP greeting closed\nDETAIL closed\n" },
  { "hangs up within the greeting",
    TLS_SERVICE "TLS\nRAW: 220 smtp.gm\nCLOSE\n" CONNECTED
                "STEP tls ok\nSTEP greeting closed\nDETAIL closed\n" },
  { "resets after the greeting", TLS_SERVICE
    "TLS\n" GREETING "C: EHLO *\nRESET\n" CONNECTED
    "STEP tls ok\nSTEP greeting ok\nSTEP capabilities closed\nDETAIL reset\n" },
  { "refuses and hangs up at once", TLS_SERVICE
    "TLS\nS: 421 4.7.0 Try again later, closing connection.\nCLOSE\n" CONNECTED
    "STEP tls ok\nSTEP greeting refused 421\nWORDS Try again later\n" },
  { "no grammar", TLS_SERVICE "TLS\nS: SSH-2.0-OpenSSH_9.2\nHANG\n" CONNECTED
                              "STEP tls ok\nSTEP greeting misbehaved\nWORDS SSH-2.0\n" },
  { "an endless line",
    TLS_SERVICE "TLS\nRAW: 220 \nFILL 20000 x\nHANG\n" CONNECTED
                "STEP tls ok\nSTEP greeting misbehaved\nDETAIL line\n" },
  { "an echo of the secret in a reply that is none", SIGNING
    "TLS\n" GREETING "C: EHLO *\n" OFFERS
    "C: AUTH PLAIN *\nS: XYZ $SECRET and $B64(\\0$USER\\0$SECRET)\n"
    "HANG\n" CONNECTED
    "STEP tls ok\nSTEP greeting ok\nSTEP capabilities ok\nSTEP sign-in misbehaved\n" },
  { "words behind the STARTTLS reply", STARTTLS_SERVICE IN_CLEAR
    "S: 220 2.0.0 Ready to start TLS\nS: 250 injected\nHANG\n" CONNECTED
    "STEP greeting ok\nSTEP capabilities ok\nSTEP starttls ok\nSTEP starttls misbehaved\n"
    "DETAIL bytes after the STARTTLS reply\nHIDES injected\n" },
  { "words instead of a handshake", STARTTLS_SERVICE IN_CLEAR
    "S: 220 2.0.0 Ready to start TLS\nWAIT 30\nS: 250-injected "
    "capability\nHANG\n" CONNECTED
    "STEP greeting ok\nSTEP capabilities ok\nSTEP starttls ok\nSTEP tls failed\n"
    "DETAIL 250-injected\nMECHANISM none\n" },
  { "hangs up instead of a handshake", STARTTLS_SERVICE IN_CLEAR
    "S: 220 2.0.0 Ready to start TLS\nCLOSE\n" CONNECTED
    "STEP greeting ok\nSTEP capabilities ok\nSTEP starttls ok\nSTEP tls closed\n" },
  { "no STARTTLS", STARTTLS_SERVICE GREETING
    "C: EHLO *\nS: 250 smtp.gmail.com\nHANG\n" CONNECTED
    "STEP greeting ok\nSTEP capabilities ok\nSTEP starttls missing\n" },
};

static const struct
{
  const char *certificate;
  GTlsCertificateFlags errors;
} CERTIFICATE_ROWS[] = {
  { "expired", G_TLS_CERTIFICATE_EXPIRED },
  { "not-yet", G_TLS_CERTIFICATE_NOT_ACTIVATED },
  { "expired-intermediate", G_TLS_CERTIFICATE_EXPIRED },
  { "wrong-name", G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "look-alike", G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "sibling", G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "cn-only", G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "self-signed", G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "unknown-ca", G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "missing-intermediate", G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "not-a-ca", 0 },
  { "excluded", G_TLS_CERTIFICATE_GENERIC_ERROR },
  { "confined", G_TLS_CERTIFICATE_GENERIC_ERROR },
  { "sha1", G_TLS_CERTIFICATE_INSECURE },
  { "client-only", G_TLS_CERTIFICATE_GENERIC_ERROR },
  { "antivirus", G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "no-sni", G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "evil-names", G_TLS_CERTIFICATE_UNKNOWN_CA },
};

static void
test_healthy (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (HEALTHY_ROWS); i++)
    {
      const Row *row = &HEALTHY_ROWS[i];
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (BaruaEvidence) evidence =
        test_prober_play (prober, row->text, row->name);

      g_test_message ("%s", row->name);
      g_assert_null (barua_evidence_get_failure (evidence));
      g_assert_cmpuint (evidence->attempts->len, ==, 1);
      g_assert_cmpuint (evidence->tls->errors, ==, 0);
      g_assert_cmpstr (evidence->tls->version, ==, "TLS 1.3");
      g_assert_nonnull (evidence->tls->cipher);
      g_assert_false (evidence->cut_short);
    }
}

static void
test_faulty (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FAULTY_ROWS); i++)
    {
      const Row *row = &FAULTY_ROWS[i];
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (BaruaEvidence) evidence =
        test_prober_play (prober, row->text, row->name);
      const BaruaStep *failure = barua_evidence_get_failure (evidence);

      g_test_message ("%s", row->name);
      g_assert_nonnull (failure);
      g_assert_cmpint (failure->outcome, !=, BARUA_OUTCOME_TIMED_OUT);
      if (failure->stage == BARUA_STAGE_TLS)
        {
          g_assert_nonnull (failure->error);
          g_assert_null (failure->words);
          g_assert_null (evidence->tls);
        }
    }
}

/* GIO has one word for three things; the evidence has three. */
static void
test_tells_handshakes_apart (void)
{
  const struct
  {
    const char *text;
    GQuark domain;
    int code;
  } rows[] = {
    { "CLOSE\n", G_TLS_ERROR, G_TLS_ERROR_EOF },
    { "WAIT 20\nRESET\n", G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED },
    { "S: 220 smtp.example\nHANG\n", G_TLS_ERROR, G_TLS_ERROR_NOT_TLS },
    { "RAW: \\x15\\x03\\x03\\0\\x02\\x02\\x28\nHANG\n", G_TLS_ERROR,
      G_TLS_ERROR_HANDSHAKE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (TLS_SERVICE, rows[i].text, NULL);
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (BaruaEvidence) evidence =
        test_prober_play (prober, text, "tells handshakes apart");

      g_assert_error (barua_evidence_get_failure (evidence)->error, rows[i].domain,
                      rows[i].code);
    }
}

static void
check_certificate (const char *service, gsize row)
{
  const char *name = CERTIFICATE_ROWS[row].certificate;
  g_autofree char *text = g_strdup_printf ("%sTLS %s\nC: *\n", service, name);
  g_autoptr (TestProber) prober = test_prober_new (certificates);
  g_autoptr (BaruaEvidence) evidence = NULL;
  const BaruaStep *failure = NULL;

  prober->options.lenient = TRUE;
  evidence = test_prober_play (prober, text, name);
  failure = barua_evidence_get_failure (evidence);
  g_test_message ("%s", name);
  g_assert_cmpint (failure->stage, ==, BARUA_STAGE_TLS);
  g_assert_cmpint (failure->outcome, ==, BARUA_OUTCOME_FAILED);
  g_assert_error (failure->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpuint (evidence->tls->errors, !=, 0);
  g_assert_cmpuint (evidence->tls->errors & CERTIFICATE_ROWS[row].errors, ==,
                    CERTIFICATE_ROWS[row].errors);
  g_assert_cmpuint (evidence->tls->chain->len, >, 0);
}

/* One verdict, whatever the way to TLS. */
static void
test_refuses_certificates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CERTIFICATE_ROWS); i++)
    {
      check_certificate (TLS_SERVICE, i);
      check_certificate (STARTTLS_SERVICE IN_CLEAR "S: 220 2.0.0 Ready to start TLS\n",
                         i);
      check_certificate ("Service: imap tls\n", i);
    }
}

/* In the clear, where a step under test needs no handshake before it that might itself be
 * slow on a busy machine. */
static void
test_ends_steps_in_time (void)
{
  const struct
  {
    Row row;
    guint step_ms;
  } rows[] = {
    { { "no handshake", TLS_SERVICE "HANG\n" CONNECTED "STEP tls timed-out\n" }, 300 },
    { { "no greeting", STARTTLS_SERVICE "HANG\n" CONNECTED "STEP greeting timed-out\n" },
      300 },
    { { "a greeting that drips", STARTTLS_SERVICE
        "DRIP 10\nTIMES 100 S: 220-dripping\n" CONNECTED "STEP greeting timed-out\n" },
      300 },
    { { "no answer", STARTTLS_SERVICE GREETING
        "C: EHLO *\nHANG\n" CONNECTED "STEP greeting ok\nSTEP capabilities timed-out\n" },
      300 },
    { { "untagged lines for ever",
        "Service: imap tls\nGoal: capabilities\nTLS\nS: * OK Gimap ready\n"
        "C: $TAG CAPABILITY\nDRIP 20\nTIMES 100 S: * NO wait\n" CONNECTED
        "STEP tls ok\nSTEP greeting ok\nSTEP capabilities timed-out\n" },
      1500 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (BaruaEvidence) evidence = NULL;

      prober->setup.step_ms = rows[i].step_ms;
      evidence = test_prober_play (prober, rows[i].row.text, rows[i].row.name);
      g_assert_false (evidence->cut_short);
      g_assert_cmpint (barua_evidence_get_failure (evidence)->ms, >=, rows[i].step_ms);
    }
}

static void
test_ends_all_in_time (void)
{
  g_autoptr (TestProber) prober = test_prober_new (certificates);
  g_autoptr (BaruaEvidence) evidence = NULL;

  prober->setup.total_ms = 1500;
  evidence = test_prober_play (prober,
                               STARTTLS_SERVICE GREETING "C: EHLO *\nHANG\n" CONNECTED
                                                         "STEP greeting ok\n"
                                                         "STEP capabilities timed-out\n",
                               "in all");
  g_assert_true (evidence->cut_short);
}

static void
test_hurries (void)
{
  g_autoptr (TestProber) prober = test_prober_new (certificates);
  g_autoptr (GCancellable) hurry = g_cancellable_new ();
  g_autoptr (BaruaEvidence) evidence = NULL;

  g_cancellable_cancel (hurry);
  prober->setup.hurry = hurry;
  prober->options.lenient = TRUE;
  evidence = test_prober_play (prober, TLS_SERVICE "TLS\nHANG\nSTEP resolve timed-out\n",
                               "hurries");
  g_assert_true (evidence->cut_short);
}

static void
test_misses_close_notify (void)
{
  g_autoptr (TestProber) prober = test_prober_new (certificates);
  g_autoptr (BaruaEvidence) early = NULL;
  g_autoptr (BaruaEvidence) late = NULL;

  prober->options.rude = TRUE;
  early = test_prober_play (
    prober, TLS_SERVICE "TLS\nCLOSE\n" CONNECTED "STEP tls ok\nSTEP greeting closed\n",
    "truncated before the farewell");
  g_assert_error (barua_evidence_get_failure (early)->error, G_TLS_ERROR,
                  G_TLS_ERROR_EOF);
  late = test_prober_play (prober, TLS_SERVICE HEALTHY "CLOSE\n", "truncated after it");
  g_assert_null (barua_evidence_get_failure (late));
}

/* A server that talks without end is heard for as long as one reply may be, and no
 * longer. */
static void
test_stops_a_flood (void)
{
  const struct
  {
    const char *text;
    const char *flood;
  } rows[] = {
    { TLS_SERVICE "TLS\n", "220-smtp.gmail.com ESMTP and so on\r\n" },
    { TLS_SERVICE "TLS\n", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
    { "Service: imap tls\nGoal: capabilities\nTLS\nS: * OK Gimap ready\n"
      "C: $TAG CAPABILITY\n",
      "* 1 FETCH (FLAGS (\\Seen) BODY \"and so on and on and on and on and on\")\r\n" },
    { "Service: imap tls\nGoal: capabilities\nTLS\n", "* OK {1000000000}\r\n" },
    { "Service: pop tls\nGoal: capabilities\nTLS\nS: +OK Gpop ready\nC: CAPA\nS: +OK\n",
      "X-CAPABILITY and so on and on and on and on and on and on and on and on\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (Dialogue) dialogue = dialogue_parse (rows[i].text, "flood", &error);
      g_autoptr (TestServer) server = NULL;
      g_autoptr (BaruaEvidence) evidence = NULL;
      BaruaService service = *dialogue_get_service (dialogue);

      prober->options.flood = rows[i].flood;
      server = test_server_new (dialogue, &prober->options);
      service.port = test_server_get_port (server);
      test_prober_answer (prober, service.host);
      evidence = test_prober_run (prober, &service, &error);
      g_assert_no_error (error);
      g_assert_cmpint (barua_evidence_get_failure (evidence)->outcome, ==,
                       BARUA_OUTCOME_MISBEHAVED);
      g_assert_cmpuint (g_strv_length (evidence->transcript), <=, 300);
      /* What lies in the sockets' own buffers comes on top. */
      g_assert_cmpuint (test_server_count_bytes (server), <, 24 * 1024 * 1024);
    }
}

static void
test_counts_round_trips (void)
{
  const struct
  {
    const Row *row;
    guint turns;
  } rows[] = { { &HEALTHY_ROWS[0], 2 },
               { &HEALTHY_ROWS[1], 4 },
               { &HEALTHY_ROWS[2], 3 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (Dialogue) dialogue =
        dialogue_parse (rows[i].row->text, rows[i].row->name, &error);
      g_autoptr (TestServer) server = test_server_new (dialogue, &prober->options);
      g_autoptr (BaruaEvidence) evidence = NULL;
      BaruaService service = *dialogue_get_service (dialogue);

      service.port = test_server_get_port (server);
      test_prober_answer (prober, service.host);
      prober->setup.login = dialogue_get_login (dialogue);
      prober->setup.goal = dialogue_get_goal (dialogue);
      evidence = test_prober_run (prober, &service, &error);
      g_assert_null (barua_evidence_get_failure (evidence));
      g_assert_cmpuint (test_server_count_turns (server), ==, rows[i].turns);
      g_assert_cmpuint (test_server_count_clients (server), ==, 1);
    }
}

static void
test_writes_a_transcript (void)
{
  const char *const wanted[] = {
    "S: 220 [in the clear]",
    NULL,
    "S: 250 [in the clear]",
    "C: STARTTLS",
    "S: 220 [in the clear]",
    NULL,
    "S: 250-smtp.gmail.com at your service, [127.0.0.1]",
  };
  g_autoptr (TestProber) prober = test_prober_new (certificates);
  g_autoptr (BaruaEvidence) evidence =
    test_prober_play (prober, HEALTHY_ROWS[1].text, HEALTHY_ROWS[1].name);

  g_assert_cmpuint (g_strv_length (evidence->transcript), >, G_N_ELEMENTS (wanted));
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (wanted[i] != NULL)
      g_assert_cmpstr (evidence->transcript[i], ==, wanted[i]);
    else
      g_assert_true (g_str_has_prefix (evidence->transcript[i], "C: EHLO "));
}

/* At every moment: what was asked to stop stops, tells nothing more, and lets go. */
static void
test_is_cancelled (void)
{
  const int moments[] = { BARUA_STAGE_RESOLVE,      BARUA_STAGE_CONNECT,
                          BARUA_STAGE_GREETING,     BARUA_STAGE_CAPABILITIES,
                          BARUA_STAGE_STARTTLS,     BARUA_STAGE_TLS,
                          BARUA_STAGE_TEST_MESSAGE, -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (Dialogue) dialogue =
    dialogue_parse (HEALTHY_ROWS[1].text, "cancelled", &error);

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (TestServer) server = NULL;
      g_autoptr (BaruaEvidence) evidence = NULL;
      g_autoptr (GError) cancelled = NULL;
      BaruaService service = *dialogue_get_service (dialogue);
      gint64 before = test_clock_get_us ();

      prober->options.lenient = TRUE;
      prober->cancel_at = moments[i];
      server = test_server_new (dialogue, &prober->options);
      service.port = test_server_get_port (server);
      test_prober_answer (prober, service.host);
      if (moments[i] == -1)
        g_cancellable_cancel (prober->cancellable);
      evidence = test_prober_run (prober, &service, &cancelled);
      if (moments[i] == BARUA_STAGE_TEST_MESSAGE)
        {
          g_cancellable_cancel (prober->cancellable);
          g_assert_null (barua_evidence_get_failure (evidence));
          continue;
        }
      g_assert_null (evidence);
      g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (test_clock_get_us () - before, <, 4 * G_TIME_SPAN_SECOND);
    }
}

static gboolean
on_idle (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* In the middle of waiting for a name, a connection, a handshake and a reply. */
static void
test_is_cancelled_while_waiting (void)
{
  const char *const rows[] = {
    TLS_SERVICE "HANG\n",
    TLS_SERVICE "TLS\nHANG\n",
    TLS_SERVICE "TLS\n" GREETING "C: EHLO *\nHANG\n",
    TLS_SERVICE "TLS\n" GREETING "DRIP 1\nC: EHLO *\n" OFFERS "HANG\n",
  };

  for (gsize i = 0; i < 4 * G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) cancelled = NULL;
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (Dialogue) dialogue = dialogue_parse (rows[i / 4], "waiting", &error);
      g_autoptr (TestServer) server = NULL;
      BaruaService service = *dialogue_get_service (dialogue);

      prober->options.lenient = TRUE;
      server = test_server_new (dialogue, &prober->options);
      service.port = test_server_get_port (server);
      test_prober_answer (prober, service.host);
      g_timeout_add ((guint) (i % 4) * 15, on_idle, prober->cancellable);
      g_assert_null (test_prober_run (prober, &service, &cancelled));
      g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* GIO would go down to TLS 1.0. The priority of both sides is read from the environment,
 * once, so each runs in a process of its own. */
static void
test_refuses_old_versions (void)
{
  const char *const versions[] = { "1.0", "1.1" };

  if (g_test_subprocess ())
    {
      g_autoptr (TestProber) prober = test_prober_new (certificates);
      g_autoptr (BaruaEvidence) evidence = test_prober_play (
        prober, TLS_SERVICE "TLS\nHANG\n" CONNECTED "STEP tls failed\n", "old TLS");
      g_autofree char *version =
        g_strconcat ("TLS ", strstr (g_getenv ("G_TLS_GNUTLS_PRIORITY"), "1."), NULL);

      g_assert_cmpstr (evidence->tls->version, ==, version);
      g_assert_cmpstr (barua_evidence_get_failure (evidence)->detail, ==, version);
      g_assert_error (barua_evidence_get_failure (evidence)->error, G_TLS_ERROR,
                      G_TLS_ERROR_HANDSHAKE);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *priority =
        g_strconcat ("NORMAL:-VERS-ALL:+VERS-TLS", versions[i], NULL);

      g_setenv ("G_TLS_GNUTLS_PRIORITY", priority, TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_unsetenv ("G_TLS_GNUTLS_PRIORITY");
      g_test_trap_assert_passed ();
    }
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  g_test_add_func ("/probe/conversation/healthy", test_healthy);
  g_test_add_func ("/probe/conversation/faulty", test_faulty);
  g_test_add_func ("/probe/conversation/handshakes", test_tells_handshakes_apart);
  g_test_add_func ("/probe/conversation/certificates", test_refuses_certificates);
  g_test_add_func ("/probe/conversation/old-versions", test_refuses_old_versions);
  g_test_add_func ("/probe/conversation/step-time", test_ends_steps_in_time);
  g_test_add_func ("/probe/conversation/total-time", test_ends_all_in_time);
  g_test_add_func ("/probe/conversation/hurry", test_hurries);
  g_test_add_func ("/probe/conversation/close-notify", test_misses_close_notify);
  g_test_add_func ("/probe/conversation/flood", test_stops_a_flood);
  g_test_add_func ("/probe/conversation/round-trips", test_counts_round_trips);
  g_test_add_func ("/probe/conversation/transcript", test_writes_a_transcript);
  g_test_add_func ("/probe/conversation/cancel", test_is_cancelled);
  g_test_add_func ("/probe/conversation/cancel-waiting", test_is_cancelled_while_waiting);
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
