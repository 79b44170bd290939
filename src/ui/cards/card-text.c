#include "config.h"

#include "ui/cards/card-text.h"

#include <glib/gi18n.h>

const char *
barua_card_text_icon (BaruaSeverity severity)
{
  switch (severity)
    {
    case BARUA_SEVERITY_OK:
      return "emblem-ok-symbolic";
    case BARUA_SEVERITY_WARNING:
      return "dialog-warning-symbolic";
    case BARUA_SEVERITY_ERROR:
    default:
      return "dialog-error-symbolic";
    }
}

const char *
barua_card_text_style (BaruaSeverity severity)
{
  switch (severity)
    {
    case BARUA_SEVERITY_OK:
      return "success";
    case BARUA_SEVERITY_WARNING:
      return "warning";
    case BARUA_SEVERITY_ERROR:
    default:
      return "error";
    }
}

const char *
barua_card_text_severity (BaruaSeverity severity)
{
  switch (severity)
    {
    case BARUA_SEVERITY_OK:
      return _ ("All Is Well");
    case BARUA_SEVERITY_WARNING:
      return _ ("Warning");
    case BARUA_SEVERITY_ERROR:
    default:
      return _ ("Problem");
    }
}

char *
barua_card_text_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL ? host : url);
}

static void
append_steps (GString *text, const BaruaVerdict *verdict)
{
  guint n_steps = barua_verdict_get_n_steps (verdict);

  for (guint i = 0; i < n_steps; i++)
    {
      const char *url = NULL;
      const char *step = barua_verdict_get_step (verdict, i, &url);

      g_string_append_printf (text, "%s%u. %s\n", i == 0 ? "\n" : "", i + 1, step);
      if (url != NULL)
        g_string_append_printf (text, "   %s\n", url);
    }
}

char *
barua_card_text_dup (const BaruaVerdict *verdict)
{
  g_autoptr (GString) text = g_string_new (barua_verdict_get_title (verdict));
  g_autofree char *explanation = barua_verdict_dup_explanation (verdict);

  g_string_append_printf (text, "\n\n%s\n", explanation);
  append_steps (text, verdict);
  for (guint i = 0; i < verdict->evidence->len; i++)
    g_string_append_printf (text, "%s> %s\n", i == 0 ? "\n" : "",
                            (const char *) verdict->evidence->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
