#include "config.h"

#include "diagnose/diagnose.h"
#include "support/evidence-builder.h"

#include <string.h>

#define GOOGLE_LEAF "imap.gmail.com|" TEST_GOOD_ISSUER "|"
#define NOT_SECOND                                                                       \
  "534 5.7.9 Application-specific password required. ?p=InvalidSecondFactor"
#define NO_POP "-ERR [SYS/PERM] Your account is not enabled for POP access."
#define BAD_SMTP "535 5.7.8 Username and Password not accepted. ?p=BadCredentials"
#define BAD_IMAP "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"

/* @service is "-" where the cause is not one service's; @rows has one cause for each of
 * the services, in the order of the provider table; "+" after one that is usable. */
static const struct
{
  const char *description;
  const char *script;
  const char *cause;
  const char *severity;
  const char *service;
  const char *rows;
  const char *warnings;
} ROWS[] = {
  { "all is well", "all good", "ok", "ok", "-", "ok+ ok+ ok+ ok+", "" },
  { "signed in and rehearsed", "465,587 rehearsed; rest signed", "ok", "ok", "-",
    "ok+ ok+ ok+ ok+", "" },
  { "nothing was asked", "", "ok", "ok", "-", "", "" },

  { "loopback only", "web unknown; route none; all unnamed no-answer", "no-network",
    "error", "-", "no-network no-network no-network no-network", "" },
  { "loopback only, names from a file, and time cut",
    "web unknown; route none; 465,587 unreached no-route; rest unreached timed-out; 993 "
    "cut-short",
    "no-network", "error", "-", "no-network no-network no-network no-network", "" },
  { "no route, nobody looked around", "all unreached no-route", "no-network", "error",
    "-", "no-network no-network no-network no-network", "" },
  { "no network, one service asked", "web unknown; route none; 993 unnamed no-answer",
    "no-network", "error", "-", "no-network", "" },

  { "portal that drops mail", "web portal hotel.example; all unreached timed-out",
    "captive-portal", "error", "-",
    "captive-portal captive-portal captive-portal captive-portal", "" },
  { "portal that answers with its own certificate",
    "web portal; 465,993 distrusted hotel.example|CN=hotel.example|un; rest unreached "
    "refused",
    "captive-portal", "error", "-",
    "captive-portal captive-portal captive-portal captive-portal", "" },
  { "portal that knows no names", "web portal; all unnamed not-found", "captive-portal",
    "error", "-", "captive-portal captive-portal captive-portal captive-portal", "" },
  { "portal's web server at the mail ports",
    "web portal; 587 greeting misbehaved; rest broken tls not-tls; 465 detail HTTP/1.1",
    "captive-portal", "error", "-",
    "captive-portal captive-portal captive-portal captive-portal", "" },
  { "a page in place of the web, but mail works", "web portal; all good", "ok", "ok", "-",
    "ok+ ok+ ok+ ok+", "" },

  { "no name server answers", "web unknown; all unnamed no-answer", "dns-failure",
    "error", "-", "dns-failure dns-failure dns-failure dns-failure", "" },
  { "Google's names are denied", "web open; all unnamed not-found", "dns-failure",
    "error", "-", "dns-failure dns-failure dns-failure dns-failure", "" },
  { "one name is denied", "web open; 993 unnamed not-found; rest good", "dns-failure",
    "error", "imap", "ok+ ok+ dns-failure ok+", "" },
  { "a filter's address",
    "web open; 995 tried 0.0.0.0 refused 1; 995 unreached refused; rest good",
    "dns-failure", "error", "pop", "ok+ ok+ ok+ dns-failure", "" },

  { "IPv6 is dropped", "all tried 2a00::1 timed-out 1500; all good", "ok", "ok", "-",
    "ok+ ok+ ok+ ok+", "ipv6-broken" },
  { "IPv6 is refused, and IMAP too",
    "all tried 2a00::1 refused 1; 993 broken tls eof; rest good", "connection-closed",
    "error", "imap", "ok+ ok+ connection-closed ok+", "ipv6-broken" },
  { "there is no IPv6", "all tried 2a00::1 no-route 0; all good", "ok", "ok", "-",
    "ok+ ok+ ok+ ok+", "" },
  { "there is no IPv6, and the web was looked at",
    "web open; route ipv4; all tried 2a00::1 no-route 0; all good", "ok", "ok", "-",
    "ok+ ok+ ok+ ok+", "" },
  { "IPv4 is dead", "all tried 142.250.1.1 timed-out 1500; all over 2a00::1; all good",
    "ok", "ok", "-", "ok+ ok+ ok+ ok+", "" },
  { "IPv6 opens and stalls",
    "993 tried 142.250.1.1 ok 9; 993 over 2a00::1; 993 broken tls timed-out; rest good",
    "ipv6-broken", "error", "-", "ok+ ok+ ipv6-broken ok+", "" },

  { "IPv6 opens and stalls at every port",
    "web open; all tried 142.250.1.1 ok 9; all over 2a00::1; 587 starttls ok; all broken "
    "tls timed-out",
    "ipv6-broken", "error", "-", "ipv6-broken ipv6-broken ipv6-broken ipv6-broken", "" },

  { "all mail ports are dropped", "web open; all unreached timed-out", "port-blocked",
    "error", "-", "port-blocked port-blocked port-blocked port-blocked", "" },
  { "all mail ports are dropped for both families",
    "web open; all tried 2a00::1 timed-out 9000; all tried 142.250.1.1 timed-out 9000; "
    "all unreached timed-out",
    "port-blocked", "error", "-", "port-blocked port-blocked port-blocked port-blocked",
    "" },
  { "all mail ports are reset",
    "web open; 587 broken capabilities reset; rest broken tls reset", "port-blocked",
    "error", "-", "port-blocked port-blocked port-blocked port-blocked", "" },
  { "all mail ports open and stay silent",
    "web open; 587 broken greeting timed-out; rest broken tls timed-out", "port-blocked",
    "error", "-", "port-blocked port-blocked port-blocked port-blocked", "" },
  { "465 is dropped, and the clock wrong",
    "web open; clock 864000; 465 unreached timed-out; rest distrusted " GOOGLE_LEAF "e",
    "clock-wrong", "error", "-", "port-blocked clock-wrong clock-wrong clock-wrong",
    "port-blocked" },
  { "587 is dropped, and a virus scanner reads along at the others",
    "web open; 587 unreached timed-out; rest distrusted "
    "imap.gmail.com|CN=Avast Web/Mail Shield Root,O=Avast Web/Mail Shield|u",
    "tls-intercepted", "error", "-",
    "tls-intercepted port-blocked tls-intercepted tls-intercepted", "port-blocked" },
  { "465 is dropped, and STARTTLS taken away",
    "web open; 465 unreached timed-out; 587 starttls missing; rest good",
    "starttls-stripped", "error", "smtp", "port-blocked starttls-stripped ok+ ok+",
    "port-blocked" },
  { "465 is dropped, and 587 open but mute",
    "web open; 465 unreached timed-out; 587 broken greeting timed-out; rest good",
    "port-blocked", "error", "smtp", "port-blocked connection-timeout ok+ ok+", "" },
  { "587 is dropped", "web open; 587 unreached timed-out; rest good", "port-blocked",
    "warning", "smtp", "ok+ port-blocked ok+ ok+", "" },
  { "465 is refused, and IPv6 dead",
    "web open; all tried 2a00::1 timed-out 1500; 465 unreached refused; rest good",
    "port-blocked", "warning", "smtp", "port-blocked ok+ ok+ ok+", "ipv6-broken" },
  { "465 is blocked, and 587 refuses the password",
    "465 unreached timed-out; 587 sign-in refused " BAD_SMTP "; rest sign-in refused "
    "" BAD_IMAP,
    "bad-credentials", "error", "-",
    "port-blocked bad-credentials bad-credentials bad-credentials", "port-blocked" },
  { "both ports for sending are blocked", "465,587 unreached timed-out; rest good",
    "port-blocked", "error", "smtp", "port-blocked port-blocked ok+ ok+", "" },
  { "IMAP is refused", "993 unreached refused; rest good", "port-blocked", "error",
    "imap", "ok+ ok+ port-blocked ok+", "" },
  { "587 and IMAP are blocked", "587,993 unreached timed-out; rest good", "port-blocked",
    "error", "-", "ok+ port-blocked port-blocked ok+", "" },

  { "one service asked, refused", "993 unreached refused", "connection-refused", "error",
    "imap", "connection-refused", "" },
  { "one service asked, refused, and the web is there", "web open; 993 unreached refused",
    "port-blocked", "error", "imap", "port-blocked", "" },
  { "one service asked, silent", "993 unreached timed-out", "connection-timeout", "error",
    "imap", "connection-timeout", "" },
  { "a server that takes the connection and says nothing",
    "web open; 993 broken tls timed-out; rest good", "connection-timeout", "error",
    "imap", "ok+ ok+ connection-timeout ok+", "" },
  { "closed before the greeting", "web open; 995 broken greeting eof; rest good",
    "connection-closed", "error", "pop", "ok+ ok+ ok+ connection-closed", "" },
  { "closed while signing in is no wrong password", "993 broken sign-in eof; rest signed",
    "connection-closed", "error", "imap", "ok+ ok+ connection-closed ok+", "" },
  { "nothing came of one for want of time", "all cut-short; 465,587 broken tls timed-out",
    "connection-timeout", "error", "-",
    "connection-timeout connection-timeout connection-timeout connection-timeout", "" },
  { "there was hardly any time", "all unreached timed-out; all cut-short",
    "connection-timeout", "error", "-",
    "connection-timeout connection-timeout connection-timeout connection-timeout", "" },
  { "nothing came of any for want of time", "all cut-short", "connection-timeout",
    "error", "-",
    "connection-timeout connection-timeout connection-timeout connection-timeout", "" },

  { "a virus scanner's certificate",
    "all distrusted imap.gmail.com|CN=Avast Web/Mail Shield Root,O=Avast Web/Mail "
    "Shield|u",
    "tls-intercepted", "error", "-",
    "tls-intercepted tls-intercepted tls-intercepted tls-intercepted", "" },
  { "a firm's certificate, on IMAP alone",
    "993 distrusted imap.gmail.com|CN=Root,O=Contoso Ltd|u; rest good", "tls-intercepted",
    "error", "imap", "ok+ ok+ tls-intercepted ok+", "" },
  { "a virus scanner that this machine trusts",
    "all trusted imap.gmail.com|O=Kaspersky Lab; all good", "ok", "ok", "-",
    "ok+ ok+ ok+ ok+", "tls-intercepted" },
  { "no authorities on this machine", "all distrusted " GOOGLE_LEAF "u", "tls-untrusted",
    "error", "-", "tls-untrusted tls-untrusted tls-untrusted tls-untrusted", "" },
  { "self-signed and out of date",
    "993 distrusted imap.gmail.com|CN=imap.gmail.com|ue; rest good", "tls-untrusted",
    "error", "imap", "ok+ ok+ tls-untrusted ok+", "" },
  { "another name", "995 distrusted *.host.example|" TEST_GOOD_ISSUER "|n; rest good",
    "tls-hostname", "error", "pop", "ok+ ok+ ok+ tls-hostname", "" },
  { "the router's own page", "all distrusted router.lan|CN=router.lan|un", "wrong-server",
    "error", "-", "wrong-server wrong-server wrong-server wrong-server", "" },
  { "a web host's redirect says the same at both ports",
    "587 greeting ok; 587 detail " BARUA_DETAIL_STRANGE_GREETING
    "; 465,587 distrusted *.host.example|O=Sectigo Limited|n; rest good",
    "wrong-server", "error", "smtp", "wrong-server wrong-server ok+ ok+", "" },
  { "a strange greeting, but Google's certificate",
    "587 greeting ok; 587 detail " BARUA_DETAIL_STRANGE_GREETING "; all good", "ok", "ok",
    "-", "ok+ ok+ ok+ ok+", "" },
  { "a web host's server that was trusted all the same",
    "465 greeting ok 220-cp1.host.example ESMTP Exim 4.96 #2; 465 capabilities ok; 993 "
    "greeting ok OK cp1.host.example ready.; 993 sign-in refused NO no; rest good",
    "wrong-server", "error", "-", "wrong-server ok+ wrong-server ok+", "" },
  { "out of date", "993 distrusted " GOOGLE_LEAF "e; rest good", "tls-expired", "error",
    "imap", "ok+ ok+ tls-expired ok+", "" },
  { "this machine's clock is ahead",
    "web open; clock 864000; all distrusted " GOOGLE_LEAF "e", "clock-wrong", "error",
    "-", "clock-wrong clock-wrong clock-wrong clock-wrong", "" },
  { "this machine's clock is behind, as far as can be told",
    "all distrusted " GOOGLE_LEAF "f", "clock-wrong", "error", "-",
    "clock-wrong clock-wrong clock-wrong clock-wrong", "" },
  { "the server's certificate is ahead of the right time",
    "web open; clock 0; all distrusted " GOOGLE_LEAF "f", "tls-expired", "error", "-",
    "tls-expired tls-expired tls-expired tls-expired", "" },
  { "no server name was sent",
    "993 distrusted invalid2.invalid|CN=invalid2.invalid|un; rest good", "tls-no-sni",
    "error", "imap", "ok+ ok+ tls-no-sni ok+", "" },
  { "an old version of TLS",
    "993 trusted " GOOGLE_LEAF
    "; 993 broken tls handshake; 993 detail TLS 1.0; rest good",
    "tls-handshake", "error", "imap", "ok+ ok+ tls-handshake ok+", "" },
  { "a plain server at a port for TLS",
    "465 broken tls not-tls; 465 detail 220 smtp.gmail.com; rest good", "tls-wrong-mode",
    "error", "smtp", "tls-wrong-mode ok+ ok+ ok+", "" },
  { "a web server at a mail port",
    "web open; 993 broken tls not-tls; 993 detail HTTP/1.1 400 Bad Request; rest good",
    "wrong-server", "error", "imap", "ok+ ok+ wrong-server ok+", "" },
  { "STARTTLS is not offered", "web open; 587 starttls missing; rest good",
    "starttls-stripped", "error", "smtp", "ok+ starttls-stripped ok+ ok+", "" },
  { "another protocol's greeting",
    "993 greeting misbehaved 220 smtp.gmail.com ESMTP; rest good", "wrong-server",
    "error", "imap", "ok+ ok+ wrong-server ok+", "" },

  { "a wrong password everywhere",
    "465,587 sign-in refused " BAD_SMTP "; rest sign-in refused " BAD_IMAP,
    "bad-credentials", "error", "-",
    "bad-credentials bad-credentials bad-credentials bad-credentials", "" },
  { "one says plainly what the others only hint at",
    "465,587 sign-in refused " NOT_SECOND "; rest sign-in refused " BAD_IMAP,
    "app-password-required", "error", "-",
    "app-password-required app-password-required app-password-required "
    "app-password-required",
    "" },
  { "POP is switched off",
    "995 sign-in refused " NO_POP "; 465,587 rehearsed; rest signed", "pop-disabled",
    "warning", "pop", "ok+ ok+ ok+ pop-disabled", "" },
  { "POP is switched off, and only POP was asked", "995 sign-in refused " NO_POP,
    "pop-disabled", "error", "pop", "pop-disabled", "" },
  { "POP that is off beside IMAP does not hide what keeps mail from going",
    "465,587 rehearsal refused 550 5.4.5 Daily user sending limit exceeded; "
    "993 signed; 995 sign-in refused " NO_POP,
    "daily-limit", "error", "smtp", "daily-limit daily-limit ok+ pop-disabled",
    "pop-disabled" },
  { "POP that is off beside IMAP that is over its limit",
    "993 sign-in refused NO [ALERT] Too many simultaneous connections. (Failure); 995 "
    "sign-in refused " NO_POP "; rest rehearsed",
    "too-many-connections", "error", "imap", "ok+ ok+ too-many-connections pop-disabled",
    "pop-disabled" },
  { "too many connections",
    "993 greeting refused BYE Too many simultaneous connections. (Failure); rest signed",
    "too-many-connections", "error", "imap", "ok+ ok+ too-many-connections ok+", "" },
  { "the day's limit",
    "465,587 rehearsal refused 550 5.4.5 Daily user sending limit exceeded; rest signed",
    "daily-limit", "error", "smtp", "daily-limit daily-limit ok+ ok+", "" },
  { "what nobody knows is said to be unknown",
    "993 sign-in refused NO Colourless green ideas sleep furiously; rest signed",
    "unknown", "error", "imap", "ok+ ok+ unknown ok+", "" },
  { "what nobody knows, but for now only",
    "465,587 sign-in refused 451 4.9.9 Colourless green ideas; rest signed",
    "temporary-failure", "error", "smtp", "temporary-failure temporary-failure ok+ ok+",
    "" },

  { "the test message does not come",
    "993 broken test-message timed-out; 993 looked-in INBOX; rest signed", "unknown",
    "warning", "imap", "ok+ ok+ unknown+ ok+", "" },

  { "the keyring is locked", "trouble keyring-locked; all good", "keyring-locked",
    "error", "-", "ok+ ok+ ok+ ok+", "" },
  { "the keyring is locked and there is no network",
    "trouble keyring-locked; web unknown; route none; all unnamed no-answer",
    "no-network", "error", "-", "no-network no-network no-network no-network", "" },
  { "somebody else keeps the mail", "kept Fastmail in1.example", "service-not-enabled",
    "error", "-", "", "" },
  { "a slip of the fingers", "slip gmail.com; kept - mx.example", "wrong-username",
    "error", "-", "", "" },
  { "the domain is not there", "gone; all good", "wrong-username", "error", "-",
    "ok+ ok+ ok+ ok+", "" },
};

static char *
dup_rows (const BaruaDiagnosis *diagnosis)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint i = 0; i < diagnosis->services->len; i++)
    {
      const BaruaServiceDiagnosis *service = g_ptr_array_index (diagnosis->services, i);

      g_string_append_printf (rows, "%s%s%s", i > 0 ? " " : "",
                              service->verdict->cause->id, service->usable ? "+" : "");
    }
  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static char *
dup_warnings (const BaruaDiagnosis *diagnosis)
{
  g_autoptr (GString) warnings = g_string_new (NULL);

  for (guint i = 0; i < diagnosis->warnings->len; i++)
    {
      const BaruaVerdict *verdict = g_ptr_array_index (diagnosis->warnings, i);

      g_assert_cmpint (verdict->severity, ==, BARUA_SEVERITY_WARNING);
      g_string_append_printf (warnings, "%s%s", i > 0 ? " " : "", verdict->cause->id);
    }
  return g_string_free (g_steal_pointer (&warnings), FALSE);
}

/* The provider table's order is kept, whatever order a script has. */
static int
compare_ports (gconstpointer a, gconstpointer b)
{
  const BaruaEvidence *one = *(const BaruaEvidence *const *) a;
  const BaruaEvidence *other = *(const BaruaEvidence *const *) b;

  return (int) one->service.port - (int) other->service.port;
}

static BaruaDiagnosis *
diagnose (TestCase *test_case)
{
  g_ptr_array_sort (test_case->facts.evidence, compare_ports);
  return barua_diagnose (&test_case->facts);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (TestCase) test_case = test_case_new (ROWS[i].script);
      g_autoptr (BaruaDiagnosis) diagnosis = diagnose (test_case);
      const BaruaVerdict *verdict = diagnosis->verdict;
      g_autofree char *rows = dup_rows (diagnosis);
      g_autofree char *warnings = dup_warnings (diagnosis);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpstr (verdict->cause->id, ==, ROWS[i].cause);
      g_assert_cmpstr (barua_severity_get_id (verdict->severity), ==, ROWS[i].severity);
      g_assert_cmpstr (verdict->has_service ? barua_protocol_get_id (verdict->service)
                                            : "-",
                       ==, ROWS[i].service);
      g_assert_cmpstr (rows, ==, ROWS[i].rows);
      g_assert_cmpstr (warnings, ==, ROWS[i].warnings);
    }
}

static void
test_same_answer_in_any_order (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (TestCase) test_case = test_case_new (ROWS[i].script);
      g_autoptr (BaruaDiagnosis) diagnosis = diagnose (test_case);
      GPtrArray *evidence = test_case->facts.evidence;
      g_autoptr (GPtrArray) turned = g_ptr_array_new ();
      g_autoptr (BaruaDiagnosis) other = NULL;

      for (guint j = evidence->len; j > 0; j--)
        g_ptr_array_add (turned, g_ptr_array_index (evidence, j - 1));
      test_case->facts.evidence = turned;
      other = barua_diagnose (&test_case->facts);
      test_case->facts.evidence = evidence;
      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpstr (other->verdict->cause->id, ==, diagnosis->verdict->cause->id);
      g_assert_cmpint (other->verdict->severity, ==, diagnosis->verdict->severity);
      g_assert_cmpuint (other->findings->len, ==, diagnosis->findings->len);
    }
}

static void
test_every_finding_has_a_rule (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (TestCase) test_case = test_case_new (ROWS[i].script);
      g_autoptr (BaruaDiagnosis) diagnosis = diagnose (test_case);

      for (guint j = 0; j < diagnosis->findings->len; j++)
        {
          const BaruaFinding *finding = g_ptr_array_index (diagnosis->findings, j);

          g_assert_nonnull (finding->rule);
          g_assert_cmpfloat (finding->verdict->sure, >=, 0.0);
          g_assert_cmpfloat (finding->verdict->sure, <=, 1.0);
        }
    }
}

static gboolean
has_evidence (const BaruaVerdict *verdict, const char *part)
{
  for (guint i = 0; i < verdict->evidence->len; i++)
    if (strstr (g_ptr_array_index (verdict->evidence, i), part) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_advises_the_open_port (void)
{
  const struct
  {
    const char *script;
    const char *advice;
  } rows[] = {
    { "587 unreached timed-out; rest good", "465" },
    { "465 unreached refused; rest good", "587" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestCase) test_case = test_case_new (rows[i].script);
      g_autoptr (BaruaDiagnosis) diagnosis = diagnose (test_case);
      const char *step = barua_verdict_get_step (diagnosis->verdict, 0, NULL);

      g_assert_nonnull (diagnosis->verdict->advice);
      g_assert_nonnull (strstr (step, rows[i].advice));
      g_assert_nonnull (strstr (diagnosis->verdict->name, "smtp.gmail.com:"));
    }
}

static void
test_no_advice_where_both_are_blocked (void)
{
  g_autoptr (TestCase) test_case =
    test_case_new ("465,587 unreached timed-out; rest good");
  g_autoptr (BaruaDiagnosis) diagnosis = diagnose (test_case);

  g_assert_null (diagnosis->verdict->advice);
  g_assert_null (diagnosis->verdict->name);
  g_assert_true (has_evidence (diagnosis->verdict, "port 465"));
  g_assert_true (has_evidence (diagnosis->verdict, "port 587"));
}

/* What a check has seen already is not asked for again, nor is a way praised that does
 * not lead anywhere here. */
static void
test_steps_fit_the_evidence (void)
{
  const struct
  {
    const char *script;
    const char *first;
    const char *never;
  } rows[] = {
    { "465 unreached refused; rest good", "port 587", "never port 25" },
    { "587 unreached refused; rest good", "port 465", "never port 25" },
    { "465,587 unreached refused; rest good", "another network", "never port 25" },
    { "web open; all unreached refused", "another network", "never port 25" },
    { "993 unreached refused; rest good", "another network", "never port 25" },
    { "465,993 unreached refused; rest good", "port 587", "never port 25" },
    { "587 starttls missing; rest good", "port 465", "also called SSL" },
    { "465 unreached refused; 587 starttls missing; rest good", "virus scanner",
      "use port 465" },
    { "993 broken tls timed-out; rest good", "web page", "Barua’s check" },
    { "993 distrusted *.host.example|" TEST_GOOD_ISSUER "|n; rest good",
      "names are right", "Set the server names" },
    { "993 broken tls handshake; rest good", "Update", "Barua’s check" },
    { "993 tls ok; 993 capabilities misbehaved; rest good", "no sense", "letters" },
    { "993 broken test-message timed-out; 993 looked-in INBOX; rest signed",
      "test message", "Check the connection" },
    { "kept Fastmail in1.example", "Barua sets up Gmail only", "in the browser" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestCase) test_case = test_case_new (rows[i].script);
      g_autoptr (BaruaDiagnosis) diagnosis = diagnose (test_case);
      const BaruaVerdict *verdict = diagnosis->verdict;

      g_test_message ("%s: %s", rows[i].script, verdict->cause->id);
      g_assert_cmpuint (barua_verdict_get_n_steps (verdict), >=, 1);
      g_assert_nonnull (
        strstr (barua_verdict_get_step (verdict, 0, NULL), rows[i].first));
      for (guint j = 0; j < barua_verdict_get_n_steps (verdict); j++)
        g_assert_null (strstr (barua_verdict_get_step (verdict, j, NULL), rows[i].never));
    }
}

static void
test_names_the_culprit (void)
{
  const struct
  {
    const char *script;
    const char *name;
  } rows[] = {
    { "web portal hotel.example; all unreached timed-out", "hotel.example" },
    { "all distrusted imap.gmail.com|CN=Root,O=Contoso Ltd|u", "Contoso Ltd" },
    { "993 distrusted *.host.example|O=Sectigo Limited|n; rest good", "*.host.example" },
    { "993 distrusted router.lan|CN=router.lan|un; rest good", "router.lan" },
    { "993 unnamed not-found; rest good", "imap.gmail.com" },
    { "kept Fastmail in1.example", "Fastmail" },
    { "kept - in1.example", "in1.example" },
    { "all distrusted a.example|CN=b\x1b[31m"
      "c\xff,O=D|n",
      "a.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestCase) test_case = test_case_new (rows[i].script);
      g_autoptr (BaruaDiagnosis) diagnosis = diagnose (test_case);

      g_assert_cmpstr (diagnosis->verdict->name, ==, rows[i].name);
      for (guint j = 0; j < diagnosis->verdict->evidence->len; j++)
        {
          const char *line = g_ptr_array_index (diagnosis->verdict->evidence, j);

          g_assert_true (g_utf8_validate (line, -1, NULL));
          g_assert_null (strchr (line, '\x1b'));
        }
    }
}

static void
test_shows_the_words (void)
{
  g_autoptr (TestCase) test_case =
    test_case_new ("993 sign-in refused NO Colourless green ideas; rest signed");
  g_autoptr (BaruaDiagnosis) diagnosis = diagnose (test_case);

  g_assert_true (barua_verdict_is (diagnosis->verdict, "unknown"));
  g_assert_true (has_evidence (diagnosis->verdict, "NO Colourless green ideas"));
}

/* The same secret was taken by another service: it cannot be simply wrong. */
static void
test_doubts_what_contradicts (void)
{
  g_autoptr (TestCase) everywhere = test_case_new ("all sign-in refused " BAD_IMAP);
  g_autoptr (TestCase) alone =
    test_case_new ("993 sign-in refused " BAD_IMAP "; rest signed");
  g_autoptr (BaruaDiagnosis) sure = diagnose (everywhere);
  g_autoptr (BaruaDiagnosis) unsure = diagnose (alone);

  g_assert_cmpfloat (unsure->verdict->sure, <, sure->verdict->sure);
}

/* What stalls over IPv6 might stall over IPv4 as well, unless that was seen at work. */
static void
test_doubts_what_is_not_compared (void)
{
  g_autoptr (TestCase) compared =
    test_case_new ("993 tried 142.250.1.1 ok 9; 993 over 2a00::1; 993 broken tls "
                   "timed-out; rest good");
  g_autoptr (TestCase) alone =
    test_case_new ("web open; all tried 142.250.1.1 ok 9; all over 2a00::1; 587 starttls "
                   "ok; all broken tls timed-out");
  g_autoptr (BaruaDiagnosis) sure = diagnose (compared);
  g_autoptr (BaruaDiagnosis) unsure = diagnose (alone);

  g_assert_true (barua_verdict_is (sure->verdict, "ipv6-broken"));
  g_assert_true (barua_verdict_is (unsure->verdict, "ipv6-broken"));
  g_assert_cmpfloat (unsure->verdict->sure, <, sure->verdict->sure);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/rows", test_rows);
  g_test_add_func ("/diagnose/any-order", test_same_answer_in_any_order);
  g_test_add_func ("/diagnose/rules", test_every_finding_has_a_rule);
  g_test_add_func ("/diagnose/open-port", test_advises_the_open_port);
  g_test_add_func ("/diagnose/both-ports", test_no_advice_where_both_are_blocked);
  g_test_add_func ("/diagnose/steps", test_steps_fit_the_evidence);
  g_test_add_func ("/diagnose/culprit", test_names_the_culprit);
  g_test_add_func ("/diagnose/words", test_shows_the_words);
  g_test_add_func ("/diagnose/doubt", test_doubts_what_contradicts);
  g_test_add_func ("/diagnose/compared", test_doubts_what_is_not_compared);
  return g_test_run ();
}
