#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestPrompt:
 * @TEST_PROMPT_NONE: the service asks nothing
 * @TEST_PROMPT_ACCEPTED: the person answers
 * @TEST_PROMPT_DISMISSED: the person closes the question
 * @TEST_PROMPT_OPEN: the question stays until it is taken away
 * @TEST_PROMPT_CRASHES: the service goes away with the question on the screen
 *
 * What becomes of a question.
 */
typedef enum
{
  TEST_PROMPT_NONE,
  TEST_PROMPT_ACCEPTED,
  TEST_PROMPT_DISMISSED,
  TEST_PROMPT_OPEN,
  TEST_PROMPT_CRASHES,
} TestPrompt;

/**
 * TestSecretSituation:
 * @locked: whether the default collection is locked at first
 * @prompt: what becomes of questions
 * @no_collection: whether there is no default collection at first
 * @plain_only: whether it knows no encrypted session
 * @crash_at: (nullable): the method at which it goes away instead of answering
 * @refuse_at: (nullable): the method that it refuses
 * @refusal: (nullable): the D-Bus error for @refuse_at
 * @odd_at: (nullable): the D-Bus method at which it answers @odd, whatever was asked
 * @odd: (nullable): a tuple in GVariant's text format; %NULL for no answer at all
 * @veils: whether a search in a locked collection finds nothing at all, and it lists no
 *   items, as with KeePassXC
 * @asks_to_create: whether it asks before each item that is made, as KeePassXC does
 *
 * How the played service behaves. Zeros are an ordinary, open keyring.
 */
typedef struct
{
  gboolean locked;
  TestPrompt prompt;
  gboolean no_collection;
  gboolean plain_only;
  const char *crash_at;
  const char *refuse_at;
  const char *refusal;
  const char *odd_at;
  const char *odd;
  gboolean veils;
  gboolean asks_to_create;
} TestSecretSituation;

/**
 * TestSecretService:
 *
 * A Secret Service played on a bus of the test's own.
 */
typedef struct _TestSecretService TestSecretService;

/**
 * TestCallFunc:
 * @method: what was asked
 * @user_data: what was given with the function
 *
 * Called for each request before it is answered.
 */
typedef void (*TestCallFunc) (const char *method, gpointer user_data);

/**
 * test_secret_service_new:
 * @address: the bus
 * @situation: how to behave; copied, its texts are not
 *
 * Returns: (transfer full): a service that owns its name already
 */
TestSecretService *test_secret_service_new (const char *address,
                                            const TestSecretSituation *situation);

/**
 * test_secret_service_free:
 * @self: (transfer full): a service; it leaves the bus
 */
void test_secret_service_free (TestSecretService *self);

/**
 * test_secret_service_watch:
 * @self: a service
 * @func: called for each request
 * @user_data: passed to @func
 */
void test_secret_service_watch (TestSecretService *self,
                                TestCallFunc func,
                                gpointer user_data);

/**
 * test_secret_service_listen_for:
 * @self: a service
 * @needle: bytes that must not pass over the bus
 *
 * To be called before there is any traffic.
 */
void test_secret_service_listen_for (TestSecretService *self, const char *needle);

/**
 * test_secret_service_heard:
 * @self: a service
 *
 * Returns: whether the needle passed in the clear, in either direction
 */
gboolean test_secret_service_heard (TestSecretService *self);

/**
 * test_secret_service_add:
 * @self: a service
 * @attributes: "{'service': 'barua', …}", GVariant's text format of an "a{ss}"
 * @secret: the secret
 */
void test_secret_service_add (TestSecretService *self,
                              const char *attributes,
                              const char *secret);

/**
 * test_secret_service_dup_items:
 * @self: a service
 *
 * Returns: (transfer full): one line for each item in the order in which they were made:
 *   label, a bar, attributes sorted by name as "name=value" with blanks between, a bar,
 *   the secret
 */
char *test_secret_service_dup_items (TestSecretService *self);

/**
 * test_secret_service_get_calls:
 * @self: a service
 *
 * Returns: (transfer none): the methods asked for, with a blank after each
 */
const char *test_secret_service_get_calls (TestSecretService *self);

/**
 * test_secret_service_count_odd:
 * @self: a service
 *
 * Returns: how often it was asked for what it answers oddly, or never
 */
guint test_secret_service_count_odd (TestSecretService *self);

/**
 * test_secret_service_count_sessions:
 * @self: a service
 *
 * Returns: how many sessions are open
 */
guint test_secret_service_count_sessions (TestSecretService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestSecretService, test_secret_service_free)

G_END_DECLS
