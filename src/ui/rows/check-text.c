#include "config.h"

#include "ui/rows/check-text.h"

#include <glib/gi18n.h>
#include <string.h>

void
barua_remark_free (BaruaRemark *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_free (self->text);
  g_free (self->url);
  g_free (self);
}

static BaruaRemark *
remark_new (const char *label, const BaruaVerdict *verdict)
{
  BaruaRemark *self = g_new0 (BaruaRemark, 1);
  g_autofree char *explanation = barua_verdict_dup_explanation (verdict);
  const char *title = barua_verdict_get_title (verdict);
  const char *url = NULL;

  self->severity = verdict->severity;
  self->title = label != NULL
                  /* Translators: the name of a service, as in “IMAP”, and what is wrong
                   * with it */
                  ? g_strdup_printf (_ ("%s: %s"), label, title)
                  : g_strdup (title);
  if (barua_verdict_get_n_steps (verdict) == 0)
    {
      self->text = g_steal_pointer (&explanation);
      return self;
    }
  self->text =
    g_strdup_printf ("%s\n%s", explanation, barua_verdict_get_step (verdict, 0, &url));
  self->url = g_strdup (url);
  return self;
}

static gboolean
is_among_warnings (const BaruaCheck *check, const BaruaVerdict *verdict)
{
  GPtrArray *warnings = check->diagnosis->warnings;

  for (guint i = 0; i < warnings->len; i++)
    if (((const BaruaVerdict *) warnings->pdata[i])->cause == verdict->cause)
      return TRUE;
  return FALSE;
}

static void
add_services (GPtrArray *remarks, const BaruaCheck *check)
{
  GPtrArray *services = check->diagnosis->services;

  for (guint i = 0; i < services->len; i++)
    {
      const BaruaServiceDiagnosis *service = services->pdata[i];
      const BaruaService *at = &service->evidence->service;
      g_autofree char *label = NULL;

      if (barua_verdict_is (service->verdict, "ok") ||
          service->verdict->cause == check->diagnosis->verdict->cause ||
          is_among_warnings (check, service->verdict))
        continue;
      label = g_strdup_printf ("%s %u", barua_protocol_get_name (at->protocol), at->port);
      g_ptr_array_add (remarks, remark_new (label, service->verdict));
    }
}

GPtrArray *
barua_check_text_remarks (const BaruaCheck *check)
{
  GPtrArray *remarks =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_remark_free);
  GPtrArray *warnings = check->diagnosis->warnings;

  add_services (remarks, check);
  for (guint i = 0; i < warnings->len; i++)
    {
      const BaruaVerdict *warning = warnings->pdata[i];

      g_ptr_array_add (remarks, remark_new (warning->has_service
                                              ? barua_protocol_get_name (warning->service)
                                              : NULL,
                                            warning));
    }
  return remarks;
}

/* Whether what shows the verdict are words that came from a server. */
static gboolean
are_words (const BaruaVerdict *verdict, const BaruaStep *step)
{
  if (step == NULL || step->words == NULL)
    return FALSE;
  for (guint i = 0; i < verdict->evidence->len; i++)
    if (strstr (verdict->evidence->pdata[i], step->words) != NULL ||
        strstr (step->words, verdict->evidence->pdata[i]) != NULL)
      return TRUE;
  return FALSE;
}

const char *
barua_check_text_heading (const BaruaCheck *check)
{
  GPtrArray *services = check->diagnosis->services;

  for (guint i = 0; i < services->len; i++)
    {
      const BaruaServiceDiagnosis *service = services->pdata[i];

      if (are_words (check->diagnosis->verdict,
                     barua_evidence_get_failure (service->evidence)))
        return _ ("What the server said:");
    }
  return _ ("What was seen:");
}

gboolean
barua_check_text_is_well (const BaruaCheck *check)
{
  return barua_verdict_is (check->diagnosis->verdict, "ok");
}
