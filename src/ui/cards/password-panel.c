#include "config.h"

#include "ui/cards/password-panel.h"

#include "account/app-password.h"
#include "ui/browse.h"
#include "ui/rows/password-text.h"

#define PAGE "https://myaccount.google.com/apppasswords"

struct _BaruaPasswordPanel
{
  AdwBin parent_instance;
  GtkWidget *entry;
  GtkLabel *hint;
  guint tick;
  guint n_frames;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaruaPasswordPanel, barua_password_panel, ADW_TYPE_BIN)

static BaruaSecret *
dup_typed (BaruaPasswordPanel *self)
{
  return barua_secret_new (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
}

static void
update_hint (BaruaPasswordPanel *self)
{
  g_autoptr (BaruaSecret) typed = dup_typed (self);
  g_autofree char *text = barua_password_text_hint (typed);
  g_autoptr (BaruaSecret) normalized = barua_app_password_normalize (typed);
  gboolean is_whole = barua_secret_shape (normalized) == BARUA_SECRET_SHAPE_APP_PASSWORD;

  gtk_label_set_label (self->hint, text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "warning");
  if (is_whole)
    gtk_widget_add_css_class (GTK_WIDGET (self->hint), "success");
  else if (barua_password_text_is_doubtful (typed))
    gtk_widget_add_css_class (GTK_WIDGET (self->hint), "warning");
}

/* Only what has been laid out has a place to scroll to. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BaruaPasswordPanel *self = BARUA_PASSWORD_PANEL (widget);
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkAdjustment *adjustment = NULL;
  graphene_rect_t bounds;
  double top = 0;

  (void) clock;
  (void) user_data;
  if (++self->n_frames < 2)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  if (viewport == NULL || !gtk_widget_is_focus (self->entry) ||
      !gtk_widget_compute_bounds (gtk_widget_get_parent (GTK_WIDGET (self->hint)),
                                  viewport, &bounds))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top, top + bounds.size.height);
  return G_SOURCE_REMOVE;
}

/* GTK brings what has the focus into view, and not what is said below of what is typed.
 */
static void
show_hint (BaruaPasswordPanel *self)
{
  self->n_frames = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
}

static void
on_typed (GtkEditable *editable, BaruaPasswordPanel *self)
{
  (void) editable;
  update_hint (self);
  show_hint (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_open_page (GtkButton *button, BaruaPasswordPanel *self)
{
  (void) button;
  barua_browse_open (GTK_WIDGET (self), PAGE);
  gtk_widget_grab_focus (self->entry);
}

static void
barua_password_panel_class_init (BaruaPasswordPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/barua/Barua/cards/password-panel.ui");
  /* No GtkPasswordEntry: up to GTK 4.8 at least it hands its text, in the clear, to
     whoever listens to the bus for screen readers. What stands in its stead has the same
     memory, and nothing to read out. */
  gtk_widget_class_bind_template_child (widget_class, BaruaPasswordPanel, entry);
  gtk_widget_class_bind_template_child (widget_class, BaruaPasswordPanel, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_open_page);
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", BARUA_TYPE_PASSWORD_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
barua_password_panel_init (BaruaPasswordPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_hint (self);
}

gboolean
barua_password_panel_is_empty (BaruaPasswordPanel *self)
{
  g_return_val_if_fail (BARUA_IS_PASSWORD_PANEL (self), TRUE);

  return *gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0';
}

gboolean
barua_password_panel_is_doubtful (BaruaPasswordPanel *self)
{
  g_autoptr (BaruaSecret) normalized = NULL;

  g_return_val_if_fail (BARUA_IS_PASSWORD_PANEL (self), FALSE);

  normalized = barua_password_panel_dup_secret (self);
  return barua_secret_shape (normalized) != BARUA_SECRET_SHAPE_APP_PASSWORD;
}

BaruaSecret *
barua_password_panel_dup_secret (BaruaPasswordPanel *self)
{
  g_autoptr (BaruaSecret) typed = NULL;

  g_return_val_if_fail (BARUA_IS_PASSWORD_PANEL (self), NULL);

  typed = dup_typed (self);
  return barua_app_password_normalize (typed);
}

void
barua_password_panel_forget (BaruaPasswordPanel *self)
{
  g_autofree char *filler = NULL;

  g_return_if_fail (BARUA_IS_PASSWORD_PANEL (self));

  /* The entry's memory ends its text at the first byte, and leaves the others there: they
     are written over before. */
  filler = g_strnfill (strlen (gtk_editable_get_text (GTK_EDITABLE (self->entry))), ' ');
  gtk_editable_set_text (GTK_EDITABLE (self->entry), filler);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

void
barua_password_panel_focus (BaruaPasswordPanel *self)
{
  g_return_if_fail (BARUA_IS_PASSWORD_PANEL (self));

  gtk_widget_grab_focus (self->entry);
}
