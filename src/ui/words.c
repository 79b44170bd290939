#include "config.h"

#include "ui/words.h"

static gboolean
is_title_of_group (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "h4") &&
         gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP) != NULL;
}

static gboolean
is_title_of_key (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) &&
         gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUTS_SHORTCUT) != NULL &&
         gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUT_LABEL) == NULL;
}

void
barua_words_wrap (GtkWidget *widget)
{
  GtkWidget *label =
    GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (is_title_of_group (widget) || is_title_of_key (widget))
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      return;
    }

  /* Where keys are searched for, GTK would have room for forty letters. */
  if (GTK_IS_SEARCH_ENTRY (widget))
    {
      gtk_editable_set_width_chars (GTK_EDITABLE (widget), 0);
      return;
    }

  if (GTK_IS_LABEL (label))
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    barua_words_wrap (child);
}

void
barua_words_keep (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  g_return_if_fail (GTK_IS_LABEL (label));

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}
