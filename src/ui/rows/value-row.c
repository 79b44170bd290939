#include "config.h"

#include "ui/rows/value-row.h"

#include "ui/browse.h"
#include "ui/words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define BESIDE_MAX 20

static void
on_copy (GtkButton *button, const char *value)
{
  barua_browse_copy (GTK_WIDGET (button), value, _ ("Copied"));
}

static void
free_value (gpointer value, GClosure *closure G_GNUC_UNUSED)
{
  g_free (value);
}

static GtkWidget *
make_button (const BaruaSheetRow *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: what a button does; %s is the name of a setting, as in "Server" */
  g_autofree char *label = g_strdup_printf (_ ("Copy: %s"), row->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_copy), g_strdup (row->value),
                         free_value, 0);
  return button;
}

static GtkWidget *
make_value (const BaruaSheetRow *row)
{
  GtkWidget *value = gtk_label_new (row->value);

  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (value), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  barua_words_keep (GTK_LABEL (value));
  gtk_label_set_justify (GTK_LABEL (value), GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (value, "numeric");
  if (!row->is_exact)
    gtk_widget_add_css_class (value, "dim-label");
  return value;
}

GtkWidget *
barua_value_row_new (const BaruaSheetRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (row->name, -1);
  g_autofree char *value = g_markup_escape_text (row->value, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  /* Beside the name, a description would leave no place for it on a small screen. */
  if (!row->is_exact && g_utf8_strlen (row->value, -1) > BESIDE_MAX)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), value);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (widget), make_value (row));
  if (row->is_exact)
    adw_action_row_add_suffix (ADW_ACTION_ROW (widget), make_button (row));
  return widget;
}
