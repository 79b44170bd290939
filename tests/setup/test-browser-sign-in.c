#include "config.h"

#include "setup/browser-sign-in.h"

#include "oauth/error.h"
#include "support/loop.h"

#include <string.h>

static BaruaBrowserSignIn *
begin (void)
{
  g_autoptr (BaruaAddress) address = barua_address_new ("zoe@gmail.com", NULL);
  BaruaClient client = { (char *) "x.apps.googleusercontent.com", NULL };
  g_autoptr (GError) error = NULL;
  BaruaBrowserSignIn *attempt = barua_browser_sign_in_new (address, &client, &error);

  g_assert_no_error (error);
  return attempt;
}

/* What the browser shows in the end when the person says no. */
static char *
write_refusal (const BaruaBrowserSignIn *attempt)
{
  const char *query = strchr (barua_browser_sign_in_get_uri (attempt), '?') + 1;
  g_autoptr (GHashTable) fields =
    g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);

  return g_strdup_printf ("%s/?error=access_denied&state=%s",
                          (const char *) g_hash_table_lookup (fields, "redirect_uri"),
                          (const char *) g_hash_table_lookup (fields, "state"));
}

/* Somebody pastes twice, and once more when it is over: the first counts. */
static void
test_pasted_often (void)
{
  BaruaBrowserSignIn *attempt = begin ();
  g_autofree char *refusal = write_refusal (attempt);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) wrong = NULL;

  barua_browser_sign_in_wait_async (attempt, NULL, test_loop_store, &result);
  g_assert_false (barua_browser_sign_in_paste (attempt, "something else", &wrong));
  g_assert_error (wrong, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_PASTE);
  g_assert_true (barua_browser_sign_in_paste (attempt, refusal, &error));
  g_assert_true (barua_browser_sign_in_paste (attempt, refusal, &error));
  test_loop_until_set ((gpointer *) &result);
  g_assert_true (barua_browser_sign_in_paste (attempt, refusal, &error));
  g_assert_no_error (error);
  g_assert_null (barua_browser_sign_in_wait_finish (result, &error));
  g_assert_error (error, BARUA_OAUTH_ERROR, BARUA_OAUTH_ERROR_DENIED);
  barua_browser_sign_in_free (attempt);
}

static void
test_cancelled (void)
{
  for (guint moment = 0; moment < 3; moment++)
    {
      BaruaBrowserSignIn *attempt = begin ();
      g_autofree char *refusal = write_refusal (attempt);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (moment == 0)
        g_cancellable_cancel (cancellable);
      barua_browser_sign_in_wait_async (attempt, cancellable, test_loop_store, &result);
      if (moment == 2)
        test_loop_drain ();
      g_cancellable_cancel (cancellable);
      test_loop_until_set ((gpointer *) &result);
      g_assert_null (barua_browser_sign_in_wait_finish (result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (barua_browser_sign_in_paste (attempt, refusal, NULL));
      barua_browser_sign_in_free (attempt);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/browser-sign-in/pasted-often", test_pasted_often);
  g_test_add_func ("/setup/browser-sign-in/cancelled", test_cancelled);
  return g_test_run ();
}
