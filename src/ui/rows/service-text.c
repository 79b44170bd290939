#include "config.h"

#include "ui/rows/service-text.h"

#include "diagnose/facts.h"

#include <glib/gi18n.h>

void
barua_detail_free (BaruaDetail *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->label);
  g_free (self->value);
  g_free (self);
}

char *
barua_service_text_title (const BaruaService *service)
{
  switch (service->protocol)
    {
    case BARUA_PROTOCOL_SMTP:
      /* Translators: the placeholder is a number */
      return g_strdup_printf (_ ("Sending (SMTP, port %u)"), service->port);
    case BARUA_PROTOCOL_IMAP:
      /* Translators: the placeholder is a number */
      return g_strdup_printf (_ ("Reading (IMAP, port %u)"), service->port);
    case BARUA_PROTOCOL_POP:
    default:
      /* Translators: the placeholder is a number */
      return g_strdup_printf (_ ("Fetching (POP, port %u)"), service->port);
    }
}

const char *
barua_service_text_waiting (void)
{
  return _ ("looking up its address…");
}

const char *
barua_service_text_live (const BaruaEvidence *evidence, const BaruaStep *step)
{
  gboolean sends = evidence->service.protocol == BARUA_PROTOCOL_SMTP;

  if (step->outcome != BARUA_OUTCOME_OK)
    return _ ("trouble");
  switch (step->stage)
    {
    case BARUA_STAGE_RESOLVE:
      return _ ("name found, connecting…");
    case BARUA_STAGE_CONNECT:
      return _ ("connected, greeting…");
    case BARUA_STAGE_STARTTLS:
    case BARUA_STAGE_TLS:
      return _ ("encrypted, greeting…");
    case BARUA_STAGE_GREETING:
      return _ ("greeted, asking what it offers…");
    case BARUA_STAGE_CAPABILITIES:
      return _ ("answers");
    case BARUA_STAGE_SIGN_IN:
      return _ ("signed in");
    case BARUA_STAGE_REHEARSAL:
      return sends ? _ ("ready to send") : _ ("looking for the test message…");
    case BARUA_STAGE_TEST_MESSAGE:
    default:
      return sends ? _ ("test message sent") : _ ("test message arrived");
    }
}

char *
barua_service_text_duration (gint64 ms)
{
  if (ms < 10000)
    /* Translators: thousandths of a second */
    return g_strdup_printf (_ ("%d ms"), (int) ms);
  /* Translators: seconds, as in “12.3 s” */
  return g_strdup_printf (_ ("%.1f s"), (double) ms / 1000);
}

const char *
barua_service_text_state (const BaruaServiceDiagnosis *service)
{
  const BaruaEvidence *evidence = service->evidence;

  if (evidence->looked_in != NULL)
    return _ ("message not there");
  if (!service->usable)
    return barua_evidence_has_passed (evidence, BARUA_STAGE_CONNECT) ? _ ("does not work")
                                                                     : _ ("not reached");
  return barua_evidence_has_passed (evidence, BARUA_STAGE_SIGN_IN)
           ? _ ("works")
           :
           /* Translators: of a server: it does */
           _ ("answers");
}

static const char *
get_security (const BaruaService *service)
{
  return service->security == BARUA_SECURITY_TLS ? _ ("SSL/TLS") : _ ("STARTTLS");
}

char *
barua_service_text_outcome (const BaruaServiceDiagnosis *service)
{
  const BaruaService *at = &service->evidence->service;
  g_autofree char *duration = barua_service_text_duration (service->evidence->ms);

  /* Translators: what a server does, its name, its encryption, how long it took: “works ·
   * imap.gmail.com · SSL/TLS · 143 ms” */
  return g_strdup_printf (_ ("%s · %s · %s · %s"), barua_service_text_state (service),
                          at->host, get_security (at), duration);
}

const char *
barua_service_text_icon (const BaruaServiceDiagnosis *service)
{
  if (!service->usable)
    return "dialog-error-symbolic";
  return service->verdict->severity == BARUA_SEVERITY_OK ? "emblem-ok-symbolic"
                                                         : "dialog-warning-symbolic";
}

const char *
barua_service_text_style (const BaruaServiceDiagnosis *service)
{
  if (!service->usable)
    return "error";
  return service->verdict->severity == BARUA_SEVERITY_OK ? "success" : "warning";
}

static void
add (GPtrArray *details, const char *label, char *value, gboolean is_code)
{
  BaruaDetail *detail = NULL;

  if (value == NULL || *value == '\0')
    {
      g_free (value);
      return;
    }
  detail = g_new0 (BaruaDetail, 1);
  detail->label = g_strdup (label);
  detail->value = value;
  detail->is_code = is_code;
  g_ptr_array_add (details, detail);
}

static const char *
get_stage (BaruaStage stage)
{
  switch (stage)
    {
    case BARUA_STAGE_RESOLVE:
      return _ ("Name");
    case BARUA_STAGE_CONNECT:
      return _ ("Connection");
    case BARUA_STAGE_TLS:
      return _ ("Encryption");
    case BARUA_STAGE_GREETING:
      return _ ("Greeting");
    case BARUA_STAGE_CAPABILITIES:
      return _ ("What it offers");
    case BARUA_STAGE_STARTTLS:
      return _ ("Change to encryption");
    case BARUA_STAGE_SIGN_IN:
      return _ ("Sign-in");
    case BARUA_STAGE_REHEARSAL:
      return _ ("Rehearsal");
    case BARUA_STAGE_TEST_MESSAGE:
    default:
      return _ ("Test message");
    }
}

static char *
list_stages (const BaruaEvidence *evidence)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const BaruaStep *step = evidence->steps->pdata[i];
      g_autofree char *duration = barua_service_text_duration (step->ms);
      g_autofree char *outcome = step->outcome != BARUA_OUTCOME_OK
                                   ? barua_facts_dup_outcome (step)
                                   : g_strdup (step->detail);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "",
                              get_stage (step->stage), duration);
      if (outcome != NULL && *outcome != '\0')
        g_string_append_printf (text, " (%s)", outcome);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
list_attempts (const BaruaEvidence *evidence)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      const BaruaAttempt *attempt = evidence->attempts->pdata[i];
      g_autofree char *address = g_inet_address_to_string (attempt->address);
      g_autofree char *duration = barua_service_text_duration (attempt->ms);
      gboolean is_six =
        g_inet_address_get_family (attempt->address) == G_SOCKET_FAMILY_IPV6;
      const char *outcome = attempt->outcome == BARUA_OUTCOME_OK ? _ ("answers")
                            : attempt->outcome == BARUA_OUTCOME_TIMED_OUT
                              ? _ ("no answer")
                              : NULL;

      if (outcome == NULL)
        outcome = attempt->error != NULL ? attempt->error->message : _ ("trouble");
      g_string_append_printf (text, "%s%s %s: %s, %s", i > 0 ? "\n" : "",
                              is_six ? "IPv6" : "IPv4", address, outcome, duration);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_certificate (GString *text, const BaruaCertificate *certificate)
{
  /* Translators: a day as people write it short; see strftime(3)
   * xgettext:no-c-format */
  const char *day = _ ("%x");
  g_autofree char *until = certificate->not_after != NULL
                             ? g_date_time_format (certificate->not_after, day)
                             : NULL;
  const char *subject =
    certificate->subject_name != NULL ? certificate->subject_name : _ ("no name");
  const char *issuer =
    certificate->issuer_name != NULL ? certificate->issuer_name : _ ("no name");

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text,
                          /* Translators: of a certificate: whose it is, who issued it,
                             until when it is valid */
                          _ ("%s, issued by %s, valid until %s"), subject, issuer,
                          until != NULL ? until : "–");
}

static char *
list_chain (const BaruaTlsFacts *tls)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < tls->chain->len; i++)
    append_certificate (text, tls->chain->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GPtrArray *
barua_service_text_details (const BaruaServiceDiagnosis *service)
{
  GPtrArray *details =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_detail_free);
  const BaruaEvidence *evidence = service->evidence;

  if (service->verdict->severity != BARUA_SEVERITY_OK)
    add (details, _ ("What is wrong"),
         g_strdup (barua_verdict_get_title (service->verdict)), FALSE);
  add (details, _ ("Steps"), list_stages (evidence), FALSE);
  add (details, _ ("Addresses"), list_attempts (evidence), FALSE);
  if (evidence->tls != NULL)
    {
      if (evidence->tls->version != NULL)
        add (
          details, _ ("Encryption"),
          g_strdup_printf ("%s, %s", evidence->tls->version,
                           evidence->tls->cipher != NULL ? evidence->tls->cipher : "–"),
          FALSE);
      add (details, _ ("Certificates"), list_chain (evidence->tls), FALSE);
    }
  if (evidence->capabilities != NULL)
    add (details, _ ("What it offers"), g_strjoinv (", ", evidence->capabilities), FALSE);
  if (evidence->transcript != NULL)
    add (details, _ ("What was said"), g_strjoinv ("\n", evidence->transcript), TRUE);
  return details;
}
