#include "config.h"

#include "support/resolver.h"

static void
on_result (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static GList *
look_up (const char *name, GResolverNameLookupFlags flags, GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GAsyncResult) result = NULL;

  g_resolver_lookup_by_name_with_flags_async (resolver, name, flags, NULL, on_result,
                                              &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_resolver_lookup_by_name_with_flags_finish (resolver, result, error);
}

static void
test_families (void)
{
  TestResolver *resolver = test_resolver_install ();
  g_autoptr (GError) error = NULL;
  GList *found = NULL;

  test_resolver_add_address (resolver, "both.test", "192.0.2.1");
  test_resolver_add_address (resolver, "both.test", "2001:db8::1");
  test_resolver_add_address (resolver, "old.test", "192.0.2.2");
  test_resolver_set_error (resolver, "ill.test", TEST_QUESTION_IPV6, G_RESOLVER_ERROR,
                           G_RESOLVER_ERROR_TEMPORARY_FAILURE);

  found = look_up ("Both.Test.", G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (found), ==, 2);
  g_resolver_free_addresses (found);

  found = look_up ("both.test", G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (found), ==, 1);
  g_assert_cmpint (g_inet_address_get_family (found->data), ==, G_SOCKET_FAMILY_IPV6);
  g_resolver_free_addresses (found);

  g_assert_null (look_up ("old.test", G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY, &error));
  g_assert_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_null (look_up ("ill.test", G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, &error));
  g_assert_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE);
  g_assert_cmpuint (test_resolver_count (resolver, "both.test", TEST_QUESTION_IPV6), ==,
                    2);
  g_assert_cmpuint (test_resolver_count (resolver, "both.test", TEST_QUESTION_IPV4), ==,
                    1);
  test_resolver_uninstall (resolver);
}

static void
test_waits (void)
{
  TestResolver *resolver = test_resolver_install ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  GList *found = NULL;

  test_resolver_add_mx (resolver, "slow.test", 10, "mx.slow.test");
  test_resolver_set_delay (resolver, "slow.test", TEST_QUESTION_MX, TEST_RESOLVER_NEVER);
  g_resolver_lookup_records_async (G_RESOLVER (resolver), "slow.test",
                                   G_RESOLVER_RECORD_MX, cancellable, on_result, &first);
  g_resolver_lookup_records_async (G_RESOLVER (resolver), "slow.test",
                                   G_RESOLVER_RECORD_MX, NULL, on_result, &second);
  g_cancellable_cancel (cancellable);
  while (first == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (g_resolver_lookup_records_finish (G_RESOLVER (resolver), first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_resolver_count_waiting (resolver), ==, 1);
  g_assert_null (second);

  test_resolver_answer_waiting (resolver);
  while (second == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = g_resolver_lookup_records_finish (G_RESOLVER (resolver), second, NULL);
  g_assert_cmpuint (g_list_length (found), ==, 1);
  g_list_free_full (found, (GDestroyNotify) g_variant_unref);
  g_clear_object (&first);
  g_clear_object (&second);
  test_resolver_uninstall (resolver);
}

/* GSocketClient asks for both families apart, and must get what the table holds. */
static void
test_serves_a_socket_client (void)
{
  TestResolver *resolver = test_resolver_install ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  test_resolver_add_address (resolver, "mail.test", "127.0.0.1");
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, "mail.test", port, NULL, on_result,
                                         &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  connection = g_socket_client_connect_to_host_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (connection);
  g_assert_cmpuint (test_resolver_count (resolver, "mail.test", TEST_QUESTION_IPV4), ==,
                    1);
  g_clear_object (&result);
  g_clear_object (&connection);
  g_clear_object (&client);
  while (test_resolver_count_waiting (resolver) > 0 ||
         g_main_context_iteration (NULL, FALSE))
    g_main_context_iteration (NULL, FALSE);
  test_resolver_uninstall (resolver);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support/resolver/families", test_families);
  g_test_add_func ("/support/resolver/waits", test_waits);
  g_test_add_func ("/support/resolver/socket-client", test_serves_a_socket_client);
  return g_test_run ();
}
