#include "config.h"

#include "ui/rows/diff-view.h"

#include <glib/gi18n.h>

/* More of a change than that nobody reads. */
#define LINES_SHOWN 300

/* Faint enough for both light and dark. */
static const GdkRGBA ADDED = { 0.15f, 0.64f, 0.41f, 0.22f };
static const GdkRGBA REMOVED = { 0.88f, 0.11f, 0.14f, 0.20f };
static const GdkRGBA PLACE = { 0.5f, 0.5f, 0.5f, 0.15f };

static const char *
get_tag (const char *line)
{
  switch (*line)
    {
    case '+':
      return "added";
    case '-':
      return "removed";
    case '@':
      return "place";
    default:
      return NULL;
    }
}

static void
append_line (GtkTextBuffer *buffer, const char *line)
{
  GtkTextIter end = { 0 };
  const char *tag = get_tag (line);

  gtk_text_buffer_get_end_iter (buffer, &end);
  if (gtk_text_buffer_get_char_count (buffer) > 0)
    gtk_text_buffer_insert (buffer, &end, "\n", 1);
  if (tag != NULL)
    gtk_text_buffer_insert_with_tags_by_name (buffer, &end, line, -1, tag, NULL);
  else
    gtk_text_buffer_insert (buffer, &end, line, -1);
}

GtkWidget *
barua_diff_view_new (const char *diff)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_auto (GStrv) lines = g_strsplit (diff, "\n", -1);
  guint n_shown = 0;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_create_tag (buffer, "added", "paragraph-background-rgba", &ADDED, NULL);
  gtk_text_buffer_create_tag (buffer, "removed", "paragraph-background-rgba", &REMOVED,
                              NULL);
  gtk_text_buffer_create_tag (buffer, "place", "paragraph-background-rgba", &PLACE, NULL);
  for (gsize i = 0; lines[i] != NULL && n_shown < LINES_SHOWN; i++)
    {
      /* The first two name the file, which stands above already. */
      if (i < 2 || (*lines[i] == '\0' && lines[i + 1] == NULL))
        continue;
      append_line (buffer, lines[i]);
      n_shown++;
    }
  if (n_shown == LINES_SHOWN)
    append_line (buffer, "…");
  /* A hyphen where a line is broken would be taken for a part of the file. */
  gtk_text_buffer_create_tag (buffer, "whole", "insert-hyphens", FALSE, NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag_by_name (buffer, "whole", &start, &end);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "diff");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What changes in the file"), -1);
  return view;
}
