#include "config.h"

#include "support/evidence-builder.h"

#include <string.h>

#define GOOD_ADDRESS "142.250.27.109"

static const BaruaService ENDPOINTS[] = {
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587, BARUA_SECURITY_STARTTLS },
  { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_POP, "pop.gmail.com", 995, BARUA_SECURITY_TLS },
};

static const BaruaStage TLS_STAGES[] = {
  BARUA_STAGE_RESOLVE,   BARUA_STAGE_CONNECT,      BARUA_STAGE_TLS,
  BARUA_STAGE_GREETING,  BARUA_STAGE_CAPABILITIES, BARUA_STAGE_SIGN_IN,
  BARUA_STAGE_REHEARSAL,
};

static const BaruaStage STARTTLS_STAGES[] = {
  BARUA_STAGE_RESOLVE,      BARUA_STAGE_CONNECT,   BARUA_STAGE_GREETING,
  BARUA_STAGE_CAPABILITIES, BARUA_STAGE_STARTTLS,  BARUA_STAGE_TLS,
  BARUA_STAGE_SIGN_IN,      BARUA_STAGE_REHEARSAL,
};

static const char *const OUTCOMES[] = {
  [BARUA_OUTCOME_OK] = "ok",           [BARUA_OUTCOME_REFUSED] = "refused",
  [BARUA_OUTCOME_FAILED] = "failed",   [BARUA_OUTCOME_TIMED_OUT] = "timed-out",
  [BARUA_OUTCOME_CLOSED] = "closed",   [BARUA_OUTCOME_MISBEHAVED] = "misbehaved",
  [BARUA_OUTCOME_MISSING] = "missing",
};

static const char *const SHAPES[] = {
  [BARUA_SECRET_SHAPE_UNKNOWN] = "unknown",
  [BARUA_SECRET_SHAPE_APP_PASSWORD] = "app-password",
  [BARUA_SECRET_SHAPE_OTHER] = "other",
  [BARUA_SECRET_SHAPE_PHONE_CODE] = "phone-code",
  [BARUA_SECRET_SHAPE_TOKEN] = "token",
  [BARUA_SECRET_SHAPE_EMPTY] = "empty",
};

static const char *const WEBS[] = {
  [BARUA_WEB_UNKNOWN] = "unknown",
  [BARUA_WEB_OPEN] = "open",
  [BARUA_WEB_PORTAL] = "portal",
  [BARUA_WEB_CLOSED] = "closed",
};

typedef enum
{
  OF_IO,
  OF_RESOLVER,
  OF_TLS,
} ErrorOf;

static const struct
{
  const char *word;
  ErrorOf of;
  int code;
} TEST_ERRORS[] = {
  { "refused", OF_IO, G_IO_ERROR_CONNECTION_REFUSED },
  { "unreachable", OF_IO, G_IO_ERROR_HOST_UNREACHABLE },
  { "no-route", OF_IO, G_IO_ERROR_NETWORK_UNREACHABLE },
  { "denied", OF_IO, G_IO_ERROR_PERMISSION_DENIED },
  { "reset", OF_IO, G_IO_ERROR_CONNECTION_CLOSED },
  { "odd", OF_IO, G_IO_ERROR_FAILED },
  { "not-found", OF_RESOLVER, G_RESOLVER_ERROR_NOT_FOUND },
  { "no-answer", OF_RESOLVER, G_RESOLVER_ERROR_TEMPORARY_FAILURE },
  { "not-tls", OF_TLS, G_TLS_ERROR_NOT_TLS },
  { "eof", OF_TLS, G_TLS_ERROR_EOF },
  { "handshake", OF_TLS, G_TLS_ERROR_HANDSHAKE },
  { "bad-certificate", OF_TLS, G_TLS_ERROR_BAD_CERTIFICATE },
};

static gboolean
take_word (const char **rest, const char *word)
{
  const gsize length = strlen (word);

  if (strncmp (*rest, word, length) != 0 ||
      ((*rest)[length] != '\0' && (*rest)[length] != ' '))
    return FALSE;
  *rest += length;
  *rest += strspn (*rest, " ");
  return TRUE;
}

static char *
take_any (const char **rest)
{
  char *word = g_strndup (*rest, strcspn (*rest, " "));

  *rest += strlen (word);
  *rest += strspn (*rest, " ");
  return word;
}

static gsize
find_word (const char *word, const char *const *words, gsize n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  g_error ("no word of test scripts: “%s”", word);
}

static GError *
make_error (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TEST_ERRORS); i++)
    if (strcmp (TEST_ERRORS[i].word, word) == 0)
      {
        const GQuark quarks[] = { G_IO_ERROR, G_RESOLVER_ERROR, G_TLS_ERROR };

        return g_error_new_literal (quarks[TEST_ERRORS[i].of], TEST_ERRORS[i].code,
                                    "what the system says");
      }
  g_error ("no error of test scripts: “%s”", word);
}

static char *
dup_part (const char *name, const char *type)
{
  const char *at = strstr (name, type);

  if (at == NULL)
    return NULL;
  at += strlen (type);
  return g_strndup (at, strcspn (at, ","));
}

static GTlsCertificateFlags
read_flaws (const char *letters)
{
  GTlsCertificateFlags flaws = 0;

  for (const char *p = letters; p != NULL && *p != '\0'; p++)
    flaws |= *p == 'u'   ? G_TLS_CERTIFICATE_UNKNOWN_CA
             : *p == 'n' ? G_TLS_CERTIFICATE_BAD_IDENTITY
             : *p == 'e' ? G_TLS_CERTIFICATE_EXPIRED
             : *p == 'f' ? G_TLS_CERTIFICATE_NOT_ACTIVATED
             : *p == 'r' ? G_TLS_CERTIFICATE_REVOKED
                         : G_TLS_CERTIFICATE_INSECURE;
  return flaws;
}

static void
show_certificate (BaruaEvidence *evidence,
                  const char *name,
                  const char *issuer,
                  GTlsCertificateFlags flaws)
{
  BaruaCertificate *certificate = g_new0 (BaruaCertificate, 1);
  const char *from = (flaws & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0 ? "2027" : "2026";
  const char *until = (flaws & G_TLS_CERTIFICATE_EXPIRED) != 0 ? "2026" : "2028";
  g_autofree char *not_before = g_strdup_printf ("%s-09-01T00:00:00Z", from);
  g_autofree char *not_after = g_strdup_printf ("%s-09-30T00:00:00Z", until);

  g_clear_pointer (&evidence->tls, barua_tls_facts_free);
  evidence->tls = barua_tls_facts_new ();
  evidence->tls->errors = flaws;
  g_ptr_array_add (evidence->tls->chain, certificate);
  certificate->subject = g_strdup_printf ("CN=%s", name);
  certificate->subject_name = g_strdup (name);
  certificate->issuer = g_strdup (issuer);
  certificate->issuer_name = dup_part (issuer, "O=");
  if (certificate->issuer_name == NULL)
    certificate->issuer_name = dup_part (issuer, "CN=");
  certificate->names = g_new0 (char *, 2);
  certificate->names[0] = g_strdup (name);
  certificate->not_before = g_date_time_new_from_iso8601 (not_before, NULL);
  certificate->not_after = g_date_time_new_from_iso8601 (not_after, NULL);
  certificate->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, issuer, -1);
  certificate->self_issued = strcmp (certificate->subject, issuer) == 0;
}

static void
try_address (BaruaEvidence *evidence, const char *text, const char *how, gint64 ms)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  g_assert_nonnull (address);
  if (strcmp (how, "ok") == 0)
    barua_evidence_add_attempt (evidence, address, BARUA_OUTCOME_OK, ms, NULL);
  else if (strcmp (how, "timed-out") == 0)
    barua_evidence_add_attempt (evidence, address, BARUA_OUTCOME_TIMED_OUT, ms, NULL);
  else
    barua_evidence_add_attempt (evidence, address, BARUA_OUTCOME_FAILED, ms,
                                make_error (how));
}

static gboolean
has_answer (const BaruaEvidence *evidence)
{
  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      const BaruaAttempt *attempt = g_ptr_array_index (evidence->attempts, i);

      if (attempt->outcome == BARUA_OUTCOME_OK)
        return TRUE;
    }
  return FALSE;
}

static void
pass_stage (BaruaEvidence *evidence, BaruaStage stage)
{
  BaruaStep *step = barua_evidence_add_step (evidence, stage, BARUA_OUTCOME_OK, 20);

  if (stage == BARUA_STAGE_CONNECT)
    {
      step->detail = g_strdup (GOOD_ADDRESS);
      if (!has_answer (evidence))
        try_address (evidence, GOOD_ADDRESS, "ok", 20);
    }
  if (stage == BARUA_STAGE_TLS)
    {
      if (evidence->tls == NULL)
        show_certificate (evidence, evidence->service.host, TEST_GOOD_ISSUER, 0);
      evidence->tls->version = g_strdup ("TLS 1.3");
      evidence->tls->cipher = g_strdup ("AES-256-GCM");
    }
}

static void
pass_until (BaruaEvidence *evidence, BaruaStage until)
{
  const gboolean starttls = evidence->service.security == BARUA_SECURITY_STARTTLS;
  const BaruaStage *stages = starttls ? STARTTLS_STAGES : TLS_STAGES;
  const gsize n_stages =
    starttls ? G_N_ELEMENTS (STARTTLS_STAGES) : G_N_ELEMENTS (TLS_STAGES);

  for (gsize i = evidence->steps->len; i < n_stages && stages[i] != until; i++)
    pass_stage (evidence, stages[i]);
}

static BaruaStep *
end_at (BaruaEvidence *evidence, BaruaStage stage, BaruaOutcome outcome)
{
  pass_until (evidence, stage);
  return barua_evidence_add_step (evidence, stage, outcome, 30);
}

/* Sets what the probe sets for an error of the network. */
static void
break_at (BaruaEvidence *evidence, BaruaStage stage, const char *how)
{
  const gboolean late = strcmp (how, "timed-out") == 0;
  BaruaOutcome outcome = late ? BARUA_OUTCOME_TIMED_OUT : BARUA_OUTCOME_FAILED;

  if (strcmp (how, "eof") == 0 || strcmp (how, "reset") == 0)
    outcome = BARUA_OUTCOME_CLOSED;
  end_at (evidence, stage, outcome)->error = late ? NULL : make_error (how);
}

static void
fail_to_reach (BaruaEvidence *evidence, const char *how)
{
  if (evidence->attempts->len == 0)
    try_address (evidence, GOOD_ADDRESS, how,
                 strcmp (how, "timed-out") == 0 ? 10000 : 20);
  break_at (evidence, BARUA_STAGE_CONNECT, how);
}

static BaruaStep *
get_last_step (BaruaEvidence *evidence)
{
  return g_ptr_array_index (evidence->steps, evidence->steps->len - 1);
}

static void
refuse (BaruaEvidence *evidence, BaruaStage stage, const char *rest)
{
  g_autofree char *outcome = take_any (&rest);
  BaruaStep *step =
    end_at (evidence, stage,
            (BaruaOutcome) find_word (outcome, OUTCOMES, G_N_ELEMENTS (OUTCOMES)));

  if (*rest == '\0')
    return;
  step->words = g_strdup (rest);
  if (evidence->service.protocol == BARUA_PROTOCOL_SMTP)
    step->code = (guint) g_ascii_strtoull (rest, NULL, 10);
}

static gboolean
say_of_certificate (BaruaEvidence *evidence, const char *rest)
{
  const gboolean trusted = take_word (&rest, "trusted");
  g_auto (GStrv) parts = NULL;

  if (!trusted && !take_word (&rest, "distrusted"))
    return FALSE;
  parts = g_strsplit (rest, "|", 3);
  if (!trusted)
    end_at (evidence, BARUA_STAGE_TLS, BARUA_OUTCOME_FAILED)->error =
      make_error ("bad-certificate");
  show_certificate (evidence, parts[0], parts[1], trusted ? 0 : read_flaws (parts[2]));
  return TRUE;
}

static gboolean
say_of_connection (BaruaEvidence *evidence, const char *rest)
{
  if (take_word (&rest, "unnamed"))
    break_at (evidence, BARUA_STAGE_RESOLVE, rest);
  else if (take_word (&rest, "unreached"))
    fail_to_reach (evidence, rest);
  else if (take_word (&rest, "tried"))
    {
      g_autofree char *address = take_any (&rest);
      g_autofree char *how = take_any (&rest);

      try_address (evidence, address, how, g_ascii_strtoll (rest, NULL, 10));
    }
  else if (take_word (&rest, "over"))
    {
      try_address (evidence, rest, "ok", 20);
      pass_until (evidence, BARUA_STAGE_CONNECT);
      end_at (evidence, BARUA_STAGE_CONNECT, BARUA_OUTCOME_OK)->detail = g_strdup (rest);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
say_more (BaruaEvidence *evidence, const char *rest)
{
  if (take_word (&rest, "good"))
    pass_until (evidence, BARUA_STAGE_SIGN_IN);
  else if (take_word (&rest, "signed"))
    pass_until (evidence, BARUA_STAGE_REHEARSAL);
  else if (take_word (&rest, "rehearsed"))
    pass_until (evidence, BARUA_STAGE_TEST_MESSAGE);
  else if (take_word (&rest, "detail"))
    get_last_step (evidence)->detail = g_strdup (rest);
  else if (take_word (&rest, "challenge"))
    get_last_step (evidence)->challenge = g_strdup (rest);
  else if (take_word (&rest, "code"))
    get_last_step (evidence)->code = (guint) g_ascii_strtoull (rest, NULL, 10);
  else if (take_word (&rest, "mechanism"))
    evidence->mechanism = g_strdup (rest);
  else if (take_word (&rest, "looked-in"))
    evidence->looked_in = g_strsplit (rest, ",", -1);
  else if (take_word (&rest, "cut-short"))
    evidence->cut_short = TRUE;
  else if (take_word (&rest, "offers"))
    {
      g_strfreev (evidence->capabilities);
      evidence->capabilities = g_strsplit (rest, " ", -1);
    }
  else
    return FALSE;
  return TRUE;
}

static void
say_of (BaruaEvidence *evidence, const char *rest)
{
  const gboolean broken = take_word (&rest, "broken");

  if (say_of_certificate (evidence, rest) || say_of_connection (evidence, rest) ||
      say_more (evidence, rest))
    return;
  for (int i = BARUA_STAGE_RESOLVE; i <= BARUA_STAGE_TEST_MESSAGE; i++)
    if (take_word (&rest, barua_stage_get_id ((BaruaStage) i)))
      {
        if (broken)
          break_at (evidence, (BaruaStage) i, rest);
        else
          refuse (evidence, (BaruaStage) i, rest);
        return;
      }
  g_error ("no command of test scripts: “%s”", rest);
}

static BaruaEvidence *
get_or_add (TestCase *self, const BaruaService *service)
{
  BaruaEvidence *evidence = test_case_get (self, service->port);

  if (evidence == NULL)
    {
      evidence = barua_evidence_new (service);
      g_ptr_array_add (self->facts.evidence, evidence);
    }
  return evidence;
}

static gboolean
is_meant (const TestCase *self, const char *list, guint port)
{
  g_auto (GStrv) ports = g_strsplit (list, ",", -1);
  g_autofree char *text = g_strdup_printf ("%u", port);
  const BaruaEvidence *evidence = test_case_get (self, port);

  if (strcmp (list, "rest") == 0)
    return evidence == NULL || evidence->steps->len == 0;
  return strcmp (list, "all") == 0 || g_strv_contains ((const char *const *) ports, text);
}

static gboolean
talk (TestCase *self, const char *rest)
{
  g_autofree char *list = take_any (&rest);

  if (strcmp (list, "all") != 0 && strcmp (list, "rest") != 0 && !g_ascii_isdigit (*list))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ENDPOINTS); i++)
    if (is_meant (self, list, ENDPOINTS[i].port))
      say_of (get_or_add (self, &ENDPOINTS[i]), rest);
  return TRUE;
}

static void
look (TestCase *self, const char *rest)
{
  g_autofree char *web = take_any (&rest);

  self->surroundings.route_ipv4 = TRUE;
  self->surroundings.route_ipv6 = TRUE;
  self->surroundings.name_server_answers = TRUE;
  self->surroundings.web = (BaruaWeb) find_word (web, WEBS, G_N_ELEMENTS (WEBS));
  if (*rest != '\0')
    self->surroundings.portal = g_strdup (rest);
  self->facts.surroundings = &self->surroundings;
}

static gboolean
say_of_machine (TestCase *self, const char *rest)
{
  if (take_word (&rest, "web"))
    look (self, rest);
  else if (take_word (&rest, "route"))
    {
      self->surroundings.route_ipv4 = strcmp (rest, "ipv4") == 0;
      self->surroundings.route_ipv6 = FALSE;
    }
  else if (take_word (&rest, "clock"))
    {
      self->surroundings.clock_known = TRUE;
      self->surroundings.clock_offset = g_ascii_strtoll (rest, NULL, 10);
    }
  else if (take_word (&rest, "shape"))
    self->facts.shape =
      (BaruaSecretShape) find_word (rest, SHAPES, G_N_ELEMENTS (SHAPES));
  else if (take_word (&rest, "trouble"))
    self->facts.account_trouble = g_intern_string (rest);
  else
    return FALSE;
  return TRUE;
}

static gboolean
say_of_address (TestCase *self, const char *rest)
{
  if (take_word (&rest, "slip"))
    self->discovery.suggestion = g_intern_string (rest);
  else if (take_word (&rest, "gone"))
    self->discovery.error = make_error ("not-found");
  else if (take_word (&rest, "unasked"))
    self->discovery.error = make_error ("no-answer");
  else if (take_word (&rest, "kept-nowhere"))
    {
      self->discovery.kind = BARUA_HOST_OTHER;
      self->discovery.mx = &self->mx;
    }
  else if (take_word (&rest, "kept"))
    {
      g_autofree char *keeper = take_any (&rest);

      self->discovery.kind = BARUA_HOST_OTHER;
      self->discovery.mx = &self->mx;
      self->mx.keeper = strcmp (keeper, "-") == 0 ? NULL : g_intern_string (keeper);
      self->mx.host = g_strdup (rest);
    }
  else
    return FALSE;
  self->facts.discovery = &self->discovery;
  return TRUE;
}

TestCase *
test_case_new (const char *script)
{
  TestCase *self = g_new0 (TestCase, 1);
  g_auto (GStrv) commands = g_strsplit (script != NULL ? script : "", ";", -1);

  self->discovery.kind = BARUA_HOST_GMAIL;
  self->facts.evidence =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_evidence_unref);
  self->facts.now = g_date_time_new_from_iso8601 (TEST_NOW, NULL);
  for (guint i = 0; commands[i] != NULL; i++)
    {
      const char *command = g_strstrip (commands[i]);

      if (*command != '\0' && !talk (self, command) && !say_of_machine (self, command) &&
          !say_of_address (self, command))
        g_error ("no command of test scripts: “%s”", command);
    }
  return self;
}

void
test_case_free (TestCase *self)
{
  g_ptr_array_unref (self->facts.evidence);
  g_date_time_unref (self->facts.now);
  g_clear_error (&self->discovery.error);
  g_free (self->mx.host);
  g_free (self->surroundings.portal);
  g_free (self);
}

BaruaEvidence *
test_case_get (const TestCase *self, guint port)
{
  for (guint i = 0; i < self->facts.evidence->len; i++)
    {
      BaruaEvidence *evidence = g_ptr_array_index (self->facts.evidence, i);

      if (evidence->service.port == port)
        return evidence;
    }
  return NULL;
}
