#include "config.h"

#include "setup/export-secrets.h"

#include "credentials/error.h"
#include "setup/tokens.h"
#include "support/files.h"
#include "support/loop.h"
#include "support/resolver.h"
#include "support/store.h"

#include <glib/gstdio.h>

#define CLIENT "room.apps.googleusercontent.com"
#define REFRESH_ITEM                                                                     \
  "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'refresh-token'}"

static char *folder;

typedef struct
{
  GTestDBus *bus;
  TestSecretService *keyring;
  TestResolver *resolver;
} World;

static World *
world_new (const TestSecretSituation *situation)
{
  World *self = g_new0 (World, 1);

  self->bus = test_store_start_bus ();
  self->keyring = test_store_play (self->bus, situation);
  /* No name is known: there is no way to Google. */
  self->resolver = test_resolver_install ();
  return self;
}

static void
world_free (World *self)
{
  test_loop_drain ();
  test_resolver_uninstall (self->resolver);
  g_clear_pointer (&self->keyring, test_secret_service_free);
  test_store_stop_bus (self->bus);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static BaruaAccount *
account_with (BaruaMethod method)
{
  g_autofree char *text = g_strdup_printf ("[zoe@gmail.com]\nmethod=%s\nclient-id=%s\n",
                                           barua_method_get_id (method), CLIENT);
  BaruaAccount *account = barua_account_new ("zoe@gmail.com");

  account->method = method;
  account->client_id = g_strdup (CLIENT);
  test_files_put (folder, ".local/share/barua/accounts.ini", text, 0600);
  return account;
}

static BaruaExportSecrets *
gather (BaruaMethod method, GCancellable *cancellable, GError **error)
{
  g_autoptr (BaruaAccount) account = account_with (method);
  g_autoptr (GAsyncResult) result = NULL;

  barua_export_secrets_gather_async (account, cancellable, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_export_secrets_gather_finish (result, error);
}

static void
add_token (World *world, const char *token, gint64 seconds)
{
  g_autofree char *attributes =
    g_strdup_printf ("{'service': 'barua', 'account': 'zoe@gmail.com',"
                     " 'kind': 'access-token', 'expires': '%" G_GINT64_FORMAT "'}",
                     g_get_real_time () / G_USEC_PER_SEC + seconds);

  test_secret_service_add (world->keyring, attributes, token);
}

static void
assert_secret (const BaruaSecret *secret, const char *expected)
{
  g_assert_cmpstr (secret != NULL ? barua_secret_peek (secret) : NULL, ==, expected);
}

static void
test_none (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree BaruaExportSecrets *secrets = gather (BARUA_METHOD_NONE, NULL, &error);

  /* No keyring is asked, and none is there. */
  g_assert_no_error (error);
  assert_secret (secrets->app_password, NULL);
  assert_secret (secrets->access_token, NULL);
}

static void
test_password (void)
{
  g_autoptr (World) world = world_new (&(TestSecretSituation){ 0 });
  g_autoptr (GError) error = NULL;
  g_autofree BaruaExportSecrets *secrets = NULL;

  g_assert_null (gather (BARUA_METHOD_APP_PASSWORD, NULL, &error));
  g_assert_error (error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  test_secret_service_add (world->keyring, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
  secrets = gather (BARUA_METHOD_APP_PASSWORD, NULL, &error);
  g_assert_no_error (error);
  assert_secret (secrets->app_password, TEST_STORE_SECRET);
  assert_secret (secrets->access_token, NULL);
  assert_secret (secrets->refresh_token, NULL);
  barua_export_secrets_clear (secrets);
}

static void
test_tokens (void)
{
  static const struct
  {
    const char *description;
    gint64 seconds;
    const char *settings;
    const char *client_secret;
  } ROWS[] = {
    { "valid", 3600, "[OAuth]\nclient-id=" CLIENT "\nclient-secret=GOCSPX-room\n",
      "GOCSPX-room" },
    { "a client without a secret", 3600, "[OAuth]\nclient-id=" CLIENT "\n", NULL },
    { "another client's secret", 3600,
      "[OAuth]\nclient-id=other.apps.googleusercontent.com\nclient-secret=x\n", NULL },
    { "ended, and no way to get a new one", -60,
      "[OAuth]\nclient-id=" CLIENT "\nclient-secret=GOCSPX-room\n", "GOCSPX-room" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (World) world = world_new (&(TestSecretSituation){ 0 });
      g_autoptr (GError) error = NULL;
      g_autofree BaruaExportSecrets *secrets = NULL;
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;

      g_test_message ("%s", ROWS[i].description);
      test_files_put (folder, ".config/barua/settings.ini", ROWS[i].settings, 0600);
      add_token (world, "ya29.token", ROWS[i].seconds);
      test_secret_service_add (world->keyring, REFRESH_ITEM, "1//refresh");
      secrets = gather (BARUA_METHOD_OAUTH, NULL, &error);
      g_assert_no_error (error);
      assert_secret (secrets->app_password, NULL);
      assert_secret (secrets->access_token, "ya29.token");
      assert_secret (secrets->refresh_token, "1//refresh");
      assert_secret (secrets->client_secret, ROWS[i].client_secret);
      g_assert_cmpint (secrets->expires, >=, now + ROWS[i].seconds - 1);
      g_assert_cmpint (secrets->expires, <=, now + ROWS[i].seconds + 20);
      barua_export_secrets_clear (secrets);
    }
}

static void
test_client_gone (void)
{
  g_autoptr (World) world = world_new (&(TestSecretSituation){ 0 });
  g_autoptr (GError) error = NULL;

  test_files_put (folder, ".config/barua/settings.ini", "", 0600);
  add_token (world, "ya29.token", -60);
  test_secret_service_add (world->keyring, REFRESH_ITEM, "1//refresh");
  g_assert_null (gather (BARUA_METHOD_OAUTH, NULL, &error));
  g_assert_error (error, BARUA_TOKEN_ERROR, BARUA_TOKEN_ERROR_NO_CLIENT);
}

typedef struct
{
  GCancellable *cancellable;
  guint at;
  guint n_calls;
} Cancelling;

static void
on_call (const char *method G_GNUC_UNUSED, gpointer user_data)
{
  Cancelling *cancelling = user_data;

  if (++cancelling->n_calls == cancelling->at)
    g_cancellable_cancel (cancelling->cancellable);
}

static void
test_cancelled (void)
{
  const BaruaMethod methods[] = { BARUA_METHOD_APP_PASSWORD, BARUA_METHOD_OAUTH };

  for (guint i = 0; i < 2 * 4; i++)
    {
      g_autoptr (World) world = world_new (&(TestSecretSituation){ 0 });
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancelling cancelling = { cancellable, i / 2, 0 };
      g_autoptr (GError) error = NULL;

      add_token (world, "ya29.token", 3600);
      test_secret_service_add (world->keyring, TEST_STORE_PASSWORD_ITEM, "x");
      test_secret_service_watch (world->keyring, on_call, &cancelling);
      if (cancelling.at == 0)
        g_cancellable_cancel (cancellable);
      g_assert_null (gather (methods[i % 2], cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      test_secret_service_watch (world->keyring, NULL, NULL);
    }
}

int
main (int argc, char *argv[])
{
  int status = 0;

  folder = g_dir_make_tmp ("barua-secrets-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_setenv ("HOME", folder, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_unsetenv ("XDG_DATA_HOME");
  g_unsetenv ("XDG_CONFIG_HOME");
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/setup/export-secrets/none", test_none);
  g_test_add_func ("/setup/export-secrets/password", test_password);
  g_test_add_func ("/setup/export-secrets/tokens", test_tokens);
  g_test_add_func ("/setup/export-secrets/client-gone", test_client_gone);
  g_test_add_func ("/setup/export-secrets/cancelled", test_cancelled);
  status = g_test_run ();
  test_files_remove (folder);
  g_free (folder);
  return status;
}
