#include "config.h"

#include "ui/rows/plan-rows.h"

#include "ui/rows/diff-view.h"
#include "ui/words.h"

#include <glib/gi18n.h>

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label =
    g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                  PANGO_WRAP_WORD_CHAR, "xalign", 0.0, "selectable", TRUE, NULL);

  barua_words_keep (GTK_LABEL (label));
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_row (GtkWidget *content)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (content, "detail");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static GtkWidget *
make_change (const BaruaChange *change, const BaruaHome *home)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *path =
    change->path != NULL ? barua_home_dup_shown (home, change->path) : NULL;
  g_autofree char *diff = barua_change_dup_diff (change, home);

  gtk_box_append (GTK_BOX (box), make_label (change->summary, NULL));
  if (path != NULL)
    gtk_box_append (GTK_BOX (box), make_label (path, "dim-label"));
  if (change->command != NULL)
    {
      g_autofree char *line =
        g_strconcat (change->as_root ? "# " : "$ ", change->command, NULL);

      gtk_box_append (GTK_BOX (box), make_label (line, "monospace"));
    }
  if (diff != NULL && *diff != '\0')
    gtk_box_append (GTK_BOX (box), barua_diff_view_new (diff));
  return make_row (box);
}

static void
add_list (GPtrArray *rows, const char *heading, const GPtrArray *sentences)
{
  GtkWidget *box = NULL;
  GtkWidget *label = NULL;

  if (sentences->len == 0)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  label = make_label (heading, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  for (guint i = 0; i < sentences->len; i++)
    gtk_box_append (GTK_BOX (box), make_label (sentences->pdata[i], NULL));
  g_ptr_array_add (rows, make_row (box));
}

GPtrArray *
barua_plan_rows_new (const BaruaPlan *plan, const BaruaHome *home)
{
  GPtrArray *rows = g_ptr_array_new ();

  if (barua_plan_is_empty (plan))
    g_ptr_array_add (rows,
                     make_row (make_label (barua_plan_describe_nothing (plan), NULL)));
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      /* A folder that a file needs goes with the file. */
      if (change->summary != NULL)
        g_ptr_array_add (rows, make_change (change, home));
    }
  add_list (rows, _ ("What it will still ask:"), plan->questions);
  add_list (rows, _ ("Good to know:"), plan->notes);
  return rows;
}
