#include "config.h"

#include "ui/window.h"

#include "ui/pages.h"

#include <glib/gi18n.h>

/* A page that was made, and where it stands on its path. */
typedef struct
{
  BaruaPage *page;
  const BaruaRoute *route;
  guint index;
} Visit;

struct _BaruaWindow
{
  AdwApplicationWindow parent_instance;
  AdwWindowTitle *heading;
  GtkWidget *back_button;
  GtkMenuButton *menu_button;
  GtkStack *stack;
  GtkWidget *next_bar;
  GtkWidget *next_button;
  GtkSpinner *next_spinner;
  GtkLabel *next_label;
  GSettings *settings;
  /* All pages that were made, and those that lead back from the one in view, its last. */
  GPtrArray *visits;
  GPtrArray *history;
  GCancellable *applying;
};

G_DEFINE_FINAL_TYPE (BaruaWindow, barua_window, ADW_TYPE_APPLICATION_WINDOW)

static Visit *
get_current (BaruaWindow *self)
{
  return self->history->len > 0 ? self->history->pdata[self->history->len - 1] : NULL;
}

static void
update_titles (BaruaWindow *self, const Visit *visit)
{
  const char *title = visit != NULL ? barua_page_get_title (visit->page) : NULL;
  const char *shown = title != NULL ? title : "";
  const BaruaAddress *address =
    visit != NULL ? barua_page_get_trip (visit->page)->address : NULL;

  if (visit != NULL && visit->route->title != NULL)
    shown = _ (visit->route->title);
  adw_window_title_set_title (self->heading, shown);
  adw_window_title_set_subtitle (self->heading, address != NULL && visit->index > 0
                                                  ? barua_address_get_text (address)
                                                  : "");
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("Barua"));
}

static void
update (BaruaWindow *self)
{
  Visit *visit = get_current (self);
  BaruaPage *page = visit != NULL ? visit->page : NULL;
  const char *label = page != NULL ? barua_page_get_next_label (page) : NULL;
  gboolean busy = page != NULL && barua_page_get_busy (page);

  update_titles (self, visit);
  gtk_widget_set_visible (self->back_button, self->history->len > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", self->history->len > 1);
  gtk_widget_set_visible (self->next_bar, label != NULL);
  /* A window forgets it when it is hidden. */
  gtk_window_set_default_widget (GTK_WINDOW (self),
                                 label != NULL ? self->next_button : NULL);
  if (page != NULL && barua_page_get_next_plain (page))
    gtk_widget_remove_css_class (self->next_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->next_button, "suggested-action");
  gtk_label_set_label (self->next_label, label != NULL ? label : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.next",
                                 label != NULL && !busy &&
                                   barua_page_get_complete (page));
  gtk_widget_set_visible (GTK_WIDGET (self->next_spinner), busy);
  gtk_spinner_set_spinning (self->next_spinner, busy);
}

static void
on_page_notify (BaruaPage *page, GParamSpec *pspec, BaruaWindow *self)
{
  Visit *visit = get_current (self);

  (void) pspec;
  if (visit != NULL && visit->page == page)
    update (self);
}

static void advance (BaruaWindow *self);

static void
on_page_proceed (BaruaPage *page, BaruaWindow *self)
{
  Visit *visit = get_current (self);

  if (visit != NULL && visit->page == page)
    advance (self);
}

static void
on_page_kept (BaruaPage *page, BaruaWindow *self)
{
  for (guint i = 0; i < self->visits->len; i++)
    {
      Visit *visit = self->visits->pdata[i];

      if (barua_page_get_trip (visit->page) == barua_page_get_trip (page))
        barua_page_forget (visit->page);
    }
}

static Visit *
add_page (BaruaWindow *self, const BaruaRoute *route, guint index, BaruaTrip *trip)
{
  const BaruaPageEntry *entry = barua_page_entry_find (route->pages[index]);
  Visit *visit = g_new0 (Visit, 1);

  visit->page = g_object_new (entry->get_type (), "trip", trip, NULL);
  visit->route = route;
  visit->index = index;
  g_ptr_array_add (self->visits, visit);
  gtk_stack_add_child (self->stack, GTK_WIDGET (visit->page));
  g_signal_connect_object (visit->page, "notify", G_CALLBACK (on_page_notify), self, 0);
  g_signal_connect_object (visit->page, "proceed", G_CALLBACK (on_page_proceed), self, 0);
  g_signal_connect_object (visit->page, "kept", G_CALLBACK (on_page_kept), self, 0);
  return visit;
}

static Visit *
find_page (BaruaWindow *self, const BaruaRoute *route, guint index, BaruaTrip *trip)
{
  for (guint i = 0; i < self->visits->len; i++)
    {
      Visit *visit = self->visits->pdata[i];

      if (visit->route == route && visit->index == index &&
          barua_page_get_trip (visit->page) == trip)
        return visit;
    }
  return add_page (self, route, index, trip);
}

static void
stop_applying (BaruaWindow *self)
{
  g_cancellable_cancel (self->applying);
  g_clear_object (&self->applying);
}

/* A page that knows better where to begin has moved the focus there by itself. What it
 * has hidden or taken away keeps the focus until the next frame, and nothing after it
 * would get it. */
static void
focus_page (BaruaWindow *self, Visit *visit)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && gtk_widget_get_mapped (focus) &&
      gtk_widget_is_ancestor (focus, GTK_WIDGET (visit->page)))
    return;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_child_focus (GTK_WIDGET (visit->page), GTK_DIR_TAB_FORWARD);
}

static gboolean
is_open (BaruaWindow *self, const BaruaTrip *trip)
{
  for (guint i = 0; i < self->history->len; i++)
    {
      const Visit *visit = self->history->pdata[i];

      if (barua_page_get_trip (visit->page) == trip)
        return TRUE;
    }
  return FALSE;
}

/* Pages are kept, with all that was typed, until no page of their walk leads back any
 * more; what slides out of view goes when it has slid. */
static void
drop_pages (BaruaWindow *self)
{
  if (gtk_stack_get_transition_running (self->stack))
    return;
  for (guint i = self->visits->len; i > 0; i--)
    {
      Visit *visit = self->visits->pdata[i - 1];

      if (is_open (self, barua_page_get_trip (visit->page)))
        continue;
      gtk_stack_remove (self->stack, GTK_WIDGET (visit->page));
      g_ptr_array_remove_index (self->visits, i - 1);
    }
}

static void
show_page (BaruaWindow *self, Visit *visit, GtkStackTransitionType transition)
{
  stop_applying (self);
  gtk_stack_set_transition_type (self->stack, transition);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (visit->page));
  update (self);
  barua_page_enter (visit->page);
  focus_page (self, visit);
  drop_pages (self);
}

static void
leave_current (BaruaWindow *self)
{
  Visit *visit = get_current (self);

  if (visit != NULL)
    barua_page_leave (visit->page);
}

static void
push (BaruaWindow *self, Visit *visit)
{
  guint place = 0;

  leave_current (self);
  /* What is open already is gone back to. */
  if (g_ptr_array_find (self->history, visit, &place))
    g_ptr_array_set_size (self->history, place + 1);
  else
    g_ptr_array_add (self->history, visit);
  show_page (self, visit, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
}

static void
go_back_to (BaruaWindow *self, guint place)
{
  leave_current (self);
  g_ptr_array_set_size (self->history, place + 1);
  show_page (self, get_current (self), GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
}

static void
advance (BaruaWindow *self)
{
  Visit *visit = get_current (self);
  BaruaTrip *trip = barua_page_get_trip (visit->page);

  for (guint i = visit->index + 1; visit->route->pages[i] != NULL; i++)
    {
      const BaruaPageEntry *entry = barua_page_entry_find (visit->route->pages[i]);

      if (entry->is_needed != NULL && !entry->is_needed (trip))
        continue;
      push (self, find_page (self, visit->route, i, trip));
      return;
    }
  go_back_to (self, 0);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = barua_page_apply_finish (BARUA_PAGE (source), result, &error);
  Visit *visit = NULL;

  /* Cancelled: the window has gone elsewhere, or is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  visit = get_current (self);
  if (visit == NULL || visit->page != BARUA_PAGE (source))
    return;
  g_clear_object (&self->applying);
  if (done)
    advance (self);
}

static void
on_next (GtkWidget *widget,
         const char *name G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED)
{
  BaruaWindow *self = BARUA_WINDOW (widget);
  Visit *visit = get_current (self);

  if (visit == NULL || self->applying != NULL)
    return;
  self->applying = g_cancellable_new ();
  barua_page_apply_async (visit->page, self->applying, on_applied, g_object_ref (self));
}

static void
on_back (GtkWidget *widget,
         const char *name G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED)
{
  BaruaWindow *self = BARUA_WINDOW (widget);

  if (self->history->len > 1)
    go_back_to (self, self->history->len - 2);
}

static void
on_home (GtkWidget *widget,
         const char *name G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED)
{
  go_back_to (BARUA_WINDOW (widget), 0);
}

static void
on_menu (GtkWidget *widget,
         const char *name G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED)
{
  gtk_menu_button_popup (BARUA_WINDOW (widget)->menu_button);
}

/* What leads to one side for the address in view goes on with what was chosen there. */
static BaruaTrip *
dup_trip (BaruaWindow *self, const char *address)
{
  Visit *visit = get_current (self);
  BaruaTrip *trip = visit != NULL ? barua_page_get_trip (visit->page) : NULL;
  g_autoptr (BaruaAddress) parsed = NULL;

  if (*address == '\0')
    return barua_trip_new (NULL);
  if (trip != NULL && trip->address != NULL &&
      g_str_equal (barua_address_get_text (trip->address), address))
    return barua_trip_ref (trip);
  parsed = barua_address_new (address, NULL);
  return barua_trip_new (parsed);
}

static void
open_route (BaruaWindow *self, const char *id, const char *address)
{
  const BaruaRoute *route = barua_route_find (id);
  g_autoptr (BaruaTrip) trip = NULL;
  Visit *visit = get_current (self);

  if (route == NULL)
    {
      g_debug ("There is no path called “%s”", id);
      return;
    }
  if (visit != NULL && visit->route == route && *address == '\0')
    return;
  trip = dup_trip (self, address);
  push (self, find_page (self, route, 0, trip));
}

static void
on_open (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
  const char *id = NULL;
  const char *address = NULL;

  g_variant_get (parameter, "(&s&s)", &id, &address);
  open_route (BARUA_WINDOW (widget), id, address);
}

static void
on_help (GtkWidget *widget,
         const char *name G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED)
{
  BaruaWindow *self = BARUA_WINDOW (widget);
  const BaruaRoute *route = barua_route_find ("help");
  g_autoptr (BaruaTrip) trip = barua_trip_new (NULL);
  Visit *visit = get_current (self);

  if (visit->route == route)
    return;
  trip->help_topic = g_intern_string (barua_page_get_help_topic (visit->page));
  push (self, find_page (self, route, 0, trip));
}

/* Where the program runs without being installed, there may be no schema. */
static void
remember_size (BaruaWindow *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, BARUA_APP_ID, TRUE) : NULL;

  if (schema == NULL)
    return;
  self->settings = g_settings_new_full (schema, NULL, NULL);
  g_settings_bind (self->settings, "window-width", self, "default-width",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized",
                   G_SETTINGS_BIND_DEFAULT);
}

/* Before it is on the screen nothing can have the focus. */
static void
barua_window_map (GtkWidget *widget)
{
  BaruaWindow *self = BARUA_WINDOW (widget);
  Visit *visit = get_current (self);

  GTK_WIDGET_CLASS (barua_window_parent_class)->map (widget);
  if (visit != NULL)
    focus_page (self, visit);
}

/* Return presses the button that leads on, but not from what it opens or leads to itself.
 */
static void
barua_window_activate_default (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (GTK_IS_LIST_BOX_ROW (focus) || GTK_IS_EXPANDER (focus))
    (void) gtk_widget_activate (focus);
  else
    GTK_WINDOW_CLASS (barua_window_parent_class)->activate_default (window);
}

static void
barua_window_dispose (GObject *object)
{
  BaruaWindow *self = BARUA_WINDOW (object);

  stop_applying (self);
  if (self->history != NULL)
    g_ptr_array_set_size (self->history, 0);
  if (self->visits != NULL)
    g_ptr_array_set_size (self->visits, 0);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (barua_window_parent_class)->dispose (object);
}

static void
barua_window_finalize (GObject *object)
{
  BaruaWindow *self = BARUA_WINDOW (object);

  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, BaruaWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BaruaWindow, next_bar);
  gtk_widget_class_bind_template_child (widget_class, BaruaWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaWindow, next_spinner);
  gtk_widget_class_bind_template_child (widget_class, BaruaWindow, next_label);
}

static void
barua_window_class_init (BaruaWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barua_window_dispose;
  object_class->finalize = barua_window_finalize;
  widget_class->map = barua_window_map;
  GTK_WINDOW_CLASS (klass)->activate_default = barua_window_activate_default;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "win.open", "(ss)", on_open);
  gtk_widget_class_install_action (widget_class, "win.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "win.home", NULL, on_home);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, on_help);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, on_menu);
}

static void
barua_window_init (BaruaWindow *self)
{
  self->visits = g_ptr_array_new_with_free_func (g_free);
  self->history = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::transition-running",
                           G_CALLBACK (drop_pages), self, G_CONNECT_SWAPPED);
  remember_size (self);
  open_route (self, "home", "");
}

BaruaWindow *
barua_window_new (AdwApplication *app)
{
  return g_object_new (BARUA_TYPE_WINDOW, "application", app, NULL);
}
