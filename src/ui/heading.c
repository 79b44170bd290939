#include "config.h"

#include "ui/heading.h"

struct _BaruaHeading
{
  AdwBin parent_instance;
  GtkLabel *title;
  GtkLabel *text;
};

enum
{
  PROP_TITLE = 1,
  PROP_TEXT,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (BaruaHeading, barua_heading, ADW_TYPE_BIN)

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
barua_heading_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaruaHeading *self = BARUA_HEADING (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title));
      break;
    case PROP_TEXT:
      g_value_set_string (value, gtk_label_get_label (self->text));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barua_heading_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  BaruaHeading *self = BARUA_HEADING (object);

  switch (id)
    {
    case PROP_TITLE:
      show_text (self->title, g_value_get_string (value));
      break;
    case PROP_TEXT:
      show_text (self->text, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barua_heading_class_init (BaruaHeadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass),
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  object_class->get_property = barua_heading_get_property;
  object_class->set_property = barua_heading_set_property;
  g_object_class_install_property (
    object_class, PROP_TITLE, g_param_spec_string ("title", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_TEXT,
                                   g_param_spec_string ("text", NULL, NULL, NULL, flags));
}

static GtkLabel *
make_label (GtkAccessibleRole role, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "justify",
                                   GTK_JUSTIFY_CENTER, "visible", FALSE, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static void
on_left (BaruaHeading *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static void
barua_heading_init (BaruaHeading *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->title = make_label (GTK_ACCESSIBLE_ROLE_HEADING, "title-1");
  self->text = make_label (GTK_ACCESSIBLE_ROLE_LABEL, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_widget_add_css_class (GTK_WIDGET (self), "page-heading");
  gtk_accessible_update_relation (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL,
    GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->text, NULL, -1);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
barua_heading_set (BaruaHeading *self, const char *title, const char *text)
{
  g_return_if_fail (BARUA_IS_HEADING (self) && title != NULL);

  g_object_set (self, "title", title, "text", text, NULL);
}

void
barua_heading_announce (BaruaHeading *self)
{
  g_return_if_fail (BARUA_IS_HEADING (self));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}
