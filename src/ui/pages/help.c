#include "config.h"

#include "ui/pages/help.h"

#include "ui/browse.h"
#include "ui/help-text.h"

#include <glib/gi18n.h>

struct _BaruaHelpPage
{
  BaruaPage parent_instance;
  GtkScrolledWindow *scroller;
  GtkBox *chapters;
  /* The topic that was asked for. */
  GtkWidget *wanted;
  guint n_frames;
  gsize n_filled;
  guint filling;
};

G_DEFINE_FINAL_TYPE (BaruaHelpPage, barua_help_page, BARUA_TYPE_PAGE)

static GtkWidget *
make_text_row (const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "help-text");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
on_link_activated (GtkWidget *row, const char *link)
{
  barua_browse_open (row, link);
}

static GtkWidget *
make_link_row (const char *link)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("adw-external-link-symbolic");
  g_autofree char *shown = g_markup_escape_text (link, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Open the Page"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (on_link_activated), (gpointer) link);
  return row;
}

/* Most topics are never opened, and long texts take their time to be laid out. */
static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, gpointer user_data)
{
  const BaruaHelpTopic *topic = user_data;

  (void) pspec;
  g_signal_handlers_disconnect_by_func (row, on_expanded, user_data);
  for (gsize i = 0; topic->paragraphs[i] != NULL; i++)
    adw_expander_row_add_row (row, make_text_row (_ (topic->paragraphs[i])));
  if (topic->link != NULL)
    adw_expander_row_add_row (row, make_link_row (topic->link));
}

static GtkWidget *
make_topic (BaruaHelpPage *self, const BaruaHelpTopic *topic)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *title = g_markup_escape_text (_ (topic->title), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), (gpointer) topic);
  if (g_strcmp0 (topic->id, barua_page_get_trip (BARUA_PAGE (self))->help_topic) == 0)
    {
      self->wanted = row;
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
    }
  return row;
}

static GtkWidget *
make_chapter (BaruaHelpPage *self, const BaruaHelpChapter *chapter)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (chapter->title));
  for (gsize i = 0; i < chapter->n_topics; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_topic (self, &chapter->topics[i]));
  return group;
}

/* Only what has been laid out has a place to scroll to. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BaruaHelpPage *self = BARUA_HELP_PAGE (widget);
  GtkWidget *focus = NULL;
  double top = 0;

  (void) clock;
  (void) user_data;
  if (++self->n_frames < 2)
    return G_SOURCE_CONTINUE;
  focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->wanted))
    gtk_widget_child_focus (self->wanted, GTK_DIR_TAB_FORWARD);
  if (gtk_widget_translate_coordinates (self->wanted, GTK_WIDGET (self->chapters), 0, 0,
                                        NULL, &top))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), top);
  return G_SOURCE_REMOVE;
}

static gboolean
add_chapter (BaruaHelpPage *self)
{
  gsize n_chapters = 0;
  const BaruaHelpChapter *chapters = barua_help_chapters (&n_chapters);

  if (self->n_filled == n_chapters)
    return FALSE;
  gtk_box_append (self->chapters, make_chapter (self, &chapters[self->n_filled++]));
  return TRUE;
}

/* A chapter at a time, so that nobody waits for an answer to a key meanwhile. */
static gboolean
on_fill (gpointer user_data)
{
  BaruaHelpPage *self = user_data;

  if (add_chapter (self))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  if (self->wanted != NULL)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
barua_help_page_constructed (GObject *object)
{
  BaruaHelpPage *self = BARUA_HELP_PAGE (object);

  G_OBJECT_CLASS (barua_help_page_parent_class)->constructed (object);
  /* The first is there at once, so that the focus has somewhere to be. */
  (void) add_chapter (self);
  self->filling = g_idle_add (on_fill, self);
}

static void
barua_help_page_dispose (GObject *object)
{
  g_clear_handle_id (&BARUA_HELP_PAGE (object)->filling, g_source_remove);
  G_OBJECT_CLASS (barua_help_page_parent_class)->dispose (object);
}

static void
barua_help_page_class_init (BaruaHelpPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = barua_help_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = barua_help_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/help.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaHelpPage, chapters);
  gtk_widget_class_bind_template_child (widget_class, BaruaHelpPage, scroller);
}

static void
barua_help_page_init (BaruaHelpPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
