#include "config.h"

#include "ui/rows/program-row.h"

#include "ui/rows/plan-rows.h"
#include "ui/rows/program-icon.h"
#include "ui/rows/program-text.h"

#include <glib/gi18n.h>

struct _BaruaProgramRow
{
  AdwExpanderRow parent_instance;
  const BaruaExporter *exporter;
  BaruaProgram *program;
  BaruaHandOver *hand_over;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkSwitch *choice;
  GPtrArray *details;
};

enum
{
  PROP_CHOSEN = 1,
};

G_DEFINE_FINAL_TYPE (BaruaProgramRow, barua_program_row, ADW_TYPE_EXPANDER_ROW)

static void
on_switched (BaruaProgramRow *self)
{
  g_object_notify (G_OBJECT (self), "chosen");
}

static void
clear_details (BaruaProgramRow *self)
{
  for (guint i = 0; i < self->details->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->details->pdata[i]);
  g_ptr_array_set_size (self->details, 0);
}

/* Most rows are never opened, so their details are made only then. */
static void
on_expanded (BaruaProgramRow *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) ||
      self->details->len > 0 || self->program == NULL || self->program->plan == NULL)
    return;
  rows = barua_plan_rows_new (self->program->plan, self->hand_over->home);
  for (guint i = 0; i < rows->len; i++)
    {
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), rows->pdata[i]);
      g_ptr_array_add (self->details, rows->pdata[i]);
    }
}

static void
barua_program_row_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    g_value_set_boolean (value,
                         barua_program_row_get_chosen (BARUA_PROGRAM_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barua_program_row_dispose (GObject *object)
{
  BaruaProgramRow *self = BARUA_PROGRAM_ROW (object);

  g_clear_pointer (&self->program, barua_program_free);
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
  g_clear_pointer (&self->details, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_program_row_parent_class)->dispose (object);
}

static void
barua_program_row_class_init (BaruaProgramRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = barua_program_row_dispose;
  object_class->get_property = barua_program_row_get_property;
  g_object_class_install_property (
    object_class, PROP_CHOSEN,
    g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
barua_program_row_init (BaruaProgramRow *self)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (self);

  self->details = g_ptr_array_new ();
  self->icon =
    GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "pixel-size", 32, "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->choice = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->choice), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  adw_expander_row_add_prefix (row, GTK_WIDGET (self->icon));
  adw_expander_row_add_action (row, GTK_WIDGET (self->choice));
  adw_expander_row_add_action (row, GTK_WIDGET (self->spinner));
  g_signal_connect_swapped (self->choice, "notify::active", G_CALLBACK (on_switched),
                            self);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded), NULL);
}

BaruaProgramRow *
barua_program_row_new (const BaruaExporter *exporter)
{
  BaruaProgramRow *self = g_object_new (BARUA_TYPE_PROGRAM_ROW, NULL);
  /* Translators: the name of a mail program */
  g_autofree char *label = g_strdup_printf (_ ("Set up %s"), _ (exporter->name));

  self->exporter = exporter;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (exporter->name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  barua_program_icon_set (self->icon, NULL, exporter->can);
  return self;
}

const BaruaExporter *
barua_program_row_get_exporter (BaruaProgramRow *self)
{
  g_return_val_if_fail (BARUA_IS_PROGRAM_ROW (self), NULL);

  return self->exporter;
}

const BaruaProgram *
barua_program_row_get_program (BaruaProgramRow *self)
{
  g_return_val_if_fail (BARUA_IS_PROGRAM_ROW (self), NULL);

  return self->program;
}

void
barua_program_row_set_program (BaruaProgramRow *self,
                               BaruaProgram *program,
                               BaruaHandOver *hand_over)
{
  g_autofree char *subtitle = NULL;
  g_autofree char *escaped = NULL;
  gboolean can_be_chosen = FALSE;

  g_return_if_fail (BARUA_IS_PROGRAM_ROW (self) && program != NULL);

  clear_details (self);
  g_clear_pointer (&self->program, barua_program_free);
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
  self->program = program;
  self->hand_over = hand_over != NULL ? barua_hand_over_ref (hand_over) : NULL;
  subtitle = barua_program_text_subtitle (program);
  escaped = g_markup_escape_text (subtitle, -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
  barua_program_icon_set (self->icon, program->presence->icon, self->exporter->can);
  can_be_chosen = program->error == NULL &&
                  (program->plan == NULL || !barua_plan_is_empty (program->plan));
  gtk_widget_set_sensitive (GTK_WIDGET (self->choice), can_be_chosen);
  if (!can_be_chosen)
    gtk_switch_set_active (self->choice, FALSE);
  on_expanded (self);
}

gboolean
barua_program_row_get_chosen (BaruaProgramRow *self)
{
  g_return_val_if_fail (BARUA_IS_PROGRAM_ROW (self), FALSE);

  return gtk_switch_get_active (self->choice);
}

void
barua_program_row_set_chosen (BaruaProgramRow *self, gboolean chosen)
{
  g_return_if_fail (BARUA_IS_PROGRAM_ROW (self));

  gtk_switch_set_active (self->choice, chosen);
}

void
barua_program_row_set_busy (BaruaProgramRow *self, gboolean busy)
{
  g_return_if_fail (BARUA_IS_PROGRAM_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->choice), !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}
