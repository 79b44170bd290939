#include "config.h"

#include "diagnose/rule.h"
#include "support/evidence-builder.h"

#include <string.h>

#define OWN_NAME(name) name "|CN=" name "|"
#define CONTOSO "CN=Contoso Root,O=Contoso Ltd"
#define SHIELD "CN=Avast Web/Mail Shield Root,O=Avast Web/Mail Shield"

/* What a rule is tried on: @cause is what it establishes, NULL for a near miss. */
static const struct
{
  const char *rule;
  const char *cause;
  const char *script;
} ROWS[] = {
  { "no-way-out", "no-network", "web unknown; route none; all unnamed no-answer" },
  { "no-way-out", "no-network", "web unknown; route none; all unreached no-route" },
  { "no-way-out", "no-network", "web unknown; route none" },
  { "no-way-out", NULL, "web unknown; route ipv4; all unnamed no-answer" },
  { "no-way-out", NULL, "web open; route none; all unreached timed-out" },
  { "no-way-out", NULL, "web unknown; route none; 993 good; rest unreached no-route" },
  { "no-way-out", NULL, "web unknown; route none; 993 unreached refused" },
  { "no-way-out", NULL, "all unreached no-route" },

  { "nothing-reachable", "no-network", "all unreached no-route" },
  { "nothing-reachable", "no-network",
    "993 unnamed no-answer; rest unreached unreachable" },
  { "nothing-reachable", NULL, "web open; all unreached unreachable" },
  { "nothing-reachable", NULL, "993 unreached timed-out; rest unreached no-route" },
  { "nothing-reachable", NULL, "all unnamed no-answer" },

  { "sign-in-page", "captive-portal",
    "web portal hotel.example; all unreached timed-out" },
  { "sign-in-page", "captive-portal", "web portal; all unreached refused" },
  { "sign-in-page", "captive-portal",
    "web portal; all distrusted hotel.example|CN=Hotel CA|un" },
  { "sign-in-page", NULL, "web portal; 993 good; rest unreached timed-out" },
  { "sign-in-page", NULL, "web open; all unreached timed-out" },

  { "names-unanswered", "dns-failure", "all unnamed no-answer" },
  { "names-unanswered", "dns-failure", "993 unnamed timed-out; rest good" },
  { "names-unanswered", NULL, "all unnamed not-found" },
  { "names-unanswered", NULL, "all unreached timed-out" },

  { "names-denied", "dns-failure", "web open; all unnamed not-found" },
  { "names-denied", "dns-failure", "993 unnamed not-found; rest good" },
  { "names-denied", NULL, "all unnamed no-answer" },

  { "address-false", "dns-failure",
    "993 tried 0.0.0.0 refused 1; 993 unreached refused; rest good" },
  { "address-false", "dns-failure",
    "993 tried 10.0.0.9 timed-out 9000; 993 unreached timed-out; rest good" },
  { "address-false", "dns-failure",
    "web open; all tried 127.0.0.1 refused 1; all tried ::1 refused 1; all unreached "
    "refused" },
  { "address-false", "dns-failure",
    "993 tried fd00::1 timed-out 9000; 993 unreached timed-out; rest good" },
  { "address-false", NULL, "all tried 10.0.0.9 timed-out 9000; all unreached timed-out" },
  { "address-false", NULL, "all tried 127.0.0.1 refused 1; all unreached refused" },
  { "address-false", NULL, "993 unreached refused; rest good" },
  { "address-false", NULL,
    "993 tried 10.0.0.9 ok 1; 993 distrusted a.example|CN=a|un; rest good" },

  { "ipv6-dead", "ipv6-broken", "all tried 2a00::1 timed-out 1500; all good" },
  { "ipv6-dead", "ipv6-broken", "all tried 2a00::1 refused 9; all good" },
  { "ipv6-dead", "ipv6-broken", "993 tried 2a00::1 unreachable 9; all good" },
  { "ipv6-dead", "ipv6-broken", "web open; 993 tried 2a00::1 no-route 9; all good" },
  { "ipv6-dead", NULL, "all tried 2a00::1 no-route 0; all good" },
  { "ipv6-dead", NULL, "web open; route ipv4; all tried 2a00::1 no-route 0; all good" },
  { "ipv6-dead", NULL, "all tried 2a00::1 odd 0; all good" },
  { "ipv6-dead", NULL, "all tried 2a00::1 timed-out 400; all good" },
  { "ipv6-dead", NULL,
    "all tried 142.250.1.1 ok 800; all tried 2a00::1 timed-out 1500; all good" },
  { "ipv6-dead", NULL, "all tried 2a00::1 ok 9; all good" },
  { "ipv6-dead", NULL,
    "all tried 142.250.1.1 timed-out 9000; all tried 2a00::1 timed-out 9000; all "
    "unreached timed-out" },
  { "ipv6-dead", NULL,
    "all tried 142.250.1.1 timed-out 9000; all over 2a00::1; all good" },

  { "ipv6-stalls", "ipv6-broken",
    "993 tried 142.250.1.1 ok 9; 993 over 2a00::1; 993 broken tls timed-out; rest good" },
  { "ipv6-stalls", NULL, "993 broken tls timed-out; rest good" },
  { "ipv6-stalls", NULL, "993 over 2a00::1; 993 broken tls timed-out; rest good" },
  { "ipv6-stalls", NULL,
    "993 tried 142.250.1.1 ok 9; 993 over 2a00::1; 993 broken tls timed-out; 995 over "
    "2a00::2; rest good; 995 good" },

  { "ipv6-stalls", "ipv6-broken",
    "all tried 142.250.1.1 ok 9; all over 2a00::1; 587 starttls ok; all broken tls "
    "timed-out" },
  { "ipv6-stalls", NULL,
    "all tried 142.250.1.1 ok 9; all over 142.250.1.1; 587 starttls ok; all broken tls "
    "timed-out" },
  { "ipv6-stalls", NULL,
    "587 tried 142.250.1.1 ok 9; 587 over 2a00::1; 587 starttls ok; 587 broken tls "
    "timed-out; rest unreached timed-out" },

  { "every-port-shut", "port-blocked", "web open; all unreached timed-out" },
  { "every-port-shut", "port-blocked", "all unreached timed-out" },
  { "every-port-shut", "port-blocked", "web open; all unreached refused" },
  { "every-port-shut", "port-blocked", "web closed; all unreached unreachable" },
  { "every-port-shut", "port-blocked", "web open; all broken tls reset" },
  { "every-port-shut", "port-blocked", "web open; 993 unreached denied" },
  { "every-port-shut", "port-blocked",
    "587 broken capabilities reset; rest broken tls reset" },
  { "every-port-shut", "port-blocked",
    "web open; 587 broken greeting timed-out; rest broken tls timed-out" },
  { "every-port-shut", NULL, "993 unreached timed-out" },
  { "every-port-shut", NULL, "web open; 993 broken tls timed-out" },
  { "every-port-shut", NULL, "all broken tls eof" },
  { "every-port-shut", NULL, "993 good; rest unreached timed-out" },
  { "every-port-shut", NULL, "all unnamed no-answer" },

  { "one-port-shut", "port-blocked", "993 unreached refused; rest good" },
  { "one-port-shut", "port-blocked", "465,587 unreached timed-out; rest good" },
  { "one-port-shut", "port-blocked",
    "587 unreached timed-out; rest distrusted imap.gmail.com|CN=x|u" },
  { "one-port-shut", "port-blocked", "993 broken tls reset; rest good" },
  { "one-port-shut", NULL, "993 broken tls eof; rest good" },
  { "one-port-shut", NULL, "993 broken tls timed-out; rest good" },
  { "one-port-shut", NULL, "all unreached refused" },
  { "one-port-shut", NULL, "993 broken sign-in reset; rest signed" },

  { "connection-refused", "connection-refused", "993 unreached refused" },
  { "connection-refused", NULL, "993 unreached timed-out" },
  { "connection-refused", NULL, "993 sign-in refused NO" },

  { "connection-timed-out", "connection-timeout", "993 unreached timed-out" },
  { "connection-timed-out", "connection-timeout", "993 broken tls timed-out" },
  { "connection-timed-out", "connection-timeout", "993 broken sign-in timed-out" },
  { "connection-timed-out", NULL, "993 unnamed timed-out" },
  { "connection-timed-out", NULL, "993 unreached refused" },

  { "connection-closed", "connection-closed", "993 broken greeting eof" },
  { "connection-closed", "connection-closed", "993 broken sign-in reset" },
  { "connection-closed", NULL, "993 broken greeting timed-out" },
  { "connection-closed", NULL, "993 good" },

  { "clock-against-another", "clock-wrong",
    "web open; clock 864000; all distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|e" },
  { "clock-against-another", "clock-wrong",
    "web open; clock -31536000; 993 distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|f" },
  { "clock-against-another", NULL,
    "web open; clock 5; all distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|e" },
  { "clock-against-another", NULL,
    "web open; clock 7200; all distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|e" },
  { "clock-against-another", NULL,
    "web open; clock 31536000; all distrusted imap.gmail.com|" CONTOSO "|u" },

  { "certificate-dates-ahead", "clock-wrong",
    "all distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|f" },
  { "certificate-dates-ahead", NULL,
    "993 distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|f; rest good" },
  { "certificate-dates-ahead", NULL,
    "all distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|e" },
  { "certificate-dates-ahead", NULL,
    "web open; clock 1; all distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|f" },

  { "certificate-out-of-date", "tls-expired",
    "993 distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|e; rest good" },
  { "certificate-out-of-date", NULL,
    "993 distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|r; rest good" },

  { "no-server-name", "tls-no-sni",
    "993 distrusted " OWN_NAME ("invalid2.invalid") "un" },
  { "no-server-name", NULL, "993 distrusted " OWN_NAME ("invalid.example") "un" },

  { "inspector-known", "tls-intercepted", "all distrusted imap.gmail.com|" SHIELD "|u" },
  { "inspector-known", "tls-intercepted",
    "all distrusted imap.gmail.com|CN=FortiGate CA,O=Fortinet|un" },
  { "inspector-known", "tls-intercepted",
    "993 distrusted imap.gmail.com|O=mitmproxy,CN=mitmproxy|e" },
  { "inspector-known", NULL, "all distrusted imap.gmail.com|" CONTOSO "|u" },
  { "inspector-known", NULL, "all distrusted imap.gmail.com|CN=Presets,O=Reset|u" },
  { "inspector-known", NULL, "all trusted imap.gmail.com|" SHIELD "; all good" },

  { "inspector-trusted", "tls-intercepted",
    "all trusted imap.gmail.com|" SHIELD "; all good" },
  { "inspector-trusted", NULL, "all trusted imap.gmail.com|" CONTOSO "; all good" },
  { "inspector-trusted", NULL, "all distrusted imap.gmail.com|" SHIELD "|u" },

  { "certificate-redirect", "wrong-server",
    "587 greeting ok; 587 detail " BARUA_DETAIL_STRANGE_GREETING
    "; 587 distrusted *.host.example|" CONTOSO "|n" },
  { "certificate-redirect", NULL,
    "587 greeting ok; 587 detail " BARUA_DETAIL_STRANGE_GREETING "; 587 good" },
  { "certificate-redirect", NULL,
    "587 greeting ok; 587 detail " BARUA_DETAIL_STRANGE_GREETING
    "; 587 distrusted mx.google.com|" CONTOSO "|n" },
  { "certificate-redirect", NULL, "587 distrusted *.host.example|" CONTOSO "|n" },

  { "certificate-stranger", "wrong-server",
    "993 distrusted " OWN_NAME ("router.lan") "un; rest good" },
  { "certificate-stranger", NULL,
    "993 distrusted *.host.example|" CONTOSO "|n; rest good" },
  { "certificate-stranger", NULL,
    "993 distrusted pop.gmail.com|" CONTOSO "|un; rest good" },

  { "certificate-other-name", "tls-hostname",
    "993 distrusted *.host.example|" CONTOSO "|n; rest good" },
  { "certificate-other-name", NULL,
    "993 distrusted imap.gmail.com|" CONTOSO "|u; rest good" },

  { "issuer-unknown", "tls-intercepted", "all distrusted imap.gmail.com|" CONTOSO "|u" },
  { "issuer-unknown", NULL, "all distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|u" },
  { "issuer-unknown", NULL, "all distrusted " OWN_NAME ("imap.gmail.com") "u" },
  { "issuer-unknown", NULL,
    "993 distrusted imap.gmail.com|" CONTOSO "|u; 995 trusted pop.gmail.com|" CONTOSO
    "; 995 good" },

  { "certificate-self-signed", "tls-untrusted",
    "all distrusted " OWN_NAME ("imap.gmail.com") "u" },
  { "certificate-self-signed", NULL, "all distrusted imap.gmail.com|" CONTOSO "|u" },

  { "authority-missing", "tls-untrusted",
    "all distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|u" },
  { "authority-missing", "tls-untrusted",
    "993 distrusted imap.gmail.com|" CONTOSO "|u; 995 trusted pop.gmail.com|" CONTOSO
    "; 995 good" },
  { "authority-missing", NULL, "all distrusted imap.gmail.com|" CONTOSO "|u" },

  { "certificate-flawed", "tls-untrusted",
    "993 distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|r" },
  { "certificate-flawed", "tls-untrusted",
    "993 distrusted imap.gmail.com|" TEST_GOOD_ISSUER "|w" },
  { "certificate-flawed", "tls-untrusted", "993 broken tls bad-certificate" },
  { "certificate-flawed", NULL, "993 broken tls handshake" },

  { "handshake-failed", "tls-handshake",
    "993 broken tls handshake; 993 detail alert 40" },
  { "handshake-failed", NULL, "993 broken tls not-tls" },
  { "handshake-failed", NULL, "993 broken tls eof" },
  { "handshake-failed", NULL, "993 broken tls timed-out" },
  { "handshake-failed", NULL, "993 distrusted imap.gmail.com|" CONTOSO "|u" },

  { "other-service", "wrong-server",
    "993 broken tls not-tls; 993 detail HTTP/1.1 400 Bad Request" },
  { "other-service", NULL, "993 broken tls not-tls; 993 detail * OK ready" },

  { "plain-answer", "tls-wrong-mode",
    "465 broken tls not-tls; 465 detail 220 smtp.gmail.com ESMTP" },
  { "plain-answer", NULL, "587 broken tls not-tls" },
  { "plain-answer", NULL, "465 broken tls eof" },

  { "starttls-taken", "starttls-stripped", "587 starttls missing" },
  { "starttls-taken", "starttls-stripped", "587 starttls refused; 587 code 454" },
  { "starttls-taken", "starttls-stripped", "587 starttls misbehaved" },
  { "starttls-taken", "starttls-stripped", "587 broken tls not-tls" },
  { "starttls-taken", NULL, "587 broken starttls timed-out" },
  { "starttls-taken", NULL, "587 broken tls handshake" },
  { "starttls-taken", NULL, "465 broken tls not-tls" },

  { "sign-in-refused", "pop-disabled",
    "995 sign-in refused -ERR [SYS/PERM] Your account is not enabled for POP access." },
  { "sign-in-refused", "too-many-attempts",
    "465 sign-in refused 454 4.7.0 Too many login attempts, please try again later." },
  { "sign-in-refused", "account-disabled",
    "465 sign-in refused 535 5.7.8 Account has been disabled. For more information, go "
    "to "
    "https://support.google.com/mail/?p=DisabledUser" },
  { "sign-in-refused", NULL, "465 sign-in refused 559 1.2.3 Colourless green ideas" },
  { "sign-in-refused", NULL, "465 sign-in missing" },
  { "sign-in-refused", NULL, "465 signed" },

  { "sign-in-refused-elsewhere", "app-password-required",
    "shape app-password; 993 sign-in refused NO [AUTHENTICATIONFAILED] Invalid "
    "credentials (Failure); 465 sign-in refused 534 5.7.9 Application-specific password "
    "required. https://support.google.com/mail/?p=InvalidSecondFactor" },
  { "sign-in-refused-elsewhere", NULL,
    "shape app-password; 993 sign-in refused NO [AUTHENTICATIONFAILED] Invalid "
    "credentials (Failure); 465 signed" },

  { "sign-in-withheld", "wrong-server",
    "993 sign-in missing; 993 detail " BARUA_DETAIL_WITHHELD },
  { "sign-in-withheld", NULL, "993 sign-in missing; 993 detail offered: nothing" },
  { "sign-in-withheld", NULL, "993 sign-in refused NO no" },

  { "sign-in-unsendable", "auth-missing",
    "shape empty; 993 sign-in missing; 993 detail empty, or control characters" },
  { "sign-in-unsendable", "bad-credentials",
    "shape other; 993 sign-in missing; 993 detail empty, or control characters" },
  { "sign-in-unsendable", NULL, "993 sign-in missing; 993 detail offered: nothing" },
  { "sign-in-unsendable", NULL,
    "993 sign-in missing; 993 detail " BARUA_DETAIL_WITHHELD },

  { "sign-in-tokens-only", "oauth-required",
    "shape other; 993 offers IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2; 993 sign-in missing" },
  { "sign-in-tokens-only", NULL,
    "shape token; 993 offers IMAP4rev1 AUTH=XOAUTH2; 993 sign-in missing" },
  { "sign-in-tokens-only", NULL,
    "shape other; 993 offers IMAP4rev1 LOGINDISABLED; 993 sign-in missing" },

  { "sign-in-not-offered", "auth-mechanism-mismatch",
    "shape token; 993 offers IMAP4rev1 AUTH=PLAIN; 993 sign-in missing; 993 detail "
    "offered: PLAIN" },
  { "sign-in-not-offered", NULL,
    "shape empty; 993 sign-in missing; 993 detail empty, or control characters" },
  { "sign-in-not-offered", NULL, "993 sign-in refused NO no" },
  { "sign-in-not-offered", NULL,
    "993 sign-in missing; 993 detail " BARUA_DETAIL_WITHHELD },

  { "name-no-address", "wrong-username", "465 rehearsal missing" },
  { "name-no-address", NULL, "465 rehearsal refused 550 no" },

  { "account-trouble", "keyring-locked", "trouble keyring-locked; all good" },
  { "account-trouble", NULL, "all good" },

  { "domain-slip", "wrong-username", "slip gmail.com; kept - mail.gmial.example" },
  { "domain-slip", "wrong-username", "slip googlemail.com; gone" },
  { "domain-slip", NULL, "slip gmail.com; all good" },
  { "domain-slip", NULL, "gone" },

  { "domain-without-mail", "wrong-username", "gone; all good" },
  { "domain-without-mail", "wrong-username", "kept-nowhere" },
  { "domain-without-mail", NULL, "gone; all signed" },
  { "domain-without-mail", NULL, "unasked; all unnamed no-answer" },
  { "domain-without-mail", NULL, "kept Fastmail in1.example" },

  { "mail-kept-elsewhere", "service-not-enabled", "kept Fastmail in1.example" },
  { "mail-kept-elsewhere", "service-not-enabled", "kept - in1.example" },
  { "mail-kept-elsewhere", NULL, "all good" },
  { "mail-kept-elsewhere", NULL, "kept - in1.example; all signed" },

  { "server-said", "daily-limit",
    "465 rehearsal refused 550 5.4.5 Daily user sending limit exceeded." },
  { "server-said", "too-many-connections",
    "993 greeting refused BYE [ALERT] Too many simultaneous connections. (Failure)" },
  { "server-said", NULL, "995 greeting closed +OK Gpop ready for requests from" },
  { "server-said", NULL, "465 rehearsal refused 559 1.2.3 Colourless green ideas" },
  { "server-said", NULL,
    "993 sign-in refused NO [ALERT] Too many simultaneous connections. (Failure)" },

  { "temporary-code", "temporary-failure", "587 greeting refused; 587 code 421" },
  { "temporary-code", "temporary-failure",
    "465 sign-in refused 459 1.2.3 Colourless green ideas" },
  { "temporary-code", NULL, "465 sign-in refused 559 1.2.3 Colourless green ideas" },
  { "temporary-code", NULL, "587 starttls refused; 587 code 454" },
  { "temporary-code", NULL, "587 capabilities refused; 587 code 421" },
  { "temporary-code", NULL,
    "465 sign-in refused 454 4.7.0 Too many login attempts, please try again later." },

  { "message-late", "unknown", "993 broken test-message timed-out; 993 looked-in INBOX" },
  { "message-late", NULL, "993 broken test-message timed-out" },

  { "greeted-goodbye", "temporary-failure",
    "993 greeting refused BYE colourless green ideas" },
  { "greeted-goodbye", NULL, "993 greeting misbehaved" },
  { "greeted-goodbye", NULL, "465 greeting refused 559 colourless green ideas" },

  { "greeting-refused", "wrong-server", "587 greeting refused; 587 code 554" },
  { "greeting-refused", NULL, "587 greeting refused; 587 code 421" },

  { "greeting-strange", "wrong-server", "993 greeting misbehaved 220 smtp.gmail.com" },
  { "greeting-strange", NULL, "993 capabilities misbehaved" },

  { "greeting-of-web-host", "wrong-server",
    "465 greeting ok 220-cp1.host.example ESMTP Exim 4.96 #2" },
  { "greeting-of-web-host", NULL,
    "465 greeting ok 220 cp1.host.example ESMTP Postfix (Debian/GNU)" },
  { "greeting-of-web-host", NULL, "465 greeting ok 220 smtp.gmail.com ESMTP Exim" },
  { "greeting-of-web-host", NULL,
    "465 greeting ok 220 cp1.host.example ESMTP Exim 4.96 #2; 465 signed" },

  { "ehlo-refused", "ehlo-rejected", "587 capabilities refused; 587 code 550" },
  { "ehlo-refused", "ehlo-rejected", "587 capabilities refused; 587 code 421" },
  { "ehlo-refused", NULL, "587 greeting refused; 587 code 421" },
  { "ehlo-refused", NULL, "993 capabilities refused BAD no" },

  { "answer-garbled", "syntax-error", "993 capabilities misbehaved" },
  { "answer-garbled", NULL, "587 capabilities misbehaved" },
  { "answer-garbled", NULL, "993 sign-in misbehaved" },
  { "answer-garbled", NULL, "993 greeting misbehaved" },

  { "answer-garbled-in-clear", "starttls-stripped",
    "587 capabilities misbehaved; 587 detail line too long" },
  { "answer-garbled-in-clear", NULL, "465 capabilities misbehaved" },
  { "answer-garbled-in-clear", NULL, "587 capabilities refused; 587 code 550" },
};

static const BaruaRule *
find_rule (const char *id)
{
  const BaruaRule *(*const areas[]) (gsize *) = {
    barua_rules_network,
    barua_rules_tls,
    barua_rules_sign_in,
    barua_rules_mail,
  };
  const BaruaRule *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      gsize n_rules = 0;
      const BaruaRule *rules = areas[i](&n_rules);

      for (gsize j = 0; j < n_rules; j++)
        if (strcmp (rules[j].id, id) == 0)
          {
            g_assert_null (found);
            found = &rules[j];
          }
    }
  return found;
}

static GPtrArray *
try_rule (const BaruaRule *rule, const TestCase *test_case)
{
  GPtrArray *findings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_finding_free);

  rule->matches (&test_case->facts, findings);
  return findings;
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      const BaruaRule *rule = find_rule (ROWS[i].rule);
      g_autoptr (TestCase) test_case = test_case_new (ROWS[i].script);
      g_autoptr (GPtrArray) findings = NULL;

      g_test_message ("%s: %s", ROWS[i].rule, ROWS[i].script);
      g_assert_nonnull (rule);
      findings = try_rule (rule, test_case);
      g_assert_cmpint (findings->len > 0, ==, ROWS[i].cause != NULL);
      for (guint j = 0; j < findings->len; j++)
        {
          const BaruaFinding *finding = g_ptr_array_index (findings, j);

          g_assert_cmpstr (finding->verdict->cause->id, ==, ROWS[i].cause);
          if (rule->cause != NULL)
            g_assert_cmpstr (finding->verdict->cause->id, ==, rule->cause);
        }
    }
}

static gboolean
has_row (const char *rule, gboolean near_miss)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (strcmp (ROWS[i].rule, rule) == 0 && (ROWS[i].cause == NULL) == near_miss)
      return TRUE;
  return FALSE;
}

static gboolean
names (const BaruaRule *rule, const char *id)
{
  return rule->hides != NULL && g_strv_contains (rule->hides, id);
}

/* Two that hide each other would leave nothing; one that hides itself neither. */
static void
check_hides (const BaruaRule *rule)
{
  for (guint i = 0; rule->hides != NULL && rule->hides[i] != NULL; i++)
    {
      const BaruaRule *hidden = find_rule (rule->hides[i]);

      g_test_message ("%s hides %s", rule->id, rule->hides[i]);
      g_assert_nonnull (hidden);
      g_assert_false (names (hidden, rule->id));
    }
}

static void
test_tables (void)
{
  const BaruaRule *(*const areas[]) (gsize *) = {
    barua_rules_network,
    barua_rules_tls,
    barua_rules_sign_in,
    barua_rules_mail,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      gsize n_rules = 0;
      const BaruaRule *rules = areas[i](&n_rules);

      for (gsize j = 0; j < n_rules; j++)
        {
          g_test_message ("rule %s", rules[j].id);
          g_assert_true (find_rule (rules[j].id) == &rules[j]);
          g_assert_true (rules[j].cause == NULL ||
                         barua_cause_find (rules[j].cause) != NULL);
          g_assert_true (has_row (rules[j].id, FALSE));
          g_assert_true (has_row (rules[j].id, TRUE));
          check_hides (&rules[j]);
        }
    }
}

/* No rule may hold where there is nothing to see, or all is well. */
static void
test_nothing_wrong (void)
{
  const char *const scripts[] = { "", "all good", "all rehearsed", "web open; all good" };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ROWS); j++)
      {
        g_autoptr (TestCase) test_case = test_case_new (scripts[i]);
        g_autoptr (GPtrArray) findings = try_rule (find_rule (ROWS[j].rule), test_case);

        g_test_message ("%s: %s", ROWS[j].rule, scripts[i]);
        g_assert_cmpuint (findings->len, ==, 0);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/rules/rows", test_rows);
  g_test_add_func ("/diagnose/rules/tables", test_tables);
  g_test_add_func ("/diagnose/rules/nothing-wrong", test_nothing_wrong);
  return g_test_run ();
}
