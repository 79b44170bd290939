#include "config.h"

#include "support/store.h"

#include "credentials/store.h"
#include "support/loop.h"

void
test_store_outcome_clear (TestStoreOutcome *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->secret, barua_secret_unref);
  *self = (TestStoreOutcome){ 0 };
}

void
test_store_start (TestStoreRequest request,
                  GCancellable *cancellable,
                  GAsyncResult **result)
{
  g_autoptr (BaruaSecret) secret = barua_secret_new (TEST_STORE_SECRET, -1);
  BaruaStoreItem item = { TEST_STORE_ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD, secret, 0 };

  switch (request)
    {
    case TEST_STORE_LOOK_UP_PASSWORD:
      barua_store_lookup_async (TEST_STORE_ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD,
                                cancellable, test_loop_store, result);
      break;
    case TEST_STORE_LOOK_UP_TOKEN:
      barua_store_lookup_async (TEST_STORE_ACCOUNT, BARUA_SECRET_KIND_ACCESS_TOKEN,
                                cancellable, test_loop_store, result);
      break;
    case TEST_STORE_SAVE_TOKEN:
      item.kind = BARUA_SECRET_KIND_ACCESS_TOKEN;
      item.expires = TEST_STORE_EXPIRES;
      barua_store_save_async (&item, cancellable, test_loop_store, result);
      break;
    case TEST_STORE_SAVE_PASSWORD:
      barua_store_save_async (&item, cancellable, test_loop_store, result);
      break;
    case TEST_STORE_CLEAR_PASSWORD:
      barua_store_clear_async (TEST_STORE_ACCOUNT, BARUA_SECRET_KIND_APP_PASSWORD,
                               cancellable, test_loop_store, result);
      break;
    case TEST_STORE_FORGET:
    case TEST_STORE_N_REQUESTS:
    default:
      barua_store_forget_async (TEST_STORE_ACCOUNT, cancellable, test_loop_store, result);
      break;
    }
}

TestStoreOutcome
test_store_finish (TestStoreRequest request, GAsyncResult **result)
{
  TestStoreOutcome out = { 0 };

  test_loop_until_set ((gpointer *) result);
  if (request == TEST_STORE_LOOK_UP_PASSWORD || request == TEST_STORE_LOOK_UP_TOKEN)
    {
      out.secret = barua_store_lookup_finish (*result, &out.expires, &out.error);
      out.worked = out.secret != NULL;
    }
  else if (request == TEST_STORE_SAVE_PASSWORD || request == TEST_STORE_SAVE_TOKEN)
    out.worked = barua_store_save_finish (*result, &out.error);
  else
    out.worked = barua_store_forget_finish (*result, &out.n_forgotten, &out.error);
  g_assert_cmpint (out.worked, ==, out.error == NULL);
  g_clear_object (result);
  return out;
}

TestStoreOutcome
test_store_ask (TestStoreRequest request)
{
  GAsyncResult *result = NULL;

  test_store_start (request, NULL, &result);
  return test_store_finish (request, &result);
}

void
test_store_prepare (TestSecretService *service, TestStoreRequest request)
{
  test_secret_service_add (service, TEST_STORE_TOKEN_ITEM, TEST_STORE_SECRET);
  if (request != TEST_STORE_SAVE_PASSWORD)
    test_secret_service_add (service, TEST_STORE_PASSWORD_ITEM, TEST_STORE_SECRET);
}

GTestDBus *
test_store_start_bus (void)
{
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  g_test_dbus_up (bus);
  return bus;
}

void
test_store_stop_bus (GTestDBus *bus)
{
  test_loop_drain ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
}

TestSecretService *
test_store_play (GTestDBus *bus, const TestSecretSituation *situation)
{
  return test_secret_service_new (g_test_dbus_get_bus_address (bus), situation);
}
