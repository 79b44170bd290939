#include "config.h"

#include "cli/card.h"

#include <glib/gi18n.h>

#define INDENT 2

/* How many things that show a verdict are told. */
#define EVIDENCE_SHOWN 4

BaruaStyle
barua_card_style (BaruaSeverity severity)
{
  switch (severity)
    {
    case BARUA_SEVERITY_OK:
      return BARUA_STYLE_GOOD;
    case BARUA_SEVERITY_WARNING:
      return BARUA_STYLE_WARNING;
    case BARUA_SEVERITY_ERROR:
    default:
      return BARUA_STYLE_BAD;
    }
}

static void
add_steps (BaruaOutput *output, const BaruaVerdict *verdict)
{
  guint n_steps = barua_verdict_get_n_steps (verdict);

  for (guint i = 0; i < n_steps; i++)
    {
      const char *url = NULL;
      const char *text = barua_verdict_get_step (verdict, i, &url);
      g_autofree char *marker = g_strdup_printf ("%u.", i + 1);

      barua_output_add_item (output, BARUA_STYLE_STRONG, INDENT, marker, text);
      if (url != NULL)
        barua_output_add_line (output, INDENT + 3, url);
    }
}

/* All of it is in the JSON; more than a few lines push the steps off the screen. */
static void
add_rest (BaruaOutput *output, guint n_rest)
{
  g_autofree char *text = g_strdup_printf (
    ngettext ("… and %u more like it", "… and %u more like it", n_rest), n_rest);

  barua_output_add_text (output, BARUA_STYLE_FAINT, 2 * INDENT, text);
}

static void
add_evidence (BaruaOutput *output, const BaruaVerdict *verdict, const char *heading)
{
  guint n_items = verdict->evidence->len;
  /* One more takes no more room than the word that there is one. */
  guint n_shown = n_items > EVIDENCE_SHOWN + 1 ? EVIDENCE_SHOWN : n_items;

  if (heading == NULL || n_items == 0)
    return;
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, INDENT, heading);
  for (guint i = 0; i < n_shown; i++)
    {
      const char *text = g_ptr_array_index (verdict->evidence, i);

      /* Where there are several, it has to be seen where each begins. */
      if (n_items > 1)
        barua_output_add_item (output, BARUA_STYLE_FAINT, 2 * INDENT, "•", text);
      else
        barua_output_add_text (output, BARUA_STYLE_FAINT, 2 * INDENT, text);
    }
  if (n_shown < n_items)
    add_rest (output, n_items - n_shown);
}

void
barua_card_add (BaruaOutput *output, const BaruaVerdict *verdict, const char *heading)
{
  g_autofree char *explanation = NULL;

  g_return_if_fail (output != NULL && verdict != NULL);

  explanation = barua_verdict_dup_explanation (verdict);
  barua_output_add_gap (output);
  barua_output_add_text (output, barua_card_style (verdict->severity), 0,
                         barua_verdict_get_title (verdict));
  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, INDENT, explanation);
  barua_output_add_gap (output);
  add_steps (output, verdict);
  add_evidence (output, verdict, heading);
}

void
barua_card_add_short (BaruaOutput *output, const char *label, const BaruaVerdict *verdict)
{
  g_autofree char *title = NULL;
  g_autofree char *explanation = NULL;
  const char *step = NULL;
  const char *url = NULL;

  g_return_if_fail (output != NULL && verdict != NULL);

  if (label != NULL)
    /* Translators: the name of a service, as in “IMAP”, and what is wrong with it */
    title = g_strdup_printf (_ ("%s: %s"), label, barua_verdict_get_title (verdict));
  else
    title = g_strdup (barua_verdict_get_title (verdict));
  explanation = barua_verdict_dup_explanation (verdict);
  barua_output_add_gap (output);
  barua_output_add_text (output, barua_card_style (verdict->severity), 0, title);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, INDENT, explanation);
  if (barua_verdict_get_n_steps (verdict) == 0)
    return;
  step = barua_verdict_get_step (verdict, 0, &url);
  barua_output_add_item (output, BARUA_STYLE_STRONG, INDENT, "→", step);
  if (url != NULL)
    barua_output_add_line (output, INDENT + 2, url);
}

void
barua_card_add_hosting (BaruaOutput *output,
                        const BaruaAddress *address,
                        const BaruaDiscovery *discovery)
{
  gboolean is_google = barua_hosting_is_google (discovery);
  g_autofree char *title = barua_hosting_dup_title (address, discovery);
  g_autofree char *text = barua_hosting_dup_text (address, discovery);

  if (title != NULL)
    barua_output_add_text (output, is_google ? BARUA_STYLE_PLAIN : BARUA_STYLE_WARNING, 0,
                           title);
  if (text != NULL)
    barua_output_add_text (output, BARUA_STYLE_PLAIN, is_google ? 0 : INDENT, text);
}
