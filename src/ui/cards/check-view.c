#include "config.h"

#include "ui/cards/check-view.h"

#include "ui/browse.h"
#include "ui/cards/card-text.h"
#include "ui/rows/check-text.h"
#include "ui/rows/service-row.h"

#include <glib/gi18n.h>

struct _BaruaCheckView
{
  AdwBin parent_instance;
  BaruaDiagnosisCard *card;
  AdwPreferencesGroup *services_group;
  AdwPreferencesGroup *remarks_group;
  GtkWidget *stop_button;
  GPtrArray *rows;
  GPtrArray *remarks;
  BaruaJourney *journey;
  gulong handler;
};

enum
{
  SIGNAL_STOP,
  SIGNAL_TRY_AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaruaCheckView, barua_check_view, ADW_TYPE_BIN)

static void
on_stop (GtkButton *button, BaruaCheckView *self)
{
  (void) button;
  g_signal_emit (self, signals[SIGNAL_STOP], 0);
}

static void
on_try_again (BaruaDiagnosisCard *card, BaruaCheckView *self)
{
  (void) card;
  g_signal_emit (self, signals[SIGNAL_TRY_AGAIN], 0);
}

static void
on_step (BaruaJourney *journey,
         const BaruaEvidence *evidence,
         const BaruaStep *step,
         BaruaCheckView *self)
{
  (void) journey;
  for (guint i = 0; i < self->rows->len; i++)
    if (barua_service_row_is_for (self->rows->pdata[i], &evidence->service))
      barua_service_row_step (self->rows->pdata[i], evidence, step);
}

static void
unfollow (BaruaCheckView *self)
{
  if (self->journey != NULL)
    g_clear_signal_handler (&self->handler, self->journey);
  g_clear_object (&self->journey);
}

static void
follow (BaruaCheckView *self, BaruaJourney *journey)
{
  unfollow (self);
  self->journey = g_object_ref (journey);
  self->handler = g_signal_connect (journey, "step", G_CALLBACK (on_step), self);
}

static void
make_rows (BaruaCheckView *self, BaruaJourney *journey)
{
  const BaruaProvider *provider = barua_journey_get_provider (journey);

  if (self->rows->len > 0)
    return;
  for (gsize i = 0; i < provider->n_services; i++)
    {
      BaruaServiceRow *row = barua_service_row_new (&provider->services[i]);

      adw_preferences_group_add (self->services_group, GTK_WIDGET (row));
      g_ptr_array_add (self->rows, row);
    }
}

static void
clear_remarks (BaruaCheckView *self)
{
  for (guint i = 0; i < self->remarks->len; i++)
    adw_preferences_group_remove (self->remarks_group, self->remarks->pdata[i]);
  g_ptr_array_set_size (self->remarks, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks_group), FALSE);
}

static void
on_open_page (GtkButton *button, gpointer user_data)
{
  barua_browse_open (GTK_WIDGET (button), user_data);
}

static GtkWidget *
make_remark_row (const BaruaRemark *remark)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", barua_card_text_icon (remark->severity),
                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *button = NULL;

  gtk_widget_add_css_class (icon, barua_card_text_style (remark->severity));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), remark->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), remark->text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (remark->url == NULL)
    return row;
  button = gtk_button_new_from_icon_name ("web-browser-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, remark->url);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Open the page"), -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_open_page),
                         g_strdup (remark->url),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_remarks (BaruaCheckView *self, const BaruaCheck *check)
{
  g_autoptr (GPtrArray) remarks = barua_check_text_remarks (check);

  for (guint i = 0; i < remarks->len; i++)
    {
      GtkWidget *row = make_remark_row (remarks->pdata[i]);

      adw_preferences_group_add (self->remarks_group, row);
      g_ptr_array_add (self->remarks, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->remarks_group), remarks->len > 0);
}

static void
barua_check_view_dispose (GObject *object)
{
  unfollow (BARUA_CHECK_VIEW (object));
  G_OBJECT_CLASS (barua_check_view_parent_class)->dispose (object);
}

static void
barua_check_view_finalize (GObject *object)
{
  BaruaCheckView *self = BARUA_CHECK_VIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_check_view_parent_class)->finalize (object);
}

static void
barua_check_view_class_init (BaruaCheckViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barua_check_view_dispose;
  object_class->finalize = barua_check_view_finalize;
  g_type_ensure (BARUA_TYPE_DIAGNOSIS_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/cards/check-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckView, card);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckView, services_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckView, remarks_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckView, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  signals[SIGNAL_STOP] = g_signal_new ("stop", BARUA_TYPE_CHECK_VIEW, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TRY_AGAIN] =
    g_signal_new ("try-again", BARUA_TYPE_CHECK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
barua_check_view_init (BaruaCheckView *self)
{
  self->rows = g_ptr_array_new ();
  self->remarks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
barua_check_view_begin (BaruaCheckView *self, BaruaJourney *journey)
{
  g_return_if_fail (BARUA_IS_CHECK_VIEW (self) && BARUA_IS_JOURNEY (journey));

  make_rows (self, journey);
  follow (self, journey);
  clear_remarks (self);
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->services_group), TRUE);
  gtk_widget_set_visible (self->stop_button, TRUE);
  for (guint i = 0; i < self->rows->len; i++)
    barua_service_row_begin (self->rows->pdata[i]);
}

void
barua_check_view_stop (BaruaCheckView *self)
{
  g_return_if_fail (BARUA_IS_CHECK_VIEW (self));

  unfollow (self);
  gtk_widget_set_visible (self->stop_button, FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    barua_service_row_stop (self->rows->pdata[i]);
}

void
barua_check_view_finish (BaruaCheckView *self, BaruaCheck *check, const char *again)
{
  gboolean is_well = FALSE;

  g_return_if_fail (BARUA_IS_CHECK_VIEW (self) && check != NULL);

  unfollow (self);
  is_well = barua_check_text_is_well (check);
  gtk_widget_set_visible (self->stop_button, FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    barua_service_row_finish (self->rows->pdata[i], check);
  gtk_widget_set_visible (GTK_WIDGET (self->services_group),
                          check->diagnosis->services->len > 0);
  show_remarks (self, check);
  barua_diagnosis_card_set_verdict (self->card, check->diagnosis->verdict,
                                    barua_check_text_heading (check));
  barua_diagnosis_card_set_check (self->card, check);
  barua_diagnosis_card_set_again (self->card, again);
  gtk_widget_set_visible (GTK_WIDGET (self->card), !is_well);
  if (!is_well)
    barua_diagnosis_card_announce (self->card);
}

gboolean
barua_check_view_is_touched (BaruaCheckView *self)
{
  g_return_val_if_fail (BARUA_IS_CHECK_VIEW (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    if (adw_expander_row_get_expanded (self->rows->pdata[i]))
      return TRUE;
  return FALSE;
}
