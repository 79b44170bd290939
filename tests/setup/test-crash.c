#include "config.h"

#include "setup/hand-over.h"

#include "credentials/error.h"
#include "export/error.h"
#include "support/files.h"
#include "support/loop.h"
#include "support/mail-program.h"
#include "support/resolver.h"
#include "support/store.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOMENTS_MAX 500
#define DEED "BARUA_TEST_DEED"
#define MOMENT "BARUA_TEST_MOMENT"
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 6
#else
#define STRIDE 2
#endif

#define FORMER TEST_MAIL_OWN_ITEM "played|" TEST_MAIL_ATTRIBUTES "|former\n"

/* Before which call that changes a name or waits for the disk this process ends; -1 for
 * none. */
static int moment = -1;

static void
maybe_end (void)
{
  if (moment >= 0 && moment-- == 0)
    (void) kill (getpid (), SIGKILL);
}

/* These stand before those of the C library, and do the same. */
int
rename (const char *from, const char *to)
{
  maybe_end ();
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
link (const char *from, const char *to)
{
  maybe_end ();
  return (int) syscall (SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
unlink (const char *path)
{
  maybe_end ();
  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

int
rmdir (const char *path)
{
  maybe_end ();
  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

int
mkdir (const char *path, mode_t mode)
{
  maybe_end ();
  return (int) syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

int
fsync (int fd)
{
  maybe_end ();
  return (int) syscall (SYS_fsync, fd);
}

static BaruaReceipt *
take_back (const TestMailWorld *world, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barua_take_back_async (world->home, NULL, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  return barua_take_back_finish (result, error);
}

/* In a process of its own, with the bus, the home and the keyring of the other one. */
static int
do_deed (const char *deed)
{
  TestMailWorld world = { .folder = g_getenv ("BARUA_TEST_HOME"),
                          .root = g_getenv ("BARUA_TEST_ROOT") };
  g_autoptr (BaruaReceipt) receipt = NULL;
  g_autofree char *id = NULL;
  int when = (int) g_ascii_strtoll (g_getenv (MOMENT), NULL, 10);

  world.home = barua_home_new_at (world.folder, world.root);
  (void) test_resolver_install ();
  moment = when;
  if (g_str_equal (deed, "undo"))
    receipt = take_back (&world, NULL);
  else if (g_str_equal (deed, "apply"))
    id = test_mail_apply_all (&world);
  else
    barua_hand_over_unref (test_mail_prepare (&world, NULL));
  moment = -1;
  barua_home_free (world.home);
  return g_str_equal (deed, "recover") || receipt != NULL || id != NULL ? 0 : 1;
}

/* When the process is killed: at its call of @method, at so many calls of the keyring, or
 * at its @file_moment; zeros and -1 for none of these. */
typedef struct
{
  int file_moment;
  guint keyring_call;
  const char *method;
  GSubprocess *process;
  guint n_calls;
} Killing;

static void
on_call (const char *method, gpointer user_data)
{
  Killing *killing = user_data;

  killing->n_calls++;
  if (killing->n_calls == killing->keyring_call ||
      (killing->method != NULL && g_str_equal (killing->method, method)))
    /* At once, so that it never hears the answer. */
    (void) kill (
      (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (killing->process), NULL, 10),
      SIGKILL);
}

/* Whether it came to its end before it was to be killed. */
static gboolean
run (TestMailWorld *world, const char *deed, Killing killing)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *when = g_strdup_printf ("%d", killing.file_moment);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, DEED, deed, TRUE);
  g_subprocess_launcher_setenv (launcher, MOMENT, when, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  g_assert_no_error (error);
  killing.process = process;
  test_secret_service_watch (world->keyring, on_call, &killing);
  g_subprocess_wait_async (process, NULL, test_loop_store, &result);
  test_loop_until_set ((gpointer *) &result);
  g_assert_true (g_subprocess_wait_finish (process, result, &error));
  test_loop_drain ();
  test_secret_service_watch (world->keyring, NULL, NULL);
  if (g_subprocess_get_if_signaled (process))
    return FALSE;
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return TRUE;
}

static TestMailWorld *
begin (void)
{
  TestMailWorld *world = test_mail_world_new (&(TestSecretSituation){ 0 });

  test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "former");
  return world;
}

/* Whether all is there; if not, nothing is. */
static gboolean
is_applied (TestMailWorld *world)
{
  g_autofree char *items = test_secret_service_dup_items (world->keyring);
  gboolean applied = test_mail_has_file (world, ".mail/settings");

  g_assert_cmpint (test_mail_has_file (world, ".mail/store"), ==, applied);
  g_assert_cmpint (strstr (items, "|{abcdefghijklmnop}\n") != NULL, ==, applied);
  g_assert_cmpint (strstr (items, "org.barua.Barua.Former|former\n") != NULL, ==,
                   applied);
  if (!applied)
    {
      g_assert_cmpstr (items, ==, FORMER);
      g_assert_false (test_mail_has_file (world, ".mail"));
    }
  return applied;
}

static void
assert_nothing_owed (TestMailWorld *world)
{
  g_autofree char *kept = NULL;

  if (!test_mail_has_file (world, ".local/share/barua/undo"))
    return;
  kept = test_files_describe (world->home->undo);
  g_assert_null (strstr (kept, "/work "));
  g_assert_null (strstr (kept, "/rest "));
}

/* The next start finds all or nothing, and says so where it had to see to that. */
static gboolean
start_again (TestMailWorld *world, gboolean expects_word)
{
  g_autoptr (BaruaHandOver) made = test_mail_prepare (world, NULL);

  if (expects_word)
    g_assert_nonnull (strstr (made->warning, "Barua was stopped the last time"));
  assert_nothing_owed (world);
  return is_applied (world);
}

/* Whether the keyring or the files are other than before. */
static gboolean
is_touched (TestMailWorld *world)
{
  g_autofree char *items = test_secret_service_dup_items (world->keyring);

  return !g_str_equal (items, FORMER) || test_mail_has_file (world, ".mail");
}

static void
undo_and_check (TestMailWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaReceipt) receipt = take_back (world, &error);

  g_assert_no_error (error);
  g_assert_false (is_applied (world));
  assert_nothing_owed (world);
}

static gboolean
kill_applying (Killing when)
{
  g_autoptr (TestMailWorld) world = begin ();
  gboolean finished = run (world, "apply", when);
  gboolean touched = is_touched (world);
  gboolean applied = start_again (world, FALSE);

  g_test_message ("file moment %d, keyring call %u: %s", when.file_moment,
                  when.keyring_call, applied ? "all" : "nothing");
  g_assert_true (applied || !finished);
  g_assert_true (touched || !applied);
  if (applied)
    undo_and_check (world);
  return finished;
}

static gboolean
kill_undoing (Killing when)
{
  g_autoptr (TestMailWorld) world = begin ();
  g_autofree char *id = test_mail_apply_all (world);
  gboolean finished = run (world, "undo", when);
  gboolean applied = start_again (world, FALSE);

  g_assert_nonnull (id);
  g_test_message ("file moment %d, keyring call %u: %s", when.file_moment,
                  when.keyring_call, applied ? "all" : "nothing");
  g_assert_false (applied && finished);
  if (applied)
    undo_and_check (world);
  return finished;
}

/* At every moment at which one of the two is asked for something. */
static void
kill_everywhere (gboolean (*kill_once) (Killing when))
{
  int file_moment = 0;
  guint keyring_call = 1;

  while (file_moment < MOMENTS_MAX &&
         !kill_once ((Killing){ .file_moment = file_moment }))
    file_moment += STRIDE;
  while (keyring_call < MOMENTS_MAX &&
         !kill_once ((Killing){ .file_moment = -1, .keyring_call = keyring_call }))
    keyring_call += STRIDE;
  g_test_message ("%d and %u moments", file_moment, keyring_call);
  g_assert_cmpint (file_moment, <, MOMENTS_MAX);
  g_assert_cmpint (file_moment, >, 10);
  g_assert_cmpuint (keyring_call, <, MOMENTS_MAX);
  g_assert_cmpuint (keyring_call, >, 10);
}

static void
test_killed_applying (void)
{
  kill_everywhere (kill_applying);
}

static void
test_killed_undoing (void)
{
  kill_everywhere (kill_undoing);
}

/* Killed with another program's item overwritten, and no file written yet. */
static TestMailWorld *
begin_half_done (void)
{
  TestMailWorld *world = begin ();
  g_autofree char *items = NULL;

  g_assert_false (
    run (world, "apply", (Killing){ .file_moment = -1, .method = "SetSecret" }));
  items = test_secret_service_dup_items (world->keyring);
  g_assert_nonnull (strstr (items, "|{abcdefghijklmnop}\n"));
  return world;
}

static gboolean
kill_recovering (Killing when)
{
  g_autoptr (TestMailWorld) world = begin_half_done ();
  gboolean finished = run (world, "recover", when);

  g_assert_false (start_again (world, FALSE));
  return finished;
}

static void
test_killed_recovering (void)
{
  Killing files = { 0 };
  Killing keyring = { .file_moment = -1, .keyring_call = 1 };

  for (; !kill_recovering (files); files.file_moment += STRIDE)
    continue;
  for (; !kill_recovering (keyring); keyring.keyring_call += STRIDE)
    continue;
}

static void
test_says_so (void)
{
  g_autoptr (TestMailWorld) world = begin_half_done ();

  g_assert_false (start_again (world, TRUE));
}

/* Undoing right after takes back what was half done, and nothing older. */
static void
test_undo_means_half_done (void)
{
  g_autoptr (TestMailWorld) world = begin_half_done ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (BaruaReceipt) receipt = take_back (world, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (receipt->client, ==, "testmail");
  g_assert_true (receipt->undone);
  g_assert_false (is_applied (world));
  g_assert_null (take_back (world, &again));
  g_assert_error (again, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND);
}

static void
replace_keyring (TestMailWorld *world, const TestSecretSituation *situation)
{
  g_autofree char *former = test_secret_service_dup_items (world->keyring);
  const char *name = strstr (former, "name=");
  g_autofree char *item = g_strdup_printf ("{'xdg:schema': 'org.barua.Barua.Former', "
                                           "'service': 'barua-former', 'name': '%.36s'}",
                                           name + strlen ("name="));

  g_clear_pointer (&world->keyring, test_secret_service_free);
  world->keyring = test_store_play (world->bus, situation);
  test_secret_service_add (world->keyring, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
  test_secret_service_add (world->keyring, TEST_MAIL_ITEM, "{abcdefghijklmnop}");
  test_secret_service_add (world->keyring, item, "former");
}

/* While the keyring stays locked, nothing is put over what is to be taken back; as soon
 * as it is open, that is. */
static void
test_locked_meanwhile (void)
{
  g_autoptr (TestMailWorld) world = begin_half_done ();
  g_autoptr (BaruaHandOver) made = NULL;
  g_autoptr (BaruaPlan) planned = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) undoing = NULL;

  replace_keyring (
    world, &(TestSecretSituation){ .refuse_at = "SetSecret",
                                   .refusal = "org.freedesktop.Secret.Error.IsLocked" });
  made = test_mail_prepare (world, NULL);
  planned = test_mail_plan (made);
  g_assert_null (test_mail_apply (made, planned, NULL, &error));
  g_assert_error (error, BARUA_CREDENTIALS_ERROR, BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED);
  g_assert_null (take_back (world, &undoing));
  g_assert_error (undoing, BARUA_CREDENTIALS_ERROR,
                  BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED);
  replace_keyring (world, &(TestSecretSituation){ 0 });
  g_assert_false (start_again (world, TRUE));
}

int
main (int argc, char *argv[])
{
  const char *deed = g_getenv (DEED);
  int status = 0;

  test_mail_begin ();
  if (deed != NULL)
    return do_deed (deed);
  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  g_test_add_func ("/setup/crash/applying", test_killed_applying);
  g_test_add_func ("/setup/crash/undoing", test_killed_undoing);
  g_test_add_func ("/setup/crash/recovering", test_killed_recovering);
  g_test_add_func ("/setup/crash/says-so", test_says_so);
  g_test_add_func ("/setup/crash/undo", test_undo_means_half_done);
  g_test_add_func ("/setup/crash/locked", test_locked_meanwhile);
  status = g_test_run ();
  test_mail_end ();
  return status;
}
