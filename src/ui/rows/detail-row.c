#include "config.h"

#include "ui/rows/detail-row.h"

#include "ui/words.h"

GtkWidget *
barua_detail_row_new (const BaruaDetail *detail)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", detail->label, "wrap", TRUE,
                                   "xalign", 0.0, NULL);
  GtkWidget *value =
    g_object_new (GTK_TYPE_LABEL, "label", detail->value, "wrap", TRUE, "wrap-mode",
                  PANGO_WRAP_WORD_CHAR, "xalign", 0.0, "selectable", TRUE, NULL);

  barua_words_keep (GTK_LABEL (value));
  gtk_widget_add_css_class (box, "detail");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (value, "evidence");
  if (detail->is_code)
    gtk_widget_add_css_class (value, "monospace");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_relation (
    GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, value, NULL, -1);
  return row;
}
