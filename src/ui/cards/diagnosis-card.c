#include "config.h"

#include "ui/cards/diagnosis-card.h"

#include "diagnose/causes.h"
#include "setup/trouble.h"
#include "ui/browse.h"
#include "ui/cards/card-text.h"
#include "ui/report.h"
#include "ui/words.h"

#include <glib/gi18n.h>

/* How many things that show a verdict are told; the report has all. */
#define EVIDENCE_SHOWN 8

struct _BaruaDiagnosisCard
{
  AdwBin parent_instance;
  GtkImage *icon;
  GtkLabel *severity;
  GtkLabel *title;
  GtkLabel *explanation;
  GtkBox *steps;
  GtkExpander *evidence_expander;
  GtkLabel *evidence_heading;
  GtkLabel *evidence;
  GtkWidget *again_place;
  GtkButton *again_button;
  GtkButton *copy_button;
  BaruaVerdict *verdict;
  BaruaCheck *check;
};

enum
{
  SIGNAL_TRY_AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaruaDiagnosisCard, barua_diagnosis_card, ADW_TYPE_BIN)

static void
on_open_page (GtkButton *button, gpointer user_data)
{
  barua_browse_open (GTK_WIDGET (button), user_data);
}

/* As AdwButtonContent, which does not give way in a narrow window. */
static GtkWidget *
make_button_content (const char *text)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", "web-browser-symbolic", "accessible-role",
                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_box_append (GTK_BOX (content), icon);
  gtk_box_append (GTK_BOX (content), label);
  return content;
}

static GtkWidget *
make_page_button (const char *url)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *host = barua_card_text_host (url);
  /* Translators: the name of a server: “Open myaccount.google.com” */
  g_autofree char *label = g_strdup_printf (_ ("Open %s"), host);

  gtk_button_set_child (GTK_BUTTON (button), make_button_content (label));
  gtk_widget_set_tooltip_text (button, url);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_open_page), g_strdup (url),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  return button;
}

static GtkWidget *
make_number (guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "step-number");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static GtkWidget *
make_step (const BaruaVerdict *verdict, guint index)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "spacing", 12, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *url = NULL;
  const char *text = barua_verdict_get_step (verdict, index, &url);
  GtkWidget *label =
    g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                  PANGO_WRAP_WORD_CHAR, "xalign", 0.0, "selectable", TRUE, NULL);

  if (barua_verdict_get_n_steps (verdict) > 1)
    gtk_box_append (GTK_BOX (row), make_number (index + 1));
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), label);
  if (url != NULL)
    gtk_box_append (GTK_BOX (column), make_page_button (url));
  gtk_box_append (GTK_BOX (row), column);
  return row;
}

static void
show_steps (BaruaDiagnosisCard *self)
{
  guint n_steps = barua_verdict_get_n_steps (self->verdict);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_box_remove (self->steps, child);
  for (guint i = 0; i < n_steps; i++)
    gtk_box_append (self->steps, make_step (self->verdict, i));
  gtk_widget_set_visible (GTK_WIDGET (self->steps), n_steps > 0);
}

static void
show_evidence (BaruaDiagnosisCard *self, const char *heading)
{
  GPtrArray *evidence = self->verdict->evidence;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (evidence->len, EVIDENCE_SHOWN); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) evidence->pdata[i]);
  gtk_label_set_label (self->evidence, text->str);
  barua_words_keep (self->evidence);
  gtk_label_set_label (self->evidence_heading, heading != NULL ? heading : "");
  gtk_expander_set_expanded (self->evidence_expander, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->evidence_expander),
                          heading != NULL && evidence->len > 0);
}

static void
set_style (GtkWidget *widget, const char *style)
{
  static const char *const STYLES[] = { "success", "warning", "error" };

  for (gsize i = 0; i < G_N_ELEMENTS (STYLES); i++)
    gtk_widget_remove_css_class (widget, STYLES[i]);
  gtk_widget_add_css_class (widget, style);
}

static void
on_copy (GtkButton *button, BaruaDiagnosisCard *self)
{
  g_autofree char *text = NULL;

  (void) button;
  if (self->check != NULL)
    {
      barua_report_copy (GTK_WIDGET (self), self->check);
      return;
    }
  text = self->verdict != NULL ? barua_card_text_dup (self->verdict)
                               : g_strdup (gtk_label_get_label (self->explanation));
  barua_browse_copy (GTK_WIDGET (self), text, _ ("Copied"));
}

static void
on_again (GtkButton *button, BaruaDiagnosisCard *self)
{
  (void) button;
  g_signal_emit (self, signals[SIGNAL_TRY_AGAIN], 0);
}

static void
barua_diagnosis_card_dispose (GObject *object)
{
  BaruaDiagnosisCard *self = BARUA_DIAGNOSIS_CARD (object);

  g_clear_pointer (&self->verdict, barua_verdict_unref);
  g_clear_pointer (&self->check, barua_check_unref);
  G_OBJECT_CLASS (barua_diagnosis_card_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, icon);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, severity);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, title);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, explanation);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, steps);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard,
                                        evidence_expander);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard,
                                        evidence_heading);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, evidence);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, again_place);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, again_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaDiagnosisCard, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
barua_diagnosis_card_class_init (BaruaDiagnosisCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barua_diagnosis_card_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/barua/Barua/cards/diagnosis-card.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_children (widget_class);
  signals[SIGNAL_TRY_AGAIN] =
    g_signal_new ("try-again", BARUA_TYPE_DIAGNOSIS_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
barua_diagnosis_card_init (BaruaDiagnosisCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  barua_diagnosis_card_set_again (self, NULL);
  barua_diagnosis_card_set_check (self, NULL);
}

BaruaDiagnosisCard *
barua_diagnosis_card_new (void)
{
  return g_object_new (BARUA_TYPE_DIAGNOSIS_CARD, NULL);
}

void
barua_diagnosis_card_set_verdict (BaruaDiagnosisCard *self,
                                  BaruaVerdict *verdict,
                                  const char *heading)
{
  g_autofree char *explanation = NULL;
  const char *style = NULL;

  g_return_if_fail (BARUA_IS_DIAGNOSIS_CARD (self) && verdict != NULL);

  barua_verdict_ref (verdict);
  g_clear_pointer (&self->verdict, barua_verdict_unref);
  self->verdict = verdict;
  explanation = barua_verdict_dup_explanation (verdict);
  style = barua_card_text_style (verdict->severity);
  /* Beside a warning it is suggested to go on. */
  if (verdict->severity == BARUA_SEVERITY_ERROR)
    gtk_widget_add_css_class (GTK_WIDGET (self->again_button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->again_button), "suggested-action");
  gtk_image_set_from_icon_name (self->icon, barua_card_text_icon (verdict->severity));
  set_style (GTK_WIDGET (self->icon), style);
  set_style (GTK_WIDGET (self->severity), style);
  gtk_label_set_label (self->severity, barua_card_text_severity (verdict->severity));
  gtk_label_set_label (self->title, barua_verdict_get_title (verdict));
  gtk_label_set_label (self->explanation, explanation);
  show_steps (self);
  show_evidence (self, heading);
}

/* Errors that stand for no cause are told in their own words. */
static void
set_plain (BaruaDiagnosisCard *self, const char *text)
{
  g_clear_pointer (&self->verdict, barua_verdict_unref);
  gtk_image_set_from_icon_name (self->icon, "dialog-error-symbolic");
  set_style (GTK_WIDGET (self->icon), "error");
  set_style (GTK_WIDGET (self->severity), "error");
  gtk_label_set_label (self->severity, barua_card_text_severity (BARUA_SEVERITY_ERROR));
  gtk_label_set_label (self->title, _ ("That could not be done"));
  gtk_label_set_label (self->explanation, text);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->evidence_expander), FALSE);
}

void
barua_diagnosis_card_set_trouble (BaruaDiagnosisCard *self, const GError *error)
{
  g_autoptr (BaruaVerdict) verdict = NULL;
  g_autofree char *message = NULL;
  const char *id = NULL;

  g_return_if_fail (BARUA_IS_DIAGNOSIS_CARD (self) && error != NULL);

  id = barua_trouble_get_id (error);
  message = barua_trouble_dup_message (error);
  barua_diagnosis_card_set_check (self, NULL);
  if (barua_cause_find (id) == NULL)
    {
      set_plain (self, message);
      return;
    }
  verdict = barua_verdict_new (id, 1);
  barua_diagnosis_card_set_verdict (self, verdict, NULL);
}

void
barua_diagnosis_card_set_check (BaruaDiagnosisCard *self, BaruaCheck *check)
{
  g_return_if_fail (BARUA_IS_DIAGNOSIS_CARD (self));

  if (check != NULL)
    barua_check_ref (check);
  g_clear_pointer (&self->check, barua_check_unref);
  self->check = check;
  gtk_button_set_label (self->copy_button,
                        check != NULL ? _ ("Copy Report") : _ ("Copy Text"));
}

void
barua_diagnosis_card_set_again (BaruaDiagnosisCard *self, const char *label)
{
  g_return_if_fail (BARUA_IS_DIAGNOSIS_CARD (self));

  gtk_widget_set_visible (self->again_place, label != NULL);
  gtk_button_set_label (self->again_button, label != NULL ? label : "");
}

void
barua_diagnosis_card_announce (BaruaDiagnosisCard *self)
{
  g_return_if_fail (BARUA_IS_DIAGNOSIS_CARD (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
}
