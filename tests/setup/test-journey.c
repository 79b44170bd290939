#include "config.h"

#include "setup/journey.h"

#include "support/certificates.h"
#include "support/loop.h"
#include "support/resolver.h"
#include "support/server.h"

#include <string.h>

static const char IMAP_DIALOGUE[] = "Service: imap tls\n"
                                    "TLS\n"
                                    "S: * OK Gimap ready for requests from 192.0.2.1 x1\n"
                                    "C: $TAG CAPABILITY\n"
                                    "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\n"
                                    "S: $TAG OK Thats all she wrote!\n"
                                    "C: *\n"
                                    "CLOSE\n";

static TestCertificates *certificates;

/* A world with one IMAP server, which stands for Gmail, and a table of names. */
typedef struct
{
  TestResolver *resolver;
  Dialogue *dialogue;
  TestServer *server;
  BaruaService services[2];
  BaruaProvider provider;
} World;

static void
world_set_up (World *self, gconstpointer data)
{
  const TestServerOptions options = { .families = TEST_IPV4,
                                      .certificates = certificates,
                                      .lenient = TRUE };
  g_autoptr (GError) error = NULL;

  (void) data;
  self->resolver = test_resolver_install ();
  test_resolver_add_address (self->resolver, "imap.gmail.com", "127.0.0.1");
  test_resolver_add_mx (self->resolver, "gmail.com", 5, "gmail-smtp-in.l.google.com");
  test_resolver_add_mx (self->resolver, "workspace.example", 1, "aspmx.l.google.com");
  test_resolver_add_mx (self->resolver, "elsewhere.example", 1,
                        "elsewhere-example.mail.protection.outlook.com");
  self->dialogue = dialogue_parse (IMAP_DIALOGUE, "imap", &error);
  g_assert_no_error (error);
  self->server = test_server_new (self->dialogue, &options);
  self->services[0] =
    (BaruaService){ BARUA_PROTOCOL_IMAP, "imap.gmail.com",
                    test_server_get_port (self->server), BARUA_SECURITY_TLS };
  self->services[1] =
    (BaruaService){ BARUA_PROTOCOL_POP, "imap.gmail.com",
                    test_server_get_port (self->server), BARUA_SECURITY_TLS };
  self->provider = (BaruaProvider){ "gmail", "Gmail", self->services, 2 };
}

static void
world_tear_down (World *self, gconstpointer data)
{
  (void) data;
  test_server_free (self->server);
  dialogue_free (self->dialogue);
  test_resolver_uninstall (self->resolver);
}

static BaruaCheckOptions
options_in (const World *world)
{
  return (BaruaCheckOptions){
    .protocols = 1u << BARUA_PROTOCOL_IMAP,
    .provider = &world->provider,
    .trust = test_certificates_get_trust (certificates),
  };
}

static BaruaJourney *
journey_for (const char *text)
{
  g_autoptr (BaruaAddress) address = NULL;

  if (text != NULL)
    {
      address = barua_address_new (text, NULL);
      g_assert_nonnull (address);
    }
  return barua_journey_new (address);
}

static BaruaCheck *
check (BaruaJourney *journey, const BaruaCheckOptions *options)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BaruaCheck *finished = NULL;

  barua_journey_check_async (journey, options, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  finished = barua_journey_check_finish (journey, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (finished);
  return finished;
}

static void
on_step (BaruaJourney *journey,
         const BaruaEvidence *evidence,
         const BaruaStep *step,
         gpointer user_data)
{
  GString *stages = user_data;

  g_assert_true (BARUA_IS_JOURNEY (journey));
  g_assert_cmpint (evidence->service.protocol, ==, BARUA_PROTOCOL_IMAP);
  g_string_append_printf (stages, "%s ", barua_stage_get_id (step->stage));
}

static void
test_all_is_well (World *world, gconstpointer data)
{
  static const char *const ADDRESSES[] = { NULL, "zoe@gmail.com",
                                           "zoe@workspace.example" };
  static const BaruaHostKind KINDS[] = { BARUA_HOST_GMAIL, BARUA_HOST_GMAIL,
                                         BARUA_HOST_WORKSPACE };
  const BaruaCheckOptions options = options_in (world);

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (ADDRESSES); i++)
    {
      g_autoptr (BaruaJourney) journey = journey_for (ADDRESSES[i]);
      g_autoptr (BaruaCheck) finished = NULL;
      g_autoptr (GString) stages = g_string_new (NULL);

      g_signal_connect (journey, "step", G_CALLBACK (on_step), stages);
      finished = check (journey, &options);
      g_assert_cmpstr (stages->str, ==, "resolve connect tls greeting capabilities ");
      g_assert_true (barua_verdict_is (finished->diagnosis->verdict, "ok"));
      g_assert_cmpuint (finished->diagnosis->services->len, ==, 1);
      g_assert_cmpint (finished->discovery != NULL, ==, ADDRESSES[i] != NULL);
      if (finished->discovery != NULL)
        g_assert_cmpint (finished->discovery->kind, ==, KINDS[i]);
      g_assert_true (finished->address == barua_journey_get_address (journey));
      g_assert_cmpint (finished->ms, >=, 0);
    }
}

static void
test_picks_protocols (World *world, gconstpointer data)
{
  BaruaCheckOptions options = options_in (world);
  g_autoptr (BaruaJourney) journey = journey_for (NULL);
  g_autoptr (BaruaCheck) finished = NULL;

  (void) data;
  options.protocols = 0;
  finished = check (journey, &options);
  g_assert_cmpuint (finished->diagnosis->services->len, ==, 2);
  g_assert_cmpuint (finished->facts.evidence->len, ==, 2);
}

static void
test_leaves_others_alone (World *world, gconstpointer data)
{
  static const char *const ADDRESSES[] = { "zoe@elsewhere.example", "zoe@nowhere.example",
                                           "zoe@gmial.com" };
  const BaruaCheckOptions options = options_in (world);

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (ADDRESSES); i++)
    {
      g_autoptr (BaruaJourney) journey = journey_for (ADDRESSES[i]);
      g_autoptr (BaruaCheck) finished = check (journey, &options);

      g_test_message ("%s", ADDRESSES[i]);
      g_assert_cmpuint (finished->diagnosis->services->len, ==, 0);
      g_assert_false (barua_verdict_is (finished->diagnosis->verdict, "ok"));
      g_assert_cmpuint (test_server_count_clients (world->server), ==, 0);
    }
}

static void
test_goes_on_unknown (World *world, gconstpointer data)
{
  BaruaCheckOptions options = options_in (world);
  g_autoptr (BaruaJourney) journey = journey_for ("zoe@silent.example");
  g_autoptr (BaruaCheck) finished = NULL;

  (void) data;
  test_resolver_set_delay (world->resolver, "silent.example", TEST_QUESTION_MX,
                           TEST_RESOLVER_NEVER);
  options.total_ms = 3000;
  finished = check (journey, &options);
  g_assert_cmpint (finished->discovery->kind, ==, BARUA_HOST_UNKNOWN);
  g_assert_cmpuint (finished->diagnosis->services->len, ==, 1);
  g_assert_true (barua_verdict_is (finished->diagnosis->verdict, "ok"));
  g_assert_cmpint (finished->ms, <, 3000);
}

static void
test_holds_on (World *world, gconstpointer data)
{
  const BaruaCheckOptions options = options_in (world);
  g_autoptr (BaruaCheck) finished = NULL;
  g_autoptr (BaruaCheck) again = NULL;

  (void) data;
  {
    g_autoptr (BaruaJourney) journey = journey_for ("zoe@gmail.com");

    finished = check (journey, &options);
  }
  again = barua_check_ref (finished);
  g_clear_pointer (&finished, barua_check_unref);
  g_assert_cmpstr (barua_address_get_text (again->facts.address), ==, "zoe@gmail.com");
  g_assert_cmpuint (again->facts.evidence->len, ==, 1);
}

static void
test_discovers (World *world, gconstpointer data)
{
  g_autoptr (BaruaJourney) journey = journey_for ("zoe@elsewhere.example");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaDiscovery) discovery = NULL;

  (void) data;
  barua_journey_discover_async (journey, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  discovery = barua_journey_discover_finish (journey, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (discovery->kind, ==, BARUA_HOST_OTHER);
  g_assert_cmpstr (discovery->mx->keeper, ==, "Microsoft 365");
  g_assert_cmpuint (test_server_count_clients (world->server), ==, 0);
}

typedef enum
{
  BEFORE_START,
  AT_ONCE,
  WHILE_DISCOVERING,
  AT_FIRST_STEP,
  AT_GREETING,
  N_MOMENTS,
} Moment;

typedef struct
{
  GCancellable *cancellable;
  const char *stage;
} Stopping;

static void
on_step_to_stop (BaruaJourney *journey,
                 const BaruaEvidence *evidence,
                 const BaruaStep *step,
                 gpointer user_data)
{
  const Stopping *stopping = user_data;

  (void) journey;
  (void) evidence;
  if (strcmp (barua_stage_get_id (step->stage), stopping->stage) == 0)
    g_cancellable_cancel (stopping->cancellable);
}

static gboolean
is_asked (gpointer user_data)
{
  return test_resolver_count_waiting (user_data) > 0;
}

static void
cancel_at (World *world, Moment moment)
{
  const BaruaCheckOptions options = options_in (world);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BaruaJourney) journey = journey_for ("zoe@workspace.example");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Stopping stopping = { cancellable, moment == AT_GREETING ? "greeting" : "resolve" };

  if (moment == BEFORE_START)
    g_cancellable_cancel (cancellable);
  if (moment == AT_FIRST_STEP || moment == AT_GREETING)
    g_signal_connect (journey, "step", G_CALLBACK (on_step_to_stop), &stopping);
  test_resolver_set_delay (world->resolver, "workspace.example", TEST_QUESTION_MX,
                           moment == WHILE_DISCOVERING ? TEST_RESOLVER_NEVER : 0);
  barua_journey_check_async (journey, &options, cancellable, test_loop_store, &result);
  if (moment == WHILE_DISCOVERING)
    test_loop_until (is_asked, world->resolver);
  if (moment == AT_ONCE || moment == WHILE_DISCOVERING)
    g_cancellable_cancel (cancellable);
  test_loop_until_set ((gpointer *) &result);
  g_assert_null (barua_journey_check_finish (journey, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  test_loop_drain ();
  g_assert_finalize_object (g_steal_pointer (&journey));
}

static void
test_cancelled (World *world, gconstpointer data)
{
  (void) data;
  for (int moment = 0; moment < N_MOMENTS; moment++)
    {
      g_test_message ("moment %d", moment);
      cancel_at (world, (Moment) moment);
    }
}

static void
test_cancelled_after_end (World *world, gconstpointer data)
{
  const BaruaCheckOptions options = options_in (world);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BaruaJourney) journey = journey_for ("zoe@gmail.com");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaCheck) finished = NULL;

  (void) data;
  barua_journey_check_async (journey, &options, cancellable, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  finished = barua_journey_check_finish (journey, result, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  test_loop_drain ();
  g_assert_true (barua_verdict_is (finished->diagnosis->verdict, "ok"));
}

static void
add (const char *path, void (*test) (World *, gconstpointer))
{
  g_test_add (path, World, NULL, world_set_up, test, world_tear_down);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  add ("/setup/journey/all-is-well", test_all_is_well);
  add ("/setup/journey/protocols", test_picks_protocols);
  add ("/setup/journey/others", test_leaves_others_alone);
  add ("/setup/journey/unknown", test_goes_on_unknown);
  add ("/setup/journey/holds-on", test_holds_on);
  add ("/setup/journey/discovers", test_discovers);
  add ("/setup/journey/cancelled", test_cancelled);
  add ("/setup/journey/cancelled-after-end", test_cancelled_after_end);
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
