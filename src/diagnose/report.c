#include "config.h"

#include "diagnose/report.h"

#include "diagnose/facts.h"

/* The ways to sign in that Gmail has, by the words that accounts use for them. */
static const char *const WAYS_TO_SIGN_IN[] = { "oauth", "app-password" };

static const struct
{
  GTlsCertificateFlags flag;
  const char *id;
} TLS_ERRORS[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, "unknown-ca" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, "bad-identity" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not-activated" },
  { G_TLS_CERTIFICATE_EXPIRED, "expired" },
  { G_TLS_CERTIFICATE_REVOKED, "revoked" },
  { G_TLS_CERTIFICATE_INSECURE, "insecure" },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, "generic" },
};

static void
add_text (JsonBuilder *builder, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  valid = g_utf8_make_valid (text, -1);
  json_builder_add_string_value (builder, valid);
}

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  add_text (builder, text);
}

static void
add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_date (JsonBuilder *builder, const char *name, GDateTime *date)
{
  g_autoptr (GDateTime) utc = date == NULL ? NULL : g_date_time_to_utc (date);
  g_autofree char *text = utc == NULL ? NULL : g_date_time_format_iso8601 (utc);

  add_member (builder, name, text);
}

static void
add_strings (JsonBuilder *builder, const char *name, const char *const *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    add_text (builder, texts[i]);
  json_builder_end_array (builder);
}

static void
add_steps (JsonBuilder *builder, const BaruaVerdict *verdict)
{
  const guint n_steps = barua_verdict_get_n_steps (verdict);

  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_steps; i++)
    {
      const char *url = NULL;
      const char *text = barua_verdict_get_step (verdict, i, &url);

      json_builder_begin_object (builder);
      add_member (builder, "text", text);
      if (url != NULL)
        add_member (builder, "url", url);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_verdict (JsonBuilder *builder, const BaruaVerdict *verdict)
{
  g_autofree char *explanation = barua_verdict_dup_explanation (verdict);

  json_builder_begin_object (builder);
  add_member (builder, "cause", verdict->cause->id);
  add_member (builder, "severity", barua_severity_get_id (verdict->severity));
  add_member (builder, "service",
              verdict->has_service ? barua_protocol_get_id (verdict->service) : NULL);
  add_member (builder, "title", barua_verdict_get_title (verdict));
  add_member (builder, "explanation", explanation);
  add_steps (builder, verdict);
  json_builder_set_member_name (builder, "sure");
  json_builder_add_double_value (builder, verdict->sure);
  json_builder_set_member_name (builder, "evidence");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verdict->evidence->len; i++)
    add_text (builder, g_ptr_array_index (verdict->evidence, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_verdict_member (JsonBuilder *builder, const BaruaVerdict *verdict)
{
  json_builder_set_member_name (builder, "verdict");
  add_verdict (builder, verdict);
}

static void
add_stages (JsonBuilder *builder, const BaruaEvidence *evidence)
{
  json_builder_set_member_name (builder, "stages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const BaruaStep *step = g_ptr_array_index (evidence->steps, i);
      const gboolean ok = step->outcome == BARUA_OUTCOME_OK;
      g_autofree char *outcome = barua_facts_dup_outcome (step);

      json_builder_begin_object (builder);
      add_member (builder, "stage", barua_stage_get_id (step->stage));
      add_boolean (builder, "ok", ok);
      add_integer (builder, "ms", step->ms);
      add_member (builder, "detail", ok ? step->detail : outcome);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
take_address (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

/* Those that the name led to, and those that were tried: the winner ends the trying. */
static void
add_addresses (JsonBuilder *builder, const BaruaEvidence *evidence)
{
  const BaruaStep *resolve = barua_evidence_get_step (evidence, BARUA_STAGE_RESOLVE);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) found = NULL;

  if (resolve != NULL && resolve->outcome == BARUA_OUTCOME_OK && resolve->detail != NULL)
    found = g_strsplit_set (resolve->detail, " ,", -1);
  for (guint i = 0; found != NULL && found[i] != NULL; i++)
    if (g_hostname_is_ip_address (found[i]))
      take_address (texts, found[i]);
  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      const BaruaAttempt *attempt = g_ptr_array_index (evidence->attempts, i);
      g_autofree char *text = g_inet_address_to_string (attempt->address);

      take_address (texts, text);
    }
  g_ptr_array_add (texts, NULL);
  add_strings (builder, "addresses", (const char *const *) texts->pdata);
}

static void
add_tls (JsonBuilder *builder, const BaruaEvidence *evidence)
{
  const BaruaTlsFacts *tls = evidence->tls;
  const BaruaCertificate *leaf = barua_facts_get_leaf (evidence);

  json_builder_set_member_name (builder, "tls");
  if (tls == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_member (builder, "version", tls->version);
  add_member (builder, "cipher", tls->cipher);
  add_member (builder, "issuer", leaf == NULL ? NULL : leaf->issuer);
  add_member (builder, "subject", leaf == NULL ? NULL : leaf->subject);
  add_date (builder, "expires", leaf == NULL ? NULL : leaf->not_after);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (TLS_ERRORS); i++)
    if ((tls->errors & TLS_ERRORS[i].flag) != 0)
      json_builder_add_string_value (builder, TLS_ERRORS[i].id);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_service (JsonBuilder *builder, const BaruaServiceDiagnosis *diagnosis)
{
  const BaruaEvidence *evidence = diagnosis->evidence;
  const BaruaService *service = &evidence->service;

  json_builder_begin_object (builder);
  add_member (builder, "service", barua_protocol_get_id (service->protocol));
  add_member (builder, "host", service->host);
  add_integer (builder, "port", service->port);
  add_member (builder, "security", barua_security_get_id (service->security));
  add_boolean (builder, "usable", diagnosis->usable);
  add_verdict_member (builder, diagnosis->verdict);
  add_stages (builder, evidence);
  add_addresses (builder, evidence);
  add_tls (builder, evidence);
  add_strings (builder, "capabilities", (const char *const *) evidence->capabilities);
  add_strings (builder, "transcript", (const char *const *) evidence->transcript);
  json_builder_end_object (builder);
}

JsonNode *
barua_report_check (const BaruaCheckFacts *facts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const BaruaDiagnosis *diagnosis = NULL;

  g_return_val_if_fail (facts != NULL && facts->diagnosis != NULL, NULL);

  diagnosis = facts->diagnosis;
  json_builder_begin_object (builder);
  add_member (builder, "address",
              facts->address == NULL ? NULL : barua_address_get_text (facts->address));
  add_member (builder, "host_kind", barua_host_kind_get_id (facts->kind));
  add_verdict_member (builder, diagnosis->verdict);
  json_builder_set_member_name (builder, "services");
  json_builder_begin_array (builder);
  for (guint i = 0; i < diagnosis->services->len; i++)
    add_service (builder, g_ptr_array_index (diagnosis->services, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < diagnosis->warnings->len; i++)
    add_verdict (builder, g_ptr_array_index (diagnosis->warnings, i));
  json_builder_end_array (builder);
  add_date (builder, "started", facts->started);
  add_integer (builder, "ms", facts->ms);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
barua_report_explanation (const BaruaExplanation *explanation)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (explanation != NULL, NULL);

  json_builder_begin_object (builder);
  add_verdict_member (builder, explanation->verdict);
  json_builder_set_member_name (builder, "matches");
  json_builder_begin_array (builder);
  for (guint i = 0; i < explanation->matches->len; i++)
    {
      const BaruaExplanationMatch *match =
        &g_array_index (explanation->matches, BaruaExplanationMatch, i);

      json_builder_begin_object (builder);
      add_integer (builder, "line", (gint64) match->line);
      add_member (builder, "cause", match->cause);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
add_endpoint (JsonBuilder *builder, const BaruaService *service, const char *username)
{
  json_builder_begin_object (builder);
  add_member (builder, "host", service->host);
  add_integer (builder, "port", service->port);
  add_member (builder, "security", barua_security_get_id (service->security));
  add_member (builder, "username", username);
  json_builder_set_member_name (builder, "auth");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (WAYS_TO_SIGN_IN); i++)
    json_builder_add_string_value (builder, WAYS_TO_SIGN_IN[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

JsonNode *
barua_report_settings (const BaruaProvider *provider, const char *username)
{
  const BaruaProtocol protocols[] = {
    BARUA_PROTOCOL_SMTP,
    BARUA_PROTOCOL_IMAP,
    BARUA_PROTOCOL_POP,
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (provider != NULL, NULL);

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      json_builder_set_member_name (builder, barua_protocol_get_id (protocols[i]));
      json_builder_begin_array (builder);
      for (gsize j = 0; j < provider->n_services; j++)
        if (provider->services[j].protocol == protocols[i])
          add_endpoint (builder, &provider->services[j], username);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
barua_report_verdict (const BaruaVerdict *verdict)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (verdict != NULL, NULL);

  add_verdict (builder, verdict);
  return json_builder_get_root (builder);
}

/* What a terminal, a browser or a line reader may act upon though JSON lets it stand:
 * controls, line and paragraph separators, marks of direction and tags. */
static gboolean
must_be_escaped (gunichar c)
{
  return (c < 0x20 && c != '\n') || (c >= 0x7f && c <= 0x9f) ||
         (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xe0000 && c <= 0xe007f);
}

static void
append_escaped (GString *text, gunichar c)
{
  if (c > 0xffff)
    g_string_append_printf (text, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                            0xdc00 + ((c - 0x10000) & 0x3ff));
  else
    g_string_append_printf (text, "\\u%04x", c);
}

char *
barua_report_to_text (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = NULL;
  g_autoptr (GString) text = NULL;
  g_autofree char *raw = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  generator = json_generator_new ();
  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  raw = json_generator_to_data (generator, NULL);
  text = g_string_new (NULL);
  /* Outside of strings there is nothing but ASCII and line feeds, so that whatever must
   * be escaped stands in one. */
  for (const char *p = raw; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (must_be_escaped (c))
        append_escaped (text, c);
      else
        g_string_append_unichar (text, c);
    }
  g_string_append_c (text, '\n');
  return g_string_free (g_steal_pointer (&text), FALSE);
}
