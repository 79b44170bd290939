#include "config.h"

#include "setup/hand-over.h"

#include "credentials/error.h"
#include "export/error.h"
#include "support/certificates.h"
#include "support/files.h"
#include "support/loop.h"
#include "support/resolver.h"
#include "support/server.h"
#include "support/store.h"

#include <glib/gstdio.h>
#include <string.h>

#define SENDS                                                                            \
  "Service: smtp tls\nTLS\nS: 220 smtp.gmail.com ESMTP x - gsmtp\nC: EHLO *\n"           \
  "S: 250-smtp.gmail.com at your service\nS: 250 AUTH PLAIN\nC: QUIT\n"
#define IS_SILENT "Service: smtp tls\nTLS\nC: *\nHANG\n"
#define IS_CLOSED "Service: smtp tls\nCLOSE\n"
#define IMAP_START                                                                       \
  "Service: imap tls\nTLS\n"                                                             \
  "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Gimap ready\n"                      \
  "C: $TAG AUTHENTICATE PLAIN *\n"
#define LISTS                                                                            \
  IMAP_START "S: $TAG OK in\nC: $TAG CAPABILITY\nS: * CAPABILITY IMAP4rev1 MOVE\n"       \
             "S: $TAG OK\nC: $TAG LIST *\n"                                              \
             "S: * LIST () \"/\" INBOX\n"                                                \
             "S: * LIST (\\\\Sent) \"/\" \"[Gmail]/Sendur p&APM-stur\"\n"                \
             "S: $TAG OK\nC: $TAG LOGOUT\n"
#define REFUSES                                                                          \
  IMAP_START                                                                             \
  "S: $TAG NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)\nC: $TAG LOGOUT\n"
#define IMAP_HANGS "Service: imap tls\nTLS\nC: *\nHANG\n"

typedef enum
{
  FIRST,
  SECOND,
  IMAP,
  N_SERVERS,
} Place;

static TestCertificates *certificates;
static char *folder;

/* A person, a keyring, and three servers that stand for Gmail's. */
typedef struct
{
  GTestDBus *bus;
  TestSecretService *keyring;
  TestResolver *resolver;
  Dialogue *dialogues[N_SERVERS];
  TestServer *servers[N_SERVERS];
  BaruaService services[N_SERVERS + 1];
  BaruaProvider provider;
} World;

static void
add_server (World *self, Place place, const char *text)
{
  const TestServerOptions options = { .families = TEST_IPV4,
                                      .certificates = certificates,
                                      .lenient = TRUE };
  g_autoptr (GError) error = NULL;

  self->dialogues[place] = dialogue_parse (text, "hand-over", &error);
  g_assert_no_error (error);
  self->servers[place] = test_server_new (self->dialogues[place], &options);
  self->services[place] = *dialogue_get_service (self->dialogues[place]);
  self->services[place].port = test_server_get_port (self->servers[place]);
  test_resolver_add_address (self->resolver, self->services[place].host, "127.0.0.1");
}

static void
remember (const char *method)
{
  g_autofree char *text =
    g_strdup_printf ("[zoe@gmail.com]\nname=Zoë\nmethod=%s\n", method);

  test_files_put (folder, ".local/share/barua/accounts.ini", text, 0600);
}

static World *
world_new (const char *first, const char *second, const char *imap)
{
  World *self = g_new0 (World, 1);

  self->bus = test_store_start_bus ();
  self->resolver = test_resolver_install ();
  add_server (self, FIRST, first);
  add_server (self, SECOND, second);
  add_server (self, IMAP, imap);
  self->services[N_SERVERS] = self->services[IMAP];
  self->services[N_SERVERS].protocol = BARUA_PROTOCOL_POP;
  self->provider =
    (BaruaProvider){ "gmail", "Gmail", self->services, G_N_ELEMENTS (self->services) };
  remember ("app-password");
  return self;
}

static void
play_keyring (World *self, const TestSecretSituation *situation)
{
  self->keyring = test_store_play (self->bus, situation);
  test_secret_service_add (self->keyring, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
}

static void
world_free (World *self)
{
  test_loop_drain ();
  g_clear_pointer (&self->keyring, test_secret_service_free);
  for (Place place = 0; place < N_SERVERS; place++)
    {
      test_server_free (self->servers[place]);
      dialogue_free (self->dialogues[place]);
    }
  test_resolver_uninstall (self->resolver);
  test_store_stop_bus (self->bus);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static BaruaHandOverOptions
options_in (const World *world)
{
  return (BaruaHandOverOptions){
    .incoming = BARUA_PROTOCOL_IMAP,
    .provider = &world->provider,
    .trust = test_certificates_get_trust (certificates),
  };
}

static void
start (const BaruaHandOverOptions *options,
       GCancellable *cancellable,
       GAsyncResult **result)
{
  g_autoptr (BaruaAddress) address = barua_address_new ("Zoe@gmail.com", NULL);

  barua_hand_over_prepare_async (address, options, cancellable, test_loop_store, result);
}

static BaruaHandOver *
prepare (const BaruaHandOverOptions *options, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (options, NULL, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_hand_over_prepare_finish (result, error);
}

static const struct
{
  const char *description;
  const char *first;
  const char *second;
  const char *imap;
  const char *method;
  Place open;
  gboolean folders;
  const char *warning;
} ROWS[] = {
  { "all is well", SENDS, SENDS, LISTS, "app-password", FIRST, TRUE, NULL },
  { "the other port hangs, and is not waited for", SENDS, IS_SILENT, LISTS,
    "app-password", FIRST, TRUE, NULL },
  { "the first port is shut", IS_CLOSED, SENDS, LISTS, "app-password", SECOND, TRUE,
    NULL },
  { "no port for sending is open", IS_CLOSED, IS_CLOSED, LISTS, "app-password", FIRST,
    TRUE, "could not be reached" },
  { "the sign-in is refused", SENDS, SENDS, REFUSES, "app-password", FIRST, FALSE,
    "did not accept the sign-in" },
  { "IMAP is shut", SENDS, SENDS, "Service: imap tls\nCLOSE\n", "app-password", FIRST,
    FALSE, "mail folders could not be looked up" },
  { "nobody is signed in", SENDS, SENDS, LISTS, "none", FIRST, FALSE, NULL },
};

static void
test_prepares (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (World) world = world_new (ROWS[i].first, ROWS[i].second, ROWS[i].imap);
      const BaruaHandOverOptions options = options_in (world);
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaHandOver) made = NULL;
      g_autofree char *sent = NULL;

      g_test_message ("%s", ROWS[i].description);
      play_keyring (world, &(TestSecretSituation){ 0 });
      remember (ROWS[i].method);
      made = prepare (&options, &error);
      g_assert_no_error (error);
      g_assert_true (made->request->outgoing == &world->services[ROWS[i].open]);
      g_assert_true (made->request->incoming == &world->services[IMAP]);
      g_assert_cmpstr (made->request->account->address, ==, "zoe@gmail.com");
      g_assert_cmpstr (made->request->account->name, ==, "Zoë");
      g_assert_true (g_path_is_absolute (made->request->program));
      g_assert_true (g_str_has_suffix (made->request->program, "/barua"));
      sent = barua_export_request_dup_folder (made->request, "\\Sent");
      g_assert_cmpstr (sent, ==, ROWS[i].folders ? "[Gmail]/Sendur póstur" : NULL);
      g_assert_cmpint (made->warning != NULL, ==, ROWS[i].warning != NULL);
      if (ROWS[i].warning != NULL)
        g_assert_nonnull (strstr (made->warning, ROWS[i].warning));
      g_assert_cmpstr (made->home->home, ==, folder);
    }
}

static void
test_never_seen (void)
{
  g_autoptr (World) world = world_new (SENDS, SENDS, LISTS);
  const BaruaHandOverOptions options = options_in (world);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaHandOver) made = NULL;

  /* There is no keyring at all, and none is needed. */
  test_files_put (folder, ".local/share/barua/accounts.ini", "", 0600);
  made = prepare (&options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (made->request->account->method, ==, BARUA_METHOD_NONE);
  g_assert_null (made->warning);
  g_assert_cmpuint (test_server_count_clients (world->servers[IMAP]), ==, 0);
}

static void
test_hosted_elsewhere (void)
{
  static const struct
  {
    const char *address;
    const char *remembered;
    gboolean fine;
  } HOSTED[] = {
    { "zoe@elsewhere.example", "", FALSE },
    { "zoe@workspace.example", "", TRUE },
    { "zoe@elsewhere.example", "[zoe@elsewhere.example]\nmethod=none\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (HOSTED); i++)
    {
      g_autoptr (World) world = world_new (SENDS, SENDS, LISTS);
      const BaruaHandOverOptions options = options_in (world);
      g_autoptr (BaruaAddress) address = barua_address_new (HOSTED[i].address, NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaHandOver) made = NULL;

      test_resolver_add_mx (world->resolver, "gmail.com", 5,
                            "gmail-smtp-in.l.google.com");
      test_resolver_add_mx (world->resolver, "workspace.example", 1,
                            "aspmx.l.google.com");
      test_resolver_add_mx (world->resolver, "elsewhere.example", 1,
                            "elsewhere-example.mail.protection.outlook.com");
      test_files_put (folder, ".local/share/barua/accounts.ini", HOSTED[i].remembered,
                      0600);
      barua_hand_over_prepare_async (address, &options, NULL, test_loop_store, &result);
      test_loop_until_set ((gpointer *) &result);
      made = barua_hand_over_prepare_finish (result, &error);
      g_assert_cmpint (made != NULL, ==, HOSTED[i].fine);
      if (!HOSTED[i].fine)
        g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_ELSEWHERE);
    }
}

static void
test_options (void)
{
  g_autoptr (World) world = world_new (SENDS, SENDS, LISTS);
  BaruaHandOverOptions options = options_in (world);
  g_autofree char *output = g_build_filename (folder, "saved", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaHandOver) made = NULL;

  play_keyring (world, &(TestSecretSituation){ 0 });
  options.incoming = BARUA_PROTOCOL_POP;
  options.name = "Zoë Moyo";
  options.output = output;
  made = prepare (&options, &error);
  g_assert_no_error (error);
  g_assert_true (made->request->incoming == &world->services[N_SERVERS]);
  g_assert_cmpstr (made->request->account->name, ==, "Zoë Moyo");
  g_assert_true (made->home->apart);
  g_assert_cmpstr (made->home->home, ==, output);
  g_assert_cmpstr (made->home->lives, ==, folder);
  g_assert_null (made->warning);
  g_assert_cmpuint (test_server_count_clients (world->servers[IMAP]), ==, 0);
}

static void
test_keyring_trouble (void)
{
  static const struct
  {
    const char *description;
    TestSecretSituation situation;
    gboolean none;
    gboolean empty;
    int code;
  } TROUBLES[] = {
    { "closed",
      { .locked = TRUE, .prompt = TEST_PROMPT_DISMISSED },
      FALSE,
      FALSE,
      BARUA_CREDENTIALS_ERROR_KEYRING_DISMISSED },
    { "locked",
      { .locked = TRUE },
      FALSE,
      FALSE,
      BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED },
    { "none", { 0 }, TRUE, FALSE, BARUA_CREDENTIALS_ERROR_KEYRING_UNAVAILABLE },
    { "empty", { 0 }, FALSE, TRUE, BARUA_CREDENTIALS_ERROR_NOT_FOUND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TROUBLES); i++)
    {
      g_autoptr (World) world = world_new (SENDS, IS_SILENT, LISTS);
      const BaruaHandOverOptions options = options_in (world);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", TROUBLES[i].description);
      if (TROUBLES[i].empty)
        world->keyring = test_store_play (world->bus, &TROUBLES[i].situation);
      else if (!TROUBLES[i].none)
        play_keyring (world, &TROUBLES[i].situation);
      g_assert_null (prepare (&options, &error));
      g_assert_error (error, BARUA_CREDENTIALS_ERROR, TROUBLES[i].code);
      g_assert_cmpuint (test_server_count_clients (world->servers[IMAP]), ==, 0);
    }
}

typedef struct
{
  World *world;
  Place place;
} Visit;

static gboolean
is_visited (gpointer user_data)
{
  Visit *visit = user_data;

  return test_server_count_clients (visit->world->servers[visit->place]) > 0;
}

static void
test_cancelled (void)
{
  const char *const moments[] = { "before", "at once", "sending", "listing" };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (World) world = world_new (IS_SILENT, IS_SILENT, IMAP_HANGS);
      const BaruaHandOverOptions options = options_in (world);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      Visit visit = { world, i == 2 ? SECOND : IMAP };

      g_test_message ("%s", moments[i]);
      play_keyring (world, &(TestSecretSituation){ 0 });
      if (i == 0)
        g_cancellable_cancel (cancellable);
      start (&options, cancellable, &result);
      if (i > 1)
        test_loop_until (is_visited, &visit);
      g_cancellable_cancel (cancellable);
      test_loop_until_set ((gpointer *) &result);
      g_assert_null (barua_hand_over_prepare_finish (result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_cancelled_late (void)
{
  g_autoptr (World) world = world_new (SENDS, SENDS, LISTS);
  const BaruaHandOverOptions options = options_in (world);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaruaHandOver) made = NULL;

  play_keyring (world, &(TestSecretSituation){ 0 });
  start (&options, cancellable, &result);
  test_loop_until_set ((gpointer *) &result);
  made = barua_hand_over_prepare_finish (result, NULL);
  g_assert_nonnull (made);
  g_cancellable_cancel (cancellable);
  test_loop_drain ();
}

int
main (int argc, char *argv[])
{
  int status = 0;

  folder = g_dir_make_tmp ("barua-hand-over-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_setenv ("HOME", folder, TRUE);
  g_unsetenv ("XDG_DATA_HOME");
  g_unsetenv ("XDG_CONFIG_HOME");
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  /* What watches over the bus is forked at the first one: before there are threads. */
  test_store_stop_bus (test_store_start_bus ());
  certificates = test_certificates_new ();
  g_test_add_func ("/setup/hand-over/prepares", test_prepares);
  g_test_add_func ("/setup/hand-over/never-seen", test_never_seen);
  g_test_add_func ("/setup/hand-over/hosted-elsewhere", test_hosted_elsewhere);
  g_test_add_func ("/setup/hand-over/options", test_options);
  g_test_add_func ("/setup/hand-over/keyring-trouble", test_keyring_trouble);
  g_test_add_func ("/setup/hand-over/cancelled", test_cancelled);
  g_test_add_func ("/setup/hand-over/cancelled/late", test_cancelled_late);
  status = g_test_run ();
  test_certificates_free (certificates);
  test_files_remove (folder);
  g_free (folder);
  return status;
}
