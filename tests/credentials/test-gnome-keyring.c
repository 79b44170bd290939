#include "config.h"

#include "credentials/error.h"
#include "credentials/store.h"
#include "support/loop.h"
#include "support/store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The real service, where it is installed: gnome-keyring 42 on Debian 12. */
typedef struct
{
  GTestDBus *bus;
  char *home;
  GPid daemon;
} Fixture;

static void
take_daemon_environment (Fixture *fixture, char ***environment)
{
  *environment = g_get_environ ();
  *environment = g_environ_setenv (*environment, "HOME", fixture->home, TRUE);
  *environment = g_environ_setenv (*environment, "XDG_DATA_HOME", fixture->home, TRUE);
  *environment = g_environ_setenv (*environment, "XDG_RUNTIME_DIR", fixture->home, TRUE);
  *environment = g_environ_setenv (*environment, "DBUS_SESSION_BUS_ADDRESS",
                                   g_test_dbus_get_bus_address (fixture->bus), TRUE);
  /* It warns when nobody can be asked, and would die of it. */
  *environment = g_environ_unsetenv (*environment, "G_DEBUG");
  *environment = g_environ_unsetenv (*environment, "DISPLAY");
  *environment = g_environ_unsetenv (*environment, "WAYLAND_DISPLAY");
}

/* The daemon makes and unlocks its login collection with the password it is given. */
static void
start_daemon (Fixture *fixture, const char *password)
{
  const char *const arguments[] = { "gnome-keyring-daemon", "--foreground",
                                    "--components=secrets",
                                    password != NULL ? "--unlock" : NULL, NULL };
  g_auto (GStrv) environment = NULL;
  g_autoptr (GError) error = NULL;
  int input = -1;

  take_daemon_environment (fixture, &environment);
  g_spawn_async_with_pipes (fixture->home, (char **) arguments, environment,
                            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                              G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                            NULL, NULL, &fixture->daemon, &input, NULL, NULL, &error);
  g_assert_no_error (error);
  if (password != NULL)
    g_assert_cmpint (write (input, password, strlen (password)), >, 0);
  (void) close (input);
}

typedef struct
{
  gboolean known;
  gboolean there;
} Presence;

static void
on_appeared (GDBusConnection *connection G_GNUC_UNUSED,
             const char *name G_GNUC_UNUSED,
             const char *owner G_GNUC_UNUSED,
             gpointer user_data)
{
  *(Presence *) user_data = (Presence){ TRUE, TRUE };
}

static void
on_vanished (GDBusConnection *connection G_GNUC_UNUSED,
             const char *name G_GNUC_UNUSED,
             gpointer user_data)
{
  *(Presence *) user_data = (Presence){ TRUE, FALSE };
}

static gboolean
is_there (gpointer user_data)
{
  const Presence *presence = user_data;

  return presence->known && presence->there;
}

static gboolean
is_gone (gpointer user_data)
{
  const Presence *presence = user_data;

  return presence->known && !presence->there;
}

static void
wait_for_daemon (TestCondition condition)
{
  Presence presence = { FALSE, FALSE };
  guint watch = g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.secrets",
                                  G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared, on_vanished,
                                  &presence, NULL);

  test_loop_until (condition, &presence);
  g_bus_unwatch_name (watch);
}

static void
stop_daemon (Fixture *fixture)
{
  (void) kill (fixture->daemon, SIGTERM);
  (void) waitpid (fixture->daemon, NULL, 0);
  g_spawn_close_pid (fixture->daemon);
  wait_for_daemon (is_gone);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) &&
          !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        remove_folder (inner);
      else
        (void) g_remove (inner);
    }
  (void) g_rmdir (path);
}

static gboolean
is_installed (void)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");

  if (program == NULL)
    g_test_skip ("gnome-keyring-daemon is not installed");
  return program != NULL;
}

static void
begin (Fixture *fixture)
{
  fixture->bus = test_store_start_bus ();
  fixture->home = g_dir_make_tmp ("barua-keyring-XXXXXX", NULL);
}

static void
end (Fixture *fixture)
{
  remove_folder (fixture->home);
  g_free (fixture->home);
  test_store_stop_bus (fixture->bus);
}

/* Whether any file below @path holds @needle. */
static gboolean
holds (const char *path, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;
  gboolean found = FALSE;

  while (dir != NULL && !found && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        found = holds (inner, needle);
      else if (g_file_test (inner, G_FILE_TEST_IS_REGULAR) &&
               g_file_get_contents (inner, &text, &length, NULL))
        found = memmem (text, length, needle, strlen (needle)) != NULL;
    }
  return found;
}

static void
save_and_look_up (Fixture *fixture)
{
  g_auto (TestStoreOutcome) none = { 0 };
  g_auto (TestStoreOutcome) saved = { 0 };
  g_auto (TestStoreOutcome) again = { 0 };
  g_auto (TestStoreOutcome) found = { 0 };

  none = test_store_ask (TEST_STORE_LOOK_UP_TOKEN);
  g_assert_error (none.error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_NOT_FOUND);
  saved = test_store_ask (TEST_STORE_SAVE_TOKEN);
  g_assert_no_error (saved.error);
  again = test_store_ask (TEST_STORE_SAVE_TOKEN);
  g_assert_no_error (again.error);
  found = test_store_ask (TEST_STORE_LOOK_UP_TOKEN);
  g_assert_no_error (found.error);
  g_assert_cmpstr (barua_secret_peek (found.secret), ==, TEST_STORE_SECRET);
  g_assert_cmpint (found.expires, ==, TEST_STORE_EXPIRES);
  g_assert_false (holds (fixture->home, TEST_STORE_SECRET));
}

static void
test_keeps_and_forgets (void)
{
  Fixture fixture = { 0 };
  g_auto (TestStoreOutcome) password = { 0 };
  g_auto (TestStoreOutcome) forgotten = { 0 };

  if (!is_installed ())
    return;
  begin (&fixture);
  start_daemon (&fixture, "open sesame");
  wait_for_daemon (is_there);
  save_and_look_up (&fixture);
  password = test_store_ask (TEST_STORE_SAVE_PASSWORD);
  g_assert_no_error (password.error);
  forgotten = test_store_ask (TEST_STORE_FORGET);
  g_assert_no_error (forgotten.error);
  g_assert_cmpuint (forgotten.n_forgotten, ==, 2);
  stop_daemon (&fixture);
  end (&fixture);
}

/* Saved, then the session ends; in the next one nobody unlocks, and nobody can be asked.
 */
static void
test_locked (void)
{
  Fixture fixture = { 0 };
  g_auto (TestStoreOutcome) saved = { 0 };
  g_auto (TestStoreOutcome) locked = { 0 };
  g_auto (TestStoreOutcome) not_saved = { 0 };

  if (!is_installed ())
    return;
  begin (&fixture);
  start_daemon (&fixture, "open sesame");
  wait_for_daemon (is_there);
  saved = test_store_ask (TEST_STORE_SAVE_PASSWORD);
  g_assert_no_error (saved.error);
  stop_daemon (&fixture);

  start_daemon (&fixture, NULL);
  wait_for_daemon (is_there);
  locked = test_store_ask (TEST_STORE_LOOK_UP_PASSWORD);
  g_assert_cmpstr (barua_credentials_error_get_cause (locked.error), ==,
                   "keyring-locked");
  not_saved = test_store_ask (TEST_STORE_SAVE_PASSWORD);
  g_assert_cmpstr (barua_credentials_error_get_cause (not_saved.error), ==,
                   "keyring-locked");
  stop_daemon (&fixture);
  end (&fixture);
}

/* A fresh machine: no collection is there, and nobody can be asked for a password. */
static void
test_no_collection (void)
{
  Fixture fixture = { 0 };
  g_auto (TestStoreOutcome) none = { 0 };
  g_auto (TestStoreOutcome) not_saved = { 0 };

  if (!is_installed ())
    return;
  begin (&fixture);
  start_daemon (&fixture, NULL);
  wait_for_daemon (is_there);
  none = test_store_ask (TEST_STORE_LOOK_UP_PASSWORD);
  g_assert_error (none.error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_NOT_FOUND);
  not_saved = test_store_ask (TEST_STORE_SAVE_PASSWORD);
  g_assert_nonnull (barua_credentials_error_get_cause (not_saved.error));
  g_test_message ("%s", not_saved.error->message);
  g_assert_false (holds (fixture.home, TEST_STORE_SECRET));
  stop_daemon (&fixture);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/credentials/gnome-keyring/open", test_keeps_and_forgets);
  g_test_add_func ("/credentials/gnome-keyring/locked", test_locked);
  g_test_add_func ("/credentials/gnome-keyring/no-collection", test_no_collection);
  return g_test_run ();
}
