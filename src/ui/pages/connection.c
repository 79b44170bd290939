#include "config.h"

#include "ui/pages/connection.h"

#include "setup/hosting.h"
#include "ui/cards/check-view.h"
#include "ui/heading.h"
#include "ui/preferences.h"
#include "ui/rows/check-text.h"

#include <glib/gi18n.h>

/* Long enough to see that all is well. */
#define PAUSE_MS 1200

struct _BaruaConnectionPage
{
  BaruaPage parent_instance;
  BaruaHeading *heading;
  BaruaCheckView *view;
  GtkWidget *again_button;
  GtkWidget *onward_group;
  GCancellable *checking;
  guint pause;
};

G_DEFINE_FINAL_TYPE (BaruaConnectionPage, barua_connection_page, BARUA_TYPE_PAGE)

static BaruaTrip *
get_trip (BaruaConnectionPage *self)
{
  return barua_page_get_trip (BARUA_PAGE (self));
}

static gboolean
on_pause_over (gpointer user_data)
{
  BaruaConnectionPage *self = user_data;

  self->pause = 0;
  if (!barua_check_view_is_touched (self->view))
    barua_page_proceed (BARUA_PAGE (self));
  return G_SOURCE_REMOVE;
}

static const char *
get_title (const BaruaVerdict *verdict)
{
  switch (verdict->severity)
    {
    case BARUA_SEVERITY_OK:
      return _ ("The Connection Works");
    case BARUA_SEVERITY_WARNING:
      return _ ("Almost All Is Well");
    case BARUA_SEVERITY_ERROR:
    default:
      return _ ("Something Stands in the Way");
    }
}

/* With a problem the way on stays open: it may be one of this network alone. */
static void
show_outcome (BaruaConnectionPage *self)
{
  BaruaTrip *trip = get_trip (self);
  const BaruaVerdict *verdict = trip->connection->diagnosis->verdict;
  gboolean is_well = barua_check_text_is_well (trip->connection);
  gboolean is_severe = verdict->severity == BARUA_SEVERITY_ERROR;

  barua_heading_set (self->heading, get_title (verdict),
                     is_well ? _ ("All of Gmail’s servers can be reached from here.")
                             : NULL);
  barua_check_view_finish (self->view, trip->connection, _ ("Check Again"));
  if (is_well)
    barua_heading_announce (self->heading);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_widget_set_visible (self->onward_group, is_well && trip->address == NULL);
  if (trip->address == NULL)
    return;
  barua_page_set_next_plain (BARUA_PAGE (self), is_severe);
  barua_page_set_next_label (BARUA_PAGE (self),
                             is_severe ? _ ("Continue All the Same") : _ ("Continue"));
  barua_page_set_complete (BARUA_PAGE (self), TRUE);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaConnectionPage) self = user_data;
  BaruaCheck *check = barua_journey_check_finish (BARUA_JOURNEY (source), result, NULL);

  /* It fails only when it was cancelled, by whoever shows something else now. */
  if (check == NULL)
    return;
  g_clear_object (&self->checking);
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  barua_trip_set_connection (get_trip (self), check);
  show_outcome (self);
  if (barua_check_text_is_well (check) && get_trip (self)->address != NULL)
    self->pause = g_timeout_add (PAUSE_MS, on_pause_over, self);
}

static void
begin (BaruaConnectionPage *self)
{
  BaruaTrip *trip = get_trip (self);
  const BaruaCheckOptions options = {
    .total_ms = barua_preferences_get_time_limit_ms (),
  };
  g_autofree char *hosting = trip->address != NULL
                               ? barua_hosting_dup_title (trip->address, trip->discovery)
                               : NULL;

  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  barua_heading_set (self->heading, _ ("Checking the Connection"),
                     hosting != NULL ? hosting
                                     : _ ("Can Gmail’s servers be reached from here?"));
  barua_page_set_next_label (BARUA_PAGE (self), NULL);
  barua_page_set_complete (BARUA_PAGE (self), FALSE);
  barua_page_set_busy (BARUA_PAGE (self), TRUE);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_widget_set_visible (self->onward_group, FALSE);
  barua_trip_set_connection (trip, NULL);
  barua_check_view_begin (self->view, trip->journey);
  barua_journey_check_async (trip->journey, &options, self->checking, on_checked,
                             g_object_ref (self));
}

static void
stop (BaruaConnectionPage *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->checking == NULL)
    return;
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
}

static void
on_stop (BaruaCheckView *view, BaruaConnectionPage *self)
{
  stop (self);
  barua_check_view_stop (view);
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  barua_heading_set (self->heading, _ ("Stopped"), NULL);
  gtk_widget_set_visible (self->again_button, TRUE);
  gtk_widget_grab_focus (self->again_button);
}

static void
on_try_again (BaruaCheckView *view, BaruaConnectionPage *self)
{
  (void) view;
  stop (self);
  begin (self);
}

static void
on_again_clicked (GtkButton *button, BaruaConnectionPage *self)
{
  (void) button;
  begin (self);
}

static void
barua_connection_page_enter (BaruaPage *page)
{
  BaruaConnectionPage *self = BARUA_CONNECTION_PAGE (page);

  /* Who comes back wants to look at it. */
  if (get_trip (self)->connection != NULL)
    show_outcome (self);
  else
    begin (self);
}

static void
barua_connection_page_leave (BaruaPage *page)
{
  BaruaConnectionPage *self = BARUA_CONNECTION_PAGE (page);

  stop (self);
  barua_page_set_busy (page, FALSE);
}

static void
barua_connection_page_dispose (GObject *object)
{
  stop (BARUA_CONNECTION_PAGE (object));
  G_OBJECT_CLASS (barua_connection_page_parent_class)->dispose (object);
}

static void
barua_connection_page_class_init (BaruaConnectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barua_connection_page_dispose;
  BARUA_PAGE_CLASS (klass)->enter = barua_connection_page_enter;
  BARUA_PAGE_CLASS (klass)->leave = barua_connection_page_leave;
  g_type_ensure (BARUA_TYPE_CHECK_VIEW);
  g_type_ensure (BARUA_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/connection.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaConnectionPage, heading);
  gtk_widget_class_bind_template_child (widget_class, BaruaConnectionPage, view);
  gtk_widget_class_bind_template_child (widget_class, BaruaConnectionPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaConnectionPage, onward_group);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
}

static void
barua_connection_page_init (BaruaConnectionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
