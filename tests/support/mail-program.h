#pragma once

#include "setup/hand-over.h"
#include "support/secret-service.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A mail program that wants a bit of everything: a file and a folder for it, a store of
 * its own for the password, two items of the keyring, one of which is made of the app
 * password and one that is it; a third that there is no secret for; a setting of the
 * desktop, and two that nothing takes. Its process is called "testmail".
 */

/**
 * TEST_MAIL_ITEM:
 *
 * The attributes of its first item, for test_secret_service_add().
 */
#define TEST_MAIL_ITEM                                                                   \
  "{'xdg:schema': 'org.example.Mail', 'user': 'zoe@gmail.com', 'proto': 'imap'}"

/**
 * TEST_MAIL_ATTRIBUTES:
 *
 * The same, as test_secret_service_dup_items() writes them.
 */
#define TEST_MAIL_ATTRIBUTES "proto=imap user=zoe@gmail.com xdg:schema=org.example.Mail"

/**
 * TEST_MAIL_OWN_ITEM:
 *
 * The app password that is there from the start, as test_secret_service_dup_items()
 * writes it.
 */
#define TEST_MAIL_OWN_ITEM                                                               \
  "played|account=zoe@gmail.com kind=app-password service=barua|abcdefghijklmnop\n"

/**
 * TestMailWorld:
 * @bus: a session bus of its own
 * @keyring: the played keyring on it
 * @folder: the person's home
 * @root: stands for the system
 * @home: the same
 * @settings: of the mail program
 *
 * A person with a keyring and an app password in it, and without a network.
 */
typedef struct
{
  GTestDBus *bus;
  TestSecretService *keyring;
  gpointer resolver;
  const char *folder;
  const char *root;
  BaruaHome *home;
  GSettings *settings;
} TestMailWorld;

/**
 * test_mail_begin:
 *
 * To be called before g_test_init(): makes the person's home and the system, and leads
 * the process there; a subprocess of it finds the same.
 */
void test_mail_begin (void);

/**
 * test_mail_end:
 *
 * Takes both away again, unless this is a subprocess.
 */
void test_mail_end (void);

/**
 * test_mail_world_new:
 * @situation: of the keyring
 *
 * Returns: (transfer full): a world in which the mail program is not set up
 */
TestMailWorld *test_mail_world_new (const TestSecretSituation *situation);

/**
 * test_mail_world_free:
 * @self: (transfer full): a world
 */
void test_mail_world_free (TestMailWorld *self);

/**
 * test_mail_get_exporter:
 *
 * Returns: the mail program
 */
const BaruaExporter *test_mail_get_exporter (void);

/**
 * test_mail_keep:
 * @plan: gets an item of the keyring
 * @protocol: "imap", "smtp"…
 * @wrap: (nullable): makes its secret
 */
void test_mail_keep (BaruaPlan *plan,
                     const char *protocol,
                     BaruaSecret *(*wrap) (const BaruaExportSecrets *secrets));

/**
 * test_mail_prepare:
 * @self: a world
 * @output: (nullable): a folder to save to
 *
 * Returns: (transfer full): what is needed to hand over
 */
BaruaHandOver *test_mail_prepare (const TestMailWorld *self, const char *output);

/**
 * test_mail_plan:
 * @made: what is needed
 *
 * Returns: (transfer full): the plan
 */
BaruaPlan *test_mail_plan (BaruaHandOver *made);

/**
 * test_mail_apply:
 * @made: what is needed
 * @planned: the plan
 * @cancellable: (nullable): ends it
 * @error: of barua_hand_over_apply_finish()
 *
 * Returns: (transfer full) (nullable): its id
 */
char *test_mail_apply (BaruaHandOver *made,
                       BaruaPlan *planned,
                       GCancellable *cancellable,
                       GError **error);

/**
 * test_mail_apply_all:
 * @self: a world
 *
 * Prepares, plans and applies, and fails if that does.
 *
 * Returns: (transfer full) (nullable): its id; %NULL if there was nothing to do
 */
char *test_mail_apply_all (TestMailWorld *self);

/**
 * test_mail_has_file:
 * @self: a world
 * @name: a path below the home
 *
 * Returns: whether it is there
 */
gboolean test_mail_has_file (const TestMailWorld *self, const char *name);

/**
 * test_mail_assert_items:
 * @self: a world
 * @expected: what test_secret_service_dup_items() must give
 */
void test_mail_assert_items (TestMailWorld *self, const char *expected);

/**
 * test_mail_assert_way:
 * @self: a world
 * @expected: what the program's setting must be; "old" is its default, "new" what is set
 */
void test_mail_assert_way (TestMailWorld *self, const char *expected);

/**
 * test_mail_assert_untouched:
 * @self: a world that must be as it was at first
 */
void test_mail_assert_untouched (TestMailWorld *self);

/**
 * TestMailWatch:
 * @cancellable: (nullable): cancelled at a request to the keyring
 * @at: at which, counted from 1
 * @n_calls: how many there were
 * @block: (nullable): a path below the person's home that becomes a folder with
 *   something in it when the first item is made
 *
 * What happens while the keyring is asked; for test_secret_service_watch().
 */
typedef struct
{
  GCancellable *cancellable;
  guint at;
  guint n_calls;
  const char *block;
} TestMailWatch;

/**
 * test_mail_on_call:
 * @method: what is asked
 * @user_data: a #TestMailWatch
 */
void test_mail_on_call (const char *method, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestMailWorld, test_mail_world_free)

G_END_DECLS
