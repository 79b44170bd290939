#include "config.h"

#include "diagnose/replies.h"

#include "diagnose/causes.h"
#include "diagnose/word-rule.h"

#include <string.h>

#define REFUSED                                                                          \
  "535-5.7.8 Username and Password not accepted. For more information, go to\n"          \
  "535 5.7.8  https://support.google.com/mail/?p=BadCredentials x1sm1 - gsmtp"
#define IMAP_REFUSED "[AUTHENTICATIONFAILED] Invalid credentials (Failure)"
#define CHALLENGE_400                                                                    \
  "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}"

static void
test_words (void)
{
  static const struct
  {
    const char *words;
    const char *cause;
  } ROWS[] = {
    { "220 smtp.gmail.com ESMTP x1sm1 - gsmtp", "ok" },
    { "534-5.7.9 Application-specific password required.", "app-password-required" },
    { "534 5.7.9  https://support.google.com/mail/?p=WebLoginRequired x",
      "web-login-required" },
    { "5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor",
      "app-password-required" },
    { "NO [ALERT] Too many simultaneous connections. (Failure)", "too-many-connections" },
    { "-ERR [SYS/PERM] Your account is not enabled for POP access.", "pop-disabled" },
    { "421 4.7.0 Try again later, closing connection. (EHLO) x", "ehlo-rejected" },
    { "421 4.7.0 Try again later, closing connection. (MAIL) x", "temporary-failure" },
    { "530 5.7.0 Must issue a STARTTLS command first. x", "starttls-missing" },
    { "530 5.7.0 Authentication Required. x", "auth-missing" },
    { "550 5.7.1 x1si1 - gsmtp", "spam-rejected" },
    { "550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
      "sender-unauthenticated" },
    { "a1 NO [OVERQUOTA] Not enough disk quota", "mailbox-full" },
    { "* BYE [OVERQUOTA] Account exceeded command or bandwidth limits.",
      "bandwidth-exceeded" },
    { "OK Success", "ok" },
    /* Near misses. */
    { "250 ok 5.7.8 is a version", NULL },
    { "999 something nobody has ever said", NULL },
    { "", NULL },
    { "550 5.9.9 Something else", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      BaruaReplyMatch match = barua_replies_match (ROWS[i].words, NULL);

      g_test_message ("%s", ROWS[i].words);
      g_assert_cmpstr (match.cause, ==, ROWS[i].cause);
      g_assert_true ((match.rule == NULL) == (match.cause == NULL));
    }
}

/* What was sent, and how, decides what one and the same refusal means. */
static void
test_context (void)
{
  static const struct
  {
    const char *words;
    const char *mechanism;
    BaruaSecretShape shape;
    const char *challenge;
    const char *cause;
  } ROWS[] = {
    { REFUSED, "PLAIN", BARUA_SECRET_SHAPE_APP_PASSWORD, NULL, "bad-credentials" },
    { REFUSED, "PLAIN", BARUA_SECRET_SHAPE_OTHER, NULL, "app-password-required" },
    { REFUSED, "LOGIN", BARUA_SECRET_SHAPE_PHONE_CODE, NULL, "app-password-required" },
    { REFUSED, "PLAIN", BARUA_SECRET_SHAPE_TOKEN, NULL, "auth-mechanism-mismatch" },
    { REFUSED, "PLAIN", BARUA_SECRET_SHAPE_EMPTY, NULL, "auth-missing" },
    { REFUSED, "PLAIN", BARUA_SECRET_SHAPE_UNKNOWN, NULL, "bad-credentials" },
    { REFUSED, NULL, BARUA_SECRET_SHAPE_OTHER, NULL, "app-password-required" },
    { REFUSED, "XOAUTH2", BARUA_SECRET_SHAPE_TOKEN, NULL, "oauth-token-expired" },
    { REFUSED, "XOAUTH2", BARUA_SECRET_SHAPE_TOKEN, CHALLENGE_400,
      "oauth-token-expired" },
    { REFUSED, "XOAUTH2", BARUA_SECRET_SHAPE_OTHER, CHALLENGE_400,
      "auth-mechanism-mismatch" },
    { REFUSED, "OAUTHBEARER", BARUA_SECRET_SHAPE_TOKEN,
      "{\"status\":\"invalid_request\"}", "oauth-bad-sasl-string" },
    { REFUSED, NULL, BARUA_SECRET_SHAPE_UNKNOWN, CHALLENGE_400, "oauth-token-expired" },
    { IMAP_REFUSED, "PLAIN", BARUA_SECRET_SHAPE_OTHER, NULL, "app-password-required" },
    { IMAP_REFUSED, "XOAUTH2", BARUA_SECRET_SHAPE_TOKEN, NULL, "oauth-token-expired" },
    /* What says its cause itself is left alone. */
    { "534-5.7.9 Application-specific password required.", "PLAIN",
      BARUA_SECRET_SHAPE_APP_PASSWORD, NULL, "app-password-required" },
    { "454 4.7.0 Too many login attempts, please try again later.", "XOAUTH2",
      BARUA_SECRET_SHAPE_TOKEN, CHALLENGE_400, "too-many-attempts" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      BaruaReplyContext context = {
        .mechanism = ROWS[i].mechanism,
        .shape = ROWS[i].shape,
        .challenge = ROWS[i].challenge,
      };
      BaruaReplyMatch match = barua_replies_match (ROWS[i].words, &context);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (match.cause, ==, ROWS[i].cause);
      g_assert_cmpfloat (match.sure, >, 0);
      g_assert_cmpfloat (match.sure, <=, 1);
    }
}

/* "~" ends a word, so it stands at the end of what is looked for, or is nothing. */
static void
check_marks (const char *words)
{
  for (const char *p = words; p != NULL && *p != '\0'; p++)
    if (*p == '~')
      g_assert_nonnull (strchr ("*|", p[1]));
}

static void
check_rules (const BaruaWordRule *(*table) (gsize *), gsize *n_all)
{
  gsize n_rules = 0;
  const BaruaWordRule *rules = table (&n_rules);

  g_assert_cmpuint (n_rules, >, 0);
  *n_all += n_rules;
  for (gsize i = 0; i < n_rules; i++)
    {
      const char *words = rules[i].words;

      g_test_message ("%s", words);
      g_assert_nonnull (barua_cause_find (rules[i].cause));
      g_assert_cmpuint (strcspn (words, "*~"), >=, 4);
      g_assert_cmpuint (rules[i].sure, <=, 100);
      g_assert_cmpuint (rules[i].weight, <=, 100);
      check_marks (words);
      check_marks (rules[i].near);
      check_marks (rules[i].never);
      /* As the normalizer writes it. */
      g_assert_null (strpbrk (words, "ABCDEFGHIJKLMNOPQRSTUVWXYZ\"'`<>\\"));
      g_assert_null (strstr (words, "  "));
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

static void
test_rules (void)
{
  static const BaruaWordRule *(*const TABLES[]) (gsize *) = {
    barua_word_rules_smtp, barua_word_rules_imap,    barua_word_rules_oauth,
    barua_word_rules_fine, barua_word_rules_bounce,  barua_word_rules_network,
    barua_word_rules_tls,  barua_word_rules_program, barua_word_rules_library,
    barua_word_rules_here, barua_word_rules_abroad,  barua_word_rules_dialogs,
  };
  gsize n_all = 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (TABLES) == BARUA_WORDS_TABLES);
  for (gsize i = 0; i < G_N_ELEMENTS (TABLES); i++)
    check_rules (TABLES[i], &n_all);
  g_assert_cmpuint (n_all, >, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/replies/words", test_words);
  g_test_add_func ("/diagnose/replies/context", test_context);
  g_test_add_func ("/diagnose/replies/rules", test_rules);
  return g_test_run ();
}
