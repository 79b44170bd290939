#include "config.h"

#include "ui/stage.h"

#include "support/clock.h"
#include "support/loop.h"
#include "ui/window.h"

void
test_stage_open (TestStage *self, int width, int height)
{
  self->resolver = test_resolver_install ();
  self->app = barua_application_new ();
  g_application_set_flags (G_APPLICATION (self->app), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (self->app), NULL, NULL));
  self->window = GTK_WIDGET (barua_window_new (ADW_APPLICATION (self->app)));
  if (width > 0)
    gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_present (GTK_WINDOW (self->window));
}

gboolean
test_stage_is_gone (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

void
test_stage_close (TestStage *self)
{
  gpointer window = self->window;

  g_object_add_weak_pointer (G_OBJECT (self->window), &window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  test_loop_until (test_stage_is_gone, &window);
  g_object_unref (self->app);
  test_loop_drain ();
  test_resolver_uninstall (self->resolver);
}

static gboolean
on_over (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
test_stage_watch (guint ms)
{
  const gint64 end = test_clock_get_us () + ms * G_TIME_SPAN_MILLISECOND;
  gint64 left = ms * G_TIME_SPAN_MILLISECOND;

  do
    {
      gboolean over = FALSE;

      g_timeout_add ((guint) (left / G_TIME_SPAN_MILLISECOND) + 1, on_over, &over);
      while (!over)
        g_main_context_iteration (NULL, TRUE);
      left = end - test_clock_get_us ();
    }
  while (left > 0);
}

GtkWidget *
test_stage_find (GtkWidget *from, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (from, type))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found =
        gtk_widget_get_child_visible (child) ? test_stage_find (child, type) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}
