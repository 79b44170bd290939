#include "config.h"

#include "support/mail-program.h"

#include "support/files.h"
#include "support/loop.h"
#include "support/resolver.h"
#include "support/store.h"

#include <string.h>

#define SCHEMA                                                                           \
  "<schemalist><schema id=\"org.example.Mail\" path=\"/org/example/Mail/\">"             \
  "<key name=\"way\" type=\"s\"><default>\"old\"</default></key>"                        \
  "</schema></schemalist>"

static char *folder;
static char *root;

/* A mail program that wants a bit of everything. */
static BaruaSecret *
wrap (const BaruaExportSecrets *secrets)
{
  g_autofree char *text = NULL;

  if (secrets->app_password == NULL)
    return NULL;
  text = g_strconcat ("{", barua_secret_peek (secrets->app_password), "}", NULL);
  return barua_secret_new (text, -1);
}

static BaruaSecret *
wrap_nothing (const BaruaExportSecrets *secrets G_GNUC_UNUSED)
{
  return NULL;
}

void
test_mail_keep (BaruaPlan *plan,
                const char *protocol,
                BaruaSecret *(*wrapper) (const BaruaExportSecrets *secrets))
{
  const BaruaKeyringItem item = {
    .schema = "org.example.Mail",
    .label = "Mail",
    .attributes =
      g_variant_new_parsed ("{'user': 'zoe@gmail.com', 'proto': %s}", protocol),
    .wrap = wrapper,
  };

  barua_plan_keep (plan, &item, "The password is kept.");
}

static gboolean
plan_mail (const BaruaExportRequest *request,
           const BaruaHome *home,
           BaruaPlan *plan,
           GError **error G_GNUC_UNUSED)
{
  g_autofree char *path = barua_home_dup_path (home, ".mail/settings");
  g_autofree char *store = barua_home_dup_path (home, ".mail/store");
  g_autofree char *text = g_strdup_printf ("user=%s\n", request->account->address);

  barua_plan_write (plan, path, text, -1, BARUA_FILE_ORDINARY, "The account is set up.");
  barua_plan_seal (plan, store, "The password is stored.");
  test_mail_keep (plan, "imap", wrap);
  test_mail_keep (plan, "smtp", NULL);
  test_mail_keep (plan, "none", wrap_nothing);
  barua_plan_set (plan, "org.example.Mail", "way", g_variant_new_string ("new"),
                  "A setting is set.");
  barua_plan_set (plan, "org.example.NotInstalled", "way", g_variant_new_string ("new"),
                  "A setting of another program is set.");
  barua_plan_set (plan, "org.example.Mail", "way", g_variant_new_int32 (1),
                  "A setting is set to what it cannot be.");
  return TRUE;
}

static gboolean
seal_mail (BaruaPlan *plan,
           const BaruaExportRequest *request G_GNUC_UNUSED,
           const BaruaHome *home,
           const BaruaExportSecrets *secrets,
           GError **error G_GNUC_UNUSED)
{
  g_autofree char *store = barua_home_dup_path (home, ".mail/store");
  g_autofree char *text = g_compute_checksum_for_string (
    G_CHECKSUM_SHA256, barua_secret_peek (secrets->app_password), -1);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  barua_plan_fill (plan, store, bytes);
  return TRUE;
}

static const char *const PROCESSES[] = { "testmail", NULL };

static const BaruaExporter TESTMAIL = {
  .id = "testmail",
  .name = "Testmail",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_SENDING | BARUA_EXPORTS_CLOSED,
  .processes = PROCESSES,
  .plan = plan_mail,
  .seal = seal_mail,
};

TestMailWorld *
test_mail_world_new (const TestSecretSituation *situation)
{
  TestMailWorld *self = g_new0 (TestMailWorld, 1);

  self->bus = test_store_start_bus ();
  self->keyring = test_store_play (self->bus, situation);
  self->resolver = test_resolver_install ();
  self->folder = folder;
  self->root = root;
  self->home = barua_home_new_at (folder, root);
  self->settings = g_settings_new ("org.example.Mail");
  g_settings_reset (self->settings, "way");
  test_secret_service_add (self->keyring, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
  test_files_put (folder, ".local/share/barua/accounts.ini",
                  "[zoe@gmail.com]\nname=Zoë\nmethod=app-password\n", 0600);
  return self;
}

void
test_mail_world_free (TestMailWorld *self)
{
  g_autofree char *mail = g_build_filename (folder, ".mail", NULL);
  g_autofree char *undo = g_build_filename (folder, ".local", "share", "barua", NULL);

  test_loop_drain ();
  if (g_file_test (mail, G_FILE_TEST_EXISTS))
    test_files_remove (mail);
  test_files_remove (undo);
  g_object_unref (self->settings);
  barua_home_free (self->home);
  test_resolver_uninstall (self->resolver);
  g_clear_pointer (&self->keyring, test_secret_service_free);
  test_store_stop_bus (self->bus);
  g_free (self);
}

BaruaHandOver *
test_mail_prepare (const TestMailWorld *world, const char *output)
{
  static const BaruaService SERVICES[] = {
    { BARUA_PROTOCOL_SMTP, "smtp.invalid", 465, BARUA_SECURITY_TLS },
    { BARUA_PROTOCOL_IMAP, "imap.invalid", 993, BARUA_SECURITY_TLS },
  };
  static const BaruaProvider NOBODY = { "nobody", "Nobody", SERVICES, 2 };
  const BaruaHandOverOptions options = { .incoming = BARUA_PROTOCOL_IMAP,
                                         .own = world->home,
                                         .output = output,
                                         .provider = &NOBODY };
  g_autoptr (BaruaAddress) address = barua_address_new ("zoe@gmail.com", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BaruaHandOver *made = NULL;

  barua_hand_over_prepare_async (address, &options, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  made = barua_hand_over_prepare_finish (result, &error);
  g_assert_no_error (error);
  return made;
}

BaruaPlan *
test_mail_plan (BaruaHandOver *made)
{
  g_autoptr (GError) error = NULL;
  BaruaPlan *planned = barua_hand_over_plan (made, &TESTMAIL, &error);

  g_assert_no_error (error);
  return planned;
}

char *
test_mail_apply (BaruaHandOver *made,
                 BaruaPlan *planned,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barua_hand_over_apply_async (made, &TESTMAIL, planned, cancellable, test_loop_store,
                               &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_hand_over_apply_finish (result, error);
}

char *
test_mail_apply_all (TestMailWorld *world)
{
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);
  g_autoptr (BaruaPlan) planned = test_mail_plan (made);
  g_autoptr (GError) error = NULL;
  char *id = test_mail_apply (made, planned, NULL, &error);

  g_assert_no_error (error);
  return id;
}

gboolean
test_mail_has_file (const TestMailWorld *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

void
test_mail_assert_items (TestMailWorld *world, const char *expected)
{
  g_autofree char *items = test_secret_service_dup_items (world->keyring);

  g_assert_cmpstr (items, ==, expected);
}

void
test_mail_assert_way (TestMailWorld *world, const char *expected)
{
  g_autofree char *way = g_settings_get_string (world->settings, "way");

  g_assert_cmpstr (way, ==, expected);
}

void
test_mail_assert_untouched (TestMailWorld *world)
{
  test_mail_assert_items (world, TEST_MAIL_OWN_ITEM);
  test_mail_assert_way (world, "old");
  g_assert_false (test_mail_has_file (world, ".mail"));
}

static void
make_schema (void)
{
  g_autofree char *place = g_build_filename (root, "schemas", NULL);
  const char *const words[] = { "glib-compile-schemas", place, NULL };
  int status = -1;

  test_files_put (place, "org.example.Mail.gschema.xml", SCHEMA, 0644);
  g_assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_setenv ("GSETTINGS_SCHEMA_DIR", place, TRUE);
}

void
test_mail_begin (void)
{
  folder = g_strdup (g_getenv ("BARUA_TEST_HOME"));
  root = g_strdup (g_getenv ("BARUA_TEST_ROOT"));
  if (folder != NULL)
    return;
  folder = g_dir_make_tmp ("barua-hand-over-XXXXXX", NULL);
  root = g_dir_make_tmp ("barua-root-XXXXXX", NULL);
  g_assert_true (folder != NULL && root != NULL);
  g_setenv ("HOME", folder, TRUE);
  g_setenv ("BARUA_TEST_HOME", folder, TRUE);
  g_setenv ("BARUA_TEST_ROOT", root, TRUE);
  g_unsetenv ("XDG_DATA_HOME");
  g_unsetenv ("XDG_CONFIG_HOME");
  make_schema ();
}

void
test_mail_end (void)
{
  if (!g_test_subprocess ())
    {
      test_files_remove (folder);
      test_files_remove (root);
    }
  g_free (folder);
  g_free (root);
}

const BaruaExporter *
test_mail_get_exporter (void)
{
  return &TESTMAIL;
}

void
test_mail_on_call (const char *method, gpointer user_data)
{
  TestMailWatch *watch = user_data;

  watch->n_calls++;
  if (watch->cancellable != NULL && watch->n_calls == watch->at)
    g_cancellable_cancel (watch->cancellable);
  if (watch->block != NULL && g_str_equal (method, "CreateItem"))
    {
      g_autofree char *name = g_build_filename (watch->block, "in-the-way", NULL);

      watch->block = NULL;
      test_files_put (folder, name, "x", 0644);
    }
}
