#include "config.h"

#include "discover/discover.h"

#include "discover/known.h"
#include "support/resolver.h"

#include <string.h>

#define GUARD_S 60

typedef struct
{
  TestResolver *resolver;
  BaruaDiscovery *found;
  GError *error;
  gboolean done;
} Fixture;

static gboolean
on_guard (G_GNUC_UNUSED gpointer user_data)
{
  g_error ("Nothing came for %d seconds", GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
set_up (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  fixture->resolver = test_resolver_install ();
  test_resolver_add_mx (fixture->resolver, "gmail.com", 5, "gmail-smtp-in.l.google.com");
}

static void
forget (Fixture *fixture)
{
  g_clear_pointer (&fixture->found, barua_discovery_free);
  g_clear_error (&fixture->error);
  fixture->done = FALSE;
}

static void
tear_down (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  forget (fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  test_resolver_uninstall (fixture->resolver);
}

static void
on_discovered (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->done);
  fixture->found = barua_discover_finish (result, &fixture->error);
  fixture->done = TRUE;
}

static void
start (Fixture *fixture, const char *typed, guint timeout_ms, GCancellable *cancellable)
{
  g_autoptr (BaruaAddress) address = barua_address_new (typed, NULL);

  forget (fixture);
  barua_discover_async (address, timeout_ms, cancellable, on_discovered, fixture);
  g_assert_false (fixture->done);
}

static void
wait_for_end (Fixture *fixture)
{
  guint guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);

  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

static void
wait_for_question (Fixture *fixture, const char *name, TestQuestion question)
{
  guint guard = g_timeout_add_seconds (GUARD_S, on_guard, NULL);

  while (test_resolver_count (fixture->resolver, name, question) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

static void
discover (Fixture *fixture, const char *typed)
{
  start (fixture, typed, GUARD_S * 1000, NULL);
  wait_for_end (fixture);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (fixture->found);
}

static void
test_gmail (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  static const char *const typed[] = { "zoe", "Zoe@GMail.com", "zoe@googlemail.com" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      discover (fixture, typed[i]);
      g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_GMAIL);
      g_assert_true (fixture->found->provider == barua_known_gmail ());
      g_assert_null (fixture->found->mx);
      g_assert_no_error (fixture->found->error);
      g_assert_null (fixture->found->suggestion);
    }
  g_assert_cmpuint (
    test_resolver_count (fixture->resolver, "gmail.com", TEST_QUESTION_MX), ==, 0);
}

static void
test_workspace (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  test_resolver_add_mx (fixture->resolver, "xn--jin-3mao8d.is", 1, "smtp.google.com");
  discover (fixture, "zoe@Þjóðin.is");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_WORKSPACE);
  g_assert_true (fixture->found->provider == barua_known_gmail ());
  g_assert_cmpstr (fixture->found->mx->host, ==, "smtp.google.com");
  g_assert_no_error (fixture->found->error);
  g_assert_null (fixture->found->suggestion);
}

static void
test_filter (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  test_resolver_add_mx (fixture->resolver, "example.is", 1, "mx1.pphosted.com");
  discover (fixture, "zoe@example.is");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_UNKNOWN);
  g_assert_true (fixture->found->provider == barua_known_gmail ());
  g_assert_cmpstr (fixture->found->mx->keeper, ==, "Proofpoint");
}

static void
test_other (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  test_resolver_add_mx (fixture->resolver, "example.is", 1, "mx.zoho.eu");
  discover (fixture, "zoe@example.is");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_OTHER);
  g_assert_null (fixture->found->provider);
  g_assert_cmpstr (fixture->found->mx->keeper, ==, "Zoho Mail");
  g_assert_cmpuint (
    test_resolver_count (fixture->resolver, "mx.zoho.eu", TEST_QUESTION_IPV4), ==, 0);
}

static void
test_null_mx (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  test_resolver_add_mx (fixture->resolver, "example.is", 0, ".");
  test_resolver_add_address (fixture->resolver, "example.is", "192.0.2.1");
  discover (fixture, "zoe@example.is");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_OTHER);
  g_assert_null (fixture->found->mx->host);
  g_assert_no_error (fixture->found->error);
  g_assert_cmpuint (
    test_resolver_count (fixture->resolver, "example.is", TEST_QUESTION_IPV4), ==, 0);
}

static void
test_no_mx_but_an_address (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  test_resolver_add_address (fixture->resolver, "example.is", "2001:db8::1");
  discover (fixture, "zoe@example.is");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_OTHER);
  g_assert_null (fixture->found->provider);
  g_assert_cmpstr (fixture->found->mx->host, ==, "example.is");
  g_assert_no_error (fixture->found->error);
}

static void
test_no_such_domain (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  discover (fixture, "zoe@gmial.com");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_OTHER);
  g_assert_null (fixture->found->provider);
  g_assert_null (fixture->found->mx);
  g_assert_error (fixture->found->error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (fixture->found->error->message, " gmial.com "));
  g_assert_cmpstr (fixture->found->suggestion, ==, "gmail.com");
}

/* A network that denies every name, or leads every name to its own sign-in page, says
 * nothing about the domain. */
static void
test_no_records_at_all (Fixture *fixture, gconstpointer data)
{
  test_resolver_set_error (fixture->resolver, "gmail.com", TEST_QUESTION_MX,
                           G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
  if (data != NULL)
    test_resolver_add_address (fixture->resolver, "example.is", data);
  discover (fixture, "zoe@example.is");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_UNKNOWN);
  g_assert_true (fixture->found->provider == barua_known_gmail ());
  g_assert_null (fixture->found->mx);
  g_assert_error (fixture->found->error, G_RESOLVER_ERROR,
                  G_RESOLVER_ERROR_TEMPORARY_FAILURE);
}

/* A slip may be somebody's domain: both are told. */
static void
test_slip_that_exists (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  test_resolver_add_mx (fixture->resolver, "gmail.is", 1, "mx.example.is");
  discover (fixture, "zoe@gmail.is");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_OTHER);
  g_assert_cmpstr (fixture->found->mx->host, ==, "mx.example.is");
  g_assert_cmpstr (fixture->found->suggestion, ==, "gmail.com");
}

typedef struct
{
  const char *what;
  TestQuestion question;
  int code;
} Refusal;

static const Refusal REFUSALS[] = {
  { "no server can be asked", TEST_QUESTION_MX, G_RESOLVER_ERROR_TEMPORARY_FAILURE },
  { "the server refuses", TEST_QUESTION_MX, G_RESOLVER_ERROR_INTERNAL },
  { "only the address fails", TEST_QUESTION_IPV4, G_RESOLVER_ERROR_TEMPORARY_FAILURE },
};

static void
test_refused (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      g_autofree char *domain = g_strdup_printf ("example%u.is", (guint) i);
      g_autofree char *typed = g_strdup_printf ("zoe@%s", domain);

      g_test_message ("%s", REFUSALS[i].what);
      test_resolver_set_error (fixture->resolver, domain, REFUSALS[i].question,
                               G_RESOLVER_ERROR, REFUSALS[i].code);
      discover (fixture, typed);
      g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_UNKNOWN);
      g_assert_true (fixture->found->provider == barua_known_gmail ());
      g_assert_null (fixture->found->mx);
      g_assert_error (fixture->found->error, G_RESOLVER_ERROR, REFUSALS[i].code);
    }
}

static void
test_hostile (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  test_resolver_add_record (fixture->resolver, "example.is", TEST_QUESTION_MX,
                            g_variant_new_string ("smtp.google.com"));
  test_resolver_add_mx (fixture->resolver, "example.is", 1, "\x1b]52;c;eA==\x07");
  discover (fixture, "zoe@example.is");
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_UNKNOWN);
  g_assert_null (fixture->found->mx->host);
}

static void
test_late (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  static const TestQuestion questions[] = { TEST_QUESTION_MX, TEST_QUESTION_IPV6 };

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *domain = g_strdup_printf ("late%u.is", (guint) i);
      g_autofree char *typed = g_strdup_printf ("zoe@%s", domain);

      test_resolver_set_delay (fixture->resolver, domain, questions[i],
                               TEST_RESOLVER_NEVER);
      start (fixture, typed, 30, NULL);
      wait_for_end (fixture);
      g_assert_no_error (fixture->error);
      g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_UNKNOWN);
      g_assert_true (fixture->found->provider == barua_known_gmail ());
      g_assert_error (fixture->found->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      g_assert_nonnull (strstr (fixture->found->error->message, domain));
    }
}

static void
test_no_time_at_all (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  test_resolver_set_delay (fixture->resolver, "example.is", TEST_QUESTION_MX,
                           TEST_RESOLVER_NEVER);
  start (fixture, "zoe@example.is", 0, NULL);
  wait_for_end (fixture);
  g_assert_error (fixture->found->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
assert_cancelled (Fixture *fixture)
{
  wait_for_end (fixture);
  g_assert_null (fixture->found);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_before (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  start (fixture, "zoe@example.is", GUARD_S * 1000, cancellable);
  assert_cancelled (fixture);
  g_assert_cmpuint (
    test_resolver_count (fixture->resolver, "example.is", TEST_QUESTION_MX), ==, 0);
  start (fixture, "zoe@gmail.com", GUARD_S * 1000, cancellable);
  assert_cancelled (fixture);
}

static void
test_cancelled_at_once (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) other = g_cancellable_new ();

  test_resolver_add_mx (fixture->resolver, "example.is", 1, "smtp.google.com");
  start (fixture, "zoe@example.is", GUARD_S * 1000, cancellable);
  g_cancellable_cancel (cancellable);
  assert_cancelled (fixture);
  start (fixture, "zoe@gmail.com", GUARD_S * 1000, other);
  g_cancellable_cancel (other);
  assert_cancelled (fixture);
}

static void
test_cancelled_midway (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  static const TestQuestion questions[] = { TEST_QUESTION_MX, TEST_QUESTION_IPV4 };

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autofree char *domain = g_strdup_printf ("slow%u.is", (guint) i);
      g_autofree char *typed = g_strdup_printf ("zoe@%s", domain);

      test_resolver_set_delay (fixture->resolver, domain, questions[i],
                               TEST_RESOLVER_NEVER);
      start (fixture, typed, GUARD_S * 1000, cancellable);
      wait_for_question (fixture, domain, questions[i]);
      g_assert_false (fixture->done);
      g_cancellable_cancel (cancellable);
      assert_cancelled (fixture);
    }
}

/* The answer is there, and not yet fetched. */
static void
test_cancelled_with_the_answer (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  test_resolver_add_mx (fixture->resolver, "example.is", 1, "smtp.google.com");
  test_resolver_set_delay (fixture->resolver, "example.is", TEST_QUESTION_MX,
                           TEST_RESOLVER_NEVER);
  start (fixture, "zoe@example.is", GUARD_S * 1000, cancellable);
  test_resolver_answer_waiting (fixture->resolver);
  g_cancellable_cancel (cancellable);
  assert_cancelled (fixture);
}

/* Cancelling comes first, also when time is up at the same moment. */
static void
test_cancelled_when_late (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  test_resolver_set_delay (fixture->resolver, "example.is", TEST_QUESTION_MX,
                           TEST_RESOLVER_NEVER);
  start (fixture, "zoe@example.is", 0, cancellable);
  g_cancellable_cancel (cancellable);
  assert_cancelled (fixture);
}

static void
test_cancelled_after (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  test_resolver_add_mx (fixture->resolver, "example.is", 1, "smtp.google.com");
  start (fixture, "zoe@example.is", GUARD_S * 1000, cancellable);
  wait_for_end (fixture);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (fixture->found->kind, ==, BARUA_HOST_WORKSPACE);
  g_assert_no_error (fixture->error);
}

typedef struct
{
  const char *path;
  void (*run) (Fixture *fixture, gconstpointer data);
} Test;

static const Test TESTS[] = {
  { "/discover/discover/gmail", test_gmail },
  { "/discover/discover/workspace", test_workspace },
  { "/discover/discover/filter", test_filter },
  { "/discover/discover/other", test_other },
  { "/discover/discover/null-mx", test_null_mx },
  { "/discover/discover/no-mx-but-an-address", test_no_mx_but_an_address },
  { "/discover/discover/no-such-domain", test_no_such_domain },
  { "/discover/discover/slip-that-exists", test_slip_that_exists },
  { "/discover/discover/refused", test_refused },
  { "/discover/discover/hostile", test_hostile },
  { "/discover/discover/late", test_late },
  { "/discover/discover/no-time-at-all", test_no_time_at_all },
  { "/discover/discover/cancelled-before", test_cancelled_before },
  { "/discover/discover/cancelled-at-once", test_cancelled_at_once },
  { "/discover/discover/cancelled-midway", test_cancelled_midway },
  { "/discover/discover/cancelled-with-the-answer", test_cancelled_with_the_answer },
  { "/discover/discover/cancelled-when-late", test_cancelled_when_late },
  { "/discover/discover/cancelled-after", test_cancelled_after },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].path, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  g_test_add ("/discover/discover/denied", Fixture, NULL, set_up, test_no_records_at_all,
              tear_down);
  g_test_add ("/discover/discover/hijacked", Fixture, "192.0.2.80", set_up,
              test_no_records_at_all, tear_down);
  return g_test_run ();
}
