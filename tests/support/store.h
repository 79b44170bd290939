#pragma once

#include "base/secret.h"
#include "support/secret-service.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TEST_STORE_ACCOUNT:
 *
 * Whose secrets the requests are about.
 */
#define TEST_STORE_ACCOUNT "zoe@gmail.com"

/**
 * TEST_STORE_SECRET:
 *
 * What the requests save.
 */
#define TEST_STORE_SECRET "abcdefghijklmnop"

/**
 * TEST_STORE_EXPIRES:
 *
 * When a saved access token ends.
 */
#define TEST_STORE_EXPIRES 1800000000

/**
 * TEST_STORE_PASSWORD_ITEM:
 *
 * The attributes of the app password, for test_secret_service_add().
 */
#define TEST_STORE_PASSWORD_ITEM                                                         \
  "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'app-password'}"

/**
 * TEST_STORE_TOKEN_ITEM:
 *
 * The attributes of an access token, for test_secret_service_add().
 */
#define TEST_STORE_TOKEN_ITEM                                                            \
  "{'service': 'barua', 'account': 'zoe@gmail.com', 'kind': 'access-token',"             \
  " 'expires': '1700000000'}"

/**
 * TestStoreRequest:
 * @TEST_STORE_LOOK_UP_PASSWORD: the app password
 * @TEST_STORE_LOOK_UP_TOKEN: the access token
 * @TEST_STORE_SAVE_PASSWORD: an app password
 * @TEST_STORE_SAVE_TOKEN: an access token
 * @TEST_STORE_CLEAR_PASSWORD: the app password alone
 * @TEST_STORE_FORGET: everything of the account
 * @TEST_STORE_N_REQUESTS: how many there are
 *
 * What is asked of the store.
 */
typedef enum
{
  TEST_STORE_LOOK_UP_PASSWORD,
  TEST_STORE_LOOK_UP_TOKEN,
  TEST_STORE_SAVE_PASSWORD,
  TEST_STORE_SAVE_TOKEN,
  TEST_STORE_CLEAR_PASSWORD,
  TEST_STORE_FORGET,
  TEST_STORE_N_REQUESTS,
} TestStoreRequest;

/**
 * TestStoreOutcome:
 * @worked: whether there is no error
 * @error: (nullable): why not
 * @secret: (nullable): what was looked up
 * @expires: when it ends
 * @n_forgotten: how many items were removed
 *
 * What came of a request.
 */
typedef struct
{
  gboolean worked;
  GError *error;
  BaruaSecret *secret;
  gint64 expires;
  guint n_forgotten;
} TestStoreOutcome;

/**
 * test_store_outcome_clear:
 * @self: an outcome
 */
void test_store_outcome_clear (TestStoreOutcome *self);

/**
 * test_store_start:
 * @request: what to ask
 * @cancellable: (nullable): ends it
 * @result: (out): where the result will be stored; must hold %NULL
 */
void test_store_start (TestStoreRequest request,
                       GCancellable *cancellable,
                       GAsyncResult **result);

/**
 * test_store_finish:
 * @request: what was asked
 * @result: (inout): where the result will be stored; holds %NULL afterwards
 *
 * Waits for the end.
 *
 * Returns: what came of it; to be cleared
 */
TestStoreOutcome test_store_finish (TestStoreRequest request, GAsyncResult **result);

/**
 * test_store_ask:
 * @request: what to ask
 *
 * Returns: what came of it; to be cleared
 */
TestStoreOutcome test_store_ask (TestStoreRequest request);

/**
 * test_store_prepare:
 * @service: a played service
 * @request: what will be asked
 *
 * Puts into the service what the request will find; for saving an app password, none.
 */
void test_store_prepare (TestSecretService *service, TestStoreRequest request);

/**
 * test_store_start_bus:
 *
 * Returns: (transfer full): a session bus of the test's own, which is running
 */
GTestDBus *test_store_start_bus (void);

/**
 * test_store_stop_bus:
 * @bus: (transfer full): a bus
 *
 * Fails if a connection to it was leaked.
 */
void test_store_stop_bus (GTestDBus *bus);

/**
 * test_store_play:
 * @bus: a bus
 * @situation: how the keyring behaves
 *
 * Returns: (transfer full): a keyring on it
 */
TestSecretService *test_store_play (GTestDBus *bus, const TestSecretSituation *situation);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestStoreOutcome, test_store_outcome_clear)

G_END_DECLS
