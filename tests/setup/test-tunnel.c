#include "config.h"

#include "setup/tunnel.h"

#include "setup/relay.h"
#include "support/certificates.h"
#include "support/loop.h"
#include "support/resolver.h"
#include "support/server.h"

#include <string.h>

#define HEADER "Service: imap tls\nLogin: plain zoe@gmail.com secretsecretsecr\n"
#define START                                                                            \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] Gimap ready\n"
#define SIGNS_IN START "C: $TAG AUTHENTICATE PLAIN $B64(\\0$USER\\0$SECRET)\n"
#define ASKED_AGAIN SIGNS_IN "S: $TAG OK in\nC: $TAG CAPABILITY\n"

static TestCertificates *certificates;

static const struct
{
  const char *description;
  const char *text;
  const char *greeting;
} OPEN_ROWS[] = {
  { "told in the code of the answer",
    HEADER SIGNS_IN "S: $TAG OK [CAPABILITY IMAP4rev1 IDLE MOVE] Success\n",
    "* PREAUTH [CAPABILITY IMAP4rev1 IDLE MOVE] signed in by Barua\r\n" },
  { "told besides, as Gmail does",
    HEADER SIGNS_IN "S: * CAPABILITY IMAP4rev1 X-GM-EXT-1 COMPRESS=DEFLATE\n"
                    "S: $TAG OK zoe@gmail.com authenticated (Success)\n",
    "* PREAUTH [CAPABILITY IMAP4rev1 X-GM-EXT-1 COMPRESS=DEFLATE] signed in by "
    "Barua\r\n" },
  { "asked anew",
    HEADER ASKED_AGAIN "S: * CAPABILITY IMAP4rev1 UIDPLUS\nS: $TAG OK Thats all\n",
    "* PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS] signed in by Barua\r\n" },
  { "without ways to sign in",
    HEADER SIGNS_IN "S: $TAG OK [CAPABILITY IMAP4rev1 AUTH=PLAIN auth=XOAUTH2 STARTTLS "
                    "LOGINDISABLED SASL-IR ID] Success\n",
    "* PREAUTH [CAPABILITY IMAP4rev1 ID] signed in by Barua\r\n" },
  { "without what would break the line",
    HEADER ASKED_AGAIN "S: * CAPABILITY IMAP4rev1 ODD] ÞORN ID\nS: $TAG OK Thats all\n",
    "* PREAUTH [CAPABILITY IMAP4rev1 ID] signed in by Barua\r\n" },
  { "one byte at a time",
    HEADER "TLS\nDRIP 1\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Gimap ready\n"
           "C: $TAG AUTHENTICATE PLAIN *\n"
           "S: * CAPABILITY IMAP4rev1 IDLE\nS: $TAG OK in\n",
    "* PREAUTH [CAPABILITY IMAP4rev1 IDLE] signed in by Barua\r\n" },
  { "with a token",
    "Service: imap tls\nLogin: xoauth2 zoe@gmail.com "
    "ya29.token\n" START "C: $TAG AUTHENTICATE XOAUTH2 *\n"
    "S: $TAG OK [CAPABILITY IMAP4rev1 IDLE] Success\n",
    "* PREAUTH [CAPABILITY IMAP4rev1 IDLE] signed in by Barua\r\n" },
};

static const struct
{
  const char *description;
  const char *text;
  const char *cause;
} SHUT_ROWS[] = {
  { "a wrong app password",
    HEADER SIGNS_IN "S: $TAG NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)\n"
                    "C: $TAG LOGOUT\n",
    "bad-credentials" },
  { "too many connections",
    HEADER SIGNS_IN "S: $TAG NO [ALERT] Too many simultaneous connections. (Failure)\n"
                    "C: $TAG LOGOUT\n",
    "too-many-connections" },
  { "another server's certificate", HEADER "TLS wrong-name\nC: *\n", "tls-hostname" },
  { "an expired certificate", HEADER "TLS expired\nC: *\n", "tls-expired" },
  { "hangs up", HEADER "CLOSE\n", NULL },
  { "says more than was asked for",
    HEADER SIGNS_IN
    "S: $TAG OK [CAPABILITY IMAP4rev1 IDLE] Success\nS: * 3 EXISTS\nHANG\n",
    "unknown" },
  { "forgets what it can do, and refuses to say",
    HEADER ASKED_AGAIN "S: $TAG NO no\n"
                       "C: $TAG LOGOUT\n",
    NULL },
};

typedef struct
{
  TestResolver *resolver;
  Dialogue *dialogue;
  TestServer *server;
  BaruaService service;
} World;

static World *
world_new (const char *text, gboolean lenient)
{
  World *self = g_new0 (World, 1);
  const TestServerOptions options = { .families = TEST_IPV4,
                                      .certificates = certificates,
                                      .lenient = lenient };
  g_autoptr (GError) error = NULL;

  self->resolver = test_resolver_install ();
  self->dialogue = dialogue_parse (text, "tunnel", &error);
  g_assert_no_error (error);
  self->server = test_server_new (self->dialogue, &options);
  self->service = *dialogue_get_service (self->dialogue);
  self->service.port = test_server_get_port (self->server);
  test_resolver_add_address (self->resolver, self->service.host, "127.0.0.1");
  return self;
}

static void
world_free (World *self)
{
  test_loop_drain ();
  test_server_free (self->server);
  dialogue_free (self->dialogue);
  test_resolver_uninstall (self->resolver);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
start (const World *world, GCancellable *cancellable, GAsyncResult **result)
{
  const BaruaTunnelSetup setup = {
    &world->service,
    dialogue_get_login (world->dialogue),
    test_certificates_get_trust (certificates),
  };

  barua_tunnel_open_async (&setup, cancellable, test_loop_store, result);
}

static BaruaTunnel *
open_tunnel (const World *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BaruaTunnel *tunnel = NULL;

  start (world, NULL, &result);
  test_loop_until_set ((gpointer *) &result);
  tunnel = barua_tunnel_open_finish (result, &error);
  g_assert_no_error (error);
  return tunnel;
}

static void
assert_line (const char *line)
{
  gsize length = strlen (line);

  g_assert_true (g_str_is_ascii (line));
  g_assert_true (g_str_has_suffix (line, "\r\n"));
  g_assert_cmpuint (strcspn (line, "\r\n"), ==, length - 2);
}

static void
test_opens (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (OPEN_ROWS); i++)
    {
      g_autoptr (World) world = world_new (OPEN_ROWS[i].text, FALSE);
      g_autoptr (BaruaTunnel) tunnel = open_tunnel (world);

      g_test_message ("%s", OPEN_ROWS[i].description);
      g_assert_nonnull (tunnel->stream);
      g_assert_null (tunnel->verdict);
      g_assert_cmpstr (tunnel->greeting, ==, OPEN_ROWS[i].greeting);
      assert_line (tunnel->greeting);
    }
}

static void
test_stays_shut (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SHUT_ROWS); i++)
    {
      g_autoptr (World) world = world_new (SHUT_ROWS[i].text, TRUE);
      g_autoptr (BaruaTunnel) tunnel = open_tunnel (world);

      g_test_message ("%s: %s", SHUT_ROWS[i].description, tunnel->greeting);
      g_assert_null (tunnel->stream);
      g_assert_nonnull (tunnel->verdict);
      g_assert_false (barua_verdict_is (tunnel->verdict, "ok"));
      if (SHUT_ROWS[i].cause != NULL)
        g_assert_cmpstr (tunnel->verdict->cause->id, ==, SHUT_ROWS[i].cause);
      g_assert_true (g_str_has_prefix (tunnel->greeting, "* BYE Barua cannot open"));
      g_assert_nonnull (strstr (tunnel->greeting, tunnel->verdict->cause->id));
      g_assert_null (strstr (tunnel->greeting, "secretsecretsecr"));
      assert_line (tunnel->greeting);
    }
}

/* A whole session over TLS, with a literal in it each way. */
static void
test_relays (void)
{
  static const char CLIENT[] = "x SELECT INBOX\r\n"
                               "y APPEND INBOX {5+}\r\nHabar\r\n"
                               "z LOGOUT\r\n";
  static const char SERVER[] = "* 1 EXISTS\r\nx OK\r\n"
                               "* 1 FETCH (RFC822 {5}\r\nKaribu)\r\ny OK\r\n"
                               "* BYE\r\nz OK\r\n";
  g_autoptr (World) world =
    world_new (HEADER SIGNS_IN "S: $TAG OK [CAPABILITY IMAP4rev1 LITERAL+] Success\n"
                               "C: x SELECT INBOX\nS: * 1 EXISTS\nS: x OK\n"
                               "C: y APPEND INBOX {5+}\nC: Habar\n"
                               "S: * 1 FETCH (RFC822 {5}\nS: Karibu)\nS: y OK\n"
                               "C: z LOGOUT\nS: * BYE\nS: z OK\nCLOSE\n",
               FALSE);
  g_autoptr (BaruaTunnel) tunnel = open_tunnel (world);
  g_autoptr (GInputStream) in =
    g_memory_input_stream_new_from_data (CLIENT, (gssize) strlen (CLIENT), NULL);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  const BaruaRelay relay = { tunnel->stream, in, out, BARUA_RELAY_QUIET_MS };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (out);

  barua_relay_async (&relay, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  g_assert_true (barua_relay_finish (result, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (g_memory_output_stream_get_data (memory),
                   g_memory_output_stream_get_data_size (memory), SERVER,
                   strlen (SERVER));
}

static gboolean
is_quiet (gpointer user_data)
{
  return test_server_count_quiet (user_data) > 0;
}

static void
assert_cancelled (GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  test_loop_until_set ((gpointer *) result);
  g_assert_null (barua_tunnel_open_finish (*result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_is_cancelled (void)
{
  static const char *const TEXTS[] = {
    HEADER "HANG\n",
    HEADER "TLS\nHANG\n",
    HEADER SIGNS_IN "HANG\n",
    HEADER ASKED_AGAIN "HANG\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    for (guint moment = 0; moment < 3; moment++)
      {
        g_autoptr (World) world = world_new (TEXTS[i], TRUE);
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        g_autoptr (GAsyncResult) result = NULL;

        if (moment == 0)
          g_cancellable_cancel (cancellable);
        start (world, cancellable, &result);
        if (moment == 2)
          test_loop_until (is_quiet, world->server);
        g_cancellable_cancel (cancellable);
        assert_cancelled (&result);
      }
}

static void
test_is_cancelled_after_the_end (void)
{
  g_autoptr (World) world = world_new (OPEN_ROWS[0].text, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaruaTunnel) tunnel = NULL;

  start (world, cancellable, &result);
  test_loop_until_set ((gpointer *) &result);
  tunnel = barua_tunnel_open_finish (result, NULL);
  g_cancellable_cancel (cancellable);
  test_loop_drain ();
  g_assert_nonnull (tunnel->stream);
  g_assert_false (g_io_stream_is_closed (tunnel->stream));
}

static void
test_farewells (void)
{
  static const char *const IDS[] = { "keyring-locked", "not-signed-in",
                                     "app-password-required", "interrupted" };

  for (gsize i = 0; i < G_N_ELEMENTS (IDS); i++)
    {
      g_autofree char *line = barua_tunnel_dup_farewell (IDS[i]);

      assert_line (line);
      g_assert_true (g_str_has_prefix (line, "* BYE "));
      g_assert_nonnull (strstr (line, IDS[i]));
    }
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  g_test_add_func ("/setup/tunnel/opens", test_opens);
  g_test_add_func ("/setup/tunnel/stays-shut", test_stays_shut);
  g_test_add_func ("/setup/tunnel/relays", test_relays);
  g_test_add_func ("/setup/tunnel/cancel", test_is_cancelled);
  g_test_add_func ("/setup/tunnel/cancel-after", test_is_cancelled_after_the_end);
  g_test_add_func ("/setup/tunnel/farewells", test_farewells);
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
