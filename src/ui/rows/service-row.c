#include "config.h"

#include "ui/rows/service-row.h"

#include "ui/rows/detail-row.h"
#include "ui/rows/service-text.h"

#include <glib/gi18n.h>

struct _BaruaServiceRow
{
  AdwExpanderRow parent_instance;
  const BaruaService *service;
  GtkStack *state;
  GtkSpinner *spinner;
  GtkImage *icon;
  BaruaCheck *check;
  const BaruaServiceDiagnosis *diagnosis;
  GPtrArray *details;
};

G_DEFINE_FINAL_TYPE (BaruaServiceRow, barua_service_row, ADW_TYPE_EXPANDER_ROW)

static void
show_icon (BaruaServiceRow *self, const char *icon, const char *style)
{
  static const char *const STYLES[] = { "success", "warning", "error", "dim-label" };

  for (gsize i = 0; i < G_N_ELEMENTS (STYLES); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), STYLES[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), style);
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child (self->state, GTK_WIDGET (self->icon));
}

static void
set_subtitle (BaruaServiceRow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
}

static void
clear_details (BaruaServiceRow *self)
{
  for (guint i = 0; i < self->details->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->details->pdata[i]);
  g_ptr_array_set_size (self->details, 0);
}

static void
forget (BaruaServiceRow *self)
{
  clear_details (self);
  self->diagnosis = NULL;
  g_clear_pointer (&self->check, barua_check_unref);
}

/* Most rows are never opened, so their details are made only then. */
static void
on_expanded (BaruaServiceRow *self, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GPtrArray) details = NULL;

  (void) pspec;
  (void) user_data;
  if (self->diagnosis == NULL || self->details->len > 0 ||
      !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  details = barua_service_text_details (self->diagnosis);
  for (guint i = 0; i < details->len; i++)
    {
      GtkWidget *row = barua_detail_row_new (details->pdata[i]);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->details, row);
    }
}

static void
barua_service_row_dispose (GObject *object)
{
  BaruaServiceRow *self = BARUA_SERVICE_ROW (object);

  self->diagnosis = NULL;
  g_clear_pointer (&self->check, barua_check_unref);
  g_clear_pointer (&self->details, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_service_row_parent_class)->dispose (object);
}

static void
barua_service_row_class_init (BaruaServiceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barua_service_row_dispose;
}

static void
barua_service_row_init (BaruaServiceRow *self)
{
  self->details = g_ptr_array_new ();
  self->state = GTK_STACK (gtk_stack_new ());
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->icon = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_stack_add_child (self->state, GTK_WIDGET (self->spinner));
  gtk_stack_add_child (self->state, GTK_WIDGET (self->icon));
  gtk_widget_set_valign (GTK_WIDGET (self->state), GTK_ALIGN_CENTER);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->state));
  show_icon (self, "content-loading-symbolic", "dim-label");
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded), NULL);
}

BaruaServiceRow *
barua_service_row_new (const BaruaService *service)
{
  BaruaServiceRow *self = g_object_new (BARUA_TYPE_SERVICE_ROW, NULL);
  g_autofree char *title = barua_service_text_title (service);

  self->service = service;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), FALSE);
  set_subtitle (self, service->host);
  return self;
}

gboolean
barua_service_row_is_for (BaruaServiceRow *self, const BaruaService *service)
{
  g_return_val_if_fail (BARUA_IS_SERVICE_ROW (self), FALSE);

  return self->service->protocol == service->protocol &&
         self->service->port == service->port;
}

void
barua_service_row_begin (BaruaServiceRow *self)
{
  g_return_if_fail (BARUA_IS_SERVICE_ROW (self));

  forget (self);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), FALSE);
  set_subtitle (self, barua_service_text_waiting ());
  gtk_stack_set_visible_child (self->state, GTK_WIDGET (self->spinner));
  gtk_spinner_start (self->spinner);
}

void
barua_service_row_step (BaruaServiceRow *self,
                        const BaruaEvidence *evidence,
                        const BaruaStep *step)
{
  g_return_if_fail (BARUA_IS_SERVICE_ROW (self));

  set_subtitle (self, barua_service_text_live (evidence, step));
}

void
barua_service_row_stop (BaruaServiceRow *self)
{
  g_return_if_fail (BARUA_IS_SERVICE_ROW (self));

  forget (self);
  set_subtitle (self, _ ("stopped"));
  show_icon (self, "content-loading-symbolic", "dim-label");
}

void
barua_service_row_finish (BaruaServiceRow *self, BaruaCheck *check)
{
  GPtrArray *services = NULL;
  g_autofree char *outcome = NULL;

  g_return_if_fail (BARUA_IS_SERVICE_ROW (self) && check != NULL);

  barua_check_ref (check);
  forget (self);
  self->check = check;
  services = check->diagnosis->services;
  for (guint i = 0; i < services->len; i++)
    {
      const BaruaServiceDiagnosis *diagnosis = services->pdata[i];

      if (barua_service_row_is_for (self, &diagnosis->evidence->service))
        self->diagnosis = diagnosis;
    }
  if (self->diagnosis == NULL)
    {
      barua_service_row_stop (self);
      return;
    }
  outcome = barua_service_text_outcome (self->diagnosis);
  set_subtitle (self, outcome);
  show_icon (self, barua_service_text_icon (self->diagnosis),
             barua_service_text_style (self->diagnosis));
  /* Which opens the row, too. */
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
}
