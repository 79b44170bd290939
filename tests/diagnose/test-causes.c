#include "config.h"

#include "diagnose/causes.h"

#include "base/text.h"

#include <string.h>

/* The vocabulary of the interface, in its order. */
static const char *const VOCABULARY[] = {
  "ok",
  "no-network",
  "captive-portal",
  "dns-failure",
  "ipv6-broken",
  "port-blocked",
  "connection-refused",
  "connection-timeout",
  "connection-closed",
  "wrong-server",
  "wrong-port",
  "direct-delivery-refused",
  "tls-intercepted",
  "tls-untrusted",
  "tls-hostname",
  "tls-expired",
  "clock-wrong",
  "tls-handshake",
  "tls-wrong-mode",
  "tls-no-sni",
  "starttls-missing",
  "starttls-stripped",
  "ehlo-rejected",
  "syntax-error",
  "temporary-failure",
  "folder-missing",
  "folder-name-invalid",
  "bad-credentials",
  "app-password-required",
  "web-login-required",
  "less-secure-blocked",
  "oauth-required",
  "wrong-username",
  "auth-missing",
  "auth-mechanism-mismatch",
  "imap-disabled",
  "pop-disabled",
  "disabled-by-admin",
  "service-not-enabled",
  "child-account",
  "advanced-protection",
  "account-disabled",
  "too-many-attempts",
  "too-many-connections",
  "bandwidth-exceeded",
  "oauth-token-expired",
  "oauth-token-revoked",
  "oauth-scope-missing",
  "oauth-client-invalid",
  "oauth-app-unverified",
  "oauth-blocked-by-admin",
  "oauth-user-denied",
  "oauth-bad-sasl-string",
  "daily-limit",
  "rate-limited",
  "mailbox-full",
  "message-too-large",
  "content-blocked",
  "spam-rejected",
  "sender-unauthenticated",
  "relay-denied",
  "recipient-unknown",
  "recipient-invalid",
  "recipient-disabled",
  "message-malformed",
  "keyring-unavailable",
  "keyring-locked",
  "client-lacks-feature",
  "unknown",
};

static void
test_vocabulary (void)
{
  gsize n_causes = 0;
  const BaruaCause *causes = barua_causes (&n_causes);

  g_assert_cmpuint (n_causes, ==, G_N_ELEMENTS (VOCABULARY));
  for (gsize i = 0; i < n_causes; i++)
    {
      gsize times = 0;

      for (gsize j = 0; j < n_causes; j++)
        times += strcmp (causes[j].id, VOCABULARY[i]) == 0;
      g_test_message ("%s", VOCABULARY[i]);
      g_assert_cmpuint (times, ==, 1);
      g_assert_true (barua_cause_find (VOCABULARY[i]) == &causes[i]);
    }
  g_assert_null (barua_cause_find ("bad-credential"));
  g_assert_null (barua_cause_find (""));
}

static guint
count (const char *text, const char *needle)
{
  guint times = 0;

  for (const char *p = strstr (text, needle); p != NULL; p = strstr (p + 1, needle))
    times++;
  return times;
}

static gboolean
ends_sentence (const char *text)
{
  return g_str_has_suffix (text, ".") || g_str_has_suffix (text, "”.");
}

static void
check_steps (const BaruaCause *cause)
{
  gsize n_steps = 0;

  while (cause->steps[n_steps].text != NULL)
    {
      const BaruaCauseStep *step = &cause->steps[n_steps++];

      g_assert_cmpuint (n_steps, <=, BARUA_CAUSE_STEPS);
      g_assert_true (ends_sentence (step->text));
      g_assert_cmpuint (count (step->text, "%"), ==, 0);
      if (step->url != NULL)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GUri) uri = g_uri_parse (step->url, G_URI_FLAGS_NONE, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (g_uri_get_scheme (uri), ==, "https");
          g_assert_null (g_uri_get_userinfo (uri));
          g_assert_cmpint (g_uri_get_port (uri), ==, -1);
          g_assert_true (barua_text_host_in_domain (g_uri_get_host (uri), "google.com"));
        }
    }
  if (cause->severity == BARUA_SEVERITY_OK)
    g_assert_cmpuint (n_steps, ==, 0);
  else
    g_assert_cmpuint (n_steps, >=, 1);
}

static void
test_texts (void)
{
  gsize n_causes = 0;
  const BaruaCause *causes = barua_causes (&n_causes);

  for (gsize i = 0; i < n_causes; i++)
    {
      const BaruaCause *cause = &causes[i];

      g_test_message ("%s", cause->id);
      g_assert_cmpuint (strlen (cause->title), >, 10);
      g_assert_false (g_str_has_suffix (cause->title, "."));
      g_assert_true (ends_sentence (cause->explanation));
      g_assert_cmpuint (count (cause->title, "%") + count (cause->explanation, "%"), ==,
                        0);
      if (cause->named != NULL)
        {
          g_assert_true (ends_sentence (cause->named));
          g_assert_cmpuint (count (cause->named, "%s"), ==, 1);
          g_assert_cmpuint (count (cause->named, "%"), ==, 1);
        }
      check_steps (cause);
    }
}

static gboolean
says (const BaruaCause *cause, const char *words)
{
  guint times = count (cause->title, words) + count (cause->explanation, words);

  for (gsize i = 0; cause->steps[i].text != NULL; i++)
    {
      times += count (cause->steps[i].text, words);
      if (cause->steps[i].url != NULL)
        times += count (cause->steps[i].url, words);
    }
  return times > 0;
}

/* Advice that was right once and does harm, or leads nowhere, today. */
static void
test_advice_of_today (void)
{
  static const char *const NEVER[] = {
    "lesssecureapps",        "DisplayUnlockCaptcha",
    "allow less secure",     "without TLS",
    "no encryption",         "disable the certificate",
    "answer=14257",          "http://",
    "switch off encryption",
  };
  gsize n_causes = 0;
  const BaruaCause *causes = barua_causes (&n_causes);

  for (gsize i = 0; i < n_causes; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (NEVER); j++)
      {
        g_test_message ("%s: %s", causes[i].id, NEVER[j]);
        g_assert_false (says (&causes[i], NEVER[j]));
      }
}

static void
test_severities (void)
{
  gsize n_causes = 0;
  const BaruaCause *causes = barua_causes (&n_causes);

  g_assert_cmpint (barua_cause_find ("ok")->severity, ==, BARUA_SEVERITY_OK);
  g_assert_cmpint (barua_cause_find ("ipv6-broken")->severity, ==,
                   BARUA_SEVERITY_WARNING);
  for (gsize i = 0; i < n_causes; i++)
    for (gsize j = 0; j < i; j++)
      if (causes[i].severity == causes[j].severity)
        g_assert_cmpuint (causes[i].gravity, !=, causes[j].gravity);
  g_assert_cmpuint (barua_cause_find ("no-network")->gravity, >,
                    barua_cause_find ("connection-timeout")->gravity);
  g_assert_cmpstr (barua_severity_get_id (BARUA_SEVERITY_OK), ==, "ok");
  g_assert_cmpstr (barua_severity_get_id (BARUA_SEVERITY_WARNING), ==, "warning");
  g_assert_cmpstr (barua_severity_get_id (BARUA_SEVERITY_ERROR), ==, "error");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/causes/vocabulary", test_vocabulary);
  g_test_add_func ("/diagnose/causes/texts", test_texts);
  g_test_add_func ("/diagnose/causes/advice-of-today", test_advice_of_today);
  g_test_add_func ("/diagnose/causes/severities", test_severities);
  return g_test_run ();
}
