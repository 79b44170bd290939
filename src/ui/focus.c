#include "config.h"

#include "ui/focus.h"

#define BY_KEYBOARD "barua-by-keyboard"

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, GtkWidget *window)
{
  GdkEventType type = gdk_event_get_event_type (event);

  (void) controller;
  if (type == GDK_KEY_PRESS)
    g_object_set_data (G_OBJECT (window), BY_KEYBOARD, GINT_TO_POINTER (TRUE));
  else if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    g_object_set_data (G_OBJECT (window), BY_KEYBOARD, NULL);
  return GDK_EVENT_PROPAGATE;
}

static void
on_focus_visible (GtkWindow *window)
{
  if (!gtk_window_get_focus_visible (window) &&
      g_object_get_data (G_OBJECT (window), BY_KEYBOARD) != NULL)
    gtk_window_set_focus_visible (window, TRUE);
}

void
barua_focus_keep_visible (GtkWindow *window)
{
  GtkEventController *events = NULL;

  g_return_if_fail (GTK_IS_WINDOW (window));

  events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (on_event), window);
  gtk_widget_add_controller (GTK_WIDGET (window), events);
  g_signal_connect (window, "notify::focus-visible", G_CALLBACK (on_focus_visible), NULL);
}
